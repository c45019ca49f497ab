"""Recording a fact of a single customer: whose. A processor tells each of its customers what concerns that one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from incident.look import Look
from models.parties import Customer
from screens.choosing import ChoosingScreen
from screens.looks import datum
from screens.record_fact import RecordFactScreen


class CustomerFactsScreen(ChoosingScreen):
    """The customers, each with what its next notification lacks."""

    TITLE_WORDS: ClassVar[str] = "Whose fact?"

    def lines(self, look: Look) -> Sequence[tuple[str, Content]]:
        """Return a line for each customer."""
        return [(customer.id, _line(look, customer)) for customer in look.incident.customers]

    def open_form(self, look: Look, name: str) -> None:
        """Show the facts of one customer."""
        self.app.push_screen(RecordFactScreen(self._surroundings, self._desk, look.incident.reference, name))


def _line(look: Look, customer: Customer) -> Content:
    missing = len(look.completeness_for(customer.id).missing)
    if not customer.affected:
        standing = datum(": not affected", "$text-muted")
    elif missing:
        standing = datum(f": {missing} missing", "bold $warning")
    else:
        standing = datum(": nothing missing", "$text-muted")
    return datum(customer.name) + standing
