"""Warnings: what looks wrong is said, and nothing is blocked."""

from typing import Any

import pytest

from models.checks import warnings
from tests.test_models.examples import Journal, opened, utc

NOW = "2026-11-21T12:00Z"


def warned(journal: Journal, now: str = NOW) -> tuple[str, ...]:
    return warnings(journal.incident, utc(now))


def test_a_sound_incident_warns_of_nothing() -> None:
    moments = {
        "occurred_from": "2026-11-17T08:00Z",
        "occurred_to": "2026-11-17T09:00Z",
        "detected": "2026-11-17T08:00Z",
        "vendor_aware": "2026-11-17T10:00Z",
        "vendor_told_us": "2026-11-17T11:00Z",
        "aware": "2026-11-17T11:00Z",
        "contained": "2026-11-17T12:00Z",
        "resolved": "2026-11-17T12:00Z",
    }
    facts = {"subjects_count": {"value": 10}, "records_count": {"value": 20}}
    assert warned(opened(moments=moments, facts=facts).sent("gdpr-33-1", "2026-11-18T10:00:00Z").decide("risk")) == ()


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("occurred_from", "occurred_to", ("began", "ended")),
        ("occurred_from", "detected", ("began", "seen")),
        ("occurred_from", "vendor_aware", ("began", "vendor aware")),
        ("vendor_aware", "vendor_told_us", ("vendor aware", "vendor told us")),
        ("detected", "aware", ("seen", "aware")),
        ("contained", "resolved", ("contained", "resolved")),
    ],
)
def test_moments_out_of_order(first: str, second: str, said: tuple[str, str]) -> None:
    moments = {first: "2026-11-17T09:00:01Z", second: "2026-11-17T09:00Z"}
    earlier, later = said
    assert warned(opened(moments=moments)) == (
        f"“{earlier}” 2026-11-17 09:00:01 +00:00 (09:00:01 UTC) is after “{later}” 2026-11-17 09:00 +00:00 (09:00 UTC)",
    )


def test_times_are_those_of_the_incidents_place_and_a_day_stays_one() -> None:
    moments = {"occurred_from": "2026-11-18", "occurred_to": "2026-11-17T23:30Z", "contained": "2026-11-30T23:30Z"}
    assert warned(opened(place={"zone": "Europe/Helsinki"}, moments=moments)) == (
        "“contained” 2026-12-01 01:30 +02:00 (2026-11-30 23:30 UTC) is later than now",
    )
    moments["occurred_to"] = "2026-11-17T20:30Z"
    assert warned(opened(place={"zone": "Europe/Helsinki"}, moments=moments))[0] == (
        "“began” 2026-11-18 is after “ended” 2026-11-17 22:30 +02:00 (20:30 UTC)"
    )


@pytest.mark.parametrize(
    ("occurred_from", "occurred_to", "count"),
    [
        ("2026-11-17T10:00Z", "2026-11-17", 0),
        ("2026-11-17T23:59:59Z", "2026-11-17", 0),
        ("2026-11-17", "2026-11-17", 0),
        ("2026-11-17", "2026-11-17T10:00Z", 0),
        ("2026-11-18", "2026-11-17", 1),
        ("2026-11-18T00:00Z", "2026-11-17", 1),
    ],
)
def test_a_moment_of_which_only_the_day_is_known_may_lie_anywhere_in_it(
    occurred_from: str, occurred_to: str, count: int
) -> None:
    moments = {"occurred_from": occurred_from, "occurred_to": occurred_to}
    assert len(warned(opened(moments=moments))) == count


def test_what_lies_ahead_of_now() -> None:
    journal = opened(moments={"detected": "2026-11-21T12:00:01Z"})
    journal.sent("gdpr-33-1", "2026-11-21T13:00:00Z")
    assert warned(journal) == (
        "“seen” 2026-11-21 12:00:01 +00:00 (12:00:01 UTC) is later than now",
        "the notification under gdpr-33-1, 2026-11-21 13:00 +00:00 (13:00 UTC), is later than now",
    )
    assert warned(journal, "2026-11-21T12:00:01Z") == (
        "the notification under gdpr-33-1, 2026-11-21 13:00 +00:00 (13:00 UTC), is later than now",
    )
    assert warned(journal, "2026-11-21T13:00Z") == ()


