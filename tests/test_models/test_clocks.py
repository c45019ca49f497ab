"""Clocks: every state and every condition, to the second."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clocks import Candidate, Clock, Condition, clock, next_clock
from models.duties import duties_for
from models.journal import EntryKind
from models.moments import MomentName, utc_text
from models.organisation import Organisation
from models.playbook import RegimePlaybook
from models.vocabulary import ClockState, ConditionState
from tests.test_models.examples import (
    GDPR,
    OPENED_AT,
    REGISTER,
    RULES,
    US_AT_HOME,
    Journal,
    clocks,
    file,
    hours,
    legal,
    opened,
    rules,
    utc,
)

AWARE = "2026-11-18T09:00Z"
DUE = "2026-11-21T09:00Z"
NOW = "2026-11-19T09:00Z"
ACME, BETA = {"id": "acme", "name": "Acme SAS"}, {"id": "beta", "name": "Beta BV"}


def aware(at: str = AWARE, **record: Any) -> Journal:
    return opened(moments={"aware": at}, **record)


def after(instant: str, seconds: int) -> str:
    return utc_text(utc(instant) + timedelta(seconds=seconds))


# The four worked examples of the main line: vendor aware and telling us, we the controller.
TOLD = {"vendor_aware": "2026-10-23T15:30+02:00", "vendor_told_us": "2026-10-24T09:00+02:00"}


def summary(found: dict[str, Clock]) -> dict[str, tuple[str | None, str]]:
    return {name: (utc_text(one.due_at) if one.due_at else None, one.state.value) for name, one in found.items()}


OWN_CLOCKS = {
    "gdpr-33-1": ("2026-10-27T07:00:00Z", "running"),
    "gdpr-33-2": (None, "met"),
    "gdpr-34": (None, "waiting"),
    "gdpr-33-5": (None, "open"),
}


@pytest.mark.parametrize(
    ("vendor", "contract"),
    [
        ("kavkom", {"contract:kavkom": ("2026-10-25T13:30:00Z", "met")}),
        (
            "convious",
            {
                "contract:convious": ("2026-10-26T13:30:00Z", "met"),
                "contract:convious/access": (None, "met"),
            },
        ),
        ("konverso", {"contract:konverso": (None, "met")}),
        ("deskhero", {}),
    ],
)
def test_the_vendors_of_the_main_line_when_they_told_us(
    vendor: str, contract: dict[str, tuple[str | None, str]]
) -> None:
    found = clocks(opened(vendor=vendor, moments=TOLD), "2026-10-24T12:00Z")
    assert summary(found) == contract | OWN_CLOCKS
    trigger = found["gdpr-33-1"].trigger
    assert trigger is not None
    assert (trigger.at, trigger.presumed_from) == (utc("2026-10-24T07:00Z"), MomentName.VENDOR_TOLD_US)


@pytest.mark.parametrize(
    ("vendor", "contract"),
    [
        ("kavkom", {"contract:kavkom": ("2026-10-25T13:30:00Z", "running")}),
        (
            "convious",
            {
                "contract:convious": ("2026-10-26T13:30:00Z", "running"),
                "contract:convious/access": (None, "open"),
            },
        ),
        ("konverso", {"contract:konverso": (None, "open")}),
        ("deskhero", {}),
    ],
)
def test_the_vendors_of_the_main_line_before_they_told_us(
    vendor: str, contract: dict[str, tuple[str | None, str]]
) -> None:
    moments = {"vendor_aware": TOLD["vendor_aware"]}
    assert summary(clocks(opened(vendor=vendor, moments=moments), "2026-10-24T12:00Z")) == contract | {
        "gdpr-33-1": (None, "waiting"),
        "gdpr-33-2": (None, "open"),
        "gdpr-34": (None, "waiting"),
        "gdpr-33-5": (None, "waiting"),
    }


def test_a_processor_of_the_main_line_with_two_customers() -> None:
    journal = aware(AWARE, role="processor", contract="kavkom", customers=[ACME, BETA])
    journal.sent("contract:kavkom@acme", "2026-11-19T09:00:00Z")
    assert summary(clocks(journal, "2026-11-19T12:00Z")) == {
        "contract:kavkom@acme": ("2026-11-20T09:00:00Z", "met"),
        "contract:kavkom@beta": ("2026-11-20T09:00:00Z", "running"),
        "gdpr-33-2@acme": (None, "open"),
        "gdpr-33-2@beta": (None, "open"),
    }


def test_a_clock_in_full() -> None:
    journal = aware()
    found = clock(duties_for(journal.incident, RULES, US_AT_HOME)[0], journal.incident, utc(NOW))
    assert found == Clock(
        duty=found.duty,
        state=ClockState.RUNNING,
        candidates=(Candidate(utc(AWARE), None, None, "anna"),),
        condition=Condition("risk", ConditionState.UNDECIDED),
        due_at=utc(DUE),
        latest_at=utc("2026-11-21T10:00Z"),
        due_soon_at=utc("2026-11-20T15:00Z"),
        done_at=None,
        late_by=None,
        remaining=timedelta(hours=48),
        outstanding=(),
    )
    assert found.duty.id == "gdpr-33-1"


@pytest.mark.parametrize(
    ("now", "state", "late_by"),
    [
        (AWARE, "running", None),
        (after("2026-11-20T15:00Z", -1), "running", None),
        ("2026-11-20T15:00Z", "due-soon", None),
        (DUE, "due-soon", None),
        (after(DUE, 1), "overdue", timedelta(seconds=1)),
        ("2027-11-21T09:00Z", "overdue", timedelta(days=365)),
    ],
)
def test_seventy_two_hours_to_the_second(now: str, state: str, late_by: timedelta | None) -> None:
    found = clocks(aware(), now)["gdpr-33-1"]
    assert (found.state, found.late_by) == (state, late_by)
    assert found.remaining == utc(DUE) - utc(now)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-19T20:59:59Z", "running"),
        ("2026-11-19T21:00Z", "due-soon"),
        ("2026-11-20T09:00Z", "due-soon"),
        ("2026-11-20T09:00:01Z", "overdue"),
    ],
)
def test_the_vendors_forty_eight_hours_to_the_second(now: str, state: str) -> None:
    journal = opened(vendor="kavkom", moments={"vendor_aware": AWARE})
    assert clocks(journal, now)["contract:kavkom"].state == state


@pytest.mark.parametrize(
    ("filed", "state", "late_by"),
    [
        ("2026-11-18T10:00:00Z", "met", None),
        ("2026-11-21T09:00:00Z", "met", None),
        ("2026-11-21T09:00:01Z", "met-late", timedelta(seconds=1)),
        ("2026-11-24T10:00:00Z", "met-late", timedelta(days=3, hours=1)),
        ("2026-11-17T10:00:00Z", "met", None),
    ],
)
def test_lateness_is_frozen_at_the_notification(filed: str, state: str, late_by: timedelta | None) -> None:
    for now in (filed, "2030-01-01T00:00Z"):
        found = clocks(aware().sent("gdpr-33-1", filed), now)["gdpr-33-1"]
        assert (found.state, found.done_at, found.late_by) == (state, utc(filed), late_by)
        assert found.remaining is None


def test_lateness_is_that_of_the_first_notification_whatever_follows() -> None:
    journal = aware().sent("gdpr-33-1", "2026-11-22T09:00:00Z", complete=False)
    journal.sent("gdpr-33-1", "2026-11-30T09:00:00Z").sent("gdpr-33-1", "2026-11-29T09:00:00Z")
    found = clocks(journal, "2026-12-01T09:00Z")["gdpr-33-1"]
    assert (found.state, found.late_by) == (ClockState.MET_LATE, timedelta(days=1))


def test_an_earlier_awareness_stated_later_makes_a_notification_late() -> None:
    journal = aware().sent("gdpr-33-1", "2026-11-21T08:00:00Z")
    journal.record({"moments": {"aware": "2026-11-18T07:00Z"}})
    found = clocks(journal, "2026-12-01T09:00Z")["gdpr-33-1"]
    assert (found.state, found.late_by) == (ClockState.MET_LATE, timedelta(hours=1))


@pytest.mark.parametrize("status", ["attempted", "acknowledged"])
def test_an_attempt_stops_nothing(status: str) -> None:
    found = clocks(aware().sent("gdpr-33-1", "2026-11-18T10:00:00Z", status=status), NOW)["gdpr-33-1"]
    assert (found.state, found.done_at) == (ClockState.RUNNING, None)


def test_a_withdrawn_notification_is_owed_again() -> None:
    journal = aware().sent("gdpr-33-1", "2026-11-18T10:00:00Z", reference="R-1")
    assert clocks(journal, NOW)["gdpr-33-1"].state is ClockState.MET
    journal.sent("gdpr-33-1", "2026-11-18T11:00:00Z", status="withdrawn", reference="R-1")
    assert clocks(journal, NOW)["gdpr-33-1"].state is ClockState.RUNNING
    assert clocks(journal, after(DUE, 1))["gdpr-33-1"].state is ClockState.OVERDUE


def test_a_notification_under_one_duty_settles_no_other() -> None:
    journal = aware(AWARE, role="processor", contract="kavkom", customers=[ACME, BETA])
    journal.sent("gdpr-33-2@acme", "2026-11-18T10:00:00Z")
    assert {name: one.state for name, one in clocks(journal, NOW).items()} == {
        "contract:kavkom@acme": ClockState.RUNNING,
        "contract:kavkom@beta": ClockState.RUNNING,
        "gdpr-33-2@acme": ClockState.MET,
        "gdpr-33-2@beta": ClockState.OPEN,
    }


# Awareness: stated, presumed, and rival.


def test_awareness_is_never_presumed_from_detection_or_from_opening() -> None:
    moments = {"occurred_from": AWARE, "detected": AWARE, "suspected": AWARE, "vendor_aware": AWARE}
    found = clocks(opened(moments=moments), "2027-01-01T00:00Z")["gdpr-33-1"]
    assert (found.state, found.due_at, found.trigger) == (ClockState.WAITING, None, None)
    assert (found.remaining, found.late_by, found.due_soon_at, found.latest_at) == (None, None, None, None)


@pytest.mark.parametrize(
    ("stated", "told", "counts", "presumed"),
    [
        (None, "2026-11-18T09:00Z", "2026-11-18T09:00Z", True),
        ("2026-11-18T08:00Z", "2026-11-18T09:00Z", "2026-11-18T08:00Z", False),
        ("2026-11-18T10:00Z", "2026-11-18T09:00Z", "2026-11-18T09:00Z", True),
        ("2026-11-18T09:00Z", "2026-11-18T09:00Z", "2026-11-18T09:00Z", False),
    ],
)
def test_the_earlier_of_stated_and_presumed_awareness_drives_the_alarm(
    stated: str | None, told: str, counts: str, presumed: object
) -> None:
    found = clocks(opened(moments={"aware": stated, "vendor_told_us": told}), NOW)["gdpr-33-1"]
    assert found.due_at == utc(counts) + timedelta(hours=72)
    assert found.trigger is not None
    assert (found.trigger.at, found.trigger.presumed_from is not None) == (utc(counts), presumed)
    assert len(found.candidates) == 1 + (stated is not None)


def test_every_rival_is_kept_with_who_said_it_and_why_earliest_first() -> None:
    candidates = [{"at": "2026-11-18T12:00Z", "why": "the report"}, {"at": "2026-11-18T10:00Z"}]
    journal = opened(moments={"aware": candidates})
    journal.sent("contract:kavkom", "2026-11-18T11:00:00Z")
    assert clocks(journal, NOW)["gdpr-33-1"].candidates == (
        Candidate(utc("2026-11-18T10:00Z"), None, None, "anna"),
        Candidate(utc("2026-11-18T11:00Z"), MomentName.VENDOR_TOLD_US, "filing under contract:kavkom", "anna"),
        Candidate(utc("2026-11-18T12:00Z"), None, "the report", "anna"),
    )


def test_a_later_awareness_never_extends_the_deadline_but_a_correction_with_its_reason_does() -> None:
    journal = aware().record({"moments": {"aware": "2026-11-20T09:00Z"}})
    assert clocks(journal, NOW)["gdpr-33-1"].due_at == utc(DUE)
    journal.record({"moments": {"aware": "2026-11-20T09:00Z"}}, correcting="the day was mistyped")
    assert clocks(journal, NOW)["gdpr-33-1"].due_at == utc("2026-11-23T09:00Z")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_the_earliest_of_any_stated_awareness_is_the_anchor(seconds: list[int]) -> None:
    journal = opened()
    for passed in seconds:
        journal.record({"moments": {"aware": after(AWARE, passed)}})
    assert clocks(journal, NOW)["gdpr-33-1"].due_at == utc(DUE) + timedelta(seconds=min(seconds))


def test_only_the_vendors_own_awareness_starts_what_it_owes_us() -> None:
    journal = aware(AWARE, vendor="kavkom")
    assert clocks(journal, NOW)["contract:kavkom"].state is ClockState.WAITING
    journal.record({"moments": {"vendor_aware": "2026-11-17T09:00Z"}})
    assert clocks(journal, NOW)["contract:kavkom"].due_at == utc("2026-11-19T09:00Z")


def test_what_the_vendor_told_us_before_it_said_when_it_knew_is_met_though_not_judged() -> None:
    found = clocks(opened(vendor="kavkom", moments={"vendor_told_us": AWARE}), NOW)["contract:kavkom"]
    assert (found.state, found.done_at, found.trigger) == (ClockState.MET, utc(AWARE), None)


def test_a_vendor_that_told_us_late_is_late_for_ever() -> None:
    moments = {"vendor_aware": AWARE, "vendor_told_us": "2026-11-20T10:30Z"}
    found = clocks(opened(vendor="kavkom", moments=moments), "2027-01-01T00:00Z")["contract:kavkom"]
    assert (found.state, found.late_by) == (ClockState.MET_LATE, timedelta(minutes=90))


def test_the_documentation_is_owed_though_the_vendor_told_us_at_hour_forty_seven() -> None:
    journal = opened(vendor="kavkom", moments={"vendor_aware": AWARE, "vendor_told_us": "2026-11-20T08:00Z"})
    told = clocks(journal, "2026-11-20T08:00Z")["contract:kavkom"]
    assert (told.state, told.outstanding) == (ClockState.MET, ("any useful documentation",))
    incomplete = journal.sent("contract:kavkom", "2026-11-20T08:30:00Z", complete=False)
    assert clocks(incomplete, "2026-11-21T08:00Z")["contract:kavkom"].outstanding == ("any useful documentation",)
    delivered = journal.sent("contract:kavkom", "2026-11-20T20:00:00Z")
    brought = clocks(delivered, "2026-11-21T08:00Z")["contract:kavkom"]
    assert (brought.state, brought.done_at, brought.outstanding) == (ClockState.MET, utc("2026-11-20T08:00Z"), ())


# Conditions.


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


# The rest after an incomplete notification, Art. 33(4).


def partly_notified(at: str = "2026-11-20T09:00:00Z") -> Journal:
    return aware().sent("gdpr-33-1", at, complete=False, channel="portal")


def test_the_rest_runs_from_what_was_filed_not_from_when_it_was_due() -> None:
    found = clocks(partly_notified("2026-11-25T09:00:00Z"), "2026-11-26T09:00Z")
    assert found["gdpr-33-1"].state is ClockState.MET_LATE
    assert found["gdpr-33-4"].candidates == (Candidate(utc("2026-11-25T09:00Z"), None, "portal", "anna"),)
    assert found["gdpr-33-4"].due_at == utc("2026-11-28T09:00Z")
    assert found["gdpr-33-4"].state is ClockState.RUNNING


def test_without_the_authoritys_time_the_rest_is_owed_softly() -> None:
    found = clocks(partly_notified(), NOW, Organisation())["gdpr-33-4"]
    assert (found.state, found.due_at) == (ClockState.OPEN, None)


def test_the_rest_counts_from_the_first_incomplete_notification() -> None:
    journal = partly_notified().sent("gdpr-33-1", "2026-11-21T09:00:00Z", complete=False)
    found = clocks(journal, "2026-11-22T09:00Z")["gdpr-33-4"]
    assert (found.due_at, found.done_at) == (utc("2026-11-23T09:00Z"), None)


@pytest.mark.parametrize("duty", ["gdpr-33-1", "gdpr-33-4"])
@pytest.mark.parametrize(
    ("at", "complete", "state", "late_by"),
    [
        ("2026-11-23T09:00:00Z", True, "met", None),
        ("2026-11-23T09:00:01Z", True, "met-late", timedelta(seconds=1)),
        ("2026-11-22T09:00:00Z", False, "overdue", timedelta(days=1)),
    ],
)
def test_the_rest_is_done_by_a_complete_notification(
    duty: str, at: str, complete: object, state: str, late_by: timedelta | None
) -> None:
    found = clocks(partly_notified().sent(duty, at, complete=complete), "2026-11-24T09:00Z")["gdpr-33-4"]
    assert (found.state, found.late_by) == (state, late_by)


# The register, Art. 33(5).


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


# Targets of ours, and duties that a person added.


@pytest.mark.parametrize(
    ("now", "state"),
    [("2026-11-18T10:00Z", "running"), ("2026-11-19T03:00Z", "due-soon"), ("2026-11-19T09:00:01Z", "overdue")],
)
def test_a_target_of_ours_runs_where_the_law_names_no_number(now: str, state: str) -> None:
    ours = Organisation(targets={"gdpr-33-2": 24})
    found = clocks(aware(AWARE, role="processor", customers=[ACME]), now, ours)
    assert (found["gdpr-33-2@acme"].state, found["gdpr-33-2@acme"].due_at) == (ClockState.OPEN, None)
    assert found["policy:gdpr-33-2@acme"].state == state


def test_what_settles_the_duty_settles_its_target() -> None:
    ours = Organisation(targets={"gdpr-33-2": 24})
    journal = aware(AWARE, role="processor", customers=[ACME]).sent("gdpr-33-2@acme", "2026-11-19T10:00:00Z")
    found = clocks(journal, "2026-11-20T09:00Z", ours)
    assert found["gdpr-33-2@acme"].state is ClockState.MET
    assert found["policy:gdpr-33-2@acme"].state is ClockState.MET_LATE
    assert found["policy:gdpr-33-2@acme"].late_by == timedelta(hours=1)


def added(journal: Journal, **more: Any) -> Journal:
    body = {"title": "Answer the letter", "from": "us", "to": "CNIL", "basis": "authority", "source": "Letter"}
    return journal.add(EntryKind.DUTY_ADDED, body | more)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-29T23:59:59Z", "running"),
        ("2026-11-30T00:00Z", "due-soon"),
        ("2026-12-01T00:00Z", "due-soon"),
        ("2026-12-01T00:00:01Z", "overdue"),
    ],
)
def test_a_date_that_was_set_needs_no_trigger_and_is_due_soon_a_day_before(now: str, state: str) -> None:
    found = clocks(added(opened(), due_at="2026-12-01T00:00:00Z"), now)["added:1"]
    assert (found.state, found.due_at, found.latest_at) == (state, utc("2026-12-01T00:00Z"), None)


def test_an_added_period_runs_from_its_moment() -> None:
    journal = added(opened(moments={"detected": AWARE}), trigger="detected", period=hours(24))
    found = clocks(journal, NOW)["added:1"]
    assert (found.state, found.due_at) == (ClockState.DUE_SOON, utc("2026-11-19T09:00Z"))
    journal.sent("added:1", "2026-11-19T08:00:00Z")
    assert clocks(journal, NOW)["added:1"].state is ClockState.MET


# Which clock comes next.


def next_of(journal: Journal, now: str = NOW) -> str | None:
    upcoming = next_clock(clocks(journal, now).values())
    return upcoming.duty.id if upcoming else None


def test_the_earliest_deadline_comes_next_overdue_ones_first() -> None:
    journal = opened(vendor="kavkom", moments={"aware": AWARE, "vendor_aware": "2026-11-10T09:00Z"})
    assert next_of(journal) == "contract:kavkom"
    journal.record({"moments": {"vendor_told_us": AWARE}})
    assert next_of(journal) == "gdpr-33-1"


def test_then_what_is_owed_without_a_date_then_what_waits_then_nothing() -> None:
    journal = aware().sent("gdpr-33-1", AWARE)
    assert next_of(journal) == "gdpr-33-5"
    journal.sent("gdpr-33-5", AWARE)
    assert next_of(journal) == "gdpr-34"
    journal.decide("risk")
    assert next_of(journal) is None
    assert next_clock([]) is None


@given(st.integers(-(10**6), 10**6))
def test_at_any_instant_the_state_agrees_with_what_remains(seconds: int) -> None:
    found = clocks(aware(), after(DUE, seconds))["gdpr-33-1"]
    assert found.remaining == timedelta(seconds=-seconds)
    if seconds > 0:
        assert (found.state, found.late_by) == (ClockState.OVERDUE, timedelta(seconds=seconds))
    else:
        expected = ClockState.DUE_SOON if seconds >= -18 * 3600 else ClockState.RUNNING
        assert (found.state, found.late_by) == (expected, None)
