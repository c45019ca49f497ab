"""What is known of one incident: which of several statements stands."""

import pytest

from models.incident import Decision
from models.journal import EntryKind
from models.moments import MomentName
from models.vocabulary import FilingStatus, Risk
from tests.test_models.examples import MINUTE, OPENED_AT, Journal, filing, opened, stated, utc


def test_the_earliest_of_several_anchors_counts_whatever_comes_later() -> None:
    journal = opened(moments={"aware": "2026-11-18T09:00Z"})
    journal.record({"moments": {"aware": "2026-11-19T09:00Z"}}, source="a later edit")
    assert journal.incident.instant(MomentName.AWARE) == utc("2026-11-18T09:00Z")
    journal.record({"moments": {"aware": "2026-11-17T09:00Z"}})
    incident = journal.incident
    assert incident.instant(MomentName.AWARE) == utc("2026-11-17T09:00Z")
    assert incident.stated(MomentName.AWARE) == (
        stated("2026-11-18T09:00Z"),
        stated("2026-11-19T09:00Z", 1, source="a later edit"),
        stated("2026-11-17T09:00Z", 2),
    )


def test_of_a_moment_that_starts_nothing_the_last_counts() -> None:
    journal = opened(moments={"contained": "2026-11-18T09:00Z"})
    journal.record({"moments": {"contained": "2026-11-20T09:00Z"}})
    assert journal.incident.instant(MomentName.CONTAINED) == utc("2026-11-20T09:00Z")


@pytest.mark.parametrize(
    ("role", "customers", "acts"),
    [
        ("processor", [{"name": "Acme"}], True),
        ("sub-processor", [{"name": "Acme"}], True),
        ("processor", [], False),
        ("controller", [{"name": "Acme"}], False),
        ("joint-controller", [{"name": "Acme"}], False),
    ],
)
def test_we_act_for_customers_where_we_do_not_decide_and_some_are_recorded(
    role: str, customers: list[dict[str, str]], acts: object
) -> None:
    assert opened(role=role, customers=customers).incident.acts_for_customers is acts


def test_a_customer_is_found_by_its_id() -> None:
    incident = opened(role="processor", customers=[{"name": "Acme"}, {"name": "Beta"}]).incident
    assert incident.customer("beta") == incident.customers[1]
    assert incident.customer("gamma") is None
    assert incident.facts_of("gamma") == {}


def test_a_moment_never_stated_has_no_instant() -> None:
    incident = opened(moments={"detected": "2026-11-18T09:00Z"}).incident
    assert incident.moment(MomentName.AWARE) is None
    assert incident.instant(MomentName.AWARE) is None
    assert incident.stated(MomentName.AWARE) == ()


def test_a_correction_replaces_what_was_stated_before_it_and_says_why() -> None:
    journal = opened(moments={"aware": "2026-11-16T09:00Z"})
    journal.record({"moments": {"aware": "2026-11-18T09:00Z"}}, correcting="the year was mistyped")
    journal.record({"moments": {"aware": "2026-11-19T09:00Z"}})
    incident = journal.incident
    assert incident.instant(MomentName.AWARE) == utc("2026-11-18T09:00Z")
    assert incident.stated(MomentName.AWARE) == (
        stated("2026-11-18T09:00Z", 1, correcting="the year was mistyped"),
        stated("2026-11-19T09:00Z", 2),
    )
    assert len(incident.moments[MomentName.AWARE]) == 3


def test_candidates_correct_together() -> None:
    journal = opened(moments={"aware": "2026-11-16T09:00Z"})
    later = [{"at": "2026-11-19T09:00Z"}, {"at": "2026-11-18T09:00Z"}]
    journal.record({"moments": {"aware": later}}, correcting="mistyped")
    assert journal.incident.instant(MomentName.AWARE) == utc("2026-11-18T09:00Z")


