"""Which drafts there are, for whom, in which language and phase; and what is refused, in one line."""

from pathlib import Path
from typing import Any

import pytest

from incident.errors import BadInput
from incident.notices.compose import DraftRequest, compose
from incident.notices.render import file_name
from models.incident import Incident
from models.organisation import Organisation
from tests.builders import incident, organisation, shipped_rules
from tests.test_incident.draft_examples import (
    DESKHERO_TOLD,
    KAVKOM_LATE,
    NOW,
    PARIS,
    PROCESSOR,
    RICH,
    TWO_CUSTOMERS,
    at_vendor,
    draft,
    drafts,
    only,
)

EVERY_KIND = "controller, vendor, authority, cnil, subjects, register"


def refusal(kind: str, what: Incident | dict[str, Any], us: Organisation | None = None, **wanted: Any) -> str:
    with pytest.raises(BadInput) as refused:
        drafts(kind, what, us, **wanted)
    (line,) = refused.value.lines
    assert "\n" not in line
    return line


def test_each_affected_customer_gets_one_draft_in_its_language() -> None:
    acme, borgo = drafts("controller", TWO_CUSTOMERS, PROCESSOR)
    assert (acme.customer, acme.language, acme.recipient) == ("acme", "fr", "Acme SAS")
    assert (borgo.customer, borgo.language, borgo.recipient) == ("borgo", "it", "Borgo Srl")
    assert acme.duties == ("contract:kavkom@acme", "gdpr-33-2@acme")
    assert borgo.duties == ("contract:kavkom@borgo", "gdpr-33-2@borgo")


def test_a_customer_that_is_not_affected_gets_none() -> None:
    spared = {**TWO_CUSTOMERS["customers"][1], "affected": False}
    record = {**TWO_CUSTOMERS, "customers": [TWO_CUSTOMERS["customers"][0], spared]}
    assert [notice.customer for notice in drafts("controller", record, PROCESSOR)] == ["acme"]


def test_the_languages_asked_for_come_before_the_recipients_own() -> None:
    notices = drafts("controller", TWO_CUSTOMERS, PROCESSOR, languages=("en", "it"))
    assert [(notice.customer, notice.language) for notice in notices] == [
        ("acme", "en"),
        ("acme", "it"),
        ("borgo", "en"),
        ("borgo", "it"),
    ]


@pytest.mark.parametrize(("ours", "language"), [(["it", "en"], "it"), (["de", "fr"], "fr"), (["es"], "en")])
def test_without_a_language_of_its_own_a_customer_is_written_to_in_ours(ours: list[str], language: str) -> None:
    record = {"title": "x", "role": "processor", "customers": [{"name": "Acme", "language": "de"}]}
    assert only(drafts("controller", record, organisation(languages=ours))).language == language


@pytest.mark.parametrize(
    ("record", "language"),
    [(KAVKOM_LATE, "en"), (DESKHERO_TOLD, "fr"), (at_vendor("quicktalk"), "it"), (at_vendor({"name": "No One"}), "it")],
    ids=["its English document", "its French document", "its Italian document", "ours, where it has none"],
)
def test_a_vendor_is_written_to_in_the_language_of_its_document(record: dict[str, Any], language: str) -> None:
    assert only(drafts("vendor", record, organisation(languages=["it"]))).language == language


def test_the_files_are_named_from_the_reference_and_ids_alone() -> None:
    named = [file_name(notice, "md") for notice in drafts("controller", TWO_CUSTOMERS, PROCESSOR)]
    assert named == ["INC-2026-0001-controller-acme-fr.md", "INC-2026-0001-controller-borgo-it.md"]
    assert file_name(only(drafts("vendor", KAVKOM_LATE)), "txt") == "INC-2026-0001-vendor-en.txt"
    assert file_name(only(drafts("cnil", RICH)), "json") == "INC-2026-0001-authority-cnil-fr.json"


def test_the_authority_is_that_of_the_settings_unless_another_is_named() -> None:
    assert only(drafts("authority", RICH)).authority == "cnil"
    elsewhere = organisation(authority="imy")
    assert only(drafts("authority", RICH, elsewhere, authority="cnil")).authority == "cnil"
    assert "confirmez d'abord la compétence" in draft("cnil", RICH, elsewhere)
    assert "confirmez d'abord la compétence" not in draft("cnil", RICH)


def test_the_moment_and_the_incident_stand_in_every_draft() -> None:
    for kind, record, us in (
        ("controller", TWO_CUSTOMERS, PROCESSOR),
        ("vendor", KAVKOM_LATE, None),
        ("cnil", RICH, None),
        ("register", RICH, None),
    ):
        for notice in drafts(kind, record, us):
            assert (notice.incident, notice.as_of) == ("INC-2026-0001", NOW)


