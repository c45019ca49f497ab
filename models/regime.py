"""The shape of a law's playbook: its duties to notify, each dated, with its source."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.moments import MomentName
from models.organisation import Slug
from models.periods import CountingRule
from models.playbook_terms import DutyTitle, KnownCountry, RequiredFact
from models.sourced import File, Key, PeriodText, Source, SourcedFile, Words, refuse
from models.vocabulary import Basis, Role


class LegalTrigger(File):
    """What a legal duty runs from: a moment, or a filing under another duty of the file.

    Attributes:
        presumed_from: the moments whose earliest stands in, marked so, while the moment itself is not stated.
        incomplete: only an incomplete filing starts it.
        last: the last filing starts it, not the first: the one case is the DORA final report.
    """

    moment: MomentName | None = None
    presumed_from: tuple[MomentName, ...] = ()
    filing: Words | None = None
    incomplete: bool = False
    last: bool = False

    @model_validator(mode="after")
    def _moment_or_filing(self) -> Self:
        if (self.moment is None) == (self.filing is None):
            raise ValueError("a trigger names either a moment or a filing")
        if self.moment is not None and (self.incomplete or self.last):
            raise ValueError("incomplete and last are said of a filing")
        if self.filing is not None and self.presumed_from:
            raise ValueError("only a moment is presumed from others")
        return self


class LegalReading(File):
    """Another way to reckon the same duty: the earliest end drives the alarm, a later one is information.

    Attributes:
        text: what it says, in our words.
        sectors: it concerns only these; everybody where none is named.
        lapses: it falls away where the duty's own trigger comes after its end.
    """

    text: Words
    sectors: tuple[Words, ...] = ()
    trigger: LegalTrigger
    period: PeriodText
    counting: CountingRule | None = None
    lapses: bool = False
    source: Source


class NationalLaw(File):
    """What one country's law or authority says beside the rule: a reading of its own, or a remark only."""

    country: KnownCountry
    text: Words
    trigger: LegalTrigger | None = None
    period: PeriodText | None = None
    counting: CountingRule | None = None
    source: Source

    @model_validator(mode="after")
    def _trigger_and_period(self) -> Self:
        if (self.trigger is None) != (self.period is None):
            raise ValueError("a reading has both a trigger and a period; a remark has neither")
        return self


class Remark(File):
    """Something said in words, with its own source."""

    text: Words
    source: Source


class ReliefRefused(File):
    """The sectors to which the counting rule's relief is not given, and what is said of that."""

    sectors: Annotated[tuple[Words, ...], Field(min_length=1)]
    text: Words
    source: Source


