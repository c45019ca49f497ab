"""How the end of a period was reckoned, step by step: what counts, what does not, and under which article."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calendars import SATURDAY, Calendar, days_within, holiday_table
from models.day_words import (
    MOST_LISTED,
    clock_words,
    closed_words,
    day_words,
    holiday_words,
    listed,
    place_words,
    span_words,
    working_days_words,
)
from models.periods import CountingRule, Period, Unit, instant_words

TWO_DAYS = 48
"""From so many hours on, Art. 3(5) of Reg. 1182/71 would bear on a period, if it did on hours."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `label` says what stands beside it (`aware`, `+`, `=`, `outer limit`); empty for a remark."""

    label: str
    text: str

    def __str__(self) -> str:
        """The step as one sentence."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A period from its start to its ends, as they were reckoned. All instants are UTC.

    Attributes:
        calendar: by which it was counted.
        due_at: the operative end.
        latest_at: the outer limit, or None where there is no other end.
    """

    period: Period
    counting: CountingRule | None
    calendar: Calendar
    start: datetime
    due_at: datetime
    latest_at: datetime | None

    @property
    def first_day(self) -> date:
        """The local day of the event."""
        return self.start.astimezone(self.calendar.zone).date()

    @property
    def due_day(self) -> date:
        """The local day of the operative end."""
        return self.due_at.astimezone(self.calendar.zone).date()

    @property
    def final_day(self) -> date:
        """The local day of the outer limit, which ends with the day; that of the operative end without one."""
        if self.latest_at is None:
            return self.due_day
        return (self.latest_at - timedelta(seconds=1)).astimezone(self.calendar.zone).date()


def own_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Say how the operative end follows from the start."""
    unit = reckoning.period.unit
    yield Step("+", reckoning.period.words() + _manner(reckoning.period))
    if unit is Unit.WORKING_DAYS:
        yield from _days_counted(reckoning)
    elif unit is Unit.BUSINESS_HOURS:
        yield from _hours_counted(reckoning)
    elif unit is Unit.MONTHS and reckoning.due_day.day < reckoning.first_day.day:
        yield Step("", f"{reckoning.due_day:%B %Y} has no day {reckoning.first_day.day}: its last day ends the period")
    yield Step("=", instant_words(reckoning.due_at, reckoning.calendar.zone))
    if unit is Unit.HOURS:
        yield from _change(reckoning, "hours are counted as they elapse, so the local hour differs")
        yield from _not_moved(reckoning)
    elif unit is not Unit.BUSINESS_HOURS:
        yield from _change(reckoning, "the local time stays the same, so the elapsed hours differ")
        yield from _skipped_or_repeated(reckoning)


def outer_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Say how the outer limit follows under the counting rule; it is information and never the alarm."""
    if reckoning.latest_at is None:
        return
    said = f"{instant_words(reckoning.latest_at, reckoning.calendar.zone)}, for information:"
    if reckoning.counting is CountingRule.DORA:
        noon = f"noon of the next working day, {day_words(reckoning.final_day)}"
        closed = closed_words(reckoning.due_day, reckoning.calendar)
        article = "Art. 5(4) of Delegated Reg. (EU) 2025/301"
        yield Step("outer limit", f"{said} {noon}, for the time falls on {closed} ({article})")
    elif reckoning.period.unit is Unit.HOURS:
        counted_from = reckoning.latest_at - timedelta(hours=reckoning.period.amount or 0)
        first_hour = instant_words(counted_from, reckoning.calendar.zone)
        why = f"{reckoning.period.words()} from {first_hour}, for the hour of the event is not counted"
        yield Step("outer limit", f"{said} {why} (Reg. 1182/71 Art. 3(1))")
    else:
        point = "(c)" if reckoning.period.unit in {Unit.WEEKS, Unit.MONTHS} else "(b)"
        last_hour = f"the last hour of {day_words(reckoning.final_day)}, the day of the event not counted"
        yield Step("outer limit", f"{said} {last_hour} (Reg. 1182/71 Art. 3(1), 3(2){point})")
        yield from _moved(reckoning)


