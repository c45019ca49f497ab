"""Values in words: instants that nobody can mistake, numbers, counts, and the answers to facts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incident.notices.labels import labels_in
from incident.notices.wording import Wording
from models.moments import Moment

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/Paris", "25 October 2026 at 02:30 (Europe/Paris, UTC+02:00; 00:30 UTC)"),
        ("fr", "Europe/Paris", "25 octobre 2026 à 02:30 (Europe/Paris, UTC+02:00 ; 00:30 UTC)"),
        ("it", "Europe/Rome", "25 ottobre 2026 alle 02:30 (Europe/Rome, UTC+02:00; 00:30 UTC)"),
        (
            "en",
            "America/New_York",
            "24 October 2026 at 20:30 (America/New_York, UTC-04:00; 25 October 2026 at 00:30 UTC)",
        ),
        ("en", "UTC", "25 October 2026 at 00:30 UTC"),
    ],
)
def test_an_instant_is_told_with_its_zone_its_offset_and_utc(language: str, zone: str, said: str) -> None:
    wording = Wording(language, labels_in(language, None), ZoneInfo(zone))
    assert wording.instant(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == said


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    wording = Wording("en", labels_in("en", None), PARIS)
    first, second = (wording.instant(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))
    assert first == "25 October 2026 at 02:30 (Europe/Paris, UTC+02:00; 00:30 UTC)"
    assert second == "25 October 2026 at 02:30 (Europe/Paris, UTC+01:00; 01:30 UTC)"


def test_seconds_are_told_where_there_are_any() -> None:
    wording = Wording("en", labels_in("en", None), ZoneInfo("UTC"))
    assert wording.instant(datetime(2026, 10, 25, 0, 30, 5, tzinfo=UTC)) == "25 October 2026 at 00:30:05 UTC"


def test_a_range_and_a_day_are_told_as_such() -> None:
    wording = Wording("fr", labels_in("fr", None), ZoneInfo("UTC"))
    first, last = datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    assert (
        wording.moment(Moment(first, last)) == "entre le 25 octobre 2026 à 01:00 UTC et le 25 octobre 2026 à 02:00 UTC"
    )
    assert wording.moment(Moment(first, last, day=first.date())) == "25 octobre 2026 (heure non connue)"


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", {"value": 1200000}, "1,200,000"),
        ("fr", {"value": 1200000}, "1\u202f200\u202f000"),
        ("it", {"value": 1200000}, "1.200.000"),
        ("en", {"value": 12, "approximate": True}, "about 12"),
        ("fr", {"min": 5, "max": 9}, "de 5 à 9"),
        ("it", {"min": 5}, "almeno 5"),
        ("en", {"max": 9}, "at most 9"),
    ],
)
def test_a_count_is_told_as_surely_as_it_is_known(language: str, value: dict[str, int], said: str) -> None:
    assert Wording(language, labels_in(language, None), PARIS).count(value) == said


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("countries", ["FR", "BE"], "France ; Belgique"),
        (
            "people_by_country",
            {"FR": {"value": 3}, "BE": {"unknown": True}},
            "France : 3 ; Belgique : non connu à ce jour",
        ),
        ("other_parties", [{"name": "Expert", "role": "conseil"}], "Expert, conseil"),
        ("data_unintelligible", True, "oui"),
        ("informed_at", "2026-10-30T09:00:00Z", "30 octobre 2026 à 10:00 (Europe/Paris, UTC+01:00 ; 09:00 UTC)"),
        ("severity", "limited", "limitée"),
        ("not_informed_reason", "no_high_risk", "pas de risque élevé"),
        ("not_informed_reason", "Parce que.", "Parce que."),
        ("other_dpas", ["APD", "AP"], "APD ; AP"),
        ("description", "severity", "severity"),
    ],
)
def test_a_facts_value_is_told_in_words(fact: str, value: Any, said: str) -> None:
    assert Wording("fr", labels_in("fr", None), PARIS).answer(fact, value) == said


@pytest.mark.parametrize(
    ("length", "said"), [(59, "0 h 00 min"), (3600, "1 h 00 min"), (360000 + 59 * 60, "100 h 59 min")]
)
def test_a_length_of_time_is_told_in_hours_and_minutes(length: int, said: str) -> None:
    assert Wording("en", labels_in("en", None), PARIS).duration(timedelta(seconds=length)) == said
