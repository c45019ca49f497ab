"""A hostile folder to work in, and a hostile environment: nothing of either is used that nobody asked for."""

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from tests.test_incident.command_line import incident
from tests.test_incident.test_cli_hostile import acts_or_hides
from tests.test_incident.test_cli_process import python

ONE = "INC-2026-0001"

LYING_THERE = {
    **dict.fromkeys(
        ("models.py", "click.py", "sqlite3.py", "tomllib.py", "usercustomize.py", "sitecustomize.py", "__init__.py"),
        "raise SystemExit('taken over')\n",
    ),
    **dict.fromkeys(("settings.toml", "incident.toml", "pyproject.toml"), 'name = "Evil SA"\nzone = "Asia/Tokyo"\n'),
    ".env": "INCIDENT_STORE=evil.db\nINCIDENT_ACTOR=evil\n",
    "incidents.db": "no database",
    "playbooks/vendors/kavkom.toml": "no playbook",
    "breach-incident-tracker/settings.toml": 'name = "Evil SA"\n',
    "notices/vendor/en.md.j2": "Evil\n",
    "vendor/en.md.j2": "Evil\n",
}
"""What might be taken for ours, or for the user's, by whoever looks in the current folder first."""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    for name, text in LYING_THERE.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def seen(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()}


class TestTheCurrentFolder:
    def test_nothing_in_it_is_read_or_changed(self, hostile_folder: Path) -> None:
        assert incident("open", "--title", "Calls", "--vendor", "kavkom").out == f"{ONE}\n"
        assert incident("where", "--json").json["settings"]["exists"] is False
        assert all(str(hostile_folder) not in place["path"] for place in incident("where", "--json").json.values())
        assert "Kavkom" in incident("show", ONE).out
        assert "zone: UTC" not in incident("journal", ONE).out
        assert "evil" not in incident("journal", ONE).out.lower()
        written = incident("draft", ONE, "vendor").out.strip()
        assert "Evil" not in Path(written).read_text("utf-8")
        assert not Path(written).is_relative_to(hostile_folder)
        assert seen(hostile_folder) == LYING_THERE

    def test_no_module_in_it_is_imported_by_the_console_script(self, hostile_folder: Path) -> None:
        """What an installer writes as `incident`; it lies in a folder of its own, which is then first on the path."""
        script = hostile_folder.parent / "bin" / "incident"
        script.parent.mkdir()
        script.write_text("import sys\nfrom incident.__main__ import main\nsys.exit(main())\n", "utf-8")
        outcome = python(str(script), "open", "--title", "Calls", folder=hostile_folder)
        assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, f"{ONE}\n".encode(), b"")


RUN_BY_NAME = ("PAGER", "MANPAGER", "EDITOR", "VISUAL", "BROWSER", "SHELL", "LESSOPEN", "GIT_PAGER")

COMMANDS = (
    ("list",),
    ("show", ONE),
    ("clocks", ONE, "--explain"),
    ("journal", ONE),
    ("draft", ONE, "vendor", "--format", "pdf", "--format", "docx", "--format", "eml", "-o", "drafts"),
    ("register",),
    ("playbooks", "show", "kavkom"),
    ("verify",),
    ("where",),
    ("schema",),
    ("import", "-"),
    ("backup", "copy.db"),
)


def test_no_other_program_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **_: object) -> NoReturn:
        pytest.fail(f"another program was started: {arguments}")

    for name in RUN_BY_NAME:
        monkeypatch.setenv(name, "touch taken-over;")
    monkeypatch.setattr(subprocess, "Popen", refuse)
    for name in ("system", "popen", "posix_spawn", "posix_spawnp", "fork", "execv", "execve"):
        monkeypatch.setattr(os, name, refuse)
    incident("open", "--title", "Calls", "--vendor", "kavkom")
    for command in COMMANDS:
        assert incident(*command).code == 0, command
    assert not Path("taken-over").exists()


EVIL = "\x1b]0;owned\x07\x1b[2J\u202e"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("INCIDENT_STORE", value)
            for value in (EVIL, "/dev/null", "/dev/zero", "~nobody-here/x", "s://u:s3cr3t@h/x")
        ),
        *(("INCIDENT_SETTINGS", value) for value in (EVIL, "/dev/zero", "~nobody-here/x", "/proc/self/mem")),
        *(("INCIDENT_NOW", value) for value in (EVIL, "9" * 10_000, "now")),
        *((name, EVIL) for name in ("INCIDENT_ACTOR", "USER", "LOGNAME", "TERM", "LANG", "LC_ALL", "TZ")),
        *(("HOME", value) for value in ("", "relative", EVIL, "/nowhere")),
        *((name, value) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME") for value in ("/dev/null", EVIL, "")),
        *((name, value) for name in ("COLUMNS", "LINES") for value in ("0", "-1", "1", "999999999999", "many", "")),
    ],
)
def test_no_value_acts_or_leads_to_a_traceback(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    for command in (("open", "--title", "Calls"), ("clocks", "--explain"), ("list", "--help")):
        outcome = incident(*command)
        assert outcome.code in {0, 1, 2}
        assert outcome.code == 0 or outcome.err.count("\n") == 1
        assert acts_or_hides(outcome.out + outcome.err) == set()
        assert "s3cr3t" not in outcome.out + outcome.err


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "XDG_CONFIG_HOME"])
def test_a_folder_that_is_not_whole_is_not_looked_for_here(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, ".")
    places = incident("where", "--json").json
    assert all(Path(place["path"]).is_absolute() for place in places.values())
    assert all(not Path(place["path"]).is_relative_to(Path.cwd()) for place in places.values())


def test_without_a_home_there_is_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    assert incident("where", "--json").json["store"]["path"].endswith("/breach-incident-tracker/incidents.db")