@pytest.mark.parametrize(
    ("kind", "record", "wanted", "said"),
    [
        ("letter", RICH, {}, f"no draft of the kind 'letter' yet: there are {EVERY_KIND}"),
        ("register", RICH, {"languages": ("nl",)}, "no register draft in 'nl': there are en, fr"),
        (
            "register",
            RICH,
            {"phase": "initial"},
            "INC-2026-0001: an entry of the register has no phases: leave out --phase",
        ),
        (
            "controller",
            TWO_CUSTOMERS,
            {"languages": ("de",)},
            "no controller draft in 'de': there are en, fr, it, nl, sv",
        ),
        ("vendor", KAVKOM_LATE, {"languages": ("../x",)}, "no vendor draft in '../x': there are en, fr, it, nl, sv"),
        ("cnil", RICH, {"languages": ("en",)}, "the form of CNIL is in fr, not in 'en'"),
        (
            "cnil",
            RICH,
            {"phase": "last"},
            "no phase is called 'last': --phase is initial, follow-up, complete, withdrawal",
        ),
        (
            "cnil",
            RICH,
            {"phase": "withdrawal"},
            "nothing is recorded as notified to CNIL: there is nothing to withdraw",
        ),
        (
            "vendor",
            KAVKOM_LATE,
            {"phase": "follow-up"},
            "a request to a vendor has no --phase follow-up: each one asks for what is still missing",
        ),
        (
            "authority",
            RICH,
            {"authority": "apd"},
            "no form is known for the authority 'apd'; forms known: ap, cnil, edpb, eprivacy-611, garante, ico, imy",
        ),
        (
            "controller",
            RICH,
            {},
            (
                "INC-2026-0001: our role is controller: nobody's processor, so no controller draft; "
                "there are authority, subjects, vendor and register"
            ),
        ),
        (
            "cnil",
            TWO_CUSTOMERS,
            {},
            (
                "INC-2026-0001: our role is processor: a processor owes no authority notice "
                "(Art. 33(1) GDPR is the controller's); there are controller and vendor"
            ),
        ),
        (
            "vendor",
            {"title": "x"},
            {},
            "INC-2026-0001: no vendor is recorded, so nobody to ask; set one with: incident set INC-2026-0001 vendor=…",
        ),
        (
            "vendor",
            {**KAVKOM_LATE, "personal_data": False},
            {},
            (
                "INC-2026-0001 is recorded as a security incident without personal data: nobody is owed notice; "
                "if that is not sure: incident set INC-2026-0001 personal_data=unknown"
            ),
        ),
        (
            "controller",
            {"title": "x", "role": "processor", "customers": [{"name": "Acme", "affected": False}]},
            {},
            "INC-2026-0001: no customer is affected: nobody is owed a controller draft",
        ),
        ("cnil", RICH, {"authority": "ap"}, "cnil is one authority and ap another; ask for one of them"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_one_line(
    kind: str, record: dict[str, Any], wanted: dict[str, Any], said: str
) -> None:
    assert refusal(kind, record, **wanted) == said


def test_without_an_authority_in_the_settings_one_must_be_named() -> None:
    assert refusal("authority", RICH, Organisation()) == (
        "the settings name no authority: name one with --authority; "
        "forms known: ap, cnil, edpb, eprivacy-611, garante, ico, imy"
    )


def test_a_summary_is_shown_to_the_person_and_is_no_description() -> None:
    record = {"title": "x", "place": PARIS, "summary": "A customer called."}
    notice = only(drafts("cnil", record))
    assert any("A customer called." in check for check in notice.to_check)
    assert "7.4" in [one.field for one in notice.blocking]
    described = {**record, "facts": {"description": "Established."}}
    assert not any("A customer called." in check for check in only(drafts("cnil", described)).to_check)


def test_a_users_label_without_words_is_named(tmp_path: Path) -> None:
    labels = tmp_path / "notices" / "labels"
    labels.mkdir(parents=True)
    (labels / "en.toml").write_text('[titles]\nvendor = ""\n')
    request = DraftRequest("vendor", ("en",))
    with pytest.raises(BadInput, match=r"^notices/labels/en\.toml: titles\.vendor: has no words; add them$"):
        compose(request, incident(KAVKOM_LATE), shipped_rules(), organisation(), NOW, tmp_path)
    (labels / "en.toml").write_text("no toml")
    with pytest.raises(BadInput, match=r"^notices/labels/en\.toml: is not TOML: "):
        compose(request, incident(KAVKOM_LATE), shipped_rules(), organisation(), NOW, tmp_path)
