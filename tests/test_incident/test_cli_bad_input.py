"""Bad input: one clear line each, exit code 2 or 3, nothing stored of the bad record, the good ones beside it kept."""

import json
import os
from pathlib import Path

import pytest

from tests.test_incident.command_line import incident

GOOD = '{"title": "Good"}'

BAD_RECORDS = {
    "unknown key": (
        '{"title": "Bad", "titel": "x"}',
        "titel: unknown key",
    ),
    "unknown fact": (
        '{"title": "Bad", "facts": {"subjects": 3}}',
        "facts.subjects: unknown key",
    ),
    "no title": (
        '{"summary": "Bad"}',
        "title: is required",
    ),
    "blank title": (
        '{"title": " "}',
        "title: ' ' is not a text with something in it",
    ),
    "a local time that clocks skip": (
        '{"title": "Bad", "moments": {"aware": "2026-03-29T02:30"}}',
        "moments.aware: 2026-03-29 02:30 does not exist in Europe/Paris: clocks went forward over it; add the offset",
    ),
    "a local time that clocks show twice": (
        '{"title": "Bad", "moments": {"vendor_told_us": "2026-10-25T02:30"}}',
        (
            "moments.vendor_told_us: 2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; add the offset, "
            "+02:00 or +01:00"
        ),
    ),
    "a local time twice in the record's own zone": (
        '{"title": "Bad", "place": {"zone": "America/New_York"}, "moments": {"aware": "2026-11-01T01:30"}}',
        (
            "moments.aware: 2026-11-01 01:30 exists twice in America/New_York: clocks went back; add the offset, "
            "-04:00 or -05:00"
        ),
    ),
    "garbage for a time": (
        '{"title": "Bad", "moments": {"detected": "yesterday noon"}}',
        "moments.detected: 'yesterday noon' is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00",
    ),
    "a number for a time": (
        '{"title": "Bad", "moments": {"detected": 1766000000}}',
        "moments.detected: a time is a text such as 2026-11-18T14:30+01:00, not a number or an object",
    ),
    "a day for a time": (
        '{"title": "Bad", "moments": {"aware": "2026-11-18"}}',
        "moments.aware: 2026-11-18 is a day without a time; write it with one, such as 2026-11-18T14:30+01:00",
    ),
    "a count as a bare number": (
        '{"title": "Bad", "facts": {"subjects_count": 12}}',
        'facts.subjects_count: a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}',
    ),
    "a key twice": (
        '{"title": "Bad", "title": "Worse"}',
        "names the key 'title' twice",
    ),
    "not a number": (
        '{"title": "Bad", "facts": {"subjects_count": {"value": NaN}}}',
        "holds NaN, which is no JSON number",
    ),
    "half a character": (
        '{"title": "Bad \\ud800"}',
        "holds bytes that are not UTF-8, or half a surrogate pair",
    ),
    "no object": (
        '["Bad"]',
        "a record is one JSON object",
    ),
    "nested without end": (
        '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "is nested too deeply",
    ),
    "two faults": (
        '{"title": "Bad", "role": "boss", "facts": {"harms": "fraud"}}',
        (
            "role: must be 'controller', 'joint-controller', 'processor' or 'sub-processor', not 'boss'; "
            "facts.harms: must be a list, not 'fraud'"
        ),
    ),
}
"""What is wrong, a record that has it, and the line that says so."""


@pytest.fixture(autouse=True)
def paris(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('zone = "Europe/Paris"\n')
    monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-21T12:00Z")
    monkeypatch.chdir(tmp_path)


def titles() -> list[str]:
    return [row["title"] for row in incident("list", "--json").json["incidents"]]


def store() -> Path:
    return Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "incidents.db")


@pytest.mark.parametrize("bad", BAD_RECORDS)
def test_import_takes_the_good_records_and_lists_the_bad_one(bad: str) -> None:
    record, line = BAD_RECORDS[bad]
    Path("a.jsonl").write_text(f"{GOOD}\n{record}\n{GOOD}\n")
    outcome = incident("import", "a.jsonl", "--format", "jsonl")
    assert (outcome.code, outcome.out) == (3, "2 opened, 0 changed, 0 unchanged, 1 rejected\n")
    assert outcome.err == f"incident: a.jsonl: line 2: {line}\n"
    assert titles() == ["Good", "Good"]


