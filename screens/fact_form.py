"""The form of one fact: its value, how sure it is, and where it comes from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from incident.documents import suggestions
from incident.look import Look
from models.disclosure import told_apart
from models.dossier import RecordedFact
from models.fact_names import fact_name
from models.incident import Incident
from models.record import read_patch
from models.typed_times import echo
from models.vocabulary import Certainty
from screens.actions import bindings_on
from screens.fact_editors import VALUE, fact_field, value_of
from screens.form import Form, FormError
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.widgets.fields import ChoiceField, Field, LineField
from screens.words import fact_words, option_words, recorded_words

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

WITHOUT_VALUE = {Certainty.UNKNOWN, Certainty.NOT_APPLICABLE}


class FactForm(Form):
    """One fact of the Art. 33 file. A later value never erases an earlier one."""

    ACTIONS_OF = "fact"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("fact")

    def __init__(
        self, surroundings: Surroundings, desk: "DeskThread", look: Look, fact: str, customer: str | None = None
    ) -> None:
        """Make the form; `customer` is the id of the one whose own fact it is, None where it is everybody's."""
        super().__init__(surroundings, desk, look.incident.reference)
        self._look = look
        self._fact = fact
        self._customer = customer
        self._seen = len(self._history())

    @property
    def kept_as(self) -> str:
        """The name under which what is typed here is kept."""
        return kept_as(self._fact, self._customer)

    @property
    def title_words(self) -> str:
        """Whose fact it is, where that is a question, and its name: the first words are seen on every screen."""
        words = fact_words(self._fact, self._surroundings.playbooks)
        if self._look is None or not self._look.incident.acts_for_customers:
            return words
        customer = self._look.incident.customer(self._customer)
        return f"for {customer.name if customer else 'everybody'}: {words}"

    def fields(self) -> Iterator[Widget]:
        """Ask for the value first; certainty and source are one key away."""
        playbooks, history = self._surroundings.playbooks, self._history()
        last = history[-1] if history else None
        for line in self._known(last):
            yield Static(datum(line), classes="aside")
        value = last.value if last else None
        yield fact_field(self._fact, "value", value, playbooks, self.time)
        options = [(one.value, one.replace("-", " ")) for one in Certainty]
        certainty = last.certainty if last else Certainty.KNOWN
        yield ChoiceField("certainty", "how sure (f2)", options, certainty.value)
        yield LineField("source", "source (f3)", "who or what says so")
        yield LineField("why", "why it does not apply")

    def on_mount(self) -> None:
        """Show what the certainty asks for."""
        self._fit_certainty()

    def known(self, look: Look) -> None:
        """Leave the form as it was opened: what was recorded since is told on saving."""

    @on(Field.Changed)
    def _fit_certainty(self) -> None:
        certainty = self._certainty()
        self.field(VALUE).display = certainty not in WITHOUT_VALUE
        self.field("why").display = certainty is Certainty.NOT_APPLICABLE

    def action_next_certainty(self) -> None:
        """Go on to the next certainty."""
        cast("ChoiceField", self.field("certainty")).choice.action_step(1)

    def action_go_to_source(self) -> None:
        """Go to the source."""
        self.field("source").focus_editor()

    async def save(self) -> None:
        """Record the fact; where somebody else recorded it meanwhile, say so first."""
        body = self._body()
        reference, seen = self._reference or "", self._seen
        self._look = await self._desk.do(lambda desk: desk.look(reference))
        meanwhile = self._history()[seen:]
        if meanwhile:
            self._seen += len(meanwhile)
            said = "; ".join(self._said_by(one) for one in meanwhile)
            raise FormError([("", f"Recorded meanwhile: {said}. Save again to record yours too: both stay.")])
        self._look = await self._desk.do(lambda desk: desk.record(reference, body))
        between = self._history()[seen:-1]
        notices = [f"Recorded at the same time: {self._said_by(one)}; both stay in the journal" for one in between]
        self.done(f"Recorded: {self.title_words}", notices)

    def field_of(self, key: str) -> str:
        """Return the field that a part of the record comes from: everything in a fact is its value."""
        return VALUE if key.startswith("facts.") else key

    def _body(self) -> dict[str, Any]:
        """Return what the desk records.

        Raises:
            FormError: nothing was answered, or it cannot be read.
            RecordError: the record does not take the value.
        """
        certainty = self._certainty()
        source, why = (cast("LineField", self.field(name)).text or None for name in ("source", "why"))
        body: dict[str, Any] = {"source": source, "changes": {}}
        if certainty in WITHOUT_VALUE:
            if certainty is Certainty.NOT_APPLICABLE and not why:
                raise FormError([("why", "say why it does not apply")])
            reason = why if certainty is Certainty.NOT_APPLICABLE else None
            named = fact_name(self._fact, self._customer)
            return body | {"without_value": [named], "certainty": certainty.value, "why": reason}
        try:
            value = value_of(self._fact, self.field(VALUE))
        except ValueError as error:
            raise FormError([(VALUE, str(error))]) from None
        if value is None or value == []:
            raise FormError([(VALUE, "nothing is answered; where it is not known, say so with f2")])
        estimated = certainty is Certainty.ESTIMATED
        changes = read_patch({"facts": {self._fact: value}}, self.zone)
        if self._customer is not None:
            changes = {"customers": [{"id": self._customer, **changes}]}
        return body | {"changes": changes, "certainty": certainty.value if estimated else None}

    def _certainty(self) -> Certainty:
        return Certainty(self.field("certainty").typed)

    def _history(self) -> tuple[RecordedFact, ...]:
        return self._look.incident.facts_of(self._customer).get(self._fact, ()) if self._look else ()

    def _known(self, last: RecordedFact | None) -> Iterator[str]:
        """Say whose fact it is, what is recorded, and what the vendor's documents name: to be confirmed, no answer."""
        if self._look and self._look.incident.acts_for_customers:
            yield from self._whose(self._look.incident)
        if last is not None:
            yield f"now: {self._said_by(last)}"
        for one in suggestions(self._look) if self._look else ():
            if one["fact"] == self._fact:
                named = ", ".join(option_words(self._fact, key, self._surroundings.playbooks) for key in one["values"])
                yield f"The vendor's documents name, to be confirmed: {named} ({one['place']})"

    def _whose(self, incident: Incident) -> Iterator[str]:
        customer, apart = incident.customer(self._customer), told_apart(incident, self._fact)
        if customer is None:
            told = "a customer is told a figure of its own only" if apart else "every customer is told the same"
            yield f"for everybody: {told}"
            return
        yield f"for {customer.name} alone: no other customer is told it"
        everybodys = incident.facts.get(self._fact, ())
        if everybodys:
            whose = (
                "of all together, told to no customer" if apart else "for everybody, this one too until it has its own"
            )
            yield f"{whose}: {self._said_by(everybodys[-1])}"

    def _said_by(self, one: RecordedFact) -> str:
        said = recorded_words(self._fact, one, self.zone, self._surroundings.playbooks)
        return f"{said}, {one.actor}, {echo(one.recorded_at, self.zone, self.incident_app.now)}"


def kept_as(fact: str, customer: str | None) -> str:
    """Return the name under which what is typed of a fact is kept: apart for each customer whose own it is."""
    return f"fact-{fact_name(fact, customer)}"
