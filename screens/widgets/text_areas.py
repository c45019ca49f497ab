"""Text areas into which nothing gets that acts on a terminal. Kept from `inputs`, which the first frame needs."""

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from incident.text import visible


class SafeTextArea(TextArea):
    """Lines of text."""

    def edit(self, edit: Edit) -> EditResult:
        """Make visible what would act or hide, typed or pasted."""
        edit.text = visible(edit.text)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Make visible what would act or hide in what the form puts there."""
        super().load_text(visible(text))
