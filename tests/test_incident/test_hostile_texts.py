"""Texts made to do harm: in a search, in a spreadsheet, in a mail, and long ones made to take for ever."""

import csv
import io
import json
import shutil
import sqlite3
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from incident.notices.hiding import Hider, Mask
from incident.notices.markdown import escaped
from incident.notices.render import draft_file
from incident.register import COLUMNS, register_csv
from incident.register_names import LEFT_OUT, anonymous_rows
from tests.test_incident.command_line import incident
from tests.test_incident.desk_examples import new_desk, record
from tests.test_incident.draft_examples import PROCESSOR, TWO_CUSTOMERS, drafts
from tests.test_incident.test_cli_hostile import HOSTILE, acts_or_hides

ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
    monkeypatch.setenv("INCIDENT_STORE", "a.db")


class TestSearches:
    """What is searched for is a value, never a part of a statement or of a query."""

    STATEMENTS = (
        *("'; DROP TABLE journal; --", "' OR '1'='1", '" OR 1=1 --', "%", "_", "a') UNION SELECT body FROM bodies --"),
        *('"', "*", "NEAR(calls seen)", "calls OR seen", "title:calls", "^calls NOT seen", "{title} : calls", "((("),
        *("col:x AND", "\0", "\x1b[2J", "\ud800", "calls" * 5000),
    )

    def test_nothing_is_found_or_changed_by_syntax(self) -> None:
        incident("open", "--title", "Calls", "--vendor", "kavkom")
        incident("open", "--title", "Seen")
        for text in self.STATEMENTS:
            assert incident("list", "--search", text, "--json").json["total"] == (2 if text == "\0" else 0)
            assert incident("list", "--vendor", text, "--json").json["total"] == 0
            for command in (("list", "--state", text), ("show", text)):
                outcome = incident(*command)
                assert (outcome.code in {1, 2}, outcome.out, outcome.err.count("\n")) == (True, "", 1)
                assert acts_or_hides(outcome.err) == set()
        assert incident("verify").code == 0
        assert incident("list", "--json").json["total"] == 2

    def test_syntax_that_was_recorded_is_found_as_words(self) -> None:
        texts = [text for text in self.STATEMENTS if text != "\ud800"]
        for text in texts:
            incident("open", "--title", f"Zyra {text} Quist", "personal_data=false")
        assert incident("list", "--search", "zyra quist", "--json").json["total"] == len(texts)


class TestSpreadsheets:
    @pytest.mark.parametrize(
        ("text", "cell"),
        [
            ("=1+1", "'=1+1"),
            ("seen; =cmd|' /C calc'!A0", "seen;' =cmd|' /C calc'!A0"),
            ('seen;"=1+1"', 'seen;\'"=1+1"'),
            ("seen\n@SUM(1)", "seen\n'@SUM(1)"),
            ("seen\t+1", "seen\t'+1"),
            ("\uff1dHYPERLINK(1)", "'\uff1dHYPERLINK(1)"),
            ("3-4 calls, a=b; and (so on)", "3-4 calls, a=b; and (so on)"),
        ],
    )
    def test_no_part_of_a_cell_begins_as_a_formula_does(self, text: str, cell: str) -> None:
        row = dict.fromkeys(COLUMNS, text)
        _, written = csv.reader(io.StringIO(register_csv([row])))
        assert written == [cell] * len(COLUMNS)

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_whatever_a_spreadsheet_parts_cells_at(self, delimiter: str) -> None:
        evil = 'a;=1+1\n;"=2"\t=3;\n\n  @x; ;-1\n+5'
        written = register_csv([dict.fromkeys(COLUMNS, evil)])
        cells = [cell.strip().strip('"').strip() for line in written.splitlines() for cell in line.split(delimiter)]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