class LegalDuty(File):
    """A duty under a law.

    Attributes:
        debtor, creditor: who tells whom: `vendor`, `us`, `customer`, `authority` (a supervisory authority for data
            protection), `subjects`, `subscribers`, `register`, or `body`: another public body.
        body: the public body by name; with `authority`, the one that is meant in place of the settings' own.
        roles: in which of our roles it exists.
        condition: `risk` (Art. 33(1) GDPR), `high-risk` (Art. 34(1)) or `classified` (the incident was classified
            as major, DORA); None where it always applies.
        others: further readings of the same duty.
        national: what countries say beside it.
        relief_refused: to whom the counting rule's relief is not given.
        requires: the facts its notice must hold; `a|b` where either will do.
        may_follow: those of them that may come in a later notice (Art. 33(4) GDPR); the rest is wanted at once.
        valid_from, valid_to: when the rule was law; judged at the awareness, both days included.
    """

    id: Words
    title: DutyTitle
    debtor: Literal["vendor", "us"]
    creditor: Literal["us", "customer", "authority", "subjects", "subscribers", "register", "body"]
    body: Words | None = None
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    trigger: LegalTrigger
    condition: Literal["risk", "high-risk", "classified"] | None = None
    period: PeriodText
    counting: CountingRule | None = None
    others: tuple[LegalReading, ...] = ()
    national: tuple[NationalLaw, ...] = ()
    relief_refused: ReliefRefused | None = None
    basis: Literal[Basis.LAW, Basis.AUTHORITY] = Basis.LAW
    requires: tuple[RequiredFact, ...] = ()
    may_follow: tuple[RequiredFact, ...] = ()
    notes: tuple[Words, ...] = ()
    valid_from: date
    valid_to: date | None = None
    source: Source

    @model_validator(mode="after")
    def _names_the_body(self) -> Self:
        if self.creditor == "body" and self.body is None:
            raise ValueError('creditor = "body" needs its name, in body')
        if self.body is not None and self.creditor not in {"body", "authority"}:
            raise ValueError('body names a public body: it goes with creditor = "body" or "authority"')
        return self

    @model_validator(mode="after")
    def _what_may_follow_is_required(self) -> Self:
        strange = ((at, name) for at, name in enumerate(self.may_follow) if name not in self.requires)
        refuse((("may_follow", at), f"{name!r} is not among requires") for at, name in strange)
        return self

    def in_force(self, day: date) -> bool:
        """True where the rule was law on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class CrossBorder(File):
    """How a law's notification to authorities is spread over countries.

    Attributes:
        territory: the countries of the law, by ISO code.
        duties: those owed to one lead authority, or to one authority a country.
        lead: said where we have an establishment in the territory and people in several of its countries.
        each: said where we have none: then each country's authority is told.
    """

    territory: Annotated[tuple[KnownCountry, ...], Field(min_length=1)]
    duties: Annotated[tuple[Words, ...], Field(min_length=1)]
    lead: Remark
    each: Remark


class Covered(File):
    """The duties of another law that give way for the same data, until a person decides."""

    duties: Annotated[tuple[Words, ...], Field(min_length=1)]
    text: Words
    source: Source


class RegimePlaybook(SourcedFile):
    """A law and its notification duties.

    Attributes:
        about: breaches of personal data, or incidents whether or not personal data are hit.
        applies: `personal-data`: to every breach of personal data. `named`: where a record or the settings name
            it, or where its sectors and countries fit ours. `assumed`: never, but for planning.
        sectors, countries: whom it concerns; both must fit where both are given.
        replaces: an assumed regime only: the regime whose duties of the same id its own stand in for.
        covers: the duties of other laws that give way to this one.
    """

    kind: Literal["regime"]
    about: Literal["personal-data", "incident"] = "personal-data"
    applies: Literal["personal-data", "named", "assumed"]
    sectors: tuple[Words, ...] = ()
    countries: tuple[KnownCountry, ...] = ()
    replaces: Slug | None = None
    cross_border: CrossBorder | None = None
    covers: Covered | None = None
    duties: Annotated[tuple[LegalDuty, ...], Field(min_length=1)]

    @property
    def all_sectors(self) -> frozenset[str]:
        """Every sector that the law names: those it concerns, and those for which it says something else."""
        named = {sector for duty in self.duties for reading in duty.others for sector in reading.sectors}
        refused = {sector for duty in self.duties if duty.relief_refused for sector in duty.relief_refused.sectors}
        return frozenset({*self.sectors, *named, *refused})

    @model_validator(mode="after")
    def _filings_name_duties(self) -> Self:
        known = {duty.id for duty in self.duties}
        refuse(
            (key, f"{trigger.filing!r} is no duty of this file")
            for key, trigger in self._triggers()
            if trigger.filing is not None and trigger.filing not in known
        )
        return self

    @model_validator(mode="after")
    def _spreads_what_authorities_are_owed(self) -> Self:
        spread = self.cross_border.duties if self.cross_border else ()
        owed = {duty.id for duty in self.duties if duty.creditor == "authority" and duty.body is None}
        refuse(
            (("cross_border", "duties", at), f"{name!r} is no duty of this file to the competent authority")
            for at, name in enumerate(spread)
            if name not in owed
        )
        return self

    @model_validator(mode="after")
    def _assumed_replaces(self) -> Self:
        if (self.applies == "assumed") != (self.replaces is not None):
            raise ValueError('replaces is said by a regime with applies = "assumed", and by no other')
        return self

    def _triggers(self) -> Iterator[tuple[Key, LegalTrigger]]:
        for at, duty in enumerate(self.duties):
            yield ("duties", at, "trigger", "filing"), duty.trigger
            for place, reading in enumerate(duty.others):
                yield ("duties", at, "others", place, "trigger", "filing"), reading.trigger
            for place, law in enumerate(duty.national):
                if law.trigger is not None:
                    yield ("duties", at, "national", place, "trigger", "filing"), law.trigger
