"""Times as other tools write them: epochs, ISO 8601, days in any order, months and years without days.

A mapping names the notations, in the order in which they are tried. What is not said is never invented: a day stays
a day, a month or a year becomes an estimated range.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from models.moments import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    MomentError,
    day_span,
    is_day,
    read_day,
    read_instant,
    shortened,
    utc_text,
)

EPOCHS: Mapping[str, int] = {"epoch-s": 1, "epoch-ms": 10**3, "epoch-us": 10**6, "epoch-ns": 10**9}
"""Counts since 1970-01-01 UTC, and how many make a second."""
ISO, PARTS = "iso", "parts"
"""ISO 8601; an object with `year`, and where they are known `month`, `day` and `time`."""

NOTATIONS = f"{ISO}, {', '.join(EPOCHS)}, {PARTS}, or a pattern such as DD/MM/YYYY HH:mm:ss"
"""The notations there are, in words."""

_FIELDS = {"YYYY": r"(?P<YYYY>\d{4})"} | {name: rf"(?P<{name}>\d{{1,2}})" for name in ("MM", "DD", "HH", "mm", "ss")}
_FIELD = re.compile("YYYY|MM|DD|HH|mm|ss")
_NEEDS = {"MM": "YYYY", "DD": "MM", "HH": "DD", "mm": "HH", "ss": "mm"}
_MONTHS = 12
_NUMBER = re.compile(r"\d{1,25}(\.\d+)?", re.ASCII)
_SPAN = (datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(LATEST_YEAR, 12, 31, tzinfo=UTC).timestamp())
"""Seconds. A count in another unit lies outside: today's seconds, read as milliseconds, would be January 1970.
Nor is 0 an instant, which tools write for no time at all."""


class Days(NamedTuple):
    """The days from the first to the last, of which a time is known to lie in one."""

    first: date
    last: date


ForeignTime: TypeAlias = datetime | Days
"""A time as it was given: an instant (UTC), or the days in which it lies."""


def check_notation(name: str) -> str:
    """Return a notation that there is. Raises ValueError, with those there are, where it is none."""
    if name not in {ISO, PARTS, *EPOCHS}:
        _pattern(name)
    return name


def names_its_zone(notation: str) -> bool:
    """True where a notation leaves no doubt about the time zone."""
    return notation in EPOCHS


def read_foreign_time(value: Any, notations: Sequence[str], zone: ZoneInfo) -> ForeignTime:
    """Read a time in the first of the notations that it is written in.

    Args:
        zone: where a time that names no zone is read.

    Raises:
        MomentError: it is in none of them, or names a time that does not exist.
    """
    for notation in notations:
        found = _reader(notation)(value, zone)
        if found is not None:
            return found
    given = shortened(repr(value)) if isinstance(value, str | int | float) else "what is given"
    raise MomentError(f"{given} is no time in the notation {' or '.join(notations)}")


def as_range(found: ForeignTime, zone: ZoneInfo) -> str | dict[str, Any]:
    """Write a time as the record has it: an instant, or a range, approximate where it is longer than a day."""
    if isinstance(found, datetime):
        return utc_text(found)
    written = {"from": utc_text(day_span(found.first, zone)[0]), "to": utc_text(day_span(found.last, zone)[1])}
    return written if found.first == found.last else {**written, "approximate": True}


def as_day_or_range(found: ForeignTime, zone: ZoneInfo) -> str | dict[str, Any]:
    """Write a time as `as_range` does, but a day as a day."""
    if isinstance(found, Days) and found.first == found.last:
        return found.first.isoformat()
    return as_range(found, zone)


def as_instant(found: ForeignTime) -> str:
    """Write an instant. Raises MomentError where only the day, the month or the year is known."""
    if isinstance(found, Days):
        raise MomentError("only the day is known, or less; an instant is needed here")
    return utc_text(found)


_Reader = Callable[[Any, ZoneInfo], ForeignTime | None]


@lru_cache(maxsize=128)
def _reader(notation: str) -> _Reader:
    if notation in EPOCHS:
        return lambda value, _: _from_epoch(value, EPOCHS[notation])
    if notation == ISO:
        return _from_iso
    if notation == PARTS:
        return _from_parts
    pattern = _pattern(notation)
    return lambda value, zone: _from_pattern(pattern, value, zone)


def _from_epoch(value: Any, per_second: int) -> ForeignTime | None:
    """Read a count; one that would lie before 1980 or after the years that are taken is in another unit."""
    text = f"{value:f}" if isinstance(value, float) else str(value).strip()
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        return None
    seconds = int(text) // per_second if "." not in text else int(float(text) / per_second)
    if not _SPAN[0] <= seconds <= _SPAN[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _from_iso(value: Any, zone: ZoneInfo) -> ForeignTime | None:
    if not isinstance(value, str) or not re.match(r"\s*\d{4}-\d{2}-\d{2}", value):
        return None
    return _one_day(read_day(value)) if is_day(value) else read_instant(value, zone)


def _from_parts(value: Any, zone: ZoneInfo) -> ForeignTime | None:
    if not isinstance(value, Mapping) or value.get("year") is None:
        return None
    year, month, day = (_whole(value.get(name), name) for name in ("year", "month", "day"))
    if day is not None and month is None:
        raise MomentError(f"names the day {day}, but no month")
    clock = str(value.get("time") or "").strip()
    return _assembled({"YYYY": year, "MM": month, "DD": day}, clock if day is not None else "", zone)


def _from_pattern(pattern: re.Pattern[str], value: Any, zone: ZoneInfo) -> ForeignTime | None:
    found = pattern.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    if found is None:
        return None
    parts = {name: int(text) for name, text in found.groupdict().items()}
    clock = ":".join(f"{parts[name]:02}" for name in ("HH", "mm", "ss") if name in parts)
    return _assembled(parts, clock, zone)


def _assembled(parts: Mapping[str, int | None], clock: str, zone: ZoneInfo) -> ForeignTime:
    year, month, day = parts["YYYY"] or 0, parts.get("MM"), parts.get("DD")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise MomentError(f"the year {year} is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= _MONTHS:
        raise MomentError(f"there is no month {month}")
    days = monthrange(year, month)[1]
    if day is None:
        return Days(date(year, month, 1), date(year, month, days))
    if not 1 <= day <= days:
        raise MomentError(f"there is no day {day} in {year}-{month:02}")
    found = date(year, month, day)
    return read_instant(f"{found.isoformat()}T{clock}", zone) if clock else _one_day(found)


def _one_day(day: date) -> Days:
    return Days(day, day)


def _whole(value: Any, name: str) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value).strip()):
        raise MomentError(f"the {name} {shortened(str(value))!r} is no whole number")
    return int(value)


@lru_cache(maxsize=128)
def _pattern(notation: str) -> re.Pattern[str]:
    fields = _FIELD.findall(notation)
    if "YYYY" not in fields or len(set(fields)) < len(fields):
        raise ValueError(f"{notation!r} is no notation of times; there are {NOTATIONS}")
    for name in fields:
        if _NEEDS.get(name, name) not in fields:
            raise ValueError(f"{notation!r} has {name} without {_NEEDS[name]}")
    if "HH" in fields and "mm" not in fields:
        raise ValueError(f"{notation!r} has HH without mm")
    between = _FIELD.split(notation)
    written = "".join(
        re.escape(text) + _FIELDS.get(name, "") for text, name in zip(between, [*fields, ""], strict=True)
    )
    return re.compile(written, re.ASCII)
