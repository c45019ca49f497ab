"""The EDPB's common template for scripts: its own field names and option letters, nothing else."""

import json
import re
from datetime import date
from typing import Any

import pytest

from incident.notices.render import render
from models.authority import FormField
from models.incident import Incident
from models.organisation import Organisation
from tests.builders import decided, incident, organisation, sent, shipped_rules
from tests.test_incident.draft_examples import RICH, drafts
from tests.test_incident.sheets import items, sheet, ticked, with_facts
from tests.test_incident.test_notices_forms import AMERICAN, CASES

EDPB = shipped_rules().authorities["edpb"]
FIELDS = {str(question.key): question for question in EDPB.fields}

LISTS = {"field_40"} | {key for key, question in FIELDS.items() if question.type == "choices"}
NUMBERS = {"field_68", "field_73", "field_117", "field_122"}
INSTANTS = {"field_46", "field_47", "field_48"}
DAYS = {"field_52", "field_98", "field_99"}
"""What the template's own description of its fields takes, where that is no text and no letter."""


def document(what: Incident | dict[str, Any], us: Organisation | None = None, **wanted: Any) -> Any:
    (notice,) = drafts("authority", what, us, authority="edpb", **wanted)
    return json.loads(render(notice, "json"))


def fits(key: str, value: Any) -> bool:
    """True where a value is what the template takes in a field."""
    question = FIELDS[key]
    if key in LISTS:
        return isinstance(value, list) and value != [] and all(_one(question, part) for part in value)
    return _one(question, value)


def _one(question: FormField, value: Any) -> bool:
    letters = {option.code for option in EDPB.options_of(question)}
    if letters:
        return value in letters
    if question.key in NUMBERS:
        return type(value) is int and value >= 0
    if question.type == "yes-no":
        return type(value) is bool
    if question.key in INSTANTS:
        return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value) is not None
    if question.key in DAYS:
        return bool(date.fromisoformat(value))
    return isinstance(value, str) and value.strip() != ""


@pytest.mark.parametrize("phase", [None, "follow-up", "complete"])
@pytest.mark.parametrize("case", CASES)
def test_every_answer_is_what_its_field_takes(case: str, phase: str | None) -> None:
    what, us = CASES[case]
    found = document(what, us, phase=phase)
    assert [key for key, value in found["answers"].items() if not fits(key, value)] == []
    assert set(found["missing"]) <= set(FIELDS)


@pytest.mark.parametrize("case", CASES)
def test_what_the_template_always_wants_is_answered_or_missing(case: str) -> None:
    found = document(*CASES[case])
    always = {key for key, question in FIELDS.items() if question.required and question.only_if is None}
    asked_of_few = {"field_6", "field_18", "field_19", "field_111"}
    assert always - asked_of_few - set(found["answers"]) <= set(found["missing"])


def test_answers_in_letters_figures_days_and_instants() -> None:
    answers = document(RICH)["answers"]
    assert {key: answers[key] for key in ("field_3", "field_4", "field_55", "field_60", "field_68", "field_70")} == {
        "field_3": "a",
        "field_4": "b",
        "field_55": ["a", "c"],
        "field_60": "n",
        "field_68": 1200,
        "field_70": ["a", "b", "k", "u"],
    }
    assert (answers["field_40"], answers["field_45"]) == (["Kavkom", "Carrier Example"], False)
    assert (answers["field_48"], answers["field_52"], answers["field_99"]) == (
        "2026-10-24T07:00:00Z",
        "2026-10-24",
        "2026-10-30",
    )


def test_a_range_is_no_figure_and_a_day_no_instant() -> None:
    record = {**RICH, "moments": {**RICH["moments"], "occurred_from": "2026-10-18", "occurred_to": "2026-10-19"}}
    found = document(record)
    assert {"field_46", "field_47", "field_73"} <= set(found["missing"])
    assert (found["answers"]["field_44"], found["answers"]["field_45"]) == ("b", True)
    beginning = items(sheet(record, authority="edpb"))["46"]
    assert beginning.text == "18 October 2026 (time of day not known)"
    assert beginning.remarks == ("the form takes one date and time: choose it within what was recorded",)


@pytest.mark.parametrize(("first", "last", "letter"), [("18", "18", "a"), ("18", "19", "b"), ("18", None, None)])
def test_one_day_or_several_and_without_an_end_a_person_says(first: str, last: str | None, letter: str | None) -> None:
    moments = {"occurred_from": f"2026-10-{first}", **({"occurred_to": f"2026-10-{last}"} if last else {})}
    assert document({"title": "x", "moments": moments})["answers"].get("field_44") == letter


