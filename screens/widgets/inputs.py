"""Inputs into which nothing gets that acts on a terminal: what is pasted is shown, and recorded, as escapes.

Textual draws the text of its inputs as it stands, escape sequences included.
"""

from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from incident.text import visible


class SafeInput(Input):
    """One line of text."""

    def validate_value(self, value: str) -> str:
        """Make visible what would act or hide, however it came in."""
        return visible(value, one_line=True)


class SafeTextArea(TextArea):
    """Lines of text."""

    def edit(self, edit: Edit) -> EditResult:
        """Make visible what would act or hide, typed or pasted."""
        edit.text = visible(edit.text)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Make visible what would act or hide in what the form puts there."""
        super().load_text(visible(text))
