"""The import record: what it takes, how it is normalised, and what each refusal names."""

import json
from typing import Any

import pytest

from models.dossier import FACTS
from models.moments import MomentName
from models.record import RecordError, customer_id, read_patch, read_record
from models.record_parts import Facts, Moments
from tests.test_models.examples import EXAMPLE, PARIS, UTC_ZONE, problems_of, titled

NORMALISED: dict[str, Any] = {
    **{key: EXAMPLE[key] for key in ("ref", "source", "title", "summary", "role", "personal_data", "vendor")},
    **{key: EXAMPLE[key] for key in ("customers", "facts", "regimes", "sectors", "related", "tags")},
    "subprocessor": {
        "name": "Carrier SA",
        "aware": "2026-11-18T02:00:00Z",
        "told_vendor": "2026-11-18T03:00:00Z",
    },
    "moments": {
        "occurred_from": "2026-11-18T01:00:00Z",
        "detected": "2026-11-18T04:00:00Z",
        "suspected": "2026-11-18T05:30:00Z",
        "vendor_aware": "2026-11-18T05:00:00Z",
        "vendor_told_us": "2026-11-18T16:00:00Z",
        "aware": "2026-11-18T16:30:00Z",
    },
    "place": {"country": "FR", "zone": "Europe/Paris"},
    "closed": {"at": "2026-12-01T08:00:00Z", "because": "All told, nothing open"},
    "filings": [
        {
            "duty": "gdpr-33-1",
            "at": "2026-11-21T16:00:00Z",
            "channel": "portal",
            "to": "CNIL",
            "complete": False,
        }
    ],
}

# The facts as the public contract lists them, each with a value that it takes.
FACT_VALUES: dict[str, Any] = {
    "breach_types": ["confidentiality", "availability_temporary"],
    "incident_origin": ["hacking_malware_phishing"],
    "incident_cause": ["external_malicious"],
    "description": "[/x] \x1b[31m \u202e hostile, kept as it came \x00",
    "discovery_circumstances": "A tenant wrote in.",
    "date_comments": "The start is read from logs.",
    "systems_affected": "The archive of recordings.",
    "data_categories": ["contact_phone", "unknown"],
    "special_categories": ["health"],
    "records_count": {"min": 5000},
    "subject_categories": ["customers", "minors"],
    "subjects_count": {"unknown": True},
    "countries": ["FR", "BE"],
    "people_by_country": {"FR": {"value": 12}, "BE": {"max": 9}},
    "data_unintelligible": False,
    "measures_before": "Encryption at rest.",
    "consequences": ["c_misuse"],
    "likely_consequences": "Unwanted calls.",
    "harms": ["loss_of_control"],
    "severity": "limited",
    "severity_reason": "Few recordings.",
    "measures_remedy": "Access was closed.",
    "measures_prevent": "A test of every release.",
    "subjects_informed_status": "planned",
    "informed_at": "2026-11-20T10:00:00Z",
    "informed_planned_at": "2026-11-22T10:00:00Z",
    "informed_count": {"value": 0},
    "informed_channels": ["email", "in_app"],
    "informed_content": "What happened, and what to do.",
    "not_informed_reason": "art34_3_a_protected",
    "delay_reasons": "The vendor was late.",
    "contact_point": "privacy@example.example",
    "other_parties": [{"name": "Carrier SA", "role": "sub-processor", "contact": "noc@carrier.example"}],
    "other_dpas": ["APD"],
    "other_regulators": ["the telecom regulator"],
    "police_report": "Filed on 20 November.",
    "own_reference": "T-77",
}


def test_the_example_of_the_public_contract_is_normalised() -> None:
    assert read_record(EXAMPLE, UTC_ZONE) == NORMALISED


def test_only_the_title_is_required() -> None:
    assert read_record({"title": "x"}, PARIS) == {"title": "x"}
    assert problems_of({}) == (("title", "is required"),)


