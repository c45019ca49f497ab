"""What is typed survives Escape, a crash and a closed terminal, and is gone once it is saved or discarded."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.widgets import Static

from screens.confirm import ConfirmScreen
from screens.decide import DecideScreen
from screens.fact_form import FactForm
from screens.note import NoteScreen
from screens.take_call import TakeCallScreen
from screens.widgets.fields import Field
from tests.test_screens.conftest import Terminal, terminal_on

REF = "INC-2026-0003"


def kept(terminal: Terminal) -> dict[str, Any]:
    """Return what is kept on disk, by file."""
    folder = terminal.app.surroundings.unsaved
    assert folder is not None
    return {file.name: json.loads(file.read_bytes())["typed"] for file in sorted(folder.glob("*"))}


def shows(terminal: Terminal, kind: type[Screen[Any]]) -> bool:
    """True where a screen of that kind is shown."""
    return isinstance(terminal.app.screen, kind)


def says(terminal: Terminal) -> str:
    """Return what the form has to say; a message may lie over it for a while."""
    return str(terminal.app.screen.query_one("#form-says", Static).render())


def another(terminal: Terminal) -> Terminal:
    """Return a terminal that is opened anew on the same store."""
    folder = terminal.app.surroundings.unsaved
    assert folder is not None
    return terminal_on(folder.parent / "test.db")


def test_every_change_is_on_disk_at_once(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop")
        assert kept(t) == {}
        await t.press(*"ca")
        assert kept(t)[f"{REF}-note.json"]["text"] == "ca"
        await t.press("l")
        assert kept(t)[f"{REF}-note.json"]["text"] == "cal"

    rich.run(responder)


def test_escape_loses_nothing(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", *"call", "escape")
        assert not isinstance(t.app.screen, NoteScreen)
        assert "what you typed is kept" in t.text
        await t.press("full_stop")
        assert t.app.screen.query_one(Field).typed == "call"
        assert "Not saved yet: typed Sat 21 Nov 20:14 CET (19:14 UTC), here again." in says(t)

    rich.run(responder)


def test_a_terminal_that_is_gone_loses_nothing(rich: Terminal) -> None:
    async def typing(t: Terminal) -> None:
        await t.press("n", *"Kavkom", "enter", *["backspace"] * 3, *"-2h", "enter", "2", "enter", *"Record")

    async def the_next_day(t: Terminal) -> None:
        t.now = t.now.replace(day=22)
        await t.press("n")
        screen = t.app.screen
        assert isinstance(screen, TakeCallScreen)
        assert screen.typed() == {
            "who": "Kavkom",
            "received": "2026-11-21T17:14:00Z",
            "standing": "confirmed",
            "what": "Record",
        }
        assert "= Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text

    rich.run(typing)
    another(rich).run(the_next_day)


def test_ticks_and_choices_come_back_too(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        look = await t.app.desk.do(lambda desk: desk.look("INC-2026-0004"))
        screen = FactForm(t.app.surroundings, t.app.desk, look, "breach_types")
        t.app.push_screen(screen)
        await t.press("space", "down", "space", "f2", "escape")
        screen = FactForm(t.app.surroundings, t.app.desk, look, "breach_types")
        t.app.push_screen(screen)
        await t.settle()
        assert screen.typed()["value"] == ["confidentiality", "integrity"]
        assert screen.typed()["certainty"] == "estimated"

    rich.run(responder)


def test_saving_forgets_it(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", *"call", "ctrl+s")
        assert kept(t) == {}
        await t.press("full_stop")
        assert t.app.screen.query_one(Field).typed == ""

    rich.run(responder)


def test_taking_everything_away_again_forgets_it(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", "x", "backspace")
        assert kept(t) == {}

    rich.run(responder)


def test_discarding_is_asked_and_going_back_is_the_default(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", "1", "f4")
        assert shows(t, ConfirmScreen)
        await t.press("enter")
        assert shows(t, DecideScreen)
        assert kept(t)[f"{REF}-decide.json"]["breach"] == "yes"
        await t.press("f4", "tab", "enter")
        assert not shows(t, DecideScreen)
        assert kept(t) == {}

    rich.run(responder)


def test_a_form_that_nobody_typed_into_just_closes(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", "f4", "escape")
        assert not isinstance(t.app.screen, NoteScreen)
        assert "kept" not in t.text
        assert kept(t) == {}

    rich.run(responder)


def test_where_nothing_can_be_kept_it_is_told_and_escape_asks(rich: Terminal, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    rich.app.surroundings = replace(rich.app.surroundings, unsaved=taken)

    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", *"call")
        assert "what you type cannot be kept there" in says(t)
        await t.press("escape")
        assert isinstance(t.app.screen, ConfirmScreen)
        assert "could not be kept" in t.text
        await t.press("enter")
        assert t.app.screen.query_one(Field).typed == "call"

    rich.run(responder)


def test_lists_say_where_something_is_typed_and_not_saved(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("f", "enter", *"Token", "escape")
        assert "Description  typed, not saved" in t.text

    rich.run(responder)


def test_a_refused_save_keeps_it(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", *"call", "tab", "tab", "tab", *["backspace"] * 3, *"soon", "ctrl+s")
        assert isinstance(t.app.screen, NoteScreen)
        assert kept(t)[f"{REF}-note.json"] == {
            "text": "call",
            "party": "",
            "channel": "",
            "at": "soon",
            "about": [],
        }

    rich.run(responder)
