"""Taking in records: a new one opens an incident; of a known one, what it says anew is recorded. Never twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from incident.board import board_row
from incident.closed_elsewhere import closed_elsewhere
from incident.in_force import InForce
from incident.look import look_at
from incident.opening import Opening, external_ref, opening, row_of
from incident.refresh import refresh
from incident.store.protocol import Transaction
from models.checks import warnings
from models.difference import difference, merged
from models.journal import Entry, EntryKind, NewEntry
from models.replay import replay
from models.statements import Change, changes_told, handed_in, rivals, without_repeats
from models.values import value_words


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one imported record, what of a known incident it changes, and what looks wrong in it."""

    status: Literal["opened", "changed", "unchanged"]
    reference: str
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


def openings_of(
    records: Sequence[Mapping[str, Any]], known: Mapping[str, str], in_force: InForce, now: datetime
) -> list[Opening | None]:
    """Work out what each record opens, before the turn to write comes; None for one that is `known` already."""
    return [
        None if external_ref(record) in known else opening(record, in_force, datetime.now(UTC), now)
        for record in records
    ]


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Records on their way into the journal, all in one transaction.

    Attributes:
        known: the references by what names the incidents outside; learns each new one.
        now: when it is judged what is owed (UTC).
    """

    transaction: Transaction
    known: dict[str, str]
    in_force: InForce
    now: datetime

    def take(self, record: dict[str, Any], opened: Opening | None) -> TakenIn:
        """Take in one record.

        Args:
            opened: the record as a new incident, where it seemed to be one.
        """
        external = external_ref(record)
        reference = self.known.get(external) if external else None
        if reference is not None:
            return self._take_again(reference, record)
        taken = self.open(opened or opening(record, self.in_force, datetime.now(UTC), self.now))
        if external:
            self.known[external] = taken.reference
        return taken

    def open(self, opened: Opening) -> TakenIn:
        """Open an incident."""
        reference = self.transaction.next_reference(self.now.year)
        entry = self.transaction.append(NewEntry(reference, EntryKind.OPENED, opened.body))
        entries = [entry]
        closing = self._close_as_said(entries, opened.body["record"])
        as_opened = len(entries) == 1
        row = row_of(opened, entry, self.in_force) if as_opened else board_row(replay(entries), self.in_force)
        self.transaction.put_row(row)
        return TakenIn("opened", reference, warnings=(*opened.warnings, *closing))

    def _take_again(self, reference: str, record: dict[str, Any]) -> TakenIn:
        """Record what a known incident's source says anew."""
        entries = self.transaction.entries(reference)
        if any(entry.kind is EntryKind.ERASED for entry in entries):
            erased = f"{reference} was erased: nothing is taken in again"
            return TakenIn("unchanged", reference, warnings=(erased,))
        before = handed_in(entries) or {}
        new = difference(before, record)
        changes = without_repeats(entries, new) if new else {}
        if not changes:
            return TakenIn("unchanged", reference)
        told = changes_told(entries, changes)
        source = f"import of {external_ref(record)}"
        body = {"record": merged(before, changes), "changes": changes, "source": source}
        entries.append(self.transaction.append(NewEntry(reference, EntryKind.IMPORTED, body)))
        closing = self._close_as_said(entries, changes)
        changed = refresh(self.transaction, reference, self.in_force, self.now)
        said = (*warnings(changed, self.now), *closing, *map(_gives_way, rivals(told)))
        return TakenIn("changed", reference, told, said)

    def _close_as_said(self, entries: list[Entry], said: Mapping[str, Any]) -> tuple[str, ...]:
        """Add the closing of which a record speaks to an incident's entries; return what is to be said of it."""
        if "closed" not in said:
            return ()
        incident = replay(entries)
        closing = closed_elsewhere(look_at(incident, self.in_force, self.now), said)
        if closing.body is not None:
            entries.append(self.transaction.append(NewEntry(incident.reference, EntryKind.CLOSED, closing.body)))
        return closing.warnings


def _gives_way(change: Change) -> str:
    old, new = value_words(change.old) or "nothing", value_words(change.new)
    return f"{change.key}: {old}, recorded by a person, gives way to {new}, which the source has not said before"
