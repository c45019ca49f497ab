"""The field for the facts that somebody is asked for: what the next notification lacks stands first."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from textual.app import ComposeResult

from incident.look import Look
from models.dossier import FACTS
from screens.record_fact import facts_by_need, missing_facts
from screens.widgets.fields import TicksField
from screens.widgets.ticks import Ticks
from screens.words import fact_words


class AskedFacts(TicksField):
    """Any number of the facts of the Art. 33 file."""

    def __init__(self, name: str, label: str, asked: tuple[str, ...], playbooks: Path | None) -> None:
        """Make the field; `asked` are the facts picked at first."""
        super().__init__(name, label, (), asked)
        self._asked = asked
        self._playbooks = playbooks

    def editor(self) -> ComposeResult:
        """Lay out the facts."""
        yield Ticks(self._choices(FACTS), self._asked)

    @property
    def typed(self) -> Any:
        """The facts picked, in the order in which the forms ask them, however they stand here."""
        picked = self.ticks.ticked
        return [fact for fact in FACTS if fact in picked]

    def restore(self, typed: Any) -> None:
        """Pick what was picked before, beside what the form was opened for."""
        super().restore([*self._asked, *typed])

    def offer(self, look: Look) -> None:
        """Offer the facts anew, as an incident needs them."""
        self.ticks.offer(self._choices(facts_by_need(look), set(missing_facts(look))))

    def _choices(self, facts: Iterable[str], missing: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return a line for each fact, those first that the form was opened for."""
        words = {fact: fact_words(fact, self._playbooks) for fact in dict.fromkeys((*self._asked, *facts))}
        return [(fact, f"missing: {said}" if fact in missing else said) for fact, said in words.items()]
