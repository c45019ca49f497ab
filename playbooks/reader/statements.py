"""Statements: the sentences worth judging, each with the words that open its list and what was found in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from playbooks.reader.clauses import Paragraph, Span, opens_list, sentences
from playbooks.reader.lexicon import Lexicon
from playbooks.reader.phrases import Hit
from playbooks.reader.text import Text, part
from playbooks.reader.voice import voiced

BREACHES = frozenset({"breach", "described"})
"""The kinds of events that are breaches by their own words."""

_MAX_SENTENCE = 2_400
_NUMBER = re.compile(r"\s*(?:[Aa]rt(?:ikel|icle|\.)?\s|§\s?)?((?:\d{1,3}|[A-Z])(?:\.\d{1,3}){1,3})\.?\s")
"""A number at the beginning of a sentence, where an extraction put several clauses on one line."""


@dataclass(eq=False)
class Statement:
    """One sentence, its list's opening words in front.

    Attributes:
        text: the words, with their way back to the file.
        own: where the sentence itself begins behind the opening words.
        index: the number of its paragraph.
        place: the number and heading of its clause.
        personal_terms: the names of incidents that the document defines by personal data.
        under_breach_heading: its heading speaks of breaches.
        foreign: it speaks of what somebody else tells, or tells somebody else than the customer.
    """

    text: Text
    own: int
    paragraph: Paragraph
    index: int
    lex: Lexicon
    place: str
    personal_terms: frozenset[str] = frozenset()
    under_breach_heading: bool = False
    foreign: bool = False

    @cached_property
    def words(self) -> str:
        """The statement in small letters."""
        return self.text.characters.lower()

    @cached_property
    def events(self) -> list[Hit]:
        """What the sentence speaks of: breaches and other matters."""
        return self.lex.events.hits(self.words)

    @cached_property
    def duties(self) -> list[Hit]:
        """The words for telling somebody."""
        hits = voiced(self.lex.duties.hits(self.words), self.words, self.lex)
        nouns = [one.kind == "noun" and _completes(one, hits, self.words) for one in hits]
        return [one for one, completes in zip(hits, nouns, strict=True) if not completes]

    def personal_term(self, event: str) -> bool:
        """Say whether the words for an incident are, by the document's definition, of personal data."""
        return any(term in event or event in term for term in self.personal_terms)

    def span(self, start: int, end: int) -> Span:
        """Return where some of its characters stand in the file."""
        return self.text.span(start, end)


def _completes(noun: Hit, hits: list[Hit], words: str) -> bool:
    """Say whether a noun only completes a verb before it: `gives the customer, by letter, notice`."""
    before = next((one for one in reversed(hits) if one.end <= noun.start), None)
    return before is not None and before.kind == "given" and words[before.start : before.end].isalpha()


def statements(text: Text, paragraph: Paragraph, index: int, lex: Lexicon) -> Iterator[Statement]:
    """Yield the sentences of a paragraph, each with its opening words."""
    opening: tuple[Span, ...] = paragraph.lead
    place = place_of(text, paragraph)
    for start, end in sentences(text.characters, paragraph.start, paragraph.end):
        for begin in range(start, end, _MAX_SENTENCE):
            close = min(end, begin + _MAX_SENTENCE)
            own = sum(other - one + 1 for one, other in opening)
            inner = _NUMBER.match(text.characters, start, end) if start > paragraph.start else None
            there = place_of(text, replace(paragraph, number=inner[1])) if inner else place
            yield Statement(part(text, *opening, (begin, close)), own, paragraph, index, lex, there)
        if colon := opens_list(text.characters, start, end):
            opening = (*paragraph.lead, (start, colon))


def place_of(text: Text, paragraph: Paragraph) -> str:
    """Return where a paragraph stands, as a person would say it: its number and heading."""
    heading = " ".join(text.characters[slice(*paragraph.heading)].split())[:80] if paragraph.heading else ""
    number = paragraph.number or ""
    return f"{number} {heading}".strip() or "without number or heading"
