"""Whether a store's database is sound: what SQLite finds, what the tables should be, and the journal's chain."""

import sqlite3
from collections.abc import Iterator

from incident.store import journal
from models.journal import first_fault

_MOST = 5
"""Faults of one kind that are told."""


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with a store or a copy of one: with the database, then the first entry that does not hold."""
    yield from database_faults(connection)
    wrong = chain_fault(connection)
    if wrong is not None:
        yield wrong


def database_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite's own check and that of the foreign keys find, one line each."""
    for (found,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if found != "ok":
            yield f"SQLite's integrity check says: {found}"
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    for table, row, parent, _ in broken:
        yield f"{table} row {row} belongs to no {parent}"


def chain_fault(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the first entry that does not hold, or None where all do."""
    fault = first_fault(journal.stored_entries(connection), journal.head(connection))
    return f"entry {fault.sequence} {fault.reason}" if fault else None
