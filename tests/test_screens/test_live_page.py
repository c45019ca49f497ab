"""What reaches an open screen by itself: changed settings and playbooks, and what fails, which is said once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.timer import Timer

from incident.cli.session import Session
from incident.cli.terminal import record_surroundings
from incident.errors import Failure
from incident.places import Places
from incident.samples import ORGANISATION
from incident.settings import organisation_text
from incident.store.opening import exists
from incident.store.sqlite import SqliteStore
from playbooks.texts import shipped_texts
from screens.app import IncidentApp
from screens.live_page import LivePage
from tests.test_screens.conftest import NOW, PARIS, Terminal

KAVKOM = "vendors/kavkom.toml"


@dataclass
class OnDisk:
    """A terminal on a record whose settings and playbooks lie on disk, and what it has said in passing."""

    terminal: Terminal
    places: Places
    said: list[str]

    def settings(self, **changed: object) -> None:
        """Write the settings file."""
        self.places.settings.write_text(organisation_text({**ORGANISATION, **changed}), "utf-8")

    def kavkom(self, hours: int) -> None:
        """Write a playbook of the user's own."""
        file = self.places.playbooks / KAVKOM
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shipped_texts()[KAVKOM].replace("amount = 48", f"amount = {hours}"), "utf-8")

    async def tick(self) -> None:
        """Let a second pass on the screen that is shown."""
        page = self.terminal.app.screen
        assert isinstance(page, LivePage)
        page.tick()
        await self.terminal.settle()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the app says in passing."""
    heard: list[str] = []
    monkeypatch.setattr(IncidentApp, "notify", lambda _app, message, **_: heard.append(message))
    return heard


@pytest.fixture
def on_disk(tmp_path: Path, said: list[str]) -> OnDisk:
    """A terminal on a record that holds one incident at Kavkom."""
    places = Places(tmp_path / "a.db", tmp_path / "settings.toml", tmp_path / "playbooks", tmp_path / "drafts")
    app = IncidentApp(record_surroundings(Session(places, "anna", NOW, PARIS)))
    return OnDisk(Terminal(app, NOW), places, said)


@pytest.fixture
def recorded(on_disk: OnDisk) -> OnDisk:
    on_disk.settings()
    given = on_disk.terminal.app.surroundings
    desk = given.desk_on(given.open_store(), pytest.fail)
    desk.open({"title": "Recordings", "vendor": "kavkom", "moments": {"vendor_aware": "2026-11-21T08:00:00.000000Z"}})
    desk.store.close()
    return on_disk


class TestChangedRules:
    def test_a_playbook_reaches_the_clocks_on_the_screen(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.open("INC-2026-0001")
            assert "due Mon 23 Nov 09:00 CET" in terminal.text
            recorded.kavkom(24)
            await recorded.tick()
            assert "due Sun 22 Nov 09:00 CET" in terminal.text
            (recorded.places.playbooks / KAVKOM).unlink()
            await recorded.tick()
            assert "due Mon 23 Nov 09:00 CET" in terminal.text
            assert recorded.said == [f"changed rules are in force now: {KAVKOM}"] * 2

        recorded.terminal.run(responder)

    def test_a_playbook_reaches_the_board(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            assert "● 1 d 12 h" in terminal.text
            recorded.kavkom(24)
            await recorded.tick()
            assert "● 12 h 46 min" in terminal.text

        recorded.terminal.run(responder)

    def test_a_playbook_reaches_the_library_whose_cursor_stays(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("p", "down", "down")
            assert "Kavkom  48 hours" in terminal.text
            recorded.kavkom(24)
            await recorded.tick()
            assert "Kavkom  24 hours" in terminal.text
            assert "Kavkom · vendor kavkom · yours" in terminal.text

        recorded.terminal.run(responder)

    def test_the_zone_of_the_settings_reaches_the_board(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            assert "20:14 CET (19:14 UTC)" in terminal.text
            recorded.settings(zone="Europe/Helsinki", dpo={"email": "dpo@other.example"})
            await recorded.tick()
            assert "21:14 EET (19:14 UTC)" in terminal.text
            assert recorded.said == ["changed rules are in force now: settings (dpo, zone)"]

        recorded.terminal.run(responder)

    def test_a_form_takes_them_up_when_it_saves(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.open("INC-2026-0001")
            await terminal.press("full_stop", *"Asked")
            recorded.kavkom(24)
            await terminal.press("ctrl+s")
            assert recorded.said[0] == f"changed rules are in force now: {KAVKOM}"
            assert "due Sun 22 Nov 09:00 CET" in terminal.text

        recorded.terminal.run(responder)

    def test_what_another_process_brought_into_force_is_named_too(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.open("INC-2026-0001")
            recorded.kavkom(24)
            given = terminal.app.surroundings
            given.desk_on(given.open_store(), pytest.fail).store.close()
            await recorded.tick()
            assert "due Sun 22 Nov 09:00 CET" in terminal.text
            assert recorded.said == [f"changed rules are in force now: {KAVKOM}"]

        recorded.terminal.run(responder)

    def test_a_faulty_file_is_told_once_and_what_was_in_force_stays(self, recorded: OnDisk) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.open("INC-2026-0001")
            recorded.kavkom(24)
            with recorded.places.settings.open("a") as settings:
                settings.write("[[[\n")
            for _ in range(3):
                await recorded.tick()
            await terminal.press("r")
            assert len(recorded.said) == 1
            assert recorded.said[0].startswith("changed settings or playbooks are not used: ")
            assert f"{recorded.places.settings}: not TOML" in recorded.said[0]
            assert "\n" not in recorded.said[0]
            assert "due Mon 23 Nov 09:00 CET" in terminal.text
            recorded.settings()
            await recorded.tick()
            assert recorded.said[1:] == [f"changed rules are in force now: {KAVKOM}"]
            assert "due Sun 22 Nov 09:00 CET" in terminal.text

        recorded.terminal.run(responder)

    def test_a_tick_opens_no_file_as_long_as_none_changes(
        self, recorded: OnDisk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.open("INC-2026-0001")
            monkeypatch.setattr("incident.staged.settings_text", pytest.fail)
            await recorded.tick()
            await recorded.tick()
            assert recorded.said == []

        recorded.terminal.run(responder)

    def test_no_record_is_made_by_settings_alone(self, on_disk: OnDisk) -> None:
        async def responder(_: Terminal) -> None:
            on_disk.settings()
            await on_disk.tick()
            await on_disk.tick()
            assert not exists(on_disk.places.store)
            assert on_disk.said == []

        on_disk.terminal.run(responder)


LOST, FULL = Failure("the disk is lost"), Failure("the disk is full")


def outcomes(*failures: Failure | None) -> Iterator[Failure | None]:
    yield from failures


@pytest.mark.parametrize("keys", [(), ("enter",), ("enter", "j"), ("p",)], ids=["board", "incident", "list", "library"])
def test_what_fails_each_second_is_said_once_until_it_is_over_or_differs(
    rich: Terminal, said: list[str], monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    changes = SqliteStore.changes
    trouble = outcomes(LOST, LOST, FULL, FULL, None, None, FULL)

    def changes_or_not(store: SqliteStore) -> int:
        failure = next(trouble, None)
        if failure is not None:
            raise failure
        return changes(store)

    async def responder(terminal: Terminal) -> None:
        await terminal.press(*keys)
        page = terminal.app.screen
        assert isinstance(page, LivePage)
        assert page._timer is not None
        page._timer.stop()
        monkeypatch.setattr(SqliteStore, "changes", changes_or_not)
        counts = []
        for _ in range(7):
            page.tick()
            await terminal.settle()
            counts.append(len(said))
        assert counts == [1, 1, 2, 2, 2, 2, 3]
        assert said == ["the disk is lost", "the disk is full", "the disk is full"]

    rich.run(responder)


def test_a_board_that_could_not_be_read_is_read_again_by_itself(
    rich: Terminal, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def responder(terminal: Terminal) -> None:
        page = terminal.app.screen
        assert isinstance(page, LivePage)
        with monkeypatch.context() as lost:
            lost.setattr(SqliteStore, "board", lambda *_: (_ for _ in ()).throw(LOST))
            await terminal.press("r")
            page.tick()
            page.tick()
            assert said == ["the disk is lost"]
            await terminal.press("r")
            assert said == ["the disk is lost"] * 2
        page.tick()
        await terminal.settle()
        assert "Mailbox token" in terminal.text
        assert len(said) == 2

    rich.run(responder)


def test_a_screen_has_one_timer_and_a_covered_one_does_not_tick(
    rich: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Timer] = []
    set_interval = LivePage.set_interval

    def set_and_keep(page: LivePage, seconds: float, callback: Callable[[], None], **named: Any) -> Timer:
        timer = set_interval(page, seconds, callback, **named)
        started.extend([timer] if callback == page.tick else [])
        return timer

    monkeypatch.setattr(LivePage, "set_interval", set_and_keep)

    async def responder(terminal: Terminal) -> None:
        await terminal.press("enter", "j")
        assert [timer._active.is_set() for timer in started] == [False, False, True]

    rich.run(responder)
