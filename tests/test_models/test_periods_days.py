"""Periods in days, weeks, months, working days and business hours: both ends, by hand."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.calendars import Calendar
from models.periods import CountingRule, Period, Unit
from tests.test_models.examples import PARIS, UTC_ZONE, utc
from tests.test_models.places import IN_ALSACE, IN_BAVARIA, IN_FRANCE, IN_GERMANY, NOWHERE


def saturdays_worked(calendar: Calendar) -> Calendar:
    return Calendar(calendar.zone, calendar.country, calendar.subdivision, saturdays=True)


def ends(unit: Unit, amount: int, start: str, calendar: Calendar) -> tuple[str | None, str | None]:
    """Return both ends under Reg. 1182/71, as the clocks of the place show them."""
    period = Period(unit, amount)
    due = period.due_at(utc(start), calendar)
    outer = period.latest_at(utc(start), CountingRule.REG_1182_71, calendar)
    return shown(due, calendar), shown(outer, calendar)


def shown(end: datetime | None, calendar: Calendar) -> str | None:
    return end.astimezone(calendar.zone).isoformat(timespec="minutes") if end else None


@pytest.mark.parametrize(
    ("amount", "start", "calendar", "due", "outer"),
    [
        # law.md 4.4: 25, 26, 27 December; the 27th rolls to Monday; only one working day, so Tuesday.
        (3, "2026-12-24T15:00+01:00", IN_GERMANY, "2026-12-27T15:00+01:00", "2026-12-30T00:00+01:00"),
        (14, "2026-12-10T10:00+01:00", IN_GERMANY, "2026-12-24T10:00+01:00", "2026-12-25T00:00+01:00"),
        # A day is no period of two days: Art. 3(5) does not bear on it.
        (1, "2026-11-20T09:00+01:00", IN_FRANCE, "2026-11-21T09:00+01:00", "2026-11-24T00:00+01:00"),
        (1, "2026-11-23T09:00+01:00", IN_FRANCE, "2026-11-24T09:00+01:00", "2026-11-25T00:00+01:00"),
        (2, "2026-11-20T09:00+01:00", IN_FRANCE, "2026-11-22T09:00+01:00", "2026-11-25T00:00+01:00"),
        (2, "2026-11-23T09:00+01:00", IN_FRANCE, "2026-11-25T09:00+01:00", "2026-11-26T00:00+01:00"),
        # Good Friday to Easter Monday: Tuesday is one working day, Wednesday the second one.
        (2, "2026-04-02T23:59+02:00", IN_ALSACE, "2026-04-04T23:59+02:00", "2026-04-09T00:00+02:00"),
        (2, "2026-04-02T23:59+02:00", IN_FRANCE, "2026-04-04T23:59+02:00", "2026-04-08T00:00+02:00"),
        (2, "2026-04-02T23:59+02:00", NOWHERE, "2026-04-04T23:59+02:00", "2026-04-07T00:00+02:00"),
        # Epiphany.
        (1, "2027-01-05T10:00+01:00", IN_GERMANY, "2027-01-06T10:00+01:00", "2027-01-07T00:00+01:00"),
        (1, "2027-01-05T10:00+01:00", IN_BAVARIA, "2027-01-06T10:00+01:00", "2027-01-08T00:00+01:00"),
        # Over the year's end, and to 29 February.
        (2, "2026-12-31T18:00+01:00", IN_FRANCE, "2027-01-02T18:00+01:00", "2027-01-06T00:00+01:00"),
        (1, "2028-02-28T10:00+01:00", IN_FRANCE, "2028-02-29T10:00+01:00", "2028-03-01T00:00+01:00"),
        (1, "2027-02-28T10:00+01:00", IN_FRANCE, "2027-03-01T10:00+01:00", "2027-03-02T00:00+01:00"),
        # Over both clock changes: the same local time, 25 and 23 hours later.
        (1, "2026-10-24T15:30+02:00", IN_FRANCE, "2026-10-25T15:30+01:00", "2026-10-27T00:00+01:00"),
        (1, "2027-03-27T15:30+01:00", IN_FRANCE, "2027-03-28T15:30+02:00", "2027-03-31T00:00+02:00"),
        # Into the hour that comes twice, and into the one that is skipped.
        (1, "2026-10-24T02:30+02:00", IN_FRANCE, "2026-10-25T02:30+02:00", "2026-10-27T00:00+01:00"),
        (1, "2027-03-27T02:30+01:00", IN_FRANCE, "2027-03-28T03:00+02:00", "2027-03-31T00:00+02:00"),
        # Out of the hour that comes twice: both passes show the same time.
        (1, "2026-10-25T02:30+02:00", IN_FRANCE, "2026-10-26T02:30+01:00", "2026-10-27T00:00+01:00"),
        (1, "2026-10-25T02:30+01:00", IN_FRANCE, "2026-10-26T02:30+01:00", "2026-10-27T00:00+01:00"),
        # The day of the event is the place's: in Paris it is Tuesday already.
        (1, "2026-11-23T23:30Z", IN_FRANCE, "2026-11-25T00:30+01:00", "2026-11-26T00:00+01:00"),
        (1, "2026-11-23T23:30Z", Calendar(UTC_ZONE, "FR"), "2026-11-24T23:30+00:00", "2026-11-25T00:00+00:00"),
    ],
)
def test_days(amount: int, start: str, calendar: Calendar, due: str, outer: str) -> None:
    assert ends(Unit.DAYS, amount, start, calendar) == (due, outer)


@pytest.mark.parametrize(
    ("amount", "start", "calendar", "due", "outer"),
    [
        (1, "2026-11-18T09:00+01:00", IN_FRANCE, "2026-11-25T09:00+01:00", "2026-11-26T00:00+01:00"),
        # Christmas Day is a Friday: Monday follows.
        (2, "2026-12-11T09:00+01:00", IN_GERMANY, "2026-12-25T09:00+01:00", "2026-12-29T00:00+01:00"),
        (1, "2026-10-21T09:00+02:00", IN_FRANCE, "2026-10-28T09:00+01:00", "2026-10-29T00:00+01:00"),
    ],
)
def test_weeks_are_seven_days(amount: int, start: str, calendar: Calendar, due: str, outer: str) -> None:
    assert ends(Unit.WEEKS, amount, start, calendar) == (due, outer)
    assert ends(Unit.DAYS, 7 * amount, start, calendar) == (due, outer)


@pytest.mark.parametrize(
    ("amount", "start", "calendar", "due", "outer"),
    [
        # law.md 4.4: 28 February 2027 is a Sunday.
        (1, "2027-01-31T10:00+01:00", IN_GERMANY, "2027-02-28T10:00+01:00", "2027-03-02T00:00+01:00"),
        (3, "2026-11-30T10:00+01:00", IN_GERMANY, "2027-02-28T10:00+01:00", "2027-03-02T00:00+01:00"),
        (1, "2028-01-31T10:00+01:00", IN_GERMANY, "2028-02-29T10:00+01:00", "2028-03-01T00:00+01:00"),
        (1, "2028-02-29T10:00+01:00", IN_GERMANY, "2028-03-29T10:00+02:00", "2028-03-30T00:00+02:00"),
        (12, "2028-02-29T10:00+01:00", IN_GERMANY, "2029-02-28T10:00+01:00", "2029-03-01T00:00+01:00"),
        (48, "2028-02-29T10:00+01:00", IN_GERMANY, "2032-02-29T10:00+01:00", "2032-03-02T00:00+01:00"),
        (1, "2026-10-31T10:00+01:00", IN_GERMANY, "2026-11-30T10:00+01:00", "2026-12-01T00:00+01:00"),
        (1, "2026-11-30T10:00+01:00", IN_GERMANY, "2026-12-30T10:00+01:00", "2026-12-31T00:00+01:00"),
        # New Year's Day is a Friday; 31 December plus two months ends in February.
        (1, "2026-12-01T10:00+01:00", IN_GERMANY, "2027-01-01T10:00+01:00", "2027-01-05T00:00+01:00"),
        (2, "2026-12-31T10:00+01:00", IN_GERMANY, "2027-02-28T10:00+01:00", "2027-03-02T00:00+01:00"),
        (1, "2026-12-30T10:00+01:00", IN_GERMANY, "2027-01-30T10:00+01:00", "2027-02-02T00:00+01:00"),
        # Into the hour that is skipped.
        (1, "2027-02-28T02:30+01:00", IN_GERMANY, "2027-03-28T03:00+02:00", "2027-03-31T00:00+02:00"),
    ],
)
def test_months_end_on_the_same_date_or_the_month_s_last(
    amount: int, start: str, calendar: Calendar, due: str, outer: str
) -> None:
    assert ends(Unit.MONTHS, amount, start, calendar) == (due, outer)


@pytest.mark.parametrize(
    ("amount", "start", "calendar", "due", "outer"),
    [
        # The public contract's two examples.
        (2, "2026-11-20T16:00+01:00", IN_FRANCE, "2026-11-24T16:00+01:00", "2026-11-25T00:00+01:00"),
        (2, "2026-11-21T10:00+01:00", IN_FRANCE, "2026-11-24T10:00+01:00", "2026-11-25T00:00+01:00"),
        (1, "2026-11-20T16:00+01:00", IN_FRANCE, "2026-11-23T16:00+01:00", "2026-11-24T00:00+01:00"),
        # Saturday counted, as jours ouvrables and Werktage have it.
        (2, "2026-11-20T16:00+01:00", saturdays_worked(IN_FRANCE), "2026-11-23T16:00+01:00", "2026-11-24T00:00+01:00"),
        (1, "2026-11-20T16:00+01:00", saturdays_worked(IN_FRANCE), "2026-11-21T16:00+01:00", "2026-11-22T00:00+01:00"),
        # Christmas Day on a Friday; its second day on a Saturday.
        (2, "2026-12-23T17:00+01:00", IN_GERMANY, "2026-12-28T17:00+01:00", "2026-12-29T00:00+01:00"),
        (1, "2026-12-24T12:00+01:00", saturdays_worked(IN_FRANCE), "2026-12-26T12:00+01:00", "2026-12-27T00:00+01:00"),
        (1, "2026-12-24T12:00+01:00", saturdays_worked(IN_ALSACE), "2026-12-28T12:00+01:00", "2026-12-29T00:00+01:00"),
        # Good Friday and Easter Monday.
        (1, "2026-04-02T12:00+02:00", IN_FRANCE, "2026-04-03T12:00+02:00", "2026-04-04T00:00+02:00"),
        (1, "2026-04-02T12:00+02:00", IN_ALSACE, "2026-04-07T12:00+02:00", "2026-04-08T00:00+02:00"),
        (1, "2026-04-03T12:00+02:00", NOWHERE, "2026-04-06T12:00+02:00", "2026-04-07T00:00+02:00"),
        (1, "2027-01-05T09:00+01:00", IN_BAVARIA, "2027-01-07T09:00+01:00", "2027-01-08T00:00+01:00"),
        (10, "2026-12-18T09:00+01:00", IN_FRANCE, "2027-01-05T09:00+01:00", "2027-01-06T00:00+01:00"),
        # Without 1, 8 and 25 December, and 1 January.
        (
            30,
            "2026-11-20T16:00Z",
            Calendar(ZoneInfo("Europe/Lisbon"), "PT"),
            "2027-01-07T16:00+00:00",
            "2027-01-08T00:00+00:00",
        ),
        (1, "2026-10-23T15:30+02:00", IN_FRANCE, "2026-10-26T15:30+01:00", "2026-10-27T00:00+01:00"),
    ],
)
def test_working_days(amount: int, start: str, calendar: Calendar, due: str, outer: str) -> None:
    assert ends(Unit.WORKING_DAYS, amount, start, calendar) == (due, outer)


@pytest.mark.parametrize(
    ("amount", "start", "calendar", "due"),
    [
        (4, "2026-11-20T16:00+01:00", (time(9), time(17)), "2026-11-23T12:00+01:00"),
        (1, "2026-11-20T16:00+01:00", (time(9), time(17)), "2026-11-20T17:00+01:00"),
        (24, "2026-04-02T16:00+02:00", (time(9), time(17)), "2026-04-08T16:00+02:00"),
        (20, "2026-11-20T16:30+01:00", (time(0), time(0)), "2026-11-23T12:30+01:00"),
        (48, "2026-11-19T12:00+01:00", (time(0), time(0)), "2026-11-23T12:00+01:00"),
    ],
)
def test_business_hours_have_no_outer_limit(amount: int, start: str, calendar: tuple[time, time], due: str) -> None:
    opens, closes = calendar
    assert ends(Unit.BUSINESS_HOURS, amount, start, Calendar(PARIS, "FR", opens=opens, closes=closes)) == (due, None)


@pytest.mark.parametrize("counting", [None, CountingRule.ELAPSED])
@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS, Unit.BUSINESS_HOURS])
def test_without_a_counting_rule_there_is_no_outer_limit(unit: Unit, counting: CountingRule | None) -> None:
    assert Period(unit, 2).latest_at(utc("2026-11-20T16:00+01:00"), counting, IN_FRANCE) is None


class TestZones:
    @pytest.mark.parametrize(
        ("start", "zone", "due", "outer"),
        [
            ("2026-11-18T09:20+05:30", "Asia/Kolkata", "2026-11-19T09:20+05:30", "2026-11-20T00:00+05:30"),
            ("2026-11-18T09:20+13:45", "Pacific/Chatham", "2026-11-19T09:20+13:45", "2026-11-20T00:00+13:45"),
            # Half an hour comes twice, or is skipped.
            ("2026-04-06T01:45+10:30", "Australia/Lord_Howe", "2026-04-07T01:45+10:30", "2026-04-08T00:00+10:30"),
            ("2026-04-04T01:45+11:00", "Australia/Lord_Howe", "2026-04-05T01:45+11:00", "2026-04-07T00:00+10:30"),
            ("2026-10-03T02:15+10:30", "Australia/Lord_Howe", "2026-10-04T02:30+11:00", "2026-10-06T00:00+11:00"),
            # Midnight is skipped on Sunday 29 March, and comes twice on Sunday 1 November.
            ("2026-03-28T00:30+02:00", "Asia/Beirut", "2026-03-29T01:00+03:00", "2026-03-31T00:00+03:00"),
            ("2026-10-31T00:30-04:00", "America/Havana", "2026-11-01T00:30-04:00", "2026-11-03T00:00-05:00"),
            # 24:00 of Thursday 29 October is put back: the day ends an hour later.
            ("2026-10-28T09:00+03:00", "Africa/Cairo", "2026-10-29T09:00+03:00", "2026-10-30T00:00+02:00"),
        ],
    )
    def test_a_day_where_clocks_are_odd(self, start: str, zone: str, due: str, outer: str) -> None:
        assert ends(Unit.DAYS, 1, start, Calendar(ZoneInfo(zone))) == (due, outer)

    def test_a_day_that_a_place_skipped_ends_as_it_is_skipped(self) -> None:
        # Samoa had no 30 December 2011. Both ends fall together, so there is no outer one.
        apia = Calendar(ZoneInfo("Pacific/Apia"))
        assert ends(Unit.DAYS, 1, "2011-12-29T10:00-10:00", apia) == ("2011-12-31T00:00+14:00", None)
        assert ends(Unit.DAYS, 2, "2011-12-29T10:00-10:00", apia) == (
            "2011-12-31T10:00+14:00",
            "2012-01-03T00:00+14:00",
        )


@pytest.mark.parametrize(
    ("unit", "amount", "start", "due", "outer"),
    [
        # Saturday; a holiday before a weekend; a month that ends on a Sunday.
        (Unit.HOURS, 24, "2026-11-27T10:00+01:00", "2026-11-28T10:00+01:00", "2026-11-30T12:00+01:00"),
        (Unit.HOURS, 72, "2026-12-22T12:00+01:00", "2026-12-25T12:00+01:00", "2026-12-28T12:00+01:00"),
        (Unit.MONTHS, 1, "2026-12-31T10:00+01:00", "2027-01-31T10:00+01:00", "2027-02-01T12:00+01:00"),
        (Unit.HOURS, 72, "2026-10-22T12:00+02:00", "2026-10-25T11:00+01:00", "2026-10-26T12:00+01:00"),
        (Unit.HOURS, 4, "2026-11-28T23:59+01:00", "2026-11-29T03:59+01:00", "2026-11-30T12:00+01:00"),
        # The relief depends on the day, not on the hour: none early or late on a working day.
        (Unit.HOURS, 4, "2026-11-30T00:00+01:00", "2026-11-30T04:00+01:00", None),
        (Unit.HOURS, 4, "2026-11-27T19:59+01:00", "2026-11-27T23:59+01:00", None),
        (Unit.HOURS, 4, "2026-11-27T20:00+01:00", "2026-11-28T00:00+01:00", "2026-11-30T12:00+01:00"),
        (Unit.HOURS, 4, "2026-11-29T20:00+01:00", "2026-11-30T00:00+01:00", None),
    ],
)
def test_dora_gives_until_noon_of_the_next_working_day(
    unit: Unit, amount: int, start: str, due: str, outer: str | None
) -> None:
    period = Period(unit, amount)
    assert period.due_at(utc(start), IN_GERMANY) == utc(due)
    assert period.latest_at(utc(start), CountingRule.DORA, IN_GERMANY) == (utc(outer) if outer else None)


def test_dora_s_working_days_are_the_place_s() -> None:
    period, start = Period(Unit.HOURS, 24), utc("2026-04-02T10:00+02:00")
    assert period.latest_at(start, CountingRule.DORA, IN_FRANCE) is None
    assert period.latest_at(start, CountingRule.DORA, IN_ALSACE) == utc("2026-04-07T12:00+02:00")


@pytest.mark.parametrize(
    ("unit", "amount", "words"),
    [
        (Unit.DAYS, 1, "1 day"),
        (Unit.DAYS, 3, "3 days"),
        (Unit.WEEKS, 1, "1 week"),
        (Unit.MONTHS, 1, "1 month"),
        (Unit.MONTHS, 2, "2 months"),
        (Unit.WORKING_DAYS, 1, "1 working day"),
        (Unit.WORKING_DAYS, 2, "2 working days"),
        (Unit.BUSINESS_HOURS, 1, "1 business hour"),
        (Unit.BUSINESS_HOURS, 8, "8 business hours"),
    ],
)
def test_a_period_in_words(unit: Unit, amount: int, words: str) -> None:
    assert Period(unit, amount).words() == words
