"""Regulation 611/2013: the provider's own 24 hours, three days, subscribers, sub-providers, and what it covers."""

from typing import Any

import pytest

from models.conditions import Condition
from models.journal import EntryKind
from models.vocabulary import ClockState, ConditionState
from tests.test_models.examples import ACME, Journal, opened, utc
from tests.test_playbooks.lawful import NOW, PARIS, explained, ids, under_law

OURS = ["eprivacy-611-initial", "eprivacy-611-subscribers"]
AWARE = "2026-11-18T09:20:00+01:00"


def provider(moments: dict[str, Any] | None = None, **record: Any) -> Journal:
    told = {"aware": AWARE} if moments is None else moments
    return opened(**{"sectors": ["ecs-provider"], "place": PARIS, "moments": told} | record)


def decide(journal: Journal, risk: str | None, *, covered: bool | None) -> Journal:
    body = {"breach": True, "risk": risk, "because": "traffic data only", "by": "DPO", "covered_elsewhere": covered}
    return journal.add(EntryKind.DECIDED, body)


def test_24_hours_from_awareness_with_the_regulations_outer_limit() -> None:
    initial = under_law(provider())["eprivacy-611-initial"]
    assert (initial.due_at, initial.latest_at) == (utc("2026-11-19T08:20Z"), utc("2026-11-19T09:00Z"))
    assert initial.duty.creditor == "the competent national authority"


@pytest.mark.parametrize(
    ("moments", "starts", "presumed_from"),
    [
        ({"detected": "2026-11-18T07:00:00Z"}, "2026-11-18T07:00Z", "detected"),
        ({"detected": "2026-11-18T07:00:00Z", "aware": "2026-11-18T10:00:00Z"}, "2026-11-18T10:00Z", None),
        (
            {"detected": "2026-11-18T07:00:00Z", "vendor_told_us": "2026-11-18T06:00:00Z"},
            "2026-11-18T06:00Z",
            "vendor_told_us",
        ),
    ],
)
def test_detection_stands_in_for_awareness_and_is_marked(
    moments: dict[str, str], starts: str, presumed_from: str | None
) -> None:
    found = under_law(provider(moments))
    trigger = found["eprivacy-611-initial"].trigger
    assert trigger is not None
    assert (trigger.at, trigger.presumed_from) == (utc(starts), presumed_from)
    if presumed_from == "detected":
        assert found["gdpr-33-1"].trigger is None


def test_no_risk_is_asked_of_the_authoritys_notification() -> None:
    found = under_law(provider().decide("unlikely"), "2026-11-20T00:00:00Z")
    assert found["eprivacy-611-initial"].state is ClockState.OVERDUE
    assert found["eprivacy-611-subscribers"].state is ClockState.NOT_REQUIRED
    assert found["gdpr-33-1"].state is ClockState.NOT_REQUIRED


@pytest.mark.parametrize("role", ["controller", "joint-controller", "processor", "sub-processor"])
def test_the_provider_owes_it_in_every_role_and_never_its_customer(role: str) -> None:
    found = under_law(provider(role=role))
    assert [name for name in found if name in OURS] == OURS
    assert found["eprivacy-611-initial"].duty.debtor == "us"
    assert any("never our customer's duty" in note for note in found["eprivacy-611-initial"].duty.notes)


def test_the_second_notification_has_three_days_from_the_incomplete_first() -> None:
    journal = provider({"aware": "2026-12-24T10:00:00+01:00"}, place={"country": "DE", "zone": "Europe/Berlin"})
    assert "eprivacy-611-second" not in under_law(journal)
    journal.sent("eprivacy-611-initial", "2026-12-24T15:00:00+01:00", complete=False)
    second = under_law(journal, "2026-12-25T00:00:00Z")["eprivacy-611-second"]
    assert (second.due_at, second.latest_at) == (utc("2026-12-27T14:00Z"), utc("2026-12-29T23:00Z"))


@pytest.mark.parametrize("under", ["eprivacy-611-initial", "eprivacy-611-second"])
def test_a_complete_one_settles_it(under: str) -> None:
    journal = provider().sent("eprivacy-611-initial", "2026-11-18T20:00:00Z", complete=False)
    journal.sent(under, "2026-11-19T20:00:00Z")
    assert under_law(journal)["eprivacy-611-second"].state is ClockState.MET


def test_a_withdrawn_first_notification_takes_the_second_away() -> None:
    journal = provider().sent("eprivacy-611-initial", "2026-11-18T20:00:00Z", complete=False)
    journal.sent("eprivacy-611-initial", "2026-11-18T21:00:00Z", status="withdrawn")
    found = under_law(journal)
    assert "eprivacy-611-second" not in found
    assert found["eprivacy-611-initial"].state is ClockState.OVERDUE


