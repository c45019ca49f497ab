"""Clocks: every state, to the second, and which clock comes next."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clocks import Clock, clock, next_clock
from models.conditions import Condition
from models.duties import duties_for
from models.ends import Candidate, End
from models.journal import EntryKind
from models.organisation import Organisation
from models.vocabulary import ClockState, ConditionState
from tests.test_models.examples import ACME, AWARE, BETA, DUE, NOW, Journal, after, aware, opened, utc
from tests.test_models.rulebook import RULES, US_AT_HOME, clocks, hours


def test_a_clock_in_full() -> None:
    journal = aware()
    found = clock(duties_for(journal.incident, RULES, US_AT_HOME)[0], journal.incident, utc(NOW))
    assert found == Clock(
        duty=found.duty,
        state=ClockState.RUNNING,
        counted=End(None, (Candidate(utc(AWARE), None, None, "anna"),), utc(DUE), utc("2026-11-21T10:00Z")),
        unused=(),
        condition=Condition("risk", ConditionState.UNDECIDED),
        due_soon_at=utc("2026-11-20T15:00Z"),
        done_at=None,
        late_by=None,
        remaining=timedelta(hours=48),
        elapsed=None,
        idle=None,
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


@pytest.mark.parametrize("duty", ["contract:kavkom", "gdpr-33-2"])
def test_a_vendors_notice_taken_back_starts_and_settles_nothing(duty: str) -> None:
    journal = opened(vendor="kavkom", moments={"vendor_aware": AWARE}).sent(duty, "2026-11-18T10:00:00Z")
    assert clocks(journal, NOW)["gdpr-33-1"].trigger is not None
    journal.sent(duty, "2026-11-18T11:00:00Z", status="withdrawn")
    found = clocks(journal, NOW)
    assert (found["contract:kavkom"].done_at, found["gdpr-33-2"].done_at) == (None, None)
    assert found["gdpr-33-1"].trigger is None


def test_a_notification_under_one_duty_settles_no_other() -> None:
    journal = aware(AWARE, role="processor", contract="kavkom", customers=[ACME, BETA])
    journal.sent("gdpr-33-2@acme", "2026-11-18T10:00:00Z")
    assert {name: one.state for name, one in clocks(journal, NOW).items()} == {
        "contract:kavkom@acme": ClockState.RUNNING,
        "contract:kavkom@beta": ClockState.RUNNING,
        "gdpr-33-2@acme": ClockState.MET,
        "gdpr-33-2@beta": ClockState.OPEN,
    }


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


@pytest.mark.parametrize(
    ("now", "elapsed", "idle"),
    [
        ("2026-11-21T12:05:00Z", timedelta(days=3, hours=3, minutes=5), timedelta(minutes=4)),
        # A rehearsal before the last entry was recorded, and before the awareness itself.
        ("2026-11-18T10:00Z", timedelta(hours=1), timedelta()),
        ("2026-11-18T08:00Z", timedelta(), timedelta()),
    ],
)
def test_a_soft_duty_says_how_long_it_is_open_and_since_when_nobody_acted(
    now: str, elapsed: timedelta, idle: timedelta
) -> None:
    open_duty = clocks(aware().decide("high"), now)["gdpr-34"]
    assert (open_duty.state, open_duty.elapsed, open_duty.idle) == (ClockState.OPEN, elapsed, idle)
    assert clocks(aware().decide("high"), now)["gdpr-33-1"].idle is None


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


def next_of(journal: Journal, now: str = NOW) -> str | None:
    upcoming = next_clock(clocks(journal, now).values())
    return upcoming.duty.id if upcoming else None


def test_an_added_period_in_working_days_is_counted_at_the_place() -> None:
    # Good Friday is a working day in Paris, and none in Alsace.
    period = {"unit": "working-days", "amount": 1}
    for place, due in (
        ({"country": "FR", "zone": "Europe/Paris"}, "2026-04-03T10:00Z"),
        ({"country": "FR", "subdivision": "6AE", "zone": "Europe/Paris"}, "2026-04-07T10:00Z"),
    ):
        journal = added(
            opened(moments={"detected": "2026-04-02T10:00Z"}, place=place), trigger="detected", period=period
        )
        assert clocks(journal, "2026-04-02T12:00Z")["added:1"].due_at == utc(due)


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
