"""One incident's entry in the register: what the register's row says, why it was told or not, and by whose decision."""

from functools import cache
from typing import Any

import pytest

from incident.in_force import InForce
from incident.look import Look, look_at
from incident.notices.choices import choices
from incident.notices.compose import DraftRequest
from incident.notices.entry import RegisterEntry
from incident.notices.notice import Item, Notice
from incident.register import entry as row_of
from models.changes import MOMENTS
from models.incident import Incident
from models.organisation import Organisation
from playbooks.texts import shipped_texts
from tests.builders import decided, incident, organisation, sent, shipped_rules
from tests.test_incident.draft_examples import (
    NOT_A_BREACH,
    NOW,
    PARIS,
    PROCESSOR,
    RICH,
    RICH_DECIDED,
    TWO_CUSTOMERS,
    draft,
    drafts,
    only,
)

NOTHING = incident({"title": "x", "place": PARIS, "summary": "A customer called."})
TOLD: dict[str, Any] = {"subjects_informed_status": "informed", "informed_at": "2026-10-27T10:00:00Z"}
PEOPLE_TOLD = incident({**RICH, "facts": RICH["facts"] | TOLD}, decided("high", because="Health data.", by="CISO"))
IN_TIME = incident(RICH, sent("gdpr-33-1", "2026-10-26T07:00Z", because="As the law wants."))
NO_DATA = {"title": "x", "personal_data": False}


@cache
def in_force() -> InForce:
    return InForce(organisation().model_dump(mode="json"), shipped_texts(), "0")


def look(what: Incident) -> Look:
    return look_at(what, in_force(), NOW)


def written(what: Incident | dict[str, Any], us: Organisation | None = None) -> Notice:
    return only(drafts("register", what, us, languages=("en",)))


def entry_of(notice: Notice) -> RegisterEntry:
    assert notice.entry is not None
    return notice.entry


def item(notice: Notice, field: str) -> Item:
    return next(one for one in notice.items if one.field == field)


EVERY = pytest.mark.parametrize(
    "what", [RICH_DECIDED, NOTHING, PEOPLE_TOLD, IN_TIME], ids=["decided", "nothing", "told", "in time"]
)


class TestAsTheRow:
    """What the register's row says of an incident and what its entry says is the same."""

    @EVERY
    def test_when_we_became_aware(self, what: Incident) -> None:
        aware = item(written(what), MOMENTS + "aware")
        presumed = " (presumed)" if aware.mark else ""
        assert row_of(look(what))["aware"] == (f"{aware.value}{presumed}" if aware.value else "")

    @EVERY
    def test_facts_effects_and_remedial_action(self, what: Incident) -> None:
        row, notice = row_of(look(what)), written(what)
        assert row["vendor"] == notice.answers.get("vendor", "")
        assert row["facts"] == item(notice, "description").text
        for column, section in (("effects", "effects"), ("remedial_action", "remedial_action")):
            told = [one for one in notice.section[section] if one.field not in {"harms", "severity", "severity_reason"}]
            assert len(row[column].split(" / ") if row[column] else []) == sum(one.answered for one in told)

    @EVERY
    def test_the_decision_that_stands(self, what: Incident) -> None:
        row, decisions = row_of(look(what)), entry_of(written(what)).decisions
        said = [(one.outcome, one.because, one.by, one.dpo_advice) for one in decisions] or [("undecided", "", "", "")]
        assert (row["decision"], row["decision_reasons"], row["decided_by"], row["dpo_advice"]) == said[-1]

    @EVERY
    def test_who_was_told_and_how_late(self, what: Incident) -> None:
        row, entry = row_of(look(what)), entry_of(written(what))
        (authority,), (subjects,) = entry.authorities, entry.subjects
        assert bool(row["authority_notified_at"]) == bool(authority.done)
        assert bool(row["authority_late_by_seconds"]) == bool(authority.done and authority.late)
        assert bool(row["subjects_informed_at"]) == bool(subjects.done)
        assert row["delay_reasons"] in draft("register", what, languages=("en",))

    @EVERY
    def test_what_the_row_misses_is_missing(self, what: Incident) -> None:
        missing = {one.field for one in written(what).missing}
        assert {name.partition("|")[0] for name in row_of(look(what))["missing"].split(", ") if name} <= missing


def test_the_authority_was_told_late_and_the_attempt_before_stands_too() -> None:
    entry = entry_of(written(RICH_DECIDED))
    (authority,) = entry.authorities
    assert (authority.to, authority.owed, authority.undecided, authority.late) == ("CNIL", True, False, "2 h 00 min")
    assert authority.done == "27 October 2026 at 10:00 (Europe/Paris, UTC+01:00; 09:00 UTC)"
    assert [(one.to, one.status, one.complete, one.reference) for one in entry.notifications] == [
        ("CNIL", "attempted", True, ""),
        ("CNIL", "made", False, "V-17"),
    ]