def test_the_facts_are_those_of_the_public_contract_and_no_others() -> None:
    assert tuple(FACT_VALUES) == FACTS == tuple(Facts.model_fields)


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_taken_as_it_came(name: str) -> None:
    facts = {name: FACT_VALUES[name]}
    assert read_record(titled(facts=facts), PARIS) == titled(facts=facts)


@pytest.mark.parametrize("name", MomentName)
def test_every_moment_is_an_instant_or_a_range(name: str) -> None:
    assert name in Moments.model_fields
    assert read_record(titled(moments={name: "2026-11-18T14:30"}), PARIS) == titled(
        moments={name: "2026-11-18T13:30:00Z"}
    )
    spanned = {"from": "2026-11-18T14:30", "to": "2026-11-18T16:30+02:00", "approximate": True}
    assert read_record(titled(moments={name: spanned}), PARIS) == titled(
        moments={name: {"from": "2026-11-18T13:30:00Z", "to": "2026-11-18T14:30:00Z", "approximate": True}}
    )


@pytest.mark.parametrize(
    ("spanned", "normalised"),
    [
        ({"from": "2026-11-18T14:30Z"}, {"from": "2026-11-18T14:30:00Z", "approximate": False}),
        (
            {"from": "2026-11-18T14:30Z", "to": "2026-11-18T15:30+01:00"},
            {"from": "2026-11-18T14:30:00Z", "to": "2026-11-18T14:30:00Z", "approximate": False},
        ),
    ],
)
def test_a_range_may_be_open_or_but_one_instant(spanned: dict[str, str], normalised: dict[str, object]) -> None:
    assert read_record(titled(moments={"detected": spanned}), PARIS) == titled(moments={"detected": normalised})


@pytest.mark.parametrize(
    "count",
    [{"value": 0}, {"value": 10**12}, {"min": 7, "max": 7}, {"max": 7}, {"min": 7, "approximate": True}],
    ids=str,
)
def test_a_count_at_its_edges(count: dict[str, object]) -> None:
    facts = {"subjects_count": count}
    assert read_record(titled(facts=facts), PARIS) == titled(facts=facts)


def test_an_id_has_sixty_characters_at_most() -> None:
    assert read_record(titled(contract="x" * 60), PARIS) == titled(contract="x" * 60)
    assert [key for key, _ in problems_of(titled(contract="x" * 61))] == ["contract"]


@pytest.mark.parametrize("name", MomentName)
def test_only_the_occurrence_may_be_a_bare_date(name: str) -> None:
    record = titled(moments={name: "2026-11-18"})
    if name.startswith("occurred"):
        assert read_record(record, PARIS) == record
    else:
        reason = "2026-11-18 is a day without a time; write it with one, such as 2026-11-18T14:30+01:00"
        assert problems_of(record) == ((f"moments.{name}", reason),)


@pytest.mark.parametrize("name", MomentName)
def test_only_awareness_may_have_candidates(name: str) -> None:
    candidates = [{"at": "2026-11-18T14:30", "why": "the report"}, {"at": "2026-11-18T12:00Z"}]
    record = titled(moments={name: candidates})
    if name == "aware":
        assert read_record(record, PARIS)["moments"] == {
            "aware": [{"at": "2026-11-18T13:30:00Z", "why": "the report"}, {"at": "2026-11-18T12:00:00Z"}]
        }
    else:
        reason = "a time is a text such as 2026-11-18T14:30+01:00, not a number or an object"
        assert problems_of(record) == ((f"moments.{name}", reason),)


def test_the_records_own_zone_comes_before_the_settings() -> None:
    local = {"moments": {"detected": "2026-11-18T14:30"}}
    tokyo = titled(place={"zone": "Asia/Tokyo"}, **local)
    assert read_record(tokyo, PARIS)["moments"]["detected"] == "2026-11-18T05:30:00Z"
    assert read_record(titled(**local), PARIS)["moments"]["detected"] == "2026-11-18T13:30:00Z"


