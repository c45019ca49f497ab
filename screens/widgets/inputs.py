"""Inputs into which nothing gets that acts on a terminal: what is pasted is shown, and recorded, as escapes.

Textual draws the text of its inputs as it stands, escape sequences included.
"""

from textual.widgets import Input

from incident.text import visible


class SafeInput(Input):
    """One line of text."""

    def validate_value(self, value: str) -> str:
        """Make visible what would act or hide, however it came in."""
        return visible(value, one_line=True)
