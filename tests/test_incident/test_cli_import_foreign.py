"""`incident import` of other tools' records: recognised, named or mapped, explained, and safe to repeat."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import incident, refused
from tests.test_incident.foreign_examples import SOURCES, VERIS, as_json, as_lines, workbook

README = Path(__file__).parents[2] / "README.md"

ALERT: dict[str, Any] = {
    "action": "Create",
    "alert": {
        "alertId": "052652ac",
        "message": "Phishing page \x1b[31m[/x]",
        "tags": ["Phishing"],
        "source": "mail gateway",
        "createdAt": 1790000000000,
        "updatedAt": 1790000600000000000,
        "priority": 3,
    },
}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-22T12:00Z")
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    monkeypatch.chdir(tmp_path)


def write(name: str, content: bytes) -> str:
    Path(name).write_bytes(content)
    return name


def readme_mapping() -> str:
    (toml,) = re.findall(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    Path("opsgenie.toml").write_text(toml, "utf-8")
    return "opsgenie.toml"


def test_our_own_records_do_not_pay_for_mappings() -> None:
    write("own.jsonl", b'{"title": "Ours"}\n')
    code = (
        "import sys; from incident.intake.formats import read_records; from pathlib import Path;"
        "[*read_records(Path('own.jsonl').open('rb'), 'own.jsonl', 'auto')];"
        "print(*sorted({'jmespath', 'openpyxl', 'playbooks.mappings'} & sys.modules.keys()))"
    )
    root = str(README.parent)
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": root}, capture_output=True, check=True)
    assert done.stdout == b"\n"


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_a_tool_exports_is_imported_and_again_changes_nothing(name: str) -> None:
    source = write("export", SOURCES[name])
    first = incident("import", source, "--json").json
    assert first["opened"] > 0
    assert first["rejects"] == []
    again = incident("import", source, "--format", name, "--json").json
    # the second PagerDuty event stands for the incident since: repeating the first adds nothing to it
    assert (again["opened"], again["changed"], again["rejected"]) == (0, 0, 0)


def test_nothing_alarms_for_what_a_tool_reports() -> None:
    incident("import", write("export.jsonl", SOURCES["veris"]), write("register.xlsx", workbook()))
    shown = incident("list", "--json").json["incidents"]
    assert [(one["ref"], one["next"]["state"]) for one in shown] == [
        ("veris:0A1B", "waiting"),
        ("register:R-1", "waiting"),
    ]


def test_rejects_are_listed_mended_and_imported_again() -> None:
    bad = {**VERIS, "incident_id": "2", "timeline": {"incident": {"year": 2013, "month": 123}}}
    outcome = incident("import", write("a.jsonl", as_lines(VERIS, bad)), "--rejects", "bad.jsonl")
    assert (outcome.code, outcome.out) == (3, "1 opened, 0 changed, 0 unchanged, 1 rejected\n")
    assert outcome.err == (
        "incident: a.jsonl: line 2: moments.occurred_from: there is no month 123 (from timeline.incident)\n"
    )
    mended = Path("bad.jsonl").read_text("utf-8").replace('"month": 123', '"month": 12')
    assert incident("import", write("mended.jsonl", mended.encode()), "--json").json["opened"] == 1


class TestOwnMapping:
    def test_the_one_in_the_readme_reads_a_tool_that_is_not_shipped(self) -> None:
        assert len(Path(readme_mapping()).read_text("utf-8").splitlines()) < 30
        resolved = {**ALERT, "action": "Close"}
        outcome = incident(
            "import", write("alerts.jsonl", as_lines(ALERT, resolved)), "--map", "opsgenie.toml", "--json"
        )
        assert (outcome.json["opened"], outcome.json["changed"]) == (1, 1)
        shown = incident("show", "opsgenie:052652ac", "--json").json
        assert shown["facts"]["incident_cause"]["value"] == ["external_malicious"]

    def test_its_author_may_say_what_is_no_breach(self) -> None:
        drill = {**ALERT, "alert": {**ALERT["alert"], "tags": ["test"]}}
        readme_mapping()
        found = incident(
            "import", write("a.json", as_json(drill)), "--map", "opsgenie.toml", "--explain", "--json"
        ).json
        keys = {step["key"]: step["became"] for step in found["records"][0]["keys"]}
        assert keys["personal_data"] is False
        assert keys["moments.detected"] == "2026-09-21T14:13:20Z"

    def test_a_faulty_one_is_told_by_line_and_key(self) -> None:
        Path("m.toml").write_text('id = "m"\nname = "M"\n[keys]\nref = "r"\ntitle = "t["\n')
        reason = "keys.title.expression: 't[' is no JMESPath expression from character 3 on"
        refused(incident("import", "a.jsonl", "--map", "m.toml"), 2, f"--map: m.toml, line 5: {reason}")

    def test_one_that_is_not_there(self) -> None:
        outcome = incident("import", "a.jsonl", "--map", "m.toml")
        refused(outcome, 2, "--map: m.toml: cannot be read: No such file or directory")

    def test_not_beside_a_shipped_one(self) -> None:
        outcome = incident("import", "a.jsonl", "--map", readme_mapping(), "--format", "jira")
        refused(outcome, 2, "--map and --format jira name two mappings; give one of them")

    def test_it_decides_even_where_the_source_looks_like_our_own(self) -> None:
        readme_mapping()
        outcome = incident("import", write("a.jsonl", b'{"title": "Ours"}\n'), "--map", "opsgenie.toml")
        refused_line = "incident: a.jsonl: line 1: is not in a shape that the mapping 'opsgenie' knows\n"
        assert (outcome.code, outcome.err) == (2, refused_line)


class TestExplain:
    def test_each_step_of_a_record(self) -> None:
        readme_mapping()
        late = {**ALERT, "alert": {**ALERT["alert"], "createdAt": "soon"}}
        outcome = incident("import", write("a.jsonl", as_lines(late)), "--map", "opsgenie.toml", "--explain")
        assert (outcome.code, outcome.err) == (0, "")
        reason = "'soon' is no time in the notation epoch-ms or epoch-ns or DD/MM/YYYY HH:mm or iso"
        assert outcome.out.splitlines() == [
            "a.jsonl: line 1: Opsgenie, alert webhooks (opsgenie)",
            "  ref",
            "      from    alert.alertId",
            '      gave    "052652ac"',
            '      became  "052652ac"',
            "  title",
            "      from    alert.message",
            '      gave    "Phishing page \\u001b[31m[/x]"',
            '      became  "Phishing page \\u001b[31m[/x]"',
            "  tags",
            "      from    [alert.tags, alert.source]",
            '      gave    [["Phishing"], "mail gateway"]',
            '      became  ["Phishing", "mail gateway"]',
            "  moments.detected",
            "      from    alert.createdAt",
            '      gave    "soon"',
            f"      cannot  {reason}",
            "  moments.resolved",
            "      from    when(action == 'Close', alert.updatedAt)",
            "      gave    nothing",
            "      became  nothing",
            "  facts.incident_cause",
            "      from    alert.tags",
            '      gave    ["Phishing"]',
            '      became  ["external_malicious"]',
            "  personal_data",
            "      from    when(contains(alert.tags, 'test'), `false`)",
            "      gave    nothing",
            "      became  nothing",
            f"  would be refused: moments.detected: {reason} (from alert.createdAt)",
            "nothing was imported",
        ]

    def test_nothing_is_imported_and_a_few_records_are_enough(self) -> None:
        records = [{**VERIS, "incident_id": str(number)} for number in range(9)]
        outcome = incident("import", write("a.jsonl", as_lines(*records)), "--explain")
        assert outcome.out.count("VERIS, incidents of the community database (veris)") == 3
        assert outcome.out.count("null: the mapping does not say, so it is undecided") == 3
        assert outcome.out.count("  would be taken\n") == 3
        assert incident("list", "--json").json["total"] == 0

    def test_what_is_bad_or_our_own_is_said(self) -> None:
        own = write("own.jsonl", b'{"title": "Ours"}\n')
        bad = write("bad.jsonl", b"{\n" + as_lines(VERIS))
        lines = incident("import", own, bad, write("none.jsonl", b""), "--explain").out.splitlines()
        assert lines[0] == "own.jsonl: line 1: is our own record: there is nothing to map"
        assert lines[1].startswith("bad.jsonl: line 1: would be refused: is not valid JSON: ")
        assert lines[-2:] == ["none.jsonl: holds no record", "nothing was imported"]

    def test_as_json(self) -> None:
        found = incident("import", write("a.json", SOURCES["thehive"]), "--explain", "--json").json
        (record,) = found["records"]
        assert (record["source"], record["line"], record["mapping"], record["refused"]) == ("a.json", 2, "thehive", [])
        assert record["keys"][0] == {
            "key": "ref",
            "expression": "not_null(_id, id)",
            "gave": "~4152",
            "became": "~4152",
            "problem": None,
        }

    def test_there_are_no_rejects_to_write(self) -> None:
        outcome = incident("import", write("a.json", SOURCES["thehive"]), "--explain", "--rejects", "bad.jsonl")
        reason = "--explain imports nothing, so there are no rejects to write: leave out --rejects"
        refused(outcome, 2, reason)

    def test_what_cannot_be_read_ends_it(self) -> None:
        refused(incident("import", write("a.bin", b"x\0"), "--explain"), 2,
                "a.bin: line 1 holds a NUL byte: this is binary, not text")  # fmt: skip


def test_all_of_the_document_is_ascii() -> None:
    outcome = incident("import", write("a.json", as_json(ALERT)), "--map", readme_mapping(), "--explain", "--json")
    assert outcome.out.isascii()
    assert json.loads(outcome.out)["records"][0]["keys"][1]["became"] == ALERT["alert"]["message"]
