"""The playbooks' files: which there are, shipped and the user's own, as texts that nobody has judged yet.

Kept apart from reading them, so that a command that only looks whether they changed need not read them.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

MAX_BYTES = 1024 * 1024
"""The size (bytes) above which a file is no playbook."""

FOLDERS: Mapping[str, str] = {"vendors": "vendor", "regimes": "regime", "authorities": "authority"}
"""The folders of a library, and the kind of playbook that each holds."""


class PlaybookError(ValueError):
    """A playbook that cannot be used; the message is one line with its file and key."""


def shipped_texts() -> dict[str, str]:
    """Return the playbooks that ship with the program: their texts by name, such as `vendors/kavkom.toml`."""
    return {
        f"{folder}/{file.name}": file.read_text("utf-8")
        for folder in FOLDERS
        for file in sorted(files("playbooks").joinpath(folder).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }


def overlaid_texts(folder: Path | None) -> dict[str, str]:
    """Return the shipped playbooks with the user's own laid over them, file by file.

    Args:
        folder: the user's folder, with `vendors`, `regimes` and `authorities` in it; any may be absent.

    Raises:
        PlaybookError: a file of the user's that cannot be read.
    """
    texts = shipped_texts()
    if folder is None:
        return texts
    return texts | {f"{name}/{file.name}": read_text(file) for name in FOLDERS for file in _listed(folder / name)}


def read_text(file: Path) -> str:
    """Return the text of a playbook file.

    Raises:
        PlaybookError: a symbolic link (it may lead to any file), no regular file, unreadable, larger than
            `MAX_BYTES`, or not UTF-8 text.
    """
    if file.is_symlink():
        raise PlaybookError(f"{file}: is a symbolic link; put the file itself in its place")
    try:
        if file.exists() and not file.is_file():
            raise PlaybookError(f"{file}: is not a file")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PlaybookError(f"{file}: cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise PlaybookError(f"{file}: is larger than {MAX_BYTES // 1024} KiB: no playbook is")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlaybookError(f"{file}: is not UTF-8 text (byte {error.start + 1})") from None


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PlaybookError(f"{folder}: cannot be read: {error.strerror}") from None
