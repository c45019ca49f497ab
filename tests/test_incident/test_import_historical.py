"""Historical records: they keep their own times, are judged by them, and alarm nobody once they were closed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import incident, refused
from tests.test_incident.foreign_examples import SOURCES

ONE = "INC-2026-0001"
CLOSED = {"at": "2019-05-01T10:00:00Z", "because": "All told"}
OLD = {"source": "old", "ref": "1", "title": "Old", "moments": {"aware": "2019-03-02T10:00:00Z"}}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-22T12:00Z")
    monkeypatch.chdir(tmp_path)


def imported(*records: dict[str, Any]) -> Any:
    Path("a.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return json.loads(incident("import", "--json", "a.jsonl").out)


def board() -> list[tuple[str, str | None]]:
    """Return the state of every incident, and that of its next clock."""
    rows = incident("list", "--json").json["incidents"]
    return [(row["state"], row["next"] and row["next"]["state"]) for row in rows]


def kinds() -> list[str]:
    return [entry["kind"] for entry in incident("journal", ONE, "--json").json["entries"]]


def test_lateness_is_judged_by_a_records_own_times() -> None:
    imported(OLD | {"filings": [{"duty": "gdpr-33-1", "at": "2019-03-08T10:00:00Z"}], "closed": CLOSED})
    clocks = {clock["duty"]: clock for clock in incident("clocks", ONE, "--json").json["clocks"]}
    authority = clocks["gdpr-33-1"]
    assert (authority["due_at"], authority["done_at"]) == ("2019-03-05T10:00:00Z", "2019-03-08T10:00:00Z")
    assert (authority["state"], authority["late_by_seconds"]) == ("met-late", 3 * 86_400)


def test_one_that_does_not_say_it_was_closed_is_overdue() -> None:
    imported(OLD)
    assert board() == [("open", "overdue")]


def test_what_was_closed_years_ago_alarms_nobody_and_stays_closed() -> None:
    imported(OLD | {"closed": CLOSED})
    assert board() == [("closed", None)]
    assert incident("clocks", "--json").json["incidents"] == []
    incident("note", ONE, "Found in the archive")
    assert board() == [("closed", None)]
    assert imported(OLD | {"closed": CLOSED})["unchanged"] == 1
    assert kinds() == ["opened", "closed", "noted"]


def test_what_was_left_undone_is_named() -> None:
    (taken,) = imported(OLD | {"closed": CLOSED})["incidents"]
    assert taken["warnings"] == ["closed as its source says, though never done: gdpr-33-1"]
    closing = incident("journal", ONE, "--json").json["entries"][1]["body"]
    assert closing == CLOSED | {"despite": ["gdpr-33-1", "gdpr-34", "gdpr-33-5"]}


def test_a_deadline_that_still_runs_is_not_closed_away() -> None:
    running = OLD | {"moments": {"aware": "2026-11-21T10:00:00Z"}, "closed": CLOSED}
    (taken,) = imported(running)["incidents"]
    assert taken["warnings"] == ["stays open: its source closed it, but there is time left for gdpr-33-1"]
    assert board() == [("open", "running")]


def test_a_source_may_close_later_but_not_over_a_person_who_reopened() -> None:
    imported(OLD)
    imported(OLD | {"closed": CLOSED})
    assert board() == [("closed", None)]
    incident("reopen", ONE, "--because", "Not all told")
    assert imported(OLD | {"closed": CLOSED})["unchanged"] == 1
    again = imported(OLD | {"closed": CLOSED | {"because": "Really"}})["incidents"]
    assert again[0]["warnings"][-1] == "stays open: its source closed it, but it was reopened here"
    assert board() == [("open", "overdue")]


def test_it_needs_both_its_time_and_its_reason() -> None:
    Path("a.csv").write_text("title,closed.at,closed.because\nA,2019-05-01T10:00Z,Done\nB,2019-05-01T10:00Z,\n")
    outcome = incident("import", "a.csv")
    assert (outcome.code, outcome.err) == (3, "incident: a.csv: line 3: closed.because: is required\n")
    assert board() == [("closed", None)]


def test_a_person_closes_with_the_command_for_it() -> None:
    imported(OLD)
    outcome = incident("set", ONE, "closed.at=2019-05-01T10:00Z", "closed.because=Done")
    refused(outcome, 2, "closed: close an incident with: incident close REF --because TEXT")


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_other_tools_report_never_alarms_by_itself(name: str) -> None:
    Path("export").write_bytes(SOURCES[name])
    assert incident("import", "export", "--json").json["opened"] > 0
    assert {state for _, state in board()} == {"waiting"}
