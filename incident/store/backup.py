"""A consistent copy of the store while others write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from incident.errors import Failure
from incident.store import journal
from incident.store.database import open_existing, reading
from incident.store.failures import explained


@contextmanager
def file_for_a_copy(target: Path) -> Iterator[None]:
    """Make a file for a copy, readable by its owner only (0600), and take it away again where the block raises.

    Raises:
        Failure: the file exists already or cannot be created.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise Failure(f"{target} exists already, and a backup overwrites nothing; name a new file") from None
    except OSError as error:
        raise Failure(f"{target} cannot be created: {error.strerror}; name a file elsewhere") from error
    try:
        yield
    except BaseException:
        for suffix in ("", "-journal", "-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        raise


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the store to a new file, readable by its owner only (0600), and check that the copy is whole.

    Raises:
        Failure: the file exists already or cannot be written; then no part of it is left behind.
    """
    with file_for_a_copy(target), explained(target), reading(connection):
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
        _compare(target, journal.head(connection))


def _compare(target: Path, head: tuple[int, bytes]) -> None:
    copy = open_existing(target)
    if copy is None:
        raise Failure(f"{target} came out empty; try again, or name a file on another disk")
    with closing(copy):
        if journal.head(copy) != head:
            raise Failure(f"{target} does not end where the journal does; try again")
