"""How a clock's dates were reckoned, step by step, so that a second person can redo it on paper."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from models.clocks import Candidate, Clock
from models.periods import CountingRule, duration_words, instant_words
from models.vocabulary import ConditionState, Confidence

WEEKEND = 5


def explain(clock: Clock, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the steps from the trigger to the deadline, then what bears on it; times in `zone` and UTC."""
    return (
        *_reckoning(clock, zone),
        *_outer_limit(clock, zone),
        *_rivals(clock, zone),
        *_condition(clock),
        *_outcome(clock, zone),
        *clock.duty.notes,
        _source(clock),
    )


def _reckoning(clock: Clock, zone: ZoneInfo) -> Iterator[str]:
    duty, start = clock.duty, clock.trigger
    if duty.fixed_due_at is not None:
        yield f"= {instant_words(duty.fixed_due_at, zone)}, the date that was set"
        return
    if start is None:
        yield f"{duty.trigger.name} has not been recorded: nothing runs yet"
        return
    presumed = f", presumed from {start.presumed_from}" if start.presumed_from else ""
    yield f"{duty.trigger.name} {instant_words(start.at, zone)}{presumed}"
    if duty.period is None or clock.due_at is None:
        words = duty.period.words() if duty.period else ""
        yield f"“{words}”: the source gives no number, so no date is computed"
        return
    yield f"+ {duty.period.words()} elapsed"
    yield f"= {instant_words(clock.due_at, zone)}"
    if start.at.astimezone(zone).utcoffset() != clock.due_at.astimezone(zone).utcoffset():
        yield "the clocks change in between: hours are counted as they elapse, so the local hour differs"
    if clock.due_at.astimezone(zone).weekday() >= WEEKEND:
        yield "not moved for the weekend: Art. 3(4) of Reg. 1182/71 does not apply to periods in hours"


def _outer_limit(clock: Clock, zone: ZoneInfo) -> Iterator[str]:
    if clock.latest_at is not None and clock.duty.counting is CountingRule.REG_1182_71:
        yield (
            f"outer limit {instant_words(clock.latest_at, zone)}, for information: "
            "the hour of the event is not counted (Reg. 1182/71 Art. 3(1))"
        )


def _rivals(clock: Clock, zone: ZoneInfo) -> Iterator[str]:
    if clock.trigger is None or clock.duty.fixed_due_at is not None:
        return
    for rival in clock.candidates:
        if rival.at > clock.trigger.at:
            yield f"not used, because later: {instant_words(rival.at, zone)}, {_origin(rival)}"


def _origin(rival: Candidate) -> str:
    if rival.presumed_from is not None:
        return f"presumed from {rival.presumed_from}"
    return f"stated by {rival.actor}: {rival.why}" if rival.why else f"stated by {rival.actor}"


def _condition(clock: Clock) -> Iterator[str]:
    if clock.condition is None:
        return
    if clock.condition.state is ConditionState.UNDECIDED:
        alarms = "the clock alarms all the same" if clock.due_at else "it waits for the decision"
        yield f"whether the breach brings a {clock.condition.needs.replace('-', ' ')} is undecided: {alarms}"
    elif clock.condition.state is ConditionState.NOT_MET:
        yield "not required: that was decided, and the journal says by whom and why"


def _outcome(clock: Clock, zone: ZoneInfo) -> Iterator[str]:
    if clock.done_at is not None:
        late = f", {duration_words(clock.late_by)} late" if clock.late_by else ""
        unjudged = "" if clock.trigger or clock.duty.fixed_due_at else ": in time or late cannot be said without it"
        yield f"done {instant_words(clock.done_at, zone)}{late}{unjudged}"
    for content in clock.outstanding:
        yield f"still owed with it: {content}"


def _source(clock: Clock) -> str:
    source = clock.duty.source
    sure = "" if source.confidence is Confidence.CHECKED else f", {source.confidence}"
    checked = f", checked {source.checked_on}" if source.checked_on else ""
    return f"source: {source.document}, {source.place}{checked}{sure} ({clock.duty.basis})"
