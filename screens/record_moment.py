"""Recording a moment: which one, when, and whether an earlier one counts in its place."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from incident.look import Look
from models.earlier import earlier_ones
from models.incident import RecordedMoment
from models.moments import MomentError, MomentName, utc_text
from models.record import read_patch
from models.typed_times import echo, read_typed_day
from screens.choosing import ChoosingScreen
from screens.form import Form, FormError
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.widgets.fields import Field, LineField
from screens.widgets.time_field import DayOrTimeField, TimeField
from screens.words import MOMENT_WORDS

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

DAY_WILL_DO = {MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO}
"""The moments of which the day alone may be recorded."""


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
            moment = counted.moment
            said = str(moment.day) if moment.day else echo(moment.at, look.incident.zone, self.incident_app.now)
            line += datum(f": {said}", "bold")
        return line + self.unsaved_mark(f"moment-{name}")


class MomentForm(Form):
    """One moment: what is typed is said back with zone and UTC before it is accepted."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", look: Look, name: MomentName) -> None:
        super().__init__(surroundings, desk, look.incident.reference)
        self._look = look
        self._moment = name

    @property
    def title_words(self) -> str:
        """The moment."""
        return MOMENT_WORDS[self._moment].partition(":")[0]

    @property
    def kept_as(self) -> str:
        """The name under which what is typed here is kept."""
        return f"moment-{self._moment}"

    def fields(self) -> Iterator[Widget]:
        """Ask for the time first; a reason for replacing earlier ones only where there are such."""
        stated = self._look.incident.stated(self._moment) if self._look else ()
        for one in stated:
            yield Static(datum(f"stated: {self._stated_words(one)}"), classes="aside")
        if self._moment in DAY_WILL_DO:
            yield DayOrTimeField("at", "when, or which day", self.time, self._read_day)
        else:
            yield self.time_field("at", "when")
        if self._moment is MomentName.AWARE:
            yield LineField("why", "why then", "what made it reasonably certain")
        yield LineField("source", "source", "who or what says so")
        if stated:
            yield LineField("correcting", "correcting: why", "what was wrong; else leave it open")

    @on(Field.Changed)
    def _say_what_counts(self) -> None:
        """Say live where an earlier instant counts, and what a correction would do."""
        at = cast("TimeField", self.field("at")).at
        if self._look is None or at is None:
            return
        earlier = earlier_ones(self._look.incident, self._moment, at)
        if self._text("correcting"):
            earlier = tuple(pair for pair in earlier if pair[0] is not self._moment)
        if not earlier:
            said = "This replaces what was stated before." if self._text("correcting") else ""
            self.say(datum(said, "$warning"))
            return
        name, before = earlier[0]
        counts = f"An earlier one counts: {MOMENT_WORDS[name].partition(':')[0]}, {self.time_words(before)}."
        self.say(datum(f"{counts} This one is recorded beside it.", "bold $warning"))

    async def save(self) -> None:
        """Record the moment."""
        value = self._value()
        changes = read_patch({"moments": {self._moment.value: value}}, self.zone)
        body: dict[str, Any] = {
            "changes": changes,
            "source": self._text("source"),
            "correcting": self._text("correcting"),
        }
        reference = self._reference or ""
        look = await self._desk.do(lambda desk: desk.record(reference, body))
        self.done(f"Recorded: {self.title_words}", look.warnings)

    def field_of(self, key: str) -> str:
        """Return the field that a part of the record comes from."""
        return "at" if key.startswith("moments.") else key

    def _value(self) -> Any:
        """Return the moment as an import record has it. Raises FormError where nothing was understood."""
        field = cast("TimeField", self.field("at"))
        if isinstance(field, DayOrTimeField) and field.day is not None:
            return field.day.isoformat()
        try:
            at = utc_text(field.instant())
        except MomentError as error:
            raise FormError([("at", str(error))]) from None
        why = self._text("why")
        return [{"at": at, "why": why}] if why else at

    def _text(self, name: str) -> str | None:
        """Return what stands in a line, or None where it is empty or not asked for."""
        field = next((one for one in self.query(LineField) if one.key == name), None)
        return field.text or None if field is not None else None

    def _read_day(self, text: str) -> date:
        return read_typed_day(text, self.incident_app.now, self.zone)

    def _stated_words(self, one: RecordedMoment) -> str:
        when = str(one.moment.day) if one.moment.day else self.time_words(one.moment.at)
        return ", ".join(part for part in (when, one.why, one.source, one.actor) if part)
