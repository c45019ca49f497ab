"""Fitting foreign values to the keys of a record: what can only mean one thing is taken, the rest refused."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.foreign_values import fitted, fitted_time

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("key", "value", "became"),
    [
        ("title", "T", "T"),
        ("title", 7, "7"),
        ("title", 7.0, "7"),
        ("title", True, "true"),
        ("title", ["A", None, ["B", ""]], "A; B"),
        ("title", [None, ""], None),
        ("title", "  ", None),
        ("ref", ["x"], "x"),
        ("ref", 12, "12"),
        ("tags", "one", ["one"]),
        ("tags", ["a", ["b", 3], None, "a"], ["a", "b", "3"]),
        ("tags", [], None),
        ("facts.subjects_count", 12, {"value": 12}),
        ("facts.subjects_count", " 12 ", {"value": "12"}),
        ("facts.subjects_count", 12.0, {"value": 12}),
        ("facts.subjects_count", {"min": 1}, {"min": 1}),
        ("facts.subjects_count", "", None),
        ("facts.other_parties", ["Acme", {"name": "Bob's", "role": "host"}], [{"name": "Acme"}, {"name": "Bob's",
         "role": "host"}]),
        ("facts.severity", "limited", "limited"),
        ("personal_data", False, False),
        ("customers", [{"name": "Acme"}], [{"name": "Acme"}]),
    ],
)  # fmt: skip
def test_what_is_taken(key: str, value: Any, became: Any) -> None:
    assert fitted(key, value) == became


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("ref", ["x", "y"], "2 values where one is meant"),
        ("facts.severity", ["limited", "maximal"], "2 values where one is meant"),
        ("facts.subjects_count", [1, 2], "2 numbers where one is meant"),
        ("title", {"text": "T"}, "an object where a text is meant; name the part of it that says it"),
        ("tags", [{"name": "x"}], "an object where a text is meant; name the part of it that says it"),
    ],
)
def test_what_is_refused(key: str, value: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=" ") as refused:
        fitted(key, value)
    assert str(refused.value) == reason


def test_times_by_what_the_key_takes() -> None:
    assert fitted_time("moments.occurred_from", "2026-11-18", ("iso",), UTC) == "2026-11-18"
    day = {"from": "2026-11-18T00:00:00Z", "to": "2026-11-18T23:59:59Z"}
    assert fitted_time("moments.detected", ["2026-11-18"], ("iso",), UTC) == day
    assert fitted_time("facts.informed_at", "2026-11-18T10:00Z", ("iso",), UTC) == "2026-11-18T10:00:00Z"
    assert fitted_time("moments.detected", ["", None, {}], ("iso",), UTC) is None
    with pytest.raises(ValueError, match=r"^2 times where one is meant$"):
        fitted_time("moments.detected", ["2026-11-18", "2026-11-19"], ("iso",), UTC)
    with pytest.raises(ValueError, match=r"^only the day is known"):
        fitted_time("facts.informed_at", "2026-11-18", ("iso",), UTC)
