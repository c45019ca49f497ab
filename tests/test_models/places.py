"""Places by whose calendars the tests count, and what a period comes to there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.periods import CountingRule, Period
from models.reckoning import Reckoning, calendar_steps, outer_steps, own_steps
from tests.test_models.examples import PARIS

BERLIN = ZoneInfo("Europe/Berlin")
IN_FRANCE, IN_GERMANY = Calendar(PARIS, "FR"), Calendar(BERLIN, "DE")
IN_ALSACE, IN_BAVARIA = Calendar(PARIS, "FR", "6AE"), Calendar(BERLIN, "DE", "BY")
NOWHERE = Calendar(PARIS)
"""Local time, and no country whose public holidays would be known."""


def due(period: Period, start: datetime, calendar: Calendar) -> datetime:
    """Return the operative end of a counted period."""
    end = period.due_at(start, calendar)
    assert end is not None
    return end


def reckoning(
    period: Period, start: datetime, counting: CountingRule | None = None, calendar: Calendar = IN_FRANCE
) -> Reckoning:
    """Reckon both ends of a counted period."""
    outer = period.latest_at(start, counting, calendar)
    return Reckoning(period, counting, calendar, start, due(period, start, calendar), outer)


def explained(reckoned: Reckoning) -> list[str]:
    """Return every step of a reckoning as a line."""
    return [str(step) for steps in (own_steps, outer_steps, calendar_steps) for step in steps(reckoned)]
