"""`incident selfcheck`: the installed program held against the deadline cases that ship with it."""

from pathlib import Path
from unittest.mock import patch

import pytest

from playbooks.cases import read_cases
from tests.test_incident.command_line import incident, refused

CASES = """\
[[periods]]
id = "easter"
title = "72 hours to Easter Monday"
citation = "Art. 33(1) GDPR"
place = { zone = "Europe/Paris", country = "FR" }
start = "2026-04-03T18:40+02:00"
period = { unit = "hours", amount = 72 }
counting = "reg-1182-71"
due_at = "2026-04-06T18:40+02:00"
latest_at = "2026-04-06T19:00+02:00"

[[duties]]
id = "unlikely"
title = "A risk is unlikely"
citation = "Art. 33(1) GDPR"
record.moments.aware = "2026-11-17T09:20+01:00"
record.place = { country = "FR", zone = "Europe/Paris" }
then = [{ decided = { risk = "unlikely" } }]
now = "2026-11-18T12:00+01:00"
duty = "gdpr-33-1"
due_at = "2026-11-20T09:20+01:00"
latest_at = "2026-11-20T10:00+01:00"
state = "not-required"
"""
ROLLED = CASES.replace('due_at = "2026-04-06T18:40+02:00"', 'due_at = "2026-04-08T00:00+02:00"')
UNKNOWN = CASES.replace('duty = "gdpr-33-1"', 'duty = "gdpr-99"')


def selfcheck(text: str, *arguments: str) -> tuple[object, str, str]:
    """Run the command on other cases than the shipped ones."""
    with patch("playbooks.cases.shipped_cases", lambda: read_cases("cases.toml", text)):
        outcome = incident("selfcheck", *arguments)
    return outcome.code, outcome.out, outcome.err


def test_right_cases_are_counted() -> None:
    assert selfcheck(CASES) == (0, "2 cases: 2 right, 0 wrong\n", "")


def test_a_wrong_case_is_said_in_one_line_and_the_exit_code_is_1() -> None:
    assert selfcheck(ROLLED) == (
        1,
        "wrong: easter: due_at: expected 2026-04-07T22:00:00Z, found 2026-04-06T16:40:00Z\n2 cases: 1 right, 1 wrong\n",
        "",
    )


def test_a_duty_that_the_program_does_not_know_is_wrong() -> None:
    assert selfcheck(UNKNOWN) == (
        1,
        "wrong: unlikely: absent: expected no, found yes\n2 cases: 1 right, 1 wrong\n",
        "",
    )


def test_one_case_in_full_with_its_explanation() -> None:
    code, out, err = selfcheck(CASES, "--case", "easter")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[:5] == [
        "easter: right",
        "72 hours to Easter Monday",
        "by Art. 33(1) GDPR",
        "  expected due_at: 2026-04-06T16:40:00Z",
        "  expected latest_at: 2026-04-06T17:00:00Z",
    ]
    assert "  aware 2026-04-03 18:40 +02:00 (16:40 UTC)" in lines
    assert lines[-2:] == ["  due 2026-04-06 18:40 +02:00 (16:40 UTC)", "1 case: 1 right, 0 wrong"]


def test_one_wrong_case_in_full_says_what_was_found() -> None:
    code, out, _ = selfcheck(ROLLED, "--case", "easter")
    assert code == 1
    assert out.startswith("easter: wrong\n")
    assert "  expected due_at: 2026-04-07T22:00:00Z, found 2026-04-06T16:40:00Z\n" in out


def test_a_case_that_is_not_there_is_named_with_what_is_near() -> None:
    with patch("playbooks.cases.shipped_cases", lambda: read_cases("cases.toml", CASES)):
        refused(
            incident("selfcheck", "--case", "eastern"), 1, "there is no deadline case 'eastern'; did you mean easter?"
        )
        refused(
            incident("selfcheck", "--case", "qqq"),
            1,
            "there is no deadline case 'qqq'; `incident selfcheck --json` lists those there are",
        )


def test_json_says_what_was_expected_and_found() -> None:
    with patch("playbooks.cases.shipped_cases", lambda: read_cases("cases.toml", CASES)):
        document = incident("selfcheck", "--json").json
    assert (document["right"], document["wrong"]) == (2, 0)
    assert document["holidays"].startswith("holidays ")
    assert document["cases"][1] == {
        "id": "unlikely",
        "title": "A risk is unlikely",
        "citation": "Art. 33(1) GDPR",
        "right": True,
        "expected": {
            "absent": False,
            "due_at": "2026-11-20T08:20:00Z",
            "latest_at": "2026-11-20T09:00:00Z",
            "late_by_seconds": None,
            "state": "not-required",
        },
        "found": document["cases"][1]["expected"],
    }


def test_json_of_one_case_explains() -> None:
    with patch("playbooks.cases.shipped_cases", lambda: read_cases("cases.toml", CASES)):
        document = incident("selfcheck", "--json", "--case", "easter").json
    [case] = document["cases"]
    assert case["explain"][-1] == "due 2026-04-06 18:40 +02:00 (16:40 UTC)"


def test_json_of_a_wrong_case_is_still_one_document_and_exit_code_1() -> None:
    code, out, err = selfcheck(ROLLED, "--json")
    assert (code, err) == (1, "")
    assert '"wrong": 1' in out


def test_it_needs_no_store_and_no_settings_and_uses_no_playbooks_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "playbooks" / "regimes"
    own.mkdir(parents=True)
    (own / "gdpr.toml").write_text("this is no playbook")
    (tmp_path / "settings.toml").write_text("nor are these settings")
    monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("INCIDENT_STORE", str(tmp_path / "incidents.db"))

    assert selfcheck(CASES) == (0, "2 cases: 2 right, 0 wrong\n", "")
    assert not (tmp_path / "incidents.db").exists()


def test_the_shipped_cases_are_run() -> None:
    document = incident("selfcheck", "--json", "--case", "hours-easter-monday-paris").json
    assert (document["right"], document["wrong"]) == (1, 0)
