"""Every page as it reads on a hostile and on an empty store: one walk through all, each seen at every size."""

import unicodedata
from collections.abc import Callable

import pytest
from textual.widgets import Input

from screens.board import BoardScreen
from tests.test_screens.conftest import SIZES, Terminal, acting_signs

Golden = Callable[[str, str], None]
Walk = dict[str, tuple[str, ...]]

HOSTILE_PAGES: Walk = {
    "explained": ("enter", "x"),
    "explained-added": ("enter", "down", "down", "x"),
    "contacts": ("c",),
    "journal": ("enter", "j"),
    "search": ("ctrl+f", *"error", "enter"),
    "facts": ("f",),
    "fact": ("f", "enter"),
    "fact-recorded": ("f", *["down"] * 7, "enter"),
    "moments": ("m",),
    "moment": ("m", "enter"),
    "note": ("full_stop",),
    "decide": ("d",),
    "sent": ("s",),
    "drafts": ("w",),
    "draft": ("w", "enter"),
    "answers": ("w", "end", "up", "up", "enter", "a", *["down"] * 18),
}
"""What is pressed on the board to come to each page that shows what was recorded."""

EMPTY_PAGES: Walk = {
    "search": ("ctrl+f",),
    "playbooks": ("p", "end"),
    "help": ("question_mark",),
    "call": ("n",),
}
"""The pages that need no incident."""


def misleading(terminal: Terminal) -> list[str]:
    """Return what must not be on a screen: lines that are too long, signs that act or hide, hints that are cut."""
    lines = terminal.text.splitlines()
    width = terminal.app.size.width
    too_long = [line for line in lines if sum(map(cells, line)) > width]
    fields = [field for field in terminal.app.screen.query(Input) if field.region.width]
    cut = [str(field.placeholder) for field in fields if len(field.placeholder) > field.size.width]
    return [*too_long, *acting_signs(terminal.text), *cut]


def cells(sign: str) -> int:
    """Return how many cells a sign takes."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


@pytest.mark.parametrize(
    ("store", "walk"), [("hostile", HOSTILE_PAGES), ("empty", EMPTY_PAGES)], ids=["hostile", "empty"]
)
def test_every_page_as_it_reads(store: str, walk: Walk, request: pytest.FixtureRequest, golden: Golden) -> None:
    pages: dict[str, str] = {}

    async def responder(terminal: Terminal) -> None:
        for page, keys in walk.items():
            await terminal.press(*keys)
            for width, height in SIZES:
                await terminal.resize(width, height)
                pages[f"{page}-{store}-{width}x{height}"] = terminal.text
                assert misleading(terminal) == [], (page, width)
            await terminal.resize(*SIZES[0])
            while not isinstance(terminal.app.screen, BoardScreen):
                await terminal.press("escape")

    request.getfixturevalue(store).run(responder, SIZES[0])
    for name, text in pages.items():
        golden(f"screens/{name}.txt", text)
