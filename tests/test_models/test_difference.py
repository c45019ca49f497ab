"""The difference between two imports of one record: what is new, and nothing where nothing is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.difference import difference, merged

ACME = {"id": "acme", "name": "Acme SAS", "facts": {"subjects_count": {"value": 1}}}
BETA = {"id": "beta", "name": "Beta BV"}
FILING = {"duty": "gdpr-33-1", "at": "2026-11-20T10:00:00Z", "complete": False}
BEFORE: dict[str, Any] = {
    "title": "First",
    "personal_data": None,
    "tags": ["a"],
    "facts": {"description": "A guess.", "countries": ["FR"]},
    "moments": {"aware": "2026-11-18T09:00:00Z"},
    "place": {"country": "FR", "zone": "Europe/Paris"},
    "customers": [ACME, BETA],
    "filings": [FILING],
    "related": ["INC-2026-0007"],
}


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (BEFORE, {}),
        ({}, {}),
        ({"title": "Second"}, {"title": "Second"}),
        ({"summary": "New."}, {"summary": "New."}),
        ({"personal_data": None}, {}),
        ({"personal_data": False}, {"personal_data": False}),
        ({"tags": ["a", "b"]}, {"tags": ["a", "b"]}),
        ({"tags": []}, {"tags": []}),
        ({"facts": {}}, {}),
        ({"facts": {"countries": ["FR"]}}, {}),
        (
            {"facts": {"description": "The truth.", "countries": ["FR"], "severity": "limited"}},
            {"facts": {"description": "The truth.", "severity": "limited"}},
        ),
        ({"moments": {"aware": "2026-11-18T09:00:00Z"}}, {}),
        ({"moments": {"aware": "2026-11-17T09:00:00Z"}}, {"moments": {"aware": "2026-11-17T09:00:00Z"}}),
        ({"place": {"country": "BE", "zone": "Europe/Paris"}}, {"place": {"country": "BE"}}),
        ({"customers": [BETA]}, {}),
        ({"customers": [ACME | {"language": "fr"}]}, {"customers": [{"id": "acme", "language": "fr"}]}),
        (
            {"customers": [ACME | {"facts": {"subjects_count": {"value": 2}}}]},
            {"customers": [{"id": "acme", "facts": {"subjects_count": {"value": 2}}}]},
        ),
        ({"customers": [{"id": "gamma", "name": "Gamma AB"}]}, {"customers": [{"id": "gamma", "name": "Gamma AB"}]}),
        ({"filings": [FILING]}, {}),
        ({"filings": []}, {}),
        ({"filings": [FILING, FILING | {"complete": True}]}, {"filings": [FILING | {"complete": True}]}),
        ({"related": ["INC-2026-0007", "INC-2026-0008"]}, {"related": ["INC-2026-0008"]}),
    ],
    ids=str,
)
def test_only_what_is_new_or_otherwise_is_a_change(after: dict[str, Any], changes: dict[str, Any]) -> None:
    assert difference(BEFORE, after) == changes


def test_against_nothing_everything_that_says_something_is_a_change() -> None:
    assert difference({}, BEFORE) == BEFORE


def test_what_the_source_has_said_all_told() -> None:
    changes = {
        "title": "Second",
        "facts": {"description": "The truth."},
        "customers": [{"id": "acme", "language": "fr", "facts": {"records_count": {"value": 9}}}],
        "filings": [FILING | {"complete": True}],
        "related": ["INC-2026-0008"],
        "place": {"country": "BE"},
    }
    acme = {
        "id": "acme",
        "name": "Acme SAS",
        "language": "fr",
        "facts": {"subjects_count": {"value": 1}, "records_count": {"value": 9}},
    }
    assert merged(BEFORE, changes) == BEFORE | {
        "title": "Second",
        "facts": {"description": "The truth.", "countries": ["FR"]},
        "customers": [acme, BETA],
        "filings": [FILING, FILING | {"complete": True}],
        "related": ["INC-2026-0007", "INC-2026-0008"],
        "place": {"country": "BE", "zone": "Europe/Paris"},
    }


values = st.sampled_from(["x", "y", ["a"], None, {"value": 1}])
parts = st.dictionaries(st.sampled_from(["one", "two"]), values)
records = st.fixed_dictionaries(
    {},
    optional={
        "title": values,
        "tags": st.lists(st.sampled_from("ab"), unique=True),
        "facts": parts,
        "moments": parts,
        "related": st.lists(st.sampled_from("ab"), unique=True),
        "customers": st.lists(
            st.fixed_dictionaries(
                {"id": st.sampled_from("ab"), "name": st.sampled_from("xy")}, optional={"facts": parts}
            ),
            unique_by=lambda customer: str(customer["id"]),
        ),
    },
)


@given(records, records)
def test_what_was_taken_in_once_changes_nothing_again(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert difference(before, before) == {}
    assert difference(merged(before, difference(before, after)), after) == {}


@given(records, records)
def test_looking_for_a_difference_changes_neither(before: dict[str, Any], after: dict[str, Any]) -> None:
    shown = repr((before, after))
    merged(before, difference(before, after))
    assert repr((before, after)) == shown
