"""What became known since a notification: two replays of one incident, held against each other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change, ChangeKind, as_notified, changes
from models.dossier import RecordedFact
from models.incident import Incident
from models.journal import EntryKind
from models.replay import replay
from tests.builders import OPENED, entries, incident, recorded, sent

TOLD = "gdpr-33-1"
COUNT = {"subjects_count": {"value": 2000, "approximate": True}}
MOVED = recorded({"facts": {"subjects_count": {"value": 5400}}})


def minute(number: int) -> datetime:
    """When the entry of that number was recorded, the opening being number 0."""
    return OPENED + timedelta(minutes=number)


def at(number: float) -> str:
    """An instant some minutes after the opening, to the second."""
    return (OPENED + timedelta(minutes=number)).isoformat()


def since_told(found: Incident) -> tuple[Change, ...]:
    """What is new since the one notification that is recorded."""
    (filing,) = found.filings
    return changes(as_notified(found, filing), found)


def test_counts_that_moved_and_a_field_that_became_known() -> None:
    found = incident(
        {"title": "x", "facts": COUNT},
        sent(TOLD, at(1), complete=False),
        MOVED,
        recorded({"facts": {"likely_consequences": "Phishing"}}),
    )
    assert since_told(found) == (
        Change(
            "subjects_count",
            ChangeKind.CHANGED,
            {"value": 2000, "approximate": True},
            {"value": 5400},
            minute(0),
            minute(2),
        ),
        Change("likely_consequences", ChangeKind.ADDED, None, "Phishing", None, minute(3)),
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"without": "unknown"}, {"facts": {"severity": "limited"}}, ChangeKind.ADDED),
        ({"facts": {"severity": "limited"}}, {"facts": {"severity": "maximal"}}, ChangeKind.CHANGED),
        ({"facts": {"severity": "limited"}}, {"without": "unknown"}, ChangeKind.WITHDRAWN),
        ({"facts": {"severity": "limited"}}, {"without": "not-applicable"}, ChangeKind.CHANGED),
        ({}, {"without": "not-applicable"}, ChangeKind.ADDED),
        ({}, {"without": "unknown"}, None),
        ({"without": "unknown"}, {"without": "unknown"}, None),
        ({"facts": {"severity": "limited"}}, {"facts": {"severity": "limited"}}, None),
    ],
)
def test_what_became_of_a_fact(before: Mapping[str, Any], after: Mapping[str, Any], kind: ChangeKind | None) -> None:
    def said(what: Mapping[str, Any]) -> tuple[EntryKind, dict[str, Any]]:
        if "without" in what:
            return recorded({}, certainty=what["without"], without_value=["severity"], why="no")
        return recorded(what)

    found = incident({"title": "x"}, said(before), sent(TOLD, at(2)), said(after))
    assert [one.kind for one in since_told(found)] == ([kind] if kind else [])


def test_an_estimate_that_was_confirmed_is_a_change_though_the_value_stayed() -> None:
    found = incident(
        {"title": "x"},
        recorded({"facts": {"description": "Seen."}}, certainty="estimated"),
        sent(TOLD, at(2)),
        recorded({"facts": {"description": "Seen."}}),
    )
    (change,) = since_told(found)
    assert (change.kind, change.before, change.after) == (ChangeKind.CHANGED, "Seen.", "Seen.")


def test_a_value_that_went_and_came_back_is_no_change() -> None:
    back = recorded({"facts": COUNT})
    assert since_told(incident({"title": "x", "facts": COUNT}, sent(TOLD, at(1)), MOVED, back)) == ()


def test_moments_and_the_party_behind_the_vendor() -> None:
    record = {"title": "x", "moments": {"aware": "2026-10-24T07:00Z", "occurred_from": "2026-10-20"}}
    found = incident(
        record,
        sent(TOLD, at(1)),
        recorded({"moments": {"contained": "2026-10-24T09:00:00Z"}}),
        recorded({"moments": {"aware": "2026-10-24T08:00:00Z"}}),
        recorded({"moments": {"aware": "2026-10-24T06:00:00Z"}}),
        recorded({"subprocessor": {"name": "Carrier"}}),
    )
    assert since_told(found) == (
        Change(
            "moments.aware",
            ChangeKind.CHANGED,
            "2026-10-24T07:00:00Z",
            "2026-10-24T06:00:00Z",
            minute(0),
            minute(4),
        ),
        Change("moments.contained", ChangeKind.ADDED, None, "2026-10-24T09:00:00Z", None, minute(2)),
        Change("subprocessor", ChangeKind.ADDED, None, "Carrier", None, None),
    )


class TestWhatCountsAsTold:
    """By the time of recording, and never later than the notification is stated to have been made."""

    def test_a_notification_recorded_late_hides_nothing_that_came_in_between(self) -> None:
        found = incident({"title": "x", "facts": COUNT}, MOVED, sent(TOLD, at(0.5)))
        assert [one.field for one in since_told(found)] == ["subjects_count"]

    def test_a_time_told_to_the_minute_is_the_whole_minute(self) -> None:
        found = incident({"title": "x", "facts": COUNT}, MOVED, sent(TOLD, at(1)))
        assert since_told(found) == ()

    def test_a_notification_stated_for_later_than_it_was_recorded_tells_what_was_recorded(self) -> None:
        found = incident({"title": "x", "facts": COUNT}, sent(TOLD, at(60)), MOVED)
        assert [one.field for one in since_told(found)] == ["subjects_count"]

    def test_where_all_was_written_down_afterwards_the_notification_told_what_was_written_before_it(self) -> None:
        found = incident({"title": "x"}, recorded({"facts": COUNT}), sent(TOLD, at(-600)), MOVED)
        (change,) = since_told(found)
        assert (change.before, change.after) == (COUNT["subjects_count"], {"value": 5400})

    def test_a_notification_within_an_imported_record_told_what_that_record_says(self) -> None:
        filings = [{"duty": TOLD, "at": "2026-10-01T08:00:00Z"}]
        opened = incident({"title": "x", "facts": COUNT, "filings": filings}, MOVED)
        assert [one.field for one in since_told(opened)] == ["subjects_count"]
        imported = EntryKind.IMPORTED, {"record": {}, "changes": {"facts": COUNT, "filings": filings}}
        later = incident({"title": "x", "facts": {"severity": "limited"}}, imported, MOVED)
        assert [(one.field, one.before) for one in since_told(later)] == [("subjects_count", COUNT["subjects_count"])]

    def test_of_two_entries_in_one_instant_the_order_decides(self) -> None:
        opened = EntryKind.OPENED, {"record": {"title": "x", "facts": COUNT}}
        together = entries([opened, sent(TOLD, at(0)), MOVED])
        frozen = replay([replace(entry, recorded_at=OPENED) for entry in together])
        assert [one.field for one in since_told(frozen)] == ["subjects_count"]


VALUES = st.sampled_from(["negligible", "limited", "significant", "maximal", None])
STEPS = st.lists(st.tuples(st.sampled_from(["severity", "description", "own_reference"]), VALUES), max_size=6)


@given(before=STEPS, after=STEPS)
def test_exactly_what_reads_otherwise_has_changed(
    before: list[tuple[str, str | None]], after: list[tuple[str, str | None]]
) -> None:
    def said(name: str, value: str | None) -> tuple[EntryKind, dict[str, Any]]:
        if value is None:
            return recorded({}, certainty="unknown", without_value=[name])
        return recorded({"facts": {name: value}})

    first = [said(*step) for step in before]
    told = sent(TOLD, at(len(first) + 1))
    found = incident({"title": "x"}, *first, told, *(said(*step) for step in after))
    then = as_notified(found, found.filings[0])

    def answer(fact: RecordedFact | None) -> Any:
        return fact.value if fact else None

    old, new = then.current_facts(), found.current_facts()
    expected = {name for name in {*old, *new} if answer(old.get(name)) != answer(new.get(name))}
    assert {one.field for one in since_told(found)} == expected
    assert changes(found, found) == ()
