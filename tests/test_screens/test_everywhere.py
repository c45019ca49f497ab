"""What can be done everywhere: by key, and by name in the palette."""

import pytest
from textual.command import CommandPalette

from screens.help import HelpScreen
from screens.search import SearchScreen
from screens.themes import CALM, HIGH_CONTRAST
from screens.widgets.keys import Keys
from tests.test_screens.conftest import Terminal


@pytest.mark.parametrize("keys", [("f9",), ("ctrl+p", *"contrast", "enter", "enter")], ids=["key", "palette"])
def test_high_contrast_is_switched_on_and_off(rich: Terminal, keys: tuple[str, ...]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0003")
        await terminal.press(*keys)
        assert not isinstance(terminal.app.screen, CommandPalette)
        assert terminal.app.theme == HIGH_CONTRAST.name
        await terminal.press("f9")
        assert terminal.app.theme == CALM

    rich.run(responder)


def test_the_choice_of_theme_is_not_kept(rich: Terminal, empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("f9")

    async def later(terminal: Terminal) -> None:
        assert terminal.app.theme == CALM

    rich.run(responder)
    empty.run(later)


@pytest.mark.parametrize(("name", "screen"), [("help", HelpScreen), ("search", SearchScreen)])
def test_the_palette_does_what_can_be_done_everywhere(rich: Terminal, name: str, screen: type) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+p", *name, "enter", "enter")
        assert isinstance(terminal.app.screen, screen)

    rich.run(responder)


def test_the_keys_at_the_foot_stay_as_they_are_from_field_to_field(empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("n")
        before = list(terminal.app.screen.query_one(Keys).children)
        focused = terminal.app.focused
        await terminal.press("tab")
        assert terminal.app.focused is not focused
        assert before
        assert list(terminal.app.screen.query_one(Keys).children) == before

    empty.run(responder)
