"""The files looked at: whose they are, who else can read or change them, and the room left on the disk."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from incident.doctor.finding import Finding, repairable
from incident.places import APPLICATION, Places

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

LEAST_FREE = 100_000_000
"""Bytes that should be free on the store's disk, beside those for a whole copy of it."""


def file_findings(places: Places) -> Iterator[Finding]:
    """Yield what is found of the files around the record, and of the room on its disk."""
    wrong = [repairable("files", found, "takes that from them") for _, found in _open_to_others(places)]
    wrong += _not_ours(places)
    yield from wrong
    if not wrong:
        yield Finding("files", "the record, its folders and the settings are their owner's alone")
    yield from _space(places.store_file)


def close_to_others(places: Places) -> None:
    """Take from others what they should not be able to do with our own files and folders.

    Raises:
        OSError: a file belongs to somebody else.
    """
    for path, _ in _open_to_others(places):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode & ~(_OTHERS_WRITE if path == places.playbooks else _OTHERS))


def _open_to_others(places: Places) -> Iterator[tuple[Path, str]]:
    """Yield our own files and folders that others can read or change, and what they can do."""
    store = places.store_file
    folders = [places.attachments, places.unsaved, places.drafts]
    if store.parent.name == APPLICATION:  # else a person chose the folder, maybe for other things too
        folders.append(store.parent)
    for path in [*_beside(store), places.settings, *folders]:
        mode = _mode(path)
        if mode & _OTHERS:
            yield path, f"{path}: others can {'change' if mode & _OTHERS_WRITE else 'read'} it ({mode:04o})"
    if _mode(places.playbooks) & _OTHERS_WRITE:
        yield places.playbooks, f"{places.playbooks}: others can change what clocks are reckoned by"


def _beside(store: Path) -> list[Path]:
    """Return the store's file, SQLite's files beside it, and the copies kept there."""
    try:
        found = sorted(store.parent.iterdir())
    except OSError:
        return []
    return [path for path in found if path.name.startswith(store.name) and not path.is_dir()]


def _mode(path: Path) -> int:
    """Return the mode bits of a file or folder; 0 for a link, which has none of its own, and for nothing."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return 0 if stat.S_ISLNK(found.st_mode) else stat.S_IMODE(found.st_mode)


def _not_ours(places: Places) -> list[Finding]:
    """Return what a person has to see to: links where files should be, and folders that others can write to."""
    links = [path for path in (*_beside(places.store_file), places.attachments, places.drafts) if path.is_symlink()]
    wrong = [Finding("files", f"{path}: is a symbolic link", "put there what it leads to") for path in links]
    folder = places.store_file.parent
    if not folder.is_dir():
        return wrong
    if folder.name != APPLICATION and _mode(folder) & _OTHERS_WRITE:
        found = f"{folder}: others can put other files in the record's place ({_mode(folder):04o})"
        wrong.append(Finding("files", found, f"take that from them: chmod go-w {folder}; or keep it elsewhere"))
    if folder.stat().st_uid not in {0, os.geteuid()}:
        found = f"{folder}: belongs to another user, who can put other files in the record's place"
        wrong.append(Finding("files", found, "keep the record in a folder of your own"))
    return wrong


def _space(store: Path) -> Iterator[Finding]:
    if not store.parent.is_dir():
        return
    free, wanted = shutil.disk_usage(store.parent).free, LEAST_FREE + _size(store)
    found = f"{free // 1_000_000} MB are free on the record's disk"
    if free < wanted:
        yield Finding("space", found, f"free some: {wanted // 1_000_000} MB leave room to write and for a copy")
    else:
        yield Finding("space", found)


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in (store, store.with_name(f"{store.name}-wal")) if path.is_file())
