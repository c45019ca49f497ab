"""What became known of an incident since somebody was notified of it: the difference between two replays. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Any

from models.dossier import FACTS, RecordedFact
from models.incident import Filing, Incident
from models.journal import Entry, EntryKind
from models.moments import MomentName, moment_json
from models.replay import replay
from models.vocabulary import Certainty

MOMENTS = "moments."
"""What the field of a moment begins with."""


class ChangeKind(StrEnum):
    """What became of a fact, a moment or a party since."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is known now and was not, or was known otherwise.

    Attributes:
        field: a fact, `moments.<name>`, `vendor` or `subprocessor`.
        before, after: plain JSON; None where nothing was, or is, known.
        before_recorded_at, recorded_at: when the one and the other was recorded (UTC); None where it never was, and
            for a party, of which only the last word is kept.
    """

    field: str
    kind: ChangeKind
    before: Any
    after: Any
    before_recorded_at: datetime | None
    recorded_at: datetime | None


def as_notified(incident: Incident, filing: Filing) -> Incident:
    """Return an incident as it stood when a notification was made.

    A notification that a person recorded could tell what had been recorded by its stated time: what came in between
    it and its recording is new. A time told to the minute means that whole minute. One that is stated to lie before
    anything was recorded, as where all was written down afterwards, is taken to tell what was recorded before it was;
    and one that came within an imported record, what that record says.
    """
    at = next(index for index, entry in enumerate(incident.entries) if _records(entry, filing))
    if incident.entries[at].kind is not EntryKind.NOTIFIED:
        return replay(incident.entries[: at + 1])
    ends = filing.at + (timedelta(seconds=1) if filing.at.second else timedelta(minutes=1))
    before = incident.entries[:at]
    return replay(tuple(takewhile(lambda entry: entry.recorded_at < ends, before)) or before)


def changes(before: Incident, after: Incident) -> tuple[Change, ...]:
    """Return what is known after and was not before, or otherwise: facts, then moments, then the parties behind us.

    A value that is recorded again, as sure as it was, is no change; of a moment, the time that counts is compared.
    """
    return (*_facts(before, after), *_moments(before, after), *_parties(before, after))


@dataclass(frozen=True, slots=True)
class _Said:
    """One side of a comparison; `answer` is None where there is nothing to say."""

    answer: Any
    certainty: Certainty | None
    recorded_at: datetime | None


_NOTHING = _Said(None, None, None)


def _records(entry: Entry, filing: Filing) -> bool:
    """True for the entry that records a notification."""
    if entry.recorded_at != filing.recorded_at or entry.body is None:
        return False
    if entry.kind is EntryKind.NOTIFIED:
        said = entry.body
        return said["duty"] == filing.duty and datetime.fromisoformat(said["at"]) == filing.at
    return entry.kind in {EntryKind.OPENED, EntryKind.IMPORTED}


def _facts(before: Incident, after: Incident) -> Iterator[Change]:
    old, new = before.current_facts(), after.current_facts()
    for name in FACTS:
        yield from _compared(name, _fact(old.get(name)), _fact(new.get(name)))


def _moments(before: Incident, after: Incident) -> Iterator[Change]:
    for name in MomentName:
        yield from _compared(MOMENTS + name.value, _moment(before, name), _moment(after, name))


def _parties(before: Incident, after: Incident) -> Iterator[Change]:
    yield from _compared("vendor", _vendor(before), _vendor(after))
    yield from _compared("subprocessor", _subprocessor(before), _subprocessor(after))


def _compared(field: str, old: _Said, new: _Said) -> Iterator[Change]:
    if (old.answer, old.certainty) == (new.answer, new.certainty) or (old.answer is None and new.answer is None):
        return
    kind = ChangeKind.CHANGED
    if old.answer is None:
        kind = ChangeKind.ADDED
    elif new.answer is None:
        kind = ChangeKind.WITHDRAWN
    yield Change(field, kind, old.answer, new.answer, old.recorded_at, new.recorded_at)


def _fact(fact: RecordedFact | None) -> _Said:
    if fact is None:
        return _NOTHING
    if fact.certainty is Certainty.NOT_APPLICABLE:
        return _Said({"not_applicable": fact.why}, fact.certainty, fact.recorded_at)
    return _Said(fact.value if fact.answers else None, fact.certainty, fact.recorded_at)


def _moment(incident: Incident, name: MomentName) -> _Said:
    recorded = incident.moment(name)
    if recorded is None:
        return _NOTHING
    certainty = Certainty.ESTIMATED if recorded.moment.approximate else Certainty.KNOWN
    return _Said(moment_json(recorded.moment), certainty, recorded.recorded_at)


def _vendor(incident: Incident) -> _Said:
    vendor = incident.vendor
    return _Said(vendor.playbook or vendor.name, Certainty.KNOWN, None) if vendor else _NOTHING


def _subprocessor(incident: Incident) -> _Said:
    behind = incident.subprocessor
    return _Said(behind.name, Certainty.KNOWN, None) if behind else _NOTHING
