"""A field whose options are lines of a list, offered once they are known."""

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.widgets.fields import Field


class PickField(Field):
    """One of several lines; the first one offered until another is picked."""

    def __init__(self, name: str, label: str, value: str | None = None) -> None:
        """Make the field; `value` is picked at first, where it is offered."""
        super().__init__(name, label)
        self._values: tuple[str, ...] = ()
        self._value = value

    def editor(self) -> ComposeResult:
        """Lay out the list."""
        yield OptionList(markup=False, compact=True)

    @property
    def typed(self) -> Any:
        """The value picked, or wanted before there was anything to pick from."""
        return self._value

    def restore(self, typed: Any) -> None:
        """Pick what was picked before."""
        self._value = typed
        if typed in self._values:
            self.query_one(OptionList).highlighted = self._values.index(typed)

    def offer(self, options: Sequence[tuple[str, Content]]) -> None:
        """Offer (value, line) pairs; what was picked before stays picked, where it is among them."""
        lines = self.query_one(OptionList)
        self._values = tuple(value for value, _ in options)
        wanted = self._value if self._value in self._values else next(iter(self._values), None)
        with self.prevent(OptionList.OptionHighlighted):
            lines.clear_options()
            lines.add_options([Option(line) for _, line in options])
            self.restore(wanted)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._values[event.option_index] != self._value:
            self._value = self._values[event.option_index]
            self.changed()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Done(self))
