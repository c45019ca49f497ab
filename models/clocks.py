"""Clocks: a duty held against what is known of an incident, at one instant. Pure; nothing ticks here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.conditions import Condition, condition
from models.dossier import ALTERNATIVE, RecordedFact
from models.duty import US, Duty, Trigger
from models.ends import Candidate, End, ends
from models.incident import Filing, Incident
from models.moments import MomentName
from models.periods import CountingRule, Period, due_soon_from
from models.vocabulary import ClockState, ConditionState, SubjectsInformedStatus


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty at one instant. All instants are UTC.

    Attributes:
        counted: the reading that ends first: it drives the alarm.
        unused: the other readings that have an end, for information.
        due_soon_at: from when it is due soon.
        done_at: when the duty was done: lateness is frozen there.
        elapsed: how long a soft duty has been open; None for any other.
        idle: how long ago somebody last recorded something, while a soft duty is open.
        outstanding: what the notice must still bring with it, though it was told in time.
    """

    duty: Duty
    state: ClockState
    counted: End
    unused: tuple[End, ...]
    condition: Condition | None
    due_soon_at: datetime | None
    done_at: datetime | None
    late_by: timedelta | None
    remaining: timedelta | None
    elapsed: timedelta | None
    idle: timedelta | None
    outstanding: tuple[str, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The instants from which the duty might run, earliest first, but for the last filing under DORA."""
        return self.counted.candidates

    @property
    def trigger(self) -> Candidate | None:
        """The instant that the duty runs from, or None while it has not happened."""
        return self.counted.candidates[0] if self.counted.candidates else None

    @property
    def runs_from(self) -> Trigger:
        """What the counted reading runs from."""
        return self.counted.reading.trigger if self.counted.reading else self.duty.trigger

    @property
    def period(self) -> Period | None:
        """The period of the counted reading; None where the duty names a date of its own."""
        return self.counted.reading.period if self.counted.reading else self.duty.period

    @property
    def counting(self) -> CountingRule | None:
        """The counting rule of the counted reading."""
        return self.counted.reading.counting if self.counted.reading else self.duty.counting

    @property
    def due_at(self) -> datetime | None:
        """The earliest defensible deadline; None for a soft term or before the trigger."""
        return self.counted.due_at

    @property
    def latest_at(self) -> datetime | None:
        """The outer limit where the counting rule gives another; information, never the alarm."""
        return self.counted.latest_at


def clock(duty: Duty, incident: Incident, now: datetime) -> Clock:
    """Reckon one duty's clock at `now` (UTC)."""
    counted, unused = ends(duty, incident)
    start = counted.candidates[0].at if counted.candidates else None
    due_at = counted.due_at
    due_soon_at = due_soon_from(due_at, start if duty.fixed_due_at is None else None) if due_at else None
    depends = condition(duty, incident)
    done_at = _done_at(duty, incident, start)
    state = _state(start, due_at, due_soon_at, depends, done_at, now)
    opened = start if state is ClockState.OPEN else None
    ended = done_at or (now if state is ClockState.OVERDUE else None)
    return Clock(
        duty=duty,
        state=state,
        counted=counted,
        unused=unused,
        condition=depends,
        due_soon_at=due_soon_at,
        done_at=done_at,
        late_by=ended - due_at if ended and due_at and ended > due_at else None,
        remaining=due_at - now if due_at and not state.settled else None,
        elapsed=_passed(opened, now) if opened else None,
        idle=_passed(incident.last_action_at, now) if opened else None,
        outstanding=() if state is ClockState.NOT_REQUIRED else _outstanding(duty, incident),
    )


def next_clock(clocks: Iterable[Clock]) -> Clock | None:
    """Return the clock to act on next: the earliest deadline, else what is owed undated, else what waits."""
    pending = [clock for clock in clocks if not clock.state.settled]
    dated = [(clock.due_at, clock) for clock in pending if clock.due_at is not None]
    if dated:
        return min(dated, key=lambda pair: pair[0])[1]
    return min(pending, key=lambda clock: clock.state is ClockState.WAITING, default=None)


def urgency(clock: Clock) -> tuple[int, float]:
    """Return a key that sorts: what burns, what is owed without a date, what waits, then what is settled."""
    order = (ClockState.OPEN, ClockState.WAITING, ClockState.MET_LATE, ClockState.MET, ClockState.NOT_REQUIRED)
    rank = order.index(clock.state) + 1 if clock.state in order else 0
    return rank, clock.due_at.timestamp() if clock.due_at and not rank else 0.0


def still_owed(clocks: Iterable[Clock], despite: Iterable[str] = ()) -> list[Clock]:
    """Return the clocks that an incident cannot be closed over: owed or undecided.

    Args:
        despite: duties of others that are left undone; what they owe us and has not begun does not count either.
    """
    left = set(despite)
    return [
        clock
        for clock in clocks
        if not clock.state.settled
        and clock.duty.settled_under not in left
        and (clock.duty.debtor == US or clock.state is not ClockState.WAITING)
    ]


def _passed(since: datetime, now: datetime) -> timedelta:
    """Return how long ago something was: nothing, where `now` was set to before it."""
    return max(now - since, timedelta())


def _done_at(duty: Duty, incident: Incident, start: datetime | None) -> datetime | None:
    """Return when the duty was first done, or None. Attempts and withdrawn notifications settle nothing."""
    filings: Sequence[Filing] = incident.filings_under(duty.settled_under)
    if duty.trigger.incomplete and start is not None:
        begun = incident.filings_under(duty.trigger.filing or "")
        filings = [one for one in (*filings, *(one for one in begun if one.at >= start)) if one.complete]
    instants = [filing.at for filing in filings]
    if duty.recipient == "us":
        told = incident.instant(MomentName.VENDOR_TOLD_US)
        instants += [told] if told else []
    elif duty.recipient == "subjects":
        instants += _informed_at(incident.current_facts())
    elif duty.recipient == "register" and duty.requires and _all_answered(duty.requires, incident.current_facts()):
        instants.append(max(_first_answered(required, incident) for required in duty.requires))
    return min(instants) if instants else None


def _all_answered(required: Iterable[str], facts: Mapping[str, RecordedFact]) -> bool:
    """True where every required fact, or one of its alternatives, can be stated; asked of every clock, so briefly."""
    return all(any(name in facts and facts[name].answers for name in one.split(ALTERNATIVE)) for one in required)


def _informed_at(facts: Mapping[str, RecordedFact]) -> list[datetime]:
    status, informed = facts.get("subjects_informed_status"), facts.get("informed_at")
    if status is None or informed is None or status.value != SubjectsInformedStatus.INFORMED:
        return []
    return [datetime.fromisoformat(informed.value)] if informed.value else []


def _first_answered(required: str, incident: Incident) -> datetime:
    """Return when a required fact or an alternative was first answered: later values delay nothing."""
    histories = [incident.facts.get(name, ()) for name in required.split(ALTERNATIVE)]
    return min(fact.recorded_at for history in histories for fact in history if fact.answers)


def _state(
    start: datetime | None,
    due_at: datetime | None,
    due_soon_at: datetime | None,
    depends: Condition | None,
    done_at: datetime | None,
    now: datetime,
) -> ClockState:
    if done_at is not None:
        return ClockState.MET_LATE if due_at is not None and done_at > due_at else ClockState.MET
    if depends is not None and depends.state is ConditionState.NOT_MET:
        return ClockState.NOT_REQUIRED
    if due_at is not None and due_soon_at is not None:
        if now > due_at:
            return ClockState.OVERDUE
        return ClockState.DUE_SOON if now >= due_soon_at else ClockState.RUNNING
    undecided = depends is not None and depends.state is ConditionState.UNDECIDED
    return ClockState.WAITING if start is None or undecided else ClockState.OPEN


def _outstanding(duty: Duty, incident: Incident) -> tuple[str, ...]:
    delivered = any(filing.complete for filing in incident.filings_under(duty.settled_under))
    return () if delivered else duty.contents
