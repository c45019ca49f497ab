"""Attachments: the bytes of the files that the journal names by their SHA-256, in a folder beside the store's file.

`<store>.attachments/ab/abcd…`: the folders 0700, the files 0600, each once however often it is attached. A name that
was given is hostile text: it stands in the journal and never in a path. What was attached is copied and hashed, and
never executed, rendered or unpacked. Everything that touches the bytes is here: a store that is no file on this machine
needs another place for them, and nothing else.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.new_file import new_file, private_file
from incident.store.protocol import Store
from models.incident import Attachment
from models.journal import EntryKind

MB = 1_000_000
LARGEST = 100 * MB
"""Bytes of one file, unless a person allows more."""

_STEP = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AttachmentFault:
    """What does not hold in the folder of attachments.

    Attributes:
        place: where the file lies, or should.
        reason: `missing` and `changed` are of a file that the journal names; `unreferenced` of one that no incident
            names: left behind by a command that was stopped, or put there by somebody.
        incident: the first incident that names it; None where none does.
    """

    place: Path
    reason: str
    incident: str | None


def attach(
    desk: Desk, name: str, paths: Sequence[Path], about: str | None, folder: Path, largest: int = LARGEST
) -> tuple[Attachment, ...]:
    """Keep the bytes of files and record them with an incident: all of them, or none.

    Args:
        about: what they are, in a person's words.
        folder: the folder of attachments (`Places.attachments`).
        largest: bytes that one file may have.

    Raises:
        BadInput: a file is larger than that.
        Failure: a file is a link, no file or unreadable, the bytes cannot be kept, or the incident was erased.
    """
    desk.look(name)
    with ExitStack() as unfinished:
        files: list[dict[str, Any]] = []
        staged: list[tuple[Path, Path]] = []
        for path in paths:
            temporary, file = _staged(path, _made(folder), largest)
            unfinished.callback(temporary.unlink, missing_ok=True)
            files.append(file | ({"about": about} if about else {}))
            staged.append((temporary, _made(folder / file["sha256"][:2]) / file["sha256"]))
        desk.record_files(name, EntryKind.ATTACHED, files, staged)
        for changed in {folder, *(place.parent for _, place in staged)}:
            _flush(changed)
    return desk.look(name).incident.attachments[-len(files) :]


def copy_out(attachment: Attachment, folder: Path, target: Path) -> None:
    """Write the bytes of an attachment to a new file (0600).

    Raises:
        Failure: they are missing or changed, or the file is there already or cannot be written.
    """
    with new_file(target) as stream:
        for part in kept_bytes(folder, attachment.sha256):
            stream.write(part)


def kept_bytes(folder: Path, digest: str) -> Iterator[bytes]:
    """Yield the bytes of an attachment, part by part; they are whole and unchanged only if the last one comes.

    Raises:
        Failure: they are missing, or are not those that were attached.
    """
    place, found = place_of(folder, digest), sha256()
    try:
        with opened_file(place) as source:
            while part := source.read(_STEP):
                found.update(part)
                yield part
    except FileNotFoundError:
        raise Failure(f"{place}: the attachment's bytes are missing; take them from a backup") from None
    except OSError as error:
        raise Failure(f"{place}: cannot be read: {error.strerror}") from None
    if found.hexdigest() != digest:
        raise Failure(f"{place}: is not what was attached: its bytes were changed; take them from a backup")


def copy_missing(store: Store, source: Path, target: Path) -> tuple[str, ...]:
    """Copy what the journal names and a folder lacks from another folder, and say of each that cannot be: why.

    What is there already is kept where it is what was attached, and else replaced by what is.
    """
    wrong = []
    for digest in dict.fromkeys(entry.body["sha256"] for entry in store.attached() if entry.body):
        try:
            if _holds(target, digest):
                continue
            place = place_of(_made(target), digest)
            with private_file(_made(place.parent)) as copy:
                for part in kept_bytes(source, digest):
                    copy.write(part)
            Path(copy.name).replace(place)
        except OSError as error:
            wrong.append(f"{target}: {digest} cannot be kept there: {error.strerror}")
        except Failure as failure:
            wrong.append(str(failure))
    return tuple(wrong)


def delete_unreferenced(store: Store, folder: Path, digests: Sequence[str]) -> tuple[str, ...]:
    """Delete the bytes of those attachments that no incident names any more, and return which.

    Raises:
        Failure: a file cannot be deleted.
    """
    with store.write() as transaction:  # nobody attaches the same bytes meanwhile
        named = {entry.body["sha256"] for entry in transaction.attached() if entry.body}
        unnamed = tuple(digest for digest in dict.fromkeys(digests) if digest not in named)
        for digest in unnamed:
            place = place_of(folder, digest)
            try:
                place.unlink(missing_ok=True)
            except OSError as error:
                raise Failure(f"{place}: cannot be deleted: {error.strerror}; delete it yourself") from None
    return unnamed


def faults(store: Store, folder: Path) -> Iterator[AttachmentFault]:
    """Hold the folder of attachments against the journal, every byte of it: by place, then what nobody names."""
    named = {entry.body["sha256"]: entry.incident for entry in reversed(store.attached()) if entry.body}
    places = {place_of(folder, digest): digest for digest in named}
    for place, digest in sorted(places.items()):
        if not _holds(folder, digest):
            yield AttachmentFault(place, "changed" if os.path.lexists(place) else "missing", named[digest])
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    yield from (AttachmentFault(path, "unreferenced", None) for path in sorted(found) if path not in places)


def _holds(folder: Path, digest: str) -> bool:
    """True where a folder holds an attachment's bytes, unchanged."""
    try:
        for _ in kept_bytes(folder, digest):
            pass
    except Failure:
        return False
    return True


