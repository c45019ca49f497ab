"""Folders as sources: which of their files are taken, and why the others are passed over."""

from pathlib import Path

from incident.errors import BadInput, Failure
from incident.text import visible

KNOWN = (".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".gz")
"""The endings of the files that a folder is searched for."""


def files_in(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """Return the files of a folder that can be imported, and what else is in it with why it is passed over.

    Both are sorted by name. Folders in it are not entered and links are not followed: what is taken lies there.
    Hidden files are not looked at, and not listed.

    Raises:
        BadInput: nothing in the folder can be imported.
        Failure: the folder cannot be listed.
    """
    taken: list[Path] = []
    skipped: list[tuple[Path, str]] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_symlink():
                skipped.append((path, "is a link, and links in a folder are not followed"))
            elif path.is_dir():
                skipped.append((path, "is a folder in a folder; name it as well"))
            elif not path.name.lower().endswith(KNOWN) or not path.is_file():
                skipped.append((path, "is in no form that is known; name the file itself if it is"))
            else:
                taken.append(path)
    except OSError as error:
        raise Failure(f"{_shown(folder)}: cannot be listed: {error.strerror or error}") from None
    if not taken:
        raise BadInput(f"{_shown(folder)}: holds no file to import; those taken end in {', '.join(KNOWN)}")
    return taken, skipped


def _shown(path: Path) -> str:
    return visible(str(path), one_line=True)
