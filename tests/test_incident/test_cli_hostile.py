"""Hostile text is stored as it came, and harmless wherever it is shown."""

import csv
import io
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import incident

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m[/bold]\r\u202egpj.exe\u2066\u200b\u2028{{ 7*7 }}<script>=1+1\n# forged\n"
"""Escapes to a terminal, bidirectional overrides, invisible signs, line breaks, markup of every kind."""

NOW, ONE = "2026-10-25T12:00Z", "INC-2026-0001"


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with hostile text in every place that takes any."""
    folder = tmp_path_factory.mktemp("hostile")
    duty = ("--to", HOSTILE, "--from", HOSTILE, "--title", HOSTILE, "--source", HOSTILE, "--place", HOSTILE)
    sent = ("--channel", HOSTILE, "--to", HOSTILE, "--reference", HOSTILE, "--because", HOSTILE)
    shared = ("--store", str(folder / "a.db"), "--settings", str(folder / "none.toml"), "--actor", HOSTILE)
    for command in (
        ("open", "--from", "-"),
        ("set", ONE, f"facts.measures_remedy={HOSTILE}", "--source", HOSTILE),
        ("set", ONE, "facts.special_categories", "--not-applicable", HOSTILE),
        ("note", ONE, HOSTILE, "--party", HOSTILE, "--channel", HOSTILE),
        ("decide", ONE, "--risk", "risk", "--because", HOSTILE, "--by", HOSTILE, "--dpo-advice", HOSTILE),
        ("duty", "add", ONE, *duty, "--soft", HOSTILE),
        ("sent", ONE, "gdpr-33-1", "--at", "2026-10-24T12:00Z", *sent),
    ):
        outcome = incident(*shared, "--now", NOW, *command, piped=json.dumps(RECORD).encode())
        assert outcome.code == 0, outcome.err
    return folder / "a.db"


@pytest.fixture(autouse=True)
def own_copy(hostile_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test have a copy of it, and a folder of its own to work in."""
    store = tmp_path / "a.db"
    shutil.copyfile(hostile_store, store)
    monkeypatch.setenv("INCIDENT_STORE", str(store))
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


RECORD: dict[str, Any] = {
    "title": HOSTILE,
    "summary": HOSTILE,
    "source": HOSTILE,
    "ref": HOSTILE,
    "vendor": {"name": HOSTILE},
    "subprocessor": {"name": HOSTILE},
    "customers": [{"id": "acme", "name": HOSTILE, "contact": HOSTILE, "facts": {"description": HOSTILE}}],
    "facts": {
        "description": HOSTILE,
        "other_parties": [{"name": HOSTILE, "role": HOSTILE, "contact": HOSTILE}],
        "other_dpas": [HOSTILE],
    },
    "moments": {
        "vendor_told_us": "2026-10-24T07:00:00Z",
        "aware": [{"at": "2026-10-24T08:00:00Z", "why": HOSTILE}],
    },
    "related": [HOSTILE],
    "tags": [HOSTILE],
    "sectors": [HOSTILE],
}

TEXTS = (
    ("list",),
    ("show", ONE),
    ("clocks", ONE, "--explain"),
    ("clocks", "--explain"),
    ("journal", ONE),
    ("register", "--format", "md"),
    ("register", "--format", "csv"),
    ("list", "--search", HOSTILE),
    ("list", "--vendor", HOSTILE),
)


def acts_or_hides(text: str) -> set[str]:
    """Return the signs of a text that a terminal would act on, or that no eye sees."""
    harmful = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return {sign for sign in text if unicodedata.category(sign) in harmful and sign != "\n"}


@pytest.mark.parametrize("command", TEXTS, ids=" ".join)
def test_no_text_output_acts_on_the_terminal(command: tuple[str, ...]) -> None:
    outcome = incident(*command)
    assert outcome.code == 0
    assert acts_or_hides(outcome.out + outcome.err) == set()


@pytest.mark.parametrize("command", [command for command in TEXTS if "csv" not in command[-1:]], ids=" ".join)
def test_what_is_hostile_is_seen(command: tuple[str, ...]) -> None:
    assert "x1b]0;ownedx07x1b[2Jx9b31m" in incident(*command).out.replace("\\", "")


