"""The sheet for the CNIL: every question in the form's order and words, answered, ticked, or listed as missing."""

from dataclasses import replace
from typing import Any

import pytest

from incident.errors import BadInput
from incident.notices.compose import DraftRequest, compose
from models.vocabulary import Certainty, Confidence
from tests.builders import decided, incident, organisation, recorded, shipped_rules
from tests.test_incident.draft_examples import NOW, RICH, draft
from tests.test_incident.sheets import items, sheet, ticked, with_facts

CNIL = shipped_rules().authorities["cnil"]


@pytest.mark.parametrize("record", [RICH, {"title": "x"}, {"title": "x", "facts": {"breach_types": ["integrity"]}}])
def test_every_question_that_is_asked_is_answered_or_listed_as_missing(record: dict[str, Any]) -> None:
    notice = sheet(record)
    missing = {one.field for one in notice.missing}
    for item in notice.items:
        assert item.answered == (item.number not in missing), item.number
        assert item.text or item.ticks, item.number
        assert item.label


@pytest.mark.parametrize(
    "name", ["nothing", "moment:nothing", "organisation:nothing", "contact:nothing", "fact:nothing"]
)
def test_a_form_that_names_what_we_do_not_know_is_refused_in_one_line(name: str) -> None:
    strange = CNIL.model_copy(update={"fields": (CNIL.fields[3].model_copy(update={"answers": name}),)})
    rules = replace(shipped_rules(), authorities={"cnil": strange})
    with pytest.raises(BadInput, match=r"^authorities/cnil\.toml: question 2\.2: .*nothing") as refused:
        compose(DraftRequest("cnil"), incident(RICH), rules, organisation(), NOW)
    assert len(refused.value.lines) == 1


def test_the_questions_stand_in_the_forms_order() -> None:
    order = [question.number for question in CNIL.fields]
    asked = [item.number for item in sheet(RICH).items]
    assert asked == [number for number in order if number in asked]
    assert set(order) - set(asked) == {"1.1", "10.2", "13.1", "13.4", "13.6"}


def test_the_organisation_comes_from_the_settings() -> None:
    answers = {number: item.text for number, item in items(sheet(RICH)).items()}
    assert [answers[number] for number in ("2.1", "2.2", "2.6", "2.7", "2.8", "2.9")] == [
        "123456789",
        "Exemple Santé SA",
        "1 rue de l'Exemple",
        "75001",
        "Paris",
        "France",
    ]
    assert [answers[number] for number in ("3.1", "3.2", "4.2", "4.3", "4.4")] == [
        "Madame",
        "Présidence",
        "Service DPO",
        "Délégué à la protection des données",
        "dpo@sante.example",
    ]


def test_a_contact_that_is_not_the_dpo_is_given_no_function() -> None:
    us = organisation(dpo={}, contact_point={"name": "Accueil", "email": "accueil@sante.example"})
    answers = items(sheet(RICH, us))
    assert answers["4.2"].text == "Accueil"
    assert not answers["4.3"].answered


def test_a_contact_recorded_for_the_incident_stands_beside_that_of_the_settings() -> None:
    named = items(sheet(with_facts(contact_point="Cellule de crise, +33 1 00 00 00 09")))["4.2"]
    assert named.remarks[0] == "contact enregistré pour cet incident : Cellule de crise, +33 1 00 00 00 09"


def test_a_vendor_and_who_stands_behind_it_are_other_bodies_involved() -> None:
    bodies = items(sheet(with_facts(other_parties=[{"name": "Expert\nSA", "role": "investigation"}])))["5"]
    assert bodies.text.splitlines() == [
        "Kavkom, sous-traitant",
        "Carrier Example, sous-traitant ultérieur",
        "Expert SA, investigation",
    ]


def test_options_are_ticked_in_the_forms_own_words() -> None:
    answers = items(sheet(RICH))
    assert ticked(answers["7.1"]) == ["Perte de la confidentialité", "Perte de la disponibilité"]
    assert ticked(answers["7.2"]) == ["Autre"]
    assert answers["7.2"].remarks == ("enregistré : droits d'accès mal réglés",)
    assert ticked(answers["8.2"]) == ["Clients (actuels ou potentiels)", "Autres"]
    assert ticked(answers["11.1"]) == ["Limité"]
    assert answers["7.1"].value == ["Perte de la confidentialité", "Perte de la disponibilité"]


