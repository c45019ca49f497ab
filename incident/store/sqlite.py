"""The default store: one SQLite file, with one writer at a time and readers that never wait."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from incident.errors import Failure
from incident.store import backup, board, database, journal
from incident.store.failures import explained
from incident.store.protocol import BoardQuery, BoardRow
from incident.store.read_entries import recorded_by
from incident.store.recorder import Recorder, machine_time
from incident.store.transaction import GatheringTransaction
from models.journal import Entry, StoredEntry


def open_store(
    path: Path,
    *,
    actor: str,
    stated_now: datetime | None,
    machine_clock: Callable[[], datetime] = machine_time,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> "SqliteStore":
    """Open the store at `path`, created where absent: the file 0600, in a folder 0700.

    Raises:
        Failure: the file is a link, no file, not a store, of a newer program, or cannot be opened.
    """
    connection = database.open_or_create(path)
    return SqliteStore(path, connection, Recorder(actor, stated_now, machine_clock, random_bytes))


def open_existing(
    path: Path,
    *,
    actor: str,
    stated_now: datetime | None,
    machine_clock: Callable[[], datetime] = machine_time,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> "SqliteStore | None":
    """Open the store at `path`, or return None where there is none. A read-only one can be read.

    Raises:
        Failure: as for `open_store`.
    """
    connection = database.open_existing(path)
    if connection is None:
        return None
    return SqliteStore(path, connection, Recorder(actor, stated_now, machine_clock, random_bytes))


def open_newer(path: Path, *, actor: str, stated_now: datetime | None) -> "SqliteStore":
    """Open a store that a newer version of this program made, to read it: nothing can be written there.

    Raises:
        Failure: it cannot be opened, or what is read of it has changed since this version.
    """
    recorder = Recorder(actor, stated_now, machine_time, os.urandom)
    store = SqliteStore(path, database.open_newer(path), recorder)
    try:
        store.board(BoardQuery(machine_time(), limit=1))
        store.rules()
    except (sqlite3.Error, ValueError, KeyError) as error:
        store.close()
        raise Failure(f"{path}: made by a newer version that this one cannot read; install it") from error
    return store


def memory_store(*, actor: str, stated_now: datetime | None, copy_of: "SqliteStore | None") -> "SqliteStore":
    """Open a store in memory, empty or a copy of an open one: what is written there leaves no trace."""
    recorder = Recorder(actor, stated_now, machine_time, os.urandom)
    copied = copy_of._connection if copy_of is not None else None  # noqa: SLF001
    return SqliteStore(Path(":memory:"), database.open_in_memory(copied), recorder)


class SqliteStore:
    """A `Store` in an SQLite file. It belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, recorder: Recorder) -> None:
        self._path = path
        self._connection = connection
        self._recorder = recorder

    @contextmanager
    def write(self) -> Iterator["SqliteTransaction"]:
        """Begin a write and wait for its turn; rolled back if the block raises.

        Raises:
            Failure: the store cannot be written, or its turn did not come.
        """
        with explained(self._path), database.writing(self._connection):
            transaction = SqliteTransaction(self._connection, journal, board, self._recorder)
            yield transaction
            transaction.record_head()
        if transaction.has_erased:
            with explained(self._path):
                database.leave_no_trace(self._connection)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all that the block reads come from one instant of the store, whoever writes meanwhile."""
        with explained(self._path), database.reading(self._connection):
            yield

    def entries(self, incident: str, until: datetime | None = None) -> list[Entry]:
        """Return an incident's entries in order, only those recorded by `until` if given."""
        with explained(self._path):
            return recorded_by(until, journal.entries(self._connection, incident))

    def rules(self, until: datetime | None = None) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""
        with explained(self._path):
            return recorded_by(until, journal.rules(self._connection))

    def attached(self) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order."""
        with explained(self._path):
            return journal.attached(self._connection)

    def references(self) -> list[str]:
        """Return every incident's reference, in the order they were opened."""
        with explained(self._path):
            return journal.references(self._connection)

    def reference_of(self, name: str) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""
        with explained(self._path):
            return board.reference_of(self._connection, name)

    def references_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""
        with explained(self._path):
            return board.references_of(self._connection, names)

    def board(self, query: BoardQuery) -> tuple[int, list[BoardRow]]:
        """Return how many rows match in all, and the page of them, by next deadline.

        Raises:
            BadInput: the query's state is none.
        """
        with explained(self._path):
            return board.page(self._connection, query)

    def counts(self, now: datetime, states: Sequence[str]) -> dict[str, int]:
        """Return how many rows are in each of the states at `now` (UTC).

        Raises:
            BadInput: a state is none.
        """
        with explained(self._path):
            return board.counts(self._connection, now, states)

    def place_of(self, query: BoardQuery, reference: str) -> int | None:
        """Return how many rows that match come before an incident's own, or None where it is not among them."""
        with explained(self._path):
            return board.place_of(self._connection, query, reference)

    def fingerprint(self) -> str | None:
        """Return the fingerprint of the rules under which the board was made, or None for a new store."""
        with explained(self._path):
            return board.fingerprint(self._connection)

    def changes(self) -> int:
        """Return a number that differs from the last one where another connection has written since."""
        with explained(self._path):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def stored_entries(self) -> Iterator[StoredEntry]:
        """Yield the whole journal's bytes, in order."""
        with explained(self._path):
            yield from journal.stored_entries(self._connection)

    def head(self) -> tuple[int, bytes]:
        """Return the recorded length of the journal and its last hash."""
        with explained(self._path):
            return journal.head(self._connection)

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file while others write.

        Raises:
            Failure: the file exists already or cannot be written.
        """
        backup.back_up(self._connection, target)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


class SqliteTransaction(GatheringTransaction[sqlite3.Connection]):
    """A `Transaction` on an SQLite file."""

    def record_head(self) -> None:
        """Record where the journal now ends, and write what is still to be written."""
        journal.put_head(self.written(), self._length, self._last)
