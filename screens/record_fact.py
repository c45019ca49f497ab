"""Recording a fact: which one. What the next notification lacks stands first, with what documents suggest."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.content import Content

from incident.documents import suggestions
from incident.look import Look
from models.dossier import ALTERNATIVE, FACTS
from screens.choosing import ChoosingScreen
from screens.fact_form import FactForm, kept_as
from screens.looks import datum
from screens.words import fact_words, option_words, recorded_words


class RecordFactScreen(ChoosingScreen):
    """The facts of the Art. 33 file: missing, then recorded, then the rest."""

    TITLE_WORDS: ClassVar[str] = "Record a fact"

    def lines(self, look: Look) -> Sequence[tuple[str, Content]]:
        """Return a line for each fact."""
        suggested = {one["fact"]: one for one in suggestions(look)}
        return [(name, self._line(look, name, suggested.get(name))) for name in facts_by_need(look)]

    def open_form(self, look: Look, name: str) -> None:
        """Open the form of one fact."""
        self.app.push_screen(FactForm(self._surroundings, self._desk, look, name))

    def _line(self, look: Look, name: str, suggestion: dict[str, Any] | None) -> Content:
        playbooks, history = self._surroundings.playbooks, look.incident.facts.get(name, ())
        line = datum(fact_words(name, playbooks))
        if _is_missing(look, name):
            line = Content.styled("missing  ", "bold $warning") + line
        elif history:
            line = Content("recorded ") + line
        else:
            line = Content("         ") + line
        if history:
            line += datum(f": {recorded_words(name, history[-1], look.incident.zone, playbooks)}", "$text-muted")
        elif suggestion is not None:
            named = ", ".join(option_words(name, value, playbooks) for value in suggestion["values"])
            line += datum(f": documents name {named}", "$text-muted")
        return line + self.unsaved_mark(kept_as(name))


def facts_by_need(look: Look) -> list[str]:
    """Return every fact: what the next notification lacks first, then what is recorded, then the rest."""
    recorded = [name for name in FACTS if name in look.incident.facts]
    return list(dict.fromkeys((*missing_facts(look), *recorded, *FACTS)))


def missing_facts(look: Look) -> Iterator[str]:
    """Yield the facts that are missing; what is asked for from the organisation's settings is no fact here."""
    for names in look.completeness.missing:
        yield from (name for name in names.split(ALTERNATIVE) if name in FACTS)


def _is_missing(look: Look, name: str) -> bool:
    return name in missing_facts(look)
