from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.moments import MomentError
from models.typed_times import echo, is_typed_day, read_typed_day, read_typed_time

PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from([PARIS, ZoneInfo("UTC"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Chatham")])
NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
"""Sat 21 Nov 2026 20:14 in Paris."""

NOWS = st.integers(978_307_200, 4_070_908_800).map(lambda second: datetime.fromtimestamp(second, UTC))
"""Seconds from 2001 to 2098."""


def read_or_refusal(text: str, now: datetime, zone: ZoneInfo) -> datetime | str:
    """Return what was read, or why it was not."""
    try:
        return read_typed_time(text, now, zone)
    except MomentError as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("now", "2026-11-21T19:14:00Z"),
        (" NOW ", "2026-11-21T19:14:00Z"),
        ("-2h", "2026-11-21T17:14:00Z"),
        ("- 2 h", "2026-11-21T17:14:00Z"),
        ("\u22122h", "2026-11-21T17:14:00Z"),
        ("-90m", "2026-11-21T17:44:00Z"),
        ("-90min", "2026-11-21T17:44:00Z"),
        ("-1d", "2026-11-20T19:14:00Z"),
        ("-1d2h5m", "2026-11-20T17:09:00Z"),
        ("18:40", "2026-11-21T17:40:00Z"),
        ("18h40", "2026-11-21T17:40:00Z"),
        ("20:14", "2026-11-21T19:14:00Z"),
        ("20:15", "2026-11-20T19:15:00Z"),
        ("18:40Z", "2026-11-21T18:40:00Z"),
        ("18:40 utc", "2026-11-21T18:40:00Z"),
        ("18:40+02:00", "2026-11-21T16:40:00Z"),
        ("today 18:40", "2026-11-21T17:40:00Z"),
        ("today 23:00", "2026-11-21T22:00:00Z"),
        ("yesterday 18:40", "2026-11-20T17:40:00Z"),
        ("18/11 14:30", "2026-11-18T13:30:00Z"),
        ("18.11. 14:30", "2026-11-18T13:30:00Z"),
        ("18.11 14:30", "2026-11-18T13:30:00Z"),
        ("5/6 7:05", "2026-06-05T05:05:00Z"),
        ("21/11 23:00", "2026-11-21T22:00:00Z"),
        ("25/11 14:30", "2025-11-25T13:30:00Z"),
        ("25/11/2026 14:30", "2026-11-25T13:30:00Z"),
        ("18.11.2024 14:30", "2024-11-18T13:30:00Z"),
        ("29/2 10:00", "2024-02-29T09:00:00Z"),
        ("25/10 02:30+01:00", "2026-10-25T01:30:00Z"),
        ("2026-11-18T14:30", "2026-11-18T13:30:00Z"),
        ("2026-11-18 14:30:05+01:00", "2026-11-18T13:30:05Z"),
        ("2026-11-18T14:30Z", "2026-11-18T14:30:00Z"),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, instant: str) -> None:
    assert read_typed_time(typed, NOW, PARIS) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("18/11", "18/11 is a day without a time (Wed 18 Nov 2026); add it: 18/11 14:30"),
        ("yesterday", "yesterday is a day without a time (Fri 20 Nov 2026); add it: yesterday 14:30"),
        ("2026-11-18", "2026-11-18 is a day without a time; write it with one, such as 2026-11-18T14:30+01:00"),
        ("11/18 14:30", "11/18: there is no month 18; the day comes first: write 18/11"),
        ("18/13 14:30", "18/13: there is no month 13; the day comes first"),
        ("31/2 10:00", "31/2 is no day of the calendar"),
        ("31/2/2026 10:00", "'2026-02-31' is not a date; write it as 2026-11-18"),
        ("25:00", "25:00 is no time of day; write one from 00:00 to 23:59"),
        ("18:61", "18:61 is no time of day; write one from 00:00 to 23:59"),
        (
            "25/10 02:30",
            "2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; add the offset, +02:00 or +01:00",
        ),
        (
            "29/3 02:30",
            "2026-03-29 02:30 does not exist in Europe/Paris: clocks went forward over it; add the offset",
        ),
        (
            "soon",
            "'soon' is no time; write now, -2h, 18:40, yesterday 18:40, 18/11 14:30 or 2026-11-18T14:30+01:00",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(typed: str, reason: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_typed_time(typed, NOW, PARIS)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    "typed", ["", "-", "2h", "18h", "1840", "18/11/26 14:30", "18-11 14:30", "now 18:40", "-9999999999h"]
)
def test_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(MomentError):
        read_typed_time(typed, NOW, PARIS)


class TestTheNightTheClocksGoBack:
    """In Paris 02:00 to 03:00 comes twice on 25 October 2026: first at 00:00 to 01:00 UTC."""

    def test_a_time_of_that_hour_is_refused_once_its_first_pass_is_over(self) -> None:
        second_pass = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10, for the second time
        with pytest.raises(MomentError, match="exists twice"):
            read_typed_time("02:30", second_pass, PARIS)

    def test_before_that_hour_the_time_is_yesterdays(self) -> None:
        before = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)
        assert read_typed_time("02:30", before, PARIS) == datetime(2026, 10, 24, 0, 30, tzinfo=UTC)

    def test_an_offset_settles_it(self) -> None:
        now = datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
        assert read_typed_time("02:30+01:00", now, PARIS) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_clocks_skipped_today_is_not_taken_for_yesterdays() -> None:
    now = datetime(2026, 3, 29, 8, 0, tzinfo=UTC)
    with pytest.raises(MomentError, match="does not exist"):
        read_typed_time("02:30", now, PARIS)


@given(now=NOWS, zone=ZONES, hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_alone_is_the_last_such_time_up_to_now(now: datetime, zone: ZoneInfo, hour: int, minute: int) -> None:
    read = read_or_refusal(f"{hour}:{minute:02}", now, zone)
    if isinstance(read, str):
        assert "exist" in read
        return
    local = read.astimezone(zone)
    assert (local.hour, local.minute, local.second) == (hour, minute, 0)
    assert read <= now
    tomorrow = (local.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    assert tomorrow.astimezone(UTC) > now


@given(now=NOWS, zone=ZONES, back=st.integers(0, 364), hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_day_without_a_year_is_the_last_such_day(
    now: datetime, zone: ZoneInfo, back: int, hour: int, minute: int
) -> None:
    day = now.astimezone(zone).date() - timedelta(days=back)
    for typed in (f"{day.day}/{day.month} {hour}:{minute:02}", f"{day:%d.%m}. {hour:02}h{minute:02}"):
        read = read_or_refusal(typed, now, zone)
        if isinstance(read, str):
            assert "exist" in read
        else:
            local = read.astimezone(zone)
            assert (local.date(), local.hour, local.minute) == (day, hour, minute)


@given(now=NOWS, zone=ZONES, minutes=st.integers(0, 999_999))
def test_time_ago_is_elapsed_time(now: datetime, zone: ZoneInfo, minutes: int) -> None:
    assert read_typed_time(f"-{minutes}m", now, zone) == now - timedelta(minutes=minutes)


@given(now=NOWS, zone=ZONES, instant=NOWS)
def test_iso_comes_back_as_it_was(now: datetime, zone: ZoneInfo, instant: datetime) -> None:
    assert read_typed_time(instant.astimezone(zone).isoformat(), now, zone) == instant


@given(text=st.text() | st.text("0123456789:/.-+hdmz ", max_size=20), now=NOWS, zone=ZONES)
def test_any_text_is_read_or_refused_in_words(text: str, now: datetime, zone: ZoneInfo) -> None:
    read = read_or_refusal(text, now, zone)
    if isinstance(read, str):
        assert read
    else:
        assert read.tzinfo is UTC
        assert read.microsecond == 0


class TestEcho:
    def test_says_day_time_zone_and_utc(self) -> None:
        assert echo(datetime(2026, 11, 21, 17, 14, tzinfo=UTC), PARIS) == "Sat 21 Nov 18:14 CET (17:14 UTC)"

    def test_says_the_day_in_utc_where_it_is_another(self) -> None:
        assert echo(datetime(2026, 7, 20, 22, 30, tzinfo=UTC), PARIS) == "Tue 21 Jul 00:30 CEST (Mon 20 Jul 22:30 UTC)"

    def test_says_the_year_where_it_is_not_this_one(self) -> None:
        other = datetime(2025, 11, 21, 17, 14, tzinfo=UTC)
        assert echo(other, PARIS, NOW) == "Fri 21 Nov 2025 18:14 CET (17:14 UTC)"
        assert echo(NOW, PARIS, NOW) == "Sat 21 Nov 20:14 CET (19:14 UTC)"

    def test_says_seconds_where_there_are_any(self) -> None:
        assert echo(datetime(2026, 11, 21, 17, 14, 5, tzinfo=UTC), PARIS) == "Sat 21 Nov 18:14:05 CET (17:14:05 UTC)"


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("today", date(2026, 11, 21)),
            ("Yesterday", date(2026, 11, 20)),
            ("18/11", date(2026, 11, 18)),
            ("22/11", date(2025, 11, 22)),
            ("22/11/2026", date(2026, 11, 22)),
            ("18.11.", date(2026, 11, 18)),
            ("2026-11-18", date(2026, 11, 18)),
        ],
    )
    def test_a_day_is_read_as_people_type_it(self, typed: str, day: date) -> None:
        assert is_typed_day(typed)
        assert read_typed_day(typed, NOW, PARIS) == day

    @pytest.mark.parametrize("typed", ["", "18:40", "now", "18/11 14:30", "-2h"])
    def test_anything_else_is_no_day(self, typed: str) -> None:
        assert not is_typed_day(typed)
        with pytest.raises(MomentError):
            read_typed_day(typed, NOW, PARIS)