@pytest.mark.parametrize("command", [command for command in TEXTS if "csv" not in command[-1:]], ids=" ".join)
def test_hostile_text_makes_no_line_of_its_own(command: tuple[str, ...]) -> None:
    assert [line for line in incident(*command).out.splitlines() if line.startswith("# forged")] == []


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", ONE),
        ("clocks", ONE, "--explain"),
        ("journal", ONE),
        ("register",),
    ],
    ids=" ".join,
)
def test_json_is_ascii_and_says_what_came(command: tuple[str, ...]) -> None:
    outcome = incident(*command, "--json")
    assert outcome.code == 0
    assert outcome.out.isascii()
    assert acts_or_hides(outcome.out) == set()
    assert json.dumps(HOSTILE)[1:-1] in outcome.out


def test_it_is_stored_as_it_came() -> None:
    shown = incident("show", ONE, "--json").json
    assert (shown["title"], shown["vendor"], shown["tags"]) == (HOSTILE, HOSTILE, [HOSTILE])
    assert shown["facts"]["measures_remedy"]["value"] == HOSTILE
    assert shown["notes"][0]["text"] == HOSTILE
    assert shown["decision"]["because"] == HOSTILE
    assert shown["ref"] == f"{HOSTILE}:{HOSTILE}"


def test_it_can_be_asked_for_by_its_hostile_reference() -> None:
    assert incident("show", f"{HOSTILE}:{HOSTILE}", "--json").json["incident"] == ONE


def test_errors_that_quote_it_are_one_harmless_line() -> None:
    for command in (
        ("show", HOSTILE),
        ("set", ONE, f"{HOSTILE}=1"),
        ("set", ONE, f"moments.aware={HOSTILE}"),
        ("sent", ONE, HOSTILE, "--at", "2026-10-24T12:00Z"),
        ("sent", ONE, "gdpr-33-1", "--at", HOSTILE),
        ("list", "--state", HOSTILE),
        ("list", "--now", HOSTILE),
        ("import", HOSTILE),
        (HOSTILE,),
        ("list", f"--{HOSTILE}"),
        ("register", "--format", HOSTILE),
    ):
        outcome = incident(*command)
        assert outcome.code in {1, 2}
        assert outcome.err.count("\n") == 1
        assert acts_or_hides(outcome.out + outcome.err) == set()


def test_hostile_keys_of_a_rejected_record_are_harmless_too() -> None:
    record = json.dumps({"title": "x", HOSTILE: HOSTILE, "facts": {HOSTILE: 1}}).encode()
    outcome = incident("import", "-", piped=record)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert acts_or_hides(outcome.err) == set()


def test_a_file_written_under_a_hostile_name_is_named_harmlessly() -> None:
    for command in (("register", "-o", "a\x1b[2J.md"), ("backup", "b\x1b[2J.db")):
        outcome = incident(*command)
        assert outcome.code == 0
        assert outcome.out == f"{command[-1]}\n".replace("\x1b", r"\x1b")
    assert {file.name for file in Path().iterdir()} == {"a\x1b[2J.md", "b\x1b[2J.db"}


@pytest.mark.parametrize("form", ["md", "txt", "json"])
def test_no_draft_holds_what_acts_or_hides(form: str) -> None:
    outcome = incident("draft", ONE, "vendor", "cnil", "--format", form, "-o", "drafts")
    assert (outcome.code, outcome.out.count("\n")) == (0, 2)
    assert acts_or_hides(outcome.out + outcome.err) == set()
    for file in Path("drafts").iterdir():
        assert acts_or_hides(file.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "\n=1+1", "\r=1+1"])
def test_the_register_as_csv_holds_no_formula(formula: str) -> None:
    record = {"title": formula, "facts": {"description": formula}, "vendor": {"name": formula}}
    incident("import", "-", "--format", "json", piped=json.dumps(record).encode())
    outcome = incident("register", "--format", "csv")
    *_, row = csv.reader(io.StringIO(outcome.out))
    assert row[0] == "INC-2026-0002"
    for cell in row:
        assert not cell.strip().startswith(("=", "+", "-", "@"))
    shown = formula.replace("\r", r"\r")
    assert row[3] == (f"'{shown}" if not formula.startswith("\r") else shown)
