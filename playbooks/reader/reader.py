"""A contract's text read: every candidate judged, the readings, and the one that is the vendor's clock."""

from dataclasses import dataclass, field

from playbooks.reader.clauses import Paragraph, paragraphs
from playbooks.reader.cleaning import cleaned
from playbooks.reader.deadlines import Term
from playbooks.reader.formats import text_of
from playbooks.reader.languages import language_of, languages_of
from playbooks.reader.lexicon import lexicon
from playbooks.reader.parties import Parties, parties_of
from playbooks.reader.reading import BREACH, Candidate, ContractReading, Reading
from playbooks.reader.readings import readings_of
from playbooks.reader.rules import Duty, Setting, duties_in, terms_of
from playbooks.reader.statements import Statement, place_of, statements
from playbooks.reader.text import Text

_ENOUGH_WORDS = 60


def read_contract(content: bytes, name: str) -> ContractReading:
    """Read a contract.

    Args:
        content: the file, in any of the formats of `formats.text_of`.
        name: what the file is called, for the answer only.

    Raises:
        UnreadableContract: there is no text in it that could be read.
    """
    text = cleaned(text_of(content))
    words = text.characters.lower()
    found = paragraphs(text)
    languages = languages_of([words[one.start : one.end] for one in found])
    walk = _Walk(text, languages[0])
    for index, paragraph in enumerate(found):
        walk.read(paragraph, index, words[paragraph.start : paragraph.end])
    primary = primary_of(walk.readings)
    return ContractReading(name, tuple(languages), primary, tuple(walk.readings), tuple(walk.candidates))


def primary_of(readings: list[Reading]) -> Reading | None:
    """Return the vendor's clock: a promise before an aim before soft words, the shortest, the surest, the first."""
    first = [one for one in readings if one.applies_to == BREACH]
    surest = {"high": 0, "medium": 1, "low": 2}
    return min(first, key=lambda one: (not one.hard, one.amount is None, one.hours, surest[one.confidence], one.phrase is None), default=None)


@dataclass
class _Walk:
    """Reads paragraph after paragraph, remembering what the heading and the sentences before have said."""

    text: Text
    main_language: str
    readings: list[Reading] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    _parties: dict[str, Parties] = field(default_factory=dict)
    _section: int = -1
    _about_breach: bool = False
    _duty: Duty | None = None

    def read(self, paragraph: Paragraph, index: int, words: str) -> None:
        """Read one paragraph, given also in small letters."""
        if paragraph.section != self._section:
            self._section, self._duty = paragraph.section, None
            self._about_breach = self._breach_heading(paragraph)
        main = lexicon(self.main_language)
        language = language_of(words, self.main_language) if len(words) > _ENOUGH_WORDS else self.main_language
        lex = main if language == self.main_language else lexicon(language)
        if not any(stem in words for stem in lex.stems) and not (self._duty and paragraph.lead):
            return
        parties = self._parties.setdefault(language, None) or parties_of(self.text.characters, lex)
        self._parties[language] = parties
        for statement in statements(self.text, paragraph, index, lex):
            self._judge(statement, parties)

    def _breach_heading(self, paragraph: Paragraph) -> bool:
        if paragraph.heading is None:
            return False
        words = self.text.characters[slice(*paragraph.heading)].lower()
        return any(one.kind in {"breach", "described"} for one in lexicon(language_of(words, self.main_language)).events.hits(words))

    def _judge(self, statement: Statement, parties: Parties) -> None:
        duties = duties_in(statement, parties, Setting(self._about_breach, self._duty))
        kept: dict[int, list[Term]] = {}
        for term, duty, refused in terms_of(statement, duties):
            if refused is None and duty is not None:
                kept.setdefault(duty.hit.start, []).append(term)
            elif term.start >= statement.own:
                self._refuse(statement, term, refused or "")
        for duty in duties:
            if duty.hit.start in kept:
                self._take(statement, duty, kept[duty.hit.start])
            elif duty.refused is None and duty.certain and duty.hit.kind != "noun" and duty.hit.start >= statement.own:
                self._take(statement, duty, [])
        if any(one.kind in {"breach", "described"} for one in statement.events if one.start >= statement.own):
            self._about_breach = True

    def _take(self, statement: Statement, duty: Duty, terms: list[Term]) -> None:
        for reading in readings_of(statement, duty, terms, place_of(self.text, statement.paragraph)):
            if reading.span not in {one.span for one in self.readings}:
                self.readings.append(reading)
                why = "; ".join(reading.why)
                self.candidates.append(Candidate(reading.place, reading.span, reading.matched, taken=True, reason=why))
        self._duty = duty

    def _refuse(self, statement: Statement, term: Term, reason: str) -> None:
        place, matched = place_of(self.text, statement.paragraph), statement.text.quoted(term.start, term.end)
        span = statement.span(term.start, term.end)
        self.candidates.append(Candidate(place, span, " ".join(matched.split()), taken=False, reason=reason))
