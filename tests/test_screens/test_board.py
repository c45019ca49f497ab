"""The board: what burns first, at every size, while others write and time goes by."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.record import read_record
from screens.board import BoardScreen
from screens.help import HelpScreen
from tests.test_screens.conftest import HOSTILE, NOW, SIZES, Terminal, new_desk

Golden = Callable[[str, str], None]


def board(terminal: Terminal) -> BoardScreen:
    found = terminal.app.screen
    assert isinstance(found, BoardScreen)
    return found


def ticks(screen: BoardScreen) -> bool:
    assert screen._timer is not None
    return screen._timer._active.is_set()


def line_of(terminal: Terminal, words: str) -> str:
    return next(line for line in terminal.text.splitlines() if words in line)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("store", ["empty", "rich", "hostile"])
def test_it_reads_as_agreed(store: str, size: tuple[int, int], request: pytest.FixtureRequest, golden: Golden) -> None:
    terminal: Terminal = request.getfixturevalue(store)

    async def responder(terminal: Terminal) -> None:
        golden(f"screens/board-{store}-{size[0]}x{size[1]}.txt", terminal.text)

    terminal.run(responder, size)


def test_the_heading_stands_over_its_columns(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        heading, row = line_of(terminal, "deadline"), line_of(terminal, "Mailbox token")
        places = {
            "incident": "2026-0003",
            "vendor": "deskhero",
            "who tells whom": "we → CNIL",
            "risk": "risk undecided",
        }
        assert {name: heading.index(name) for name in places} == {name: row.index(v) for name, v in places.items()}
        assert all(row[row.index(value) - 1] == " " for value in places.values())

    rich.run(responder)


def test_counts_say_how_many_stand_how(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        before = line_of(terminal, "due soon")
        assert "2 overdue · 2 due soon" in before
        terminal.now = NOW + timedelta(days=5)
        await terminal.press("r")
        assert "8 overdue · 0 due soon · 0 running" in line_of(terminal, "due soon")

    rich.run(responder)


class TestFilter:
    def test_it_filters_with_each_key(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            everything = board(terminal).incidents.total
            await terminal.press("slash", *"state:overdue")
            assert board(terminal).incidents.total == 2
            await terminal.press("space", *"registrar")
            assert board(terminal).incidents.total == 1
            assert board(terminal).selected_reference() == "INC-2026-0004"
            await terminal.press("enter", "enter")
            assert not isinstance(terminal.app.screen, BoardScreen)
            await terminal.press("escape")
            assert board(terminal).incidents.total == 1
            await terminal.press("escape")
            assert board(terminal).incidents.total == everything

        rich.run(responder)

    def test_it_filters_by_vendor(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("slash", *"vendor:quicktalk")
            assert "Registrar intrusion" in terminal.text
            assert "Mailbox token" not in terminal.text

        rich.run(responder)

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_nothing_found_is_said(self, rich: Terminal, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("slash", *'"nothing* [/x] ')
            assert "None matches the filter." in terminal.text

        rich.run(responder, size)


class TestOthersWrite:
    def test_the_cursor_stays_on_its_incident(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("down", "down", "down")
            held, place = board(terminal).selected_reference(), board(terminal).incidents.cursor
            write_urgent(tmp_path / "test.db", 3)
            board(terminal).tick()
            await terminal.settle()
            assert "Urgent 2" in terminal.text
            assert board(terminal).selected_reference() == held
            assert board(terminal).incidents.cursor == place + 3

        rich.run(responder)

    def test_the_filter_stays_as_it_is_typed(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("slash", *"urg")
            assert board(terminal).incidents.total == 0
            write_urgent(tmp_path / "test.db", 2)
            board(terminal).tick()
            await terminal.press("*")
            assert board(terminal).incidents.total == 2
            assert board(terminal).filter_text == "urg*"

        rich.run(responder)

    def test_a_covered_board_waits_and_then_shows_it(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            under = board(terminal)
            await terminal.press("question_mark")
            assert isinstance(terminal.app.screen, HelpScreen)
            assert not ticks(under)
            write_urgent(tmp_path / "test.db", 1)
            await terminal.press("escape")
            assert ticks(under)
            assert "Urgent 0" in terminal.text

        rich.run(responder)


def write_urgent(path: Path, count: int) -> None:
    """Open incidents long overdue, as another process does."""
    desk = new_desk(path)
    for number in range(count):
        desk.open({"title": f"Urgent {number}", "moments": {"aware": [{"at": "2026-01-01T00:00:00.000000Z"}]}})
    desk.store.close()


def test_countdowns_are_reckoned_from_the_deadline_each_time(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        assert line_of(terminal, "Mailbox token").startswith(" ▲ 2 h 00 min")
        terminal.now = NOW + timedelta(hours=1, minutes=31)
        board(terminal).tick()
        await terminal.settle()
        assert line_of(terminal, "Mailbox token").startswith(" ▲ 29 min")
        assert "21:45 CET (20:45 UTC)" in terminal.text
        terminal.now = NOW - timedelta(days=1)
        board(terminal).tick()
        await terminal.settle()
        assert line_of(terminal, "Mailbox token").startswith(" ● 1 d 02 h")

    rich.run(responder)


def test_it_fits_every_width_it_is_given(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("end")
        held = board(terminal).selected_reference()
        for width, height in (*SIZES, (59, 13), (60, 12), (109, 20), (110, 20), (200, 60), (120, 40)):
            await terminal.resize(width, height)
            lines = terminal.text.splitlines()
            assert max(map(len, lines)) <= width
            assert board(terminal).selected_reference() == held
            assert held is not None
            assert held[-4:] in terminal.text
            assert lines[-1].endswith("? help")
            shown = line_of(terminal, "deadline")
            assert ("who tells whom" in shown, "vendor" in shown) == (width > 111, width > 61)

    rich.run(responder)


def test_ascii_glyphs_where_they_are_asked_for(rich: Terminal) -> None:
    rich.app.surroundings = replace(rich.app.surroundings, ascii_only=True)

    async def responder(terminal: Terminal) -> None:
        starts = {line[:3] for line in terminal.text.splitlines() if " 2026-0" in line}
        assert starts == {" ! ", " ^ ", " * ", " o ", " + "}

    rich.run(responder)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((40, 12), [" TIME SET 2026-11-21 20:14 +01:00", " read only"]),
        ((80, 24), [" TIME IS SET to 2026-11-21 20:14 +01:00 (19:14 UTC)", " read only: nothing can be recorded"]),
    ],
    ids=["narrow", "normal"],
)
def test_a_set_time_and_what_else_cannot_be_missed_head_every_screen(
    rich: Terminal, size: tuple[int, int], said: list[str]
) -> None:
    given = rich.app.surroundings
    rich.app.surroundings = replace(given, stated_now=NOW, banner="read only: nothing can be recorded")

    async def responder(terminal: Terminal) -> None:
        for keys in ((), ("enter",), ("x",), ("question_mark",), ("escape", "escape", "p")):
            await terminal.press(*keys)
            assert terminal.text.splitlines()[:2] == said

    rich.run(responder, size)


def test_a_hostile_title_is_there_to_be_read(hostile: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        assert HOSTILE[:20] in line_of(terminal, "2026-0001")

    hostile.run(responder)


def test_the_cursor_stays_on_its_incident_however_far_it_is_pushed(rich: Terminal, tmp_path: Path) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("down", "down")
        held = board(terminal).selected_reference()
        desk = new_desk(tmp_path / "test.db")
        early = [{"title": f"Early {n}", "moments": {"aware": "2026-11-10T00:00:00Z"}} for n in range(250)]
        desk.take_in([read_record(one, desk.in_force.organisation.time_zone) for one in early])
        desk.store.close()
        board(terminal).tick()
        await terminal.press("r")
        assert board(terminal).selected_reference() == held
        assert board(terminal).incidents.cursor == 252

    rich.run(responder)


def test_only_what_says_something_else_by_now_is_drawn_again(rich: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    async def responder(terminal: Terminal) -> None:
        terminal.now = NOW + timedelta(minutes=1)
        await terminal.press("r")
        incidents, drawn = board(terminal).incidents, list[int]()
        monkeypatch.setattr(incidents, "refresh", lambda *regions, **_: drawn.extend(one.y for one in regions))
        board(terminal).tick()
        assert drawn == []
        terminal.now = NOW + timedelta(minutes=2)
        board(terminal).tick()
        burning = [index for index, line in enumerate(_rows(terminal)) if line.split()[0] in {"✖", "▲"}]
        assert drawn == burning
        assert len(burning) == 4

    rich.run(responder)


def _rows(terminal: Terminal) -> list[str]:
    lines = terminal.text.splitlines()
    first = next(index for index, line in enumerate(lines) if "deadline" in line) + 1
    return [line for line in lines[first : first + 13] if line.strip()]
