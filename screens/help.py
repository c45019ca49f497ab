"""Help: every key, from the one table of actions."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.actions import ACTIONS, EVERYWHERE, bindings_on
from screens.page import Page
from screens.sight import wrapped

TITLES = {
    "board": "On the board",
    "incident": "On an incident",
    "playbooks": "On the playbooks",
    "contract": "On a contract",
    "page": "On other pages",
    "form": "On forms",
    "fact": "On the form of a fact",
    "draft": "On a draft",
    "answers": "On a form's questions",
    "search": "On a search",
    EVERYWHERE: "Everywhere",
}


NARROW = 60
"""Columns below which what an action does stands under its name."""

KEY, NAME = 11, 15

PALETTE = ("ctrl+p", "palette", "Find an action by its name.")
QUIT = ("ctrl+q", "quit", "Leave; everything recorded is kept.")
"""What Textual itself offers: key, name and help."""


class HelpScreen(Page):
    """Every action, where it can be done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")

    def body(self) -> ComposeResult:
        """Lay out the actions by screen."""
        with VerticalScroll(id="help"):
            yield Static(id="keys")

    def on_resize(self) -> None:
        """Lay the lines out anew, once there is a width for them."""
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        width = self.query_one("#help").scrollable_content_region.width
        self.query_one("#keys", Static).update(Content("\n").join(help_lines(width)))


def help_lines(width: int) -> Iterator[Content]:
    """Return every action by screen, in lines of a width in cells."""
    for screen, title in TITLES.items():
        yield from (Content(""), Content.styled(f" {title}", "bold"))
        for action in ACTIONS:
            if screen in action.screens:
                yield from _row(action.shown, action.label, action.help, width)
    yield from (line for row in (PALETTE, QUIT) for line in _row(*row, width))


def _row(key: str, name: str, does: str, width: int) -> Iterator[Content]:
    begins, indent = f"  {key:<{KEY}}{name:<{NAME}}", 2 + KEY + NAME
    if width < NARROW:
        yield Content(begins.rstrip())
        begins, indent = " " * 4, 4
    first, *rest = wrapped(Content(does), width - indent)
    yield Content(begins) + first
    yield from (line.pad_left(indent) for line in rest)
