"""Putting a playbook in force on the terminal: shown, named, asked again; a draft never."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from incident.store.sqlite import open_existing
from playbooks.loader import DRAFT
from playbooks.texts import shipped_texts
from screens.adopt import AdoptScreen
from screens.confirm import ConfirmScreen
from screens.playbooks import PlaybooksScreen
from tests.test_screens.conftest import HOSTILE, NOW, SIZES, Terminal, acting_signs, desk_on, new_store, on_disk

Golden = Callable[[str, str], None]

KAVKOM = "vendors/kavkom.toml"
SECOND = shipped_texts()[KAVKOM].replace("amount = 48", "amount = 24")
"""A later version of Kavkom's agreement, as a person might write it down."""


@pytest.fixture(autouse=True)
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a reviewed file and a draft of it lie in the current folder."""
    (tmp_path / "kavkom.toml").write_text(SECOND, "utf-8")
    (tmp_path / "draft").mkdir()
    (tmp_path / "draft" / "kavkom.toml").write_text(f'review = "all of it"\n{SECOND}', "utf-8")
    monkeypatch.chdir(tmp_path)


def changes(terminal: Terminal) -> str:
    return str(terminal.app.screen.query_one("#changes", Static).content)


def adopted(folder: Path) -> list[str]:
    """Return who confirmed a playbook, as the journal has it."""
    store = open_existing(folder / "test.db", actor="anna", stated_now=None)
    assert store is not None
    bodies = [entry.body or {} for entry in store.rules()]
    store.close()
    return [str(body["adopted"]["confirmed_by"]) for body in bodies if "adopted" in body]


def nothing_in_force(folder: Path) -> bool:
    return adopted(folder) == [] and not (folder / "playbooks").exists()


async def adopt(terminal: Terminal, file: str) -> None:
    await terminal.press("p", "a", *file, "enter")


class TestShown:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_what_changes_and_which_incidents_it_touches(
        self, rich: Terminal, golden: Golden, size: tuple[int, int]
    ) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            assert "deadline: 48 hours → 24 hours" in changes(terminal)
            assert "Open incidents whose deadlines change" in changes(terminal)
            assert "contract:kavkom" in changes(terminal)
            golden(f"screens/adopt-{size[0]}x{size[1]}.txt", terminal.text)

        rich.run(responder, size)

    def test_looking_puts_nothing_in_force(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press("escape")
            assert isinstance(terminal.app.screen, PlaybooksScreen)

        rich.run(responder)
        assert nothing_in_force(tmp_path)

    def test_another_file_is_looked_at_anew(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            terminal.app.screen.query_one(Input).value = "absent.toml"
            await terminal.settle()
            assert changes(terminal) == ""

        rich.run(responder)


class TestRefused:
    @pytest.mark.parametrize(
        ("file", "reason"),
        [
            ("", "name the file that you have reviewed"),
            ("absent.toml", "absent.toml: cannot be read: No such file"),
            ("gdpr.toml", "gdpr.toml: kind: is 'regime'; a vendor's playbook alone is adopted"),
            ("broken.toml", "broken.toml:1: kind: is to be 'vendor', 'regime' or 'authority'"),
        ],
    )
    def test_what_is_no_vendors_playbook_is_told_at_the_field(
        self, rich: Terminal, tmp_path: Path, file: str, reason: str
    ) -> None:
        (tmp_path / "gdpr.toml").write_text(shipped_texts()["regimes/gdpr.toml"], "utf-8")
        (tmp_path / "broken.toml").write_text('kind = "x"\n')

        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, file)
            assert reason in terminal.text
            await terminal.press("ctrl+s")
            assert reason in terminal.text
            assert isinstance(terminal.app.screen, AdoptScreen)

        rich.run(responder)
        assert nothing_in_force(tmp_path)

    def test_a_draft_is_shown_and_never_adopted(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "draft/kavkom.toml")
            assert "deadline: 48 hours → 24 hours" in changes(terminal)
            await terminal.press(*"Anna", "enter")
            assert isinstance(terminal.app.screen, AdoptScreen)
            assert f"draft/kavkom.toml:1: review: {DRAFT}" in " ".join(terminal.text.split())

        rich.run(responder)
        assert nothing_in_force(tmp_path)

    def test_nobody_confirms_without_a_name(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press("space", "enter")
            assert "say who has checked the file beside its document" in terminal.text
            assert isinstance(terminal.app.screen, AdoptScreen)

        rich.run(responder)
        assert nothing_in_force(tmp_path)

    def test_enter_alone_adopts_nothing(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press(*"Anna", "enter")
            assert isinstance(terminal.app.screen, ConfirmScreen)
            await terminal.press("enter")
            assert isinstance(terminal.app.screen, AdoptScreen)
            await terminal.press("ctrl+s", "escape")
            assert isinstance(terminal.app.screen, AdoptScreen)

        rich.run(responder)
        assert nothing_in_force(tmp_path)

    def test_what_has_changed_since_it_was_shown_is_to_be_looked_at_again(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press(*"Anna", "enter")
            desk = desk_on(new_store(tmp_path / "test.db"), NOW, on_disk(tmp_path))
            desk.open({"title": "Meanwhile", "vendor": "kavkom", "moments": {"vendor_aware": "2026-11-21T08:00:00Z"}})
            desk.store.close()
            await terminal.press("right", "enter")
            assert isinstance(terminal.app.screen, AdoptScreen)
            assert "kavkom: what it would change is not what you were shown" in terminal.text
            assert "Meanwhile" in changes(terminal)

        rich.run(responder)
        assert nothing_in_force(tmp_path)


class TestAdopted:
    def test_it_is_in_force_under_the_name_and_the_list_shows_it(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press(*"Privacy", "enter")
            asked = terminal.text
            for words in ("Put kavkom in force?", "48 hours → 24 hours", "confirmed by: Privacy", "their source: 3"):
                assert words in asked, asked
            await terminal.press("right", "enter")
            assert isinstance(terminal.app.screen, PlaybooksScreen)
            terminal.app.screen.tick()
            await terminal.settle()
            assert "Kavkom  24 hours" in terminal.text
            assert "kavkom: in force, as Privacy confirms." in terminal.text

        rich.run(responder)
        assert adopted(tmp_path) == ["Privacy"]
        assert (tmp_path / "playbooks" / KAVKOM).read_text("utf-8") == SECOND

    def test_again_it_is_in_force_already(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press(*"Privacy", "enter", "right", "enter")
            terminal.now += timedelta(minutes=1)
            await terminal.press("a", *"kavkom.toml", "enter", *"Anna", "enter")
            assert "is in force already, as Privacy confirmed on 2026-11-21" in terminal.text

        rich.run(responder)
        assert adopted(tmp_path) == ["Privacy"]

    def test_the_file_that_was_shown_is_adopted_whatever_becomes_of_it(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await adopt(terminal, "kavkom.toml")
            await terminal.press(*"Anna", "enter")
            (tmp_path / "kavkom.toml").write_text("swapped")
            await terminal.press("right", "enter")

        rich.run(responder)
        assert (tmp_path / "playbooks" / KAVKOM).read_text("utf-8") == SECOND


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_hostile_text_is_harmless(rich: Terminal, tmp_path: Path, size: tuple[int, int]) -> None:
    words = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', "'")
    (tmp_path / "kavkom.toml").write_text(SECOND.replace('name = "Kavkom"', f'name = "{words}"'), "utf-8")

    async def responder(terminal: Terminal) -> None:
        await adopt(terminal, "kavkom.toml")
        assert "[/x] [ERROR]" in changes(terminal)
        assert acting_signs(changes(terminal)) == set()
        assert acting_signs(terminal.text) == set()
        await terminal.press(*"Anna", "enter")
        assert isinstance(terminal.app.screen, ConfirmScreen)
        assert acting_signs(terminal.text) == set()

    rich.run(responder, size)
