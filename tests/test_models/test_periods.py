"""Periods: 72 hours are 72 elapsed hours, over every clock change and in every zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendars import Calendar
from models.periods import CountingRule, Period, Unit, due_soon_from, duration_words, instant_words
from tests.test_models.examples import PARIS, UTC_ZONE, utc

SEVENTY_TWO = Period(Unit.HOURS, 72)
PROMPTLY = Period(Unit.SOFT, phrase="promptly")
AT_UTC, IN_PARIS = Calendar(UTC_ZONE), Calendar(PARIS, "FR")

# law.md 4.4, rows 1, 3, 4, 5, 7 and 9 (first and second pass of the hour), and the example worked in 4.3.
WORKED_EXAMPLES = [
    ("Europe/Brussels", "2026-11-17T09:20+01:00", "2026-11-20T09:20+01:00", "2026-11-20T10:00+01:00"),
    ("Europe/Paris", "2026-04-03T18:40+02:00", "2026-04-06T18:40+02:00", "2026-04-06T19:00+02:00"),
    ("Europe/Berlin", "2026-12-24T16:05+01:00", "2026-12-27T16:05+01:00", "2026-12-27T17:00+01:00"),
    ("Europe/Paris", "2026-10-23T15:30+02:00", "2026-10-26T14:30+01:00", "2026-10-26T15:00+01:00"),
    ("Europe/Rome", "2027-03-26T10:15+01:00", "2027-03-29T11:15+02:00", "2027-03-29T12:00+02:00"),
    ("Europe/Brussels", "2026-10-25T02:30+02:00", "2026-10-28T01:30+01:00", "2026-10-28T02:00+01:00"),
    ("Europe/Brussels", "2026-10-25T02:30+01:00", "2026-10-28T02:30+01:00", "2026-10-28T03:00+01:00"),
    ("Europe/Berlin", "2020-12-22T12:17+01:00", "2020-12-25T12:17+01:00", "2020-12-25T13:00+01:00"),
    # On the hour, the whole hour that begins there is the one that is not counted.
    ("Europe/Paris", "2026-11-18T09:00+01:00", "2026-11-21T09:00+01:00", "2026-11-21T10:00+01:00"),
    # Clock hours of zones that are half an hour or a quarter of one off.
    ("Asia/Kolkata", "2026-11-18T09:20+05:30", "2026-11-21T09:20+05:30", "2026-11-21T10:00+05:30"),
    ("Asia/Kathmandu", "2026-11-18T09:20+05:45", "2026-11-21T09:20+05:45", "2026-11-21T10:00+05:45"),
]

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Paris",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Adelaide",
        "Pacific/Chatham",
    )
]

starts = st.integers(0, 7_000_000_000).map(lambda seconds: utc("1972-01-01T00:00Z") + timedelta(seconds=seconds))
zones = st.sampled_from(ZONES)


@pytest.mark.parametrize(("zone", "start", "due", "outer"), WORKED_EXAMPLES)
def test_seventy_two_hours_and_their_outer_limit(zone: str, start: str, due: str, outer: str) -> None:
    assert SEVENTY_TWO.due_at(utc(start), Calendar(ZoneInfo(zone))) == utc(due)
    assert SEVENTY_TWO.latest_at(utc(start), CountingRule.REG_1182_71, Calendar(ZoneInfo(zone))) == utc(outer)


@given(starts, st.integers(1, 100_000), zones)
def test_the_deadline_is_exactly_the_hours_after_the_start(start: datetime, hours: int, zone: ZoneInfo) -> None:
    due = Period(Unit.HOURS, hours).due_at(start.astimezone(zone), Calendar(zone))
    assert due is not None
    assert (due - start).total_seconds() == hours * 3600
    assert due.utcoffset() == timedelta(0)


@given(starts, st.integers(1, 1000), zones)
def test_the_outer_limit_is_at_most_an_hour_later_and_counts_from_a_full_local_hour(
    start: datetime, hours: int, zone: ZoneInfo
) -> None:
    period = Period(Unit.HOURS, hours)
    due, outer = period.due_at(start, Calendar(zone)), period.latest_at(start, CountingRule.REG_1182_71, Calendar(zone))
    assert due is not None
    assert outer is not None
    assert timedelta(0) < outer - due <= timedelta(minutes=60)
    counted_from = (outer - timedelta(hours=hours)).astimezone(zone)
    assert (counted_from.minute, counted_from.second) == (0, 0)


@given(starts)
def test_sixty_minutes_of_outer_limit_only_on_the_hour(start: datetime) -> None:
    due, outer = SEVENTY_TWO.due_at(start, AT_UTC), SEVENTY_TWO.latest_at(start, CountingRule.REG_1182_71, AT_UTC)
    assert due is not None
    assert outer is not None
    assert (outer - due == timedelta(minutes=60)) == (start.minute == start.second == 0)


@pytest.mark.parametrize("counting", [None, CountingRule.ELAPSED])
def test_a_source_without_a_counting_rule_has_no_outer_limit(counting: CountingRule | None) -> None:
    assert SEVENTY_TWO.latest_at(utc("2026-11-18T09:20Z"), counting, IN_PARIS) is None


def test_a_soft_term_is_not_a_date() -> None:
    assert PROMPTLY.due_at(utc("2026-11-18T09:20Z"), IN_PARIS) is None
    assert PROMPTLY.latest_at(utc("2026-11-18T09:20Z"), CountingRule.REG_1182_71, IN_PARIS) is None


@pytest.mark.parametrize(
    ("period", "before_it"),
    [
        (Period(Unit.HOURS, 1), timedelta(minutes=15)),
        (Period(Unit.HOURS, 24), timedelta(hours=6)),
        (Period(Unit.HOURS, 48), timedelta(hours=12)),
        (Period(Unit.HOURS, 72), timedelta(hours=18)),
        (Period(Unit.HOURS, 96), timedelta(hours=24)),
        (Period(Unit.HOURS, 97), timedelta(hours=24)),
        (Period(Unit.HOURS, 1000), timedelta(hours=24)),
        (None, timedelta(hours=24)),
    ],
)
def test_due_soon_is_the_last_quarter_and_a_day_at_most(period: Period | None, before_it: timedelta) -> None:
    due = utc("2026-11-21T09:00Z")
    start = due - timedelta(hours=period.amount or 0) if period else None
    assert due_soon_from(due, start) == due - before_it


def test_a_period_in_words() -> None:
    assert Period(Unit.HOURS, 1).words() == "1 hour"
    assert SEVENTY_TWO.words() == "72 hours"
    assert PROMPTLY.words() == "promptly"


@pytest.mark.parametrize(
    ("instant", "zone", "words"),
    [
        ("2026-11-20T08:00Z", "Europe/Paris", "2026-11-20 09:00 +01:00 (08:00 UTC)"),
        ("2026-11-20T23:30Z", "Europe/Paris", "2026-11-21 00:30 +01:00 (2026-11-20 23:30 UTC)"),
        ("2026-11-20T08:00:07Z", "Europe/Paris", "2026-11-20 09:00:07 +01:00 (08:00:07 UTC)"),
        ("2026-11-20T08:00Z", "UTC", "2026-11-20 08:00 +00:00 (08:00 UTC)"),
        ("2026-11-20T08:00Z", "Asia/Kathmandu", "2026-11-20 13:45 +05:45 (08:00 UTC)"),
        ("2026-11-20T02:00Z", "America/St_Johns", "2026-11-19 22:30 -03:30 (2026-11-20 02:00 UTC)"),
        ("2026-10-25T00:30Z", "Europe/Paris", "2026-10-25 02:30 +02:00 (00:30 UTC)"),
        ("2026-10-25T01:30Z", "Europe/Paris", "2026-10-25 02:30 +01:00 (01:30 UTC)"),
        ("1905-01-01T12:00Z", "Europe/Paris", "1905-01-01 12:09:21 +00:09:21 (12:00:00 UTC)"),
    ],
)
def test_an_instant_in_words_can_be_checked_by_hand(instant: str, zone: str, words: str) -> None:
    assert instant_words(utc(instant), ZoneInfo(zone)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (40, "40 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h 00 min"),
        (11_100, "3 h 05 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d 00 h"),
        (248_400, "2 d 21 h"),
        (-248_400, "2 d 21 h"),
    ],
)
def test_a_length_of_time_in_two_units_at_most(seconds: int, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words
