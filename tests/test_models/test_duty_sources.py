"""Where duties come from beside contracts: the law of the day, an authority's practice, our targets, a person."""

from datetime import date
from typing import Any

import pytest

from models.duty import Citation, Duty, Trigger
from models.journal import EntryKind
from models.moments import MomentName
from models.organisation import Organisation
from models.periods import Period, Unit
from models.regime import RegimePlaybook
from models.vocabulary import Basis, Confidence
from tests.test_models.examples import ACME, BETA, Journal, opened, utc
from tests.test_models.rulebook import duties, file, hours, legal, rules, soft

OURS = ["gdpr-33-1", "gdpr-34", "gdpr-33-5"]
OURS_AND_VENDORS = ["gdpr-33-1", "gdpr-33-2", "gdpr-34", "gdpr-33-5"]


@pytest.mark.parametrize(
    ("moments", "in_force"),
    [
        ({"aware": "2017-03-01T09:00Z"}, False),
        ({"aware": "2018-05-24T21:59:59Z"}, False),
        ({"aware": "2018-05-24T22:00Z"}, True),
        ({"vendor_told_us": "2017-03-01T09:00Z"}, False),
        ({"aware": "2026-03-01T09:00Z", "vendor_told_us": "2017-03-01T09:00Z"}, False),
        ({"aware": "2017-03-01T09:00Z", "vendor_told_us": "2026-03-01T09:00Z"}, False),
        ({"detected": "2017-03-01T09:00Z", "occurred_from": "2017-03-01T09:00Z"}, True),
        ({"vendor_aware": "2017-03-01T09:00Z"}, True),
        ({}, True),
    ],
    ids=str,
)
def test_the_law_is_that_of_the_local_day_of_awareness_not_of_today(moments: dict[str, str], in_force: object) -> None:
    journal = opened(vendor="kavkom", moments=moments, place={"zone": "Europe/Paris"})
    found = list(duties(journal))
    assert found == ["contract:kavkom", *(OURS_AND_VENDORS if in_force else [])]


@pytest.mark.parametrize(
    ("aware", "expected"),
    [
        ("2026-11-30T23:59Z", ["old"]),
        ("2026-12-01T00:00Z", ["old", "new"]),
        ("2026-12-31T23:59Z", ["old", "new"]),
        ("2027-01-01T00:00Z", ["new"]),
    ],
)
def test_a_rule_is_law_from_its_first_day_to_its_last_both_included(aware: str, expected: list[str]) -> None:
    old = legal("old", "us", "authority", "controller", valid_to="2026-12-31")
    new = legal("new", "us", "authority", "controller", valid_from="2026-12-01")
    changing = rules(RegimePlaybook.model_validate(file("regime", "x", applies="personal-data", duties=[old, new])))
    assert list(duties(opened(moments={"aware": aware}), under=changing)) == expected


def test_a_regime_that_must_be_named_applies_where_it_is_named() -> None:
    nis = file("regime", "nis", applies="named", duties=[legal("nis-1", "us", "authority", "controller")])
    named = rules(RegimePlaybook.model_validate(nis))
    assert list(duties(opened(), under=named)) == []
    assert list(duties(opened(regimes=["gdpr"]), under=named)) == []
    assert list(duties(opened(regimes=["nis"]), under=named)) == ["nis-1"]


def incomplete() -> Journal:
    return opened().sent("gdpr-33-1", "2026-11-20T09:00Z", complete=False)


def test_the_rest_is_owed_only_after_an_incomplete_notification_that_stands() -> None:
    complete = opened().sent("gdpr-33-1", "2026-11-20T09:00Z")
    attempted = opened().sent("gdpr-33-1", "2026-11-20T09:00Z", complete=False, status="attempted")
    withdrawn = incomplete().sent("gdpr-33-1", "2026-11-20T10:00Z", status="withdrawn")
    for journal in (opened(), complete, attempted, withdrawn):
        assert list(duties(journal)) == OURS
    assert list(duties(incomplete())) == ["gdpr-33-1", "gdpr-33-4", "gdpr-34", "gdpr-33-5"]


