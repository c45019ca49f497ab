"""Asking before something weighty is recorded: what it will say, and a way back that is the default."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from screens.looks import datum


class ConfirmScreen(ModalScreen[bool]):
    """A question with what depends on it; Escape and the focused button both go back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go_back", "back", show=False),
        Binding("left,right", "app.focus_next", show=False),
        *(Binding(key, f"scroll_lines({by})", show=False) for key, by in (("up", -1), ("down", 1))),
    ]
    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; border: round $warning; }
    ConfirmScreen VerticalScroll { height: auto; max-height: 80vh; padding: 0 1; }
    ConfirmScreen Horizontal { height: auto; padding: 0 1; }
    ConfirmScreen Button { margin-right: 2; }
    """

    def __init__(self, question: str, lines: tuple[str, ...], yes: str) -> None:
        """Make the question.

        Args:
            lines: what will be done, untrusted text included.
            yes: one word for doing it.
        """
        super().__init__()
        self._question = question
        self._lines = lines
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Lay out the question, what depends on it, and the two answers."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield Static(datum(self._question, "bold"))
                yield Static(Content("\n").join(datum(line) for line in self._lines))
            with Horizontal():
                yield Button("Back", id="back", compact=True)
                yield Button(Content(self._yes), id="yes", variant="warning", compact=True)

    def on_mount(self) -> None:
        """Let Enter alone do nothing weighty."""
        self.query_one("#back", Button).focus()

    def action_go_back(self) -> None:
        """Answer no."""
        self.dismiss(result=False)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
