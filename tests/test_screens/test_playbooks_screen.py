"""Playbooks on the screen: what we rely on, how sure, and what is open."""

from collections.abc import Callable

import pytest
from textual.widgets import OptionList, Static

from incident.playbook_pages.doubts import doubts
from playbooks.loader import read_playbook
from playbooks.texts import shipped_texts
from screens.board import BoardScreen
from screens.playbooks import PlaybooksScreen
from tests.test_screens.conftest import SIZES, Terminal

Golden = Callable[[str, str], None]

REGIMES = (
    "ch-fadp",
    "cra",
    "dora",
    "eidas",
    "eprivacy-611",
    "fr-lopmi",
    "gdpr",
    "nis2",
    "omnibus",
    "uk-gdpr",
    "uk-pecr",
)


def said(terminal: Terminal) -> str:
    return str(terminal.app.screen.query_one("#said", Static).content)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_library_as_it_reads(rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p", "down", "down")
        golden(f"screens/playbooks-{size[0]}x{size[1]}.txt", terminal.text)

    rich.run(responder, size)


def test_every_playbook_in_force_is_listed_under_its_kind(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p")
        shown = terminal.app.screen.query_one("#playbooks", OptionList)
        names = [option.id for option in shown.options]
        assert names == [
            None,
            *(f"vendor-{name}" for name in ("convious", "deskhero", "kavkom", "konverso", "quicktalk")),
            None,
            *(f"regime-{name}" for name in REGIMES),
            None,
            *(f"authority-{name}" for name in ("ap", "cnil", "edpb", "eprivacy-611", "garante", "ico", "imy")),
        ]
        assert str(shown.options[3].prompt).splitlines() == [
            "Kavkom  48 hours",
            "  5 open · 3 unsure · shipped · checked 2026-11-21",
        ]
        assert said(terminal).startswith("Convious · vendor convious · shipped")
        await terminal.press("end")
        assert said(terminal).startswith("IMY · authority imy · shipped")
        await terminal.press("escape")
        assert isinstance(terminal.app.screen, BoardScreen)

    rich.run(responder)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_page_is_laid_out_for_the_columns_there_are(rich: Terminal, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p")
        page = terminal.app.screen.query_one("#page")
        width = min(80, page.size.width)
        lines = said(terminal).splitlines()
        assert any(len(line) > width * 0.8 for line in lines)
        assert all(len(line) <= width for line in lines if " " in line.strip())

    rich.run(responder, size)


def test_without_a_store_the_shipped_ones_are_shown(empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p")
        assert isinstance(terminal.app.screen, PlaybooksScreen)
        assert "Kavkom" in terminal.text

    empty.run(responder)


def test_what_nobody_has_seen_in_its_source_is_counted() -> None:
    name = "regimes/eidas.toml"
    text = shipped_texts()[name]
    assert doubts(read_playbook(name, text)) == 0
    confident = 'confidence = "checked"'
    assert text.count(confident) == 1
    assert doubts(read_playbook(name, text.replace(confident, 'confidence = "inferred"'))) == 1
    gdpr = "regimes/gdpr.toml"
    assert doubts(read_playbook(gdpr, shipped_texts()[gdpr])) == 1