def test_the_authoritys_own_time_for_the_rest_is_indicative() -> None:
    rest = duties(incomplete())["gdpr-33-4"]
    assert rest.basis is Basis.AUTHORITY
    assert rest.period == Period(Unit.HOURS, 72)
    assert rest.source == Citation("Cnil text", "complement", Confidence.CHECKED, date(2026, 11, 1))
    assert rest.trigger == Trigger(filing="gdpr-33-1", incomplete=True)
    assert rest.trigger.name == "filed:gdpr-33-1"


@pytest.mark.parametrize("authority", [None, "apd"])
def test_without_such_a_time_the_rest_is_owed_by_law_and_softly(authority: str | None) -> None:
    rest = duties(incomplete(), Organisation(authority=authority))["gdpr-33-4"]
    assert rest.basis is Basis.LAW
    assert rest.period == Period(Unit.SOFT, phrase="without undue further delay")


def test_the_authoritys_time_bears_on_no_other_duty() -> None:
    found = duties(incomplete())
    assert {duty.id for duty in found.values() if duty.basis is Basis.AUTHORITY} == {"gdpr-33-4"}


def test_our_own_targets_stand_beside_the_duties_and_are_labelled_as_ours() -> None:
    ours = Organisation(authority="cnil", targets={"gdpr-33-1": 24, "gdpr-99": 1})
    found = duties(opened(vendor="kavkom"), ours)
    assert list(found) == ["contract:kavkom", *OURS_AND_VENDORS, "policy:gdpr-33-1"]
    target = found["policy:gdpr-33-1"]
    assert target.title == "We → CNIL (gdpr-33-1): our own target"
    assert target.basis is Basis.POLICY
    assert target.period == Period(Unit.HOURS, 24)
    assert target.settled_under == "gdpr-33-1"
    assert (target.counting, target.needs) == (None, "risk")
    assert target.notes == ("an internal target of ours, not a deadline",)
    assert target.source == Citation("our settings", "targets.gdpr-33-1", Confidence.CHECKED)
    assert found["gdpr-33-1"].period == Period(Unit.HOURS, 72)


def test_a_target_for_one_customer_comes_before_the_one_for_all() -> None:
    ours = Organisation(targets={"gdpr-33-2": 24, "gdpr-33-2@beta": 6})
    found = duties(opened(role="processor", customers=[ACME, BETA]), ours)
    assert found["policy:gdpr-33-2@acme"].period == Period(Unit.HOURS, 24)
    assert found["policy:gdpr-33-2@beta"].period == Period(Unit.HOURS, 6)
    assert found["policy:gdpr-33-2@beta"].customer == "beta"


LETTER = {
    "title": "Answer the authority's letter",
    "from": "us",
    "to": "CNIL",
    "basis": "authority",
    "source": "Letter of 20 November",
}


def test_a_duty_that_no_playbook_knows_may_have_a_date() -> None:
    body = LETTER | {"due_at": "2026-12-01T11:00:00Z", "place": "p. 2"}
    assert duties(opened().add(EntryKind.DUTY_ADDED, body))["added:1"] == Duty(
        id="added:1",
        title="Answer the authority's letter",
        debtor="us",
        creditor="CNIL",
        recipient="other",
        basis=Basis.AUTHORITY,
        trigger=Trigger(MomentName.AWARE),
        period=None,
        source=Citation("Letter of 20 November", "p. 2", Confidence.CHECKED),
        settled_under="added:1",
        fixed_due_at=utc("2026-12-01T11:00Z"),
    )


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (hours(36), Period(Unit.HOURS, 36)),
        (soft("at once"), Period(Unit.SOFT, phrase="at once")),
    ],
)
def test_or_it_may_run_from_a_moment(period: dict[str, Any], expected: Period) -> None:
    journal = opened().add(EntryKind.DUTY_ADDED, LETTER | {"trigger": "detected", "period": period})
    added = duties(journal)["added:1"]
    assert (added.trigger, added.period) == (Trigger(MomentName.DETECTED), expected)


def test_what_a_person_added_stays_even_where_no_personal_data_are_affected() -> None:
    journal = opened(personal_data=False, vendor="kavkom")
    for _ in range(2):
        journal.add(EntryKind.DUTY_ADDED, LETTER | {"due_at": "2026-12-01T11:00:00Z"})
    assert list(duties(journal)) == ["added:1", "added:2"]
