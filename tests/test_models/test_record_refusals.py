"""Records that are refused: each fault at its key, with its reason, and whatever JSON comes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.record import RecordError, RecordFields, read_record
from tests.test_models.examples import PARIS, problems_of, titled


@pytest.mark.parametrize(
    ("record", "problems"),
    [
        ([], (("", "a record is one JSON object"),)),
        ("x", (("", "a record is one JSON object"),)),
        (None, (("", "a record is one JSON object"),)),
        ({"title": ""}, (("title", "'' is not a text with something in it"),)),
        ({"title": " \t "}, (("title", "' \\t ' is not a text with something in it"),)),
        ({"title": None}, (("title", "null is not a text with something in it"),)),
        ({"title": ["x"]}, (("title", "a list is not a text with something in it"),)),
        ({"title": "half \ud800"}, (("title", "'half \\ud800' is not a text with something in it"),)),
        (titled(summary="half \ud800"), (("summary", "is not text: it holds half a character"),)),
        (titled(colour="red"), (("colour", "unknown key"),)),
        (titled(moments={"awareness": "2026-11-18T14:30Z"}), (("moments.awareness", "unknown key"),)),
        (titled(facts={"cause": "x", "size": 1}), (("facts.cause", "unknown key"), ("facts.size", "unknown key"))),
        (titled(place={"city": "Paris"}), (("place.city", "unknown key"),)),
        (titled(filings=[{"duty": "a", "at": "2026-11-18T14:30Z", "by": "x"}]), (("filings.0.by", "unknown key"),)),
        (titled(customers=[{"name": "A", "size": 1}]), (("customers.0.size", "unknown key"),)),
        (titled(vendor={"name": "A", "id": "a"}), (("vendor.id", "unknown key"),)),
        (titled(subprocessor={"name": "A", "at": "x"}), (("subprocessor.at", "unknown key"),)),
        (titled(subprocessor={}), (("subprocessor.name", "is required"),)),
        (titled(moments=["aware"]), (("moments", "must be an object, not a list"),)),
        (titled(facts="many"), (("facts", "must be an object, not 'many'"),)),
        (
            titled(role="boss"),
            (("role", "must be 'controller', 'joint-controller', 'processor' or 'sub-processor', not 'boss'"),),
        ),
        (titled(personal_data="perhaps"), (("personal_data", "must be true or false, not 'perhaps'"),)),
        (
            titled(vendor="Nuage SARL"),
            (("vendor", "'Nuage SARL' is not an id of small letters, digits and single hyphens, such as acme-sas"),),
        ),
        (titled(vendor={}), (("vendor.name", "is required"),)),
        (
            titled(contract=5),
            (("contract", "5 is not an id of small letters, digits and single hyphens, such as acme-sas"),),
        ),
        (
            titled(moments={"aware": "2026-03-29T02:30"}),
            (
                (
                    "moments.aware",
                    "2026-03-29 02:30 does not exist in Europe/Paris: clocks went forward over it; add the offset",
                ),
            ),
        ),
        (
            titled(moments={"aware": "2026-10-25T02:30"}),
            (
                (
                    "moments.aware",
                    "2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; add the offset, +02:00 or +01:00",
                ),
            ),
        ),
        (
            titled(moments={"aware": "last night"}),
            (("moments.aware", "'last night' is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00"),),
        ),
        (
            titled(moments={"aware": 1763476200}),
            (("moments.aware", "a time is a text such as 2026-11-18T14:30+01:00, not a number or an object"),),
        ),
        (
            titled(moments={"aware": {"from": "2026-11-18T14:30Z", "to": "2026-11-18T14:29Z"}}),
            (("moments.aware", "'to' is before 'from'"),),
        ),
        (titled(moments={"aware": {"to": "2026-11-18T14:30Z"}}), (("moments.aware.from", "is required"),)),
        (
            titled(moments={"aware": {"from": "2026-11-18T14:30Z", "until": "x"}}),
            (("moments.aware.until", "unknown key"),),
        ),
        (titled(moments={"aware": [{"why": "x"}]}), (("moments.aware.0.at", "is required"),)),
        (
            titled(moments={"occurred_from": "2026-02-30"}),
            (("moments.occurred_from", "'2026-02-30' is not a date; write it as 2026-11-18"),),
        ),
        (
            titled(moments={"occurred_to": {"from": "2026-11-18"}}),
            (
                (
                    "moments.occurred_to.from",
                    "2026-11-18 is a day without a time; write it with one, such as 2026-11-18T14:30+01:00",
                ),
            ),
        ),
        (
            titled(facts={"subjects_count": 1200}),
            (("facts.subjects_count", 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'),),
        ),
        (
            titled(facts={"subjects_count": {}}),
            (("facts.subjects_count", 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'),),
        ),
        (
            titled(facts={"subjects_count": {"value": 1, "max": 2}}),
            (("facts.subjects_count", 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'),),
        ),
        (
            titled(facts={"subjects_count": {"value": 1, "unknown": True}}),
            (("facts.subjects_count", 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'),),
        ),
        (
            titled(facts={"records_count": {"min": 3, "max": 2}}),
            (("facts.records_count", "'min' is greater than 'max'"),),
        ),
        (
            titled(facts={"subjects_count": {"value": -1}}),
            (("facts.subjects_count.value", "must be greater than or equal to 0, not -1"),),
        ),
        (
            titled(facts={"subjects_count": {"value": 10**12 + 1}}),
            (("facts.subjects_count.value", "must be less than or equal to 1000000000000, not 1000000000001"),),
        ),
        (
            titled(facts={"subjects_count": {"value": 1.5}}),
            (("facts.subjects_count.value", "must be a whole number, not 1.5"),),
        ),
        (
            titled(facts={"subjects_count": {"value": True}}),
            (("facts.subjects_count.value", "must be a number, not true or false"),),
        ),
        (
            titled(facts={"severity": "grave"}),
            (("facts.severity", "must be 'negligible', 'limited', 'significant' or 'maximal', not 'grave'"),),
        ),
        (titled(facts={"harms": "fraud"}), (("facts.harms", "must be a list, not 'fraud'"),)),
        (titled(facts={"countries": ["FR", "fr"]}), (("facts.countries.1", "'fr' is not a country code such as FR"),)),
        (
            titled(facts={"people_by_country": {"France": {"value": 1}}}),
            (("facts.people_by_country.France", "'France' is not a country code such as FR"),),
        ),
        (titled(customers=[{"id": "acme"}]), (("customers.0.name", "is required"),)),
        (titled(customers=["Acme"]), (("customers.0", "must be an object, not 'Acme'"),)),
        (
            titled(customers=[{"name": "Acme"}, {"name": "ACME"}]),
            (("customers.1.id", "'acme' is taken; give each customer its own"),),
        ),
        (
            titled(customers=[{"id": "unnamed", "name": "A"}]),
            (("customers.0.id", "'unnamed' stands for customers not recorded yet; choose another id"),),
        ),
        (
            titled(customers=[{"name": "A", "role": "sub-processor"}]),
            (("customers.0.role", "'sub-processor' is not a customer's role: controller or processor"),),
        ),
        (
            titled(customers=[{"name": "A", "language": "French"}]),
            (("customers.0.language", "'French' is not a language code such as fr"),),
        ),
        (
            titled(customers=[{"name": "A", "facts": {"size": 1}}]),
            (("customers.0.facts.size", "unknown key"),),
        ),
        (
            titled(place={"zone": "Mars/Base"}, moments={"aware": "2026-11-18T14:30"}),
            (("place.zone", "'Mars/Base' is not a time zone; write one such as Europe/Paris"),),
        ),
        (
            titled(place={"zone": "../../etc/passwd"}),
            (("place.zone", "'../../etc/passwd' is not a time zone; write one such as Europe/Paris"),),
        ),
        (
            titled(place={"zone": "Europe"}),
            (("place.zone", "'Europe' is not a time zone; write one such as Europe/Paris"),),
        ),
        (titled(place={"country": "FRA"}), (("place.country", "'FRA' is not a country code such as FR"),)),
        (
            titled(place={"subdivision": "Bavaria"}),
            (("place.subdivision", "'Bavaria' is not the code of a subdivision, such as BY"),),
        ),
        (titled(filings=[{}]), (("filings.0.duty", "is required"), ("filings.0.at", "is required"))),
        (
            titled(ref="INC-2026-0001"),
            (("ref", "'INC-2026-0001' is how incidents are named here; say in source whose name it is"),),
        ),
        (titled(tags="vendor"), (("tags", "must be a list, not 'vendor'"),)),
        (titled(related=[""]), (("related.0", "'' is not a text with something in it"),)),
        (
            titled(regimes=["GDPR"]),
            (("regimes.0", "'GDPR' is not an id of small letters, digits and single hyphens, such as acme-sas"),),
        ),
    ],
    ids=ascii,
)
def test_each_fault_is_named_by_its_key_with_its_reason(record: Any, problems: tuple[tuple[str, str], ...]) -> None:
    assert problems_of(record) == problems


def test_all_faults_are_told_at_once_in_one_line_each() -> None:
    with pytest.raises(RecordError) as refused:
        read_record({"colour": "red", "role": "processor", "tags": 1}, PARIS)
    assert str(refused.value) == "title: is required; tags: must be a list, not 1; colour: unknown key"


def test_a_long_value_is_quoted_shortly() -> None:
    ((key, reason),) = problems_of(titled(contract="X" * 100_000))
    assert key == "contract"
    assert len(reason) < 140


def taken_or_refused(record: Any) -> dict[str, Any] | tuple[tuple[str, str], ...]:
    try:
        return read_record(record, PARIS)
    except RecordError as refused:
        return refused.problems


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(RecordFields.model_fields)), plain_json, max_size=4))
def test_whatever_json_comes_it_is_taken_or_refused_in_words(record: dict[str, Any]) -> None:
    outcome = taken_or_refused(record)
    if isinstance(outcome, dict):
        assert json.loads(json.dumps(outcome, allow_nan=False)) == outcome
    else:
        assert all(reason for _, reason in outcome)
        assert outcome
