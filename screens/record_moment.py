"""Recording a moment: which one, of all that there are."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from incident.look import Look
from models.moments import MomentName, when_words
from models.typed_times import echo
from screens.choosing import ChoosingScreen
from screens.looks import datum
from screens.moment_form import MomentForm
from screens.words import MOMENT_WORDS


class RecordMomentScreen(ChoosingScreen):
    """The moments, each with the time that counts."""

    TITLE_WORDS: ClassVar[str] = "Record a moment"

    def lines(self, look: Look) -> Sequence[tuple[str, Content]]:
        """Return a line for each moment."""
        return [(name.value, self._line(look, name)) for name in MomentName]

    def open_form(self, look: Look, name: str) -> None:
        """Open the form of one moment."""
        self.app.push_screen(MomentForm(self._surroundings, self._desk, look, MomentName(name)))

    def _line(self, look: Look, name: MomentName) -> Content:
        counted = look.incident.moment(name)
        line = Content(MOMENT_WORDS[name])
        if counted is not None:
            say = partial(echo, zone=look.incident.zone, now=self.incident_app.now)
            line += datum(f": {when_words(counted.moment, say)}", "bold")
        return line + self.unsaved_mark(f"moment-{name}")
