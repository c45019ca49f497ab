"""Options of which any number is ticked: the tick is a sign, not a colour."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from incident.text import visible


class Ticks(OptionList):
    """A list in which the space bar or Enter ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "tick", show=False)]

    @dataclass
    class Changed(Message):
        """Something was ticked, or no longer is."""

        ticks: "Ticks"

    def __init__(self, options: Sequence[tuple[str, str]], ticked: Collection[str] = ()) -> None:
        """Make the list; `options` are (value, words) pairs."""
        self._words = dict(options)
        self._ticked = set(ticked) & set(self._words)
        super().__init__(*(Option(self._line(value), id=value) for value in self._words), markup=False, compact=True)

    @property
    def ticked(self) -> list[str]:
        """The values ticked, in their own order."""
        return [value for value in self._words if value in self._ticked]

    @ticked.setter
    def ticked(self, values: Collection[str]) -> None:
        self._ticked = set(values) & set(self._words)
        for value in self._words:
            self.replace_option_prompt(value, self._line(value))
        self.post_message(self.Changed(self))

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer (value, words) pairs instead, from the first on; what is ticked stays so, where it is among them."""
        self._words = dict(options)
        self._ticked &= set(self._words)
        self.clear_options()
        self.add_options([Option(self._line(value), id=value) for value in self._words])
        self.action_first()

    @on(OptionList.OptionSelected)
    def _tick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is not None:
            self.ticked = self._ticked ^ {event.option.id}

    def _line(self, value: str) -> Content:
        chosen = value in self._ticked
        text = f"[{'x' if chosen else ' '}] {visible(self._words[value], one_line=True)}"
        return Content.styled(text, "bold" if chosen else "")
