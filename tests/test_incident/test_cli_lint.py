"""`incident playbooks lint`: the five vendors that ship, and one in which everything costs.

The golden pages are what the command prints; read them anew when a playbook or the scale changes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_incident.command_line import Outcome, incident, refused

SETTINGS = """\
zone = "Europe/Paris"
main_establishment = "FR"
contact_point = { email = "breach@us.example" }
"""

HOSTILE = "\\u001b]0;pwned\\u0007\\u009b31m\\u202e\\u200b[/x]"
HOSTILE_SHOWN = "\\x1b]0;pwned\\x07\\x9b31m\\u202e\\u200b[/x]"
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]")

COSTLY = f"""\
id = "costly"
kind = "vendor"
name = "Costly {HOSTILE}"
does = "Everything."

[[documents]]
id = "dpa"
title = "Costly DPA {HOSTILE}"
language = "en"
checked_on = 2025-01-02

[[duties]]
trigger = "confirmation"
scope = "confirmed"
period = {{ unit = "working-days", amount = 2 }}
counting = "reg-1182-71"
channel = "to orders@us.example {HOSTILE}"
source = {{ document = "dpa", place = "6 {HOSTILE}", confidence = "inferred" }}

[[duties]]
clause = "report"
trigger = "unstated"
scope = "confirmed"
period = {{ unit = "soft", phrase = "in due course" }}
source = {{ document = "dpa", place = "7", confidence = "checked" }}
contents = [{{ text = "a report {HOSTILE}" }}]

[[own_notices]]
to = "authority"
text = "It may tell any authority. {HOSTILE}"
source = {{ document = "dpa", place = "8", confidence = "checked" }}

[[gaps]]
missing = "Court {HOSTILE}"
ask = "Which court? {HOSTILE}"
"""


@pytest.fixture(autouse=True)
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let our settings name France, and a mailbox for breaches; and let it be the day the playbooks were checked."""
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS, "utf-8")
    monkeypatch.setenv("INCIDENT_SETTINGS", str(settings))
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-22T12:00Z")
    monkeypatch.chdir(tmp_path)


def put(name: str, text: str) -> None:
    Path("playbooks/vendors").mkdir(parents=True, exist_ok=True)
    Path(f"playbooks/vendors/{name}.toml").write_text(text, "utf-8")


def lint(*arguments: str) -> Outcome:
    return incident("playbooks", "lint", *arguments)


def test_the_five_at_a_glance(golden: Callable[[str, str], None]) -> None:
    outcome = lint()
    assert (outcome.code, outcome.err) == (0, "")
    golden("cli/playbooks-lint.txt", outcome.out)


@pytest.mark.parametrize("vendor", ["convious", "deskhero", "kavkom", "konverso", "quicktalk"])
def test_each_of_the_five_in_full(vendor: str, golden: Callable[[str, str], None]) -> None:
    outcome = lint(vendor)
    assert (outcome.code, outcome.err) == (0, "")
    assert [line for line in outcome.out.splitlines() if len(line) > 80] == []
    golden(f"cli/playbooks-lint-{vendor}.txt", outcome.out)


def test_one_in_which_all_costs_and_nothing_acts(golden: Callable[[str, str], None]) -> None:
    put("costly", COSTLY)
    outcome = lint("costly")
    assert (outcome.code, outcome.err) == (0, "")
    assert not ACTS.search(outcome.out)
    assert HOSTILE_SHOWN in outcome.out
    golden("cli/playbooks-lint-costly.txt", outcome.out)


def test_the_list_and_the_document_are_harmless_too() -> None:
    put("costly", COSTLY)
    assert not ACTS.search(lint().out)
    assert lint("--json").out.isascii()


def test_another_instant_may_be_rehearsed() -> None:
    out = lint("kavkom", "--at", "2026-12-24T17:00").out
    assert "If it learns of a breach on Thu 24 Dec 2026 17:00 CET\n" in out
    assert "Sat 26 Dec 2026 17:00 CET, 48 hours after it knew." in out
    assert "Working days among them: Mon 28 Dec, Tue 29 Dec." in " ".join(out.split())


def test_a_place_without_a_country_is_said() -> None:
    Path("settings.toml").unlink()
    out = " ".join(lint("kavkom").out.split())
    assert "on Fri 26 Mar 2027 18:40 UTC" in out
    assert "(no public holidays are known: your settings name no country)" in out


def test_json() -> None:
    document = lint("--json").json
    assert {key: document[key] for key in ("as_of", "rehearsed_at", "about", "faults")} == {
        "as_of": "2026-11-22T12:00:00Z",
        "rehearsed_at": "2027-03-26T17:40:00Z",
        "about": "Our own grades, not law: A is best. They say whom to ask first, and what for.",
        "faults": [],
    }
    grades = [(one["id"], one["grade"]) for one in document["vendors"]]
    assert grades == [("deskhero", "E"), ("konverso", "D"), ("quicktalk", "D"), ("convious", "C"), ("kavkom", "B")]
    kavkom = document["vendors"][-1]
    assert kavkom["rehearsal"] == {
        "at": "2027-03-26T17:40:00Z",
        "told_by": "2027-03-28T17:40:00Z",
        "told_latest": None,
        "ours_until": "2027-03-31T17:40:00Z",
        "left_from_awareness_seconds": 86400,
        "worked_days": ["2027-03-30", "2027-03-31"],
    }
    assert [one["finding"] for one in kavkom["findings"]] == [
        "only-confirmed",
        "no-contact",
        "no-address",
        "facts-unconfirmed",
        *["gap"] * 5,
    ]
    assert kavkom["findings"][0]["sources"] == [
        {
            "document": "Kavkom DPA",
            "place": "Notification of personal data breaches",
            "confidence": "checked",
            "checked_on": "2026-11-21",
        }
    ]


def test_one_in_json_is_a_list_of_one() -> None:
    assert [one["id"] for one in lint("convious", "--json").json["vendors"]] == ["convious"]


def test_a_mailbox_is_ours_where_the_settings_know_it() -> None:
    put("costly", COSTLY.replace("orders@us.example", "Breach@us.example"))
    assert "A mailbox that nobody owns" not in lint("costly").out


def test_one_that_does_not_fit_is_named_and_withholds_no_other() -> None:
    put("costly", COSTLY.replace('scope = "confirmed"', 'scope = "sure"', 1))
    outcome = lint()
    assert outcome.code == 3
    assert re.fullmatch(r"incident: not judged: .+costly\.toml:14: duties\.0\.scope: .+\n", outcome.err)
    assert "kavkom" in outcome.out
    assert json.loads(lint("--json").out)["faults"][0]["key"] == "duties.0.scope"
    assert lint("kavkom").code == 0


def test_a_draft_is_not_judged() -> None:
    put("costly", 'review = "check it"\n' + COSTLY)
    outcome = lint()
    assert outcome.code == 3
    assert ":1: review: is a draft still: check it beside its document" in outcome.err


@pytest.mark.parametrize(
    ("asked", "code", "line"),
    [
        ("kavkon", 1, "there is no playbook 'kavkon'; did you mean kavkom?"),
        ("gdpr", 2, "'gdpr' is a playbook of the kind 'regime'; a vendor's alone is judged"),
    ],
)
def test_an_id_that_is_no_vendors(asked: str, code: int, line: str) -> None:
    refused(lint(asked), code, line)


def test_an_instant_that_cannot_be_read() -> None:
    assert lint("--at", "Easter").code == 2


def test_settings_with_a_fault() -> None:
    Path("settings.toml").write_text("nmae = 1\n", "utf-8")
    outcome = lint()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith("settings.toml: nmae: unknown key\n")
