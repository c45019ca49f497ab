"""What a clock depends on and what settles it: decisions, exemptions, data subjects told, a register kept."""

from datetime import timedelta

import pytest

from models.conditions import Condition
from models.regime import RegimePlaybook
from models.vocabulary import ClockState, ConditionState
from tests.test_models.examples import AWARE, DUE, NOW, OPENED_AT, after, aware, opened, utc
from tests.test_models.rulebook import GDPR, REGISTER, clocks, file, legal, rules


@pytest.mark.parametrize(
    ("risk", "authority", "subjects"),
    [
        ("unlikely", ("not-met", "not-required"), ("not-met", "not-required")),
        ("risk", ("met", "running"), ("not-met", "not-required")),
        ("high", ("met", "running"), ("met", "open")),
    ],
)
def test_the_risk_decides_who_must_be_told(risk: str, authority: tuple[str, str], subjects: tuple[str, str]) -> None:
    found = clocks(aware().decide(risk), NOW)
    for duty, needs, expected in (("gdpr-33-1", "risk", authority), ("gdpr-34", "high-risk", subjects)):
        condition = found[duty].condition
        assert condition is not None
        assert (condition.needs, condition.state.value, found[duty].state.value) == (needs, *expected)
    assert found["gdpr-33-5"].state is ClockState.OPEN
    assert found["gdpr-33-5"].condition is None


def test_while_the_risk_is_undecided_the_authoritys_clock_alarms_and_the_data_subjects_waits() -> None:
    found = clocks(aware(), after(DUE, 1))
    assert found["gdpr-33-1"].condition == Condition("risk", ConditionState.UNDECIDED)
    assert found["gdpr-33-1"].state is ClockState.OVERDUE
    assert found["gdpr-34"].condition == Condition("high-risk", ConditionState.UNDECIDED)
    assert found["gdpr-34"].state is ClockState.WAITING


def test_whether_personal_data_are_affected_may_be_unknown_and_still_alarms() -> None:
    assert clocks(aware(personal_data=None), after(DUE, 1))["gdpr-33-1"].state is ClockState.OVERDUE


def test_deciding_again_is_what_counts() -> None:
    journal = aware().decide("unlikely")
    assert clocks(journal, NOW)["gdpr-33-1"].state is ClockState.NOT_REQUIRED
    journal.decide("high")
    assert clocks(journal, NOW)["gdpr-33-1"].state is ClockState.RUNNING
    assert clocks(journal, NOW)["gdpr-34"].state is ClockState.OPEN


def test_what_is_not_required_is_never_overdue_nor_late() -> None:
    found = clocks(aware().decide("unlikely"), "2027-01-01T00:00Z")["gdpr-33-1"]
    assert (found.state, found.late_by, found.remaining) == (ClockState.NOT_REQUIRED, None, None)
    assert found.due_at == utc(DUE)


def test_what_was_notified_stays_notified_though_the_risk_turned_out_unlikely() -> None:
    journal = aware().sent("gdpr-33-1", "2026-11-22T09:00:00Z").decide("unlikely")
    found = clocks(journal, "2026-12-01T00:00Z")["gdpr-33-1"]
    assert (found.state, found.late_by) == (ClockState.MET_LATE, timedelta(days=1))


def test_no_breach_is_another_decision_than_an_unlikely_risk() -> None:
    moments = {"aware": AWARE, "vendor_aware": AWARE}
    found = clocks(opened(vendor="kavkom", moments=moments).decide(None, "test data only"), "2027-01-01T00:00Z")
    assert {one.state for one in found.values()} == {ClockState.NOT_REQUIRED}
    assert found["gdpr-33-5"].condition == Condition("breach", ConditionState.NOT_MET)
    assert found["gdpr-33-1"].condition == Condition("risk", ConditionState.NOT_MET)
    assert found["contract:kavkom"].outstanding == ()
    unlikely = clocks(opened(vendor="kavkom", moments=moments).decide("unlikely"), "2027-01-01T00:00Z")
    assert unlikely["contract:kavkom"].state is ClockState.OVERDUE
    assert unlikely["gdpr-33-5"].state is ClockState.OPEN


