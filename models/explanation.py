"""How a clock's dates were reckoned, step by step, so that a second person can redo it on paper."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.clocks import Clock
from models.duty import Trigger
from models.ends import Candidate
from models.periods import duration_words, instant_words
from models.reckoning import Reckoning, Step, calendar_steps, outer_steps, own_steps
from models.vocabulary import ConditionState

Say = Callable[[Trigger], str]
"""Says what a duty runs from."""

UNDECIDED = {
    "risk": "whether the breach brings a risk is undecided",
    "high-risk": "whether the breach brings a high risk is undecided",
    "classified": "whether the incident is a major one is undecided: record the moment `classified`",
    "breach": "whether it is a breach is undecided",
    "art-95": "covered, Art. 95: decide",
}
"""What is said of a condition that nobody has decided."""


def explain(clock: Clock, place: Calendar) -> tuple[str, ...]:
    """Return the steps from the trigger to the deadline, what bears on it, and last the deadline again, for scripts.

    Moments are called by their names.

    Args:
        place: the calendar of the incident's place: times are told in its zone and in UTC.
    """
    return tuple(str(step) for step in _steps(clock, place, lambda trigger: trigger.name))


def steps(clock: Clock, place: Calendar) -> tuple[Step, ...]:
    """Return the same steps for people: moments in words, and labels apart from texts, for columns."""
    return _steps(clock, place, lambda trigger: trigger.words)


def _steps(clock: Clock, place: Calendar, said: Say) -> tuple[Step, ...]:
    zone = place.zone
    calendar = clock.duty.worked.calendar(place) if clock.duty.worked else place
    return (
        *_assumption(clock),
        *_start(clock, calendar, said),
        *_reckoned(clock, calendar),
        *_other_readings(clock, zone, said),
        *_rivals(clock, calendar, said),
        *_condition(clock),
        *_outcome(clock, zone),
        *(Step("", note) for note in clock.duty.notes),
        *_source(clock),
        *_conclusion(clock, zone),
    )


def _assumption(clock: Clock) -> Iterator[Step]:
    if clock.duty.assumed:
        yield Step("", f"for planning only: {clock.duty.assumed} is not law")


def _start(clock: Clock, calendar: Calendar, said: Say) -> Iterator[Step]:
    start, zone = clock.trigger, calendar.zone
    if clock.duty.fixed_due_at is not None:
        yield Step("=", f"{instant_words(clock.duty.fixed_due_at, zone)}, the date that was set")
        return
    if clock.counted.reading is not None:
        yield Step("", f"this reading ends first: {clock.counted.reading.text}")
    if start is None:
        yield Step(said(clock.runs_from), "has not been recorded: nothing runs yet")
        return
    yield Step(said(clock.runs_from), _start_words(start, zone, said))


def _start_words(start: Candidate, zone: ZoneInfo, said: Say) -> str:
    presumed = f", presumed from {said(Trigger(start.presumed_from))}" if start.presumed_from else ""
    return f"{instant_words(start.at, zone)}{presumed}"


def _reckoned(clock: Clock, calendar: Calendar) -> Iterator[Step]:
    """Say how both ends follow from the start; of a soft term, that none does."""
    period, start = clock.period, clock.trigger
    if period is None or start is None:
        return
    if clock.due_at is None:
        yield Step("", f"“{period.words()}”: the source gives no number, so no date is computed")
        yield from _waiting(clock)
        return
    reckoning = Reckoning(period, clock.counting, calendar, start.at, clock.due_at, clock.latest_at)
    yield from own_steps(reckoning)
    yield from outer_steps(reckoning)
    yield from calendar_steps(reckoning)


def _waiting(clock: Clock) -> Iterator[Step]:
    if clock.elapsed is not None and clock.idle is not None:
        passed, idle = duration_words(clock.elapsed), duration_words(clock.idle)
        yield Step("", f"{passed} have passed since; the last recorded action was {idle} ago")


def _other_readings(clock: Clock, zone: ZoneInfo, said: Say) -> Iterator[Step]:
    """Say which other readings end later, how they are reckoned, and where they stand."""
    for end in clock.unused:
        if end.due_at is None:
            continue
        trigger = end.reading.trigger if end.reading else clock.duty.trigger
        period = end.reading.period if end.reading else clock.duty.period
        start = _start_words(end.candidates[0], zone, said)
        reckoned = f"{period.words() if period else ''} from {said(trigger)} {start}"
        why = f", {end.reading.text} ({end.reading.source.words})" if end.reading else ""
        yield Step("not used, because later:", f"{instant_words(end.due_at, zone)}: {reckoned}{why}")


def _rivals(clock: Clock, calendar: Calendar, said: Say) -> Iterator[Step]:
    """Say what else the duty might run from, and between which deadlines that leaves it."""
    if clock.trigger is None or clock.duty.fixed_due_at is not None or clock.runs_from.filing is not None:
        return
    ends = [clock.due_at] if clock.due_at else []
    for rival in clock.candidates:
        if rival.at > clock.trigger.at:
            due_at = clock.period.due_at(rival.at, calendar) if clock.period else None
            ends += [due_at] if due_at else []
            ending = f"; from there it would end {instant_words(due_at, calendar.zone)}" if due_at else ""
            yield Step(
                "not used, because later:", f"{instant_words(rival.at, calendar.zone)}, {_origin(rival, said)}{ending}"
            )
    if len(ends) > 1:
        span = " to ".join(instant_words(end, calendar.zone) for end in (min(ends), max(ends)))
        yield Step("defensible deadlines:", f"{span}; the earliest moment drives the alarm")


def _origin(rival: Candidate, said: Say) -> str:
    if rival.presumed_from is not None:
        return f"presumed from {said(Trigger(rival.presumed_from))}"
    return f"stated by {rival.actor}: {rival.why}" if rival.why else f"stated by {rival.actor}"


def _condition(clock: Clock) -> Iterator[Step]:
    if clock.condition is None:
        return
    if clock.condition.state is ConditionState.UNDECIDED:
        counted = clock.period is not None and clock.period.amount is not None
        alarms = "the clock alarms all the same" if counted else "it waits for the decision"
        yield Step("", f"{UNDECIDED[clock.condition.needs]}; {alarms}")
    elif clock.condition.state is ConditionState.NOT_MET:
        ground = f" ({clock.condition.ground})" if clock.condition.ground else ""
        yield Step("", f"not required{ground}: that was decided, and the journal says by whom and why")
    elif clock.condition.ground:
        yield Step("", f"decided: {clock.condition.ground}")


def _outcome(clock: Clock, zone: ZoneInfo) -> Iterator[Step]:
    if clock.done_at is not None:
        late = f", {duration_words(clock.late_by)} late" if clock.late_by else ""
        unjudged = "" if clock.trigger or clock.duty.fixed_due_at else ": in time or late cannot be said without it"
        yield Step("done", f"{instant_words(clock.done_at, zone)}{late}{unjudged}")
    for content in clock.outstanding:
        yield Step("still owed with it:", content)


def _source(clock: Clock) -> Iterator[Step]:
    source = clock.counted.reading.source if clock.counted.reading else clock.duty.source
    checked = f", checked {source.checked_on}" if source.checked_on else ""
    yield Step("source:", f"{source.words}{checked} ({clock.duty.basis})")


def _conclusion(clock: Clock, zone: ZoneInfo) -> Iterator[Step]:
    if clock.due_at is not None:
        yield Step("due", instant_words(clock.due_at, zone))
