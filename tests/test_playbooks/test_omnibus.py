"""The Digital Omnibus: dormant, reckoned with for planning only, and never taken for law."""

import pytest

from models.conditions import Condition
from models.gaps import gaps
from models.organisation import Organisation
from models.vocabulary import ClockState, ConditionState
from tests.builders import shipped_rules
from tests.test_models.examples import aware, opened, utc
from tests.test_playbooks.lawful import explained, ids, known, under_law

ABROAD = Organisation(main_establishment="US")


def test_it_is_never_reckoned_with_unless_it_is_assumed() -> None:
    for journal in (aware(), aware(regimes=["omnibus"])):
        first = under_law(journal)["gdpr-33-1"]
        assert (first.due_at, first.duty.assumed) == (utc("2026-11-21T09:00Z"), None)
    told = gaps(aware(regimes=["omnibus"]).incident, shipped_rules(), Organisation())
    assert "Omnibus is not law: it is never reckoned because a record names it" in told


def test_assumed_it_stands_in_for_the_notification_only_and_says_what_it_is() -> None:
    journal = aware()
    found = under_law(journal, assume="omnibus")
    assert sorted(found) == ["gdpr-33-1", "gdpr-33-5", "gdpr-34"]
    first = found["gdpr-33-1"]
    assert (first.due_at, first.condition) == (
        utc("2026-11-22T09:00Z"),
        Condition("high-risk", ConditionState.UNDECIDED),
    )
    assert first.duty.title.startswith("If Omnibus were law: we notify")
    assert [clock.duty.assumed for clock in found.values()] == ["Omnibus", None, None]
    assert explained(first, journal).startswith("for planning only: Omnibus is not law")


@pytest.mark.parametrize(
    ("risk", "state"), [("unlikely", "not-required"), ("risk", "not-required"), ("high", "running")]
)
def test_only_a_high_risk_would_be_notified(risk: str, state: str) -> None:
    assert under_law(aware().decide(risk), assume="omnibus")["gdpr-33-1"].state == state


def test_what_spares_us_telling_the_people_does_not_spare_us_telling_the_authority() -> None:
    facts = {"subjects_informed_status": "not_informed", "not_informed_reason": "art34_3_a_protected"}
    found = under_law(aware(facts=facts).decide("high"), assume="omnibus")
    assert (found["gdpr-33-1"].state, found["gdpr-34"].state) == (ClockState.RUNNING, ClockState.NOT_REQUIRED)


@pytest.mark.parametrize("at", ["2019-01-01T00:00:00Z", "2026-11-18T09:00:00Z", "2030-01-01T00:00:00Z"])
def test_planning_has_no_day_on_which_it_becomes_law(at: str) -> None:
    assert under_law(aware(at), assume="omnibus")["gdpr-33-1"].duty.assumed == "Omnibus"


def test_it_brings_back_nothing_that_is_not_owed_today() -> None:
    assert list(under_law(known("", {"aware": "2026-11-18T09:00:00Z"}, sectors=[]), assume="omnibus")) == []
    assert "gdpr-33-1" not in under_law(opened(role="processor"), assume="omnibus")


def test_each_countrys_authority_would_still_be_told_without_an_establishment() -> None:
    found = under_law(aware(facts={"countries": ["FR", "SE"]}), organisation=ABROAD, assume="omnibus")
    assert [found[f"gdpr-33-1@{country}"].duty.assumed for country in ("FR", "SE")] == ["Omnibus", "Omnibus"]


def test_a_proposal_that_nobody_knows_changes_nothing() -> None:
    assert list(under_law(aware(), assume="omnibuss")) == ids(aware())
