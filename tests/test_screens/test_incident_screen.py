"""One incident on the screen: what is to be seen at each size, and where every key leads."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from screens.contacts import ContactsScreen
from screens.explanation import ExplanationScreen
from screens.incident import PANES, IncidentScreen
from screens.journal import JournalScreen
from screens.widgets.block_list import BlockList
from tests.test_screens.conftest import NOW, SIZES, Terminal, acting_signs, new_desk

Golden = Callable[[str, str], None]

DUE_SOON, OVERDUE, TO_CUSTOMERS, HOSTILE_ONE = "INC-2026-0003", "INC-2026-0004", "INC-2026-0011", "INC-2026-0001"


def pane(terminal: Terminal, name: str) -> BlockList:
    return terminal.app.screen.query_one(f"#{name}", BlockList)


def pages_of(terminal: Terminal, reference: str, size: tuple[int, int]) -> str:
    """Return an incident as it reads: one page where the panes stand side by side, else one for each of them."""
    pages: list[str] = []

    async def responder(terminal: Terminal) -> None:
        await terminal.open(reference)
        pages.append(terminal.text)
        for _ in PANES if size != SIZES[0] else ():
            await terminal.press("end", "tab")
            pages.append(terminal.text)

    terminal.run(responder, size)
    return "\f\n".join(pages)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_rich_incident_as_it_reads(rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    golden(f"screens/incident-rich-{size[0]}x{size[1]}.txt", pages_of(rich, DUE_SOON, size))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_hostile_incident_as_it_reads(hostile: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    pages = pages_of(hostile, HOSTILE_ONE, size)
    assert acting_signs(pages.replace("\f", "")) == set()
    golden(f"screens/incident-hostile-{size[0]}x{size[1]}.txt", pages)


def test_there_is_nothing_to_explain_before_anything_was_read(empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("x", "enter", "c")
        assert "No incident is selected." in terminal.text

    empty.run(responder)


@pytest.mark.parametrize("key", ["x", "c", "j"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_pages_behind_it_as_they_read(rich: Terminal, golden: Golden, size: tuple[int, int], key: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(OVERDUE)
        await terminal.press(key)
        name = {"x": "explained", "c": "contacts", "j": "journal"}[key]
        golden(f"screens/incident-{name}-{size[0]}x{size[1]}.txt", terminal.text)

    rich.run(responder, size)


def test_customers_fan_out(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(TO_CUSTOMERS)
        drawn = [line for line in terminal.text.splitlines() if "──▸" in line]
        assert drawn == [
            " us ──✖ OVERDUE 2 h 00 min──▸ Bottega Sud S.r.l.",
            "   └──○ open──▸ Atelier Nord SAS",
        ]

    rich.run(responder)


def test_an_expired_33_1_is_still_to_be_made(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(OVERDUE)
        assert "late: notify now, with reasons" in terminal.text
        assert "outer limit; the duty is without undue delay" in terminal.text
        await terminal.resize(40, 12)
        assert "late: notify now, with reasons" in terminal.text

    rich.run(responder)


def test_tab_goes_round_the_panes(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        seen = []
        for _ in PANES:
            shown = [one.id for one in terminal.app.screen.query(BlockList) if one.region.height]
            assert [one.id for one in terminal.app.screen.query(BlockList) if one.has_focus] == shown
            seen += shown
            await terminal.press("tab")
        assert seen == list(PANES)
        assert pane(terminal, "clocks").has_focus
        await terminal.press("shift+tab")
        assert pane(terminal, "journal").has_focus

    rich.run(responder, (80, 24))


def test_the_pane_is_kept_when_the_window_changes(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        await terminal.press("tab", "down", "down")
        chosen = pane(terminal, "file").current
        assert chosen == "data_categories"
        for size in ((80, 24), (40, 12), (120, 40)):
            await terminal.resize(*size)
            assert pane(terminal, "file").has_focus
            assert pane(terminal, "file").region.height > 0
            assert pane(terminal, "file").current == chosen

    rich.run(responder)


def test_countdowns_are_reckoned_from_the_deadline(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        assert "▲ due soon 2 h 00 min" in terminal.text
        terminal.now = NOW + timedelta(hours=9)
        screen = terminal.app.screen
        assert isinstance(screen, IncidentScreen)
        screen.tick()
        await terminal.settle()
        assert "✖ OVERDUE 7 h 00 min" in terminal.text
        assert "us ──✖ OVERDUE 7 h 00 min──▸ CNIL" in terminal.text
        assert "due soon" not in terminal.text

    rich.run(responder)


def test_a_tick_that_changes_nothing_paints_nothing(rich: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        painted: list[str | None] = []
        monkeypatch.setattr(BlockList, "refresh", lambda self, *_, **__: painted.append(self.id))
        screen = terminal.app.screen
        assert isinstance(screen, IncidentScreen)
        screen.tick()
        assert painted == []
        terminal.now = NOW + timedelta(minutes=1)
        screen.tick()
        assert set(painted) == {"clocks", "chain"}

    rich.run(responder)


def test_what_another_process_writes_is_seen_and_the_cursor_stays(rich: Terminal, tmp_path: Path) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        await terminal.press("down", "tab")
        chosen = pane(terminal, "clocks").current
        another = new_desk(tmp_path / "test.db")
        another.note(DUE_SOON, "A call from another desk.", NOW, "Deskhero", None)
        another.sent(DUE_SOON, {"duty": "gdpr-33-1", "at": "2026-11-21T19:00:00Z", "status": "made", "complete": True})
        another.store.close()
        screen = terminal.app.screen
        assert isinstance(screen, IncidentScreen)
        screen.tick()
        await terminal.settle()
        assert "A call from another desk." in terminal.text
        assert "due soon" not in terminal.text
        assert pane(terminal, "clocks").current == chosen
        assert pane(terminal, "file").has_focus

    rich.run(responder)


def test_who_was_asked_stands_beside_what_is_missing(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        assert "✖ missing  Number of data subjects  asked: Deskhero" in terminal.text

    rich.run(responder)


@pytest.mark.parametrize(("key", "page"), [("x", ExplanationScreen), ("c", ContactsScreen), ("j", JournalScreen)])
def test_escape_comes_back_to_the_incident_as_it_was(rich: Terminal, key: str, page: type) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        await terminal.press("down", key)
        assert type(terminal.app.screen) is page
        await terminal.press("escape")
        assert isinstance(terminal.app.screen, IncidentScreen)
        assert pane(terminal, "clocks").has_focus
        assert pane(terminal, "clocks").current == "gdpr-33-5"

    rich.run(responder)


def test_explain_is_of_the_selected_clock(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open(DUE_SOON)
        await terminal.press("end", "enter")
        assert isinstance(terminal.app.screen, ExplanationScreen)
        assert "Deskhero" in terminal.text
        assert "Art. 33(2)" in terminal.text

    rich.run(responder)


def test_the_contacts_are_one_key_from_the_board(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("c")
        assert isinstance(terminal.app.screen, ContactsScreen)
        assert "dpo@bonsai.example" in terminal.text

    rich.run(responder)


def test_an_incident_that_does_not_exist_is_told(empty: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0099")
        assert "no incident INC-2026-0099" in terminal.text
        await terminal.press("x", "escape")
        assert not isinstance(terminal.app.screen, IncidentScreen)

    empty.run(responder)
