"""What the tests of the stores share: the stores, a clock that stands still, and examples to record."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from incident.store.protocol import BoardRow, Store
from incident.store.sqlite import SqliteStore, open_existing, open_store
from models.journal import EntryKind, NewEntry
from tests.test_incident.postgres_server import address_for

RECORDED = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
STATED = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@dataclass
class Clock:
    """A machine's clock that stands still until it is set."""

    instant: datetime = RECORDED

    def __call__(self) -> datetime:
        return self.instant


def open_sqlite(folder: Path, clock: Clock) -> SqliteStore:
    """Open the folder's SQLite store, whose chance always throws ones."""
    return open_store(
        folder / "incidents.db",
        actor="anna",
        stated_now=STATED,
        machine_clock=clock,
        random_bytes=lambda size: b"\x11" * size,
    )


def open_postgres(folder: Path, clock: Clock, user: str = "owner") -> Store:
    """Open the folder's record on the tests' server, whose chance always throws ones."""
    address = address_for(folder, user)
    from incident.store.postgres import store as postgres

    return postgres.open_store(
        address,
        actor="anna",
        stated_now=STATED,
        machine_clock=clock,
        random_bytes=lambda size: b"\x11" * size,
    )


STORES: dict[str, Callable[[Path, Clock], Store]] = {"sqlite": open_sqlite, "postgres": open_postgres}
"""Every store that has to keep the contract; each opens the same store again for the same folder."""


def open_new(path: Path) -> SqliteStore:
    """Open an SQLite store as the writing commands do."""
    return open_store(path, actor="anna", stated_now=None)


def open_to_read(path: Path) -> SqliteStore | None:
    """Open an SQLite store as the reading commands do."""
    return open_existing(path, actor="anna", stated_now=None)


def record_one(store: Store) -> None:
    """Record a new incident of 2026, and put it on the board."""
    with store.write() as transaction:
        reference = transaction.next_reference(2026)
        transaction.append(opened(reference))
        transaction.put_row(row(reference))


def opened(incident: str, **body: object) -> NewEntry:
    """Return what opens an incident."""
    return NewEntry(incident, EntryKind.OPENED, body)


def row(reference: str, **changes: Any) -> BoardRow:
    """Return a row of an open incident that owes nothing yet, with what is changed."""
    plain = BoardRow(
        reference=reference,
        external_ref=None,
        title="Call recordings readable by other tenants",
        vendor=None,
        role="controller",
        state="open",
        next_duty=None,
        next_due_at=None,
        next_due_soon_at=None,
        next_undated_state=None,
        next_basis=None,
        next_parties=None,
        answered=0,
        required=9,
        risk=None,
        search_text="",
    )
    return replace(plain, **changes)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Refuse to write any file longer than so many bytes, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
