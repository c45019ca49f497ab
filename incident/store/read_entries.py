"""The bytes that a store has kept, read as entries."""

from collections.abc import Iterable
from datetime import datetime

from incident.errors import Failure
from models.journal import Entry, read_entry


def entries_of(rows: Iterable[tuple[int, bytes, bytes | None]]) -> list[Entry]:
    """Read entries from their places, headers and bodies.

    Raises:
        Failure: one of them cannot be read.
    """
    return [_entry(*row) for row in rows]


def recorded_by(until: datetime | None, entries: list[Entry]) -> list[Entry]:
    """Return the entries that were recorded by an instant (UTC), or all without one."""
    return entries if until is None else [entry for entry in entries if entry.recorded_at <= until]


def _entry(sequence: int, header: bytes, body: bytes | None) -> Entry:
    try:
        return read_entry(sequence, header, body)
    except (ValueError, KeyError, TypeError) as error:
        raise Failure(f"entry {sequence} of the journal cannot be read; run `incident verify`") from error
