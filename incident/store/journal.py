"""The journal's tables: what is written to them, and how they are read.

Header and body are read as bytes, exactly as they lie there, so that a changed byte is seen and not mended.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from incident.errors import Failure
from incident.store.read_entries import entries_of
from models.journal import Entry, StoredEntry

_ENTRIES = """
    SELECT sequence, CAST(header AS BLOB), CAST(body AS BLOB)
    FROM journal LEFT JOIN bodies USING (sequence)
"""


def head(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """Return the recorded length of the journal and its last hash."""
    row: tuple[int, bytes] | None = connection.execute("SELECT length, hash FROM head").fetchone()
    if row is None:
        raise Failure("the store was tampered with: the journal's recorded head is gone; restore a backup")
    return row


def end(connection: sqlite3.Connection) -> tuple[int, bytes] | None:
    """Return the place and the hash of the last entry as it lies there, whatever the head says, or None."""
    if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        return None
    row: tuple[int, bytes] | None = connection.execute(
        "SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return row


def hash_of(connection: sqlite3.Connection, sequence: int) -> bytes | None:
    """Return the hash of the entry at a place, or None where there is none."""
    row = connection.execute("SELECT hash FROM journal WHERE sequence = ?", (sequence,)).fetchone()
    return bytes(row[0]) if row else None


def recorded_at(connection: sqlite3.Connection, sequence: int) -> datetime | None:
    """Return when the entry at a place was recorded (UTC), or None where there is none."""
    row = connection.execute(
        "SELECT json_extract(header, '$.recorded_at') FROM journal WHERE sequence = ?", (sequence,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def put_head(connection: sqlite3.Connection, length: int, last: bytes) -> None:
    """Record the journal's length and last hash."""
    connection.execute("UPDATE head SET length = ?, hash = ?", (length, last))


def insert(connection: sqlite3.Connection, entries: Sequence[StoredEntry]) -> None:
    """Write entries at the end of the journal."""
    connection.executemany(
        "INSERT INTO journal (sequence, header, header_digest, body_digest, hash) VALUES (?, ?, ?, ?, ?)",
        [(one.sequence, one.header.decode(), one.header_digest, one.body_digest, one.hash) for one in entries],
    )
    connection.executemany(
        "INSERT INTO bodies (sequence, salt, body) VALUES (?, ?, ?)",
        [(one.sequence, one.salt, one.body.decode()) for one in entries if one.body is not None],
    )


def entries(connection: sqlite3.Connection, incident: str) -> list[Entry]:
    """Return an incident's entries, in order."""
    of_incident = "WHERE json_extract(header, '$.incident') = ? ORDER BY sequence"
    return entries_of(connection.execute(_ENTRIES + of_incident, (incident,)).fetchall())


def rules(connection: sqlite3.Connection) -> list[Entry]:
    """Return the entries that put settings and playbooks in force, in order."""
    of_rules = "WHERE json_extract(header, '$.kind') = 'rules' ORDER BY sequence"
    return entries_of(connection.execute(_ENTRIES + of_rules).fetchall())


def attached(connection: sqlite3.Connection) -> list[Entry]:
    """Return the entries of all incidents that attached a file, in order."""
    of_attachments = "WHERE json_extract(header, '$.kind') = 'attached' ORDER BY sequence"
    return entries_of(connection.execute(_ENTRIES + of_attachments).fetchall())


def references(connection: sqlite3.Connection) -> list[str]:
    """Return every incident's reference, in the order of their first entries."""
    rows = connection.execute("""
        SELECT json_extract(header, '$.incident') AS incident
        FROM journal
        WHERE incident IS NOT NULL
        GROUP BY incident
        ORDER BY min(sequence)""")
    return [reference for (reference,) in rows.fetchall()]


def highest_number(connection: sqlite3.Connection, year: int) -> int:
    """Return the highest number among the references of a year, such as 7 for `INC-2026-0007`; 0 without any."""
    (highest,) = connection.execute(
        """
        SELECT max(CAST(substr(json_extract(header, '$.incident'), 10) AS INTEGER))
        FROM journal
        WHERE substr(json_extract(header, '$.incident'), 1, 9) = ?""",
        (f"INC-{year:04}-",),
    ).fetchone()
    return highest or 0


def erase_bodies(connection: sqlite3.Connection, incident: str) -> list[int]:
    """Erase the bodies of an incident's entries, overwriting them in the file, and return their places."""
    connection.execute("PRAGMA secure_delete = ON")
    rows = connection.execute(
        """
        DELETE FROM bodies
        WHERE sequence IN (SELECT sequence FROM journal WHERE json_extract(header, '$.incident') = ?)
        RETURNING sequence""",
        (incident,),
    )
    return sorted(sequence for (sequence,) in rows.fetchall())


def stored_entries(connection: sqlite3.Connection) -> Iterator[StoredEntry]:
    """Yield the whole journal's bytes, in order."""
    rows = connection.execute("""
        SELECT sequence, CAST(header AS BLOB), header_digest, salt, CAST(body AS BLOB), body_digest, hash
        FROM journal LEFT JOIN bodies USING (sequence)
        ORDER BY sequence""")
    for row in rows:
        yield StoredEntry._make(row)
