"""What a store does: keeps the journal, and the board as a projection of it.

The journal is the truth. The board can be rebuilt from it at any time.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from models.journal import Entry, NewEntry, StoredEntry
from models.vocabulary import ClockState

ROW_FORM = 2
"""What rows hold: raised when the program comes to put something else into them, so that older boards are made anew."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One incident as the board shows it: everything the first paint needs, nothing that depends on the clock.

    Attributes:
        reference: the incident's own reference, such as `INC-2026-0001`.
        external_ref: `source:ref` as the script named it, or None.
        vendor: playbook id of the party that owes us notice, or its name where it has no playbook.
        state: `open` or `closed`.
        next_duty: id of the clock to act on next; None where nothing is owed any more.
        next_due_at: its deadline (UTC); None for a soft or waiting one.
        next_due_soon_at: from when it is due soon (UTC).
        next_undated_state: `open` or `waiting` where it has no deadline, else None.
        next_basis: what the next duty rests on; only a contract and a law are called a deadline.
        next_parties: who must tell whom, such as `us → CNIL`.
        answered: how many of the `required` facts of the next notification are known or estimated.
        risk: the last risk decision, or None while undecided.
        search_text: everything recorded in words, one piece a line (`models.search_text`).
    """

    reference: str
    external_ref: str | None
    title: str
    vendor: str | None
    role: str
    state: str
    next_duty: str | None
    next_due_at: datetime | None
    next_due_soon_at: datetime | None
    next_undated_state: str | None
    next_basis: str | None
    next_parties: str | None
    answered: int
    required: int
    risk: str | None
    search_text: str


def row_state(row: BoardRow, now: datetime) -> ClockState | None:
    """Return the state of a row's next clock at `now` (UTC), or None where nothing is owed."""
    if row.next_due_at is None or row.next_due_soon_at is None:
        return ClockState(row.next_undated_state) if row.next_undated_state else None
    if now > row.next_due_at:
        return ClockState.OVERDUE
    return ClockState.DUE_SOON if now >= row.next_due_soon_at else ClockState.RUNNING


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What part of the board to read.

    Attributes:
        now: the instant at which `overdue`, `due-soon` and `running` are judged (UTC).
        state: `open` or `closed` (of the incident), or a clock state of its next duty; None for all.
        due_before: only rows whose next deadline is at or before this instant, overdue ones included.
        search: words that must all occur; `mail*` is any word that begins so.
        limit: how many rows; 0 means all.
    """

    now: datetime
    state: str | None = None
    vendor: str | None = None
    due_before: datetime | None = None
    search: str | None = None
    limit: int = 50
    offset: int = 0


class Transaction(Protocol):
    """A write in progress: all of it is kept, or none."""

    def next_reference(self, year: int) -> str:
        """Return the next free reference of a year, such as `INC-2026-0001`."""

    def append(self, new: NewEntry) -> Entry:
        """Append one entry to the journal; its time is the machine's clock."""

    def take_over(self, entries: Iterable[StoredEntry]) -> None:
        """Append another journal's entries as they are: their bytes, places and hashes."""

    def entries(self, incident: str) -> list[Entry]:
        """Return an incident's entries, in order, those of this transaction included."""

    def rules(self) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""

    def attached(self) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order."""

    def reference_of(self, name: str) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""

    def references_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""

    def put_row(self, row: BoardRow) -> None:
        """Write an incident's row on the board.

        Raises:
            Failure: its `external_ref` names another incident already; at the latest at the transaction's end.
        """

    def erase_bodies(self, incident: str) -> list[int]:
        """Erase what an incident's entries record, for good, and return their places; their headers and hashes stay."""

    def replace_board(self, rows: Iterable[BoardRow], fingerprint: str) -> None:
        """Replace the whole board, and note under which rules it was made."""


class Store(Protocol):
    """A journal and its board."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Begin a write and wait for its turn; rolled back if the block raises.

        Raises:
            Failure: the store cannot be written, or its turn did not come.
        """

    def snapshot(self) -> AbstractContextManager[None]:
        """Have all that the block reads come from one instant of the store, whoever writes meanwhile."""

    def entries(self, incident: str, until: datetime | None = None) -> list[Entry]:
        """Return an incident's entries in order, only those recorded by `until` if given."""

    def rules(self, until: datetime | None = None) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""

    def attached(self) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order; the bytes are kept elsewhere."""

    def references(self) -> list[str]:
        """Return every incident's reference, in the order they were opened."""

    def reference_of(self, name: str) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""

    def references_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""

    def board(self, query: BoardQuery) -> tuple[int, list[BoardRow]]:
        """Return how many rows match in all, and the page of them, by next deadline; undated, then closed, last."""

    def counts(self, now: datetime, states: Sequence[str]) -> dict[str, int]:
        """Return how many rows are in each of the states (as a `BoardQuery` has them) at `now` (UTC)."""

    def place_of(self, query: BoardQuery, reference: str) -> int | None:
        """Return how many rows that match come before an incident's own, or None where it is not among them."""

    def fingerprint(self) -> str | None:
        """Return the fingerprint of the rules under which the board was made, or None for a new store."""

    def changes(self) -> int:
        """Return a number that differs from the last one where another connection has written since."""

    def stored_entries(self) -> Iterator[StoredEntry]:
        """Yield the whole journal's bytes, in order."""

    def head(self) -> tuple[int, bytes]:
        """Return the recorded length of the journal and its last hash."""

    def backup(self, target: Path) -> None:
        """Write a consistent copy to a new file while others write.

        Raises:
            Failure: the file exists already or cannot be written.
        """

    def close(self) -> None:
        """Release the store."""
