"""Ends and their explanations are the same on every machine, whatever its zone and its language."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.periods import CountingRule, Period, Unit
from tests.test_models.examples import utc
from tests.test_models.places import explained, reckoning

SCRIPT = """if True:
    import locale
    from datetime import date, datetime, timedelta
    from zoneinfo import ZoneInfo
    from models.calendars import Calendar, holiday_table
    from models.periods import CountingRule, Period, Unit, calendar_words
    from models.reckoning import Reckoning, calendar_steps, outer_steps, own_steps

    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        pass
    for country in ("FR", "DE", "SE", "IT", "ES", "NL", "BE", "CH", "NZ", "ZA"):
        calendar = Calendar(ZoneInfo("Europe/Paris"), country)
        print(country, list(calendar.holidays_within(date(2025, 12, 31), date(2026, 12, 31))))
        for unit in Unit:
            for counting in CountingRule:
                if unit is not Unit.SOFT:
                    period, start = Period(unit, 3), datetime.fromisoformat("2026-04-03T16:40:00+00:00")
                    ends = period.due_at(start, calendar), period.latest_at(start, counting, calendar)
                    reckoning = Reckoning(period, counting, calendar, start, *ends)
                    print(calendar_words(ends[0], calendar.zone))
                    print(*own_steps(reckoning), *outer_steps(reckoning), *calendar_steps(reckoning), sep="\\n")
"""


def said_under(**machine: str) -> str:
    """Return what the script prints on a machine set up like that."""
    command = [sys.executable, "-c", SCRIPT]
    environment = {**os.environ, **machine}
    outcome = subprocess.run(
        command, cwd=Path(__file__).parents[2], env=environment, check=True, capture_output=True, text=True
    )
    return outcome.stdout


@pytest.fixture(scope="module")
def here() -> str:
    return said_under(LANGUAGE="en", LC_ALL="C.UTF-8", TZ="UTC")


def test_the_script_explains_in_english(here: str) -> None:
    assert "not worked: Sat 2026-04-04, Sun 2026-04-05, Mon 2026-04-06 (Easter Monday, FR)" in here


@pytest.mark.parametrize(
    "machine",
    [
        {"LANGUAGE": "fr", "LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"LANGUAGE": "sv:de", "LC_ALL": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8", "TZ": "America/St_Johns"},
    ],
    ids=["fr", "sv"],
)
def test_neither_ends_nor_words_depend_on_language_and_zone(machine: dict[str, str], here: str) -> None:
    assert said_under(**machine) == here


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """Give this process a zone of its own."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@settings(deadline=None)
@given(
    st.builds(Period, st.sampled_from([unit for unit in Unit if unit is not Unit.SOFT]), st.integers(1, 20)),
    st.integers(0, 4000 * 86_400).map(lambda seconds: utc("2020-01-01T00:00Z") + timedelta(seconds=seconds)),
    st.sampled_from(CountingRule),
    st.sampled_from(["Pacific/Apia", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Paris"]),
)
def test_no_end_and_no_word_depends_on_the_zone_of_the_machine(
    period: Period, start: datetime, counting: CountingRule, zone: str
) -> None:
    with machine_in("UTC"):
        expected = explained(reckoning(period, start, counting))
    with machine_in(zone):
        assert explained(reckoning(period, start, counting)) == expected
