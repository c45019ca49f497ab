"""What is known of one incident: the fold of its journal entries (`models.replay`). Nothing is edited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from models.calendars import Calendar, calendar_of
from models.dossier import RecordedFact
from models.exemptions import Exemption
from models.journal import Entry
from models.moments import Moment, MomentName
from models.parties import Customer, Place, Subprocessor, Vendor
from models.vocabulary import FilingStatus, Risk, Role


@dataclass(frozen=True, slots=True)
class RecordedMoment:
    """One stated time of a moment. `correcting` says why it replaces the ones stated before it."""

    moment: Moment
    why: str | None
    source: str | None
    recorded_at: datetime
    actor: str
    correcting: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """A notification made, attempted, acknowledged or withdrawn under one duty; `at` in UTC."""

    duty: str
    at: datetime
    status: FilingStatus
    complete: bool
    recorded_at: datetime
    actor: str
    channel: str | None = None
    to: str | None = None
    reference: str | None = None
    because: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An action or a call; `at` in UTC.

    Attributes:
        about: the facts that the party was asked for.
    """

    text: str
    at: datetime
    actor: str
    recorded_at: datetime
    party: str | None = None
    channel: str | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A human decision with its reasons: no breach at all, or the risk it brings.

    Attributes:
        covered_elsewhere: another law covers the same data in place of Arts 33 and 34 GDPR (Art. 95), or does not;
            None where the decision says nothing of it.
    """

    breach: bool
    risk: Risk | None
    because: str | None
    by: str
    recorded_at: datetime
    dpo_advice: str | None = None
    covered_elsewhere: bool | None = None


@dataclass(frozen=True, slots=True)
class AddedDuty:
    """A duty that no playbook knows: plain JSON of its own entry, and its number in the incident.

    Attributes:
        dropped: why it was dropped again, or None while it stands.
    """

    number: int
    body: Mapping[str, Any]
    dropped: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was written: what it is, in which words, and the hash of its bytes."""

    kind: str
    file: str
    sha256: str
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was attached: the hash of its bytes and their number, and its name as given, which may be hostile.

    Attributes:
        about: what it is, as the person who attached it says.
    """

    sha256: str
    size: int
    name: str
    recorded_at: datetime
    actor: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """Why an incident was closed, and which duties of others were left undone."""

    because: str
    actor: str
    recorded_at: datetime
    despite: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incident:
    """What the entries up to some instant say of one incident. What is derived from it is worked out once.

    Attributes:
        personal_data: None while nobody knows; the duties alarm all the same.
        moments: every stated time of each moment, in the order recorded.
        facts: every value of each fact, in the order recorded.
        exemption: the ground of Art. 34(3) GDPR that is relied on since the risk was last decided, or None;
            `exemptions` are all that ever were.
        closings: every closing, in order; `closing` is the one that stands, or None while it is open.
        reopenings: why it was opened again, each time.
        imported: the record as its source last handed it in, normalised; None if it never came by script.
        erased_at: when retention erased what was written of it (UTC); None while all is there.
        last_action_at: when somebody last recorded something (UTC): what a soft duty's idle time counts from.
        entries: what it was folded from, in order; none in the part of an incident that a recipient may see.
    """

    reference: str
    opened_at: datetime
    last_action_at: datetime
    erased_at: datetime | None = None
    external_ref: str | None = None
    title: str = ""
    summary: str = ""
    role: Role = Role.CONTROLLER
    personal_data: bool | None = True
    vendor: Vendor | None = None
    subprocessor: Subprocessor | None = None
    contract: str | None = None
    customers: tuple[Customer, ...] = ()
    moments: Mapping[MomentName, tuple[RecordedMoment, ...]] = field(default_factory=dict)
    facts: Mapping[str, tuple[RecordedFact, ...]] = field(default_factory=dict)
    regimes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    place: Place = Place()
    tags: tuple[str, ...] = ()
    filings: tuple[Filing, ...] = ()
    notes: tuple[Note, ...] = ()
    decisions: tuple[Decision, ...] = ()
    exemption: Exemption | None = None
    exemptions: tuple[Exemption, ...] = ()
    added_duties: tuple[AddedDuty, ...] = ()
    drafts: tuple[Draft, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    closing: Closing | None = None
    closings: tuple[Closing, ...] = ()
    reopenings: tuple[str, ...] = ()
    imported: Mapping[str, Any] | None = None
    entries: tuple[Entry, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the incident's local times are read and shown."""
        return ZoneInfo(self.place.zone)

    @property
    def decision(self) -> Decision | None:
        """The last decision; None while undecided. Reassessing is deciding again."""
        return self.decisions[-1] if self.decisions else None

    @property
    def covered_elsewhere(self) -> bool | None:
        """Whether another law covers the same data, as last decided (Art. 95 GDPR); None while undecided."""
        said = (one.covered_elsewhere for one in reversed(self.decisions))
        return next((covered for covered in said if covered is not None), None)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of the place of action."""
        return calendar_of(self.place.zone, self.place.country, self.place.subdivision)

    def stated(self, name: MomentName) -> tuple[RecordedMoment, ...]:
        """Return the times of a moment that stand: those from the last correction on."""
        return self._standing.get(name, ())

    def moment(self, name: MomentName) -> RecordedMoment | None:
        """Return the time that counts: the earliest where duties run from it, else the last recorded."""
        return self._counted.get(name)

    def instant(self, name: MomentName) -> datetime | None:
        """Return the instant of the time that counts (UTC), or None where it was never stated."""
        counted = self._counted.get(name)
        return counted.moment.at if counted else None

    @property
    def acts_for_customers(self) -> bool:
        """True where we process for customers that are recorded: each may have facts of its own."""
        return bool(self.customers) and not self.role.decides

    def customer(self, name: str | None) -> Customer | None:
        """Return a customer by its id, or None where there is none."""
        return next((one for one in self.customers if one.id == name), None)

    def facts_of(self, customer: str | None) -> Mapping[str, tuple[RecordedFact, ...]]:
        """Return every value of each fact: one customer's own, by its id, or (None) everybody's."""
        if customer is None:
            return self.facts
        found = self.customer(customer)
        return found.facts if found else {}

    @cached_property
    def _standing(self) -> Mapping[MomentName, tuple[RecordedMoment, ...]]:
        return {name: _since_correction(recorded) for name, recorded in self.moments.items()}

    @cached_property
    def _counted(self) -> Mapping[MomentName, RecordedMoment]:
        return {name: _that_counts(name, standing) for name, standing in self._standing.items()}

    @cached_property
    def _current_facts(self) -> Mapping[str, RecordedFact]:
        return {name: history[-1] for name, history in self.facts.items()}

    def current_facts(self) -> Mapping[str, RecordedFact]:
        """Return the last recorded value of every fact."""
        return self._current_facts

    def asked_for(self, facts: Iterable[str]) -> Note | None:
        """Return the last note by which somebody was asked for one of the facts, or None where nobody was."""
        wanted = set(facts)
        asking = [note for note in self.notes if not wanted.isdisjoint(note.about)]
        return max(reversed(asking), key=lambda note: note.at, default=None)

    def filings_under(self, duty: str) -> tuple[Filing, ...]:
        """Return the notifications that stand under a duty, by time: made, and not withdrawn since."""
        if not self.filings:
            return ()
        standing: list[Filing] = []
        for filing in self.filings:
            if filing.duty != duty:
                continue
            if filing.status is FilingStatus.MADE:
                standing.append(filing)
            elif filing.status is FilingStatus.WITHDRAWN and standing:
                standing.remove(_withdrawn(filing, standing))
        return tuple(sorted(standing, key=lambda filing: filing.at))


def _since_correction(recorded: tuple[RecordedMoment, ...]) -> tuple[RecordedMoment, ...]:
    if len(recorded) == 1:
        return recorded
    start = max((index for index, one in enumerate(recorded) if one.correcting), default=0)
    return recorded[start:]


def _that_counts(name: MomentName, standing: tuple[RecordedMoment, ...]) -> RecordedMoment:
    if len(standing) == 1:
        return standing[0]
    return min(standing, key=lambda one: one.moment.at) if name.anchors_duties else standing[-1]


def _withdrawn(withdrawal: Filing, standing: list[Filing]) -> Filing:
    same = [filing for filing in standing if withdrawal.reference and filing.reference == withdrawal.reference]
    return same[-1] if same else standing[-1]
