"""The shapes of the playbook files: what vendors, laws and authorities say, each fact with its source.

A file that does not fit is refused with its key; a fact without source, date and confidence does not fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.authority import AuthorityPlaybook
from models.calendars import subdivisions
from models.organisation import Slug, ZoneName
from models.periods import CountingRule
from models.playbook_terms import SUGGESTED_KEYS, FactName, KnownCountry
from models.regime import RegimePlaybook
from models.sourced import File, PeriodText, Source, SourcedFile, Words, refuse
from models.vocabulary import Confidence


class Content(File):
    """Something a notification must hold: in words, and as the facts that answer it."""

    text: Words
    facts: tuple[FactName, ...] = ()
    source: Source | None = None


class WorkingTime(File):
    """A contract's own working days and hours. What it leaves open is that of the incident's place.

    Attributes:
        saturdays: Saturdays are worked. *Jours ouvrables*, *Werktage* and *giorni feriali* usually include them,
            *jours ouvrés*, *Arbeitstage*, *werkdagen*, *días hábiles* and *arbetsdagar* do not.
        opens, closes: the hours of a working day, as `09:00`; together or not at all.
    """

    country: KnownCountry | None = None
    subdivision: Words | None = None
    zone: ZoneName | None = None
    saturdays: bool = False
    opens: time | None = None
    closes: time | None = None

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        if (self.opens is None) != (self.closes is None):
            raise ValueError("opens and closes go together")
        if self.opens is not None and self.closes is not None and self.opens >= self.closes:
            raise ValueError("a working day closes after it opens")
        return self

    @model_validator(mode="after")
    def _subdivision_is_known(self) -> Self:
        if self.subdivision is None:
            return self
        if self.country is None:
            raise ValueError("a subdivision needs its country")
        known = subdivisions(self.country)
        if self.subdivision not in known:
            raise ValueError(f"{self.subdivision!r} has no public holidays of its own; known: {', '.join(known)}")
        return self


class ContractDuty(File):
    """A vendor's promise to tell its customer.

    Attributes:
        clause: names a further duty of one contract (`contract:<playbook>/<clause>`); None for the main one.
        about: what is told, ending the sentence "X tells Y …".
        trigger: the vendor's own moment from which the period runs.
        scope: which incidents: `confirmed`, `suspected` or `potential`.
        contents: what the notice must bring with it; telling in time without it leaves it owed.
        counting: the counting rule that the contract names; None where it names none.
        calendar: what the contract says of its working days and hours; None where it says nothing.
        aim: a number that the clause only aims at (“if possible within 24 hours”); no clock ever runs on it.
    """

    clause: Slug | None = None
    about: Words = "of the breach"
    trigger: Literal["aware", "discovery", "confirmation", "suspicion", "unstated"]
    scope: Literal["confirmed", "suspected", "potential"]
    period: PeriodText
    aim: PeriodText | None = None
    counting: CountingRule | None = None
    calendar: WorkingTime | None = None
    channel: Words | None = None
    contents: tuple[Content, ...] = ()
    notes: tuple[Words, ...] = ()
    source: Source

    @model_validator(mode="after")
    def _an_aim_is_no_deadline(self) -> Self:
        if self.aim is not None and (self.aim.amount is None or self.period.amount is not None):
            raise ValueError("aim is a number that the clause does not promise: its period is then soft")
        return self


class OwnNotice(File):
    """A right that the vendor keeps: to tell an authority or the data subjects itself, past its customer."""

    to: Literal["authority", "subjects"]
    text: Words
    source: Source


class VendorFact(File):
    """Something a document says that a responder may need."""

    topic: Words
    text: Words
    source: Source


class Constraint(VendorFact):
    """What a contract asks of us or of the vendor beside the notice itself.

    Attributes:
        limits: what it limits in a letter about a breach: telling authorities, data subjects or others of it; the
            form, address or language of notices and what may be cited; passing on what was told. None for no letter.
        binds: whom it binds; given where `limits` is.
    """

    limits: Literal["telling-others", "form", "confidentiality"] | None = None
    binds: Literal["vendor", "customer", "both"] | None = None

    @model_validator(mode="after")
    def _a_limit_binds_somebody(self) -> Self:
        if (self.limits is None) != (self.binds is None):
            raise ValueError("limits and binds go together")
        return self

    def is_on(self, party: Literal["vendor", "customer"]) -> bool:
        """True where it binds a party of the contract."""
        return self.binds in {party, "both"}


class Suggestion(File):
    """Kinds of data or people that a document names: to be confirmed in an incident, never an answer."""

    fact: Literal["data_categories", "special_categories", "subject_categories", "countries"]
    values: Annotated[tuple[Words, ...], Field(min_length=1)]
    text: Words
    source: Source

    @model_validator(mode="after")
    def _values_are_keys(self) -> Self:
        known = SUGGESTED_KEYS[self.fact]
        shown = "such as FR" if self.fact == "countries" else f"write one of {', '.join(known)}"
        unknown = ((at, value) for at, value in enumerate(self.values) if value not in known)
        refuse((("values", at), f"{value!r} is no key of {self.fact}; {shown}") for at, value in unknown)
        return self


class Gap(File):
    """What the documents do not say, and what to ask for."""

    missing: Words
    ask: Words


class OtherTerm(File):
    """A number in the document that is not its breach clock, so that nobody takes it for one."""

    term: Words
    about: Words
    source: Source


class VendorContact(File):
    """A role mailbox named in a document. `use` says what it is good for."""

    role: Words
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    use: Words
    source: Source


class Subprocessor(File):
    """A party behind the vendor, as a document names it."""

    name: Words
    does: Words
    source: Source


class HomeAuthority(File):
    """The authority at the vendor's home: for when we are the vendor, never for its customers."""

    authority: Slug
    country: KnownCountry
    why: Words
    confidence: Confidence


