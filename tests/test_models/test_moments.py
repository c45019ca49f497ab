"""Instants: what is read as one, what is refused, and what the refusal says."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.moments import (
    Moment,
    MomentError,
    MomentName,
    day_span,
    is_day,
    moment_from_json,
    read_day,
    read_instant,
    shortened,
    utc_text,
    when_words,
)
from tests.test_models.examples import PARIS, UTC_ZONE, utc

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Paris",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Africa/Cairo",
    )
]


def instants_from(first: str, last: str) -> st.SearchStrategy[datetime]:
    """Return every whole second from the first to the last."""
    seconds = int((utc(last) - utc(first)).total_seconds())
    return st.integers(0, seconds).map(lambda passed: utc(first) + timedelta(seconds=passed))


instants = instants_from("1900-01-02T00:00Z", "2199-12-30T23:59:59Z")
recent_instants = instants_from("1970-01-01T00:00Z", "2199-12-30T23:59:59Z")
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-18T14:30+01:00", "2026-11-18T13:30:00Z"),
        ("2026-11-18T14:30Z", "2026-11-18T14:30:00Z"),
        ("2026-11-18t14:30z", "2026-11-18T14:30:00Z"),
        ("2026-11-18 14:30:59-05:00", "2026-11-18T19:30:59Z"),
        ("2026-11-18T14:30:15.999999Z", "2026-11-18T14:30:15Z"),
        ("2026-11-18T14:30:15,5Z", "2026-11-18T14:30:15Z"),
        ("2026-11-18T14:30+0545", "2026-11-18T08:45:00Z"),
        ("2026-11-18T14:30 +01", "2026-11-18T13:30:00Z"),
        ("  2026-11-18T14:30+01:00\n", "2026-11-18T13:30:00Z"),
        ("2026-11-18T14:30", "2026-11-18T13:30:00Z"),
        ("2026-07-18T14:30", "2026-07-18T12:30:00Z"),
        ("2026-11-18T00:15", "2026-11-17T23:15:00Z"),
        ("1900-06-01T00:00Z", "1900-06-01T00:00:00Z"),
        ("2199-12-31T23:59:59Z", "2199-12-31T23:59:59Z"),
    ],
)
def test_reads_iso_8601_and_what_has_no_offset_in_the_zone(text: str, expected: str) -> None:
    read = read_instant(text, PARIS)
    assert utc_text(read) == expected
    assert read.tzinfo is UTC
    assert read.microsecond == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-25T02:30+02:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z"),
        ("2026-03-29T02:30+01:00", "2026-03-29T01:30:00Z"),
        ("2026-07-18T14:30+09:00", "2026-07-18T05:30:00Z"),
    ],
)
def test_an_explicit_offset_decides_whatever_the_zone_has_there(text: str, expected: str) -> None:
    assert utc_text(read_instant(text, PARIS)) == expected


@pytest.mark.parametrize(
    ("text", "zone", "message"),
    [
        (
            "2026-03-29T02:30",
            "Europe/Paris",
            "2026-03-29 02:30 does not exist in Europe/Paris: clocks went forward over it; add the offset",
        ),
        (
            "2026-03-29T02:00",
            "Europe/Paris",
            "2026-03-29 02:00 does not exist in Europe/Paris: clocks went forward over it; add the offset",
        ),
        (
            "2026-10-04T02:15",
            "Australia/Lord_Howe",
            "2026-10-04 02:15 does not exist in Australia/Lord_Howe: clocks went forward over it; add the offset",
        ),
        (
            "2026-10-25T02:30",
            "Europe/Paris",
            "2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; add the offset, +02:00 or +01:00",
        ),
        (
            "2026-10-25T02:00",
            "Europe/Paris",
            "2026-10-25 02:00 exists twice in Europe/Paris: clocks went back; add the offset, +02:00 or +01:00",
        ),
        (
            "2026-11-01T01:59:59",
            "America/St_Johns",
            "2026-11-01 01:59 exists twice in America/St_Johns: clocks went back; add the offset, -02:30 or -03:30",
        ),
        (
            "2026-04-05T01:45",
            "Australia/Lord_Howe",
            "2026-04-05 01:45 exists twice in Australia/Lord_Howe: clocks went back; add the offset, +11:00 or +10:30",
        ),
    ],
)
def test_a_local_time_that_clocks_skip_or_show_twice_is_refused(text: str, zone: str, message: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_instant(text, ZoneInfo(zone))
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59Z"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59Z"),
        ("2026-10-25T03:00", "2026-10-25T02:00:00Z"),
    ],
)
def test_the_seconds_beside_a_clock_change_are_read(text: str, expected: str) -> None:
    assert utc_text(read_instant(text, PARIS)) == expected


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "now",
        "yesterday 14:30",
        "18/11/2026 14:30",
        "14:30",
        "20261118T143000Z",
        "2026-W47-3T14:30Z",
        "2026-11-18T14:30[Europe/Paris]",
        "1763476200",
        "1763476200.5",
        "1763476200000",
        "-1",
        "2026-11-18T14:30+01:00 or so",
        "2026-11-18T14:30\x00",
        "[/x]",
    ],
)
def test_what_is_not_iso_8601_is_refused_epochs_included(garbage: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_instant(garbage, PARIS)
    assert str(refused.value) == f"{garbage!r} is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00"


def test_long_garbage_is_quoted_shortly() -> None:
    with pytest.raises(MomentError) as refused:
        read_instant("x" * 50_000_000, PARIS)
    assert str(refused.value) == (f"{'x' * 59 + '…'!r} is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00")


@pytest.mark.parametrize(
    "impossible",
    [
        "2026-02-29T10:00Z",
        "2026-13-01T10:00Z",
        "2026-11-18T25:00Z",
        "2026-11-18T14:60Z",
        "2026-11-18T14:30:60Z",
        "2026-11-18T14:30+25:00",
        "\u0662\u0660\u0662\u0666-11-18T14:30Z",
    ],
)
def test_a_time_that_no_calendar_has_is_refused(impossible: str) -> None:
    with pytest.raises(MomentError, match=r"^'.*' is not a time that exists: "):
        read_instant(impossible, PARIS)


def test_a_bare_date_is_no_instant_and_the_refusal_says_what_to_write() -> None:
    with pytest.raises(MomentError) as refused:
        read_instant("2026-11-18", PARIS)
    assert str(refused.value) == (
        "2026-11-18 is a day without a time; write it with one, such as 2026-11-18T14:30+01:00"
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("0001-01-01T00:00+14:00", 1),
        ("1899-12-31T23:59:59Z", 1899),
        ("1900-01-01T00:00+01:00", 1899),
        ("2200-01-01T00:00Z", 2200),
        ("2199-12-31T23:59-00:01", 2200),
        ("9999-12-31T23:59-12:00", 9999),
    ],
)
def test_a_year_out_of_bounds_is_refused_before_it_can_overflow(text: str, year: int) -> None:
    with pytest.raises(MomentError) as refused:
        read_instant(text, PARIS)
    assert str(refused.value) == f"the year {year} is outside 1900 to 2199"


@given(instants, offsets, st.sampled_from(ZONES))
def test_an_offset_decides_in_every_zone_and_the_instant_comes_back(
    instant: datetime, offset: timezone, zone: ZoneInfo
) -> None:
    assert read_instant(instant.astimezone(offset).isoformat(), zone) == instant
    assert read_instant(utc_text(instant), zone) == instant


@given(recent_instants, st.sampled_from(ZONES))
def test_a_local_time_is_read_as_the_one_instant_it_can_be_or_refused_as_two(instant: datetime, zone: ZoneInfo) -> None:
    local = instant.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    text = local.replace(tzinfo=None).isoformat()
    if twice:
        with pytest.raises(MomentError, match="exists twice"):
            read_instant(text, zone)
    else:
        assert read_instant(text, zone) == instant


def test_reads_a_day() -> None:
    assert read_day(" 2026-11-18 ") == date(2026, 11, 18)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-11", "18.11.2026", "20261118", "2026-11-18T10:00Z", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_day(text)
    assert str(refused.value) == f"{text!r} is not a date; write it as 2026-11-18"


def test_a_day_out_of_bounds_is_refused() -> None:
    with pytest.raises(MomentError, match=r"^the year 2200 is outside 1900 to 2199$"):
        read_day("2200-01-01")


@pytest.mark.parametrize(
    ("text", "expected"), [("2026-11-18", True), (" 2026-02-30 ", True), ("2026-11-18T10:00Z", False), ("", False)]
)
def test_tells_what_looks_like_a_day(text: str, expected: object) -> None:
    assert is_day(text) is expected


@pytest.mark.parametrize(
    ("day", "zone", "first", "last"),
    [
        (date(2026, 11, 18), "Europe/Paris", "2026-11-17T23:00:00Z", "2026-11-18T22:59:59Z"),
        (date(2026, 3, 29), "Europe/Paris", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
        (date(2026, 10, 25), "Europe/Paris", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),
        (date(2026, 4, 24), "Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-24T20:59:59Z"),
        (date(2026, 11, 18), "Asia/Kathmandu", "2026-11-17T18:15:00Z", "2026-11-18T18:14:59Z"),
    ],
)
def test_a_day_spans_its_local_hours(day: date, zone: str, first: str, last: str) -> None:
    assert [utc_text(instant) for instant in day_span(day, ZoneInfo(zone))] == [first, last]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-18T13:30:00Z", Moment(utc("2026-11-18T13:30Z"))),
        ({"at": "2026-11-18T13:30:00Z", "why": "the forensic report"}, Moment(utc("2026-11-18T13:30Z"))),
        (
            {"from": "2026-11-18T13:30:00Z", "to": "2026-11-18T14:00:00Z", "approximate": True},
            Moment(utc("2026-11-18T13:30Z"), utc("2026-11-18T14:00Z"), approximate=True),
        ),
        ({"from": "2026-11-18T13:30:00Z"}, Moment(utc("2026-11-18T13:30Z"))),
        (
            "2026-11-18",
            Moment(utc("2026-11-17T23:00Z"), utc("2026-11-18T22:59:59Z"), day=date(2026, 11, 18)),
        ),
    ],
)
def test_a_moment_is_rebuilt_from_its_json(value: object, expected: Moment) -> None:
    assert moment_from_json(value, PARIS) == expected


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-11-18T08:00:00Z", "08:00"),
        ("2026-11-18", "2026-11-18"),
        ({"from": "2026-11-18T08:00:00Z", "to": "2026-11-18T09:30:00Z"}, "08:00 to 09:30"),
        ({"from": "2026-11-18T08:00:00Z", "approximate": True}, "about 08:00"),
        ({"from": "2026-11-18T08:00:00Z", "to": "2026-11-18T09:30:00Z", "approximate": True}, "about 08:00 to 09:30"),
    ],
)
def test_a_moment_is_said_as_far_as_it_is_known(value: object, said: str) -> None:
    assert when_words(moment_from_json(value, PARIS), lambda at: f"{at:%H:%M}") == said


def test_output_is_utc_in_whole_seconds() -> None:
    assert utc_text(datetime(2026, 11, 18, 14, 30, 15, 999_999, PARIS)) == "2026-11-18T13:30:15Z"
    assert utc_text(datetime(2026, 11, 18, 14, 30, tzinfo=UTC_ZONE)) == "2026-11-18T14:30:00Z"


def test_duties_run_from_these_moments_and_no_others() -> None:
    assert [name.value for name in MomentName if name.anchors_duties] == [
        "detected",
        "suspected",
        "vendor_aware",
        "vendor_told_us",
        "aware",
        "incident_aware",
        "classified",
        "measure_available",
    ]


def test_text_is_shortened_to_its_limit() -> None:
    assert shortened("x" * 60) == "x" * 60
    assert shortened("x" * 61) == "x" * 59 + "…"
    assert shortened("abcdef", 4) == "abc…"
