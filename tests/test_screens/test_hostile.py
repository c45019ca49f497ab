"""Hostile text on every screen: nothing of it reaches the terminal as anything but text, and it can be read."""

import pytest
from textual.widgets import OptionList

from screens.board import BoardScreen
from tests.test_screens.conftest import Terminal, acting_signs

WALKS = {
    "board": ((), ("slash", *"[/x]"), ("escape",)),
    "incident": (("enter",), *[("tab",)] * 6, ("shift+tab",)),
    "explained": (("enter",), ("x",), ("end",)),
    "journal": (("enter",), ("j",), ("pagedown",), ("end",)),
    "contacts": (("c",), ("end",)),
    "facts": (("f",), *[("down",)] * 4, ("end",)),
    "description": (("f",), ("home",), ("enter",), ("f2",), ("f3",)),
    "moments": (("m",), ("end",)),
    "moment": (("m",), ("enter",)),
    "note": (("full_stop",), (*"[/x]",), ("escape",), ("full_stop",)),
    "decide": (("d",), ("down",), ("tab",), ("tab",)),
    "call": (("n",), (*"[/x]",), ("enter",)),
    "sent": (("s",), ("down",), ("tab",), ("tab",)),
    "drafts": (("w",), ("end",)),
    "playbooks": (("p",), *[("down",)] * 8),
    "search": (("ctrl+f", *"error"), ("enter",), ("enter",)),
    "palette": (("ctrl+p",), (*"note",)),
    "help": (("question_mark",), ("end",)),
}
"""What is pressed, step by step, from the board on; after each step the screen is judged."""

READ = {"board", "incident", "explained", "journal", "contacts", "facts", "decide", "sent", "search"}
"""The walks on which the hostile title or name stands."""

MARKUP = "[/x] [ERROR]"
"""How the hostile text begins: a closing tag that closes nothing, and what looks like a tag."""


def judge(terminal: Terminal) -> None:
    assert not acting_signs(terminal.text), terminal.text
    assert terminal.app._exception is None


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_acts_and_nothing_crashes(hostile: Terminal, walk: str) -> None:
    seen: list[str] = []

    async def responder(terminal: Terminal) -> None:
        for keys in WALKS[walk]:
            await terminal.press(*keys)
            judge(terminal)
            seen.append(terminal.text)

    hostile.run(responder, (80, 24))
    if walk in READ:
        assert any(MARKUP in text for text in seen), seen[-1]


def test_every_draft_there_is(hostile: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("w")
        kinds = terminal.app.screen.query_one(OptionList).option_count
        assert kinds >= 2
        for kind in range(kinds):
            await terminal.press("home", *["down"] * kind, "enter")
            for keys in (("pagedown",), ("end",), ("a",), ("down",), ("down",), ("end",)):
                await terminal.press(*keys)
                judge(terminal)
            while not isinstance(terminal.app.screen, BoardScreen):
                await terminal.press("escape")
            await terminal.press("w")

    hostile.run(responder, (80, 24))


def test_what_is_said_in_passing(hostile: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        terminal.app.notify(f"{MARKUP} \x1b]52;c;aGk=\x07 \u202e", title="\x9b31m[/]")
        await terminal.settle()
        judge(terminal)
        assert MARKUP in terminal.text

    hostile.run(responder, (80, 24))
