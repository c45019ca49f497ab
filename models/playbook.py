"""The shapes of the playbook files: what vendors, laws and authorities say, each fact with its source.

A file that does not fit is refused with its key; a fact without source, date and confidence does not fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.moments import MomentName
from models.organisation import Country, Language, Slug
from models.periods import CountingRule, Period, Unit
from models.vocabulary import Basis, Confidence, Role

Words = Annotated[str, Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Document(_File):
    """A document that facts are taken from.

    Attributes:
        id: how sources in the same file name it.
        version: its own version; None where it names none.
        dated: its own date, as it is written there; None where it bears none.
        checked_on: when a person last read it for this file.
    """

    id: Slug
    title: Words
    language: Language
    version: Words | None = None
    dated: Words | None = None
    checked_on: date
    note: Words | None = None


class Source(_File):
    """Where a fact stands: document, place in it, how sure, and when it was checked.

    Attributes:
        document: the id of one of the file's documents.
        checked_on: where it differs from the document's own date of checking.
    """

    document: Slug
    place: Words
    confidence: Confidence
    checked_on: date | None = None


class PeriodText(_File):
    """A period as a file writes it: `{unit = "hours", amount = 48}` or `{unit = "soft", phrase = "promptly"}`."""

    unit: Unit
    amount: Annotated[int, Field(gt=0)] | None = None
    phrase: Words | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.unit is Unit.SOFT and (self.amount is not None or self.phrase is None):
            raise ValueError("a soft period has a phrase and no amount")
        if self.unit is not Unit.SOFT and (self.amount is None or self.phrase is not None):
            raise ValueError(f"a period in {self.unit} has an amount and no phrase")
        return self

    def as_period(self) -> Period:
        """Return the period as a value."""
        return Period(unit=self.unit, amount=self.amount, phrase=self.phrase)


class Content(_File):
    """Something a notification must hold: in words, and as the facts that answer it."""

    text: Words
    facts: tuple[Words, ...] = ()
    source: Source | None = None


class ContractDuty(_File):
    """A vendor's promise to tell its customer.

    Attributes:
        clause: names a further duty of the same contract (`contract:<playbook>/<clause>`); None for the main one.
        about: what is told, ending the sentence "X tells Y …".
        trigger: the vendor's own moment from which the period runs.
        scope: which incidents: `confirmed`, `suspected` or `potential`.
        contents: what the notice must bring with it; telling in time without it leaves it owed.
        counting: the counting rule that the contract names; None where it names none.
    """

    clause: Slug | None = None
    about: Words = "of the breach"
    trigger: Literal["aware", "discovery", "confirmation", "suspicion", "unstated"]
    scope: Literal["confirmed", "suspected", "potential"]
    period: PeriodText
    counting: CountingRule | None = None
    channel: Words | None = None
    contents: tuple[Content, ...] = ()
    notes: tuple[Words, ...] = ()
    source: Source


class VendorFact(_File):
    """Something a document says that a responder may need."""

    topic: Words
    text: Words
    source: Source


class Suggestion(_File):
    """Kinds of data or people that a document names: to be confirmed in an incident, never an answer."""

    fact: Literal["data_categories", "special_categories", "subject_categories", "countries"]
    values: tuple[Words, ...]
    text: Words
    source: Source


class Gap(_File):
    """What the documents do not say, and what to ask for."""

    missing: Words
    ask: Words


class OtherTerm(_File):
    """A number in the document that is not its breach clock, so that nobody takes it for one."""

    term: Words
    about: Words
    source: Source


class VendorContact(_File):
    """A role mailbox named in a document. `use` says what it is good for."""

    role: Words
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    use: Words
    source: Source


class Subprocessor(_File):
    """A party behind the vendor, as a document names it."""

    name: Words
    does: Words
    source: Source


class HomeAuthority(_File):
    """The authority at the vendor's home: for when we are the vendor, never for its customers."""

    authority: Slug
    country: Country
    why: Words
    confidence: Confidence


class GoverningLaw(_File):
    """The law that governs the document, and its court."""

    law: Country
    court: Words | None = None
    covers: Words
    source: Source


class _Playbook(_File):
    id: Slug
    name: Words
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]

    def document(self, document_id: str) -> Document:
        """Return the document that a source names."""
        return next(document for document in self.documents if document.id == document_id)

    def checked_on(self, source: Source) -> date:
        """Return when a source was last checked."""
        return source.checked_on or self.document(source.document).checked_on

    @model_validator(mode="after")
    def _sources_name_documents(self) -> Self:
        known = {document.id for document in self.documents}
        for key, source in _sources(self, ""):
            if source.document not in known:
                raise ValueError(f"{key}: names the document {source.document!r}, which is not listed in documents")
        return self


