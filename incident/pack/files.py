"""A pack's files: drafts that still lie where they were written, and attachments, each held to its hash."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from incident.attachments import kept_bytes, opened_file
from incident.errors import Failure
from incident.notices.render import FORMATS
from models.journal import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that an entry names, and that is there as it was.

    Attributes:
        member: its name in the archive, made of its hash.
        parts: reads its bytes, part by part.
    """

    member: str
    parts: Callable[[], Iterator[bytes]]


def packed_file(entry: Entry, drafts: Path, attachments: Path) -> PackedFile | None:
    """Return the file that a draft's or an attachment's entry names, or None where it is not there as it was."""
    body = entry.body or {}
    digest = body["sha256"]
    if entry.kind is EntryKind.ATTACHED:
        found = PackedFile(f"attachments/{digest}", partial(kept_bytes, attachments, digest))
    else:
        form = body.get("format")
        ending = f".{form}" if form in FORMATS else ""
        parts = partial(_draft, drafts, body["file"], digest)
        found = PackedFile(f"drafts/{digest}{ending}", parts)
    return found if _whole(found.parts()) else None


def _whole(parts: Iterable[bytes]) -> bool:
    try:
        for _ in parts:
            pass
    except Failure:
        return False
    return True


def _draft(folder: Path, name: str, digest: str) -> Iterator[bytes]:
    """Yield a draft's bytes, from the folder of drafts and from nowhere else."""
    place = folder / name
    if place.parent != folder:
        raise Failure(f"{name}: is no name of a draft")
    try:
        with opened_file(place) as source:
            content = source.read()
    except OSError as error:
        raise Failure(f"{place}: cannot be read: {error.strerror}") from None
    if sha256(content).hexdigest() != digest:
        raise Failure(f"{place}: was changed since it was written")
    yield content
