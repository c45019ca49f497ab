"""A pack's archive: a ZIP with names of ours alone, the same bytes for the same contents, and its manifest."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every member: when a pack was made stands in its manifest."""

MANIFEST = "manifest.json"


class Archive:
    """An archive that is being written.

    Attributes:
        files: SHA-256 and size in bytes of every member so far, by name.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a member, part by part."""
        found, size = sha256(), 0
        with self._archive.open(_member(name), "w", force_zip64=True) as member:
            for part in parts:
                found.update(part)
                size += len(part)
                member.write(part)
        self.files[name] = {"sha256": found.hexdigest(), "size": size}

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, with the files it lists, and its hash: the last of all."""
        text = json.dumps({**manifest, "files": self.files}, indent=2, sort_keys=True).encode() + b"\n"
        for name, content in ((MANIFEST, text), ("manifest.sha256", f"{sha256(text).hexdigest()}  {MANIFEST}\n")):
            self._archive.writestr(_member(name), content)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # Unix, on whatever machine it is made
    member.external_attr = 0o600 << 16
    return member