def test_awareness_stated_later_than_the_vendors_notice() -> None:
    moments = {"vendor_told_us": "2026-11-17T09:00Z", "aware": "2026-11-17T10:00Z"}
    (said,) = warned(opened(moments=moments))
    assert said == (
        "“aware” 2026-11-17 10:00 +00:00 (10:00 UTC) is later than "
        "“vendor told us” 2026-11-17 09:00 +00:00 (09:00 UTC): the earlier one counts"
    )


def test_awareness_moved_later_is_told_and_moved_earlier_is_not() -> None:
    journal = opened(moments={"aware": "2026-11-17T10:00Z"})
    for _ in range(2):
        journal.record({"moments": {"aware": "2026-11-17T09:00Z"}})
    assert warned(journal) == ()
    journal.record({"moments": {"aware": "2026-11-18T09:00Z"}})
    (said,) = warned(journal)
    assert said == (
        "aware was stated as 2026-11-17 09:00 +00:00 (09:00 UTC) and later as "
        "2026-11-18 09:00 +00:00 (09:00 UTC): the earlier one counts"
    )


def test_a_correction_with_its_reason_warns_of_nothing() -> None:
    journal = opened(moments={"aware": "2026-11-17T10:00Z"})
    journal.record({"moments": {"aware": "2026-11-18T09:00Z"}}, correcting="the day was mistyped")
    assert warned(journal) == ()


SAME = "the numbers of people and of records are the same: people and records are counted apart"


@pytest.mark.parametrize(
    ("subjects", "records", "expected"),
    [
        ({"value": 10}, {"value": 10}, (SAME,)),
        ({"min": 1, "max": 9}, {"min": 1, "max": 9}, (SAME,)),
        ({"value": 10}, {"value": 11}, ()),
        ({"unknown": True}, {"unknown": True}, ()),
    ],
)
def test_people_and_records_counted_alike(subjects: Any, records: Any, expected: tuple[str, ...]) -> None:
    facts = {"subjects_count": subjects, "records_count": records}
    assert warned(opened(facts=facts)) == expected


def test_figures_stated_to_be_unknown_are_not_the_same_figure() -> None:
    unknown = opened().record({}, certainty="unknown", without_value=["subjects_count", "records_count"])
    assert warned(unknown) == ()
    assert warned(opened(facts={"subjects_count": {"value": 10}})) == ()


SPECIAL = "special categories of data are affected, yet the risk was decided to be unlikely: see the reasons"


@pytest.mark.parametrize(
    ("categories", "risk", "expected"),
    [
        (["health"], "unlikely", (SPECIAL,)),
        (["health"], "risk", ()),
        (["health"], None, ()),
        ([], "unlikely", ()),
    ],
)
def test_special_categories_with_an_unlikely_risk(
    categories: list[str], risk: str | None, expected: tuple[str, ...]
) -> None:
    assert warned(opened(facts={"special_categories": categories}).decide(risk)) == expected


def test_special_categories_before_any_decision() -> None:
    assert warned(opened(facts={"special_categories": ["health"]})) == ()


def test_a_long_way_from_the_first_signs_to_awareness_asks_for_a_reason() -> None:
    moments: dict[str, Any] = {"detected": "2026-11-14T09:00Z", "aware": "2026-11-17T10:00Z"}
    assert warned(opened(moments=moments)) == (
        "3 d 01 h lie between the first signs and awareness: record why, with `why` beside the time or in a note",
    )
    moments["aware"] = [{"at": "2026-11-17T10:00Z", "why": "the logs were read that day"}]
    assert warned(opened(moments=moments)) == ()
    assert warned(opened(moments={"detected": "2026-11-16T10:00Z", "aware": "2026-11-17T10:00Z"})) == ()
