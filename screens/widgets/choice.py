"""A choice between a few words, all of them in view: arrows or a digit choose, Enter goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from incident.text import visible

ROW = 36
"""The longest row of options, in cells: it fits the narrowest screen."""


class Choice(Static, can_focus=True):
    """Options of which one is chosen, or none yet."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice:focus { background: $primary 30%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down,space", "step(1)", "next option", show=False),
        Binding("left,up", "step(-1)", "option before", show=False),
        Binding("enter", "go_on", "next field", show=False),
        *(Binding(str(digit), f"pick({digit - 1})", f"option {digit}", show=False) for digit in range(1, 10)),
    ]

    value: reactive[str | None] = reactive(None, layout=True)

    @dataclass
    class Changed(Message):
        """Another option was chosen."""

        choice: "Choice"

    @dataclass
    class Done(Message):
        """Enter: on to the next field."""

        choice: "Choice"

    def __init__(self, options: Sequence[tuple[str, str]], value: str | None = None) -> None:
        """Make the choice; `options` are (value, words) pairs."""
        super().__init__()
        self._options = options
        self.set_reactive(Choice.value, value)

    def render(self) -> Content:
        """Draw the options, in a row where that is short: the chosen one is marked, each has its digit."""
        parts = []
        for number, (value, words) in enumerate(self._options, start=1):
            chosen = value == self.value
            text = f"({'x' if chosen else ' '}) {number} {visible(words, one_line=True)}"
            parts.append(Content.styled(text, "bold" if chosen else ""))
        in_a_row = Content("   ").join(parts)
        return in_a_row if in_a_row.cell_length <= ROW else Content("\n").join(parts)

    def watch_value(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """Choose the next option, or the one before."""
        values = [value for value, _ in self._options]
        if self.value not in values:
            self.value = values[0 if by > 0 else -1]
        else:
            self.value = values[(values.index(self.value) + by) % len(values)]

    def action_pick(self, index: int) -> None:
        """Choose by place."""
        if index < len(self._options):
            self.value = self._options[index][0]

    def action_go_on(self) -> None:
        """Leave the choice as it is."""
        self.post_message(self.Done(self))
