"""What every command shares: options before or after its name, the environment, the stated time, errors."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from incident.cli import LOADED_WHEN_USED, program
from tests.test_incident.command_line import incident, refused

ONE = "INC-2026-0001"


class TestOptions:
    @pytest.mark.parametrize("place", ["before", "after"])
    def test_stand_before_or_after_the_commands_name(self, place: str, tmp_path: Path) -> None:
        settings = tmp_path / "settings.toml"
        settings.write_text('zone = "Europe/Paris"\n')
        shared = (
            "--store", str(tmp_path / "a.db"), "--settings", str(settings),
            "--actor", "ben", "--now", "2026-10-25T12:00",
        )  # fmt: skip
        before, after = (shared, ()) if place == "before" else ((), shared)
        assert incident(*before, "open", "--title", "Recordings", *after).out == "INC-2026-0001\n"
        (entry,) = incident(*before, "journal", ONE, "--json", *after).json["entries"]
        assert (entry["actor"], entry["stated_now"]) == ("ben", "2026-10-25T11:00:00Z")
        assert entry["body"]["record"]["place"] == {"zone": "Europe/Paris"}
        assert (tmp_path / "a.db").exists()

    def test_between_the_words_of_a_command_too(self, tmp_path: Path) -> None:
        ours, soon = ("--store", str(tmp_path / "a.db")), ("--to", "Acme", "--soft", "soon", "--source", "letter")
        incident("open", "--title", "Recordings", "--now", "2026-10-25T12:00Z", *ours)
        assert incident("duty", *ours, "add", ONE, *soon).out == "added:1\n"
        assert incident(*ours, "duty", "add", ONE, *soon).out == "added:2\n"
        assert incident("duty", "add", ONE, *soon, *ours).out == "added:3\n"

    def test_after_the_name_outdoes_before_it_and_both_outdo_the_environment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INCIDENT_STORE", str(tmp_path / "environment.db"))
        incident("open", "--title", "One")
        incident("--store", str(tmp_path / "before.db"), "open", "--title", "One")
        incident(
            "--store", str(tmp_path / "before.db"), "open", "--title", "One", "--store", str(tmp_path / "after.db")
        )
        found = {name: total(tmp_path / f"{name}.db") for name in ("environment", "before", "after")}
        assert found == {"environment": 1, "before": 1, "after": 1}

    def test_the_environment_speaks_where_the_command_line_does_not(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "ours.toml").write_text('zone = "Asia/Tokyo"\n')
        monkeypatch.setenv("INCIDENT_STORE", str(tmp_path / "a.db"))
        monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "ours.toml"))
        monkeypatch.setenv("INCIDENT_ACTOR", "carla")
        monkeypatch.setenv("INCIDENT_NOW", "2025-10-25T12:00Z")
        assert incident("open", "--title", "One").out == "INC-2025-0001\n"
        (entry,) = incident("journal", "INC-2025-0001", "--json").json["entries"]
        assert (entry["actor"], entry["stated_now"]) == ("carla", "2025-10-25T12:00:00Z")
        assert entry["body"]["record"]["place"] == {"zone": "Asia/Tokyo"}
        assert incident("list", "--now", "2026-01-01T00:00Z", "--json").json["as_of"] == "2026-01-01T00:00:00Z"

    def test_without_any_the_store_lies_in_the_users_data_folder(self) -> None:
        incident("open", "--title", "One")
        assert Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "incidents.db").exists()

    def test_every_command_takes_them(self) -> None:
        context = click.Context(program)
        for name in LOADED_WHEN_USED:
            command = program.get_command(context, name)
            assert command is not None
            leaves = [command]
            if isinstance(command, click.Group):
                leaves = list(command.commands.values())
            for leaf in leaves:
                options = {option for parameter in leaf.params for option in parameter.opts}
                assert {"--store", "--settings", "--actor", "--now"} <= options, leaf.name

    def test_every_reading_command_has_json(self) -> None:
        context = click.Context(program)
        for name in ("list", "show", "clocks", "journal", "register", "verify", "where", "import"):
            command = program.get_command(context, name)
            assert command is not None
            assert "--json" in {option for parameter in command.params for option in parameter.opts}, name

    def test_a_server_that_is_not_there_is_named_without_its_password(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        outcome = incident("open", "--title", "One", "--store", "postgresql://anna:secret@/x?host=/nowhere")
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith("incident: postgresql://anna:***@/x?host=/nowhere: ")
        assert len(outcome.err.splitlines()) == 1
        assert "secret" not in outcome.err
        assert list(tmp_path.iterdir()) == []

    def test_a_home_that_nobody_has(self) -> None:
        refused(
            incident("list", "--store", "~nobodyhere/a.db"),
            2,
            "~nobodyhere/a.db: whose home that is, is not known; write the path out",
        )

    def test_the_users_own_home(self) -> None:
        incident("open", "--title", "One", "--store", "~/a.db")
        assert Path(os.environ["HOME"], "a.db").exists()


def total(store: Path) -> int:
    count: int = incident("list", "--json", "--store", str(store)).json["total"]
    return count


class TestNow:
    @pytest.mark.usefixtures("machine_clock")
    def test_it_judges_and_never_dates(self) -> None:
        incident("open", "--title", "One", "--vendor-told-us", "2026-10-24T07:00Z", "--now", "2026-10-25T12:00Z")
        incident("decide", ONE, "--risk", "risk", "--now", "2026-10-26T12:00Z")
        entries = incident("journal", ONE, "--json").json["entries"]
        assert [(entry["recorded_at"], entry["stated_now"]) for entry in entries] == [
            ("2026-11-21T12:00:00Z", "2026-10-25T12:00:00Z"),
            ("2026-11-21T12:00:00Z", "2026-10-26T12:00:00Z"),
        ]

    @pytest.mark.usefixtures("machine_clock")
    def test_it_filters_no_entry(self) -> None:
        incident("open", "--title", "One", "--vendor-told-us", "2026-10-24T07:00Z", "--now", "2026-10-25T12:00Z")
        early = ("--now", "2026-10-20T00:00Z")
        assert incident("list", "--json", *early).json["total"] == 1
        (clock, *_) = incident("clocks", ONE, "--json", *early).json["clocks"]
        assert (clock["state"], clock["remaining_seconds"]) == ("running", 7 * 86400 + 7 * 3600)

    def test_a_local_time_is_read_in_the_settings_zone(self, tmp_path: Path) -> None:
        (tmp_path / "s.toml").write_text('zone = "Europe/Paris"\n')
        ours = ("--settings", str(tmp_path / "s.toml"))
        assert incident("list", "--json", "--now", "2026-07-01T12:00", *ours).json["as_of"] == "2026-07-01T10:00:00Z"

    def test_without_it_the_machines_clock_judges(self) -> None:
        before = datetime.now(UTC).replace(microsecond=0)
        as_of = datetime.fromisoformat(incident("list", "--json").json["as_of"])
        assert before <= as_of <= datetime.now(UTC)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("noon", "'noon' is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00"),
            ("2026-10-25", "2026-10-25 is a day without a time; write it with one, such as 2026-10-25T14:30+01:00"),
        ],
    )
    def test_it_is_read_strictly(self, text: str, reason: str) -> None:
        refused(incident("list", "--now", text), 2, f"--now: {reason}")

    def test_every_text_says_that_time_is_set_and_no_json_does(self) -> None:
        now = ("--now", "2026-10-25T12:00Z")
        incident("open", "--title", "One", "--vendor-told-us", "2026-10-24T07:00Z", *now)
        said = "time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)\n"
        for command in (("list",), (), ("show", ONE), ("clocks", ONE), ("clocks",), ("journal", ONE)):
            assert incident(*command, *now).out.startswith(said), command
            assert "time is set" not in incident(*command).out, command
        for command in (("list",), ("show", ONE), ("clocks", ONE), ("clocks",), ("journal", ONE), ("register",)):
            outcome = incident(*command, "--json", *now)
            assert outcome.code == 0
            assert "time is set" not in outcome.out + outcome.err, command

    def test_the_register_stays_a_document_and_it_is_said_beside_it(self) -> None:
        incident("open", "--title", "One")
        for form in ("md", "csv"):
            outcome = incident("register", "--format", form, "--now", "2026-10-25T12:00Z")
            assert outcome.err == ("incident: time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)\n")
            assert "time is set" not in outcome.out


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            (("lst",), "No such command 'lst'."),
            (("list", "--bogus"), "No such option '--bogus'."),
            (("show",), "Missing argument 'REF'."),
            (("set", ONE), "Missing argument 'KEY=VALUE...'."),
            (("list", "--store"), "Option '--store' requires an argument."),
        ],
    )
    def test_wrong_usage_is_one_line_and_exit_code_2(self, arguments: tuple[str, ...], line: str) -> None:
        refused(incident(*arguments), 2, line)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("set", ONE, "title=Two"),
            ("note", ONE, "words"),
            ("decide", ONE, "--risk", "high"),
            ("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T12:00Z"),
            ("link", ONE, "INC-2026-0002"),
            ("close", ONE, "--because", "done"),
            ("reopen", ONE),
            ("duty", "add", ONE, "--to", "Acme", "--soft", "soon", "--source", "letter"),
            ("show", ONE),
            ("journal", ONE),
            ("clocks", ONE),
            ("register",),
            ("backup", "copy.db"),
        ],
    )
    def test_without_a_store_nothing_is_made_and_one_line_says_how_to_begin(
        self, arguments: tuple[str, ...], tmp_path: Path
    ) -> None:
        store = tmp_path / "a.db"
        refused(
            incident(*arguments, "--store", str(store)),
            1,
            f"{store}: no record is kept there yet; begin with: incident open, or import",
        )
        assert list(tmp_path.iterdir()) == []

    def test_a_path_no_machine_takes(self) -> None:
        outcome = incident("list", "--store", "a" * 300)
        assert (outcome.code, outcome.out) == (1, "")
        assert "File name too long" in outcome.err
        assert outcome.err.count("\n") == 1
        outcome = incident("set", ONE, "title=Two", "--store", "a" * 300)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)

    def test_a_file_that_is_no_store(self, tmp_path: Path) -> None:
        other = tmp_path / "notes.txt"
        other.write_text("not a database, whatever the name says" * 30)
        refused(
            incident("list", "--store", str(other)),
            1,
            f"{other}: it is no SQLite database, so no store of this program; name another file",
        )

    def test_hostile_arguments_come_back_harmless(self) -> None:
        outcome = incident("show", "\x1b[31mINC\u202e", "--store", "\x1b]0;x\x07.db")
        assert "\x1b" not in outcome.err
        assert "\u202e" not in outcome.err
        assert outcome.err.count("\n") == 1
