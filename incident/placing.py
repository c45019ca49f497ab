"""A confirmed playbook's way into the user's folder: written beside its place, recorded, and moved there at last.

The journal decides. Whatever stops the program before the entry leaves nothing in force and the folder as it was;
what stops it after the entry is made good by the next command, so that the folder never speaks against the journal.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from incident.errors import Failure
from incident.in_force import recorded
from models.journal import Entry
from playbooks.texts import PlaybookError, read_text


def beside(place: Path) -> Path:
    """Return where a file waits beside its place; no library takes it for a playbook."""
    return place.with_name(f".{place.name}.adopting")


def write_beside(place: Path, text: str) -> None:
    """Write a file beside its place, whole and on the disk; private, in a private folder.

    Raises:
        Failure: it cannot be written; nothing is left then.
    """
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, staged = mkstemp(dir=place.parent, prefix=f".{place.name}.")  # mkstemp makes it 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            Path(staged).replace(beside(place))
        except BaseException:
            with suppress(OSError):
                Path(staged).unlink()
            raise
    except OSError as error:
        raise Failure(f"{place}: cannot be written: {error.strerror}") from None


def put_in_place(place: Path) -> None:
    """Move the file that waits beside its place there; another process may have done so already."""
    with suppress(FileNotFoundError):
        beside(place).replace(place)


def finish_interrupted(entries: Sequence[Entry], texts: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """Finish an adoption that was recorded and stopped before its file was in place.

    Args:
        entries: the rules entries of the journal, in order.
        texts: what the folder and the shipped playbooks hold, by name.
        folder: the user's playbooks.

    Returns:
        The texts as they are now.
    """
    adopted = (entries[-1].body or {}).get("adopted") if entries else None
    if adopted is None:
        return texts
    name = f"vendors/{adopted['playbook']}.toml"
    before, after = recorded(entries[:-1]), recorded(entries)
    if before is None or after is None or texts.get(name) != before.texts.get(name):
        return texts
    place = folder / name
    try:
        if read_text(beside(place)) != after.texts[name]:
            return texts
    except PlaybookError:
        return texts
    put_in_place(place)
    return {**texts, name: after.texts[name]}