def test_the_last_decision_counts_and_the_earlier_ones_are_kept() -> None:
    journal = opened()
    assert journal.incident.decision is None
    journal.decide("unlikely", "encrypted").decide(None, "no data")
    body = {"breach": True, "risk": "high", "by": "DPO", "dpo_advice": "tell them"}
    incident = journal.add(EntryKind.DECIDED, body).incident
    last = Decision(
        breach=True,
        risk=Risk.HIGH,
        because=None,
        by="DPO",
        recorded_at=OPENED_AT + 3 * MINUTE,
        dpo_advice="tell them",
    )
    assert incident.decision == last
    assert incident.decisions[:2] == (
        Decision(breach=True, risk=Risk.UNLIKELY, because="encrypted", by="DPO", recorded_at=OPENED_AT + MINUTE),
        Decision(breach=False, risk=None, because="no data", by="DPO", recorded_at=OPENED_AT + 2 * MINUTE),
    )


def test_notifications_stand_under_their_duty_by_time() -> None:
    journal = opened(filings=[{"duty": "gdpr-33-1", "at": "2026-11-20T10:00Z"}])
    journal.sent("gdpr-33-1", "2026-11-19T10:00Z", complete=False).sent("gdpr-34", "2026-11-19T11:00Z")
    assert journal.incident.filings_under("gdpr-33-1") == (
        filing("gdpr-33-1", "2026-11-19T10:00Z", 1, complete=False),
        filing("gdpr-33-1", "2026-11-20T10:00Z", 0),
    )


@pytest.mark.parametrize("status", ["attempted", "acknowledged"])
def test_an_attempt_or_an_acknowledgement_is_no_notification(status: str) -> None:
    incident = opened().sent("gdpr-33-1", "2026-11-20T10:00Z", status=status).incident
    assert incident.filings == (filing("gdpr-33-1", "2026-11-20T10:00Z", 1, FilingStatus(status)),)
    assert incident.filings_under("gdpr-33-1") == ()


def filed_twice() -> Journal:
    return opened().sent("d", "2026-11-19T10:00Z", reference="R-1").sent("d", "2026-11-20T10:00Z", reference="R-2")


@pytest.mark.parametrize(
    ("withdrawn", "standing"), [({}, ["R-1"]), ({"reference": "R-1"}, ["R-2"]), ({"reference": "R-2"}, ["R-1"])]
)
def test_a_withdrawal_takes_back_the_one_it_names_or_the_last(withdrawn: dict[str, str], standing: list[str]) -> None:
    journal = filed_twice().sent("d", "2026-11-21T10:00Z", status="withdrawn", **withdrawn)
    assert [one.reference for one in journal.incident.filings_under("d")] == standing
    assert len(journal.incident.filings) == 3


def test_a_withdrawal_of_another_duty_or_of_nothing_takes_nothing_back() -> None:
    journal = opened().sent("d", "2026-11-18T10:00Z", status="withdrawn").sent("d", "2026-11-19T10:00Z")
    journal.sent("other", "2026-11-20T10:00Z", status="withdrawn")
    assert [one.at for one in journal.incident.filings_under("d")] == [utc("2026-11-19T10:00Z")]


def test_a_notification_after_a_withdrawal_stands() -> None:
    journal = opened().sent("d", "2026-11-19T10:00Z").sent("d", "2026-11-19T11:00Z", status="withdrawn")
    journal.sent("d", "2026-11-20T10:00Z")
    assert [one.at for one in journal.incident.filings_under("d")] == [utc("2026-11-20T10:00Z")]


def test_who_was_asked_is_said_by_the_last_note_that_asks_for_it() -> None:
    journal = opened()
    assert journal.incident.asked_for(["harms"]) is None
    for text, hour, about in (
        ("late", 11, ["harms"]),
        ("early", 9, ["harms", "countries"]),
        ("at the same time", 11, ["harms"]),
        ("later, of something else", 12, ["description"]),
        ("later, of nothing", 13, []),
    ):
        asking = {"about": about} if about else {}
        journal.add(EntryKind.NOTED, {"text": text, "at": f"2026-11-18T{hour:02}:00:00Z", "party": "Kavkom", **asking})
    asked = {
        facts: note.text if note else None
        for facts in (("harms",), ("countries",), ("countries", "harms"), ("severity",), ())
        for note in [journal.incident.asked_for(facts)]
    }
    assert asked == {
        ("harms",): "at the same time",
        ("countries",): "early",
        ("countries", "harms"): "at the same time",
        ("severity",): None,
        (): None,
    }
