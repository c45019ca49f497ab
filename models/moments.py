"""Moments: the instants on which duties turn, and how an instant is read.

Every instant inside the program is an aware `datetime` in UTC, cut to whole seconds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Years outside this span are typing errors; they are refused before arithmetic can overflow."""

_ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?\s*([Zz]|[+-]\d{2}(:?\d{2})?)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class MomentName(StrEnum):
    """The moments of an incident, each a recorded decision of a person or a script."""

    OCCURRED_FROM = "occurred_from"
    OCCURRED_TO = "occurred_to"
    DETECTED = "detected"
    SUSPECTED = "suspected"
    VENDOR_AWARE = "vendor_aware"
    VENDOR_TOLD_US = "vendor_told_us"
    AWARE = "aware"
    INCIDENT_AWARE = "incident_aware"
    CLASSIFIED = "classified"
    MEASURE_AVAILABLE = "measure_available"
    CONTAINED = "contained"
    RESOLVED = "resolved"

    @property
    def anchors_duties(self) -> bool:
        """True where a duty runs from the moment: then the earliest instant counts, never the last."""
        return self in _ANCHORS


_ANCHORS = {
    MomentName.DETECTED,
    MomentName.SUSPECTED,
    MomentName.VENDOR_AWARE,
    MomentName.VENDOR_TOLD_US,
    MomentName.AWARE,
    MomentName.INCIDENT_AWARE,
    MomentName.CLASSIFIED,
    MomentName.MEASURE_AVAILABLE,
}


_WORDS = {
    MomentName.OCCURRED_FROM: "began",
    MomentName.OCCURRED_TO: "ended",
    MomentName.DETECTED: "seen",
    MomentName.SUSPECTED: "suspected",
    MomentName.VENDOR_AWARE: "{vendor} aware",
    MomentName.VENDOR_TOLD_US: "{vendor} told us",
    MomentName.AWARE: "aware",
    MomentName.INCIDENT_AWARE: "incident known",
    MomentName.CLASSIFIED: "classified",
    MomentName.MEASURE_AVAILABLE: "fix available",
    MomentName.CONTAINED: "contained",
    MomentName.RESOLVED: "resolved",
}


def moment_words(name: MomentName, vendor: str = "vendor") -> str:
    """Say a moment in as few words as it can bear; `vendor` is the name of the party that owes us notice."""
    return _WORDS[name].replace("{vendor}", vendor)


class MomentError(ValueError):
    """A time that cannot be read, does not exist, or exists twice; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One recorded time: an instant, a range, or a day of which only the date is known.

    Attributes:
        at: the instant, or the earliest instant of a range or day (UTC).
        until: the latest instant of a range or day (UTC), else None.
        approximate: the person who recorded it was not sure.
        day: the date, where only the day is known.
    """

    at: datetime
    until: datetime | None = None
    approximate: bool = False
    day: date | None = None


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Read an ISO 8601 instant; a local time without an offset is read in `zone`.

    Returns:
        The instant in UTC, cut to whole seconds. An explicit offset decides, whatever the zone says.

    Raises:
        MomentError: not ISO 8601, a bare date, a local time that clocks skip, or one that they show twice.
    """
    text = text.strip()
    if not _ISO_INSTANT.fullmatch(text):
        if _ISO_DAY.fullmatch(text):
            raise MomentError(f"{text} is a day without a time; write it with one, such as {text}T14:30+01:00")
        raise MomentError(f"{shortened(text)!r} is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00")
    try:
        moment = datetime.fromisoformat(text.upper().replace(",", ".")).replace(microsecond=0)
    except ValueError as error:
        raise MomentError(f"{text!r} is not a time that exists: {error}") from None
    _refuse_year(moment.year)
    if moment.tzinfo is None:
        moment = _in_zone(moment, zone)
    instant = moment.astimezone(UTC)
    _refuse_year(instant.year)
    return instant


def is_day(text: str) -> bool:
    """True for what looks like a bare date, whether it exists or not."""
    return _ISO_DAY.fullmatch(text.strip()) is not None


def read_day(text: str) -> date:
    """Read a bare ISO 8601 date. Raises MomentError where it is none."""
    text = text.strip()
    try:
        if not _ISO_DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise MomentError(f"{shortened(text)!r} is not a date; write it as 2026-11-18") from None
    _refuse_year(day.year)
    return day


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first and last second (UTC) of a local day."""
    first = datetime.combine(day, time.min, zone).astimezone(UTC)
    following = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    return first, following - timedelta(seconds=1)


def moment_from_json(value: Any, zone: ZoneInfo) -> Moment:
    """Rebuild a moment from its normalised JSON: an instant, a date, or `{"from", "to", "approximate"}`."""
    if isinstance(value, str):
        if _ISO_DAY.fullmatch(value):
            day = date.fromisoformat(value)
            first, last = day_span(day, zone)
            return Moment(at=first, until=last, day=day)
        return Moment(at=datetime.fromisoformat(value))
    if "at" in value:
        return Moment(at=datetime.fromisoformat(value["at"]))
    until = datetime.fromisoformat(value["to"]) if value.get("to") else None
    return Moment(at=datetime.fromisoformat(value["from"]), until=until, approximate=bool(value.get("approximate")))


def moment_json(moment: Moment) -> Any:
    """Return a moment as plain JSON: an instant in UTC, a date, or `{"from", "to"}`."""
    if moment.day is not None:
        return moment.day.isoformat()
    if moment.until is not None:
        return {"from": utc_text(moment.at), "to": utc_text(moment.until)}
    return utc_text(moment.at)


def when_words(moment: Moment, say: Callable[[datetime], str]) -> str:
    """Say a recorded time: a day, an instant, or the two between which it lies; and where nobody was sure.

    Args:
        say: says one instant.
    """
    if moment.day is not None:
        return str(moment.day)
    until = f" to {say(moment.until)}" if moment.until is not None else ""
    return f"{'about ' if moment.approximate else ''}{say(moment.at)}{until}"


def utc_text(instant: datetime) -> str:
    """Write an instant as JSON output has it: `YYYY-MM-DDTHH:MM:SSZ`."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def shortened(text: str, limit: int = 60) -> str:
    """Cut untrusted text for an error message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _in_zone(naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    shown = naive.isoformat(sep=" ", timespec="minutes")
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise MomentError(f"{shown} does not exist in {zone.key}: clocks went forward over it; add the offset")
    offsets = " or ".join(moment.isoformat(timespec="minutes")[16:] for moment in (first, second))
    raise MomentError(f"{shown} exists twice in {zone.key}: clocks went back; add the offset, {offsets}")


def _refuse_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise MomentError(f"the year {year} is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
