"""A note: an action or a call, written down while it happens, and which facts somebody was asked for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from incident.look import Look
from models.moments import MomentError
from screens.asked_facts import AskedFacts
from screens.form import Form, FormError
from screens.surroundings import Surroundings
from screens.widgets.fields import Field, LineField, TextField
from screens.widgets.time_field import TimeField

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread


class NoteScreen(Form):
    """What was done or said, with whom, how, when, and what was asked for."""

    TITLE_WORDS = "note"

    def __init__(
        self, surroundings: Surroundings, desk: "DeskThread", reference: str, asked: tuple[str, ...] = ()
    ) -> None:
        """Make the form; `asked` are the facts picked at first."""
        super().__init__(surroundings, desk, reference)
        self._asked = asked

    def fields(self) -> Iterator[Widget]:
        """Ask for the words first: the rest is already right, or can stay open."""
        yield TextField("text", "what", "what was done or said")
        yield LineField("party", "with", "who it was with")
        yield LineField("channel", "how", "phone, email, portal, in person …")
        yield self.time_field("at", "when", "now")
        yield AskedFacts("about", "asks for", self._asked, self._surroundings.playbooks)

    def known(self, look: Look) -> None:
        """Offer the facts that are missing first."""
        cast("AskedFacts", self.field("about")).offer(look)

    def after(self, field: Field) -> Field | None:
        """Save from the time on: most notes ask for nothing, and tab leads to what they ask for."""
        return None if field.key == "at" else super().after(field)

    async def save(self) -> None:
        """Record the note."""
        text = cast("TextField", self.field("text")).text
        party, channel = (cast("LineField", self.field(name)).text or None for name in ("party", "channel"))
        about = self.field("about").typed
        if not text:
            raise FormError([("text", "a note needs words")])
        if about and party is None:
            raise FormError([("party", "say who was asked")])
        try:
            at = cast("TimeField", self.field("at")).instant()
        except MomentError as error:
            raise FormError([("at", str(error))]) from None
        reference = self._reference or ""
        await self._desk.do(lambda desk: desk.note(reference, text, at, party, channel, about))
        self.done("The note is recorded.")
