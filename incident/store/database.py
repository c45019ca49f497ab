"""The store's file: made, opened, recognised, and its transactions.

An open file is never opened a second time beside SQLite, not even to look at it: closing any descriptor of a
file drops the locks that the process holds on it.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incident.errors import Failure
from incident.store.failures import explained, primary_code
from incident.store.schema import APPLICATION_ID, VERSION
from incident.store.shares import refuse_share

PATIENCE = 5.0
"""Seconds that a write waits for its turn."""

_OFTEN = 8
"""Milliseconds in which SQLite asks four times for the turn."""

LOG_PAGES = 8000
"""Pages, of 4 KiB, of the write-ahead log that are moved to the store together: most are written anew meanwhile."""


class NewerStore(Failure):
    """A newer version of this program made the file: it may still be read, never written."""


def open_or_create(path: Path) -> sqlite3.Connection:
    """Open the file at `path` to read and write, with its tables up to date.

    Where it is absent it is created, readable by its owner only (0600), and so is its folder (0700).

    Raises:
        Failure: the file is a link, no file, not a store, of a newer program, on a network share, or cannot be opened.
    """
    size = _size(path)
    refuse_share(path)
    if size is None:
        _create(path)
    with explained(path):
        return _open(path, "mode=rw")


def open_existing(path: Path) -> sqlite3.Connection | None:
    """Open the file at `path`, or return None where there is none, or an empty one.

    Raises:
        Failure: as for `open_or_create`.
    """
    if not _size(path):
        return None
    refuse_share(path)
    with explained(path):
        try:
            return _open(path, "mode=rw")
        except sqlite3.OperationalError as error:
            if primary_code(error) not in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
                raise
            if _size(path.with_name(f"{path.name}-wal")):
                raise
            # To read, SQLite needs files beside the store, and a read-only folder takes none. Where there is
            # no log of changes to heed, the file is all there is, and can be read as it lies.
            return _open(path, "mode=ro&immutable=1")


def open_newer(path: Path) -> sqlite3.Connection:
    """Open a file that a newer version of this program made, to read it.

    Raises:
        Failure: it cannot be opened, or what is read of it has changed.
    """
    with explained(path):
        connection = connected(path, "mode=ro")
        try:
            _set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def open_copy(path: Path) -> sqlite3.Connection:
    """Open a copy that nobody writes to, to read it as it lies: of any version but a newer one, on any disk.

    Raises:
        Failure: there is none, it is a link, no file, not a store, of a newer program, or cannot be opened.
    """
    if not _size(path):
        raise Failure(f"{path}: there is no copy of a store there")
    # A log of changes beside it belongs to it, and to heed that SQLite must be allowed to lock.
    log = _size(path.with_name(f"{path.name}-wal"))
    with explained(path):
        connection = connected(path, "mode=ro" if log else "mode=ro&immutable=1")
        try:
            _set_up(connection)
            version_of(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def open_alone(path: Path) -> sqlite3.Connection:
    """Open the file at `path`, made where absent, to replace what it holds, of any version: nobody else has it open.

    Raises:
        Failure: the file is a link, no file, not a store, on a network share, or another program has it open.
    """
    size = _size(path)
    refuse_share(path)
    if size is None:
        _create(path)
    connection = connected(path, "mode=rw")
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 500")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")  # from here on the file is locked until the connection is closed
        with connection:
            _reached(connection, path)
    except sqlite3.OperationalError as error:
        connection.close()
        if primary_code(error) != sqlite3.SQLITE_BUSY:
            raise
        raise Failure(
            f"{path}: another program has it open; close it there (screens, imports), then try again"
        ) from error
    except BaseException:
        connection.close()
        raise
    return connection


def writable(path: Path) -> bool:
    """True where both the file and its folder, which takes the files beside it, can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def open_in_memory(copied: sqlite3.Connection | None) -> sqlite3.Connection:
    """Open a store in memory, empty or a copy of an open one: what is written there leaves no trace."""
    from incident.store.migrations import migrate

    connection = sqlite3.connect(":memory:", isolation_level=None)
    if copied is not None:
        copied.backup(connection)
    _set_up(connection)
    if copied is None:
        with writing(connection):
            migrate(connection)
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Wait for the turn to write, and write all that the block writes, or nothing where it raises.

    The turn comes before the first read, so that what was read is still true when it is written.
    """
    _take_turn(connection)
    with connection:
        yield


def _take_turn(connection: sqlite3.Connection) -> None:
    """Begin a write as soon as nobody else writes.

    SQLite itself asks ever more seldom, ten times a second in the end: beside several who write without a pause, one
    that waits so may never find the turn free.
    """
    until = time.monotonic() + PATIENCE
    connection.execute(f"PRAGMA busy_timeout = {_OFTEN}")
    try:
        while not connection.in_transaction:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Have all that the block reads come from one instant of the store, whoever writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    with connection:
        yield


def leave_no_trace(connection: sqlite3.Connection) -> None:
    """Take what was erased out of the search index and out of the log of changes as well."""
    connection.execute("PRAGMA secure_delete = ON")
    with writing(connection):
        connection.execute("INSERT INTO board_fts (board_fts) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _size(path: Path) -> int | None:
    """Return the size of the file at `path` in bytes, or None where there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Failure(f"{path} cannot be opened: {error.strerror}; name another file") from error
    if stat.S_ISLNK(found.st_mode):
        raise Failure(f"{path} is a symbolic link; name the file it leads to")
    if not stat.S_ISREG(found.st_mode):
        raise Failure(f"{path} is no file; name a file in a folder of its own")
    if found.st_size == 1:  # SQLite would take it for an empty one, and write over it
        raise Failure(f"{path}: it is no SQLite database; name another file")
    return found.st_size


def _create(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return  # another process was faster
    except OSError as error:
        raise Failure(f"{path} cannot be created: {error.strerror}; name a file elsewhere") from error


def connected(path: Path, parameters: str) -> sqlite3.Connection:
    """Connect to a file, with SQLite's own parameters in an address, such as `mode=ro`."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?{parameters}", uri=True, timeout=PATIENCE, isolation_level=None)


def _open(path: Path, parameters: str) -> sqlite3.Connection:
    connection = connected(path, parameters)
    try:
        _set_up(connection)
        if version_of(connection, path) < VERSION:
            from incident.store.upgrade import bring_up_to_date

            bring_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    connection.create_function("casefold", 1, str.casefold, deterministic=True)


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the number of the last migration that the file has reached, one that is known; 0 for an empty file."""
    version = _reached(connection, path)
    if version > VERSION:
        raise NewerStore(
            f"{path}: a newer version of this program made it (its tables are at {version}, this version "
            f"knows {VERSION}); install the newer version"
        )
    return version


def _reached(connection: sqlite3.Connection, path: Path) -> int:
    """Return the number of the last migration that the file has reached; 0 for an empty file."""
    with reading(connection):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables):
        raise Failure(f"{path}: it is a database of another program; name another file")
    return int(version)
