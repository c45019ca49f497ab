"""An import stopped in the middle: what was reported is there, it says so, and running it again completes it."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from incident.cli.importing import STOPPED
from incident.desk import Desk, TakenIn
from tests.test_incident.command_line import Outcome, Terminal, incident

RECORDS = 6


@pytest.fixture(autouse=True)
def batches_of_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("incident.intake.run.run_import.__kwdefaults__", {"batch": 2})
    lines = [json.dumps({"ref": str(ref), "title": f"Record {ref}"}) for ref in range(RECORDS)]
    Path("a.jsonl").write_text("\n".join([*lines, "bad"]), "utf-8")


def stopped(by: BaseException, *options: str) -> Outcome:
    """Import, and be stopped before the second batch is written."""
    take_in = Desk.take_in
    batches: list[Any] = []

    def once(desk: Desk, records: list[dict[str, Any]]) -> list[TakenIn]:
        if batches:
            with desk.store.write() as transaction:
                transaction.next_reference(2026)
                raise by
        batches.append(records)
        return take_in(desk, records)

    with patch.object(Desk, "take_in", once):
        return incident("import", "a.jsonl", *options)


def completed() -> tuple[int, int, int]:
    document = json.loads(incident("import", "a.jsonl", "--json").out)
    return document["opened"], document["unchanged"], document["rejected"]


def test_by_a_person() -> None:
    outcome = stopped(KeyboardInterrupt())
    assert (outcome.code, outcome.out) == (1, "2 opened, 0 changed, 0 unchanged, 0 rejected\n")
    assert outcome.err == f"incident: stopped: {STOPPED}\n"
    assert incident("list", "--json").json["total"] == 2
    assert completed() == (RECORDS - 2, 2, 1)


def test_by_a_person_with_one_document_all_the_same() -> None:
    outcome = stopped(KeyboardInterrupt(), "--json")
    assert outcome.code == 1
    assert [one["ref"] for one in json.loads(outcome.out)["incidents"]] == ["0", "1"]


def test_by_a_full_disk() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    outcome = stopped(full)
    assert (outcome.code, outcome.out) == (1, "2 opened, 0 changed, 0 unchanged, 0 rejected\n")
    assert outcome.err.endswith(": the disk is full and nothing was written; free some space, then try again\n")
    assert completed() == (RECORDS - 2, 2, 1)


def test_while_only_looking_ahead() -> None:
    outcome = stopped(KeyboardInterrupt(), "--dry-run")
    assert (outcome.code, outcome.err) == (1, "incident: stopped: nothing was imported\n")
    assert completed() == (RECORDS, 0, 1)


def test_what_was_rejected_so_far_is_written(tmp_path: Path) -> None:
    Path("a.jsonl").write_text("bad\n" + Path("a.jsonl").read_text("utf-8"), "utf-8")
    stopped(KeyboardInterrupt(), "--rejects", "bad.jsonl")
    assert (tmp_path / "bad.jsonl").read_text("utf-8").splitlines()[1:] == ["bad"]


def test_rejects_that_cannot_be_written_hide_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("incident.intake.rejects.os.fsync", full)
    outcome = incident("import", "a.jsonl", "--rejects", "bad.jsonl")
    assert (outcome.code, outcome.out) == (1, f"{RECORDS} opened, 0 changed, 0 unchanged, 1 rejected\n")
    assert outcome.err.splitlines()[-1] == "incident: bad.jsonl: cannot be written: No space left on device"


def test_the_terminal_is_left_at_the_beginning_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_incident.command_line.StringIO", Terminal)
    text = stopped(KeyboardInterrupt()).err
    progress, message = text.split("\n", 1)
    assert progress.startswith("\r2 records, ")
    assert message == f"incident: stopped: {STOPPED}\n"


def test_a_file_says_how_long_it_may_still_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.cli.import_progress.LINE_EVERY", 1)
    monkeypatch.setattr("incident.intake.decoding.CHUNK", 64)
    lines = incident("import", "a.jsonl").err.splitlines()
    assert re.fullmatch(r"incident: 2 records, [\d,]+ a second, 0:00:0\d left", lines[0])
    assert re.fullmatch(r"incident: 7 records, [\d,]+ a second", lines[3])


def test_a_pipe_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.cli.import_progress.LINE_EVERY", 1)
    first = incident("import", "-", piped=Path("a.jsonl").read_bytes()).err.splitlines()[0]
    assert re.fullmatch(r"incident: 2 records, [\d,]+ a second", first)


def test_all_that_was_read_is_counted_once() -> None:
    completed()
    document = json.loads(incident("import", "a.jsonl", "a.jsonl", "--json").out)
    counts = [document[status] for status in ("opened", "changed", "unchanged", "rejected")]
    assert counts == [0, 0, 2 * RECORDS, 2]
    assert len(document["incidents"]) + len(document["rejects"]) == sum(counts)
