"""Opening a record, wherever its address says that it is kept: who opens one need not know which store it is."""

from datetime import datetime
from pathlib import Path

from incident.store import database, sqlite
from incident.store.address import Address
from incident.store.database import NewerStore
from incident.store.protocol import Store
from incident.store.waiting import PATIENTLY, Waiting

__all__ = ["NewerStore", "copy_in_memory", "exists", "open_existing", "open_newer", "open_store", "writable"]


def exists(address: Address) -> bool:
    """Return whether a record is kept there already.

    Raises:
        Failure: a server cannot be reached.
        OSError: a file may not be looked at.
    """
    if isinstance(address, Path):
        return address.exists()
    from incident.store.postgres import store as postgres

    return postgres.exists(address)


def writable(address: Address) -> bool:
    """Return whether the record can be written; a server says so itself when it is tried."""
    return not isinstance(address, Path) or database.writable(address)


def open_store(address: Address, *, actor: str, stated_now: datetime | None, waiting: Waiting = PATIENTLY) -> Store:
    """Open a record to read and write, made where absent.

    Args:
        waiting: how long a server is waited for that went away.

    Raises:
        Failure: it cannot be opened or made, or is of a newer program.
    """
    if isinstance(address, Path):
        return sqlite.open_store(address, actor=actor, stated_now=stated_now)
    from incident.store.postgres import store as postgres

    return postgres.open_store(address, actor=actor, stated_now=stated_now, waiting=waiting)


def open_existing(
    address: Address, *, actor: str, stated_now: datetime | None, waiting: Waiting = PATIENTLY
) -> Store | None:
    """Open a record that is there already, or return None where there is none. A read-only one can be read.

    Raises:
        Failure: as for `open_store`.
    """
    if isinstance(address, Path):
        return sqlite.open_existing(address, actor=actor, stated_now=stated_now)
    from incident.store.postgres import store as postgres

    return postgres.open_existing(address, actor=actor, stated_now=stated_now, waiting=waiting)


def open_newer(address: Address, *, actor: str, stated_now: datetime | None) -> Store:
    """Open a record that a newer version of this program made, to read it: nothing can be written there.

    Raises:
        Failure: it cannot be opened, or what is read of it has changed since this version.
    """
    if isinstance(address, Path):
        return sqlite.open_newer(address, actor=actor, stated_now=stated_now)
    raise NewerStore(f"{address}: a newer version of this program made it; install the newer version")


def copy_in_memory(store: Store | None, *, actor: str, stated_now: datetime | None) -> Store:
    """Open a store in memory that holds what another one does, or nothing: what is written there leaves no trace."""
    if store is None or isinstance(store, sqlite.SqliteStore):
        return sqlite.memory_store(actor=actor, stated_now=stated_now, copy_of=store)
    from incident.store.carrying import carry

    copy = sqlite.memory_store(actor=actor, stated_now=stated_now, copy_of=None)
    carry(store, copy)
    return copy
