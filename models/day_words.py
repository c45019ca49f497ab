"""Words for days and hours as a calendar has them: weekdays, public holidays, and from when to when was counted."""

from collections.abc import Sequence
from datetime import date, datetime

from models.calendars import Calendar, holiday_table

MOST_LISTED = 12
"""So many days are listed one by one; of more, the number is given."""


def day_words(day: date) -> str:
    """Name a day by weekday and date: `Mon 2026-04-06`."""
    return f"{day:%a %Y-%m-%d}"


def holiday_words(day: date, name: str, calendar: Calendar) -> str:
    """Name a public holiday and its country: `Mon 2026-04-06 (Easter Monday, FR)`."""
    return f"{day_words(day)} ({name}, {calendar.country})"


def closed_words(day: date, calendar: Calendar) -> str:
    """Name a day that is not worked, with the public holiday where it is one."""
    name = calendar.holiday(day)
    return holiday_words(day, name, calendar) if name else day_words(day)


def clock_words(local: datetime) -> str:
    """Say a local time, with its seconds where it has any."""
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def span_words(begun: datetime, ended: datetime, calendar: Calendar) -> str:
    """Say from when to when one day was counted, and how much that is: `Fri 2026-11-20 16:30 to 17:00 (30 min)`."""
    first, last = begun.astimezone(calendar.zone), ended.astimezone(calendar.zone)
    until = clock_words(last) if last.date() == first.date() else "24:00"
    minutes, seconds = divmod(int((ended - begun).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if number]
    return f"{day_words(first.date())} {clock_words(first)} to {until} ({' '.join(parts)})"


def listed(words: Sequence[str]) -> str:
    """List words one after another; of many, the first ones, how many more, and the last one."""
    if len(words) <= MOST_LISTED:
        return ", ".join(words)
    shown = words[: MOST_LISTED - 1]
    return f"{', '.join(shown)}, {len(words) - MOST_LISTED} more, and {words[-1]}"


def place_words(calendar: Calendar) -> str:
    """Name the country, and the subdivision where it has public holidays of its own."""
    part = f", {calendar.subdivision}" if calendar.knows_subdivision else ""
    return f"{calendar.country}{part}"


def working_days_words(calendar: Calendar) -> str:
    """Say which days and hours are worked, in which zone, and from which table the public holidays are taken."""
    week = "Monday to Saturday" if calendar.saturdays else "Monday to Friday"
    hours = f", {calendar.opens:%H:%M} to {calendar.closes:%H:%M}" if calendar.closes > calendar.opens else ""
    return f"{week}{hours}, in {calendar.zone.key}{_holidays_known(calendar)}"


def _holidays_known(calendar: Calendar) -> str:
    if calendar.country is None:
        return "; no country is recorded for the place, so no public holiday is known"
    if not calendar.knows_holidays:
        return f"; the table has no public holidays of {calendar.country} ({holiday_table()})"
    known = f", less the public holidays of {place_words(calendar)} ({holiday_table()})"
    if calendar.subdivision is not None and not calendar.knows_subdivision:
        known += f"; the table has none of {calendar.subdivision}'s own"
    return known