NOT_INFORMED = {"subjects_informed_status": "not_informed"}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (NOT_INFORMED | {"not_informed_reason": "art34_3_a_protected"}, "not-required"),
        (NOT_INFORMED | {"not_informed_reason": "art34_3_b_mitigated"}, "not-required"),
        (NOT_INFORMED | {"not_informed_reason": "national_exemption"}, "not-required"),
        (NOT_INFORMED | {"not_informed_reason": "art34_3_c_disproportionate_public_notice"}, "open"),
        (NOT_INFORMED | {"not_informed_reason": "no time"}, "open"),
        (NOT_INFORMED, "open"),
        ({"not_informed_reason": "art34_3_a_protected"}, "open"),
        ({"subjects_informed_status": "undecided", "not_informed_reason": "art34_3_a_protected"}, "open"),
    ],
)
def test_exempt_from_telling_the_data_subjects_is_who_decided_so_for_a_reason_of_the_law(
    facts: dict[str, str], state: str
) -> None:
    found = clocks(aware(facts=facts).decide("high"), NOW)
    assert found["gdpr-34"].state == state
    assert found["gdpr-33-1"].state is ClockState.RUNNING


@pytest.mark.parametrize(
    ("facts", "state", "done_at"),
    [
        ({"subjects_informed_status": "informed", "informed_at": "2026-11-19T08:00Z"}, "met", "2026-11-19T08:00Z"),
        ({"subjects_informed_status": "informed"}, "open", None),
        ({"subjects_informed_status": "planned", "informed_at": "2026-11-19T08:00Z"}, "open", None),
        ({"informed_at": "2026-11-19T08:00Z"}, "open", None),
        ({"subjects_informed_status": "planned", "informed_planned_at": "2026-11-20T08:00Z"}, "open", None),
    ],
)
def test_data_subjects_were_told_when_the_file_says_so(facts: dict[str, str], state: str, done_at: str | None) -> None:
    found = clocks(aware(facts=facts).decide("high"), NOW)["gdpr-34"]
    assert (found.state, found.done_at) == (state, utc(done_at) if done_at else None)


def test_or_when_a_communication_is_recorded_and_the_first_counts() -> None:
    facts = {"subjects_informed_status": "informed", "informed_at": "2026-11-19T08:00Z"}
    journal = aware(facts=facts).decide("high").sent("gdpr-34", "2026-11-19T07:00:00Z")
    assert clocks(journal, NOW)["gdpr-34"].done_at == utc("2026-11-19T07:00Z")


def test_an_instant_stated_to_be_unknown_tells_nobody() -> None:
    journal = aware(facts={"subjects_informed_status": "informed"}).decide("high")
    journal.record({}, certainty="unknown", without_value=["informed_at"])
    assert clocks(journal, NOW)["gdpr-34"].state is ClockState.OPEN


def test_the_register_is_kept_once_facts_effects_and_remedy_are_recorded() -> None:
    journal = aware(facts={"description": "Open archive."})
    assert clocks(journal, NOW)["gdpr-33-5"].state is ClockState.OPEN
    journal.record({"facts": {"consequences": ["c_misuse"]}})
    assert clocks(journal, NOW)["gdpr-33-5"].state is ClockState.OPEN
    journal.record({"facts": {"measures_remedy": "Closed."}})
    found = clocks(journal, NOW)["gdpr-33-5"]
    assert (found.state, found.done_at) == (ClockState.MET, OPENED_AT + timedelta(minutes=2))


def test_what_is_stated_to_be_unknown_keeps_no_register() -> None:
    facts = {"description": "Open archive.", "measures_remedy": "Closed."}
    journal = aware(facts=facts).record({}, certainty="unknown", without_value=["likely_consequences"])
    assert clocks(journal, NOW)["gdpr-33-5"].state is ClockState.OPEN


def test_the_register_is_kept_from_its_first_answers_whatever_is_changed_later() -> None:
    facts = {"description": "Open archive.", "consequences": ["c_misuse"], "measures_remedy": "Closed."}
    journal = aware(facts=facts)
    journal.record({"facts": {"description": "More is known.", "likely_consequences": "Unwanted calls."}})
    assert clocks(journal, NOW)["gdpr-33-5"].done_at == OPENED_AT


def test_a_register_that_asks_for_nothing_is_kept_only_when_somebody_says_so() -> None:
    keeping = legal("keep", "us", "register", "controller")
    asking_nothing = rules(
        RegimePlaybook.model_validate(file("regime", "x", applies="personal-data", duties=[keeping]))
    )
    journal = aware(facts={"description": "Open archive."})
    assert clocks(journal, NOW, under=asking_nothing)["keep"].state is ClockState.OPEN
    journal.sent("keep", "2026-11-19T08:00:00Z")
    assert clocks(journal, NOW, under=asking_nothing)["keep"].state is ClockState.MET


def test_the_tests_register_asks_what_the_law_asks() -> None:
    assert next(duty.requires for duty in GDPR.duties if duty.creditor == "register") == REGISTER
