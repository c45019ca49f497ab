"""The fold: what an incident's entries say, entry by entry, and what was known at any time before."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.difference import difference
from models.dossier import RecordedFact
from models.incident import (
    AddedDuty,
    Closing,
    Draft,
    Incident,
    Note,
    RecordedMoment,
)
from models.journal import EntryKind
from models.moments import Moment, MomentName
from models.parties import Customer, Place, Subprocessor, Vendor
from models.record import read_record
from models.replay import BodyGoneError, replay
from models.statements import handed_in
from models.vocabulary import Certainty, Role
from tests.test_models.examples import MINUTE, OPENED_AT, UTC_ZONE, filing, opened, stated, utc


def known(value: Any, minutes: int = 0, source: str | None = None) -> RecordedFact:
    return RecordedFact(value, Certainty.KNOWN, source, OPENED_AT + minutes * MINUTE, "anna")


def test_opening_says_everything_of_the_record() -> None:
    incident = opened(
        ref="1187",
        source="soc",
        title="Recordings readable",
        summary="By a tenant.",
        role="processor",
        personal_data=None,
        vendor={"name": "Nuage SARL"},
        subprocessor={"name": "Carrier SA", "aware": "2026-11-18T03:00+01:00"},
        contract="kavkom",
        customers=[{"id": "acme", "name": "Acme SAS", "facts": {"subjects_count": {"max": 9}}}],
        moments={"aware": "2026-11-18T09:00+01:00", "occurred_from": "2026-11-17"},
        facts={"description": "Open archive."},
        regimes=["gdpr"],
        sectors=["insured"],
        place={"country": "FR", "zone": "Europe/Paris"},
        filings=[{"duty": "gdpr-33-2@acme", "at": "2026-11-18T10:00+01:00", "channel": "e-mail"}],
        related=["INC-2026-0007"],
        tags=["vendor"],
    ).incident
    estimated = RecordedFact({"max": 9}, Certainty.ESTIMATED, None, OPENED_AT, "anna")
    day = Moment(utc("2026-11-16T23:00Z"), utc("2026-11-17T22:59:59Z"), day=date(2026, 11, 17))
    assert replace(incident, imported=None) == Incident(
        reference="INC-2026-0001",
        opened_at=OPENED_AT,
        last_action_at=OPENED_AT,
        external_ref="soc:1187",
        title="Recordings readable",
        summary="By a tenant.",
        role=Role.PROCESSOR,
        personal_data=None,
        vendor=Vendor(None, "Nuage SARL"),
        subprocessor=Subprocessor("Carrier SA", utc("2026-11-18T02:00Z"), None),
        contract="kavkom",
        customers=(Customer("acme", "Acme SAS", facts={"subjects_count": (estimated,)}),),
        moments={
            MomentName.AWARE: (stated("2026-11-18T08:00Z"),),
            MomentName.OCCURRED_FROM: (RecordedMoment(day, None, None, OPENED_AT, "anna"),),
        },
        facts={"description": (known("Open archive."),)},
        regimes=("gdpr",),
        sectors=("insured",),
        place=Place("FR", None, "Europe/Paris"),
        tags=("vendor",),
        filings=(filing("gdpr-33-2@acme", "2026-11-18T09:00Z", 0, channel="e-mail"),),
        links=("INC-2026-0007",),
    )


def test_the_title_alone_makes_us_controller_of_personal_data_in_utc() -> None:
    incident = opened().incident
    assert incident == Incident("INC-2026-0001", OPENED_AT, OPENED_AT, title="Example")
    assert incident.role is Role.CONTROLLER
    assert incident.personal_data is True
    assert incident.zone.key == "UTC"


@pytest.mark.parametrize(
    ("record", "external_ref", "kept"),
    [
        ({"ref": "1187", "source": "soc"}, "soc:1187", True),
        ({"ref": "1187"}, "1187", True),
        ({"source": "soc"}, None, False),
        ({}, None, False),
    ],
)
def test_only_a_record_with_a_reference_can_come_again(
    record: dict[str, str], external_ref: str | None, kept: object
) -> None:
    journal = opened(**record)
    assert journal.incident.external_ref == external_ref
    assert journal.incident.imported == ({"title": "Example", **record} if kept else None)
    assert handed_in(journal.entries) == journal.incident.imported


def test_nothing_to_replay_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^no entries: nothing to replay$"):
        replay([])


@pytest.mark.parametrize(
    "first",
    [
        replace(opened().entries[0], sequence=9, kind=EntryKind.NOTED),
        replace(opened().entries[0], sequence=9, incident=None),
    ],
)
def test_a_journal_that_does_not_begin_by_opening_is_refused(first: Any) -> None:
    with pytest.raises(ValueError, match=r"^entry 9 does not open an incident$"):
        replay([first])


def test_a_body_that_is_gone_without_its_erasure_is_named() -> None:
    with pytest.raises(BodyGoneError, match=r"^the body of entry 9 is gone$"):
        replay([replace(opened().entries[0], sequence=9, body=None)])


def test_recording_changes_what_it_names_and_nothing_else() -> None:
    before = opened(title="First", summary="Kept.", vendor="kavkom", tags=["a"], place={"zone": "Europe/Paris"})
    after = before.record(
        {
            "title": "Second",
            "vendor": {"name": "Nuage SARL"},
            "tags": ["b", "c"],
            "role": "processor",
            "personal_data": False,
            "place": {"country": "FR"},
            "subprocessor": {"name": "Carrier SA", "told_vendor": "2026-11-18T10:00Z"},
        }
    ).incident
    assert after == Incident(
        "INC-2026-0001",
        OPENED_AT,
        OPENED_AT + MINUTE,
        title="Second",
        summary="Kept.",
        role=Role.PROCESSOR,
        personal_data=False,
        vendor=Vendor(None, "Nuage SARL"),
        subprocessor=Subprocessor("Carrier SA", None, utc("2026-11-18T10:00Z")),
        tags=("b", "c"),
        place=Place("FR", None, "Europe/Paris"),
    )


def test_every_value_of_a_fact_is_kept_and_the_last_one_counts() -> None:
    journal = opened(facts={"description": "A guess."})
    journal.record({"facts": {"description": "The truth."}}, source="the forensic report")
    incident = journal.incident
    last = known("The truth.", 1, "the forensic report")
    assert incident.facts == {"description": (known("A guess."), last)}
    assert incident.current_facts() == {"description": last}


@pytest.mark.parametrize(
    ("value", "said", "certainty"),
    [
        ({"value": 12}, {}, Certainty.KNOWN),
        ({"value": 12}, {"certainty": "estimated"}, Certainty.ESTIMATED),
        ({"value": 12, "approximate": True}, {}, Certainty.ESTIMATED),
        ({"unknown": True}, {}, Certainty.UNKNOWN),
    ],
)
def test_a_fact_is_as_sure_as_the_recorder_or_the_value_says(
    value: dict[str, Any], said: dict[str, str], certainty: Certainty
) -> None:
    incident = opened().record({"facts": {"subjects_count": value}}, **said).incident
    assert incident.current_facts()["subjects_count"].certainty is certainty


@pytest.mark.parametrize("certainty", [Certainty.UNKNOWN, Certainty.NOT_APPLICABLE])
def test_a_fact_may_be_stated_without_a_value(certainty: Certainty) -> None:
    journal = opened(facts={"police_report": "Filed."})
    journal.record({}, certainty=certainty.value, without_value=["police_report"], source="legal", why="no crime")
    history = journal.incident.facts["police_report"]
    assert history == (
        known("Filed."),
        RecordedFact(None, certainty, "legal", OPENED_AT + MINUTE, "anna", "no crime"),
    )


def test_of_one_customer_it_is_stated_for_that_one_alone() -> None:
    journal = opened(
        role="processor",
        facts={"harms": ["fraud"]},
        customers=[{"name": "Acme", "facts": {"harms": ["other"]}}, {"name": "Beta"}],
    )
    journal.record({}, certainty="not-applicable", without_value=["customers.acme.facts.harms"], why="keys only")
    incident = journal.incident
    stated = RecordedFact(None, Certainty.NOT_APPLICABLE, None, OPENED_AT + MINUTE, "anna", "keys only")
    assert incident.facts_of("acme")["harms"] == (known(["other"]), stated)
    assert incident.facts_of("beta") == {}
    assert incident.facts_of(None)["harms"] == (known(["fraud"]),)


def test_candidates_are_stated_together_each_with_its_reason() -> None:
    aware = [{"at": "2026-11-18T11:00Z", "why": "the report"}, {"at": "2026-11-18T09:00Z", "why": "the call"}]
    incident = opened(moments={"aware": aware}).incident
    assert incident.stated(MomentName.AWARE) == (
        stated("2026-11-18T11:00Z", why="the report"),
        stated("2026-11-18T09:00Z", why="the call"),
    )
    assert incident.moment(MomentName.AWARE) == stated("2026-11-18T09:00Z", why="the call")


def test_a_day_is_read_in_the_zone_of_the_incident() -> None:
    journal = opened(place={"zone": "Asia/Tokyo"}, moments={"occurred_from": "2026-11-18"})
    moment = journal.incident.moments[MomentName.OCCURRED_FROM][0].moment
    assert (moment.at, moment.until) == (utc("2026-11-17T15:00Z"), utc("2026-11-18T14:59:59Z"))


def test_importing_again_records_the_difference_as_new_facts() -> None:
    journal = opened(ref="1", source="soc", facts={"description": "A guess."}, customers=[{"name": "Acme SAS"}])
    again = read_record(
        {
            "title": "Example",
            "ref": "1",
            "source": "soc",
            "facts": {"description": "The truth.", "countries": ["FR"]},
            "customers": [{"name": "Acme SAS", "language": "fr"}, {"name": "Beta BV"}],
        },
        UTC_ZONE,
    )
    changes = difference(journal.incident.imported or {}, again)
    journal.add(EntryKind.IMPORTED, {"record": again, "changes": changes, "source": "import of soc:1"})
    incident = journal.incident
    assert incident.facts == {
        "description": (known("A guess."), known("The truth.", 1, "import of soc:1")),
        "countries": (known(["FR"], 1, "import of soc:1"),),
    }
    assert incident.customers == (
        Customer("acme-sas", "Acme SAS", language="fr"),
        Customer("beta-bv", "Beta BV"),
    )
    assert incident.imported == again
    assert handed_in(journal.add(EntryKind.REOPENED, {}).entries) == again


def test_customers_are_merged_by_id_and_keep_what_is_not_named() -> None:
    acme = {"id": "acme", "name": "Acme SAS", "language": "fr", "contact": "p@acme.example", "contract": "kavkom"}
    journal = opened(role="processor", customers=[acme, {"id": "beta", "name": "Beta BV"}])
    journal.record({"customers": [{"id": "acme", "affected": False, "facts": {"subjects_count": {"value": 1}}}]})
    journal.record({"customers": [{"id": "acme", "role": "processor", "name": "Acme Group"}]})
    assert journal.incident.customers == (
        Customer(
            "acme",
            "Acme Group",
            role=Role.PROCESSOR,
            contract="kavkom",
            contact="p@acme.example",
            language="fr",
            affected=False,
            facts={"subjects_count": (known({"value": 1}, 1),)},
        ),
        Customer("beta", "Beta BV"),
    )


def test_notes_are_kept_and_the_last_is_the_last_action() -> None:
    call = {"text": "Called.", "at": "2026-11-18T10:00:00Z", "party": "Kavkom", "channel": "telephone"}
    thought = {"text": "No answer.", "at": "2026-11-18T09:00:00Z", "about": ["harms", "countries"]}
    incident = opened().add(EntryKind.NOTED, call, actor="ben").add(EntryKind.NOTED, thought).incident
    assert incident.notes == (
        Note("Called.", utc("2026-11-18T10:00Z"), "ben", OPENED_AT + MINUTE, "Kavkom", "telephone"),
        Note("No answer.", utc("2026-11-18T09:00Z"), "anna", OPENED_AT + 2 * MINUTE, about=("harms", "countries")),
    )
    assert incident.last_action_at == OPENED_AT + 2 * MINUTE


def test_added_duties_are_numbered_in_their_order() -> None:
    first, second = {"title": "Tell the insurer"}, {"title": "Answer the letter"}
    incident = opened().add(EntryKind.DUTY_ADDED, first).add(EntryKind.DUTY_ADDED, second).incident
    assert incident.added_duties == (AddedDuty(1, first), AddedDuty(2, second))


def test_drafts_are_kept_with_their_hashes() -> None:
    first = {"kind": "cnil", "file": "INC-2026-0001-cnil-fr.md", "sha256": "ab" * 32, "as_of": "x"}
    again = first | {"sha256": "cd" * 32}
    incident = opened().add(EntryKind.DRAFTED, first).add(EntryKind.DRAFTED, again).incident
    assert incident.drafts == (
        Draft("cnil", "INC-2026-0001-cnil-fr.md", "ab" * 32, OPENED_AT + MINUTE, "anna"),
        Draft("cnil", "INC-2026-0001-cnil-fr.md", "cd" * 32, OPENED_AT + 2 * MINUTE, "anna"),
    )


def test_links_are_said_once() -> None:
    journal = opened(related=["INC-2026-0007"])
    for other in ("INC-2026-0008", "INC-2026-0007", "INC-2026-0008"):
        journal.add(EntryKind.LINKED, {"other": other})
    journal.record({"related": ["INC-2026-0009", "INC-2026-0007"]})
    assert journal.incident.links == ("INC-2026-0007", "INC-2026-0008", "INC-2026-0009")


def test_closing_and_reopening() -> None:
    journal = opened().add(EntryKind.CLOSED, {"because": "done", "despite": ["contract:kavkom"]})
    closed = journal.incident
    reopened = journal.add(EntryKind.REOPENED, {"because": "a new fact"}).incident
    closed_again = journal.add(EntryKind.CLOSED, {"because": "done at last"}).incident
    assert closed.closing == Closing("done", "anna", OPENED_AT + MINUTE, ("contract:kavkom",))
    assert reopened.closing is None
    assert closed_again.closing == Closing("done at last", "anna", OPENED_AT + 3 * MINUTE)
    assert closed_again.closings == (closed.closing, closed_again.closing)
    assert closed_again.reopenings == reopened.reopenings == ("a new fact",)


def test_a_notification_is_kept_with_all_that_is_said_of_it() -> None:
    incident = (
        opened()
        .sent(
            "gdpr-33-1",
            "2026-11-21T17:00:00+01:00",
            status="made",
            complete=False,
            channel="portal",
            to="CNIL",
            reference="R-1",
            because="the vendor was late",
            evidence="ab" * 32,
        )
        .incident
    )
    assert incident.filings == (
        filing(
            "gdpr-33-1",
            "2026-11-21T16:00Z",
            1,
            complete=False,
            channel="portal",
            to="CNIL",
            reference="R-1",
            because="the vendor was late",
            evidence="ab" * 32,
        ),
    )


@pytest.mark.parametrize("duty", ["contract:kavkom", "contract:convious/access", "gdpr-33-2"])
def test_what_the_vendor_sent_us_is_also_when_it_told_us(duty: str) -> None:
    journal = opened(moments={"vendor_told_us": "2026-11-19T10:00Z"}).sent(duty, "2026-11-18T10:00Z")
    incident = journal.incident
    assert incident.instant(MomentName.VENDOR_TOLD_US) == utc("2026-11-18T10:00Z")
    assert incident.stated(MomentName.VENDOR_TOLD_US) == (
        stated("2026-11-19T10:00Z"),
        stated("2026-11-18T10:00Z", 1, source=f"filing under {duty}"),
    )


@pytest.mark.parametrize(
    ("duty", "status"),
    [
        ("gdpr-33-1", "made"),
        ("gdpr-33-2@acme", "made"),
        ("contract:kavkom@acme", "made"),
        ("contract:kavkom", "attempted"),
        ("contract:kavkom", "withdrawn"),
    ],
)
def test_nothing_else_is_a_receipt(duty: str, status: str) -> None:
    incident = opened().sent(duty, "2026-11-18T10:00Z", status=status).incident
    assert incident.moments == {}


def test_a_replay_of_a_prefix_is_what_was_known_then() -> None:
    journal = opened(moments={"aware": "2026-11-18T09:00Z"}, facts={"subjects_count": {"value": 10}})
    journal.sent("gdpr-33-1", "2026-11-20T09:00Z", complete=False)
    then = journal.incident
    journal.record({"facts": {"subjects_count": {"value": 9000}}, "moments": {"aware": "2026-11-17T09:00Z"}})
    journal.decide("high").add(EntryKind.CLOSED, {"because": "done"})
    assert replay(journal.entries[:2]) == then
    assert then.current_facts()["subjects_count"].value == {"value": 10}
    assert then.instant(MomentName.AWARE) == utc("2026-11-18T09:00Z")
    assert (then.decision, then.closing) == (None, None)


def test_replaying_twice_gives_the_same_and_changes_no_entry() -> None:
    journal = opened(customers=[{"name": "Acme"}], facts={"countries": ["FR"]}).decide("risk")
    bodies = repr(journal.entries)
    assert journal.incident == journal.incident
    assert repr(journal.entries) == bodies
