"""What a clock runs from: awareness stated, presumed and rival, and the filings of chained duties."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ends import Candidate
from models.moments import MomentName
from models.organisation import Organisation
from models.vocabulary import ClockState
from tests.test_models.examples import AWARE, DUE, NOW, Journal, after, aware, opened, utc
from tests.test_models.rulebook import clocks


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
    assert [one.at for one in found.candidates] == [utc("2026-11-20T09:00Z")]
    assert (found.due_at, found.done_at) == (utc("2026-11-23T09:00Z"), None)


@pytest.mark.parametrize("duty", ["gdpr-33-1", "gdpr-33-4"])
def test_after_several_incomplete_notifications_a_complete_one_settles_the_rest(duty: str) -> None:
    journal = partly_notified().sent("gdpr-33-4", "2026-11-20T19:00:00Z", complete=False)
    journal.sent("gdpr-33-1", "2026-11-21T09:00:00Z", complete=False)
    waiting = clocks(journal, "2026-11-22T09:00Z")["gdpr-33-4"]
    assert (waiting.state, waiting.due_at, waiting.done_at) == (ClockState.RUNNING, utc("2026-11-23T09:00Z"), None)
    settled = clocks(journal.sent(duty, "2026-11-23T10:00:00Z"), "2026-11-24T09:00Z")["gdpr-33-4"]
    assert (settled.state, settled.done_at) == (ClockState.MET_LATE, utc("2026-11-23T10:00Z"))
    assert settled.late_by == timedelta(hours=1)


def test_a_complete_notification_before_an_incomplete_one_neither_starts_nor_settles_the_rest() -> None:
    journal = aware().sent("gdpr-33-1", "2026-11-19T09:00:00Z")
    journal.sent("gdpr-33-1", "2026-11-20T09:00:00Z", complete=False)
    found = clocks(journal, "2026-11-21T09:00Z")["gdpr-33-4"]
    assert (found.due_at, found.done_at) == (utc("2026-11-23T09:00Z"), None)


@pytest.mark.parametrize("duty", ["gdpr-33-1", "gdpr-33-4"])
@pytest.mark.parametrize(
    ("at", "complete", "state", "late_by"),
    [
        ("2026-11-20T09:00:00Z", True, "met", None),
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