def test_what_nobody_knows_yet_is_ticked_where_the_form_has_an_option_for_it() -> None:
    unknown = recorded({}, certainty="unknown", without_value=["data_categories", "harms"])
    answers = items(sheet(incident({"title": "x"}, unknown)))
    assert ticked(answers["8"]) == ["Les données concernées ne sont pas connues pour le moment"]
    assert answers["8"].certainty is Certainty.UNKNOWN
    assert ticked(answers["11"]) == []
    missing = {one.field: one.unknown for one in sheet(incident({"title": "x"}, unknown)).missing}
    assert missing["8"]
    assert not missing["11"]


def test_consequences_are_asked_for_the_types_of_breach_that_were_recorded() -> None:
    both = items(sheet(RICH))
    assert ticked(both["10.1"]) == [
        "Les données ont été diffusées plus que nécessaire et ont échappé à la maîtrise des personnes concernées"
    ]
    assert ticked(both["10.3"]) == ["Dysfonctionnement et difficultés à fournir un service critique"]
    assert "10.2" not in both
    other_type = sheet(with_facts(breach_types=["integrity"]))
    assert "10.2" in [one.field for one in other_type.may_follow]


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("informed", ["13.1", "13.3", "13.4", "13.5"]),
        ("planned", ["13.2", "13.3", "13.5"]),
        ("not_informed", ["13.6"]),
        ("undecided", []),
    ],
)
def test_what_is_asked_of_the_communication_depends_on_whether_there_is_one(status: str, asked: list[str]) -> None:
    answers = items(sheet(with_facts(subjects_informed_status=status)))
    assert [number for number in answers if number.startswith("13.")] == asked


@pytest.mark.parametrize(
    ("countries", "named"),
    [(["FR", "BE"], ("Belgique ; France",)), (["FR"], ("France",)), ([], ())],
)
def test_whether_the_processing_is_cross_border_is_left_open_with_the_countries_beside_it(
    countries: list[str], named: tuple[str, ...]
) -> None:
    answer = items(sheet(with_facts(countries=countries)))["14.1"]
    note = "La CNIL n'est chef de file que si l'établissement principal est en France (à confirmer)."
    assert (ticked(answer), answer.value, answer.remarks) == ([], None, (*named, note))


def test_other_authorities_are_a_yes_with_names_a_no_or_open() -> None:
    answers = items(sheet(RICH))
    assert (answers["14.2"].value, answers["14.2"].remarks) == (True, ("APD (BE)",))
    assert answers["14.3"].value is None
    none = recorded({}, certainty="not-applicable", without_value=["other_regulators"], why="no other law")
    assert items(sheet(incident(RICH, none)))["14.3"].value is False


def test_unconfirmed_wording_is_marked_wherever_it_stands() -> None:
    notice = sheet(RICH)
    for question in CNIL.fields:
        if question.number in items(notice):
            marked = "libellé à confirmer" in items(notice)[question.number].remarks
            assert marked == (question.confidence is not Confidence.CHECKED), question.number
    assert "- [ ] Notification complète (libellé à confirmer)\n" in draft("cnil", RICH)
    assert "- [x] Notification initiale\n" in draft("cnil", RICH)


def test_the_sheet_says_where_it_is_typed_and_that_it_cannot_be_sent() -> None:
    text = draft("cnil", RICH)
    assert "Cette fiche ne peut être ni téléversée ni envoyée" in text
    assert "notifications.cnil.fr" in text
    assert "aucun autre canal n'est accepté" in text


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (None, "Le risque n'est pas décidé."),
        (decided("unlikely", because="Encrypted."), "Il a été décidé que la violation est peu susceptible d'engendrer"),
    ],
)
def test_the_state_of_the_decision_is_put_before_the_person(decision: Any, said: str) -> None:
    what = incident(RICH, decision) if decision else incident(RICH)
    assert any(check.startswith(said) for check in sheet(what).to_check)
    assert not any(check.startswith(said) for check in sheet(incident(RICH, decided("risk"))).to_check)


def test_the_missing_answers_stand_before_the_first_question() -> None:
    text = draft("cnil", {"title": "x"})
    assert text.index("questions bloquantes") < text.index("autres questions") < text.index("### 1 Type")
    assert "- **8.3** Nature des données concernées : Nombre approximatif de personnes" in text


def test_a_range_must_become_one_figure_by_a_person() -> None:
    answers = items(sheet(RICH))
    assert answers["8.1"].text == "de 5\u202f000 à 9\u202f000"
    assert answers["8.1"].remarks == ("le formulaire attend un seul nombre : à choisir dans la fourchette",)
    assert answers["8.3"].remarks == ()
