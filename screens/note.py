"""A note: an action or a call, written down while it happens."""

from collections.abc import Iterator
from typing import cast

from textual.widget import Widget

from models.moments import MomentError
from screens.form import Form, FormError
from screens.widgets.fields import LineField, TextField
from screens.widgets.time_field import TimeField


class NoteScreen(Form):
    """What was done or said, with whom, how and when."""

    TITLE_WORDS = "note"

    def fields(self) -> Iterator[Widget]:
        """Ask for the words first: the rest is already right, or can stay open."""
        yield TextField("text", "what", "what was done or said")
        yield LineField("party", "with", "who it was with")
        yield LineField("channel", "how", "phone, email, portal, in person …")
        yield self.time_field("at", "when", "now")

    async def save(self) -> None:
        """Record the note."""
        text = cast("TextField", self.field("text")).text
        party, channel = (cast("LineField", self.field(name)).text or None for name in ("party", "channel"))
        if not text:
            raise FormError([("text", "a note needs words")])
        try:
            at = cast("TimeField", self.field("at")).instant()
        except MomentError as error:
            raise FormError([("at", str(error))]) from None
        reference = self._reference or ""
        await self._desk.do(lambda desk: desk.note(reference, text, at, party, channel))
        self.done("The note is recorded.")
