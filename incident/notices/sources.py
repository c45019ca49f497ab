"""Where templates and labels come from: those that ship with the program, overlaid by the user's own folder.

The user's file of the same relative name, such as `notices/controller/fr.md.j2`, takes the place of ours; of labels,
those that are in it do.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from incident.errors import BadInput
from playbooks.texts import PlaybookError, read_text

NOTICES = "notices"
SUFFIX = ".md.j2"

_LANGUAGE = re.compile(r"[a-z]{2}")
_INSIDE = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")
"""A relative path of plain names, none of which begins with a dot."""


def notice_text(name: str, folder: Path | None) -> str | None:
    """Return the text of a template or another file of the notices, or None where there is no such file.

    Args:
        name: relative to `notices`, such as `controller/fr.md.j2`. One that leads out of that folder names no file,
            for a template that somebody was given may name any.
        folder: the user's playbooks, or None.

    Raises:
        BadInput: the user's file cannot be read.
    """
    if not _INSIDE.fullmatch(name):
        return None
    own = own_text(name, folder)
    return shipped_text(name) if own is None else own


def own_text(name: str, folder: Path | None) -> str | None:
    """Return the text of the user's file of this name, as `notice_text` does."""
    own = folder / NOTICES / name if folder else None
    try:
        return read_text(own) if own is not None and (own.exists() or own.is_symlink()) else None
    except (OSError, PlaybookError) as error:
        raise BadInput(str(error)) from None


def shipped_text(name: str) -> str | None:
    """Return the text of our file of this name, as `notice_text` does."""
    shipped = files("playbooks").joinpath(NOTICES, name)
    return shipped.read_text("utf-8") if shipped.is_file() else None


def languages_of(kind: str, folder: Path | None) -> tuple[str, ...]:
    """Return the languages that a kind of draft has a template for, in alphabetical order."""
    return tuple(sorted({name.removesuffix(SUFFIX) for name in _templates(kind, folder)}))


def _templates(kind: str, folder: Path | None) -> Iterator[str]:
    shipped = files("playbooks").joinpath(NOTICES, kind)
    names = [file.name for file in shipped.iterdir()] if shipped.is_dir() else []
    own = folder / NOTICES / kind if folder else None
    try:
        names += [file.name for file in own.iterdir()] if own is not None and own.is_dir() else []
    except OSError as error:
        raise BadInput(f"{own}: cannot be read: {error.strerror}") from None
    for name in names:
        if name.endswith(SUFFIX) and _LANGUAGE.fullmatch(name.removesuffix(SUFFIX)):
            yield name
