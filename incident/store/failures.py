"""What SQLite's errors mean to the person at the keyboard."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incident.errors import Failure

_MEANINGS = {
    sqlite3.SQLITE_BUSY: "another program keeps writing to it; see which one has it open, then try again",
    sqlite3.SQLITE_FULL: "the disk is full and nothing was written; free some space, then try again",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only; nothing can be recorded there",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that you may read and write the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk refused to read or write it; check the disk, then try again",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database, so no store of this program; name another file",
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore it from a backup",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: (
        "its journal does not end where its recorded head says; run `incident verify`"
    ),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an SQLite error that the file, the disk or another program causes into one line about `path`.

    Any other SQLite error is a fault of ours, and passes as it is.

    Raises:
        Failure: what is wrong with the file, and what to do.
    """
    try:
        yield
    except sqlite3.Error as error:
        meaning = _MEANINGS.get(_code(error)) or _MEANINGS.get(primary_code(error))
        if meaning is None:
            raise
        raise Failure(f"{path}: {meaning}") from error


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's code for the kind of error, without the finer distinctions of its upper bits."""
    return _code(error) & 0xFF


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's own code; 0 for an error of the Python module, which has none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return code
