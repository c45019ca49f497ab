"""What a form is filled from, and the ways in which a question is answered or left open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from incident.notices.case import Case
from incident.notices.items import fact_item, moment_item
from incident.notices.notice import Item, Phase
from incident.notices.wording import Wording
from models.dossier import RecordedFact
from models.ends import Candidate
from models.incident import Filing
from models.moments import MomentName
from models.vocabulary import Certainty


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form is filled from.

    Attributes:
        awareness: the instants from which the 72 hours might run, earliest first; the first one counts.
        previous: the notifications that this one follows, by time.
    """

    case: Case
    wording: Wording
    phase: Phase
    awareness: tuple[Candidate, ...]
    previous: tuple[Filing, ...]

    @property
    def facts(self) -> Mapping[str, RecordedFact]:
        """The facts that an authority may be told: all of them."""
        return self.case.incident.current_facts()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the people concerned, by code, as far as they were recorded."""
        facts = [self.facts[name] for name in ("countries", "people_by_country") if name in self.facts]
        return tuple(sorted({str(code) for fact in facts for code in fact.value or ()}))

    def fact(self, name: str) -> Item:
        """Return a fact as an item."""
        return fact_item(name, self.facts.get(name), self.wording)

    def moment(self, name: MomentName) -> Item:
        """Return a moment as an item."""
        return moment_item(name, self.case.incident, self.wording)

    def known(self, text: str, value: Any) -> Item:
        """Return an answer that needs no qualification."""
        return Item("", "", text, Certainty.KNOWN, value=value)

    def key(self, key: str) -> Item:
        """Return the neutral key of the option that is the answer."""
        return self.known("", key)

    def missing(self) -> Item:
        """Return words that say there is no answer."""
        return Item("", "", self.wording.phrase("missing"), None)

    def to_choose(self, item: Item, phrase: str) -> Item:
        """Return an answer that is wider than the form takes: missing, until a person has chosen within it."""
        return replace(item, certainty=None, mark="", value=None, remarks=(self.wording.phrase(phrase),))

    def aside(self, phrase: str) -> Item:
        """Return words for a question that has nothing to ask here."""
        return Item("", "", self.wording.phrase(phrase), Certainty.NOT_APPLICABLE)

    def labelled(self, item: Item) -> str:
        """Return an item on one line, to stand in another's answer."""
        return self.wording.phrase("labelled", label=item.label, text=item.text)

    def yes(self, *names: str) -> Item:
        """Return a yes, with the names that make it one."""
        remarks = (self.wording.listed(names),) if names else ()
        return replace(self.known(self.wording.phrase("yes"), value=True), remarks=remarks)

    def no(self) -> Item:
        """Return a no."""
        return self.known(self.wording.phrase("no"), value=False)