@pytest.mark.parametrize(
    ("moments", "letter"),
    [
        ({"vendor_told_us": "2026-10-24T09:00Z"}, "b"),
        ({"vendor_told_us": "2026-10-24T09:00Z", "detected": "2026-10-24T10:00Z"}, "b"),
        ({"vendor_told_us": "2026-10-24T09:00Z", "detected": "2026-10-24T08:00Z"}, None),
        ({"detected": "2026-10-24T08:00Z"}, None),
    ],
)
def test_the_processor_discovered_it_where_we_had_seen_nothing_before(
    moments: dict[str, str], letter: str | None
) -> None:
    record = {"title": "x", "vendor": "kavkom", "moments": moments}
    assert document(record)["answers"].get("field_50") == letter


@pytest.mark.parametrize(("decision", "letter"), [("high", "a"), ("risk", "b"), ("unlikely", "c"), (None, None)])
def test_the_risk_is_the_one_that_was_decided(decision: str | None, letter: str | None) -> None:
    what = incident(RICH, decided(decision, because="Because.")) if decision else incident(RICH)
    answers = document(what)["answers"]
    assert answers.get("field_89") == letter
    assert answers.get("field_90") == ("Because." if decision else None)


@pytest.mark.parametrize(
    ("facts", "letter", "asked"),
    [
        ({"subjects_informed_status": "informed"}, "a", {"98", "102", "104", "105", "106"}),
        ({"subjects_informed_status": "planned"}, "b", {"99"}),
        ({"subjects_informed_status": "undecided"}, "c", set()),
        ({"subjects_informed_status": "not_informed", "not_informed_reason": "no_high_risk"}, "d", set()),
        (
            {"subjects_informed_status": "not_informed", "not_informed_reason": "art34_3_b_mitigated"},
            "e",
            {"100", "101"},
        ),
        ({"subjects_informed_status": "not_informed", "not_informed_reason": "We forgot."}, None, set()),
    ],
)
def test_the_communication_to_the_people(facts: dict[str, str], letter: str | None, asked: set[str]) -> None:
    notice = sheet(with_facts(**facts), authority="edpb")
    assert notice.answers.get("field_97") == letter
    assert {number for number in items(notice) if number.isdigit() and 98 <= int(number) <= 106} == asked
    if letter is None:
        assert "We forgot." in " ".join(items(notice)["97"].remarks)


@pytest.mark.parametrize(("told", "letter"), [({"value": 1200}, "a"), ({"value": 1199}, "b"), ({"min": 5}, None)])
def test_whether_everybody_was_told(told: dict[str, int], letter: str | None) -> None:
    facts = with_facts(subjects_informed_status="informed", informed_count=told, subjects_count={"value": 1200})
    answers = document(facts)["answers"]
    assert answers.get("field_102") == letter
    assert ("103" in items(sheet(facts, authority="edpb"))) == (letter == "b")


def test_each_side_of_the_border_is_answered_for_the_other() -> None:
    assert (document(RICH)["answers"].get("field_113"), document(RICH)["answers"]["field_120"]) == (None, "b")
    outside = document(RICH, AMERICAN)
    assert (outside["answers"]["field_113"], outside["answers"].get("field_120")) == ("b", None)
    assert {"field_18", "field_19"} <= set(outside["missing"])
    assert "field_18" not in document(RICH)["missing"]


def test_one_option_only_is_for_a_person_to_choose_among_several() -> None:
    several = sheet(with_facts(incident_origin=["wrong_file", "verbal_disclosure"]), authority="edpb")
    answer = items(several)["60"]
    assert (ticked(answer), answer.value) == ([], None)
    assert answer.remarks[0] == (
        "the form takes one option: choose among: h) Data of wrong data subject shown (mix-up of records); "
        "w) Verbal unauthorised disclosure of personal data"
    )
    assert "60" in [one.number for one in several.may_follow]


def test_the_letters_stand_on_the_sheet() -> None:
    text = render(sheet(RICH, authority="edpb"), "md")
    assert "- [x] n) Incorrect access permissions (e.g., cloud storage, shared folder)\n" in text
    assert "- **73** 3.4 Personal data: Number of personal data records" in text
    assert "field_" not in text


def test_a_follow_up_and_a_complete_notification() -> None:
    filed = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False, reference="N-42"))
    assert {key: document(filed)["answers"][key] for key in ("field_3", "field_4", "field_6")} == {
        "field_3": "b",
        "field_4": "b",
        "field_6": "N-42",
    }
    complete = document(filed, phase="complete")["answers"]
    assert (complete["field_3"], complete["field_4"]) == ("b", "a")


def test_who_reports_and_who_knows_more() -> None:
    dpo = document(RICH)["answers"]
    assert (dpo["field_23"], dpo["field_29"], dpo["field_33"]) == ("a", "yes", "a")
    us = organisation(dpo={}, contact_point={"name": "Desk", "function": "Privacy desk", "email": "desk@sante.example"})
    desk = document(with_facts(contact_point="Crisis cell, +33 1 00 00 00 09"), us)["answers"]
    assert (desk["field_23"], desk["field_24"], desk["field_33"]) == ("c", "Privacy desk", "c")
    assert desk["field_34"] == desk["field_36"] == "Crisis cell, +33 1 00 00 00 09"
    assert "field_30" not in desk
