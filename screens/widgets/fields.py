"""The fields of a form: a label, something to answer with, what was understood, and what is wrong with it.

A field gives what was typed as plain JSON, and takes it back: so unsaved input can be kept and offered again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from incident.text import visible
from screens.looks import datum
from screens.widgets.choice import Choice
from screens.widgets.inputs import SafeInput
from screens.widgets.text_areas import SafeTextArea
from screens.widgets.ticks import Ticks


class Field(Horizontal):
    """What all fields have in common."""

    @dataclass
    class Changed(Message):
        """Something else was typed."""

        field: "Field"

    @dataclass
    class Done(Message):
        """Enter: on to the next field."""

        field: "Field"

    def __init__(self, name: str, label: str, hint: str = "") -> None:
        """Make the field; `name` is what the form knows it by, `hint` what to write there."""
        super().__init__(name=name)
        self._label = label
        self._hint = hint

    @property
    def key(self) -> str:
        """What the form knows the field by."""
        return self.name or ""

    def compose(self) -> ComposeResult:
        """Lay out label, editor and echo."""
        yield Static(Content(visible(self._label, one_line=True)), classes="label")
        with Vertical(classes="answer"):
            yield from self.editor()
            echo = Static(classes="echo")
            echo.display = False
            yield echo

    def editor(self) -> ComposeResult:
        """Lay out what the answer is given with."""
        yield from ()

    @property
    def typed(self) -> Any:
        """What stands in the field, as plain JSON."""
        raise NotImplementedError

    def restore(self, typed: Any) -> None:
        """Put back what was typed before."""
        raise NotImplementedError

    def focus_editor(self) -> None:
        """Go to where the answer is given."""
        self.query_one(".answer").children[0].focus()

    def say(self, understood: Content) -> None:
        """Show below the answer what was understood."""
        shown = self.query_one(".echo", Static)
        shown.update(understood)
        shown.display = bool(understood.plain)
        if self.has_focus_within:
            self.show_what_was_said()

    def show_what_was_said(self) -> None:
        """Scroll to what is said below the answer: on a small screen it would be out of view."""
        shown = self.query_one(".echo", Static)
        if shown.display:
            self.call_after_refresh(shown.scroll_visible, animate=False)

    def complain(self, reason: str) -> None:
        """Show below the answer what is wrong with it."""
        self.say(datum(reason, "bold $error"))

    def changed(self) -> None:
        """Tell the form that something else was typed."""
        self.say(Content(""))
        self.post_message(self.Changed(self))


class LineField(Field):
    """One line of text."""

    def __init__(self, name: str, label: str, hint: str = "", value: str = "") -> None:
        """Make the field, with what stands in it at first."""
        super().__init__(name, label, hint)
        self._value = value

    def editor(self) -> ComposeResult:
        """Lay out the line."""
        yield SafeInput(self._value, placeholder=self._hint, compact=True, select_on_focus=False)

    @property
    def input(self) -> Input:
        """The line."""
        return self.query_one(Input)

    @property
    def typed(self) -> Any:
        """The text."""
        return self.input.value

    @property
    def text(self) -> str:
        """The text without blanks around it."""
        return self.input.value.strip()

    def restore(self, typed: Any) -> None:
        """Put the text back."""
        self.input.value = str(typed)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done(self))


class ReadField(LineField):
    """One line that is read as it is typed, and said back."""

    def __init__(self, name: str, label: str, read: Callable[[str], str], hint: str = "", value: str = "") -> None:
        """Make the field; `read` says what a text means, or raises ValueError with what to write instead."""
        super().__init__(name, label, hint, value)
        self._read = read

    def changed(self) -> None:
        """Say what was understood."""
        super().changed()
        self.echo_typed()

    def echo_typed(self) -> None:
        """Say what the text means now, or what is wrong with it."""
        if not self.text:
            return
        try:
            self.say(datum(f"= {self._read(self.text)}", "$success"))
        except ValueError as error:
            self.say(datum(str(error), "$error"))


class TextField(Field):
    """Lines of text."""

    def __init__(self, name: str, label: str, hint: str = "", value: str = "") -> None:
        """Make the field, with what stands in it at first."""
        super().__init__(name, label, hint)
        self._value = value

    def editor(self) -> ComposeResult:
        """Lay out the lines."""
        yield SafeTextArea(visible(self._value), placeholder=self._hint, compact=True, highlight_cursor_line=False)

    @property
    def typed(self) -> Any:
        """The text."""
        return self.query_one(TextArea).text

    @property
    def text(self) -> str:
        """The text without blanks around it."""
        return self.query_one(TextArea).text.strip()

    def restore(self, typed: Any) -> None:
        """Put the text back."""
        self.query_one(TextArea).load_text(str(typed))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed()


class ChoiceField(Field):
    """A choice between a few words."""

    def __init__(self, name: str, label: str, options: Sequence[tuple[str, str]], value: str | None = None) -> None:
        """Make the field; `options` are (value, words) pairs."""
        super().__init__(name, label)
        self._options = options
        self._value = value

    def editor(self) -> ComposeResult:
        """Lay out the choice."""
        yield Choice(self._options, self._value)

    @property
    def choice(self) -> Choice:
        """The choice."""
        return self.query_one(Choice)

    @property
    def typed(self) -> Any:
        """The option chosen, or None."""
        return self.choice.value

    def restore(self, typed: Any) -> None:
        """Choose what was chosen before, where there is still such an option."""
        if typed is None or any(typed == value for value, _ in self._options):
            self.choice.value = typed

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        event.stop()
        self.changed()

    @on(Choice.Done)
    def _left(self, event: Choice.Done) -> None:
        event.stop()
        self.post_message(self.Done(self))


class TicksField(Field):
    """Any number of options, ticked with the space bar."""

    def __init__(self, name: str, label: str, options: Sequence[tuple[str, str]], ticked: Sequence[str] = ()) -> None:
        """Make the field; `options` are (value, words) pairs."""
        super().__init__(name, label)
        self._options = options
        self._ticked = ticked

    def editor(self) -> ComposeResult:
        """Lay out the options."""
        yield Ticks(self._options, self._ticked)

    @property
    def ticks(self) -> Ticks:
        """The options."""
        return self.query_one(Ticks)

    @property
    def typed(self) -> Any:
        """The options ticked, in their own order."""
        return self.ticks.ticked

    def restore(self, typed: Any) -> None:
        """Tick what was ticked before."""
        self.ticks.ticked = [str(value) for value in typed]

    @on(Ticks.Changed)
    def _ticked_or_not(self, event: Ticks.Changed) -> None:
        event.stop()
        self.changed()
