"""A contract's text read: every candidate judged, the readings, and the one that is the vendor's clock."""

from dataclasses import dataclass, field, replace

from playbooks.reader.clauses import Paragraph, paragraphs
from playbooks.reader.cleaning import cleaned
from playbooks.reader.contents import channel_of, contents_of, exclusions_of
from playbooks.reader.deadlines import Term
from playbooks.reader.document import date_of, governing_law_of, mailbox_of, prevailing_language_of, version_of
from playbooks.reader.duties import Duty, Setting, duties_in, towards_authority
from playbooks.reader.formats import text_of
from playbooks.reader.gaps import gaps_of
from playbooks.reader.glue import parted
from playbooks.reader.languages import languages_of, main_language
from playbooks.reader.lexicon import Lexicon, lexicon
from playbooks.reader.names import personal_terms
from playbooks.reader.parties import Parties, parties_of
from playbooks.reader.reading import BREACH, SECURITY_INCIDENTS, Candidate, ContractReading, Found, Reading
from playbooks.reader.readings import readings_of, widened
from playbooks.reader.statements import BREACHES, Statement, statements
from playbooks.reader.terms import terms_of
from playbooks.reader.text import Text


def read_contract(content: bytes, name: str) -> ContractReading:
    """Read a contract.

    Args:
        content: the file, in any of the formats of `formats.text_of`.
        name: what the file is called, for the answer only.

    Raises:
        UnreadableContract: there is no text in it that could be read.
    """
    text = cleaned(text_of(content))
    text = parted(text, lexicon(main_language(text.characters.lower())))
    words = text.characters.lower()
    found = paragraphs(text)
    languages, spoken = languages_of([words[one.start : one.end] for one in found])
    lex = lexicon(languages[0])
    clauses = [(paragraph, lexicon(language)) for paragraph, language in zip(found, spoken, strict=True)]
    walk = _Walk(text, lex)
    for index, (paragraph, lex_there) in enumerate(clauses):
        walk.read(paragraph, index, words[paragraph.start : paragraph.end], lex_there)
    primary = primary_of(walk.readings)
    reading = ContractReading(
        document=name,
        languages=tuple(languages),
        primary=primary,
        readings=tuple(walk.readings),
        candidates=tuple(walk.candidates),
        contents=contents_of(walk.statements, walk.readings, primary),
        exclusions=exclusions_of(walk.statements, walk.readings),
        channel=channel_of(walk.statements, primary),
        notifies_authority_itself=walk.towards_authority,
        governing_law=governing_law_of(text, clauses),
        contact=mailbox_of(text, found, lex),
        version=version_of(text, found),
        dated=date_of(text, found, lex),
        prevailing_language=prevailing_language_of(text, clauses),
    )
    return replace(reading, gaps=gaps_of(reading))


def primary_of(readings: list[Reading]) -> Reading | None:
    """Return the vendor's clock: of personal data before other data, a promise before an aim before soft words.

    Of several promises the shortest counts, then the surest, then the first.
    """
    for kind in (BREACH, SECURITY_INCIDENTS):
        if found := [one for one in readings if one.applies_to == kind]:
            return min(
                found, key=lambda one: (not one.hard, one.amount is None, one.hours, one.phrase is None, one.doubts)
            )
    return None


@dataclass
class _Walk:
    """Reads paragraph after paragraph, remembering what the heading and the sentences before have said."""

    text: Text
    main: Lexicon
    readings: list[Reading] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    spoken: dict[int, str] = field(default_factory=dict)
    towards_authority: Found | None = None
    _parties: dict[str, Parties] = field(default_factory=dict)
    _personal: dict[str, frozenset[str]] = field(default_factory=dict)
    _places: dict[tuple[int, int], int] = field(default_factory=dict)
    _section: int = -1
    _headed: bool = False
    _about_breach: bool = False
    _duty: Duty | None = None
    _refused: str | None = None

    def read(self, paragraph: Paragraph, index: int, words: str, lex: Lexicon) -> None:
        """Read one paragraph, given also in small letters."""
        if paragraph.section != self._section:
            self._section, self._duty, self._refused = paragraph.section, None, None
            self._about_breach = self._headed = self._breach_heading(paragraph, lex)
        if not (any(stem in words for stem in lex.stems) or self._about_breach or lex.breaches.first(words)):
            return
        if lex.language not in self._parties:
            self._parties[lex.language] = parties_of(self.text.characters, lex)
            self._personal[lex.language] = personal_terms(self.text.characters, lex)
        for statement in statements(self.text, paragraph, index, lex):
            statement.under_breach_heading = self._headed
            statement.personal_terms = self._personal[lex.language]
            statement.foreign = self._judge(statement, self._parties[lex.language])
            self.statements.append(statement)

    def _breach_heading(self, paragraph: Paragraph, lex: Lexicon) -> bool:
        if paragraph.heading is None:
            return False
        words = self.text.characters[slice(*paragraph.heading)].lower()
        return any(one.kind in BREACHES for known in {lex, self.main} for one in known.events.hits(words))

    def _judge(self, statement: Statement, parties: Parties) -> bool:
        """Judge one sentence; say whether it speaks of somebody else's notice."""
        setting = Setting(self._about_breach, self._duty, self._refused)
        duties = duties_in(statement, parties, setting)
        self.towards_authority = self.towards_authority or towards_authority(statement, duties, setting)
        kept: dict[int, list[Term]] = {}
        for term, duty, refused in terms_of(statement, duties, parties):
            if refused is None and duty is not None:
                kept.setdefault(duty.hit.start, []).append(term)
            elif term.start >= statement.own:
                self._refuse(statement, term, refused or "")
        for duty in duties:
            if duty.hit.start in kept:
                self._take(statement, duty, kept[duty.hit.start])
            elif (
                duty.refused is None
                and duty.certain
                and duty.hit.kind in {"active", "passive"}
                and duty.hit.start >= statement.own
            ):
                self._take(statement, duty, [])
        told = [one for one in duties if one.hit.kind in {"active", "given", "passive"} and one.told is not None]
        if told:
            self._refused = told[-1].refused
            self._duty = self._duty if told[-1].refused is None else None
        if any(one.kind in BREACHES for one in statement.events if one.start >= statement.own):
            self._about_breach = True
        return any(one.told in {"authority", "subjects"} or one.teller == "customer" for one in duties) and all(
            one.refused for one in duties
        )

    def _take(self, statement: Statement, duty: Duty, terms: list[Term]) -> None:
        for reading in readings_of(statement, duty, terms, statement.place):
            again = self._places.setdefault(reading.span, len(self.readings))
            if again < len(self.readings):
                self.readings[again] = widened(self.readings[again], reading.scope)
                continue
            self.readings.append(reading)
            why = "; ".join(reading.why)
            self.candidates.append(Candidate(reading.place, reading.span, reading.matched, taken=True, reason=why))
        self._duty = duty

    def _refuse(self, statement: Statement, term: Term, reason: str) -> None:
        place, matched = statement.place, statement.text.quoted(term.start, term.end)
        span = statement.span(term.start, term.end)
        self.candidates.append(Candidate(place, span, " ".join(matched.split()), taken=False, reason=reason))
