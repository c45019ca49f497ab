"""What the command line hands to the screens, and when it shows them at all."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from incident.adoption import Proposal, put_in_force
from incident.cli import terminal
from incident.cli.session import Session
from incident.cli.terminal import DEMONSTRATION, NEWER, READ_ONLY, at_a_terminal, demonstration, record_surroundings
from incident.errors import Failure
from incident.places import Places
from incident.store.protocol import BoardQuery
from models.playbook import VendorPlaybook
from playbooks.loader import read_playbook
from playbooks.texts import shipped_texts
from tests.test_incident.command_line import incident

NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)


class Tty(StringIO):
    def isatty(self) -> bool:
        return True


def streams(**others: StringIO) -> SimpleNamespace:
    """Return the standard streams of a person at a terminal, but for those given."""
    return SimpleNamespace(**{"stdin": Tty(), "stdout": Tty(), "stderr": Tty(), **others})


@pytest.fixture
def here(tmp_path: Path) -> Session:
    ours = Places(tmp_path / "a.db", tmp_path / "settings.toml", tmp_path / "playbooks", tmp_path / "drafts")
    return Session(ours, "anna", None, ZoneInfo("Europe/Paris"))


@pytest.fixture
def recorded(here: Session) -> Session:
    """The same with a store that holds one incident."""
    assert incident("open", "--title", "Recordings", "--store", str(here.places.store)).code == 0
    return here


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a person sit at a terminal, and note what is shown instead of showing it."""
    seen: list[str] = []

    def noted(what: str, code: int) -> int:
        seen.append(what)
        return code

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(terminal, "at_a_terminal", lambda: True)
    monkeypatch.setattr(terminal, "show_record", lambda _here: noted("record", 0))
    monkeypatch.setattr(terminal, "show_demonstration", lambda _here: noted("demonstration", 7))
    return seen


