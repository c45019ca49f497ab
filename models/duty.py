"""One duty: who must tell whom, from which moment, within which period, on which source. A duty is data."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from models.calendars import Calendar
from models.duty_ids import customer_of
from models.moments import MomentName, moment_words
from models.periods import CountingRule, Period
from models.vocabulary import Basis, Confidence

US = "us"
Recipient = Literal["us", "customer", "authority", "subjects", "subscribers", "register", "body", "other"]
Needs = Literal["risk", "high-risk", "classified"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a duty stands, ready to be shown."""

    document: str
    place: str
    confidence: Confidence
    checked_on: date | None = None

    @property
    def words(self) -> str:
        """The citation on one line, marked where nobody has seen the fact in its source."""
        sure = "" if self.confidence is Confidence.CHECKED else f", {self.confidence}"
        return f"{self.document}, {self.place}{sure}"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a duty runs from: a moment, or a filing under another duty.

    Attributes:
        incomplete: only an incomplete filing starts it.
        last: the last filing starts it, not the first.
        presumed_from: the moments whose earliest stands in while the moment itself is not stated.
    """

    moment: MomentName | None = None
    filing: str | None = None
    incomplete: bool = False
    last: bool = False
    presumed_from: tuple[MomentName, ...] = ()

    @property
    def name(self) -> str:
        """The moment's name, or `filed:<duty>`."""
        return self.moment.value if self.moment else f"filed:{self.filing}"

    @property
    def words(self) -> str:
        """The same for people."""
        return moment_words(self.moment) if self.moment else f"notified under {self.filing}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way to reckon a duty: the earliest end of all readings drives the alarm.

    Attributes:
        text: what it says, in words.
        lapses: it falls away where the duty's own trigger comes after its end.
    """

    text: str
    trigger: Trigger
    period: Period
    source: Citation
    counting: CountingRule | None = None
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class WorkedTime:
    """What a contract says of its working days and hours; None where that is the incident's place's to say."""

    country: str | None = None
    subdivision: str | None = None
    zone: ZoneInfo | None = None
    saturdays: bool = False
    opens: time = time.min
    closes: time = time.min

    def calendar(self, place: Calendar) -> Calendar:
        """Return the contract's calendar, completed by that of the incident's place."""
        elsewhere = self.country is not None
        return Calendar(
            self.zone or place.zone,
            self.country if elsewhere else place.country,
            self.subdivision if elsewhere else place.subdivision,
            self.saturdays,
            self.opens,
            self.closes,
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty between named parties.

    Attributes:
        debtor: who must tell; `us` is ourselves.
        creditor: who must be told.
        recipient: what kind of party the creditor is: it decides what settles the duty.
        period: None where the duty names a date of its own, `fixed_due_at` (UTC).
        settled_under: the duty whose notifications settle this one: itself, but for an internal target.
        needs: what it depends on: the risk decision, or the classification as major.
        others: further readings of its end.
        worked: the contract's own working days and hours.
        contents: what the notice must bring with it, in words.
        requires: the facts that the notice must state; alternatives joined by `|`.
        may_follow: those of them that may come in a later notice (Art. 33(4) GDPR).
        promised: the facts that answer `contents`.
        of_incident: it is owed for the incident, whether or not personal data are hit.
        covered_by: the law that covers the same data in its place, until a person decides (Art. 95 GDPR).
        assumed: the proposal that it is reckoned under, for planning only.
        dropped: a person added it, and dropped it again with a reason.
    """

    id: str
    title: str
    debtor: str
    creditor: str
    recipient: Recipient
    basis: Basis
    trigger: Trigger
    period: Period | None
    source: Citation
    settled_under: str
    counting: CountingRule | None = None
    needs: Needs | None = None
    others: tuple[Reading, ...] = ()
    worked: WorkedTime | None = None
    contents: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    may_follow: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed_due_at: datetime | None = None
    of_incident: bool = False
    covered_by: str | None = None
    assumed: str | None = None
    dropped: bool = False

    @property
    def customer(self) -> str | None:
        """The id of the customer it is owed to, or None."""
        return customer_of(self.settled_under)