@pytest.mark.parametrize("bad", [bad for bad in BAD_RECORDS if bad not in {"no object", "nested without end"}])
def test_open_takes_nothing_of_a_bad_record(bad: str) -> None:
    record, line = BAD_RECORDS[bad]
    Path("a.json").write_text(record)
    outcome = incident("open", "--from", "a.json")
    assert (outcome.code, outcome.out) == (2, "")
    said = [text.removeprefix("incident: ").removeprefix("a.json: line 1: ") for text in outcome.err.splitlines()]
    assert "; ".join(said) == line
    assert titles() == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            '{"title": ' + "[" * 100_000,
            "line 1: is not valid JSON: nested too deeply (line 1, column 1); what follows was not read",
        ),
        (
            '{"title": "Bad"',
            "line 1: is not valid JSON: Expecting ',' delimiter (line 1, column 16); what follows was not read",
        ),
        ("", "holds 0 records; open takes one, import takes many"),
        ('["Bad"]', None),
    ],
)
def test_open_takes_nothing_of_what_is_no_record(content: str, line: str | None) -> None:
    Path("a.json").write_text(content)
    outcome = incident("open", "--from", "a.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (f"incident: a.json: {line}\n" if line else "incident: a record is one JSON object\n")
    assert titles() == []


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("moments.aware=2026-03-29T02:30", BAD_RECORDS["a local time that clocks skip"][1]),
        ("moments.vendor_told_us=2026-10-25T02:30", BAD_RECORDS["a local time that clocks show twice"][1]),
        ("moments.detected=yesterday noon", BAD_RECORDS["garbage for a time"][1]),
    ],
)
def test_set_refuses_the_same_times(value: str, line: str) -> None:
    incident("open", "--title", "Good")
    before = incident("verify", "--json").json
    outcome = incident("set", "INC-2026-0001", value)
    assert (outcome.code, outcome.err) == (2, f"incident: {line}\n")
    assert incident("verify", "--json").json == before


def test_an_explicit_offset_tells_the_two_passes_apart() -> None:
    for offset in ("+02:00", "+01:00"):
        incident("open", "--title", offset, "--aware", f"2026-10-25T02:30{offset}")
    due = {row["title"]: row["next"]["due_at"] for row in incident("list", "--json").json["incidents"]}
    assert due == {"+02:00": "2026-10-28T00:30:00Z", "+01:00": "2026-10-28T01:30:00Z"}


def test_a_line_of_50_megabytes_is_refused_and_its_neighbours_are_kept() -> None:
    with Path("a.jsonl").open("w") as file:
        file.write(f"{GOOD}\n")
        file.write('{"title": "')
        file.writelines("x" * 1_000_000 for _ in range(50))
        file.write('"}\n')
        file.write(f"{GOOD}\n")
    outcome = incident("import", "a.jsonl")
    assert (outcome.code, outcome.out) == (3, "2 opened, 0 changed, 0 unchanged, 1 rejected\n")
    assert outcome.err == "incident: a.jsonl: line 2: is longer than 8 MiB\n"
    assert titles() == ["Good", "Good"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\x7fELF\x02\x01\x01\x00\x00", "line 1 holds a NUL byte: this is binary, not text"),
        (b"\x1f\x8bgarbage", "the gzip data is damaged or cut off"),
        (b"titel;ref\nBad;1\n", "line 1: no record has a key 'titel'; incident schema shows those there are"),
        (b"title;title\nBad;Bad\n", "line 1: the column 'title' is named twice"),
    ],
)
def test_a_source_that_cannot_be_read_at_all(content: bytes, line: str) -> None:
    Path("a.bin").write_bytes(content)
    outcome = incident("import", "a.bin")
    assert (outcome.code, outcome.out) == (2, "0 opened, 0 changed, 0 unchanged, 0 rejected\n")
    assert outcome.err == f"incident: a.bin: {line}\n"
    assert titles() == []


