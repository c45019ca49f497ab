"""What every form has in common: fields, saving, errors at the field, and nothing typed is lost."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from incident.errors import Failure
from incident.look import Look
from models.record import RecordError
from models.typed_times import echo, read_typed_time
from screens.actions import bindings_on
from screens.confirm import ConfirmScreen
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings
from screens.unsaved_input import UnsavedInput
from screens.widgets.fields import Field
from screens.widgets.time_field import TimeField, TimeReader

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from screens.desk_thread import DeskThread

Problems = Iterable[tuple[str, str]]
"""(name of a field, what is wrong with it) pairs; an unnamed one concerns the whole form."""


class FormError(Exception):
    """What was typed cannot be saved; `problems` says why, field by field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("the form cannot be saved as it is")
        self.problems = tuple(problems)


class Form(Page):
    """A form about one incident, or about a new one."""

    ACTIONS_OF = "form"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("form")
    CSS_PATH = "styles/form.tcss"

    TITLE_WORDS: ClassVar[str] = ""
    """What the form is for."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str | None) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._look: Look | None = None
        self._saving = False

    @property
    def title_words(self) -> str:
        """What the form is for, or about."""
        return self.TITLE_WORDS

    @property
    def kept_as(self) -> str:
        """The name under which what is typed here is kept."""
        return self.TITLE_WORDS.replace(" ", "-")

    @property
    def zone(self) -> "ZoneInfo":
        """The zone in which times are read and said: the incident's, else ours."""
        return self._look.incident.zone if self._look else self._desk.zone

    def selected_reference(self) -> str | None:
        """Return the incident that the form is about."""
        return self._reference

    def body(self) -> ComposeResult:
        """Lay out title, fields, and what the form has to say."""
        yield Static(self._title(), id="form-title")
        with VerticalScroll(id="fields", can_focus=False):
            yield from self.fields()
        yield Static(id="form-says")

    def fields(self) -> Iterator[Widget]:
        """Lay out the fields."""
        yield from ()

    def all_fields(self) -> list[Field]:
        """Return the fields in order."""
        return list(self.query(Field))

    def field(self, name: str) -> Field:
        """Return one field by its name."""
        return next(field for field in self.all_fields() if field.key == name)

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields."""
        return {field.key: field.typed for field in self.all_fields()}

    @property
    def time(self) -> TimeReader:
        """How times are read and said here."""
        return TimeReader(self.read_time, self.time_words)

    def time_field(self, name: str, label: str, value: str = "") -> TimeField:
        """Make a field for an instant."""
        return TimeField(name, label, self.time, value)

    def read_time(self, text: str) -> datetime:
        """Read an instant as it was typed now. Raises MomentError."""
        return read_typed_time(text, self.incident_app.now, self.zone)

    def time_words(self, at: datetime) -> str:
        """Say an instant, and where it is still to come."""
        now = self.incident_app.now
        return echo(at, self.zone, now) + (", later than now" if at > now else "")

    def on_mount(self) -> None:
        """Offer what was typed before, go to the first field, and ask the desk what is known."""
        self.unsaved = UnsavedInput(self._surroundings.unsaved, self.kept_as, self._reference)
        self._offer_unsaved()
        first = next((field for field in self.all_fields() if field.display), None)
        if first is not None:
            first.focus_editor()
        if self._reference is not None:
            self._load(self._reference)

    def on_resize(self) -> None:
        """Keep in view the field that is being filled in."""
        field = next((field for field in self.all_fields() if field.has_focus_within), None)
        if field is not None:
            self.call_after_refresh(field.scroll_visible, animate=False)

    @work(exclusive=True, group="load", exit_on_error=False)
    async def _load(self, reference: str) -> None:
        try:
            look = await self._desk.do(lambda desk: desk.look(reference))
        except Failure as failure:
            self.tell(failure)
            return
        before, self._look = self.zone, look
        self.query_one("#form-title", Static).update(self._title())
        if self.zone != before:
            for field in self.query(TimeField):
                field.echo_typed()
        self.known(look)

    def known(self, look: Look) -> None:
        """Take up what is known of the incident, once the desk has said it."""

    def say(self, said: Content) -> None:
        """Say something about the whole form."""
        self.query_one("#form-says", Static).update(said)

    @on(Field.Changed)
    def _changed(self) -> None:
        self._keep()

    @on(Field.Done)
    def _go_on(self, event: Field.Done) -> None:
        """Go on to the next field in view, or save."""
        following = self.after(event.field)
        if following is not None:
            following.focus_editor()
        else:
            self.action_save()

    def after(self, field: Field) -> Field | None:
        """Return the field that Enter goes on to, or None where it saves."""
        fields = [one for one in self.all_fields() if one.display]
        return next(iter(fields[fields.index(field) + 1 :]), None)

    def action_save(self) -> None:
        """Record what the form says."""
        if not self._saving:
            self._saving = True
            self._save()

    @work(group="save", exit_on_error=False)
    async def _save(self) -> None:
        for field in self.all_fields():
            field.say(Content(""))
        self.say(Content(""))
        try:
            await self.save()
        except (FormError, RecordError) as error:
            self.refuse(error.problems)
        except Failure as failure:
            self.tell(failure)
        finally:
            self._saving = False

    async def save(self) -> None:
        """Record what the form says, and call `done`.

        Raises:
            FormError: what was typed cannot be saved.
            RecordError: the record does not take it.
            Failure: the desk could not record it.
        """
        raise NotImplementedError

    def refuse(self, problems: Problems) -> None:
        """Show what is wrong at its field, and go to the first one."""
        first: Field | None = None
        for key, reason in problems:
            field = next((one for one in self.all_fields() if one.key == self.field_of(key)), None)
            if field is None:
                self.say(datum(f"{key}: {reason}" if key else reason, "bold $error"))
            else:
                field.complain(reason)
                first = first or field
        if first is not None:
            first.focus_editor()
            first.show_what_was_said()

    def field_of(self, key: str) -> str:
        """Return the name of the field that asks for a key of the record."""
        return key

    def done(self, said: str, warnings: Iterable[str] = ()) -> None:
        """Say what was recorded, forget what was typed, and go back."""
        self._drop()
        self.app.notify(said)
        for warning in warnings:
            self.app.notify(warning, severity="warning")
        self.dismiss()

    def action_back(self) -> None:
        """Go back; what was typed is kept, or, where that fails, it is asked first."""
        typed = self.typed()
        if self.unsaved.is_blank(typed):
            self.dismiss()
        elif self.unsaved.is_kept(typed):
            self.app.notify("Not saved; what you typed is kept and will be offered again.")
            self.dismiss()
        else:
            self._ask_to_discard("What you typed could not be kept. Leave it?")

    def action_discard(self) -> None:
        """Throw away what was typed, once that is confirmed."""
        if not self.unsaved.is_blank(self.typed()):
            self._ask_to_discard("Throw away what you typed here?")

    def _ask_to_discard(self, question: str) -> None:
        def answered(yes: object) -> None:
            if yes:
                self._drop()
                self.dismiss()

        self.app.push_screen(ConfirmScreen(question, (), "Discard"), answered)

    def _title(self) -> Content:
        about = f"{self._look.incident.reference}  {self._look.incident.title}" if self._look else self._reference
        words = self.title_words
        title = f"{words[:1].upper()}{words[1:]}"
        return datum(f"{title}   {about}" if about else title, "bold")

    def _offer_unsaved(self) -> None:
        """Put back what was typed here before and not saved, and say so."""
        try:
            kept = self.unsaved.begin(self.typed())
        except Failure as failure:
            self.tell(failure)
            return
        if kept is None:
            return
        for field in self.all_fields():
            if field.key in kept.typed:
                field.restore(kept.typed[field.key])
        when = echo(kept.at, self.zone, self.incident_app.now)
        self.say(datum(f"Not saved yet: typed {when}, here again. f4 throws it away.", "$warning"))
        self._keep()

    def _keep(self) -> None:
        try:
            self.unsaved.keep(self.typed(), self.incident_app.now)
        except Failure as failure:
            self.say(datum(str(failure), "bold $error"))

    def _drop(self) -> None:
        try:
            self.unsaved.drop()
        except Failure as failure:
            self.tell(failure)
