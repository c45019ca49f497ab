"""Options of a form: what is ticked, what is left open, and what is said beside them."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incident.notices.labels import labels_in
from incident.notices.notice import Item
from incident.notices.wording import Wording
from models.authority import AuthorityPlaybook
from models.periods import Period, Unit
from tests.builders import incident, recorded, shipped_rules
from tests.test_incident.draft_examples import RICH
from tests.test_incident.sheets import items, sheet, sheet_under, ticked, with_facts

CNIL = shipped_rules().authorities["cnil"]


def changed(number: str, **changes: Any) -> AuthorityPlaybook:
    """The CNIL's form with one question changed."""
    fields = (one.model_copy(update=changes) if one.number == number else one for one in CNIL.fields)
    return CNIL.model_copy(update={"fields": tuple(fields)})


def answer(form: AuthorityPlaybook, number: str, what: Any) -> Item:
    rules = replace(shipped_rules(), authorities={"cnil": form})
    return items(sheet_under(rules, "cnil", what))[number]


def test_names_that_a_form_does_not_list_are_its_other_one_and_stand_beside() -> None:
    found = items(sheet(with_facts(other_regulators=["DNB", "ANSSI"]), authority="ap"))["1.3"]
    assert ticked(found) == ["De Nederlandsche Bank (DNB)", "Andere toezichthouder, namelijk"]
    assert found.remarks[0] == "vastgelegd als: ANSSI"
    listed = items(sheet(with_facts(other_regulators=["AFM"]), authority="ap"))["1.3"]
    assert ticked(listed) == ["Autoriteit Financiële Markten (AFM)"]
    assert listed.remarks == (found.remarks[1],)


def test_what_does_not_apply_is_an_answer_without_a_tick_unless_the_form_wants_one() -> None:
    none = recorded({}, certainty="not-applicable", without_value=["special_categories", "data_categories"], why="none")
    answers = items(sheet(incident({"title": "x"}, none), authority="ap"))
    assert (ticked(answers["6.2"]), answers["6.2"].answered) == ([], True)
    assert answers["6.2"].remarks == ("niet van toepassing: none",)
    assert (ticked(answers["6.1"]), answers["6.1"].answered) == ([], False)
    assert answers["6.1"].remarks == ("niet van toepassing: none",)


def test_a_key_that_no_option_says_is_said_beside_and_left_to_a_person() -> None:
    found = items(sheet(with_facts(data_unintelligible=True), authority="ap"))["8.1"]
    assert (ticked(found), found.answered, found.remarks[0]) == ([], False, "vastgelegd als: ja")
    cause = items(sheet(with_facts(incident_cause=["technical_failure", "internal_accidental"]), authority="edpb"))[
        "61"
    ]
    assert ticked(cause) == ["a) Internal non malicious"]
    assert cause.remarks[0] == "recorded as: accident inside the organisation; technical failure"


def test_a_question_that_nothing_of_ours_answers_is_missing_where_the_form_wants_it() -> None:
    answers = items(sheet(RICH, authority="garante"))
    assert (answers["B (PEC)"].answered, answers["B1 (protocollo)"].answered) == (False, True)
    assert answers["B1 (protocollo)"].text == "da fare nel modulo stesso"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (200, "131 caractères ; le formulaire en accepte 200"),
        (131, "131 caractères ; le formulaire en accepte 131"),
        (130, "131 caractères, alors que le formulaire en accepte 130 : à raccourcir"),
    ],
)
def test_a_known_limit_is_held_against_the_answer(limit: int, said: str) -> None:
    facts = with_facts(description="x" * 131, systems_affected=None)
    facts["facts"].pop("systems_affected")
    assert answer(changed("7.4", limit=limit), "7.4", facts).remarks == (said,)
    assert answer(changed("7.4", limit=limit), "7.4", {"title": "x"}).remarks == ()


def test_the_number_that_a_form_takes_as_a_range_needs_no_choice() -> None:
    ranged = with_facts(subjects_count={"min": 5, "max": 9})
    assert items(sheet(ranged, authority="ap"))["7.3"].remarks == ()
    assert items(sheet(ranged))["8.3"].remarks == (
        "le formulaire attend un seul nombre : à choisir dans la fourchette",
    )


@pytest.mark.parametrize(
    ("language", "period", "said"),
    [
        ("en", Period(Unit.HOURS, 1), "1 hour"),
        ("en", Period(Unit.WORKING_DAYS, 2), "2 working days"),
        ("fr", Period(Unit.WORKING_DAYS, 2), "2 jours ouvrés"),
        ("it", Period(Unit.DAYS, 3), "3 giorni"),
        ("nl", Period(Unit.HOURS, 72), "72 uur"),
        ("nl", Period(Unit.MONTHS, 1), "1 maand"),
        ("sv", Period(Unit.WEEKS, 4), "4 veckor"),
        ("sv", Period(Unit.BUSINESS_HOURS, 8), "8 kontorstimmar"),
    ],
)
def test_a_term_is_told_in_its_own_unit(language: str, period: Period, said: str) -> None:
    assert Wording(language, labels_in(language, None), ZoneInfo("UTC")).period(period) == said


def test_the_law_of_a_duty_is_cited_whatever_country_it_is_owed_to() -> None:
    wording = Wording("sv", labels_in("sv", None), ZoneInfo("UTC"))
    assert wording.law("gdpr-33-1@SE") == wording.law("gdpr-33-1") == "artikel 33.1 i dataskyddsförordningen"
    assert wording.law("contract:kavkom") == ""
