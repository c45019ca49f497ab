"""The store of a team: one PostgreSQL database, with one writer at a time and readers that never wait."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from psycopg import Connection, Error

from incident.errors import Failure, Interrupted
from incident.store.address import ServerAddress
from incident.store.carrying import copy_to_file
from incident.store.database import NewerStore
from incident.store.postgres import board, journal, schema
from incident.store.postgres.failures import explained
from incident.store.postgres.link import Link
from incident.store.postgres.turns import begin_reading, leave, take_turn
from incident.store.protocol import BoardQuery, BoardRow
from incident.store.read_entries import recorded_by
from incident.store.recorder import Recorder, machine_time
from incident.store.transaction import GatheringTransaction
from incident.store.waiting import AT_ONCE, PATIENTLY, Waiting
from models.journal import Entry, StoredEntry

Result = TypeVar("Result")

CHANNEL = "incident_changed"
"""Where each write is announced to those who look at the record."""


def exists(address: ServerAddress) -> bool:
    """Return whether a record was set up in the database.

    Raises:
        Failure: the server cannot be reached.
    """
    link = Link(address, AT_ONCE)
    try:
        return link.reading(schema.version) > 0
    finally:
        link.close()


def open_store(
    address: ServerAddress,
    *,
    actor: str,
    stated_now: datetime | None,
    waiting: Waiting = PATIENTLY,
    machine_clock: Callable[[], datetime] = machine_time,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> "PostgresStore":
    """Open the record in a database, set up where it is empty.

    Raises:
        Failure: the server cannot be reached, the role may not do it, or a newer program made the record.
    """
    link = Link(address, waiting)
    try:
        with explained(address):
            if not _is_set_up(link):
                schema.set_up(link.connection())
            return _store(link, Recorder(actor, stated_now, machine_clock, random_bytes))
    except BaseException:
        link.close()
        raise


def open_existing(
    address: ServerAddress,
    *,
    actor: str,
    stated_now: datetime | None,
    waiting: Waiting = PATIENTLY,
    machine_clock: Callable[[], datetime] = machine_time,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> "PostgresStore | None":
    """Open the record in a database, or return None where none was set up yet.

    Raises:
        Failure: as for `open_store`.
    """
    link = Link(address, waiting)
    try:
        if _is_set_up(link):
            return _store(link, Recorder(actor, stated_now, machine_clock, random_bytes))
    except BaseException:
        link.close()
        raise
    link.close()
    return None


class PostgresStore:
    """A `Store` in a database. It belongs to the thread that opened it."""

    def __init__(self, link: Link, recorder: Recorder) -> None:
        self._link = link
        self._recorder = recorder
        self._pinned: Connection | None = None
        self._listening: Connection | None = None
        self._changes = 0

    @contextmanager
    def write(self) -> Iterator[GatheringTransaction[Connection]]:
        """Begin a write and wait for its turn; rolled back if the block raises.

        Raises:
            Interrupted: the connection was lost meanwhile, and nothing was recorded.
            Failure: the record cannot be written, or its turn did not come.
        """
        connection = self._link.reading(take_turn)
        with explained(self._link.address):
            try:
                with self._pinned_to(connection):
                    transaction = GatheringTransaction(connection, journal, board, self._recorder)
                    yield transaction
                    transaction.written().execute("SELECT pg_notify(%s, '')", [CHANNEL])
            except BaseException as error:
                leave(connection)
                if connection.closed and isinstance(error, Exception):
                    raise self._interrupted() from error
                raise
            self._commit(connection, transaction.recorded)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all that the block reads come from one instant of the record, whoever writes meanwhile."""
        if self._pinned is not None:
            yield
            return
        connection = self._link.reading(begin_reading)
        try:
            with explained(self._link.address), self._pinned_to(connection):
                yield
        finally:
            leave(connection)

    def entries(self, incident: str, until: datetime | None = None) -> list[Entry]:
        """Return an incident's entries in order, only those recorded by `until` if given."""
        return recorded_by(until, self._read(lambda connection: journal.entries(connection, incident)))

    def rules(self, until: datetime | None = None) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""
        return recorded_by(until, self._read(journal.rules))

    def attached(self) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order."""
        return self._read(journal.attached)

    def references(self) -> list[str]:
        """Return every incident's reference, in the order they were opened."""
        return self._read(journal.references)

    def reference_of(self, name: str) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""
        return self._read(lambda connection: board.reference_of(connection, name))

    def references_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""
        wanted = [*names]
        return self._read(lambda connection: board.references_of(connection, wanted))

    def board(self, query: BoardQuery) -> tuple[int, list[BoardRow]]:
        """Return how many rows match in all, and the page of them, by next deadline.

        Raises:
            BadInput: the query's state is none.
        """
        return self._read(lambda connection: board.page(connection, query))

    def counts(self, now: datetime, states: Sequence[str]) -> dict[str, int]:
        """Return how many rows are in each of the states at `now` (UTC).

        Raises:
            BadInput: a state is none.
        """
        return self._read(lambda connection: board.counts(connection, now, states))

    def place_of(self, query: BoardQuery, reference: str) -> int | None:
        """Return how many rows that match come before an incident's own, or None where it is not among them."""
        return self._read(lambda connection: board.place_of(connection, query, reference))

    def fingerprint(self) -> str | None:
        """Return the fingerprint of the rules under which the board was made, or None for a new store."""
        return self._read(board.fingerprint)

    def changes(self) -> int:
        """Return a number that differs from the last one where another connection has written since.

        It waits for nothing: the server announces each write. On a new connection it differs, too, for what was
        announced before was not heard there.
        """
        return self._read(self._heard)

    def stored_entries(self) -> Iterator[StoredEntry]:
        """Yield the whole journal's bytes, in order."""
        with self.snapshot():
            yield from journal.stored_entries(self._pinned or self._link.connection())

    def head(self) -> tuple[int, bytes]:
        """Return the recorded length of the journal and its last hash."""
        return self._read(journal.head)

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file, as a store of its own, while others write.

        Raises:
            Failure: the file exists already or cannot be written.
        """
        copy_to_file(self, target)

    def close(self) -> None:
        """Let go of the server."""
        self._link.close()

    def _read(self, read: Callable[[Connection], Result]) -> Result:
        """Read within the transaction there is, else on its own; then a lost connection is made again."""
        if self._pinned is None:
            return self._link.reading(read)
        with explained(self._link.address):
            return read(self._pinned)

    def _heard(self, connection: Connection) -> int:
        if connection is not self._listening:
            connection.execute(f"LISTEN {CHANNEL}")
            self._listening = connection
            self._changes += 1
        own = connection.info.backend_pid
        self._changes += sum(notice.pid != own for notice in connection.notifies(timeout=0))
        return self._changes

    @contextmanager
    def _pinned_to(self, connection: Connection) -> Iterator[None]:
        """Have everything read on this connection, which is in a transaction; where it is lost, that is over."""
        before, self._pinned = self._pinned, connection
        try:
            yield
        finally:
            self._pinned = before

    def _commit(self, connection: Connection, recorded: tuple[int, bytes] | None) -> None:
        """Have it recorded; where the connection is lost before the server says so, look whether it was."""
        try:
            connection.commit()
        except Error as error:
            if not connection.closed:
                raise
            if recorded is None or not self._turned_out(recorded):
                raise self._interrupted() from error

    def _turned_out(self, recorded: tuple[int, bytes]) -> bool:
        """Return whether a write was recorded whose connection was lost: its last entry tells."""

        def look(connection: Connection) -> bool:
            take_turn(connection)
            try:
                return journal.holds(connection, *recorded)
            finally:
                leave(connection)

        try:
            return self._link.reading(look)
        except Failure as failure:
            unknown = "whether the last entry was recorded is not known: look before you record it again"
            raise Failure(*failure.lines, unknown) from failure

    def _interrupted(self) -> Interrupted:
        return Interrupted(f"{self._link.address}: the connection was lost, and nothing was recorded; try again")


def _is_set_up(link: Link) -> bool:
    """Return whether the database holds a record.

    Raises:
        NewerStore: a newer version of this program made it.
    """
    found = link.reading(schema.version)
    if found > schema.VERSION:
        raise NewerStore(
            f"{link.address}: a newer version of this program made it (its tables are at {found}, this version "
            f"knows {schema.VERSION}); install the newer version"
        )
    return found > 0


def _store(link: Link, recorder: Recorder) -> PostgresStore:
    """Return the store; what is recorded there bears the role that the server knows, beside the actor."""
    (role,) = link.reading(lambda connection: connection.execute("SELECT session_user").fetchone()) or ("",)
    return PostgresStore(link, replace(recorder, role=role))
