"""Completeness per notification: by its own form, law or contract, and who was asked for what is open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from incident.completeness import form_of, notification_files
from incident.completeness_page import completeness_page
from incident.desk import Desk
from incident.fact_documents import completeness_document
from incident.look import Look
from models.notification_file import NotificationFile
from models.vocabulary import Risk
from tests.test_incident.desk_examples import NOW, SETTINGS, new_desk, record
from tests.test_incident.draft_examples import RICH, TWO_CUSTOMERS
from tests.test_incident.test_notices_forms import FORMS

NAMED = 'name = "Bonsai"\n' + SETTINGS + 'name = "Desk"\n'
AWARE = {"aware": "2026-10-24T07:00:00Z"}


def opened(desk: Desk, said: dict[str, Any]) -> Look:
    return desk.look(desk.open(record(desk, **{key: value for key, value in said.items() if key != "title"})))


def files(look: Look) -> dict[str, NotificationFile]:
    return {file.duty.id: file for file in notification_files(look)}


def open_fields(file: NotificationFile) -> dict[str, tuple[str, bool]]:
    return {field.name: (field.state.value, field.blocking) for field in file.open}


def test_the_authoritys_notification_is_held_against_its_own_form() -> None:
    file = files(opened(new_desk(), {"moments": AWARE, "facts": {"records_count": {"unknown": True}}}))["gdpr-33-1"]
    assert (file.duty.creditor, file.form) == ("CNIL", "cnil")
    required = [question.number for question in FORMS["cnil"].fields if question.required]
    assert [field.name for field in file.fields] == [one for one in required if one not in {"1.1", "6.8"}]
    standing = open_fields(file)
    assert standing["7.4"] == ("missing", True)
    assert standing["8.1"] == ("unknown", False)
    assert "6.4" not in standing
    assert [field.facts for field in file.fields if field.name == "12"] == [("measures_remedy", "measures_prevent")]


def test_the_reasons_are_wanted_at_once_from_the_moment_it_is_late() -> None:
    desk = new_desk()
    look = opened(desk, {"moments": AWARE})
    assert "6.8" not in {field.name for field in files(look)["gdpr-33-1"].fields}
    later = replace(desk, now=NOW + timedelta(days=3))
    late = open_fields(files(later.look(look.incident.reference))["gdpr-33-1"])
    assert late["6.8"] == ("missing", True)


def test_what_may_follow_the_first_notification_is_wanted_by_the_one_that_completes_it() -> None:
    desk = new_desk()
    look = opened(desk, {"moments": AWARE})
    body = {"duty": "gdpr-33-1", "at": "2026-10-25T10:00:00Z", "complete": False, "status": "made"}
    rest = files(desk.sent(look.incident.reference, body))
    assert "gdpr-33-1" not in rest
    standing = open_fields(rest["gdpr-33-4"])
    assert standing["8.1"] == ("missing", True)
    assert standing["1.1"] == ("missing", True)


def test_each_customer_has_a_file_of_its_own_under_law_and_contract() -> None:
    desk = new_desk()
    look = opened(desk, TWO_CUSTOMERS)
    found = files(look)
    assert list(found) == ["contract:kavkom@acme", "contract:kavkom@borgo", "gdpr-33-2@acme", "gdpr-33-2@borgo"]
    assert open_fields(found["contract:kavkom@acme"]) == {"likely_consequences": ("missing", True)}
    assert open_fields(found["gdpr-33-2@acme"]) == {"likely_consequences|consequences": ("missing", False)}
    assert open_fields(found["gdpr-33-2@borgo"]) == {
        "records_count": ("unknown", False),
        "likely_consequences|consequences": ("missing", False),
    }
    states = {field.name: field.state.value for field in found["gdpr-33-2@borgo"].fields}
    assert states["subjects_count"] == "estimated"


def test_nothing_may_follow_what_the_people_are_told() -> None:
    file = files(opened(new_desk(), {"moments": AWARE}))["gdpr-34"]
    assert (file.form, set(open_fields(file).values())) == (None, {("missing", True)})


def test_what_is_done_or_not_required_or_owed_by_others_has_no_file() -> None:
    desk = new_desk(SETTINGS + "[targets]\n" + '"gdpr-33-1" = 24\n')
    look = opened(desk, RICH)
    assert "policy:gdpr-33-1" in {clock.duty.id for clock in look.clocks}
    assert not any(name.startswith(("policy:", "contract:", "gdpr-33-2")) for name in files(look))
    one = look.incident.reference
    desk.decide(one, Risk.RISK, "few people", "anna", None)
    assert "gdpr-34" not in files(desk.look(one))
    desk.sent(one, {"duty": "gdpr-33-1", "at": "2026-10-25T10:00:00Z", "complete": True, "status": "made"})
    assert "gdpr-33-1" not in files(desk.look(one))


@pytest.mark.parametrize(
    ("authority", "duty", "form"),
    [
        ("cnil", "gdpr-33-1", "cnil"),
        ("imy", "gdpr-33-4", "imy"),
        ("edpb", "gdpr-33-1", "edpb"),
        ("ico", "gdpr-33-1", None),
        ("cnil", "gdpr-33-1@SE", "imy"),
        ("cnil", "gdpr-33-1@DE", None),
        ("cnil", "uk-gdpr-33", "ico"),
        ("cnil", "eprivacy-611-initial", "eprivacy-611"),
        ("cnil", "gdpr-34", None),
    ],
)
def test_the_form_of_a_notification(authority: str, duty: str, form: str | None) -> None:
    look = opened(new_desk(SETTINGS.replace('"cnil"', f'"{authority}"')), {"moments": AWARE})
    about = replace(look.clocks[0].duty, id=duty)
    found = form_of(about, look.in_force.rules, look.in_force.organisation)
    assert (found.id if found else None) == form


def test_a_form_that_cannot_be_gone_by_is_told_and_the_law_says_what_is_missing() -> None:
    look = opened(new_desk(), {"moments": AWARE})
    texts = look.in_force.texts
    broken = texts["authorities/cnil.toml"].replace('answers = "awareness"', 'answers = "colour"')
    in_force = replace(look.in_force, texts={**texts, "authorities/cnil.toml": broken})
    file = files(replace(look, in_force=in_force))["gdpr-33-1"]
    assert (file.form, len(file.fields)) == (None, 9)
    assert "'colour' names nothing that the program knows" in file.fault


def test_as_it_reads_and_who_was_asked() -> None:
    desk = new_desk(NAMED)
    facts = {"breach_types": ["confidentiality"], "measures_remedy": "Closed.", "records_count": {"min": 2, "max": 3}}
    one = desk.open(record(desk, moments=AWARE, facts=facts, role="controller"))
    desk.note(one, "How many?", NOW, "Kavkom", None, ["subjects_count"])
    desk.decide(one, Risk.RISK, "few people", "anna", None)
    look = desk.look(one)
    lines = list(completeness_page(notification_files(look), look.incident.zone))
    assert lines == [
        "what each notification still lacks:",
        "  CNIL [gdpr-33-1]: 8 of 14 answered (1 estimated), 1 wanted at once, 5 may follow, by the form cnil",
        "      at once  7.4 Descriptif détaillé de la violation (description, systems_affected)",
        "      later    8 Nature des données concernées (data_categories)",
        "      later    8.2 Catégorie(s) de personnes concernées (subject_categories)",
        (
            "      later    8.3 Nombre approximatif de personnes concernées par la violation (subjects_count)"
            "  asked: Kavkom, Sun 25 Oct 13:00 CET"
        ),
        "      later    10.1 En cas de perte de confidentialité (consequences)",
        "      later    13 Communication aux personnes concernées (subjects_informed_status)",
        "  our register [gdpr-33-5]: 1 of 3 answered, 2 wanted at once",
        "      at once  description",
        "      at once  likely_consequences or consequences",
    ]
    document = completeness_document(notification_files(look))
    assert [(one["duty"], one["recipient"], one["form"]) for one in document] == [
        ("gdpr-33-1", "CNIL", "cnil"),
        ("gdpr-33-5", "our register", None),
    ]
    asked = {one["field"]: one["asked"] for one in document[0]["fields"] if one["asked"]}
    assert asked == {"8.3": {"party": "Kavkom", "at": "2026-10-25T12:00:00Z", "channel": None}}
