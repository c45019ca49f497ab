"""One fact of the file on a page of its own: what it is, who asks for it, every value it had, who was asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from models.dossier import RecordedFact
from models.incident import Incident
from models.periods import instant_words
from playbooks.facts import fact_hooks
from screens.sight import Sight, brief, wrapped
from screens.sight_page import SightList
from screens.surroundings import Surroundings
from screens.widgets.block_list import Block, heading
from screens.words import fact_words, recorded_words

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread


class FactHistoryScreen(SightList):
    """The history of one fact, or of several of which either one will do."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str, facts: tuple[str, ...]) -> None:
        super().__init__(surroundings, desk, reference)
        self._facts = facts

    def title_of(self, sight: Sight) -> Content:
        """Return whose facts they are."""
        return brief(f"{sight.look.incident.reference}  {sight.look.incident.title}")

    def draw_time(self, sight: Sight) -> None:
        """Leave the list as it is: the past does not change."""

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return each fact: what it is, then its values, the latest first."""
        playbooks = self._surroundings.playbooks
        return [block for fact in self._facts for block in fact_blocks(fact, sight, width, playbooks)]


def fact_blocks(fact: str, sight: Sight, width: int, playbooks: Path | None) -> Iterator[Block]:
    """Yield what one fact is, who asks for it, its values, and who was asked for it last."""
    incident, hooks = sight.look.incident, fact_hooks()
    yield heading(fact_words(fact, playbooks))
    yield Block(None, tuple(wrapped(brief(hooks.of(fact).means), width)))
    for citation in hooks.citations(fact):
        yield Block(None, tuple(wrapped(brief(f"asked for by {citation.words}", "$text-muted"), width, 2)))
    recorded = list(_recorded(fact, incident))
    if not recorded:
        yield Block(None, (brief("nothing was recorded of it"),))
    for whose, one in recorded:
        when = Content.styled(f"{instant_words(one.recorded_at, incident.zone)}  ", "bold")
        said = brief(recorded_words(fact, one, incident.zone, playbooks))
        value = (line.pad_left(2) for line in wrapped(said, width - 2))
        yield Block(None, (*wrapped(when + brief(f"{one.actor}{whose}"), width, 2), *value))
    asked = incident.asked_for((fact,))
    if asked is not None:
        said = brief(f"asked: {asked.party or asked.actor}, {instant_words(asked.at, incident.zone)}: {asked.text}")
        yield Block(None, tuple(wrapped(said, width, 2)))


def _recorded(fact: str, incident: Incident) -> Iterator[tuple[str, RecordedFact]]:
    """Yield every value, everybody's and the customers' own, the latest first, each with whose it is."""
    values = [("", one) for one in incident.facts.get(fact, ())]
    for customer in incident.customers:
        values += [(f", for {customer.name} alone", one) for one in customer.facts.get(fact, ())]
    yield from sorted(values, key=lambda value: value[1].recorded_at, reverse=True)
