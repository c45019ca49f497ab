"""Taking a call: four answers in thirty seconds, then the incident with its clocks."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from incident.errors import Failure
from models.calls import Standing, call_record, consequence
from models.moments import MomentError
from models.record import read_record
from screens.form import Form, FormError
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.widgets.fields import ChoiceField, Field, LineField, ReadField
from screens.widgets.time_field import TimeField

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

FIELD_OF = {"title": "what", "vendor": "who", "moments": "received"}
"""Which question each key of the record comes from."""


class TakeCallScreen(Form):
    """Who told us, when, suspected or confirmed, and one line of what."""

    TITLE_WORDS = "take a call"

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str | None) -> None:
        super().__init__(surroundings, desk, reference)
        self._vendors: Mapping[str, str] = {}

    def fields(self) -> Iterator[Widget]:
        """Ask the four questions; Enter goes on, and saves after the last."""
        yield ReadField("who", "who told us", self._who_words, "a vendor's name; empty: no vendor")
        matches = OptionList(id="matches", markup=False)
        matches.can_focus = False
        matches.display = False
        yield matches
        yield self.time_field("received", "received", "now")
        options = [("suspected", "suspected"), ("confirmed", "confirmed")]
        yield ChoiceField("standing", "personal data breach", options)
        yield LineField("what", "what happened", "one line: it names the incident")

    def on_mount(self) -> None:
        """Ask the desk which vendors it knows."""
        self._load_vendors()

    @work(exclusive=True, group="vendors", exit_on_error=False)
    async def _load_vendors(self) -> None:
        try:
            self._vendors = await self._desk.do(
                lambda desk: {name: playbook.name for name, playbook in desk.in_force.rules.vendors.items()}
            )
        except Failure as failure:
            self.tell(failure)
            return
        cast("ReadField", self.field("who")).echo_typed()
        self._show_matches()

    @on(Field.Changed)
    def _say_what_follows(self, event: Field.Changed) -> None:
        if event.field.key == "who":
            self._show_matches()
        standing = self.field("standing").typed
        self.say(datum(consequence(self._told_by(), standing)))

    @on(Field.Done)
    def _take_the_match(self, event: Field.Done) -> None:
        """Take the vendor that is marked, or the only one that fits what was typed."""
        matches, marked = self._matching(), self._matches.highlighted
        if event.field.key != "who":
            return
        if marked is not None and marked < len(matches):
            event.field.restore(matches[marked])
        elif len(matches) == 1 and event.field.typed:
            event.field.restore(matches[0])
        self._matches.display = False

    def key_down(self) -> None:
        """Mark the next vendor that fits."""
        self._mark(1)

    def key_up(self) -> None:
        """Mark the vendor before."""
        self._mark(-1)

    async def save(self) -> None:
        """Open the incident and show it."""
        told_by, standing, what = self._told_by(), self.field("standing").typed, self.field("what").typed.strip()
        problems = [] if standing else [("standing", "suspected or confirmed? press 1 or 2")]
        problems += [] if what else [("what", "one line of what happened: it names the incident")]
        try:
            received = cast("TimeField", self.field("received")).instant()
        except MomentError as error:
            raise FormError([("received", str(error)), *problems]) from None
        if problems:
            raise FormError(problems)
        data = call_record(what, told_by, received, cast("Standing", standing))
        reference = await self._desk.do(lambda desk: desk.open(read_record(data, desk.in_force.organisation.time_zone)))
        self.done(f"{reference} is open.")
        self.incident_app.open_incident(reference)

    def field_of(self, key: str) -> str:
        """Return the question that a key of the record comes from."""
        return FIELD_OF.get(key.partition(".")[0], key)

    def _told_by(self) -> str | dict[str, str] | None:
        """Return the vendor as the record has it: a playbook's id, a bare name, or None."""
        name = cast("LineField", self.field("who")).text
        if not name:
            return None
        known = (key for key, full in self._vendors.items() if name.lower() in {key, full.lower()})
        return next(known, {"name": name})

    def _who_words(self, _text: str) -> str:
        told_by = self._told_by()
        if isinstance(told_by, str):
            return f"{self._vendors[told_by]}, a vendor with a playbook"
        only = self._matching()
        if len(only) == 1:
            return f"{only[0]}, with enter (tab keeps the name as typed)"
        return "a vendor without a playbook: Art. 33(2) GDPR, no contract known"

    def _matching(self) -> list[str]:
        """Return the names of the vendors that begin with, or hold, what was typed."""
        typed = cast("LineField", self.field("who")).text.lower()
        if any(typed in {key, name.lower()} for key, name in self._vendors.items()):
            return []
        return sorted(name for name in self._vendors.values() if name.lower().startswith(typed))

    @property
    def _matches(self) -> OptionList:
        return self.query_one("#matches", OptionList)

    def _mark(self, by: int) -> None:
        count = self._matches.option_count
        if self._matches.display and count:
            marked = self._matches.highlighted
            self._matches.highlighted = (0 if by > 0 else count - 1) if marked is None else (marked + by) % count

    def _show_matches(self) -> None:
        names = self._matching()
        self._matches.clear_options()
        self._matches.add_options([Option(Content(" ") + datum(name)) for name in names])
        self._matches.highlighted = None
        self._matches.display = bool(names) and self.field("who").has_focus_within