def place_of(folder: Path, digest: str) -> Path:
    """Return where the bytes with a SHA-256 lie.

    Raises:
        Failure: it is no SHA-256: somebody wrote a path into the journal.
    """
    if not _HASH.fullmatch(digest):
        raise Failure(f"the journal names an attachment by {digest[:80]!r}, which is no SHA-256; run `incident verify`")
    return folder / digest[:2] / digest


def opened_file(path: Path) -> BinaryIO:
    """Open a file to read its bytes; nothing that is no file, and no link, is even waited for.

    Raises:
        FileNotFoundError: there is none.
        Failure: it is a link, a folder or a device, or cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        if path.is_symlink():
            raise Failure(f"{path}: is a symbolic link; name the file it leads to") from None
        raise Failure(f"{path}: cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Failure(f"{path}: is no file")
    return os.fdopen(descriptor, "rb")


def _staged(path: Path, folder: Path, largest: int) -> tuple[Path, dict[str, Any]]:
    """Copy a file's bytes into the folder under a name of ours, and return where, and what the journal will say."""
    found, size = sha256(), 0
    try:
        with opened_file(path) as source, private_file(folder) as copy:
            while part := source.read(_STEP):
                found.update(part)
                size += len(part)
                if size > largest:
                    raise BadInput(f"{path}: is larger than {largest // MB} MB; allow more with --largest MB")
                copy.write(part)
    except FileNotFoundError:
        raise Failure(f"{path}: is not there") from None
    except OSError as error:
        raise Failure(f"{path}: cannot be kept in {folder}: {error.strerror}") from None
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return Path(copy.name), {"sha256": found.hexdigest(), "size": size, "name": name}


def _made(folder: Path) -> Path:
    """Return a folder that its owner alone can look into, made where it is not there."""
    try:
        if folder.is_symlink():
            raise Failure(f"{folder}: is a symbolic link; attachments are kept in a folder")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{folder}: cannot be made: {error.strerror}") from None
    return folder


def _flush(folder: Path) -> None:
    """Have the disk keep which files a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
