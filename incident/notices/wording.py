"""Values in words of one language: instants with zone and offset, numbers, counts, and the answers to facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from incident.notices.labels import Labels
from models.duty_ids import without_party
from models.moments import Moment
from models.periods import Period

if TYPE_CHECKING:
    from babel import Locale

_REGIONAL = {"en": "en_GB"}
"""Where a language alone would bring another country's dates."""

_COUNTS = frozenset({"records_count", "subjects_count", "informed_count"})
_INSTANTS = frozenset({"informed_at", "informed_planned_at"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One language, its labels, and the zone in which instants are told."""

    language: str
    labels: Labels
    zone: ZoneInfo

    def phrase(self, key: str, **values: str) -> str:
        """Return one of the labels' phrases with its places filled."""
        return self.labels.phrase(key, **values)

    def fact(self, name: str) -> str:
        """Return the name of a fact."""
        return self.labels.text("facts", name)

    def option(self, fact: str, key: str) -> str:
        """Return the name of one of a fact's options."""
        return self.labels.text("options", fact, key)

    def number(self, value: int) -> str:
        """Return a number grouped as the language groups it."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def count(self, value: Mapping[str, Any]) -> str:
        """Return a count: a figure, about a figure, or a range."""
        if "value" in value:
            figure = self.number(value["value"])
            return self.phrase("about", figure=figure) if value.get("approximate") else figure
        if "min" in value and "max" in value:
            return self.phrase("range", least=self.number(value["min"]), most=self.number(value["max"]))
        if "min" in value:
            return self.phrase("at_least", figure=self.number(value["min"]))
        return self.phrase("at_most", figure=self.number(value["max"]))

    def instant(self, at: datetime) -> str:
        """Return an instant so that nobody can mistake it: local date and time, zone, offset, and UTC."""
        local, utc = at.astimezone(self.zone), at.astimezone(UTC)
        if self.zone.key == "UTC":
            return self.phrase("instant_utc", date=self.day(local), time=_time(local))
        same_day = local.date() == utc.date()
        return self.phrase(
            "instant",
            date=self.day(local),
            time=_time(local),
            zone=self.zone.key,
            offset=local.isoformat()[-6:],
            utc=_time(utc) if same_day else self.phrase("date_and_time", date=self.day(utc), time=_time(utc)),
        )

    def day(self, day: date) -> str:
        """Return a date."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._locale)

    def moment(self, moment: Moment) -> str:
        """Return a moment: an instant, a range, or a day of which no time is known."""
        if moment.day is not None:
            return self.phrase("day", date=self.day(moment.day))
        if moment.until is not None:
            return self.phrase("between", first=self.instant(moment.at), last=self.instant(moment.until))
        return self.instant(moment.at)

    def duration(self, length: timedelta) -> str:
        """Return a length of time in hours and minutes, seconds cut off."""
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        return f"{self.number(hours)} h {minutes:02} min"

    def period(self, period: Period) -> str:
        """Return a counted period."""
        words = self.labels.text("periods", "one" if period.amount == 1 else "many", period.unit.value)
        return words.replace("{figure}", self.number(period.amount or 0))

    def law(self, duty: str) -> str:
        """Return where the law sets a duty; empty for one that no law sets."""
        duty = without_party(duty)
        return self.labels.text("laws", duty) if self.labels.has("laws", duty) else ""

    def country(self, code: str) -> str:
        """Return a country's name."""
        return str(self._locale.territories.get(code, code))

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts one after the other; they may hold commas themselves."""
        return self.phrase("separator").join(parts)

    def answer(self, fact: str, value: Any) -> str:
        """Return a fact's value in words. Free text comes back as it was recorded."""
        if fact in _COUNTS:
            return self.count(value)
        if fact in _INSTANTS:
            return self.instant(datetime.fromisoformat(value))
        if fact == "countries":
            return self.listed(self.country(code) for code in value)
        if fact == "people_by_country":
            return self.listed(
                self.phrase("counted", name=self.country(code), count=self._counted(count))
                for code, count in value.items()
            )
        if fact == "other_parties":
            return self.listed(_party(party) for party in value)
        if isinstance(value, bool):
            return self.phrase("yes" if value else "no")
        if isinstance(value, list):
            return self.listed(self._option_or_text(fact, one) for one in value)
        return self._option_or_text(fact, str(value))

    def _option_or_text(self, fact: str, value: str) -> str:
        return self.option(fact, value) if self.labels.has("options", fact, value) else value

    def _counted(self, count: Mapping[str, Any]) -> str:
        return self.phrase("unknown") if count.get("unknown") else self.count(count)

    @property
    def _locale(self) -> "Locale":
        return _locale(self.language)


@lru_cache(maxsize=16)
def _locale(language: str) -> "Locale":
    from babel import Locale

    return Locale.parse(_REGIONAL.get(language, language))


def _time(instant: datetime) -> str:
    return f"{instant:%H:%M:%S}" if instant.second else f"{instant:%H:%M}"


def _party(party: Mapping[str, Any]) -> str:
    return ", ".join(str(party[key]) for key in ("name", "role", "contact") if party.get(key))
