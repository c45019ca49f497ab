"""The journal's tables on a server: what is written to them, and how they are read.

Header and body are text of ASCII signs only, and come back byte for byte.
"""

from collections.abc import Iterator, Sequence

from psycopg import Connection

from incident.errors import Failure
from incident.store.read_entries import entries_of
from models.journal import Entry, StoredEntry

_ENTRIES = "SELECT sequence, header, body FROM incident.journal LEFT JOIN incident.bodies USING (sequence)"

PORTION = 2000
"""Entries of a whole journal that are fetched at once."""


def head(connection: Connection) -> tuple[int, bytes]:
    """Return the recorded length of the journal and its last hash."""
    row = connection.execute("SELECT length, hash FROM incident.head").fetchone()
    if row is None:
        raise Failure("the store was tampered with: the journal's recorded head is gone; restore a backup")
    return row


def insert(connection: Connection, entries: Sequence[StoredEntry]) -> None:
    """Write entries at the end of the journal; the server records where it then ends."""
    with_body = [one for one in entries if one.body is not None]
    with connection.pipeline():
        connection.execute(
            """
            INSERT INTO incident.journal (sequence, header, header_digest, body_digest, hash)
            SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[])""",
            [
                [one.sequence for one in entries],
                [one.header.decode() for one in entries],
                [one.header_digest for one in entries],
                [one.body_digest for one in entries],
                [one.hash for one in entries],
            ],
        )
        connection.execute(
            """
            INSERT INTO incident.bodies (sequence, salt, body)
            SELECT * FROM unnest(%s::bigint[], %s::bytea[], %s::text[])""",
            [
                [one.sequence for one in with_body],
                [one.salt for one in with_body],
                [(one.body or b"").decode() for one in with_body],
            ],
        )


def holds(connection: Connection, sequence: int, its_hash: bytes) -> bool:
    """Return whether an entry with this hash stands at its place."""
    row = connection.execute("SELECT hash FROM incident.journal WHERE sequence = %s", [sequence]).fetchone()
    return row is not None and row[0] == its_hash


def entries(connection: Connection, incident: str) -> list[Entry]:
    """Return an incident's entries, in order."""
    return _read(connection, f"{_ENTRIES} WHERE incident = %s ORDER BY sequence", [incident])


def rules(connection: Connection) -> list[Entry]:
    """Return the entries that put settings and playbooks in force, in order."""
    return _read(connection, f"{_ENTRIES} WHERE kind = 'rules' ORDER BY sequence", [])


def attached(connection: Connection) -> list[Entry]:
    """Return the entries of all incidents that attached a file, in order."""
    return _read(connection, f"{_ENTRIES} WHERE kind = 'attached' ORDER BY sequence", [])


def references(connection: Connection) -> list[str]:
    """Return every incident's reference, in the order of their first entries."""
    rows = connection.execute("""
        SELECT incident FROM incident.journal
        WHERE incident IS NOT NULL
        GROUP BY incident
        ORDER BY min(sequence)""")
    return [reference for (reference,) in rows.fetchall()]


def highest_number(connection: Connection, year: int) -> int:
    """Return the highest number among the references of a year, such as 7 for `INC-2026-0007`; 0 without any."""
    row = connection.execute(
        "SELECT max(number) FROM incident.journal WHERE substr(incident, 1, 9) = %s", [f"INC-{year:04}-"]
    ).fetchone()
    return (row and row[0]) or 0


def erase_bodies(connection: Connection, incident: str) -> list[int]:
    """Erase the bodies of an incident's entries, and return their places."""
    rows = connection.execute("SELECT incident.erase_bodies(%s)", [incident])
    return sorted(sequence for (sequence,) in rows.fetchall())


def stored_entries(connection: Connection) -> Iterator[StoredEntry]:
    """Yield the whole journal's bytes, in order; within a transaction."""
    with connection.cursor("stored_entries") as cursor:
        cursor.itersize = PORTION
        cursor.execute("""
            SELECT sequence, header, header_digest, salt, body, body_digest, hash
            FROM incident.journal LEFT JOIN incident.bodies USING (sequence)
            ORDER BY sequence""")
        for sequence, header, header_digest, salt, body, *rest in cursor:
            text = None if body is None else body.encode()
            yield StoredEntry(sequence, header.encode(), header_digest, salt, text, *rest)


def _read(connection: Connection, query: str, values: list[str]) -> list[Entry]:
    rows = connection.execute(query, values).fetchall()
    return entries_of((sequence, header.encode(), body and body.encode()) for sequence, header, body in rows)
