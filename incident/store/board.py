"""The board's table: one row per incident, sorted by an index, and searched by SQLite's full-text index."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from incident.errors import Failure
from incident.store.board_terms import condition, stored
from incident.store.database import reading, writing
from incident.store.failures import primary_code
from incident.store.protocol import BoardQuery, BoardRow

_COLUMNS = [field.name for field in fields(BoardRow)]
_VALUES = attrgetter(*_COLUMNS)
_TIMES = ("next_due_at", "next_due_soon_at")

_PUT = " ".join(
    [
        "INSERT INTO board (",
        ", ".join(_COLUMNS),
        ") VALUES (",
        ", ".join("?" for _ in _COLUMNS),
        ") ON CONFLICT (reference) DO UPDATE SET",
        ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS),
    ]
)


_AMONG = " FROM board WHERE reference IN (SELECT value FROM json_each(:references))"
_INDEX = "INSERT INTO board_fts (rowid, search_text) SELECT id, search_text"
_TAKE_OUT = "INSERT INTO board_fts (board_fts, rowid, search_text) SELECT 'delete', id, search_text"
"""The index holds no text of its own: what it is to forget has to be told to it before the row is changed."""

PORTION = 1000
"""Rows of a whole board that are held in memory at once."""


def put(connection: sqlite3.Connection, rows: Sequence[BoardRow]) -> None:
    """Write incidents' rows in place of those they had, and index their words.

    The index is written in one go: it is flushed after each statement, which costs more than the words do.

    Raises:
        Failure: an `external_ref` names another incident already.
    """
    written = {"references": json.dumps([row.reference for row in rows])}
    connection.execute(_TAKE_OUT + _AMONG, written)
    try:
        connection.executemany(_PUT, [[*map(stored, _VALUES(row))] for row in rows])
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise Failure(_taken(connection, rows)) from error
    connection.execute(_INDEX + _AMONG, written)


def _taken(connection: sqlite3.Connection, rows: Sequence[BoardRow]) -> str:
    """Say which external reference names two incidents."""
    for row in rows:
        named = reference_of(connection, row.external_ref) if row.external_ref else None
        if named is not None and named != row.reference:
            return f"{row.external_ref} names another incident already, so not {row.reference}"
    raise LookupError("no external reference of these rows is taken")


def replace(connection: sqlite3.Connection, rows: Iterable[BoardRow], fingerprint: str) -> None:
    """Replace all rows, and note under which rules the new ones were made."""
    connection.execute("DELETE FROM board")
    connection.execute("INSERT INTO board_fts (board_fts) VALUES ('delete-all')")
    made = iter(rows)
    while some := list(islice(made, PORTION)):
        put(connection, some)
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('fingerprint', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (fingerprint,),
    )


def differing(connection: sqlite3.Connection, rows: Iterable[BoardRow]) -> Iterator[str]:
    """Yield the references of incidents whose row is not as given, is missing, or should not be there."""
    select = f"SELECT {', '.join(_COLUMNS)} FROM board WHERE reference = ?"  # noqa: S608
    expected = set()
    for row in rows:
        expected.add(row.reference)
        if connection.execute(select, (row.reference,)).fetchone() != tuple(map(stored, _VALUES(row))):
            yield row.reference
    for (reference,) in connection.execute("SELECT reference FROM board ORDER BY reference"):
        if reference not in expected:
            yield reference


def index_holds(connection: sqlite3.Connection) -> bool:
    """True where the search index is of the words on the board, all of them and no others.

    Raises:
        sqlite3.OperationalError: the store cannot be written, which SQLite's comparison asks for; it writes nothing.
    """
    with writing(connection):
        try:
            connection.execute("INSERT INTO board_fts (board_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if primary_code(error) != sqlite3.SQLITE_CORRUPT:
                raise
            return False
    return True


def fingerprint(connection: sqlite3.Connection) -> str | None:
    """Return the fingerprint of the rules under which the board was made, or None where it never was."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return str(row[0]) if row else None


