"""How the end of a period was reckoned, step by step: what counts, what does not, and under which article."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calendars import SATURDAY, Calendar, holiday_table
from models.periods import CountingRule, Period, Unit, instant_words

MOST_LISTED = 12
"""So many working days are listed one by one; longer periods give their number."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `label` says what stands beside it (`aware`, `+`, `=`, `outer limit`); empty for a remark."""

    label: str
    text: str

    def __str__(self) -> str:
        """The step as one sentence."""
        return f"{self.label} {self.text}".strip()


def own_steps(period: Period, start: datetime, due_at: datetime, calendar: Calendar) -> Iterator[Step]:
    """Say how the operative end follows from the start."""
    zone = calendar.zone
    if period.unit is Unit.HOURS:
        yield Step("+", f"{period.words()} elapsed")
        yield Step("=", instant_words(due_at, zone))
        yield from _change(start, due_at, calendar, "hours are counted as they elapse, so the local hour differs")
        yield from _not_moved(due_at, calendar)
        return
    yield Step("+", period.words() + _rule(period))
    yield from _counted(period, start, due_at, calendar)
    yield Step("=", instant_words(due_at, zone))
    if period.counts_days:
        yield from _change(start, due_at, calendar, "days end at the same local time, so the elapsed hours differ")
        yield from _other_hour(start, due_at, calendar)


def outer_steps(
    period: Period, counting: CountingRule, start: datetime, latest_at: datetime, calendar: Calendar
) -> Iterator[Step]:
    """Say how the outer limit follows under the counting rule; it is information and never the alarm."""
    said = f"{instant_words(latest_at, calendar.zone)}, for information: "
    if counting is CountingRule.DORA:
        due = period.due_at(start, calendar) or start
        day = _day_words(due.astimezone(calendar.zone).date(), calendar)
        yield Step("outer limit", f"{said}{day}, noon of the next working day (Delegated Reg. (EU) 2025/301 Art. 5(4))")
        return
    if period.unit is Unit.HOURS:
        yield Step("outer limit", f"{said}the hour of the event is not counted (Reg. 1182/71 Art. 3(1))")
        return
    yield Step("outer limit", f"{said}the end of the last day, the day of the event not counted {_article(period)}")
    for reason in _moves(period, start, latest_at, calendar):
        yield Step("", reason)


def calendar_step(calendar: Calendar) -> Step:
    """Say whose working days were counted, and from which table."""
    week = "Monday to Saturday" if calendar.saturdays else "Monday to Friday"
    if not calendar.knows_holidays:
        missing = f"of {calendar.country}" if calendar.country else "because no country is recorded for the place"
        return Step("working days:", f"{week}; no public holidays {missing} are known")
    part = f", {calendar.subdivision}" if calendar.subdivision else ""
    hours = f", {calendar.opens:%H:%M} to {calendar.closes:%H:%M}" if calendar.closes > calendar.opens else ""
    return Step(
        "working days:", f"{week}{hours}, less the public holidays of {calendar.country}{part} ({holiday_table()})"
    )


def _rule(period: Period) -> str:
    if period.unit is Unit.MONTHS:
        return " by date, ending at the same local time"
    if period.unit is Unit.BUSINESS_HOURS:
        return ", counted while the day is worked"
    if period.unit is Unit.WEEKS:
        return f" of 7 days, {(period.amount or 0) * 7} days in all, ending at the same local time"
    return ", ending at the same local time"


def _counted(period: Period, start: datetime, due_at: datetime, calendar: Calendar) -> Iterator[Step]:
    first, last = (instant.astimezone(calendar.zone).date() for instant in (start, due_at))
    if period.unit in {Unit.WORKING_DAYS, Unit.BUSINESS_HOURS}:
        within = [first + timedelta(days=at + 1) for at in range((last - first).days)]
        counted = [day for day in within if calendar.is_worked(day)]
        listed = len(counted) <= MOST_LISTED
        names = ", ".join(f"{day:%a %d %b}" for day in counted) if listed else f"{len(counted)} days"
        if counted:
            yield Step("", f"worked after the day of the event, which does not count: {names}")
        if listed:
            closed = ", ".join(_day_words(day, calendar) for day in within if not calendar.is_worked(day))
            if closed:
                yield Step("", f"not worked: {closed}")
    if period.unit is Unit.MONTHS and last.day != first.day:
        yield Step("", f"the month has no {first.day}th: its last day ends the period")


def _moves(period: Period, start: datetime, latest_at: datetime, calendar: Calendar) -> Iterator[str]:
    """Say why the last day is not the one that plain counting gives (Art. 3(4), 3(5))."""
    plain = period.due_at(start, calendar)
    if plain is None:
        return
    first, last = start.astimezone(calendar.zone).date(), plain.astimezone(calendar.zone).date()
    rolled = calendar.worked_from(last)
    if rolled != last:
        yield f"{_day_words(last, calendar)}: the period ends with the next working day, {rolled:%a %d %b} (Art. 3(4))"
    ended = (latest_at - timedelta(seconds=1)).astimezone(calendar.zone).date()
    if ended > rolled:
        held = calendar.worked_within(first, rolled)
        number = "only one working day lies" if held == 1 else "no working day lies"
        yield f"{number} within it, and two must: it ends on {ended:%a %d %b} (Art. 3(5))"


def _article(period: Period) -> str:
    point = "(c)" if period.unit in {Unit.WEEKS, Unit.MONTHS} else "(b)"
    return f"(Reg. 1182/71 Art. 3(1), 3(2){point})"


def _change(start: datetime, due_at: datetime, calendar: Calendar, effect: str) -> Iterator[Step]:
    before, after = (f"{instant.astimezone(calendar.zone):%z}" for instant in (start, due_at))
    if before != after:
        shown = " to ".join(f"{offset[:3]}:{offset[3:5]}" for offset in (before, after))
        yield Step("", f"the clocks change in between, from {shown}: {effect}")


def _other_hour(start: datetime, due_at: datetime, calendar: Calendar) -> Iterator[Step]:
    meant, reached = (instant.astimezone(calendar.zone) for instant in (start, due_at))
    if meant.time() != reached.time():
        yield Step("", f"the clocks skip {meant:%H:%M} on that day: the period ends as they do")
    elif (due_at + timedelta(hours=1)).astimezone(calendar.zone).time() == reached.time():
        yield Step("", f"{meant:%H:%M} comes twice on that day: the first pass counts")


def _not_moved(due_at: datetime, calendar: Calendar) -> Iterator[Step]:
    day = due_at.astimezone(calendar.zone).date()
    if day.weekday() >= SATURDAY:
        closed = f"{day:%A}"
    elif (holiday := calendar.holiday(day)) is not None:
        closed = f"{holiday} ({calendar.country})"
    else:
        return
    yield Step("", f"not moved for {closed}: Art. 3(4) of Reg. 1182/71 does not apply to periods in hours")


def _day_words(day: date, calendar: Calendar) -> str:
    holiday = calendar.holiday(day)
    return f"{day:%a %d %b}" + (f" is {holiday}" if holiday else "")