def calendar_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Say which days are working days there, from which table, and which public holidays the period met.

    They matter where they are counted, and where the outer limit depends on one.
    """
    counted = reckoning.period.unit in {Unit.WORKING_DAYS, Unit.BUSINESS_HOURS}
    by_day = reckoning.period.counts_days or reckoning.counting is CountingRule.DORA
    if not counted and not (by_day and reckoning.latest_at is not None):
        return
    yield Step("working days:", working_days_words(reckoning.calendar))
    if reckoning.period.counts_days and not counted:
        met = [holiday_words(day, name, reckoning.calendar) for day, name in _holidays_met(reckoning)]
        if met:
            yield Step("public holidays met:", listed(met))


def _manner(period: Period) -> str:
    if period.unit is Unit.HOURS:
        return " elapsed"
    if period.unit is Unit.BUSINESS_HOURS:
        return ", counted on working days only"
    counted = ""
    if period.unit is Unit.WORKING_DAYS:
        counted = ", the day of the event not counted"
    elif period.unit is Unit.MONTHS:
        counted = " by date"
    elif period.unit is Unit.WEEKS:
        counted = f" ({(period.amount or 0) * 7} days)"
    return f"{counted}, ending at the same local time"


def _days_counted(reckoning: Reckoning) -> Iterator[Step]:
    calendar = reckoning.calendar
    within = list(days_within(reckoning.first_day, reckoning.due_day))
    worked = [day for day in within if calendar.is_worked(day)]
    closed = [closed_words(day, calendar) for day in within if not calendar.is_worked(day)]
    if len(within) <= MOST_LISTED:
        yield Step("", f"counted: {listed([day_words(day) for day in worked])}")
        if closed:
            yield Step("", f"not worked: {listed(closed)}")
        return
    met = [holiday_words(day, name, calendar) for day, name in _holidays_met(reckoning) if not calendar.is_weekend(day)]
    weekend = "Sundays" if calendar.saturdays else "Saturdays and Sundays"
    yield Step("", f"days from {day_words(within[0])} to {day_words(within[-1])}: {len(within)}")
    yield Step("", f"{weekend} among them: {len(closed) - len(met)}")
    if met:
        yield Step("", f"public holidays on other days: {len(met)}, namely {listed(met)}")
    yield Step("", f"left: {len(worked)}")


def _hours_counted(reckoning: Reckoning) -> Iterator[Step]:
    calendar = reckoning.calendar
    spans = list(calendar.worked_spans(reckoning.start, reckoning.period.amount or 0))
    yield Step("", f"counted: {listed([span_words(*span, calendar) for span in spans])}")
    within = days_within(reckoning.first_day - timedelta(days=1), reckoning.due_day)
    closed = [closed_words(day, calendar) for day in within if not calendar.is_worked(day)]
    if closed:
        yield Step("", f"not worked: {listed(closed)}")


def _moved(reckoning: Reckoning) -> Iterator[Step]:
    """Say why the last day is not the one that plain counting gives (Art. 3(4), 3(5))."""
    rolled = reckoning.calendar.worked_from(reckoning.due_day)
    if rolled != reckoning.due_day:
        closed = closed_words(reckoning.due_day, reckoning.calendar)
        yield Step("", f"the last day would be {closed}: the next working day is {day_words(rolled)} (Art. 3(4))")
    if reckoning.final_day != rolled:
        only = next(day for day in days_within(reckoning.first_day, rolled) if reckoning.calendar.is_worked(day))
        held = f"only one working day, {day_words(only)}, lies within it, and two must"
        yield Step("", f"{held}: the second one is {day_words(reckoning.final_day)} (Art. 3(5))")


def _change(reckoning: Reckoning, effect: str) -> Iterator[Step]:
    before, after = (_offset(instant, reckoning.calendar) for instant in (reckoning.start, reckoning.due_at))
    if before != after:
        yield Step("", f"the clocks change in between, from {before} to {after}: {effect}")


def _offset(instant: datetime, calendar: Calendar) -> str:
    offset = f"{instant.astimezone(calendar.zone):%z}"
    return f"{offset[:3]}:{offset[3:5]}"


def _skipped_or_repeated(reckoning: Reckoning) -> Iterator[Step]:
    start, reached = (instant.astimezone(reckoning.calendar.zone) for instant in (reckoning.start, reckoning.due_at))
    if start.time() != reached.time():
        yield Step("", f"the clocks jump over {clock_words(start)} at its end: the period ends with the jump")
    elif reached.replace(fold=1).utcoffset() != reached.utcoffset():
        yield Step("", f"{clock_words(reached)} comes twice on that day: the first pass counts")


def _not_moved(reckoning: Reckoning) -> Iterator[Step]:
    """Say why hours that end on a weekend or a public holiday end there all the same.

    That Art. 3(5) does not bear on hours either is what the Bavarian commissioner for the public sector and the
    authority of North Rhine-Westphalia say. Writers dispute it; no authority was found that does.
    """
    day = reckoning.due_day
    holiday = reckoning.calendar.holiday(day)
    closed = f"{day:%A}" if day.weekday() >= SATURDAY else None
    if holiday is not None:
        table = f"{holiday} (public holiday of {place_words(reckoning.calendar)}, {holiday_table()})"
        closed = f"{closed}, {table}" if closed else table
    if closed is None:
        return
    why = "hours run through weekends and public holidays"
    if reckoning.counting is CountingRule.REG_1182_71:
        why = "Art. 3(4) of Reg. 1182/71 does not apply to periods in hours"
        if (reckoning.period.amount or 0) >= TWO_DAYS:
            why += "; the authorities that spoke on it say the same of the two working days of Art. 3(5)"
    yield Step("", f"not moved for {closed}: {why}")


def _holidays_met(reckoning: Reckoning) -> Iterator[tuple[date, str]]:
    return reckoning.calendar.holidays_within(reckoning.first_day, reckoning.final_day)
