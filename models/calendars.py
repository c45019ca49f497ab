"""Calendars: which days and hours are worked at a place, for the periods that are counted in them.

Public holidays come from the `holidays` package, its category PUBLIC only, by country and subdivision. The place
is that of the action (Reg. (EEC, Euratom) 1182/71 Art. 2(1)), never that of the machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
LONGEST_CLOSURE = 60
"""No place closes for longer, in days: a search for a worked day that goes on has lost its way."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are worked at a place: all but Sundays, Saturdays and public holidays (Reg. 1182/71 Art. 2(2)).

    Attributes:
        zone: in which its days begin and end.
        country: ISO 3166-1 alpha-2; None where the place is not known: then no public holiday is.
        subdivision: as the `holidays` package names it, such as `BY` or `Alsace`; None for the country at large.
        saturdays: Saturdays are worked, as *jours ouvrables*, *Werktage* and *giorni feriali* have it.
        opens, closes: the hours of a worked day; the whole day where nothing says.
    """

    zone: ZoneInfo
    country: str | None = None
    subdivision: str | None = None
    saturdays: bool = False
    opens: time = time.min
    closes: time = time.min

    @property
    def knows_holidays(self) -> bool:
        """True where the table has the country's public holidays."""
        return self.country is not None and self.country in _countries()

    @property
    def knows_subdivision(self) -> bool:
        """True where the table has the subdivision's own public holidays; else those of the country at large hold."""
        return self.country is not None and self.subdivision in subdivisions(self.country)

    def holiday(self, day: date) -> str | None:
        """Return the name of the public holiday, in English where the table has it, or None."""
        if self.country is None:
            return None
        return _holidays(self.country, self.subdivision, day.year).get(day)

    def is_worked(self, day: date) -> bool:
        """True for a working day."""
        return not self.is_weekend(day) and self.holiday(day) is None

    def is_weekend(self, day: date) -> bool:
        """True for a Sunday, and for a Saturday where those are not worked."""
        weekday = day.weekday()
        return weekday == SUNDAY or (weekday == SATURDAY and not self.saturdays)

    def worked_from(self, day: date) -> date:
        """Return the day itself where it is worked, else the next working day."""
        return next(one for one in _days_from(day) if self.is_worked(one))

    def worked_after(self, day: date, count: int) -> date:
        """Return the count-th working day after a day, which does not count itself."""
        for _ in range(count):
            day = self.worked_from(day + timedelta(days=1))
        return day

    def opening(self, day: date) -> tuple[datetime, datetime]:
        """Return when a worked day's hours begin and end (UTC)."""
        following = day if self.closes > self.opens else day + timedelta(days=1)
        return first_reading(datetime.combine(day, self.opens), self.zone), first_reading(
            datetime.combine(following, self.closes), self.zone
        )

    def worked_spans(self, start: datetime, hours: int) -> Iterator[tuple[datetime, datetime]]:
        """Return, day by day, from when until when (UTC) time counts, until so many hours were worked since `start`."""
        left = timedelta(hours=hours)
        day = start.astimezone(self.zone).date()
        while left:
            day = self.worked_from(day)
            opened, closed = self.opening(day)
            opened = max(opened, start.astimezone(UTC))
            if closed > opened:
                counted = min(closed - opened, left)
                left -= counted
                yield opened, opened + counted
            day += timedelta(days=1)

    def after_worked_hours(self, start: datetime, hours: int) -> datetime:
        """Return the instant (UTC) at which so many worked hours have passed since `start`."""
        *_, (_, ended) = self.worked_spans(start, hours)
        return ended

    def holidays_within(self, after: date, until: date) -> Iterator[tuple[date, str]]:
        """Return each public holiday after one day, up to and with another, with its name."""
        for day in days_within(after, until):
            name = self.holiday(day)
            if name is not None:
                yield day, name


def days_within(after: date, until: date) -> Iterator[date]:
    """Return the days after one, up to and with another."""
    return (after + timedelta(days=at + 1) for at in range((until - after).days))


def first_reading(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC) at which a place's clock shows a local time, or has skipped over it.

    A repeated hour counts on its first pass. A time that the clocks jump over is reached with the jump.
    """
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return instant
    before = instant - timedelta(days=1)
    while instant - before > timedelta(seconds=1):
        middle = before + (instant - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None) >= local:
            instant = middle
        else:
            before = middle
    return instant.replace(microsecond=0)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the end (UTC) of a local day's last hour: 00:00 of the day after."""
    return first_reading(datetime.combine(day + timedelta(days=1), time.min), zone)


@cache
def holiday_table() -> str:
    """Return the name and version of the table of public holidays."""
    from importlib.metadata import version

    return f"holidays {version('holidays')}"


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    """Return the subdivisions that have holidays of their own, under every name the table takes for them."""
    from holidays import country_holidays

    if country not in _countries():
        return ()
    table = country_holidays(country)
    return (*table.subdivisions, *table.subdivisions_aliases)


@cache
def _countries() -> frozenset[str]:
    from holidays import list_supported_countries

    return frozenset(list_supported_countries(include_aliases=False))


@cache
def _holidays(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    from holidays import PUBLIC, country_holidays

    if country not in _countries():
        return {}
    place = subdivision if subdivision in subdivisions(country) else None
    return dict(country_holidays(country, subdiv=place, years=year, categories=(PUBLIC,), language="en_US"))


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=at) for at in range(LONGEST_CLOSURE))