def test_the_zone_also_rules_the_times_of_facts_filings_and_subprocessors() -> None:
    local = "2026-11-18T14:30"
    record = titled(
        facts={"informed_at": local},
        filings=[{"duty": "gdpr-33-1", "at": local}],
        subprocessor={"name": "Carrier SA", "aware": local},
    )
    read = read_record(record, PARIS)
    assert read["facts"]["informed_at"] == "2026-11-18T13:30:00Z"
    assert read["filings"] == [{"duty": "gdpr-33-1", "at": "2026-11-18T13:30:00Z", "complete": True}]
    assert read["subprocessor"] == {"name": "Carrier SA", "aware": "2026-11-18T13:30:00Z"}


@pytest.mark.parametrize("value", [True, False, None])
def test_personal_data_not_known_is_not_the_same_as_saying_nothing(value: object) -> None:
    assert read_record(titled(personal_data=value), PARIS) == titled(personal_data=value)
    assert read_patch({"personal_data": value}, PARIS) == {"personal_data": value}


@pytest.mark.parametrize("role", ["controller", "joint-controller", "processor", "sub-processor"])
def test_every_role(role: str) -> None:
    assert read_record(titled(role=role), PARIS) == titled(role=role)


@pytest.mark.parametrize("record", [{"ref": "INC-2026-0001", "source": "soc"}, {"ref": "INC-2026-0001-b"}], ids=str)
def test_a_reference_that_cannot_be_taken_for_ours(record: dict[str, str]) -> None:
    assert read_record(titled(**record), PARIS) == titled(**record)


def test_a_vendor_is_a_playbook_or_a_name() -> None:
    assert read_record(titled(vendor="kavkom"), PARIS) == titled(vendor="kavkom")
    named = titled(vendor={"name": "Nuage SARL"})
    assert read_record(named, PARIS) == named


def test_a_customer_needs_but_a_name_and_gets_its_id_from_it() -> None:
    whole = {
        "id": "acme",
        "name": "Acme SAS",
        "role": "processor",
        "contract": "kavkom",
        "contact": "privacy@acme.example",
        "language": "fr",
        "affected": False,
        "facts": {"subjects_count": {"value": 1200}},
    }
    read = read_record(titled(customers=[whole, {"name": "Beta & Söhne GmbH"}]), PARIS)
    assert read["customers"] == [whole, {"id": "beta-s-hne-gmbh", "name": "Beta & Söhne GmbH"}]


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        ({"id": "acme", "name": "Other"}, "acme"),
        ({"name": "Acme SAS"}, "acme-sas"),
        ({"name": "  A.C.M.E.  "}, "a-c-m-e"),
        ({"name": "日本"}, "customer"),
        ({"name": "Unnamed"}, "unnamed-1"),
        ({"name": "x" * 100}, "x" * 60),
        ({"name": "x" * 59 + " y"}, "x" * 59),
    ],
)
def test_the_id_made_of_a_name(customer: dict[str, str], expected: str) -> None:
    assert customer_id(customer) == expected


def test_a_patch_may_hold_any_part() -> None:
    assert read_patch({}, PARIS) == {}
    assert read_patch({"customers": [{"id": "acme", "affected": False}]}, PARIS) == {
        "customers": [{"id": "acme", "affected": False}]
    }
    assert read_patch({"moments": {"aware": "2026-11-18T14:30"}}, PARIS) == {
        "moments": {"aware": "2026-11-18T13:30:00Z"}
    }


def test_a_patch_is_judged_as_strictly() -> None:
    with pytest.raises(RecordError) as refused:
        read_patch({"title": "", "colour": "red"}, PARIS)
    assert refused.value.problems == (
        ("title", "'' is not a text with something in it"),
        ("colour", "unknown key"),
    )


def test_nothing_of_the_record_handed_in_is_changed() -> None:
    record = titled(customers=[{"name": "Acme"}], moments={"aware": "2026-11-18T14:30"})
    before = json.dumps(record)
    read_record(record, PARIS)
    assert json.dumps(record) == before
