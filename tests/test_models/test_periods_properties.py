"""Periods: what holds of every start, every unit and every place."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendars import Calendar, days_within
from models.periods import CountingRule, Period, Unit
from tests.test_models.examples import utc
from tests.test_models.places import due

CALENDARS = [
    Calendar(ZoneInfo("Europe/Paris"), "FR"),
    Calendar(ZoneInfo("Europe/Paris"), "FR", "6AE", saturdays=True),
    Calendar(ZoneInfo("Europe/Berlin"), "DE", "BY", opens=time(8, 30), closes=time(17)),
    Calendar(ZoneInfo("Europe/Stockholm"), "SE"),
    Calendar(ZoneInfo("Europe/London"), "GB", "ENG", opens=time(9), closes=time(17, 30)),
    Calendar(ZoneInfo("Asia/Kathmandu")),
    Calendar(ZoneInfo("America/St_Johns"), "CA", opens=time(9), closes=time(17)),
    Calendar(ZoneInfo("Australia/Lord_Howe"), "AU"),
    Calendar(ZoneInfo("Africa/Cairo"), "EG"),
    Calendar(ZoneInfo("Asia/Beirut")),
]
COUNTED = [unit for unit in Unit if unit is not Unit.SOFT]
FIRST, LAST = utc("2012-01-02T00:00Z"), utc("2035-12-31T00:00Z")

starts = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda seconds: FIRST + timedelta(seconds=seconds))
calendars = st.sampled_from(CALENDARS)
amounts = st.integers(1, 40)
periods = st.builds(Period, st.sampled_from(COUNTED), amounts)
periods_of_days = periods.filter(lambda period: period.counts_days)
unhurried = settings(deadline=None)
"""A first look at a country's holidays of a year takes longer than any later one."""


@unhurried
@given(periods, starts, calendars)
def test_a_period_ends_after_its_start_in_utc(period: Period, start: datetime, calendar: Calendar) -> None:
    assert due(period, start, calendar) > start
    assert due(period, start, calendar).tzinfo is UTC


@unhurried
@given(periods, starts, calendars, st.sampled_from([None, *CountingRule]))
def test_the_outer_limit_is_never_before_the_operative_end(
    period: Period, start: datetime, calendar: Calendar, counting: CountingRule | None
) -> None:
    outer = period.latest_at(start, counting, calendar)
    assert outer is None or outer > due(period, start, calendar)


@unhurried
@given(periods, starts, calendars, calendars)
def test_the_zone_in_which_the_start_is_written_changes_nothing(
    period: Period, start: datetime, calendar: Calendar, written: Calendar
) -> None:
    elsewhere = start.astimezone(written.zone)
    assert period.due_at(elsewhere, calendar) == period.due_at(start, calendar)
    for counting in CountingRule:
        assert period.latest_at(elsewhere, counting, calendar) == period.latest_at(start, counting, calendar)


@unhurried
@given(st.sampled_from([Unit.HOURS, Unit.BUSINESS_HOURS]), amounts, starts, starts, calendars)
def test_hours_from_a_later_start_end_later(
    unit: Unit, amount: int, one: datetime, other: datetime, calendar: Calendar
) -> None:
    earlier, later = sorted((one, other))
    assert due(Period(unit, amount), earlier, calendar) <= due(Period(unit, amount), later, calendar)


@unhurried
@given(st.sampled_from([Unit.DAYS, Unit.WEEKS]), amounts, starts, st.integers(0, 4 * 86_400), calendars)
def test_days_from_a_later_local_time_end_later(
    unit: Unit, amount: int, one: datetime, seconds: int, calendar: Calendar
) -> None:
    # Within an hour that comes twice the place's clock goes back, and a later start shows an earlier time.
    starting = [instant.astimezone(calendar.zone) for instant in (one, one + timedelta(seconds=seconds))]
    earlier, later = sorted(starting, key=lambda local: local.replace(tzinfo=None))
    assert due(Period(unit, amount), earlier, calendar) <= due(Period(unit, amount), later, calendar)


