"""A store's file brought up to date: its tables made or completed, and a copy kept of an earlier version's.

Imported when a file has a migration to reach, and not before.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from incident.errors import Failure
from incident.store import backup, journal
from incident.store.database import PATIENCE, connected, version_of, writing
from incident.store.failures import primary_code
from incident.store.migrations import migrate
from incident.store.schema import VERSION


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make or complete the tables, unless another process was faster; of what is recorded, a copy is kept first.

    Raises:
        Failure: the file is read-only, or the copy cannot be kept; nothing is changed then.
    """
    try:
        _keep_a_write_ahead_log(connection)
        with writing(connection):
            version = version_of(connection, path)
            if version < VERSION:
                connection.execute(f"PRAGMA user_version = {version}")  # what is read-only refuses here, before a copy
                _keep_a_copy(connection, path, version)
                migrate(connection)
    except sqlite3.OperationalError as error:
        if primary_code(error) != sqlite3.SQLITE_READONLY:
            raise
        raise Failure(
            f"{path}: an earlier version made it, and it is read-only, so it cannot be brought up to date; copy it to "
            "a folder of your own and name the copy"
        ) from error


def _keep_a_copy(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a copy of a store of an earlier version beside it, under the first free name; of an empty one, none."""
    if version == 0 or journal.head(connection)[0] == 0:
        return
    try:
        # SQLite copies nothing over a connection that holds the turn to write; while it does, nobody else writes.
        with closing(connected(path, "mode=ro")) as reader:
            backup.copy_beside(reader, path, f"version-{version}")
    except Failure as failure:
        raise Failure(
            f"{path}: an earlier version made it; before it is brought up to date a copy is kept, and that failed, so "
            f"nothing was changed: {failure}"
        ) from failure


def _keep_a_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers read while another writes. A new file refuses at once where two processes ask together."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