@pytest.mark.parametrize(
    ("command", "name", "reason"),
    [
        (("import",), "missing.json", "there is no such file"),
        (("open", "--from"), "missing.json", "there is no such file"),
        (("open", "--from"), ".", "is a folder; name a file in it"),
    ],
)
def test_a_source_that_is_not_there(command: tuple[str, ...], name: str, reason: str) -> None:
    outcome = incident(*command, name)
    assert (outcome.code, outcome.err) == (2, f"incident: {name}: {reason}\n")


def test_with_json_standard_output_is_one_document_all_the_same() -> None:
    Path("a.jsonl").write_text(GOOD + "\n{\n")
    outcome = incident("import", "--json", "a.jsonl")
    assert outcome.code == 3
    assert json.loads(outcome.out)["rejected"] == 1
    Path("b.bin").write_bytes(b"\x00")
    outcome = incident("import", "--json", "b.bin")
    assert outcome.code == 2
    assert json.loads(outcome.out)["rejected"] == 0


class TestSettings:
    BROKEN = (
        ('nmae = "Bonsai"\n', "nmae: unknown key"),
        ('zone = "Mars/Olympus"\n', "zone: 'Mars/Olympus' is not a time zone; write one such as Europe/Paris"),
        ("[dpo]\nemail = 7\n", "dpo.email: must be a text, not 7"),
        ('languages = ["french"]\n', "languages.0: 'french' is not a language code such as fr"),
        ("zone = \n", "not TOML: Invalid value (at line 1, column 8)"),
        ("a = " + "[" * 10_000, "nested too deeply to be settings"),
    )  # fmt: skip

    @pytest.mark.parametrize(("text", "line"), BROKEN)
    def test_the_file_and_the_key_are_named_and_no_store_is_made(self, text: str, line: str) -> None:
        Path("settings.toml").write_text(text)
        Path("a.jsonl").write_text(GOOD)
        expected = f"incident: {Path('settings.toml').absolute()}: {line}\n"
        for command in (("open", "--title", "Good"), ("import", "a.jsonl"), ("import", "--dry-run", "a.jsonl")):
            outcome = incident(*command)
            assert (outcome.code, outcome.err) == (2, expected)
        assert not store().parent.exists()

    @pytest.mark.parametrize(("text", "line"), BROKEN)
    def test_one_that_is_there_goes_on_under_what_is_in_force(self, text: str, line: str) -> None:
        incident("open", "--title", "Good")
        shown = incident("clocks", "INC-2026-0001", "--json").json["clocks"]
        Path("settings.toml").write_text(text)
        fault = f"incident: changed settings or playbooks are not used: {Path('settings.toml').absolute()}: {line}\n"
        for command in (("open", "--title", "Two"), ("list",), ("show", "INC-2026-0001"), ("register", "--json")):
            outcome = incident(*command)
            assert outcome.code == 0
            assert outcome.err.startswith(fault)
        assert json.loads(incident("clocks", "INC-2026-0001", "--json").out)["clocks"] == shown

    def test_settings_that_are_no_text(self) -> None:
        Path("settings.toml").write_bytes(b"\xff\xfe\x00")
        outcome = incident("open", "--title", "Good")
        assert (outcome.code, outcome.err) == (
            2,
            f"incident: {Path('settings.toml').absolute()}: the settings are not UTF-8 text\n",
        )


class TestPlaybooks:
    def test_a_playbook_that_is_none_is_named_and_no_store_is_made(self) -> None:
        Path("playbooks/vendors").mkdir(parents=True)
        Path("playbooks/vendors/acme.toml").write_text('id = "acme"\nkind = "vendor"\nname = "Acme"\nnumber = 3\n')
        outcome = incident("open", "--title", "Good")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"incident: {Path('playbooks').absolute()}: vendors/acme.toml: ")
        assert outcome.err.count("\n") == 1
        assert not store().parent.exists()

    def test_a_link_is_not_followed(self) -> None:
        Path("playbooks/vendors").mkdir(parents=True)
        Path("playbooks/vendors/acme.toml").symlink_to("/etc/passwd")
        outcome = incident("open", "--title", "Good")
        assert outcome.code == 2
        assert outcome.err == (
            f"incident: {Path('playbooks/vendors/acme.toml').absolute()}: is a symbolic link; "
            "put the file itself in its place\n"
        )