class TestWhen:
    def test_only_where_all_three_streams_are_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm")
        for name in ("stdin", "stdout", "stderr"):
            with patch.object(terminal, "sys", streams(**{name: StringIO()})):
                assert not at_a_terminal()
        with patch.object(terminal, "sys", streams()):
            assert at_a_terminal()
            monkeypatch.setenv("TERM", "dumb")
            assert not at_a_terminal()

    def test_without_a_command_the_record_is_shown(self, shown: list[str]) -> None:
        assert (incident().code, shown) == (0, ["record"])

    def test_the_demonstration_is_shown_and_its_exit_code_is_ours(self, shown: list[str]) -> None:
        assert (incident("demo").code, shown) == (7, ["demonstration"])

    def test_plain_text_is_one_option_away(
        self, shown: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert incident("--plain").out == "no incidents\n"
        assert "INC-2026-0001" in incident("demo", "--plain", "--now", "2026-10-25T12:00Z").out
        assert shown == []

    @pytest.mark.usefixtures("shown")
    def test_plain_is_not_for_other_commands(self) -> None:
        outcome = incident("--plain", "list")
        assert (outcome.code, outcome.err) == (2, "incident: --plain stands alone, or behind demo\n")

    def test_other_commands_stay_text(self, shown: list[str]) -> None:
        assert incident("list").out == "no incidents\n"
        assert shown == []


class TestRecord:
    def test_looking_at_a_record_that_is_not_there_makes_none(self, here: Session) -> None:
        given = record_surroundings(here)
        assert given.open_reader() is None
        assert given.banner is None
        assert list(here.places.drafts.parent.glob("a.db*")) == []

    def test_it_is_read_and_written_where_the_options_say(self, recorded: Session) -> None:
        given = record_surroundings(recorded)
        assert (given.actor, given.store_name, given.zone.key) == ("anna", "a.db", "Europe/Paris")
        assert (given.drafts, given.playbooks) == (recorded.places.drafts, recorded.places.playbooks)
        assert given.unsaved == recorded.places.unsaved
        desk = given.desk_on(given.open_store(), pytest.fail)
        with closing(desk.store):
            desk.note("INC-2026-0001", "Seen", None, None, None)
        reader = given.open_reader()
        assert reader is not None
        with closing(reader):
            assert [entry.actor for entry in reader.entries("INC-2026-0001")][-1] == "anna"

    def test_time_goes_on_unless_it_is_set(self, here: Session) -> None:
        given = record_surroundings(here)
        assert given.stated_now is None
        assert abs((given.now() - datetime.now(UTC)).total_seconds()) < 5
        stated = record_surroundings(Session(here.places, "anna", NOW, here.zone))
        assert (stated.now(), stated.stated_now) == (NOW, NOW)

    def test_a_read_only_one_is_read_and_says_so(self, recorded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("os.access", lambda _path, _mode: False)
        given = record_surroundings(recorded)
        assert given.banner == READ_ONLY
        desk = given.desk_on(given.open_store(), pytest.fail)
        with closing(desk.store):
            assert desk.look("INC-2026-0001").incident.title == "Recordings"

    def test_a_newer_one_is_read_says_so_and_takes_nothing(self, recorded: Session) -> None:
        with closing(sqlite3.connect(str(recorded.places.store))) as newer:
            newer.execute("PRAGMA user_version = 99")
        given = record_surroundings(recorded)
        assert given.banner == NEWER
        reader = given.open_reader()
        assert reader is not None
        with closing(reader):
            assert [row.title for row in reader.board(BoardQuery(NOW))[1]] == ["Recordings"]
        desk = given.desk_on(given.open_store(), pytest.fail)
        with closing(desk.store):
            assert desk.look("INC-2026-0001").incident.title == "Recordings"
            with pytest.raises(Failure, match="read-only; nothing can be recorded there"):
                desk.note("INC-2026-0001", "Seen", None, None, None)

    def test_a_newer_one_that_cannot_be_read_is_refused(self, recorded: Session) -> None:
        with closing(sqlite3.connect(str(recorded.places.store))) as newer:
            newer.execute("PRAGMA user_version = 99")
            newer.execute("DROP TABLE board")
        with pytest.raises(Failure, match="newer version that this one cannot read; install it"):
            record_surroundings(recorded)

    def test_a_file_that_is_no_store_is_refused_before_anything_is_shown(
        self, here: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path(str(here.places.store)).write_text("no store at all, but long enough to be taken for one " * 20)
        monkeypatch.setattr(terminal, "at_a_terminal", lambda: True)
        outcome = incident("--store", str(here.places.store))
        assert (outcome.code, outcome.out) == (1, "")
        assert "is no SQLite database" in outcome.err

    def test_ascii_glyphs_where_they_are_asked_for(self, here: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not record_surroundings(here).ascii_only
        for value, wanted in (("", False), ("0", False), ("1", True)):
            monkeypatch.setenv("INCIDENT_ASCII", value)
            assert record_surroundings(here).ascii_only is wanted


class TestDemonstration:
    def test_it_is_a_store_of_its_own_that_goes_away(self, here: Session) -> None:
        stated = Session(here.places, "anna", NOW, here.zone)
        with demonstration(stated) as given:
            assert given.banner == DEMONSTRATION
            assert (given.actor, given.now(), given.zone.key) == ("demo", NOW, "Europe/Paris")
            desk = given.desk_on(given.open_store(), pytest.fail)
            with closing(desk.store):
                desk.note("INC-2026-0001", "Seen", None, None, None)
            reader = given.open_reader()
            assert reader is not None
            with closing(reader):
                assert reader.board(BoardQuery(NOW))[0] >= 10
            folder = given.drafts.parent
            assert folder.exists()
        assert not folder.exists()
        assert list(here.places.drafts.parent.iterdir()) == []

    def test_a_playbook_that_is_adopted_in_it_stays_in_force(self, here: Session) -> None:
        text = shipped_texts()["vendors/kavkom.toml"].replace("amount = 48", "amount = 24")
        playbook = read_playbook("vendors/kavkom.toml", text)
        assert isinstance(playbook, VendorPlaybook)
        with demonstration(here) as given, closing(given.open_store()) as store:
            desk = given.desk_on(store, pytest.fail)
            put_in_force(store, desk.in_force, given.staged(), Proposal(playbook, text), "Privacy team")
            assert given.desk_on(store, pytest.fail).in_force.texts["vendors/kavkom.toml"] == text
