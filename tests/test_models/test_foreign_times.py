"""Times of other tools: epochs in every unit, days in every order, and nothing that was not said."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.foreign_times import Days, as_day_or_range, as_instant, as_range, check_notation, read_foreign_time
from models.moments import MomentError

PARIS = ZoneInfo("Europe/Paris")
EPOCHS = ("epoch-s", "epoch-ms", "epoch-ns")
AT = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "notations", "found"),
    [
        (1795008600, EPOCHS, AT),
        (1795008600123, EPOCHS, AT),
        (1795008600123456789, EPOCHS, AT),
        ("1795008600123", EPOCHS, AT),
        (1795008600, ("epoch-ns", "epoch-ms", "epoch-s"), AT),
        (1795008600123456789.0, ("epoch-ns",), AT),
        (1795008600.9, EPOCHS, AT),
        ("2026-11-18T14:30:00.123+0100", ("iso",), AT),
        ("2026-11-18 14:30:00", ("iso",), AT),
        ("2026-11-18", ("iso",), Days(date(2026, 11, 18), date(2026, 11, 18))),
        ("11/18/2026", ("iso", "MM/DD/YYYY"), Days(date(2026, 11, 18), date(2026, 11, 18))),
        ("2026-11-18", ("MM/DD/YYYY", "iso"), Days(date(2026, 11, 18), date(2026, 11, 18))),
        ("3/4/2026", ("DD/MM/YYYY",), Days(date(2026, 4, 3), date(2026, 4, 3))),
        ("3/4/2026", ("MM/DD/YYYY",), Days(date(2026, 3, 4), date(2026, 3, 4))),
        ("18.11.2026  14:30", ("DD.MM.YYYY HH:mm",), AT),
        ("2026-02", ("YYYY-MM",), Days(date(2026, 2, 1), date(2026, 2, 28))),
        ("2026", ("YYYY",), Days(date(2026, 1, 1), date(2026, 12, 31))),
        ({"year": 2026}, ("parts",), Days(date(2026, 1, 1), date(2026, 12, 31))),
        ({"year": "2026", "month": "11", "day": ""}, ("parts",), Days(date(2026, 11, 1), date(2026, 11, 30))),
        ({"year": 2026, "month": 11, "day": 18, "time": "14:30"}, ("parts",), AT),
        ({"year": 2026, "month": 11, "time": "14:30"}, ("parts",), Days(date(2026, 11, 1), date(2026, 11, 30))),
    ],
)
def test_what_is_read(value: Any, notations: tuple[str, ...], found: datetime | Days) -> None:
    assert read_foreign_time(value, notations, PARIS) == found


@pytest.mark.parametrize(
    ("value", "notations", "reason"),
    [
        ("soon", ("iso", "DD/MM/YYYY"), "'soon' is no time in the notation iso or DD/MM/YYYY"),
        (0, ("epoch-s",), "0 is no time in the notation epoch-s"),
        (1795008600, ("epoch-ms",), "1795008600 is no time in the notation epoch-ms"),
        (float("inf"), ("epoch-s",), "inf is no time in the notation epoch-s"),
        (True, ("epoch-s",), "True is no time in the notation epoch-s"),
        (10**30, EPOCHS, "1000000000000000000000000000000 is no time in the notation epoch-s or epoch-ms or epoch-ns"),
        ({"month": 3}, ("parts",), "what is given is no time in the notation parts"),
        ({"year": [2010]}, ("parts",), "the year '[2010]' is no whole number"),
        ({"year": 2010, "month": 123}, ("parts",), "there is no month 123"),
        ({"year": 2010, "month": 3, "day": 2017}, ("parts",), "there is no day 2017 in 2010-03"),
        ({"year": 2010, "day": 3}, ("parts",), "names the day 3, but no month"),
        ({"year": 210}, ("parts",), "the year 210 is outside 1900 to 2199"),
        ("31/11/2026", ("DD/MM/YYYY",), "there is no day 31 in 2026-11"),
        ("11/18/2026", ("DD/MM/YYYY",), "there is no month 18"),
        ("2026-02-30", ("iso",), "'2026-02-30' is not a date; write it as 2026-11-18"),
        ("29/03/2026 02:30", ("DD/MM/YYYY HH:mm",),
         "2026-03-29 02:30 does not exist in Europe/Paris: clocks went forward over it; add the offset"),
        ("25/10/2026 02:30", ("DD/MM/YYYY HH:mm",),
         "2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; add the offset, +02:00 or +01:00"),
    ],
)  # fmt: skip
def test_what_is_refused(value: Any, notations: tuple[str, ...], reason: str) -> None:
    with pytest.raises(MomentError) as refused:
        read_foreign_time(value, notations, PARIS)
    assert str(refused.value) == reason


def test_a_day_stays_a_day_and_a_year_becomes_an_estimate() -> None:
    day, year = Days(date(2026, 11, 18), date(2026, 11, 18)), Days(date(2026, 1, 1), date(2026, 12, 31))
    assert as_day_or_range(day, PARIS) == "2026-11-18"
    assert as_range(day, PARIS) == {"from": "2026-11-17T23:00:00Z", "to": "2026-11-18T22:59:59Z"}
    estimate = {"from": "2025-12-31T23:00:00Z", "to": "2026-12-31T22:59:59Z", "approximate": True}
    assert as_range(year, PARIS) == as_day_or_range(year, PARIS) == estimate
    assert as_range(AT, PARIS) == as_day_or_range(AT, PARIS) == as_instant(AT) == "2026-11-18T13:30:00Z"


def test_where_an_instant_is_needed_a_day_will_not_do() -> None:
    with pytest.raises(MomentError, match=r"^only the day is known, or less; an instant is needed here$"):
        as_instant(Days(date(2026, 11, 18), date(2026, 11, 18)))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("MM/DD", ("'MM/DD' is no notation of times; there are iso, epoch-s, epoch-ms, epoch-us, epoch-ns, parts, "
                  "or a pattern such as DD/MM/YYYY HH:mm:ss")),
        ("YYYY DD", "'YYYY DD' has DD without MM"),
        ("YYYY-MM-DD HH", "'YYYY-MM-DD HH' has HH without mm"),
    ],
)  # fmt: skip
def test_what_is_no_notation(name: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^'") as refused:
        check_notation(name)
    assert str(refused.value) == reason


@given(st.integers(631_152_000, 6_942_672_000), st.sampled_from(["s", "ms", "us", "ns"]))
def test_the_unit_of_an_epoch_is_told_by_its_size(seconds: int, unit: str) -> None:
    count = seconds * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    found = read_foreign_time(count, ("epoch-s", "epoch-ms", "epoch-us", "epoch-ns"), PARIS)
    assert found == datetime.fromtimestamp(seconds, UTC)
