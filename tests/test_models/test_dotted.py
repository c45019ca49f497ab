"""Dotted names: what `incident set` and CSV write, and the record it makes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dotted import from_dotted
from models.record import RecordError, read_patch
from tests.test_models.examples import PARIS


@pytest.mark.parametrize(
    ("pairs", "record"),
    [
        ({}, {}),
        ({"title": "x"}, {"title": "x"}),
        ({"facts.subjects_count": "1200"}, {"facts": {"subjects_count": {"value": 1200}}}),
        ({"facts.subjects_count": " 1200 "}, {"facts": {"subjects_count": {"value": 1200}}}),
        (
            {"facts.subjects_count.value": "1200", "facts.subjects_count.approximate": "true"},
            {"facts": {"subjects_count": {"value": 1200, "approximate": True}}},
        ),
        (
            {"facts.subjects_count.min": "5", "facts.subjects_count.max": "9"},
            {"facts": {"subjects_count": {"min": 5, "max": 9}}},
        ),
        ({"facts.subjects_count.unknown": "true"}, {"facts": {"subjects_count": {"unknown": True}}}),
        (
            {"facts.people_by_country.FR": "12", "facts.people_by_country.BE.max": "9"},
            {"facts": {"people_by_country": {"FR": {"value": 12}, "BE": {"max": 9}}}},
        ),
        (
            {"facts.data_categories": "name| contact_email ||"},
            {"facts": {"data_categories": ["name", "contact_email"]}},
        ),
        ({"facts.data_categories": "name"}, {"facts": {"data_categories": ["name"]}}),
        ({"facts.other_dpas": "APD|AP"}, {"facts": {"other_dpas": ["APD", "AP"]}}),
        (
            {"facts.other_parties": "Carrier SA|Nuage SARL"},
            {"facts": {"other_parties": [{"name": "Carrier SA"}, {"name": "Nuage SARL"}]}},
        ),
        ({"facts.description": "one|two"}, {"facts": {"description": "one|two"}}),
        ({"facts.description": "1200"}, {"facts": {"description": "1200"}}),
        ({"facts.data_unintelligible": "false"}, {"facts": {"data_unintelligible": False}}),
        ({"tags": "a|b"}, {"tags": ["a", "b"]}),
        ({"moments.aware": "2026-11-18T09:00"}, {"moments": {"aware": "2026-11-18T08:00:00Z"}}),
        (
            {"moments.detected.from": "2026-11-18T09:00", "moments.detected.approximate": "true"},
            {"moments": {"detected": {"from": "2026-11-18T08:00:00Z", "approximate": True}}},
        ),
        ({"moments.occurred_from": "2026-11-18"}, {"moments": {"occurred_from": "2026-11-18"}}),
        ({"vendor": "kavkom"}, {"vendor": "kavkom"}),
        ({"vendor.name": "Nuage SARL"}, {"vendor": {"name": "Nuage SARL"}}),
        ({"personal_data": "false"}, {"personal_data": False}),
        ({"personal_data": " Unknown "}, {"personal_data": None}),
        ({"personal_data": "null"}, {"personal_data": None}),
        (
            {"customers.acme.affected": "false", "customers.acme.facts.subjects_count": "12", "customers.b.name": "B"},
            {
                "customers": [
                    {"id": "acme", "affected": False, "facts": {"subjects_count": {"value": 12}}},
                    {"id": "b", "name": "B"},
                ]
            },
        ),
        (
            {"customers.acme.facts.data_categories": "name|location"},
            {"customers": [{"id": "acme", "facts": {"data_categories": ["name", "location"]}}]},
        ),
        ({"place.zone": "Europe/Paris", "place.country": "FR"}, {"place": {"country": "FR", "zone": "Europe/Paris"}}),
    ],
    ids=str,
)
def test_dotted_names_make_a_record(pairs: dict[str, str], record: dict[str, Any]) -> None:
    assert read_patch(from_dotted(pairs), PARIS) == record


def test_a_number_and_what_is_said_of_it_may_come_in_any_order() -> None:
    rough, number = ("facts.subjects_count.approximate", "true"), ("facts.subjects_count", "1200")
    expected = {"facts": {"subjects_count": {"value": "1200", "approximate": "true"}}}
    assert from_dotted(dict([rough, number])) == expected
    assert from_dotted(dict([number, rough])) == expected


@pytest.mark.parametrize(
    ("pairs", "key", "reason"),
    [
        (
            {"facts.subjects_count": "1200", "facts.subjects_count.value": "1300"},
            "facts.subjects_count.value",
            "is given twice",
        ),
        ({"vendor": "kavkom", "vendor.name": "Kavkom"}, "vendor.name", "vendor already has a value of its own"),
        ({"vendor.name": "Kavkom", "vendor": "kavkom"}, "vendor", "is given twice"),
        ({"title": "x", "title.y": "z"}, "title.y", "title already has a value of its own"),
        ({"vendor": " Null "}, "vendor", "null takes nothing back; record what is true instead"),
        (
            {"facts.description": "null"},
            "facts.description",
            "null takes nothing back; record what is true instead",
        ),
        ({"customers.acme": "Acme SAS"}, "customers.acme", "names a customer but nothing of it; add .name"),
    ],
)
def test_what_can_make_no_record_is_refused(pairs: dict[str, str], key: str, reason: str) -> None:
    with pytest.raises(RecordError) as refused:
        from_dotted(pairs)
    assert refused.value.problems == ((key, reason),)


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ({"facts.size": "1"}, ("facts.size", "unknown key")),
        ({"colour": "red"}, ("colour", "unknown key")),
        ({"": "x"}, ("", "unknown key")),
        ({"facts..size": "x"}, ("facts.", "unknown key")),
        (
            {"facts.subjects_count": "12 000"},
            ("facts.subjects_count", 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'),
        ),
        (
            {"facts.subjects_count": "²"},
            ("facts.subjects_count.value", "must be a whole number, not '²'"),
        ),
        (
            {"customers.Acme SAS.name": "Acme SAS"},
            ("customers.0.id", "'Acme SAS' is not an id of small letters, digits and single hyphens, such as acme-sas"),
        ),
        ({"customers": "Acme"}, ("customers.0", "must be an object, not 'Acme'")),
    ],
)
def test_what_the_names_say_is_judged_by_the_record(pairs: dict[str, str], problem: tuple[str, str]) -> None:
    with pytest.raises(RecordError) as refused:
        read_patch(from_dotted(pairs), PARIS)
    assert refused.value.problems == (problem,)


def refusals_of(pairs: dict[str, str]) -> tuple[tuple[str, str], ...]:
    try:
        read_patch(from_dotted(pairs), PARIS)
    except RecordError as refused:
        return refused.problems
    return ()


steps = st.sampled_from(["facts", "moments", "customers", "subjects_count", "value", "aware", "acme", "title", "", "x"])
names = st.lists(steps, min_size=1, max_size=4).map(".".join)


@given(st.dictionaries(names, st.sampled_from(["1200", "true", "a|b", "", "2026-11-18T09:00Z"]), max_size=4))
def test_whatever_names_come_they_make_a_record_or_are_refused_in_words(pairs: dict[str, str]) -> None:
    assert all(reason for _, reason in refusals_of(pairs))