class TestMails:
    def test_no_line_of_a_record_becomes_a_header(self) -> None:
        evil = "Calls\r\nBcc: all@evil.example\nX-Evil: 1\r\rTo: b@evil.example"
        customer = {"id": "acme", "name": evil, "contact": "dpo@acme.example\r\nBcc: all@evil.example"}
        (notice,) = drafts("controller", TWO_CUSTOMERS | {"title": evil, "customers": [customer]}, PROCESSOR)[:1]
        message = message_from_bytes(draft_file(notice, "eml"), policy=policy.default)
        assert sorted(message.keys()) == [
            *("Content-Language", "Content-Type", "MIME-Version", "Subject", "X-Unsent"),
        ]
        assert acts_or_hides(message["Subject"]) == set()
        assert "\n" not in message["Subject"]


LONG = 500_000
"""Signs. What takes time by the square of a text's length would take hours for these."""

SHAPES = {
    "blanks": "a" + " " * LONG,
    "tabs": "\t" * LONG,
    "dashes": "--\n" * (LONG // 3),
    "a word": "a" * LONG,
}


class TestLongTexts:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_making_them_harmless_ends(self, shape: str) -> None:
        text = f"x{SHAPES[shape]}b"
        row = dict.fromkeys(COLUMNS, "") | {"facts": text}
        assert escaped(text).endswith("b")
        assert register_csv([row]).endswith("\n")

    def test_taking_names_out_ends(self) -> None:
        desk = new_desk()
        desk.open(record(desk, title="Calls", facts={"description": f"{SHAPES['a word']} to anna@acme.example"}))
        (row,) = anonymous_rows(desk.looks())
        assert row["facts"].endswith(f" to {LEFT_OUT}")

    @pytest.mark.parametrize("digits", ["9" * 5000, "1 " + "000 " * 2000, "0" * 5000 + "1234"])
    def test_a_number_too_long_for_python_hides_nothing_and_stops_nothing(self, digits: str) -> None:
        hidden = Hider([], [], [1234], Mask("[name]", "[figure]")).hide(f"{digits} of 1234")
        assert hidden.endswith(" of [figure]")
        assert ("1234" in hidden) is False

    def test_such_a_number_stops_no_draft_and_no_register(self) -> None:
        told = {"title": "Calls", "facts": {"description": "9" * 5000}}
        customers = [{"name": "Acme", "facts": {"subjects_count": {"value": 1234}}}, {"name": "Bonsai"}]
        for said in (told, told | {"role": "processor", "customers": customers}):
            incident("import", "-", "--format", "json", piped=json.dumps(said).encode())
        assert incident("register", "--anonymise", "--json").code == 0
        assert incident("draft", "INC-2026-0002", "controller", "-o", "drafts").code == 0

    def test_a_title_that_does_not_fit_is_quoted_in_part(self) -> None:
        zone = {"title": "Calls", "place": {"country": "FR", "zone": "x" * 100_000}}
        for wrong in ({"title": "\n" * 100_000}, zone):
            outcome = incident("import", "-", "--format", "json", piped=json.dumps(wrong).encode())
            assert outcome.code == 2
            assert len(outcome.err) < 400


Command = tuple[str, ...]


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store of one incident with a hostile title."""
    path = tmp_path_factory.mktemp("hostile") / "a.db"
    said = json.dumps({"title": HOSTILE, "vendor": "kavkom", "ref": "1", "source": "a"})
    assert incident("open", "--from", "-", "--store", str(path), piped=said.encode()).code == 0
    return path


class TestEveryCommand:
    """Hostile names of files, arguments and contents, in the commands whose own tests have none."""

    COMMANDS: tuple[Command, ...] = (
        ("checkpoint", "--new-key", "key\x1b[2J\u202e.pem"),
        ("checkpoint", "--key", HOSTILE.replace("\n", "")),
        ("verify", "--against", HOSTILE),
        ("verify", "--against", "incident-checkpoint 1 " + HOSTILE),
        ("verify", "--against", "incident-checkpoint 1", "--signed-by", HOSTILE),
        ("link", ONE, HOSTILE),
        ("close", ONE, "--because", HOSTILE),
        ("reopen", ONE, "--because", HOSTILE),
        ("erase", HOSTILE),
        ("attach", ONE, HOSTILE),
        ("attach", ONE, "a\x1b[2J\u202e.csv", "--about", HOSTILE),
        ("pack", ONE, "-o", f"{HOSTILE}/x"),
        ("pack", ONE, "-o", "p\x1b[2J\u202e.zip"),
        ("retention",),
        ("where",),
        ("where", "--store", f"x{HOSTILE}"),
        ("where", "--settings", f"x{HOSTILE}"),
        ("import", "a.json", "--dry-run"),
        ("import", "a.json", "--explain"),
        ("import", "a.json", "--map", HOSTILE),
        ("import", "a.json", "--map", "map.toml"),
        ("import", "a.json", "--rejects", f"{HOSTILE}/x"),
        ("import", "a\x1b[2J\u202e.csv"),
        ("playbooks", "show", HOSTILE),
        ("playbooks", "check", HOSTILE),
        ("playbooks", "check", "map.toml"),
        ("playbooks", "read", HOSTILE),
        ("playbooks", "adopt", HOSTILE),
        ("selfcheck", HOSTILE),
        ("completion", HOSTILE),
        ("init", "--authority", HOSTILE, "--name", HOSTILE),
        ("init", "--zone", HOSTILE),
        ("draft", ONE, HOSTILE),
        ("draft", ONE, "vendor", "-o", f"drafts{HOSTILE}"),
        ("clocks", ONE, "--as-known-at", HOSTILE),
        ("clocks", ONE, "--assume", HOSTILE),
        ("sent", ONE, "gdpr-33-1", "--at", "2026-10-24T12:00Z", "--channel", "mail", "--evidence", HOSTILE),
        ("schema", HOSTILE),
        ("register", "--since", HOSTILE),
        ("backup", f"{HOSTILE}/x"),
    )

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command))[1:40])
    def test_it_says_nothing_that_acts_or_hides(self, command: Command, hostile_store: Path) -> None:
        shutil.copyfile(hostile_store, "a.db")
        Path("a.json").write_text(json.dumps([{"title": HOSTILE}, {"title": 7, HOSTILE: HOSTILE}]))
        Path("a\x1b[2J\u202e.csv").write_text(f'"{HOSTILE}",{HOSTILE}'.replace("\ud800", ""), "utf-8")
        Path("map.toml").write_text(f"kind = {json.dumps(HOSTILE)}\n{json.dumps(HOSTILE)} = 1\n")
        outcome = incident(*command)
        assert outcome.out + outcome.err
        assert acts_or_hides(outcome.out + outcome.err) == set()


def no_secret(text: str) -> bool:
    return not any(secret in text for secret in ("s3cr3t", "hunter2", "PRIVATE KEY"))


def test_no_secret_is_printed_or_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token, a password in an address and a key stay out of what is said and of the record."""
    monkeypatch.setenv("INCIDENT_IMPORT_TOKEN", "s3cr3t")
    incident("open", "--title", "Calls")
    said = [
        incident("import", "https://anna:hunter2@soc.example/feed?token=s3cr3t"),
        incident("import", "http://soc.example/feed?token=s3cr3t"),
        incident("import", "ftp://anna:hunter2@soc.example/s3cr3t"),
        incident("list", "--store", "postgresql://anna:hunter2@/incidents?host=/nowhere&password=s3cr3t"),
        incident("checkpoint", "--new-key", "key.pem"),
        incident("checkpoint", "--key", "key.pem"),
    ]
    assert [outcome.code for outcome in said] == [2, 2, 2, 1, 0, 0]
    assert all(no_secret(outcome.out + outcome.err) for outcome in said)
    with sqlite3.connect("a.db") as store:
        assert no_secret("\n".join(store.iterdump()))
    store.close()
