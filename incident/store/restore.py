"""Putting a backup in the store's place: verified before, whole or not at all, and what lay there is kept."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from incident.errors import Failure
from incident.store import backup, journal
from incident.store.database import open_alone, open_copy
from incident.store.failures import explained, primary_code
from incident.store.soundness import faults

_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}
"""SQLite's codes where what lies in the store's place cannot be read, or its tables are gone."""

_REPLACED = "replaced"
"""Stands in the name under which is kept what lay in the store's place."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place.

    Attributes:
        length: how many entries it holds.
        last: the hash of the last one.
        recorded_at: when that was recorded (UTC); None without entries.
        kept: where what lay there is kept; None where nothing was recorded there.
    """

    length: int
    last: bytes
    recorded_at: datetime | None
    kept: Path | None


def restore(source: Path, path: Path, *, may_lose: bool) -> Restored:
    """Put a backup in the place of the store at `path`, which no other program may have open meanwhile.

    It appears there at once and whole, whatever happens meanwhile.

    Args:
        may_lose: a person allows that entries which the backup lacks leave the store; they are kept beside it.

    Raises:
        Failure: the backup does not hold or is no store; the store holds entries that the backup lacks, or is damaged;
            another program has it open; or it cannot be written. The store is not changed then.
    """
    with explained(source), closing(open_copy(source)) as copy:
        wrong = next(faults(copy), None)
        if wrong is not None:
            raise Failure(f"{source} does not hold, and nothing was restored: {wrong}; take another backup")
        if path.exists() and source.samefile(path):
            raise Failure(f"{source} is the store itself; name a backup")
        with explained(path):
            try:
                kept = _put(copy, path, may_lose=may_lose)
            except sqlite3.DatabaseError as error:
                if primary_code(error) not in _DAMAGED:
                    raise
                if not may_lose:
                    raise Failure(
                        f"{path} is damaged: what it holds cannot be told; --replace sets it aside"
                    ) from error
                kept = backup.set_aside(path, _REPLACED)
                _put(copy, path, may_lose=may_lose)
        length, last = journal.head(copy)
        return Restored(length, last, journal.recorded_at(copy, length), kept)


def _put(copy: sqlite3.Connection, path: Path, *, may_lose: bool) -> Path | None:
    """Write the copy over the store, and return where what lay there is kept."""
    with closing(open_alone(path)) as here:
        kept = None
        end = journal.end(here)
        if end is not None:
            length, last = end
            if not may_lose and journal.hash_of(copy, length) != last:
                raise Failure(
                    f"{path} holds {length} entries, and the backup lacks some of them; --replace restores it all the "
                    "same, and keeps a copy of them"
                )
            kept = backup.copy_beside(here, path, _REPLACED)
        copy.backup(here)
        return kept
