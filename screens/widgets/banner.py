"""What stands at the top of every screen and cannot be missed."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static


class Banner(Vertical):
    """One thing to know, in as many words as the width takes: one line where the screen is narrow."""

    DEFAULT_CSS = """
    Banner { width: 100%; height: auto; padding: 0 1; }
    """

    def __init__(self, words: Content, short: Content) -> None:
        super().__init__(classes="banner")
        self._words = words
        self._short = short

    def compose(self) -> ComposeResult:
        """Lay out both; the width says which is seen."""
        yield Static(self._words, classes="long")
        yield Static(self._short, classes="short")
