"""What a repeated import says anew: laid over what was said before, it gives what was said last."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.difference import difference, merged
from models.record import read_record

UTC_ZONE = ZoneInfo("UTC")
FILED = {"duty": "gdpr-33-1", "at": "2026-10-24T09:00:00Z", "complete": True}
TOLD = FILED | {"duty": "gdpr-34"}
BOLT = {"id": "bolt", "name": "Bolt"}
ACME = {"id": "acme", "name": "Acme", "facts": {"subjects_count": {"value": 7}}}


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"title": "A"}, {"title": "A"}, {}),
        ({"title": "A"}, {"title": "B"}, {"title": "B"}),
        ({"title": "A"}, {"title": "A", "summary": "S"}, {"summary": "S"}),
        ({"title": "A", "summary": "S"}, {"title": "A"}, {}),
        # not known yet is a statement of its own
        ({}, {"personal_data": None}, {"personal_data": None}),
        ({"personal_data": None}, {"personal_data": None}, {}),
        ({"personal_data": True}, {"personal_data": None}, {"personal_data": None}),
        # a vendor is one thing, a list of tags too: said anew it is said whole
        ({"vendor": {"name": "A"}}, {"vendor": "kavkom"}, {"vendor": "kavkom"}),
        ({"tags": ["a"]}, {"tags": ["a", "b"]}, {"tags": ["a", "b"]}),
        ({"tags": ["a"]}, {"tags": []}, {"tags": []}),
        # facts, moments and place are compared part by part
        (
            {"facts": {"description": "a", "harms": ["fraud"]}},
            {"facts": {"description": "b", "harms": ["fraud"]}},
            {"facts": {"description": "b"}},
        ),
        ({"facts": {"description": "a"}}, {"facts": {}}, {}),
        ({}, {"moments": {"aware": "2026-10-24T09:00:00Z"}}, {"moments": {"aware": "2026-10-24T09:00:00Z"}}),
        ({"place": {"zone": "UTC", "country": "FR"}}, {"place": {"zone": "UTC"}}, {}),
        # what was filed or linked once is not undone by silence
        ({"filings": [FILED]}, {"filings": []}, {}),
        ({"filings": [FILED]}, {"filings": [FILED, TOLD]}, {"filings": [TOLD]}),
        ({"related": ["a", "b"]}, {"related": ["b", "c"]}, {"related": ["c"]}),
        # a customer is known by its id
        ({"customers": [ACME]}, {"customers": [ACME]}, {}),
        ({"customers": [ACME]}, {"customers": []}, {}),
        ({"customers": [ACME]}, {"customers": [{"id": "acme", "name": "Acme"}]}, {}),
        ({"customers": [ACME]}, {"customers": [ACME | {"facts": {}}]}, {}),
        (
            {"customers": [ACME]},
            {"customers": [{"id": "acme", "name": "Acme SAS", "facts": {"subjects_count": {"value": 7}}}]},
            {"customers": [{"id": "acme", "name": "Acme SAS"}]},
        ),
        (
            {"customers": [ACME]},
            {"customers": [{"id": "acme", "facts": {"description": "d"}, "name": "Acme"}, BOLT]},
            {"customers": [{"id": "acme", "facts": {"description": "d"}}, BOLT]},
        ),
    ],
)  # fmt: skip
def test_what_is_said_anew(before: dict[str, Any], after: dict[str, Any], changes: dict[str, Any]) -> None:
    assert difference(before, after) == changes


def test_laid_over_nothing_is_lost() -> None:
    before = {"title": "A", "facts": {"harms": ["fraud"]}, "filings": [FILED], "customers": [ACME]}
    changes = {
        "summary": "S",
        "facts": {"description": "d"},
        "filings": [TOLD],
        "customers": [{"id": "acme", "facts": {"description": "d"}}, {"id": "bolt", "name": "Bolt"}],
    }
    assert merged(before, changes) == {
        "title": "A",
        "summary": "S",
        "facts": {"harms": ["fraud"], "description": "d"},
        "filings": [FILED, TOLD],
        "customers": [
            {"id": "acme", "name": "Acme", "facts": {"subjects_count": {"value": 7}, "description": "d"}},
            {"id": "bolt", "name": "Bolt"},
        ],
    }


def test_neither_argument_is_changed() -> None:
    before = {"facts": {"harms": ["fraud"]}, "customers": [{**ACME}], "filings": [FILED]}
    after = {"facts": {"harms": []}, "customers": [ACME | {"name": "B"}], "filings": [TOLD]}
    kept = [repr(before), repr(after)]
    merged(before, difference(before, after))
    assert [repr(before), repr(after)] == kept


WORDS = st.sampled_from(["a", "b"])
RECORDS = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "summary": WORDS,
        "personal_data": st.sampled_from([True, False, None]),
        "vendor": st.one_of(WORDS, st.builds(lambda name: {"name": name}, WORDS)),
        "tags": st.lists(WORDS, max_size=2),
        "facts": st.fixed_dictionaries({}, optional={"description": WORDS, "likely_consequences": WORDS}),
        "moments": st.fixed_dictionaries(
            {}, optional={"detected": st.sampled_from(["2026-10-24T09:00:00Z", "2026-10-24T10:00:00Z"])}
        ),
        "related": st.lists(WORDS, max_size=2, unique=True),
        "filings": st.lists(st.builds(lambda duty: FILED | {"duty": duty}, WORDS), max_size=2, unique_by=str),
        "customers": st.lists(
            st.fixed_dictionaries(
                {"name": WORDS}, optional={"language": WORDS.map(lambda sign: sign * 2), "affected": st.booleans()}
            ),
            max_size=2,
            unique_by=lambda customer: str(customer["name"]),
        ),
    },
).map(lambda data: read_record(data, UTC_ZONE))


@given(RECORDS)
def test_the_same_again_says_nothing(record: dict[str, Any]) -> None:
    assert difference(record, record) == {}


@given(RECORDS, RECORDS)
def test_once_taken_in_it_says_nothing_any_more(before: dict[str, Any], after: dict[str, Any]) -> None:
    now = merged(before, difference(before, after))
    assert difference(now, after) == {}


@given(RECORDS, RECORDS)
def test_what_was_said_before_and_not_otherwise_stays(before: dict[str, Any], after: dict[str, Any]) -> None:
    now = merged(before, difference(before, after))
    for key, value in before.items():
        if key not in after:
            assert now[key] == value


@given(RECORDS)
def test_over_nothing_a_record_says_all_of_itself(record: dict[str, Any]) -> None:
    said = {key: value for key, value in record.items() if value not in ([], {}) or key == "tags"}
    assert difference({}, record) == said
