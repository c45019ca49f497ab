"""What is read out of a contract: each reading with its place, the file's own words, and why."""

from dataclasses import dataclass

BREACH = "personal data breach"
SECURITY_INCIDENTS = "security incidents, personal data or not"
OTHER_INCIDENTS = "incidents not said to concern personal data"
FULL_REPORT = "the full report"


@dataclass(frozen=True, slots=True)
class Reading:
    """A time, or soft words, by which one party tells another of an incident.

    Attributes:
        unit: `hours`, `business-hours`, `days`, `working-days`, `months` or `soft`.
        amount: how many of the unit; None for soft words.
        phrase: the soft words, or the words that hedge a number; None where there are none.
        hard: the number is a promise, not an aim.
        trigger: `aware`, `discovery`, `confirmation`, `suspicion` or `unstated`: what the time runs from.
        scope: `confirmed`, `suspected` or `potential`.
        teller, told: `vendor` or `customer`.
        applies_to: what the time is for.
        place: number and heading of the clause.
        span: characters of the file's own text, `matched` being the words there.
        confidence: `high`, `medium` or `low`.
        why: what the reading rests on, one sentence each.
        section, paragraph: where it stands among the others.
    """

    unit: str
    amount: int | None
    phrase: str | None
    hard: bool
    trigger: str
    scope: str
    applies_to: str
    place: str
    span: tuple[int, int]
    matched: str
    confidence: str
    why: tuple[str, ...]
    language: str
    section: int
    paragraph: int
    teller: str = "vendor"
    told: str = "customer"

    @property
    def doubts(self) -> int:
        """How little sure the reading is: 0 where its confidence is high, 2 where it is low."""
        return ("high", "medium", "low").index(self.confidence)

    @property
    def hours(self) -> int:
        """Roughly how many hours the time may last: to compare readings, never to reckon with.

        Where days of rest do not count, a weekend is included.
        """
        per = {"hours": 1, "business-hours": 3, "days": 24, "working-days": 24, "months": 720}
        idle = 48 if self.unit in {"working-days", "business-hours"} else 0
        return (self.amount or 0) * per.get(self.unit, 0) + idle


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that might have been the clause, whether it was taken, and why or why not."""

    place: str
    span: tuple[int, int]
    matched: str
    taken: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the file that say one thing: `value` is what they say."""

    value: str
    place: str
    span: tuple[int, int]
    matched: str


@dataclass(frozen=True, slots=True)
class ContractReading:
    """All that was read out of one document.

    Attributes:
        primary: the vendor's duty to tell its customer of a personal data breach; None where there is none.
        contents: what its notice must hold: `nature`, or names of facts.
        notifies_authority_itself: the vendor tells authorities or data subjects in the customer's name;
            False where it must not; None where nothing is said.
    """

    document: str
    languages: tuple[str, ...]
    primary: Reading | None
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]
    contents: tuple[Found, ...] = ()
    exclusions: tuple[Found, ...] = ()
    channel: Found | None = None
    notifies_authority_itself: Found | None = None
    governing_law: Found | None = None
    contact: Found | None = None
    version: Found | None = None
    dated: Found | None = None
    prevailing_language: Found | None = None
    gaps: tuple[str, ...] = ()
