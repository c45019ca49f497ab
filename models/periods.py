"""Periods: how much time a duty leaves, and how its end is reckoned.

Two readings. `due_at` is the earliest defensible end and alone drives an alarm: hours are elapsed hours, computed
in UTC; days, working days and months end at the same local time on their last day. `latest_at` is the outer limit
under a counting rule, for information only. Hours are never moved for a weekend or a holiday: Art. 3(4) of
Reg. (EEC, Euratom) 1182/71 excludes them. A soft term has no end.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.calendars import Calendar, end_of_day, first_reading

NOON = time(12)


class Unit(StrEnum):
    """What a period is counted in. A week is seven days."""

    HOURS = "hours"
    BUSINESS_HOURS = "business-hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"
    SOFT = "soft"

    @property
    def most(self) -> int:
        """The greatest amount taken, some eleven years: more is a typing error, refused before dates overflow."""
        return _MOST[self]


_MOST = {
    Unit.HOURS: 100_000,
    Unit.BUSINESS_HOURS: 30_000,
    Unit.DAYS: 4_000,
    Unit.WORKING_DAYS: 3_000,
    Unit.WEEKS: 600,
    Unit.MONTHS: 130,
    Unit.SOFT: 0,
}


class CountingRule(StrEnum):
    """Under which rule a period's outer limit is counted.

    `dora` is the relief of Art. 5(4) of Delegated Reg. (EU) 2025/301: noon of the next working day, where the
    limit falls on a day that is not worked.
    """

    ELAPSED = "elapsed"
    REG_1182_71 = "reg-1182-71"
    DORA = "dora"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, or the words of a soft term.

    Attributes:
        amount: how many of the unit; None for a soft term.
        phrase: the soft term's own words, in the language of its source; None for a counted period.
    """

    unit: Unit
    amount: int | None = None
    phrase: str | None = None

    def due_at(self, start: datetime, calendar: Calendar) -> datetime | None:
        """Return the earliest defensible end (UTC) of the period that starts at `start`, or None if soft."""
        if self.amount is None:
            return None
        if self.unit is Unit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=self.amount)
        if self.unit is Unit.BUSINESS_HOURS:
            return calendar.after_worked_hours(start, self.amount)
        local = start.astimezone(calendar.zone)
        last = self._last_day(local.date(), calendar)
        return first_reading(datetime.combine(last, local.time()), calendar.zone)

    def latest_at(self, start: datetime, counting: CountingRule | None, calendar: Calendar) -> datetime | None:
        """Return the outer limit (UTC) under the counting rule, or None where it gives no later one than `due_at`."""
        due_at = self.due_at(start, calendar)
        if due_at is None:
            return None
        outer = None
        if counting is CountingRule.REG_1182_71:
            outer = self._latest_under_1182_71(start, calendar)
        elif counting is CountingRule.DORA:
            outer = _noon_after(due_at, calendar)
        return outer if outer is not None and outer > due_at else None

    def words(self) -> str:
        """Say the period in English words."""
        if self.amount is None:
            return self.phrase or "without undue delay"
        unit = self.unit.value.replace("-", " ")
        return f"{self.amount} {unit.removesuffix('s') if self.amount == 1 else unit}"

    @property
    def counts_days(self) -> bool:
        """True for a period that ends on a day: neither hours nor a soft term."""
        return self.unit not in {Unit.HOURS, Unit.BUSINESS_HOURS, Unit.SOFT}

    def _latest_under_1182_71(self, start: datetime, calendar: Calendar) -> datetime | None:
        """Art. 3(1): the hour or day of the event does not count. Hours end with their last hour (3(2)(a)).

        Everything else ends with the last hour of its last day (3(2)(b), (c)), which is rolled to a working day
        (3(4)) and has two working days before its end, where the period is of two days or more (3(5)).
        """
        if self.unit is Unit.HOURS:
            return _next_full_hour(start, calendar.zone) + timedelta(hours=self.amount or 0)
        if self.unit is Unit.BUSINESS_HOURS:
            return None
        first = start.astimezone(calendar.zone).date()
        last = calendar.worked_from(self._last_day(first, calendar))
        if not self._is_one_day:
            last = max(last, calendar.worked_after(first, 2))
        return end_of_day(last, calendar.zone)

    @property
    def _is_one_day(self) -> bool:
        return self.unit in {Unit.DAYS, Unit.WORKING_DAYS} and self.amount == 1

    def _last_day(self, first: date, calendar: Calendar) -> date:
        """Return the day on which a period that starts on the day `first` ends; that day does not count."""
        amount = self.amount or 0
        if self.unit is Unit.WORKING_DAYS:
            return calendar.worked_after(first, amount)
        if self.unit is Unit.MONTHS:
            from dateutil.relativedelta import relativedelta

            return first + relativedelta(months=amount)
        return first + timedelta(days=amount * (7 if self.unit is Unit.WEEKS else 1))


def due_soon_from(due_at: datetime, start: datetime | None) -> datetime:
    """Return from when a clock is due soon: a quarter of the period or less left, at most 24 hours."""
    warning = timedelta(hours=24)
    return due_at - (min(warning, (due_at - start) / 4) if start is not None else warning)


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


def _noon_after(due_at: datetime, calendar: Calendar) -> datetime | None:
    """Return noon (UTC) of the next working day, or None where the limit falls on one."""
    day = due_at.astimezone(calendar.zone).date()
    if calendar.is_worked(day):
        return None
    return first_reading(datetime.combine(calendar.worked_from(day), NOON), calendar.zone)


def _next_full_hour(instant: datetime, zone: ZoneInfo) -> datetime:
    local = instant.astimezone(zone)
    into_the_hour = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return instant.astimezone(UTC) - into_the_hour + timedelta(hours=1)
