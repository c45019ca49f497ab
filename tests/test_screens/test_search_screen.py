"""Search over everything recorded: found from anywhere, as it is typed, and opened."""

from collections.abc import Callable

import pytest
from textual.widgets import Input, Static

from incident.hits import hits
from screens.incident import IncidentScreen
from screens.search import SearchScreen
from tests.test_screens.conftest import SIZES, Terminal

Golden = Callable[[str, str], None]


def found(terminal: Terminal) -> list[str]:
    screen = terminal.app.screen
    assert isinstance(screen, SearchScreen)
    rows = (screen.found.row(index) for index in range(screen.found.total))
    return [row.reference for row in rows if row is not None]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_hits_as_they_read(rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f", *"mai")
        golden(f"screens/search-{size[0]}x{size[1]}.txt", terminal.text)

    rich.run(responder, size)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("many are concern", ["INC-2026-0003"]),  # a note, half typed
        ("deskhero telephone", ["INC-2026-0003"]),  # whom it was with, and how
        ("portal did not answer", ["INC-2026-0003"]),  # why nothing was filed
        ("revok", ["INC-2026-0003"]),  # a fact, half typed
        ("bottega", ["INC-2026-0011"]),  # a customer
        ("demo-1", ["INC-2026-0007"]),  # the number a recipient gave
        ("0010", ["INC-2026-0010"]),  # a reference
        ("revoked laptop", []),
        ("", []),
    ],
)
def test_everything_recorded_is_searched_as_it_is_typed(rich: Terminal, typed: str, expected: list[str]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f")
        terminal.app.screen.query_one("#words", Input).value = typed
        await terminal.settle()
        assert found(terminal) == expected

    rich.run(responder)


def test_a_hit_shows_where_it_stands_and_enter_opens_it(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f", *"withdrawn side", "enter")
        lines = str(terminal.app.screen.query_one("#lines", Static).content)
        assert lines == "Token withdrawn on our side."
        await terminal.press("enter")
        assert isinstance(terminal.app.screen, IncidentScreen)
        assert terminal.app.screen.selected_reference() == "INC-2026-0003"
        await terminal.press("escape")
        assert isinstance(terminal.app.screen, SearchScreen)
        assert found(terminal) == ["INC-2026-0003"]

    rich.run(responder)


def test_it_is_reached_from_anywhere_and_only_once(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0003")
        await terminal.press("ctrl+f", "enter", "ctrl+f")
        assert [isinstance(screen, SearchScreen) for screen in terminal.app.screen_stack].count(True) == 1
        await terminal.press("escape")
        assert isinstance(terminal.app.screen, IncidentScreen)

    rich.run(responder)


def test_nothing_is_found_where_nothing_was_recorded(empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f", "a", "enter", "enter")
        assert found(terminal) == []
        assert "0 incidents" in terminal.text

    empty.run(responder)


@pytest.mark.parametrize("typed", ['"', "*", "-", "NEAR(", "\x1b[2J", "a\tb"])
def test_no_word_is_an_error(rich: Terminal, typed: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f")
        terminal.app.screen.query_one("#words", Input).value = typed
        await terminal.settle()
        assert not terminal.app._notifications

    rich.run(responder)


def test_hostile_text_is_harmless(hostile: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+f", *"owned")
        assert found(terminal) == ["INC-2026-0001"]
        assert "\\x1b]0;owned\\x07" in terminal.text
        assert not set(terminal.text) & set("\x1b\x07\x9b\u202e\u2066\u200b\u2028")

    hostile.run(responder)


def test_the_lines_with_the_most_words_come_first_without_case_and_accents() -> None:
    recorded = "INC-2026-0001\nGénérali told us\nnothing\nthe mailbox of GENERALI"
    assert hits(recorded, "general* mail*") == ("the mailbox of GENERALI", "Générali told us")
    assert hits(recorded, "laptop") == ()