def test_subscribers_are_told_softly_and_not_settled_by_what_data_subjects_were_told() -> None:
    told = {"subjects_informed_status": "informed", "informed_at": "2026-11-19T08:00:00Z"}
    journal = provider(facts=told).decide("risk")
    found = under_law(journal)["eprivacy-611-subscribers"]
    assert (found.state, found.due_at, found.duty.creditor) == (
        ClockState.OPEN,
        None,
        "subscribers and individuals concerned",
    )
    journal.sent("eprivacy-611-subscribers", "2026-11-19T09:00:00Z")
    assert under_law(journal)["eprivacy-611-subscribers"].state is ClockState.MET


def test_a_sub_provider_tells_us_immediately_and_we_a_provider_that_is_our_customer() -> None:
    theirs = under_law(provider({"vendor_aware": AWARE}, vendor="kavkom"))["eprivacy-611-subprovider"]
    assert (theirs.duty.debtor, theirs.duty.creditor, theirs.period and theirs.period.phrase) == (
        "Kavkom",
        "us",
        "immediately",
    )
    assert theirs.state is ClockState.OPEN
    ours = under_law(provider(role="processor", customers=[ACME]))["eprivacy-611-subprovider@acme"]
    assert (ours.duty.debtor, ours.duty.creditor) == ("us", "Acme SAS")


def test_its_notice_to_us_is_when_it_told_us() -> None:
    journal = provider({"vendor_aware": AWARE}, vendor="kavkom")
    journal.sent("eprivacy-611-subprovider", "2026-11-18T10:00:00Z")
    found = under_law(journal)
    assert found["eprivacy-611-subprovider"].state is ClockState.MET
    assert found["gdpr-33-2"].done_at == utc("2026-11-18T10:00Z")
    assert found["gdpr-33-1"].due_at == utc("2026-11-21T10:00Z")


def test_the_gdprs_notifications_are_covered_and_to_be_decided_while_their_clock_runs() -> None:
    journal = provider()
    found = under_law(journal, "2026-11-22T00:00:00Z")
    undecided = Condition("art-95", ConditionState.UNDECIDED)
    assert [found[duty].condition for duty in ("gdpr-33-1", "gdpr-34")] == [undecided, undecided]
    assert (found["gdpr-33-1"].state, found["gdpr-34"].state) == (ClockState.OVERDUE, ClockState.WAITING)
    assert "covered, Art. 95: decide: the clock alarms all the same" in explained(found["gdpr-33-1"], journal)
    assert found["gdpr-33-1"].duty.covered_by == "ePrivacy"
    assert found["gdpr-33-5"].condition is None


def test_decided_to_be_covered_they_are_not_required() -> None:
    found = under_law(decide(provider(), "high", covered=True), "2026-11-22T00:00:00Z")
    assert [found[duty].state for duty in ("gdpr-33-1", "gdpr-34")] == [ClockState.NOT_REQUIRED] * 2
    assert found["eprivacy-611-initial"].state is ClockState.OVERDUE
    assert found["gdpr-33-5"].state is ClockState.OPEN


def test_decided_not_to_be_covered_the_risk_decides_as_ever() -> None:
    found = under_law(decide(provider(), "high", covered=False))
    assert found["gdpr-33-1"].condition == Condition("risk", ConditionState.MET)
    assert found["gdpr-34"].state is ClockState.OPEN
    found = under_law(decide(provider(), "unlikely", covered=None), "2026-11-22T00:00:00Z")
    assert found["gdpr-33-1"].condition == Condition("risk", ConditionState.NOT_MET)


def test_a_later_decision_on_the_risk_leaves_the_one_on_cover() -> None:
    journal = decide(provider(), "risk", covered=True).decide("high")
    assert under_law(journal)["gdpr-34"].condition == Condition("art-95", ConditionState.NOT_MET)


def test_each_countrys_authority_is_covered_alike() -> None:
    from models.organisation import Organisation

    journal = provider(facts={"countries": ["SE"]})
    found = under_law(journal, organisation=Organisation(main_establishment="US"))
    assert found["gdpr-33-1@SE"].condition == Condition("art-95", ConditionState.UNDECIDED)


def test_nothing_is_covered_where_the_regulation_does_not_apply() -> None:
    found = under_law(opened(place=PARIS, moments={"aware": AWARE}), NOW)
    assert found["gdpr-33-1"].condition == Condition("risk", ConditionState.UNDECIDED)
    assert found["gdpr-33-1"].duty.covered_by is None


def test_named_it_applies_whatever_the_sector() -> None:
    named = opened(place=PARIS, moments={"aware": AWARE}, regimes=["eprivacy-611"])
    assert [duty for duty in ids(named) if duty.startswith("eprivacy")] == OURS
