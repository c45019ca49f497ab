"""The form of one moment: when, or between when and when, how sure, and whether an earlier one counts in its place."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from incident.look import Look
from models.earlier import earlier_ones
from models.incident import RecordedMoment
from models.moments import MomentError, MomentName, utc_text, when_words
from models.record import read_patch
from models.typed_times import read_typed_day
from screens.form import Form, FormError
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.widgets.fields import ChoiceField, Field, LineField
from screens.widgets.time_field import DayOrTimeField, TimeField
from screens.words import MOMENT_WORDS

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

DAY_WILL_DO = {MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO}
"""The moments of which the day alone may be recorded."""

SURE, APPROXIMATE = "sure", "approximate"


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
        yield TimeField("until", "until", self.time, hint="only where it lies between two times")
        yield ChoiceField("sure", "how sure", [(one, one) for one in (SURE, APPROXIMATE)], SURE)
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
        changes = read_patch({"moments": {self._moment.value: self._value()}}, self.zone)
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
        """Return the moment as an import record has it. Raises FormError where it says nothing that it takes."""
        field = cast("TimeField", self.field("at"))
        if isinstance(field, DayOrTimeField) and field.day is not None:
            self._refuse_beside_a_day()
            return field.day.isoformat()
        at, until = self._instant("at"), self._until()
        if until is not None or self._approximate:
            return self._range(at, until)
        why = self._text("why")
        return [{"at": utc_text(at), "why": why}] if why else utc_text(at)

    def _range(self, at: datetime, until: datetime | None) -> dict[str, Any]:
        if until is not None and until < at:
            raise FormError([("until", f"this is before {self.time_words(at)}: the earlier time comes first")])
        if self._text("why"):
            raise FormError([("why", "goes with one sure time; beside two, or about one, write it as the source")])
        end = {"to": utc_text(until)} if until is not None else {}
        return {"from": utc_text(at), **end, "approximate": self._approximate}

    def _refuse_beside_a_day(self) -> None:
        """A day is recorded as it is: nothing more can be said of it. Raises FormError."""
        if self._text("until"):
            raise FormError([("until", "goes with a time, not with a day alone: add the time above, or empty this")])
        if self._approximate:
            raise FormError([("sure", "goes with a time; a day alone already says that the time is not known")])

    @property
    def _approximate(self) -> bool:
        return bool(self.field("sure").typed == APPROXIMATE)

    def _until(self) -> datetime | None:
        return self._instant("until") if self._text("until") else None

    def _instant(self, name: str) -> datetime:
        try:
            return cast("TimeField", self.field(name)).instant()
        except MomentError as error:
            raise FormError([(name, str(error))]) from None

    def _text(self, name: str) -> str | None:
        """Return what stands in a line, or None where it is empty or not asked for."""
        field = next((one for one in self.query(LineField) if one.key == name), None)
        return field.text or None if field is not None else None

    def _read_day(self, text: str) -> date:
        return read_typed_day(text, self.incident_app.now, self.zone)

    def _stated_words(self, one: RecordedMoment) -> str:
        when = when_words(one.moment, self.time_words)
        return ", ".join(part for part in (when, one.why, one.source, one.actor) if part)