@unhurried
@given(periods, starts, st.integers(0, 40 * 86_400), calendars)
def test_a_later_start_never_ends_on_an_earlier_day(
    period: Period, start: datetime, seconds: int, calendar: Calendar
) -> None:
    # Not so for the time of day: from Friday 16:00 and from Saturday 10:00, two working days end on one Tuesday.
    later = start + timedelta(seconds=seconds)
    first, second = (due(period, one, calendar).astimezone(calendar.zone).date() for one in (start, later))
    assert first <= second


@unhurried
@given(periods, starts, st.integers(0, 40 * 86_400), calendars)
def test_the_outer_limit_under_1182_71_is_monotone_for_every_unit(
    period: Period, start: datetime, seconds: int, calendar: Calendar
) -> None:
    outers = [
        period.latest_at(one, CountingRule.REG_1182_71, calendar) for one in (start, start + timedelta(seconds=seconds))
    ]
    if period.unit is Unit.BUSINESS_HOURS:
        assert outers == [None, None]
    else:
        assert outers[0] is not None
        assert outers[1] is not None
        assert outers[0] <= outers[1]


@unhurried
@given(periods_of_days, starts, calendars)
def test_a_period_of_days_ends_at_the_same_local_time(period: Period, start: datetime, calendar: Calendar) -> None:
    began, ended = start.astimezone(calendar.zone), due(period, start, calendar).astimezone(calendar.zone)
    skipped = began.replace(year=ended.year, month=ended.month, day=ended.day, fold=0)
    exists = skipped.astimezone(UTC).astimezone(calendar.zone).replace(tzinfo=None) == skipped.replace(tzinfo=None)
    assert (ended.time() == began.time()) is exists
    assert ended.fold == 0


@unhurried
@given(amounts, starts, calendars)
def test_working_days_are_so_many_and_the_last_one_is_worked(amount: int, start: datetime, calendar: Calendar) -> None:
    first = start.astimezone(calendar.zone).date()
    last = due(Period(Unit.WORKING_DAYS, amount), start, calendar).astimezone(calendar.zone).date()
    assert sum(calendar.is_worked(day) for day in days_within(first, last)) == amount
    assert calendar.is_worked(last)


@unhurried
@given(st.integers(1, 300), starts, calendars)
def test_business_hours_add_up_within_opening_hours_of_worked_days(
    hours: int, start: datetime, calendar: Calendar
) -> None:
    spans = list(calendar.worked_spans(start, hours))
    assert sum((ended - begun for begun, ended in spans), timedelta()) == timedelta(hours=hours)
    assert spans[0][0] >= start
    assert spans[-1][1] == due(Period(Unit.BUSINESS_HOURS, hours), start, calendar)
    for begun, ended in spans:
        day = begun.astimezone(calendar.zone).date()
        opened, closed = calendar.opening(day)
        assert calendar.is_worked(day)
        assert opened <= begun < ended <= closed
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@unhurried
@given(st.integers(2, 40), starts, calendars)
def test_two_days_or_more_hold_two_working_days_and_end_on_one(
    amount: int, start: datetime, calendar: Calendar
) -> None:
    outer = Period(Unit.DAYS, amount).latest_at(start, CountingRule.REG_1182_71, calendar)
    assert outer is not None
    first, last = (one.astimezone(calendar.zone).date() for one in (start, outer - timedelta(seconds=1)))
    assert calendar.is_worked(last)
    assert sum(calendar.is_worked(day) for day in days_within(first, last)) >= 2


@pytest.mark.parametrize("unit", COUNTED)
def test_the_most_that_is_taken_can_be_reckoned(unit: Unit) -> None:
    period, start = Period(unit, unit.most), utc("2026-11-20T16:00Z")
    assert all(due(period, start, calendar) > utc("2030-01-01T00:00Z") for calendar in CALENDARS)