def reference_of(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the reference that a reference or `source:ref` names, or None."""
    row = connection.execute(
        "SELECT reference FROM board WHERE reference = :name"
        " UNION ALL SELECT reference FROM board WHERE external_ref = :name",
        {"name": stored(name)},
    ).fetchone()
    return str(row[0]) if row else None


def references_of(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""
    keys = {name: str(stored(name)) for name in names}
    found = connection.execute(
        """
        WITH names (name) AS (SELECT value FROM json_each(:names))
        SELECT name, reference FROM names JOIN board ON external_ref = name
        UNION ALL
        SELECT name, reference FROM names JOIN board ON reference = name""",
        {"names": json.dumps([*keys.values()])},
    )
    references = dict(found.fetchall())
    return {name: references[key] for name, key in keys.items() if key in references}


def page(connection: sqlite3.Connection, query: BoardQuery) -> tuple[int, list[BoardRow]]:
    """Return how many rows match in all, and the page of them that is asked for, the most urgent first."""
    matching, values = _matching(query)
    select = f"SELECT {', '.join(_COLUMNS)} {matching} ORDER BY urgency, reference LIMIT :limit OFFSET :offset"
    with reading(connection):
        (total,) = connection.execute(f"SELECT count(*) {matching}", values).fetchone()
        rows = connection.execute(select, values).fetchall()
    return total, [_row(row) for row in rows]


def place_of(connection: sqlite3.Connection, query: BoardQuery, reference: str) -> int | None:
    """Return how many rows that match come before an incident's own, or None where it is not among them."""
    matching, values = _matching(query)
    values["reference"] = reference
    own = ["SELECT urgency FROM (SELECT urgency, reference", matching, ") WHERE reference = :reference"]
    before = [
        "SELECT count(*) FROM (SELECT urgency, reference",
        matching,
        ") WHERE (urgency, reference) < (:urgency, :reference)",
    ]
    with reading(connection):
        found = connection.execute(" ".join(own), values).fetchone()
        if found is None:
            return None
        (place,) = connection.execute(" ".join(before), {**values, "urgency": found[0]}).fetchone()
    return int(place)


def counts(connection: sqlite3.Connection, now: datetime, states: Sequence[str]) -> dict[str, int]:
    """Return how many rows are in each of the states, counted in one pass."""
    counted = ", ".join(f"count(*) FILTER (WHERE {condition(state, ':now')})" for state in states)
    row = connection.execute(f"SELECT {counted} FROM board", {"now": stored(now)}).fetchone()  # noqa: S608
    return dict(zip(states, row, strict=True))


def _matching(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """Return the end of a statement that takes the rows a query asks for, and its values."""
    words = _quoted_words(query.search or "")
    conditions = []
    if query.state is not None:
        conditions.append(condition(query.state, ":now"))
    if query.vendor is not None:
        conditions.append("casefold(ifnull(vendor, '')) = :vendor")
    if query.due_before is not None:
        conditions.append("next_due_at <= :due_before")
    if words:
        conditions.append("id IN (SELECT rowid FROM board_fts WHERE board_fts MATCH :words)")
    values = {
        "now": stored(query.now),
        "vendor": stored((query.vendor or "").casefold()),
        "due_before": stored(query.due_before),
        "words": words,
        "limit": query.limit or -1,
        "offset": query.offset,
    }
    return "FROM board" + (" WHERE " + " AND ".join(conditions) if conditions else ""), values


def _quoted_words(text: str) -> str:
    """Quote each word for the full-text index, so that no sign is an operator there but a star at the end."""
    words = str(stored(text)).replace("\0", " ").split()
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    stem = word.rstrip("*")
    quoted = '"' + (stem or word).replace('"', '""') + '"'
    return f"{quoted} *" if stem and stem != word else quoted


def _row(values: tuple[Any, ...]) -> BoardRow:
    columns = dict(zip(_COLUMNS, values, strict=True))
    for time in _TIMES:
        if columns[time] is not None:
            columns[time] = datetime.fromisoformat(columns[time])
    return BoardRow(**columns)
