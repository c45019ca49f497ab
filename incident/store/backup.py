"""A consistent copy of the store while others write, and what is checked of a copy."""

import os
import re
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from incident.errors import Failure
from incident.store import journal
from incident.store.database import open_copy, reading
from incident.store.failures import explained
from incident.store.soundness import faults


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the store to a new file, readable by its owner only (0600), and verify the copy: database and chain.

    Raises:
        Failure: the file exists already or cannot be written; then no part of it is left behind. Or what was copied
            does not hold, because the store's own does not: then the copy is true, and stays.
    """
    copy_to(connection, target)
    with explained(target), closing(open_copy(target)) as copy:
        wrong = next(faults(copy), None)
    if wrong is not None:
        raise Failure(f"{target} is a true copy of a store that does not hold: {wrong}; ask: incident doctor")


def copy_beside(connection: sqlite3.Connection, path: Path, why: str) -> Path:
    """Copy the store at `path` to a file beside it, under the first free name that says why, and return where.

    Raises:
        Failure: as for `copy_to`.
    """
    target = _free_name(path, why)
    copy_to(connection, target)
    return target


def copies_beside(path: Path) -> list[Path]:
    """Return the copies of a store that are kept beside it: those of earlier versions, and what was replaced."""
    names = re.compile(rf"{re.escape(path.name)}\.(version-\d+|replaced)(-\d+)?")
    return sorted(found for found in path.parent.iterdir() if names.fullmatch(found.name))


def set_aside(path: Path, why: str) -> Path:
    """Move a damaged store, with SQLite's files beside it, to the first free name that says why, and return where."""
    target = _free_name(path, why)
    for suffix in ("-shm", "-wal", ""):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.rename(target.with_name(target.name + suffix))
    return target


def _free_name(path: Path, why: str) -> Path:
    names = (path.with_name(f"{path.name}.{why}{f'-{number}' if number else ''}") for number in count())
    return next(name for name in names if not os.path.lexists(name))


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the store, whatever its version, to a new file (0600), and see that the copy ends where the journal does.

    Raises:
        Failure: the file exists already or cannot be written; then no part of it is left behind.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise Failure(f"{target} exists already, and a backup overwrites nothing; name a new file") from None
    except OSError as error:
        raise Failure(f"{target} cannot be created: {error.strerror}; name a file elsewhere") from error
    try:
        with explained(target), reading(connection):
            end = _end(connection)  # the first read: from here on, what others write is not seen
            with closing(sqlite3.connect(target)) as copy:
                connection.backup(copy)
            _compare(target, end)
    except BaseException:
        for suffix in ("", "-journal", "-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        raise


def _compare(target: Path, end: list[tuple[int, bytes]]) -> None:
    with closing(open_copy(target)) as copy:
        if _end(copy) != end:
            raise Failure(f"{target} does not end where the journal does; try again")


def _end(connection: sqlite3.Connection) -> list[tuple[int, bytes]]:
    """Return the recorded head and the last entry, each with its place and hash, as far as they are there."""
    last = journal.end(connection)
    return [*connection.execute("SELECT length, hash FROM head"), *([last] if last else [])]