@pytest.mark.parametrize(
    ("bodies", "language", "said"),
    [
        (
            (),
            "en",
            "; whether what another law wants notified covers the same data (Article 95 GDPR) has not been decided",
        ),
        ((), "fr", "si ce qu'une autre loi veut voir notifié couvre les mêmes données (article 95 du RGPD)"),
        (
            ({"covered_elsewhere": True},),
            "en",
            "not told: what another law wants notified covers the same data (Article 95 GDPR)",
        ),
        (({"covered_elsewhere": True},), "fr", "non : ce qu'une autre loi veut voir notifié couvre les mêmes données"),
        (({"covered_elsewhere": False},), "en", "the term ended on"),
    ],
)
def test_under_another_law_too_it_says_whether_that_one_covers_the_data(
    bodies: tuple[dict[str, bool], ...], language: str, said: str
) -> None:
    telecom = {**RICH, "regimes": ["gdpr", "eprivacy-611"]}
    what = incident(telecom, *(decided("high", because="x", **body) for body in bodies or ({},)))
    text = draft("register", what, languages=(language,))
    assert said in text
    assert "the risk has not been decided" not in text
    assert "le risque n'est pas décidé" not in text


def test_every_decision_stands_with_its_reasons() -> None:
    assert [(one.outcome, one.by, one.dpo_advice) for one in entry_of(written(RICH_DECIDED)).decisions] == [
        ("unlikely", "CISO", ""),
        ("high", "CISO", "Tell them."),
    ]


def test_reasons_given_with_a_notification_are_the_reasons_for_the_delay() -> None:
    facts = {name: value for name, value in RICH["facts"].items() if name != "delay_reasons"}
    record = {**RICH, "facts": facts}
    silent = incident(record, sent("gdpr-33-1", "2026-10-27T09:00Z"))
    assert "delay_reasons" in [one.field for one in written(silent).missing]
    reasoned = incident(record, sent("gdpr-33-1", "2026-10-27T09:00Z", because="A closed mailbox."))
    assert "delay_reasons" not in [one.field for one in written(reasoned).missing]
    assert "- **Reasons given** — A closed mailbox.\n" in draft("register", reasoned, languages=("en",))


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"subjects_informed_status": "undecided"}, ["subjects_informed_status"]),
        ({"subjects_informed_status": "not_informed"}, ["not_informed_reason"]),
        ({"subjects_informed_status": "not_informed", "not_informed_reason": "no_high_risk"}, []),
        (TOLD, []),
    ],
)
def test_why_the_data_subjects_are_told_or_not_is_asked_for(facts: dict[str, Any], missing: list[str]) -> None:
    notice = written(incident({**RICH, "facts": RICH["facts"] | facts}, decided("risk", because="y")))
    asked = {"subjects_informed_status", "not_informed_reason"}
    assert [one.field for one in notice.missing if one.field in asked] == missing


def test_a_processors_record_is_its_own_and_owes_no_decision_on_the_risk() -> None:
    notice = written(TWO_CUSTOMERS, PROCESSOR)
    assert not entry_of(notice).listed
    assert "decision" not in [one.field for one in notice.missing]
    assert "A record of Téléphonie Exemple SAS's own, as processor" in draft(
        "register", TWO_CUSTOMERS, PROCESSOR, languages=("en",)
    )


def test_what_was_decided_to_be_no_breach_is_kept_with_its_reasons() -> None:
    notice = written(NOT_A_BREACH)
    assert (entry_of(notice).listed, notice.missing, notice.to_check) == (False, (), ())
    (authority,) = entry_of(notice).authorities
    assert not authority.owed


def test_an_incident_without_personal_data_has_an_entry_and_no_other_draft() -> None:
    what = incident(NO_DATA)
    assert [one.field for one in written(what).missing] == ["description", "decision"]
    assert "this is a security incident" in draft("register", what, languages=("en",))
    found = choices(what, shipped_rules(), organisation(), NOW)
    assert {choice.request.kind for choice in found.fitting} == {"register"}


def test_it_is_offered_last_in_each_language() -> None:
    found = choices(incident(RICH), shipped_rules(), organisation(languages=["fr"]), NOW)
    assert [choice.request for choice in found.fitting[-2:]] == [
        DraftRequest("register"),
        DraftRequest("register", ("en",)),
    ]


def test_the_processors_moments_bear_its_name_and_no_yours() -> None:
    labels = [one.label for one in written(RICH_DECIDED).section["moments"]]
    assert {"The processor became aware", "The processor's notice reached us"} < set(labels)
    assert not any(label.startswith("You") for label in labels)
