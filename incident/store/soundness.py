"""Whether a store's database is sound: what SQLite finds, what the tables should be, and the journal's chain."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from incident.store import journal
from incident.store.database import open_in_memory
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


def table_faults(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield which tables, indexes and triggers are not as this version makes them: the table, and what is wrong."""
    with closing(open_in_memory(None)) as fresh:
        ours = _described(fresh)
    found = _described(connection)
    for (kind, name), (table, _) in sorted((ours | found).items()):
        if (kind, name) not in found:
            yield table, f"{kind} {name} is missing"
        elif (kind, name) not in ours:
            yield table, f"{kind} {name} is not ours"
        elif found[kind, name] != ours[kind, name]:
            yield table, f"{kind} {name} was changed"


def is_projection(table: str) -> bool:
    """True for a table that is made anew from the journal: the board, its search index, the note of its rules."""
    return table == "meta" or table.startswith("board")


def _described(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, object]]:
    """Return the table of each table, index and trigger, and what is compared of it.

    That is a trigger's words, and the columns of a table or an index, which another sqlite-utils words otherwise.
    """
    schema = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'"
    )
    described: dict[tuple[str, str], tuple[str, object]] = {}
    for kind, name, table, words in schema.fetchall():
        columns = "SELECT * FROM pragma_index_xinfo(?)" if kind == "index" else "SELECT * FROM pragma_table_xinfo(?)"
        content = words if kind == "trigger" else connection.execute(columns, (name,)).fetchall()
        described[kind, name] = table, content
    return described