class VendorPlaybook(_Playbook):
    """What one vendor's documents say of breaches.

    Attributes:
        does: what the vendor does for its customers, in one line.
        first_step: what to do at once when this vendor is breached.
        constraints: what the contract asks of us or of the vendor beside the notice itself.
        inquiries: the clause on which our own questions rest.
    """

    kind: Literal["vendor"]
    does: Words
    first_step: Words | None = None
    duties: tuple[ContractDuty, ...] = ()
    inquiries: Source | None = None
    constraints: tuple[VendorFact, ...] = ()
    facts: tuple[VendorFact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    contacts: tuple[VendorContact, ...] = ()
    subprocessors: tuple[Subprocessor, ...] = ()
    gaps: tuple[Gap, ...] = ()
    other_terms: tuple[OtherTerm, ...] = ()
    home_authority: HomeAuthority | None = None
    governing_law: GoverningLaw | None = None

    @model_validator(mode="after")
    def _one_main_duty(self) -> Self:
        clauses = [duty.clause for duty in self.duties]
        if len(set(clauses)) != len(clauses):
            raise ValueError("duties: two have the same clause")
        return self


class LegalTrigger(_File):
    """What a legal duty runs from: a moment, or a filing under another duty."""

    moment: MomentName | None = None
    filing: Words | None = None
    incomplete: bool = False

    @model_validator(mode="after")
    def _moment_or_filing(self) -> Self:
        if (self.moment is None) == (self.filing is None):
            raise ValueError("a trigger names either a moment or a filing")
        return self


class LegalDuty(_File):
    """A duty under a law.

    Attributes:
        debtor, creditor: who tells whom: `vendor`, `us`, `customer`, `authority`, `subjects` or `register`.
        roles: in which of our roles it exists.
        condition: `risk` (Art. 33(1)) or `high-risk` (Art. 34(1)); None where it always applies.
        requires: the facts its notice must hold; `a|b` where either will do.
        valid_from, valid_to: when the rule was law; judged at the awareness, both days included.
    """

    id: Words
    title: Words
    debtor: Literal["vendor", "us"]
    creditor: Literal["us", "customer", "authority", "subjects", "register"]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    trigger: LegalTrigger
    condition: Literal["risk", "high-risk"] | None = None
    period: PeriodText
    counting: CountingRule | None = None
    basis: Literal[Basis.LAW, Basis.AUTHORITY] = Basis.LAW
    requires: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()
    valid_from: date
    valid_to: date | None = None
    source: Source


class RegimePlaybook(_Playbook):
    """A law and its notification duties.

    Attributes:
        applies: to every breach of personal data, or only where a record names the regime.
    """

    kind: Literal["regime"]
    applies: Literal["personal-data", "named"]
    duties: Annotated[tuple[LegalDuty, ...], Field(min_length=1)]


class FormOption(_File):
    """An option of a form's list: the neutral key it answers, the authority's own label, how sure."""

    key: Words
    label: Words
    confidence: Confidence
    nearest: bool = False


class FormField(_File):
    """One question of an authority's form, in the authority's words.

    Attributes:
        number: its place in the form.
        answers: what of ours answers it: `fact:<name>`, `moment:<name>`, `organisation:<path>` or a special
            name that `incident.notices` knows; None where nothing of ours fits, and `note` says so.
        list: the name of the option list, where the form offers options.
        required: the form or Art. 33(3) GDPR wants it.
        only_if_late: the question appears when, and only when, the notification is late.
        limit: how many characters the form takes, where that is known.
    """

    number: Words
    section: Words
    label: Words
    type: Literal["text", "long-text", "date-time", "number", "choice", "choices", "yes-no", "parties", "file"]
    answers: Words | None = None
    list: Words | None = None
    required: bool = False
    only_if_late: bool = False
    limit: Annotated[int, Field(gt=0)] | None = None
    note: Words | None = None
    confidence: Confidence


class Complement(_File):
    """An authority's own time for completing an incomplete notification: indicative, not law (Art. 33(4) GDPR).

    Attributes:
        duty: the legal duty that it gives a time to.
    """

    duty: Words
    period: PeriodText
    source: Source


class AuthorityPlaybook(_Playbook):
    """A supervisory authority: where it is told, and its form, question by question.

    Attributes:
        names: how a list of parties calls it, by language.
        form_version: the version of the form that the questions were taken from.
        options: the option lists by name, each in the form's order.
    """

    kind: Literal["authority"]
    country: Country
    names: dict[Language, Words]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    channel: Words
    portal: Words
    channel_source: Source
    form_version: Words
    complement: Complement | None = None
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]
    options: dict[str, tuple[FormOption, ...]] = {}
    notes: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _lists_exist(self) -> Self:
        for question in self.fields:
            if question.list is not None and question.list not in self.options:
                raise ValueError(f"fields: {question.number} names the list {question.list!r}, which is not in options")
        return self


Playbook = VendorPlaybook | RegimePlaybook | AuthorityPlaybook


@dataclass(frozen=True)
class Rules:
    """The playbooks in force: what duties are reckoned under. Keys are playbook ids."""

    vendors: Mapping[str, VendorPlaybook] = field(default_factory=dict)
    regimes: Mapping[str, RegimePlaybook] = field(default_factory=dict)
    authorities: Mapping[str, AuthorityPlaybook] = field(default_factory=dict)


def _sources(value: object, key: str) -> list[tuple[str, Source]]:
    if isinstance(value, Source):
        return [(key, value)]
    if isinstance(value, BaseModel):
        return [found for name in type(value).model_fields for found in _sources(getattr(value, name), _join(key, name))]
    if isinstance(value, tuple):
        return [found for index, part in enumerate(value) for found in _sources(part, _join(key, str(index)))]
    return []


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
