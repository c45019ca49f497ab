"""Times as people type them on call: `now`, `-2h`, `18:40`, `yesterday 18:40`, `18/11 14:30`, ISO 8601.

Nothing is guessed in silence: the day comes before the month, a local time that clocks skip or show twice is
refused, and what was understood is said back (`echo`) before it is accepted.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.moments import MomentError, is_day, read_day, read_instant, shortened, utc_text

EXAMPLES = "now, -2h, 18:40, yesterday 18:40, 18/11 14:30 or 2026-11-18T14:30+01:00"
"""What can be typed, for the refusal."""

HINT = "now, -2h, 18:40, 18/11 14:30"
"""The same as short as a narrow field bears."""

LEAP_SPAN = 8
"""Years within which every day of the calendar comes round, 29 February included (1900 was no leap year)."""

_AGO = re.compile(r"[-\u2212]\s*(?:([0-9]{1,4})\s*d)?\s*(?:([0-9]{1,5})\s*h)?\s*(?:([0-9]{1,6})\s*m(?:in)?)?")
_CLOCK = re.compile(r"([0-9]{1,2})[:h]([0-9]{2})(?::([0-9]{2}))?\s*(z|utc|[+-][0-9]{2}(?::?[0-9]{2})?)?")
_DAY = re.compile(r"([0-9]{1,2})(?:/([0-9]{1,2})(?:/([0-9]{4}))?|\.\s?([0-9]{1,2})(?:\.(?:\s?([0-9]{4}))?)?)")
_NAMED_DAYS = {"today": 0, "yesterday": 1}


def read_typed_time(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read an instant as people type it.

    `-2h`, `-90m` and `-1d` are elapsed time before now (a day is 24 hours). A time alone is the last such time
    up to now: today's, or yesterday's. A day without a year is the last such day up to today; one that is still
    to come needs its year. A time may carry an offset (`02:30+01:00`); without one it is local time in `zone`.

    Args:
        now: the instant at which it was typed (UTC).
        zone: where local times are read.

    Returns:
        The instant in UTC, cut to whole seconds.

    Raises:
        MomentError: it cannot be read, is a day without a time, or names a local time that does not exist or
            exists twice.
    """
    typed = " ".join(text.split()).lower()
    now = now.astimezone(UTC).replace(microsecond=0)
    if typed == "now":
        return now
    ago = _AGO.fullmatch(typed)
    if ago and any(ago.groups()):
        return _elapsed_before(now, *(int(amount or 0) for amount in ago.groups()))
    if _CLOCK.fullmatch(typed):
        return _last_such_time(typed, now, zone)
    day_words, _, clock = typed.rpartition(" ")
    if day_words and _CLOCK.fullmatch(clock) and not is_day(day_words):
        day = read_typed_day(day_words, now, zone)
        return read_instant(f"{day.isoformat()}T{_clock_text(clock)}", zone)
    if _looks_like_a_day(typed):
        day = read_typed_day(typed, now, zone)
        raise MomentError(f"{typed} is a day without a time ({day:%a %d %b %Y}); add it: {typed} 14:30")
    if re.match(r"[0-9]{4}-", typed):
        return read_instant(text, zone)
    raise MomentError(f"{shortened(text.strip())!r} is no time; write {EXAMPLES}")


def is_typed_day(text: str) -> bool:
    """True for what is written as a day without a time: `yesterday`, `18/11`, `18.11.2026`, `2026-11-18`."""
    typed = " ".join(text.split()).lower()
    return is_day(typed) or _looks_like_a_day(typed)


def read_typed_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """Read a day as people type it; without a year it is the last such day up to today (local, in `zone`).

    Raises:
        MomentError: it is no day, or one that does not exist.
    """
    typed = " ".join(text.split()).lower()
    today = now.astimezone(zone).date()
    if typed in _NAMED_DAYS:
        return today - timedelta(days=_NAMED_DAYS[typed])
    if is_day(typed):
        return read_day(typed)
    found = _DAY.fullmatch(typed)
    if found is None:
        raise MomentError(f"{shortened(text.strip())!r} is no day; write yesterday, 18/11 or 2026-11-18")
    day, month, year = int(found[1]), int(found[2] or found[4]), found[3] or found[5]
    if month not in range(1, 13):
        swapped = f": write {month}/{day}" if day in range(1, 13) else ""
        raise MomentError(f"{typed}: there is no month {month}; the day comes first{swapped}")
    if year:
        return read_day(f"{year}-{month:02}-{day:02}")
    existing = (_day_or_none(year, month, day) for year in range(today.year, today.year - LEAP_SPAN - 1, -1))
    last = next((one for one in existing if one is not None and one <= today), None)
    if last is None:
        raise MomentError(f"{typed} is no day of the calendar")
    return last


def echo(instant: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """Say what was understood: `Sat 21 Nov 18:14 CET (17:14 UTC)`.

    The year is said where it is not that of `now`, the day in UTC where it is another one.
    """
    local, utc = instant.astimezone(zone), instant.astimezone(UTC)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    year = f" {local.year}" if now is not None and local.year != now.astimezone(zone).year else ""
    utc_day = "" if utc.date() == local.date() else f"{utc:%a %d %b} "
    return f"{local:%a %d %b}{year} {local:{clock}} {local.tzname()} ({utc_day}{utc:{clock}} UTC)"


def _elapsed_before(now: datetime, days: int, hours: int, minutes: int) -> datetime:
    before = now - timedelta(days=days, hours=hours, minutes=minutes)
    return read_instant(utc_text(before), ZoneInfo("UTC"))


def _last_such_time(typed: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the last such time of day up to now; one that clocks skip or show twice is refused, not passed over."""
    text = _clock_text(typed)
    wall = _wall(text)
    place = wall.tzinfo or zone
    day = now.astimezone(place).date()
    passes = (datetime.combine(day, wall.replace(tzinfo=place, fold=fold)) for fold in (0, 1))
    if min(one.astimezone(UTC) for one in passes) > now:
        day -= timedelta(days=1)
    return read_instant(f"{day.isoformat()}T{text}", zone)


def _clock_text(typed: str) -> str:
    """Write a typed time of day as ISO 8601 has it, offset included."""
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise MomentError(f"{shortened(typed)!r} is no time of day; write 18:40")
    hour, minute, second, offset = found.groups()
    suffix = "Z" if offset in {"z", "utc"} else offset or ""
    return f"{int(hour):02}:{minute}:{second or '00'}{suffix}"


def _wall(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise MomentError(f"{text[:5]} is no time of day; write one from 00:00 to 23:59") from None


def _looks_like_a_day(typed: str) -> bool:
    return typed in _NAMED_DAYS or _DAY.fullmatch(typed) is not None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
