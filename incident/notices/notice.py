"""The shape of a draft: questions and answers in one language, what is missing first, and what it rests on.

A `Notice` is complete in itself: a template needs nothing beside it, and every format is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from incident.notices.entry import RegisterEntry
from models.changes import Change
from models.vocabulary import Certainty


class Phase(StrEnum):
    """Which of several notifications of one breach a draft is (Art. 33(4) GDPR)."""

    INITIAL = "initial"
    FOLLOW_UP = "follow-up"
    COMPLETE = "complete"
    WITHDRAWAL = "withdrawal"

    @property
    def is_followed(self) -> bool:
        """True where more may follow: what nobody knows yet is promised for later."""
        return self in {Phase.INITIAL, Phase.FOLLOW_UP}

    @property
    def says_what_is_new(self) -> bool:
        """True where it tells what has changed since the notification before."""
        return self in {Phase.FOLLOW_UP, Phase.COMPLETE}


class Standing(StrEnum):
    """How sure it is that personal data were compromised, as far as it was recorded."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    SUSPECTED = "suspected"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Tick:
    """An option of a form's list.

    Attributes:
        confirmed: False where the option's wording is still to be confirmed.
    """

    label: str
    ticked: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One question and its answer, in the notice's language.

    Attributes:
        field: the question's stable name: a fact, `moments.<name>`, a name of the notice's own, or a form's number.
        text: the answer; where there is none, words that say so.
        certainty: None while nothing was recorded.
        mark: what the reader must know of the answer, such as that it is an estimate; empty for a known one.
        value: the answer as plain JSON; None where there is none.
        block: the answer is a text to be copied as it stands.
        since: in a form: what became of the answer since the notification before, in words; empty where nothing is
            to be said of it.
    """

    field: str
    label: str
    text: str
    certainty: Certainty | None
    mark: str = ""
    value: Any = None
    number: str = ""
    ticks: tuple[Tick, ...] = ()
    remarks: tuple[str, ...] = ()
    block: bool = False
    since: str = ""

    @property
    def answered(self) -> bool:
        """True where there is something to say: known, estimated, or stated not to apply."""
        return self.certainty not in {None, Certainty.UNKNOWN}

    @property
    def to_copy(self) -> str:
        """What is put into a form: the ticked options, a line each, else the text; empty without an answer."""
        if not self.answered:
            return ""
        return "\n".join(tick.label for tick in self.ticks if tick.ticked) or self.text


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together. `name` is neutral; `heading` is the form's own, empty in a letter."""

    name: str
    items: tuple[Item, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that is not there yet.

    Attributes:
        blocking: the law, the contract or the form wants it, and it cannot wait; the rest is worth having.
        unknown: it was recorded that nobody knows yet.
        number: the question's number in a form; empty in a letter.
        promised: it is wanted too, and may follow, for nobody knows it yet (Art. 33(4) GDPR).
        may_follow: it is wanted too, and may follow; nothing is promised while nobody has said that it is not known.
        left_open: the notification before left it open already.
    """

    field: str
    label: str
    blocking: bool
    unknown: bool = False
    number: str = ""
    promised: bool = False
    may_follow: bool = False
    left_open: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """One change since the notification before: what it is about, and what became of it, in words."""

    change: Change
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """What is new since the notification before. `heading` names that one by its instant and its reference."""

    heading: str
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document, as a notice cites it. `confirmed` is False where it is still to be checked."""

    document: str
    place: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A duty to tell, with its clock, in the words of a letter.

    Attributes:
        by_contract, by_law: what it rests on; with neither, an authority's indicative time.
        law: where the law sets it, as the notice's language cites it; empty for a contract.
        length: the term's length in words, empty for a soft one; then `phrase` holds the source's own words.
        hours: the same as a number, where it is counted in hours.
        started, due, done: instants in words; empty where there is none.
        late: by how much the term was or is exceeded, in hours and minutes; empty if not.
        elapsed: how long it took from the start until it was done, or until now.
    """

    duty: str
    reference: Reference
    by_contract: bool
    by_law: bool
    law: str
    length: str
    hours: str
    phrase: str
    started: str
    due: str
    done: str
    late: str
    elapsed: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says beside its questions and answers.

    Attributes:
        sender, sender_contact, recipient_contact: empty where they are not known.
        terms: the duties that the letter speaks of, contracts first.
        we_decide: we are a controller ourselves; otherwise a processor.
        personal_data: None while nobody knows whether personal data are affected.
        standing: to a customer: whether the breach is confirmed.
        confirmed, estimated, unknown: to a customer: which answers are which, by name.
        recipient_is_processor: to a customer: it has a controller of its own to tell.
        earlier: to a customer: when we told it before, in words.
        told: to a vendor: when it told us, in words; empty if it did not.
        inquiries: to a vendor: the clause on which our questions rest.
        sender_discusses_first, recipient_discusses_first: the clauses under which one tells authorities, data
            subjects or others only after having discussed it with the other.
        confidential: the clauses under which what the letter brings is not passed on.
        owed: to a vendor: what its contract wants told with the notice, and was not.
        our_deadline: to a vendor: when our own time to notify ends, in words; empty where none runs.
    """

    sender: str
    sender_contact: str
    recipient_contact: str
    terms: tuple[Term, ...]
    we_decide: bool
    personal_data: bool | None
    standing: Standing = Standing.UNSTATED
    confirmed: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    recipient_is_processor: bool = False
    earlier: tuple[str, ...] = ()
    told: str = ""
    inquiries: Reference | None = None
    sender_discusses_first: tuple[Reference, ...] = ()
    recipient_discusses_first: tuple[Reference, ...] = ()
    confidential: tuple[Reference, ...] = ()
    owed: tuple[str, ...] = ()
    our_deadline: str = ""

    @property
    def clauses(self) -> tuple[Term, ...]:
        """The terms that a contract sets."""
        return tuple(term for term in self.terms if term.by_contract)

    @property
    def clause_references(self) -> tuple[Reference, ...]:
        """Where the contract's clauses stand."""
        return tuple(term.reference for term in self.clauses)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a transcription sheet says of the form: where it is filled in, by when, and how sure its wording is."""

    channel: str
    portal: str
    form_version: str
    checked_on: str
    notes: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One draft for one recipient in one language.

    Attributes:
        kind: `controller`, `vendor`, `authority`, `subjects` or `register`.
        variant: which version of the kind, where there are several, such as `minors`.
        customer, authority: the id of the recipient, where it is one of these.
        as_of: the instant at which clocks and facts were judged (UTC); `as_of_words` says it with its zone.
        incident_title: the incident's title, as far as the recipient may see it.
        missing: what is not answered, in the order of the questions.
        to_check: what a person must look at before this goes out.
        sources: what the notice rests on.
        duties: the duties it is meant to fulfil, or to remind of.
        statement: what is to be said of the phase itself, such as that this is the last of the notifications.
        since: what is new; None where no notification to this recipient came before.
    """

    kind: str
    incident: str
    incident_title: str
    language: str
    recipient: str
    as_of: datetime
    as_of_words: str
    phase: Phase
    title: str
    sections: tuple[Section, ...]
    missing: tuple[Missing, ...]
    to_check: tuple[str, ...]
    sources: tuple[Reference, ...]
    duties: tuple[str, ...]
    customer: str | None = None
    authority: str | None = None
    variant: str | None = None
    letter: Letter | None = None
    sheet: Sheet | None = None
    entry: RegisterEntry | None = None
    statement: str = ""
    since: Since | None = None

    @property
    def template(self) -> str:
        """The folder of the template it is written with."""
        if self.phase is Phase.WITHDRAWAL:
            return "withdrawal"
        return f"{self.kind}-{self.variant}" if self.variant else self.kind

    @property
    def blocking(self) -> tuple[Missing, ...]:
        """What is missing and cannot be left out."""
        return tuple(one for one in self.missing if one.blocking)

    @property
    def promised(self) -> tuple[Missing, ...]:
        """What is missing, is wanted, and follows later."""
        return tuple(one for one in self.missing if one.promised)

    @property
    def may_follow(self) -> tuple[Missing, ...]:
        """What is missing, is wanted, and may come in a later notification, though nobody has promised it."""
        return tuple(one for one in self.missing if one.may_follow)

    @property
    def worth_having(self) -> tuple[Missing, ...]:
        """What is missing and nobody insists on."""
        return tuple(one for one in self.missing if not (one.blocking or one.promised or one.may_follow))

    @property
    def to_complete(self) -> tuple[Missing, ...]:
        """What is missing and is not promised for later."""
        return tuple(one for one in self.missing if not one.promised)

    @property
    def section(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of each section that has any, by its name."""
        return {section.name: section.items for section in self.sections}

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question with its answer, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as plain JSON, by field; what has none is not there."""
        return {item.field: item.value for item in self.items if item.value is not None}
