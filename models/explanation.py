"""How a clock's dates were reckoned, step by step, so that a second person can redo it on paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.clocks import Candidate, Clock
from models.duties import Trigger
from models.periods import CountingRule, duration_words, instant_words
from models.vocabulary import ConditionState, Confidence

Say = Callable[[Trigger], str]
"""Says what a duty runs from."""

WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `label` says what stands beside it (`aware`, `+`, `=`, `outer limit`); empty for a remark."""

    label: str
    text: str

    def __str__(self) -> str:
        """The step as one sentence."""
        return f"{self.label} {self.text}".strip()


def explain(clock: Clock, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the steps from the trigger to the deadline, then what bears on it, for scripts: moments by their names.

    Times are in `zone` and UTC.
    """
    return tuple(str(step) for step in _steps(clock, zone, lambda trigger: trigger.name))


def steps(clock: Clock, zone: ZoneInfo) -> tuple[Step, ...]:
    """Return the same steps for people: moments in words, and labels apart from texts, for columns."""
    return _steps(clock, zone, lambda trigger: trigger.words)


def _steps(clock: Clock, zone: ZoneInfo, said: Say) -> tuple[Step, ...]:
    return (
        *_reckoning(clock, zone, said),
        *_outer_limit(clock, zone),
        *_rivals(clock, zone, said),
        *_condition(clock),
        *_outcome(clock, zone),
        *(Step("", note) for note in clock.duty.notes),
        _source(clock),
    )


def _reckoning(clock: Clock, zone: ZoneInfo, said: Say) -> Iterator[Step]:
    duty, start = clock.duty, clock.trigger
    if duty.fixed_due_at is not None:
        yield Step("=", f"{instant_words(duty.fixed_due_at, zone)}, the date that was set")
        return
    if start is None:
        yield Step(said(duty.trigger), "has not been recorded: nothing runs yet")
        return
    presumed = f", presumed from {said(Trigger(start.presumed_from))}" if start.presumed_from else ""
    yield Step(said(duty.trigger), f"{instant_words(start.at, zone)}{presumed}")
    if duty.period is None or clock.due_at is None:
        words = duty.period.words() if duty.period else ""
        yield Step("", f"“{words}”: the source gives no number, so no date is computed")
        return
    yield Step("+", f"{duty.period.words()} elapsed")
    yield Step("=", instant_words(clock.due_at, zone))
    if start.at.astimezone(zone).utcoffset() != clock.due_at.astimezone(zone).utcoffset():
        yield Step("", "the clocks change in between: hours are counted as they elapse, so the local hour differs")
    if clock.due_at.astimezone(zone).weekday() >= WEEKEND:
        yield Step("", "not moved for the weekend: Art. 3(4) of Reg. 1182/71 does not apply to periods in hours")


def _outer_limit(clock: Clock, zone: ZoneInfo) -> Iterator[Step]:
    if clock.latest_at is not None and clock.duty.counting is CountingRule.REG_1182_71:
        yield Step(
            "outer limit",
            f"{instant_words(clock.latest_at, zone)}, for information: "
            "the hour of the event is not counted (Reg. 1182/71 Art. 3(1))",
        )


def _rivals(clock: Clock, zone: ZoneInfo, said: Say) -> Iterator[Step]:
    if clock.trigger is None or clock.duty.fixed_due_at is not None:
        return
    for rival in clock.candidates:
        if rival.at > clock.trigger.at:
            yield Step("not used, because later:", f"{instant_words(rival.at, zone)}, {_origin(rival, said)}")


def _origin(rival: Candidate, said: Say) -> str:
    if rival.presumed_from is not None:
        return f"presumed from {said(Trigger(rival.presumed_from))}"
    return f"stated by {rival.actor}: {rival.why}" if rival.why else f"stated by {rival.actor}"


def _condition(clock: Clock) -> Iterator[Step]:
    if clock.condition is None:
        return
    if clock.condition.state is ConditionState.UNDECIDED:
        alarms = "the clock alarms all the same" if clock.due_at else "it waits for the decision"
        risk = clock.condition.needs.replace("-", " ")
        yield Step("", f"whether the breach brings a {risk} is undecided: {alarms}")
    elif clock.condition.state is ConditionState.NOT_MET:
        yield Step("", "not required: that was decided, and the journal says by whom and why")


def _outcome(clock: Clock, zone: ZoneInfo) -> Iterator[Step]:
    if clock.done_at is not None:
        late = f", {duration_words(clock.late_by)} late" if clock.late_by else ""
        unjudged = "" if clock.trigger or clock.duty.fixed_due_at else ": in time or late cannot be said without it"
        yield Step("done", f"{instant_words(clock.done_at, zone)}{late}{unjudged}")
    for content in clock.outstanding:
        yield Step("still owed with it:", content)


def _source(clock: Clock) -> Step:
    source = clock.duty.source
    sure = "" if source.confidence is Confidence.CHECKED else f", {source.confidence}"
    checked = f", checked {source.checked_on}" if source.checked_on else ""
    return Step("source:", f"{source.document}, {source.place}{checked}{sure} ({clock.duty.basis})")
