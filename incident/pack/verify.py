"""Verify an evidence pack with nothing but Python 3.9 or newer: python3 -I verify.py PACK.zip (or its folder).

Ends with 0 and says what holds, or with 1 and the first fault. README.txt tells what is checked, and what cannot be.
"""

from __future__ import annotations

import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

MANIFEST, ITS_HASH = "manifest.json", "manifest.sha256"
Entries = dict[int, dict[str, Any]]
MALFORMED = (OSError, RuntimeError, LookupError, ValueError, TypeError, AttributeError, EOFError)


class Fault(Exception):
    """What does not hold, in one line."""


class Pack:
    """The files of a pack, in the archive or unpacked in a folder."""

    def __init__(self, path: Path) -> None:
        self.path, self.archive = path, None if path.is_dir() else zipfile.ZipFile(path)
        files = (file.relative_to(path).as_posix() for file in path.rglob("*") if not file.is_dir())
        self.names = self.archive.namelist() if self.archive else list(files)
        check(len(set(self.names)) == len(self.names), "two files of the archive have one name")

    def open(self, name: str) -> IO[bytes]:
        """Open one of the files to read."""
        check(name in self.names, f"{name} is missing")
        return self.archive.open(name) if self.archive else (self.path / name).open("rb")


def verify(path: Path) -> list[str]:
    """Check a pack and return what holds, a line each; raise the first fault."""
    try:
        pack = Pack(path)
        with pack.open(MANIFEST) as stream, pack.open(ITS_HASH) as its_hash:
            text, kept = stream.read(1 << 28), its_hash.read(1000)
        found = sha256(text).hexdigest()
        check(kept == f"{found}  {MANIFEST}\n".encode(), f"{MANIFEST} was changed: its hash is not in {ITS_HASH}")
        manifest = json.loads(text)
        check_files(pack, manifest["files"])
        own, rules = (dict(read_entries(pack, name, manifest)) for name in ("journal.jsonl", "rules.jsonl"))
        check_bodies({**own, **rules}, manifest)
        with pack.open("checkpoints.txt") as stream:
            fields = [line.split() for line in stream.read(1 << 28).decode("ascii").splitlines()]
        checkpoints = {int(one[2].partition("=")[2]): one[3].partition("=")[2] for one in fields}
        check_chain(pack, {**own, **rules}, checkpoints, manifest["head"])
    except (*MALFORMED, zipfile.BadZipFile, zlib.error) as error:
        raise Fault(f"the pack cannot be read: {type(error).__name__}: {error}") from error
    return [
        f"the pack holds: {manifest['incident']}, {len(own)} entries, and {len(rules)} that put rules in force",
        f"in a chain of {manifest['head']['length']} entries that ends with {manifest['head']['hash']}",
        *(f"the chain holds the checkpoint of {length} entries (signatures are not checked)" for length in checkpoints),
        *(f"not in this pack: {absent}" for absent in manifest["absent"]),
        f"SHA-256 of {MANIFEST}: {found}",
    ]


def check(holds: object, otherwise: str) -> None:
    """Raise the fault unless it holds."""
    if not holds:
        raise Fault(otherwise)


def check_files(pack: Pack, files: dict[str, Any]) -> None:
    """Hold every file against the size and the hash in the manifest."""
    for name in sorted({*pack.names, *files} - {MANIFEST, ITS_HASH}):
        check(name in files, f"{name} was added: the manifest does not name it")
        found, left = sha256(), files[name]["size"]
        with pack.open(name) as stream:
            while left >= 0 and (part := stream.read(1 << 20)):
                found.update(part)
                left -= len(part)
        same = left == 0 and found.hexdigest() == files[name]["sha256"]
        check(same, f"{name} was changed: it is not the file that the manifest names")


def read_entries(pack: Pack, name: str, manifest: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the entries of a file by their number, each checked by itself."""
    last, belongs = 0, (manifest["incident"], False) if name == "journal.jsonl" else (None, True)
    with pack.open(name) as lines:
        for line in lines:
            entry = json.loads(line)
            place, header, body = entry["sequence"], json.loads(entry["header"]), entry["body"]
            check(place > last, f"{name}: entry {place} stands behind entry {last}")
            check((header["incident"], header["kind"] == "rules") == belongs, f"{name}: entry {place} is another's")
            check(digest(b"", entry["header"]) == entry["header_digest"], f"entry {place}: its header was changed")
            same = body is None or digest(bytes.fromhex(entry["salt"]), body) == entry["body_digest"]
            check(same, f"entry {place}: its body was changed")
            last = place
            digests = [entry[key] for key in ("header_digest", "body_digest", "hash")]
            yield place, {"kind": header["kind"], "body": body and json.loads(body), "digests": digests}


def check_bodies(entries: Entries, manifest: dict[str, Any]) -> None:
    """Hold what is not here, and the files of drafts and attachments, against what the entries say."""
    erased = {place for one in entries.values() if one["kind"] == "erased" for place in one["body"]["entries"]}
    for place, entry in entries.items():
        known = place in manifest["left_out"] or place in erased
        check((entry["body"] is None) == known, f"entry {place}: is left out or erased otherwise than the pack says")
    unnamed = {name for name in manifest["files"] if name.startswith(("drafts/", "attachments/"))}
    for name, place in manifest["named_by"].items():
        same = manifest["files"][name]["sha256"] == entries[place]["body"]["sha256"]
        check(same, f"{name} is not the file that entry {place} names")
    check(unnamed == set(manifest["named_by"]), "a draft or an attachment was added that no entry names")


def check_chain(pack: Pack, entries: Entries, checkpoints: dict[int, str], head: dict[str, Any]) -> None:
    """Reckon the whole chain, and find the entries and the checkpoints in it."""
    place, previous = 0, bytes(32).hex()
    with pack.open("chain.txt") as lines:
        for place, line in enumerate(lines, 1):
            number, *digests = line.decode("ascii").split()
            follows = sha256(bytes.fromhex(previous + digests[0] + digests[1])).hexdigest() == digests[2]
            check(int(number) == place and follows, f"entry {place}: does not follow from the entry before it")
            same = place not in entries or entries[place]["digests"] == digests
            check(same, f"entry {place}: is not the one that stands in the chain")
            previous = digests[2]
            same = checkpoints.get(place, previous) == previous
            check(same, f"entry {place}, or one before it, was written anew since the checkpoint")
    check((place, previous) == (head["length"], head["hash"]), "chain.txt does not end with the journal's last entry")
    check(max((*entries, *checkpoints)) <= place, "chain.txt ends before an entry or a checkpoint of this pack")


def digest(salt: bytes, text: str) -> str:
    """Return the SHA-256 of a header or a body: of the very bytes that were stored."""
    return sha256(salt + text.encode("utf-8", "surrogateescape")).hexdigest()


def main(arguments: list[str]) -> int:
    """Verify the pack that is named, or the one around this file; print what was found, harmless on any terminal."""
    try:
        said, code = verify(Path(arguments[0] if arguments else Path(__file__).parent)), 0
    except Fault as fault:
        said, code = [f"the pack does not hold: {fault}"], 1
    sys.stdout.writelines(line.encode("unicode_escape").decode("ascii") + "\n" for line in said)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
