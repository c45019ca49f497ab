"""Help: every key, from the one table of actions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.actions import ACTIONS, EVERYWHERE, bindings_on
from screens.page import Page

TITLES = {
    "board": "On the board",
    "incident": "On an incident",
    "page": "On other pages",
    "form": "On forms",
    "fact": "On the form of a fact",
    "draft": "On a draft",
    "answers": "On a form's questions",
    "search": "On a search",
    EVERYWHERE: "Everywhere",
}


class HelpScreen(Page):
    """Every action, where it can be done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")

    def body(self) -> ComposeResult:
        """List the actions by screen."""
        with VerticalScroll():
            for screen, title in TITLES.items():
                yield Static(Content.styled(title, "bold"), classes="heading")
                for action in ACTIONS:
                    if screen in action.screens:
                        yield Static(Content(f"  {action.shown:<8} {action.label:<14} {action.help}"))
            yield Static(Content("  ctrl+p   palette        Find an action by its name."))
            yield Static(Content("  ctrl+q   quit           Leave; everything recorded is kept."))
