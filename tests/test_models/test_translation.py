"""Translating a record: what a mapping says, what it leaves undecided, and every fault with its expression."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.foreign_format import ForeignFormat
from models.record import RecordError
from models.translation import our_record, translate

PARIS = ZoneInfo("Europe/Paris")


def form(**more: Any) -> ForeignFormat:
    keys = {"ref": "id", "title": "name", **more.pop("keys", {})}
    return ForeignFormat.model_validate({"id": "ours", "name": "Ours", "zone": "local", "keys": keys, **more})


def record(mapping: ForeignFormat, **data: Any) -> dict[str, Any]:
    return our_record(mapping, translate(mapping, {"id": "1", "name": "N", **data}, PARIS))


def problems(mapping: ForeignFormat, **data: Any) -> tuple[tuple[str, str], ...]:
    with pytest.raises(RecordError) as refused:
        record(mapping, **data)
    return refused.value.problems


def test_what_a_mapping_does_not_say_is_undecided() -> None:
    assert record(form()) == {"source": "ours", "personal_data": None, "ref": "1", "title": "N"}


def test_unless_its_author_says_otherwise() -> None:
    assert record(form(keys={"personal_data": {"always": True}}))["personal_data"] is True
    judged = form(keys={"personal_data": "when(kind == 'it', `false`)"})
    assert record(judged, kind="it")["personal_data"] is False
    assert record(judged, kind="other")["personal_data"] is None


def test_an_author_may_name_another_source_and_state_awareness() -> None:
    mapping = form(keys={"source": {"always": "desk"}, "moments.aware": "known"})
    found = record(mapping, known="2026-11-18 14:30")
    assert (found["source"], found["moments"]) == ("desk", {"aware": "2026-11-18T13:30:00Z"})


def test_local_times_are_in_the_zone_that_the_mapping_names() -> None:
    mapping = form(zone="America/New_York", keys={"moments.detected": "seen"})
    assert record(mapping, seen="2026-11-18 14:30")["moments"] == {"detected": "2026-11-18T19:30:00Z"}


@pytest.mark.parametrize(
    ("table", "given", "became"),
    [
        ({"values": {"Bad  Luck": "other"}}, "bad luck", ["other"]),
        ({"values": {"l'eau": "other"}}, ["l’EAU\N{NO-BREAK SPACE}"], ["other"]),
        ({"values": {"1": "unknown", "true": "other"}}, [1, True], ["unknown", "other"]),
        ({"values": {"both": ["other", "unknown"]}}, ["both", "both"], ["other", "unknown"]),
        ({"ignored": ["N/A"]}, ["n/a"], None),
        ({"unlisted": "ignore"}, "x", None),
        ({"unlisted": "keep"}, "other", ["other"]),
        ({"default": "other"}, ["x", "y"], ["other"]),
    ],
)
def test_tables(table: dict[str, Any], given: Any, became: Any) -> None:
    mapping = form(keys={"facts.incident_cause": {"expression": "cause", "table": "t"}}, tables={"t": table})
    assert record(mapping, cause=given).get("facts", {}).get("incident_cause") == became


def test_a_table_gives_a_range_for_a_band() -> None:
    bands = {"values": {"up to 5": {"min": 0, "max": 5}}}
    mapping = form(keys={"facts.subjects_count": {"expression": "n", "table": "t"}}, tables={"t": bands})
    assert record(mapping, n="Up to 5")["facts"] == {"subjects_count": {"min": 0, "max": 5}}


def test_every_fault_is_named_with_the_expression_that_gave_it() -> None:
    mapping = form(
        keys={
            "facts.incident_cause": {"expression": "cause", "table": "t"},
            "moments.detected": {"expression": "when", "time": "parts"},
            "summary": "join(', ', lines)",
        },
        tables={"t": {}},
    )
    assert problems(mapping, cause="x", when={"year": 2010, "month": 123}) == (
        ("facts.incident_cause", "the table does not know 'x'; add it to its values, or to ignored (from cause)"),
        ("moments.detected", "there is no month 123 (from when)"),
        ("summary", "join() takes array-string, but was given null (from join(', ', lines))"),
    )
