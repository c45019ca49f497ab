"""The import record: what it takes, how it is normalised, and what each refusal names."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.dossier import FACTS
from models.moments import MomentName
from models.record import RecordError, RecordFields, customer_id, read_patch, read_record, record_schema
from models.record_parts import Facts, Moments
from tests.test_models.examples import PARIS, UTC_ZONE

# The example of the public contract, its ellipses filled in.
EXAMPLE: dict[str, Any] = {
    "ref": "SOC-2026-1187",
    "source": "soc",
    "title": "Call recordings readable by other tenants",
    "summary": "Seen by a tenant.",
    "role": "controller",
    "personal_data": True,
    "vendor": "kavkom",
    "subprocessor": {
        "name": "Carrier SA",
        "aware": "2026-11-18T03:00:00+01:00",
        "told_vendor": "2026-11-18T04:00:00+01:00",
    },
    "contract": None,
    "customers": [],
    "moments": {
        "occurred_from": "2026-11-18T02:00:00+01:00",
        "occurred_to": None,
        "detected": "2026-11-18T05:00",
        "suspected": "2026-11-18T05:30Z",
        "vendor_aware": "2026-11-18T06:00:00+01:00",
        "vendor_told_us": "2026-11-18T17:00:00+01:00",
        "aware": "2026-11-18T17:30:00+01:00",
        "incident_aware": None,
        "classified": None,
        "measure_available": None,
        "contained": None,
        "resolved": None,
    },
    "facts": {
        "breach_types": ["confidentiality"],
        "description": "A tenant could play the recordings of others.",
        "data_categories": ["contact_email"],
        "subject_categories": ["customers"],
        "subjects_count": {"value": 1200, "approximate": True},
        "records_count": {"min": 5000, "max": 9000},
        "countries": ["FR", "BE"],
        "likely_consequences": "Calls may be heard by strangers.",
        "measures_remedy": "Access was closed.",
    },
    "regimes": ["gdpr"],
    "sectors": [],
    "place": {"country": "FR", "subdivision": None, "zone": "Europe/Paris"},
    "filings": [
        {
            "duty": "gdpr-33-1",
            "at": "2026-11-21T17:00:00+01:00",
            "channel": "portal",
            "to": "CNIL",
            "complete": False,
            "reference": None,
        }
    ],
    "related": [],
    "tags": ["vendor"],
}

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


def problems_of(data: Any, zone: ZoneInfo = PARIS) -> tuple[tuple[str, str], ...]:
    with pytest.raises(RecordError) as refused:
        read_record(data, zone)
    return refused.value.problems


def titled(**record: Any) -> dict[str, Any]:
    return {"title": "x", **record}


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


def test_the_schema_has_every_key_of_the_example_and_refuses_others() -> None:
    schema = record_schema()
    parts = schema["$defs"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["title"]
    assert set(schema["properties"]) == set(EXAMPLE) == set(RecordFields.model_fields)
    assert set(parts["Moments"]["properties"]) == set(EXAMPLE["moments"])
    assert tuple(parts["Facts"]["properties"]) == FACTS
    assert set(parts["Subprocessor"]["properties"]) == set(EXAMPLE["subprocessor"])
    assert set(parts["Place"]["properties"]) == set(EXAMPLE["place"])
    assert set(parts["Filing"]["properties"]) == set(EXAMPLE["filings"][0])
    assert set(parts["InstantRange"]["properties"]) == {"from", "to", "approximate"}
    assert schema["additionalProperties"] is False
    objects = [part for part in parts.values() if part["type"] == "object"]
    assert len(objects) == 11
    assert all(part["additionalProperties"] is False for part in objects)


def test_the_schema_says_how_times_and_codes_are_written() -> None:
    parts = record_schema()["$defs"]
    instant = {"type": "string", "format": "date-time", "description": "ISO 8601; without an offset: local time"}
    day = {"type": "string", "format": "date"}
    detected = parts["Moments"]["properties"]["detected"]["anyOf"][0]
    assert detected["oneOf"] == [instant, {"$ref": "#/$defs/InstantRange"}]
    occurred = parts["Moments"]["properties"]["occurred_from"]["anyOf"][0]
    assert occurred["oneOf"] == [instant, {"$ref": "#/$defs/InstantRange"}, day]
    country = parts["Place"]["properties"]["country"]["anyOf"][0]
    assert country == {"type": "string", "pattern": "^[A-Z]{2}$"}


texts = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != "" and text.isprintable())
instants = st.builds(
    "{}-{:02}-{:02}T{:02}:{:02}{}".format,
    st.integers(1950, 2150),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(4, 23),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+05:45", "-03:30"]),
)
ranges = st.builds(lambda at, rough: {"from": at, "approximate": rough}, instants, st.booleans())
candidates = st.lists(st.fixed_dictionaries({"at": instants}, optional={"why": texts}), max_size=3)
days = st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(str)
counts = st.one_of(
    st.fixed_dictionaries({"value": st.integers(0, 10**12)}, optional={"approximate": st.booleans()}),
    st.integers(0, 10**6).map(lambda least: {"min": least, "max": least + 5}),
    st.just({"unknown": True}),
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "description": texts,
        "subjects_count": counts,
        "people_by_country": st.dictionaries(st.sampled_from(["FR", "BE"]), counts),
        "data_categories": st.lists(st.sampled_from(["name", "location"])),
        "data_unintelligible": st.booleans() | st.none(),
        "informed_at": instants,
    },
)
records = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "ref": texts,
        "summary": st.text(max_size=20),
        "personal_data": st.booleans() | st.none(),
        "vendor": st.just("kavkom") | st.fixed_dictionaries({"name": texts}) | st.none(),
        "customers": st.lists(
            st.fixed_dictionaries({"name": texts}, optional={"facts": facts, "affected": st.booleans()}),
            max_size=2,
            unique_by=customer_id,
        ),
        "moments": st.fixed_dictionaries(
            {},
            optional={"occurred_from": instants | ranges | days, "detected": ranges, "aware": instants | candidates},
        ),
        "facts": facts,
        "place": st.fixed_dictionaries({}, optional={"zone": st.sampled_from(["Europe/Paris", "Asia/Kathmandu"])}),
        "filings": st.lists(st.fixed_dictionaries({"duty": texts, "at": instants}), max_size=2),
    },
)


@given(records)
@example(EXAMPLE)
@example(titled(moments={"detected": "1900-01-02T00:00Z"}))
def test_normalising_again_changes_nothing_in_any_zone(record: dict[str, Any]) -> None:
    once = read_record(record, PARIS)
    assert read_record(once, PARIS) == once
    assert read_record(once, ZoneInfo("Asia/Tokyo")) == once
    assert read_record(json.loads(json.dumps(once)), PARIS) == once


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


@given(st.dictionaries(st.sampled_from(sorted(EXAMPLE)), plain_json, max_size=4))
def test_whatever_json_comes_it_is_taken_or_refused_in_words(record: dict[str, Any]) -> None:
    outcome = taken_or_refused(record)
    if isinstance(outcome, dict):
        assert json.loads(json.dumps(outcome, allow_nan=False)) == outcome
    else:
        assert all(reason for _, reason in outcome)
        assert outcome
