"""The board's table on a server: one row per incident, sorted by an index, and searched by words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from psycopg import Connection, errors

from incident.errors import Failure
from incident.store.board_terms import condition, stored
from incident.store.postgres.turns import reading
from incident.store.postgres.words import lexemes_of, line_of, sought, words_of
from incident.store.protocol import BoardQuery, BoardRow

_COLUMNS = (
    "reference", "external_ref", "vendor", "state", "next_due_at", "next_due_soon_at", "next_undated_state", "words",
    "lexemes", "fields",
)  # fmt: skip

_PUT = " ".join(
    [
        "INSERT INTO incident.board (",
        ", ".join(_COLUMNS),
        ") VALUES (",
        ", ".join(f"array_to_tsvector(%({one})s)" if one == "lexemes" else f"%({one})s" for one in _COLUMNS),
        ") ON CONFLICT (reference) DO UPDATE SET",
        ", ".join(f"{one} = excluded.{one}" for one in _COLUMNS),
    ]
)

_TIMES = ("next_due_at", "next_due_soon_at")

PORTION = 1000
"""Rows of a whole board that are held in memory at once."""


def put(connection: Connection, rows: Sequence[BoardRow]) -> None:
    """Write incidents' rows in place of those they had.

    Raises:
        Failure: an `external_ref` names another incident already.
    """
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(_PUT, [_columns(row) for row in rows])
    except errors.UniqueViolation as error:
        raise Failure(_taken(connection, rows)) from error


def replace(connection: Connection, rows: Iterable[BoardRow], fingerprint: str) -> None:
    """Replace all rows, and note under which rules the new ones were made."""
    connection.execute("DELETE FROM incident.board")
    made = iter(rows)
    while some := list(islice(made, PORTION)):
        put(connection, some)
    connection.execute(
        "INSERT INTO incident.meta VALUES ('fingerprint', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [fingerprint],
    )


def fingerprint(connection: Connection) -> str | None:
    """Return the fingerprint of the rules under which the board was made, or None where it never was."""
    row = connection.execute("SELECT value FROM incident.meta WHERE key = 'fingerprint'").fetchone()
    return str(row[0]) if row else None


def reference_of(connection: Connection, name: str) -> str | None:
    """Return the reference that a reference or `source:ref` names, or None."""
    return references_of(connection, [name]).get(name)


def references_of(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""
    keys = {name: _key(name) for name in names}
    rows = connection.execute(
        """
        SELECT external_ref, reference FROM incident.board WHERE external_ref = ANY (%(keys)s)
        UNION ALL
        SELECT convert_to(reference, 'UTF8'), reference FROM incident.board WHERE reference = ANY (%(names)s)""",
        {"keys": [*keys.values()], "names": [_text(name) for name in keys]},
    )
    references = {bytes(key): str(reference) for key, reference in rows.fetchall()}
    return {name: references[key] for name, key in keys.items() if key in references}


def page(connection: Connection, query: BoardQuery) -> tuple[int, list[BoardRow]]:
    """Return how many rows match in all, and the page of them that is asked for, the most urgent first."""
    matching, values = _matching(query)
    select = f"SELECT fields {matching} ORDER BY urgency, reference LIMIT %(limit)s OFFSET %(offset)s"
    with reading(connection):
        (total,) = _row_of(connection, f"SELECT count(*) {matching}", values) or (0,)
        rows = connection.execute(select, values).fetchall()
    return total, [_row(fields) for (fields,) in rows]


def place_of(connection: Connection, query: BoardQuery, reference: str) -> int | None:
    """Return how many rows that match come before an incident's own, or None where it is not among them."""
    matching, values = _matching(query)
    values["reference"] = _text(reference)
    own = f"SELECT urgency {matching} AND reference = %(reference)s"
    before = f"SELECT count(*) {matching} AND (urgency, reference) < (%(urgency)s, %(reference)s)"
    with reading(connection):
        found = _row_of(connection, own, values)
        if found is None:
            return None
        (place,) = _row_of(connection, before, {**values, "urgency": found[0]}) or (0,)
    return int(place)


def counts(connection: Connection, now: datetime, states: Sequence[str]) -> dict[str, int]:
    """Return how many rows are in each of the states, counted in one pass."""
    counted = ", ".join(f"count(*) FILTER (WHERE {condition(state, '%(now)s')})" for state in states)
    select = f"SELECT {counted} FROM incident.board"  # noqa: S608
    row = _row_of(connection, select, {"now": stored(now)}) or ()
    return dict(zip(states, row, strict=True))


def _matching(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """Return the end of a statement that takes the rows a query asks for, and its values."""
    conditions = ["true"]
    values: dict[str, Any] = {
        "now": stored(query.now),
        "due_before": stored(query.due_before),
        "limit": query.limit or None,
        "offset": query.offset,
    }
    if query.state is not None:
        conditions.append(condition(query.state, "%(now)s"))
    if query.vendor is not None:
        conditions.append("vendor = %(vendor)s")
        values["vendor"] = _text(query.vendor.casefold())
    if query.due_before is not None:
        conditions.append("next_due_at <= %(due_before)s")
    if query.search is not None and _text(query.search).split():
        wanted = sought(_text(query.search))
        if wanted is None:
            conditions.append("false")
        else:
            conditions.append("(lexemes @@ CAST(%(lexemes)s AS tsquery) OR lexemes IS NULL)")
            conditions.append("words LIKE ALL (%(patterns)s)")
            values |= {"lexemes": wanted.lexemes, "patterns": wanted.patterns}
    return f"FROM incident.board WHERE {' AND '.join(conditions)}", values


def _row_of(connection: Connection, query: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    return connection.execute(query, values).fetchone()


def _taken(connection: Connection, rows: Sequence[BoardRow]) -> str:
    """Say which external reference names two incidents."""
    named = {row.external_ref: row.reference for row in reversed(rows) if row.external_ref is not None}
    known = named | references_of(connection, named)
    for row in rows:
        if row.external_ref is not None and known[row.external_ref] != row.reference:
            return f"{row.external_ref} names another incident already, so not {row.reference}"
    raise LookupError("no external reference of these rows is taken")


def _columns(row: BoardRow) -> dict[str, Any]:
    fields = {name: stored(value) for name, value in asdict(row).items()}
    words = words_of(row.search_text)
    return {
        "reference": row.reference,
        "external_ref": None if row.external_ref is None else _key(row.external_ref),
        "vendor": _text((row.vendor or "").casefold()),
        "state": row.state,
        "next_due_at": fields["next_due_at"],
        "next_due_soon_at": fields["next_due_soon_at"],
        "next_undated_state": row.next_undated_state,
        "words": line_of(words),
        "lexemes": lexemes_of(words),
        "fields": json.dumps(fields),
    }


def _row(text: str) -> BoardRow:
    fields = json.loads(text)
    for time in _TIMES:
        if fields[time] is not None:
            fields[time] = datetime.fromisoformat(fields[time])
    return BoardRow(**fields)


def _key(name: str) -> bytes:
    """Return a name as bytes, in which any sign may stand."""
    return name.encode(errors="backslashreplace")


def _text(value: str) -> str:
    """Return a text as a column of the server can hold it; what is compared with it is treated alike."""
    return _key(value).decode().replace("\0", " ")
