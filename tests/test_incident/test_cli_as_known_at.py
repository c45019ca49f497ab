"""`--as-known-at`: what was known when, under the rules of that time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from playbooks.texts import overlaid_texts
from tests.test_incident.command_line import incident, refused
from tests.test_incident.store_examples import RECORDED, Clock

ONE = "INC-2026-0001"
FIRST, SECOND = "2026-11-21T12:30Z", "2026-11-21T13:00Z"


def shown(at: str) -> Any:
    return incident("show", ONE, "--json", "--as-known-at", at).json


@pytest.fixture(autouse=True)
def two_hours(machine_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record in two hours of the machine's clock, which stands still until it is set."""
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
    incident("open", "--title", "Recordings", "--vendor", "kavkom", "--vendor-told-us", "2026-10-24T07:00Z")
    machine_clock.instant = RECORDED + timedelta(hours=1)
    incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted")
    incident("set", ONE, "facts.subjects_count=1200", "title=Recordings of calls")
    incident("open", "--title", "Another")


def test_only_what_was_recorded_by_then_is_replayed() -> None:
    then, since = shown(FIRST), shown(SECOND)
    assert (then["title"], then["decision"], then["facts"]) == ("Recordings", None, {})
    assert since["title"] == "Recordings of calls"
    assert since["decision"]["risk"] == "unlikely"
    assert since == incident("show", ONE, "--json").json


def test_clocks_and_journal_and_board_go_by_it() -> None:
    (clock,) = (
        clock
        for clock in incident("clocks", ONE, "--json", "--as-known-at", FIRST).json["clocks"]
        if clock["duty"] == "gdpr-33-1"
    )
    assert clock["state"] == "running"
    journal = incident("journal", ONE, "--json", "--as-known-at", FIRST).json
    assert [entry["kind"] for entry in journal["entries"]] == ["opened"]
    board = incident("list", "--json", "--as-known-at", FIRST).json
    assert [(row["incident"], row["title"], row["risk"]) for row in board["incidents"]] == [(ONE, "Recordings", None)]
    everything = incident("clocks", "--json", "--as-known-at", FIRST).json
    assert [one["incident"] for one in everything["incidents"]] == [ONE]


def test_so_does_the_register() -> None:
    (entry,) = incident("register", "--json", "--as-known-at", FIRST).json["entries"]
    assert (entry["incident"], entry["title"], entry["decision"]) == (ONE, "Recordings", "undecided")
    assert len(incident("register", "--json").json["entries"]) == 2


def test_the_second_that_the_journal_shows_is_enough_to_ask_by() -> None:
    (entry, *_) = incident("journal", ONE, "--json").json["entries"]
    assert shown(entry["recorded_at"])["title"] == "Recordings"


def test_an_incident_not_recorded_yet() -> None:
    refused(
        incident("show", "INC-2026-0002", "--as-known-at", FIRST),
        1,
        "INC-2026-0002 was not recorded yet at that time",
    )


def test_before_anything_was_recorded() -> None:
    before = "2026-01-01T00:00Z"
    assert incident("list", "--as-known-at", before, "--json").json["incidents"] == []
    assert incident("clocks", "--as-known-at", before, "--json").json["incidents"] == []
    refused(incident("show", ONE, "--as-known-at", before), 1, "nothing had been recorded by that time")


def test_the_time_is_read_strictly() -> None:
    refused(
        incident("show", ONE, "--as-known-at", "last week"),
        2,
        "--as-known-at: 'last week' is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00",
    )


def test_it_records_nothing() -> None:
    before = incident("verify", "--json").json
    incident("list", "--as-known-at", FIRST)
    incident("show", ONE, "--as-known-at", FIRST)
    assert incident("verify", "--json").json == before


def test_the_rules_of_the_time_hold(machine_clock: Clock, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[targets]\ngdpr-33-1 = 24\n")
    machine_clock.instant = datetime(2026, 11, 21, 14, tzinfo=UTC)
    ours = ("--settings", str(settings))
    now_known = [clock["duty"] for clock in incident("clocks", ONE, "--json", *ours).json["clocks"]]
    then_known = [clock["duty"] for clock in shown(SECOND)["clocks"]]
    assert "policy:gdpr-33-1" in now_known
    assert "policy:gdpr-33-1" not in then_known
    settings.write_text("")
    machine_clock.instant = datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert "policy:gdpr-33-1" not in [
        clock["duty"] for clock in incident("clocks", ONE, "--json", *ours).json["clocks"]
    ]
    assert "policy:gdpr-33-1" in [clock["duty"] for clock in shown("2026-11-21T14:30Z")["clocks"]]


READING = (
    ("show", ONE),
    ("clocks", ONE, "--explain"),
    ("clocks",),
    ("list",),
    ("list", "--due-within", "48h"),
    ("journal", ONE),
    ("register",),
)


def test_every_answer_is_given_again_as_it_was_given_then(machine_clock: Clock, tmp_path: Path) -> None:
    """Facts, settings and a playbook change in between, each alone, and then all at once."""
    settings, own = tmp_path / "settings.toml", tmp_path / "playbooks" / "vendors" / "kavkom.toml"
    ours = ("--settings", str(settings), "--json")
    shipped = overlaid_texts(tmp_path / "none")["vendors/kavkom.toml"]
    own.parent.mkdir(parents=True)

    def set_target() -> None:
        settings.write_text("[targets]\ngdpr-33-1 = 24\n")

    def shorten_promise() -> None:
        own.write_text(shipped.replace("amount = 48", "amount = 12"))

    def state_fact() -> None:
        incident("set", ONE, "moments.vendor_aware=2026-10-24T06:00Z", *ours[:2])

    def undo_all() -> None:
        settings.write_text("")
        own.unlink()
        incident("decide", ONE, "--risk", "high", *ours[:2])

    given = {}
    for hours, change in enumerate((lambda: None, set_target, shorten_promise, state_fact, undo_all), 2):
        machine_clock.instant = RECORDED + timedelta(hours=hours)
        change()
        answers = [incident(*command, *ours).json for command in READING]
        given[f"{machine_clock.instant:%Y-%m-%dT%H:%M:%SZ}"] = answers
    for at, answers in given.items():
        assert [incident(*command, *ours, "--as-known-at", at).json for command in READING] == answers
    explained = [answers[1] for answers in given.values()]
    assert all(one != other for one, other in pairwise(explained))
    due = [{clock["duty"]: clock["due_at"] for clock in clocks["clocks"]} for clocks in explained]
    assert [one.get("policy:gdpr-33-1") for one in due] == [None, *["2026-10-25T07:00:00Z"] * 3, None]
    promised = [one["contract:kavkom"] for one in due]
    assert promised == [None, None, None, "2026-10-24T18:00:00Z", "2026-10-26T06:00:00Z"]
