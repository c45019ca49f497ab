"""The timeline: what happened, what was done, what falls due, and now, on one scale of time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.clocks import Clock
from models.duty import Duty
from models.incident import Incident
from models.moments import moment_words
from models.vocabulary import Basis, ClockState, FilingStatus

MARGIN = timedelta(days=7)
"""How far before the first trigger and after the last deadline the scale reaches at most."""

AFTER = timedelta(hours=2)
"""What the scale shows beyond its last mark, at least."""


class EventKind(StrEnum):
    """What stands on a timeline, what must not be missed first."""

    NOW = "now"
    DEADLINE = "deadline"
    OUTER_LIMIT = "outer limit"
    MOMENT = "moment"
    FILING = "filing"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Event:
    """One mark on the timeline; `at` in UTC. A deadline says how its clock stands."""

    at: datetime
    kind: EventKind
    words: str
    state: ClockState | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The span of time that is shown; both ends in UTC, the end after the beginning."""

    begins: datetime
    ends: datetime

    def place(self, at: datetime) -> float:
        """Return where an instant stands, from 0 to 1; what lies outside stands at the edge."""
        return max(0.0, min(1.0, (at - self.begins) / (self.ends - self.begins)))

    def holds(self, at: datetime) -> bool:
        """True where an instant lies within the span."""
        return self.begins <= at <= self.ends

    def midnights(self, zone: ZoneInfo, at_most: int) -> tuple[datetime, ...]:
        """Return local midnights within the span (UTC), every so many days that they are `at_most`."""
        first = self.begins.astimezone(zone).date()
        days = (self.ends.astimezone(zone).date() - first).days
        step = max(1, -(-days // max(1, at_most)))
        found = (datetime.combine(first + timedelta(days=day), time.min, zone) for day in range(step, days + 1, step))
        return tuple(midnight.astimezone(UTC) for midnight in found if self.holds(midnight))


def events(incident: Incident, clocks: Sequence[Clock], vendor: str | None, now: datetime) -> tuple[Event, ...]:
    """Return everything that has a time, earliest first.

    Args:
        vendor: the name of the party that owes us notice.
        now: the instant at which the clocks were judged (UTC).
    """
    found = [
        Event(now, EventKind.NOW, "now"),
        *_moments(incident, vendor or "vendor"),
        *_deadlines(clocks),
        *_filings(incident, clocks),
        *(Event(note.at, EventKind.NOTE, note.text) for note in incident.notes),
    ]
    return tuple(sorted(found, key=lambda event: event.at))


def scale(shown: Iterable[Event], clocks: Iterable[Clock]) -> Scale:
    """Return the span to show: around what the clocks turn on, so that a stray date does not flatten the rest."""
    instants = [event.at for event in shown]
    core = [at for clock in clocks for at in (clock.trigger.at if clock.trigger else None, clock.due_at) if at]
    core = core or instants
    begins = max(min(instants), min(core) - MARGIN)
    ends = max(begins, min(max(instants), max(core) + MARGIN))
    beyond = max(AFTER, (ends - begins) / 20)
    return Scale(begins, ends + beyond)


def _moments(incident: Incident, vendor: str) -> Iterator[Event]:
    for name in incident.moments:
        for one in incident.stated(name):
            yield Event(one.moment.at, EventKind.MOMENT, moment_words(name, vendor))
    behind = incident.subprocessor
    if behind and behind.aware:
        yield Event(behind.aware, EventKind.MOMENT, f"{behind.name} aware")
    if behind and behind.told_vendor:
        yield Event(behind.told_vendor, EventKind.MOMENT, f"{behind.name} told {vendor}")


def _deadlines(clocks: Sequence[Clock]) -> Iterator[Event]:
    for clock in clocks:
        if clock.due_at is None or clock.state is ClockState.NOT_REQUIRED:
            continue
        yield Event(clock.due_at, EventKind.DEADLINE, deadline_words(clock), clock.state)
        if clock.latest_at is not None and not clock.state.settled:
            yield Event(clock.latest_at, EventKind.OUTER_LIMIT, f"{article(clock.duty)} outer limit")


def _filings(incident: Incident, clocks: Sequence[Clock]) -> Iterator[Event]:
    creditors = {clock.duty.id: clock.duty.creditor for clock in clocks}
    for filing in incident.filings:
        told = filing.to or creditors.get(filing.duty, filing.duty)
        yield Event(filing.at, EventKind.FILING, f"{_done(filing.status)} {told}")


def deadline_words(clock: Clock) -> str:
    """Say in a few words whose deadline it is."""
    return f"{article(clock.duty)} {clock.duty.creditor}"


def article(duty: Duty) -> str:
    """Say what a duty rests on, as short as it can be said: its article, or that it is no law."""
    if duty.basis is Basis.LAW:
        return duty.source.place.partition(",")[0]
    return {Basis.CONTRACT: "contract", Basis.AUTHORITY: "indicative", Basis.POLICY: "our target"}[duty.basis]


def _done(status: FilingStatus) -> str:
    return {FilingStatus.MADE: "told", FilingStatus.ATTEMPTED: "tried"}.get(status, status.value)
