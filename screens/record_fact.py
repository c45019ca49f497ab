"""Recording a fact: which one. What the next notification lacks stands first, with what documents suggest."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from incident.documents import suggestions
from incident.look import Look
from models.disclosure import facts_for, told_apart
from models.dossier import ALTERNATIVE, FACTS, RecordedFact
from screens.choosing import ChoosingScreen
from screens.fact_form import FactForm, kept_as
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.words import fact_words, option_words, recorded_words

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

OF_A_CUSTOMER = "(customers)"
"""The line that leads to the facts of a single customer; no fact has such a name."""


class RecordFactScreen(ChoosingScreen):
    """The facts of the Art. 33 file, everybody's or one customer's own: missing, then recorded, then the rest."""

    def __init__(
        self, surroundings: Surroundings, desk: "DeskThread", reference: str, customer: str | None = None
    ) -> None:
        """Make the list; `customer` is the id of the one whose facts they are, None where they are everybody's."""
        super().__init__(surroundings, desk, reference)
        self._customer = customer

    @property
    def title_words(self) -> str:
        """Whose facts they are, where that is a question."""
        if self._look is None or not self._look.incident.acts_for_customers:
            return "Record a fact"
        customer = self._look.incident.customer(self._customer)
        return f"Record a fact for {customer.name} alone" if customer else "Record a fact for everybody"

    def lines(self, look: Look) -> Sequence[tuple[str, Content]]:
        """Return a line for each fact, and one that leads to the customers where there are such."""
        suggested = {one["fact"]: one for one in suggestions(look)}
        lines = [(name, self._line(look, name, suggested.get(name))) for name in facts_by_need(look, self._customer)]
        if self._customer is None and look.incident.acts_for_customers:
            first, *others = look.incident.customers
            more = f" and {len(others)} more" if others else ""
            return [(OF_A_CUSTOMER, datum(f"for one customer alone: {first.name}{more}", "bold")), *lines]
        return lines

    def open_form(self, look: Look, name: str) -> None:
        """Open the form of one fact, or the list of customers."""
        if name == OF_A_CUSTOMER:
            from screens.customer_facts import CustomerFactsScreen

            self.app.push_screen(CustomerFactsScreen(self._surroundings, self._desk, look.incident.reference))
        else:
            self.app.push_screen(FactForm(self._surroundings, self._desk, look, name, self._customer))

    def _line(self, look: Look, name: str, suggestion: dict[str, Any] | None) -> Content:
        playbooks, history = self._surroundings.playbooks, look.incident.facts_of(self._customer).get(name, ())
        recorded = history[-1] if history else self._for_everybody(look, name)
        line = datum(fact_words(name, playbooks))
        if name in missing_facts(look, self._customer):
            line = Content.styled("missing  ", "bold $warning") + line
        elif history:
            line = Content("recorded ") + line
        elif recorded is not None:
            line = Content("for all  ") + line
        else:
            line = Content("         ") + line
        if recorded is not None:
            line += datum(f": {recorded_words(name, recorded, look.incident.zone, playbooks)}", "$text-muted")
        elif suggestion is not None:
            named = ", ".join(option_words(name, value, playbooks) for value in suggestion["values"])
            line += datum(f": documents name {named}", "$text-muted")
        elif self._customer is None and _is_each_customers(look, name):
            line += datum(": a customer is told its own only", "$text-muted")
        return line + self.unsaved_mark(kept_as(name, self._customer))

    def _for_everybody(self, look: Look, name: str) -> RecordedFact | None:
        """Return what a customer is told although it was not recorded for it alone."""
        customer = look.incident.customer(self._customer)
        return facts_for(look.incident, look.in_force.organisation, customer).get(name) if customer else None


def facts_by_need(look: Look, customer: str | None = None) -> list[str]:
    """Return every fact: what the next notification lacks first, then what is recorded, then the rest.

    Args:
        customer: the id of the one whose facts and notification they are; None for everybody's.
    """
    facts = look.incident.facts_of(customer)
    recorded = [name for name in FACTS if name in facts]
    return list(dict.fromkeys((*missing_facts(look, customer), *recorded, *FACTS)))


def missing_facts(look: Look, customer: str | None = None) -> Iterator[str]:
    """Yield the facts that are missing and can be recorded here.

    What is asked for from the organisation's settings is no fact, and a figure of which each customer is told
    its own is not answered for everybody.
    """
    completeness = look.completeness if customer is None else look.completeness_for(customer)
    for names in completeness.missing:
        for name in names.split(ALTERNATIVE):
            if name in FACTS and not (customer is None and _is_each_customers(look, name)):
                yield name


def _is_each_customers(look: Look, name: str) -> bool:
    return look.incident.acts_for_customers and told_apart(look.incident, name)