class GoverningLaw(File):
    """The law that governs the document, and its court."""

    law: KnownCountry
    court: Words | None = None
    covers: Words
    source: Source


class VendorPlaybook(SourcedFile):
    """What one vendor's documents say of breaches.

    Attributes:
        review: what a person has still to check, in a draft made from a contract's text. A file that bears this key
            is never in force: whoever has checked the draft takes the key out and runs `incident playbooks adopt`.
        does: what the vendor does for its customers, in one line.
        first_step: what to do at once when this vendor is breached.
        constraints: what the contract asks of us or of the vendor beside the notice itself.
        inquiries: the clause on which our own questions rest.
        own_notices: whom the vendor may tell itself, past its customer; empty where it keeps no such right.
    """

    kind: Literal["vendor"]
    review: Words | None = None
    does: Words
    first_step: Words | None = None
    duties: tuple[ContractDuty, ...] = ()
    inquiries: Source | None = None
    constraints: tuple[Constraint, ...] = ()
    own_notices: tuple[OwnNotice, ...] = ()
    facts: tuple[VendorFact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    contacts: tuple[VendorContact, ...] = ()
    subprocessors: tuple[Subprocessor, ...] = ()
    gaps: tuple[Gap, ...] = ()
    other_terms: tuple[OtherTerm, ...] = ()
    home_authority: HomeAuthority | None = None
    governing_law: GoverningLaw | None = None

    @property
    def main_duty(self) -> ContractDuty | None:
        """The clause on the breach itself: the one without a name, else the first; None without any."""
        unnamed = (duty for duty in self.duties if duty.clause is None)
        return next(unnamed, self.duties[0] if self.duties else None)

    @model_validator(mode="after")
    def _one_main_duty(self) -> Self:
        clauses = [duty.clause for duty in self.duties]
        again = (at for at, clause in enumerate(clauses) if clause in clauses[:at])
        refuse((("duties", at, "clause"), "another duty has the same clause; give each its own") for at in again)
        return self


Playbook = VendorPlaybook | RegimePlaybook | AuthorityPlaybook


@dataclass(frozen=True)
class Rules:
    """The playbooks in force: what duties are reckoned under. Keys are playbook ids.

    Attributes:
        assumed: the proposed law, if any, that is reckoned under for planning.
    """

    vendors: Mapping[str, VendorPlaybook] = field(default_factory=dict)
    regimes: Mapping[str, RegimePlaybook] = field(default_factory=dict)
    authorities: Mapping[str, AuthorityPlaybook] = field(default_factory=dict)
    assumed: str | None = None
