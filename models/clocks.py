"""Clocks: a duty held against what is known of an incident, at one instant. Pure; nothing ticks here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from models.dossier import ALTERNATIVE, RecordedFact, completeness
from models.duties import US, Duty
from models.incident import Incident
from models.moments import MomentName
from models.periods import due_soon_from
from models.vocabulary import ClockState, ConditionState, Risk, SubjectsInformedStatus

EXEMPTIONS = frozenset({"art34_3_a_protected", "art34_3_b_mitigated", "national_exemption"})
"""Why data subjects need not be told: Art. 34(3)(a), (b) GDPR, or Art. 23. Point (c) is a substitute only."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One instant from which a duty might run (UTC), and why it is one."""

    at: datetime
    presumed_from: MomentName | None
    why: str | None
    actor: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What a duty depends on, and whether that has been decided."""

    needs: Literal["risk", "high-risk", "breach"]
    state: ConditionState


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty at one instant. All instants are UTC.

    Attributes:
        candidates: the instants from which the duty might run, earliest first; the first one counts.
        due_at: the earliest defensible deadline; None for a soft term or before the trigger.
        latest_at: the outer limit where a counting rule gives another; information, never the alarm.
        due_soon_at: from when it is due soon.
        done_at: when the duty was done: lateness is frozen there.
        outstanding: what the notice must still bring with it, though it was told in time.
    """

    duty: Duty
    state: ClockState
    candidates: tuple[Candidate, ...]
    condition: Condition | None
    due_at: datetime | None
    latest_at: datetime | None
    due_soon_at: datetime | None
    done_at: datetime | None
    late_by: timedelta | None
    remaining: timedelta | None
    outstanding: tuple[str, ...]

    @property
    def trigger(self) -> Candidate | None:
        """The instant that the duty runs from, or None while it has not happened."""
        return self.candidates[0] if self.candidates else None


def clock(duty: Duty, incident: Incident, now: datetime) -> Clock:
    """Reckon one duty's clock at `now` (UTC)."""
    candidates = _candidates(duty, incident)
    start = candidates[0].at if candidates else None
    due_at, latest_at = duty.fixed_due_at, None
    if duty.period is not None and start is not None:
        due_at = duty.period.due_at(start)
        latest_at = duty.period.latest_at(start, duty.counting, incident.zone)
    due_soon_at = due_soon_from(due_at, duty.period) if due_at else None
    condition = _condition(duty, incident)
    done_at = _done_at(duty, incident, start)
    state = _state(start, due_at, due_soon_at, condition, done_at, now)
    ended = done_at or (now if state is ClockState.OVERDUE else None)
    return Clock(
        duty=duty,
        state=state,
        candidates=candidates,
        condition=condition,
        due_at=due_at,
        latest_at=latest_at,
        due_soon_at=due_soon_at,
        done_at=done_at,
        late_by=ended - due_at if ended and due_at and ended > due_at else None,
        remaining=due_at - now if due_at and not state.settled else None,
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


def _candidates(duty: Duty, incident: Incident) -> tuple[Candidate, ...]:
    """What might start the duty, earliest first; awareness is presumed from the vendor's notice."""
    trigger = duty.trigger
    if trigger.filing is not None:
        filings = incident.filings_under(trigger.filing)
        found = [
            Candidate(filing.at, None, filing.channel, filing.actor)
            for filing in filings
            if not (trigger.incomplete and filing.complete)
        ]
        return tuple(found[:1])
    name = trigger.moment or MomentName.AWARE
    found = [Candidate(one.moment.at, None, one.why, one.actor) for one in incident.stated(name)]
    if name is MomentName.AWARE:
        told = incident.moment(MomentName.VENDOR_TOLD_US)
        if told is not None:
            found.append(Candidate(told.moment.at, MomentName.VENDOR_TOLD_US, told.source, told.actor))
    return tuple(sorted(found, key=lambda candidate: (candidate.at, candidate.presumed_from is not None)))


def _condition(duty: Duty, incident: Incident) -> Condition | None:
    """What a duty depends on; one that a person added stands whatever is decided of the breach."""
    if duty.recipient == "other":
        return Condition("breach", ConditionState.NOT_MET) if duty.dropped else None
    decision = incident.decision
    if decision is not None and not decision.breach:
        return Condition(duty.needs or "breach", ConditionState.NOT_MET)
    if duty.needs is None:
        return None
    if decision is None:
        return Condition(duty.needs, ConditionState.UNDECIDED)
    if duty.needs == "risk":
        met = decision.risk is not Risk.UNLIKELY
    else:
        met = decision.risk is Risk.HIGH and not _exempt(incident)
    return Condition(duty.needs, ConditionState.MET if met else ConditionState.NOT_MET)


def _exempt(incident: Incident) -> bool:
    facts = incident.current_facts()
    reason, status = facts.get("not_informed_reason"), facts.get("subjects_informed_status")
    decided = status is not None and status.value == SubjectsInformedStatus.NOT_INFORMED
    return decided and reason is not None and reason.value in EXEMPTIONS


def _done_at(duty: Duty, incident: Incident, start: datetime | None) -> datetime | None:
    """Return when the duty was first done, or None. Attempts and withdrawn notifications settle nothing."""
    filings = list(incident.filings_under(duty.settled_under))
    if duty.trigger.incomplete and start is not None:
        filings += [one for one in incident.filings_under(duty.trigger.filing or "") if one.at >= start]
        filings = [one for one in filings if one.complete]
    instants = [filing.at for filing in filings]
    facts = incident.current_facts()
    if duty.recipient == "us":
        told = incident.instant(MomentName.VENDOR_TOLD_US)
        instants += [told] if told else []
    if duty.recipient == "subjects":
        instants += _informed_at(facts)
    if duty.recipient == "register" and duty.requires and not completeness(duty.requires, facts).missing:
        instants.append(max(_first_answered(required, incident) for required in duty.requires))
    return min(instants, default=None)


def _informed_at(facts: dict[str, RecordedFact]) -> list[datetime]:
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
    condition: Condition | None,
    done_at: datetime | None,
    now: datetime,
) -> ClockState:
    if done_at is not None:
        return ClockState.MET_LATE if due_at is not None and done_at > due_at else ClockState.MET
    if condition is not None and condition.state is ConditionState.NOT_MET:
        return ClockState.NOT_REQUIRED
    if due_at is not None and due_soon_at is not None:
        if now > due_at:
            return ClockState.OVERDUE
        return ClockState.DUE_SOON if now >= due_soon_at else ClockState.RUNNING
    undecided = condition is not None and condition.state is ConditionState.UNDECIDED
    return ClockState.WAITING if start is None or undecided else ClockState.OPEN


def _outstanding(duty: Duty, incident: Incident) -> tuple[str, ...]:
    delivered = any(filing.complete for filing in incident.filings_under(duty.settled_under))
    return () if delivered else duty.contents
