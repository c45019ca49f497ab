"""A reckoning adds up: what its steps list is what was reckoned, whatever the start and the place."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendars import Calendar
from models.periods import CountingRule, Period, Unit, instant_words
from models.reckoning import Step, outer_steps, own_steps
from tests.test_models.examples import utc
from tests.test_models.places import BERLIN, IN_ALSACE, IN_FRANCE, reckoning

starts = st.integers(0, 4000 * 86_400).map(lambda seconds: utc("2020-01-01T00:00Z") + timedelta(seconds=seconds))
places = st.sampled_from(
    [
        IN_FRANCE,
        IN_ALSACE,
        Calendar(BERLIN, "DE", "BY", saturdays=True),
        Calendar(ZoneInfo("Europe/London"), "GB", "ENG", opens=time(9), closes=time(17, 30)),
        Calendar(ZoneInfo("Asia/Kathmandu")),
    ]
)
FIGURE = re.compile(r": (\d+)(?:, namely |$)")
LENGTH = re.compile(r"\((?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s)?\)")


def text(steps: list[Step], beginning: str) -> str:
    return next(step.text for step in steps if step.text.startswith(beginning)).removeprefix(beginning)


@settings(deadline=None)
@given(st.integers(1, 60), starts, places)
def test_the_working_days_listed_or_left_add_up(amount: int, start: datetime, place: Calendar) -> None:
    steps = list(own_steps(reckoning(Period(Unit.WORKING_DAYS, amount), start, None, place)))
    if any(step.text.startswith("counted: ") for step in steps):
        assert len(text(steps, "counted: ").split(", ")) == amount
        return
    figures = [int(found[1]) for step in steps if (found := FIGURE.search(step.text))]
    days, *less, left = figures
    assert days - sum(less) == left == amount


@settings(deadline=None)
@given(st.integers(1, 80), starts, places)
def test_the_business_hours_listed_add_up(amount: int, start: datetime, place: Calendar) -> None:
    steps = list(own_steps(reckoning(Period(Unit.BUSINESS_HOURS, amount), start, None, place)))
    lengths = [tuple(int(part or 0) for part in found) for found in LENGTH.findall(text(steps, "counted: "))]
    assert sum(hours * 3600 + minutes * 60 + seconds for hours, minutes, seconds in lengths) == amount * 3600


@settings(deadline=None)
@given(st.sampled_from([unit for unit in Unit if unit is not Unit.SOFT]), st.integers(1, 40), starts, places)
def test_the_operative_end_and_the_outer_limit_are_told_as_they_were_reckoned(
    unit: Unit, amount: int, start: datetime, place: Calendar
) -> None:
    for counting in CountingRule:
        reckoned = reckoning(Period(unit, amount), start, counting, place)
        assert [step.text for step in own_steps(reckoned) if step.label == "="] == [
            instant_words(reckoned.due_at, place.zone)
        ]
        outer = [step.text for step in outer_steps(reckoned) if step.label == "outer limit"]
        if reckoned.latest_at is None:
            assert outer == []
        else:
            assert outer[0].startswith(f"{instant_words(reckoned.latest_at, place.zone)}, for information: ")
