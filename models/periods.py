"""Periods: how much time a duty leaves, and how its end is reckoned.

Hours are elapsed hours, computed in UTC. They are never moved for a weekend or a holiday: Art. 3(4) of
Regulation 1182/71 excludes periods in hours. The outer limit of its Art. 3(1), where the hour of the event
is not counted, is information only and never drives an alarm. A soft term has no end.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MAX_AMOUNT = 100_000
"""No period is longer, in whatever unit: a greater amount is a typing error, refused before dates can overflow."""


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    SOFT = "soft"


class CountingRule(StrEnum):
    """Under which rule a period is counted."""

    ELAPSED = "elapsed"
    REG_1182_71 = "reg-1182-71"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, or the words of a soft term.

    Attributes:
        amount: how many hours; None for a soft term.
        phrase: the soft term's own words, in the language of its source; None for a counted period.
    """

    unit: Unit
    amount: int | None = None
    phrase: str | None = None

    def due_at(self, start: datetime) -> datetime | None:
        """Return the earliest defensible end (UTC) of the period that starts at `start`, or None if soft."""
        if self.amount is None:
            return None
        return start.astimezone(UTC) + timedelta(hours=self.amount)

    def latest_at(self, start: datetime, counting: CountingRule | None, zone: ZoneInfo) -> datetime | None:
        """Return the outer limit (UTC) under the counting rule, or None where the rule gives no other.

        Reg. 1182/71 Art. 3(1) and 3(2)(a): the hour in which the event falls is not counted; the period ends
        with its last hour. The hour is the clock hour of the place of action.
        """
        if self.amount is None or counting is not CountingRule.REG_1182_71:
            return None
        return _next_full_hour(start, zone) + timedelta(hours=self.amount)

    def words(self) -> str:
        """Say the period in English words."""
        if self.amount is None:
            return self.phrase or "without undue delay"
        return f"{self.amount} hour" if self.amount == 1 else f"{self.amount} hours"


def due_soon_from(due_at: datetime, period: Period | None) -> datetime:
    """Return from when a clock is due soon: a quarter of the period or less left, at most 24 hours."""
    warning = timedelta(hours=24)
    if period is not None and period.amount is not None:
        warning = min(warning, timedelta(hours=period.amount) / 4)
    return due_at - warning


def instant_words(instant: datetime, zone: ZoneInfo) -> str:
    """Say an instant so that it can be checked by hand: local time, offset, and UTC."""
    local, utc = instant.astimezone(zone), instant.astimezone(UTC)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    offset = local.isoformat(timespec="minutes")[16:]
    utc_day = "" if utc.date() == local.date() else f"{utc:%Y-%m-%d} "
    return f"{local:%Y-%m-%d {clock}} {offset} ({utc_day}{utc:{clock}} UTC)"


def calendar_words(instant: datetime, zone: ZoneInfo) -> str:
    """Say an instant as a calendar has it, for narrow places: `Sat 21 Nov 20:14 CET`."""
    local = instant.astimezone(zone)
    return f"{local:%a %d %b %H:%M} {local.tzname()}"


def duration_words(length: timedelta) -> str:
    """Say a length of time in two units at most: `2 d 21 h`, `3 h 05 min`, `40 s`."""
    seconds = int(abs(length).total_seconds())
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    if days:
        return f"{days} d {hours:02} h"
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _next_full_hour(instant: datetime, zone: ZoneInfo) -> datetime:
    local = instant.astimezone(zone)
    into_the_hour = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return instant.astimezone(UTC) - into_the_hour + timedelta(hours=1)
