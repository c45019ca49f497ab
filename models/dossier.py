"""The Art. 33 file: what is known of a breach, how surely, on whose word, and what is still missing.

Values are the plain JSON of the import record. A later value never erases an earlier one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.vocabulary import Certainty

FACTS: tuple[str, ...] = (
    "breach_types",
    "incident_origin",
    "incident_cause",
    "description",
    "discovery_circumstances",
    "date_comments",
    "systems_affected",
    "data_categories",
    "special_categories",
    "records_count",
    "subject_categories",
    "subjects_count",
    "countries",
    "people_by_country",
    "data_unintelligible",
    "measures_before",
    "consequences",
    "likely_consequences",
    "harms",
    "severity",
    "severity_reason",
    "measures_remedy",
    "measures_prevent",
    "subjects_informed_status",
    "informed_at",
    "informed_planned_at",
    "informed_count",
    "informed_channels",
    "informed_content",
    "not_informed_reason",
    "delay_reasons",
    "contact_point",
    "other_parties",
    "other_dpas",
    "other_regulators",
    "police_report",
    "own_reference",
)
"""The facts of the file, in the order in which the authorities' forms ask them."""

ALTERNATIVE = "|"
"""Joins the names of facts of which either one will do."""


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """One value of a fact, as somebody recorded it.

    Attributes:
        value: plain JSON, or None where the certainty is unknown or not applicable.
        source: where the value comes from, in the recorder's words.
        why: the reason, where the fact does not apply.
    """

    value: Any
    certainty: Certainty
    source: str | None
    recorded_at: datetime
    actor: str
    why: str | None = None

    @property
    def answers(self) -> bool:
        """True where there is something to say: known, estimated, or stated not to apply."""
        return self.certainty is not Certainty.UNKNOWN


@dataclass(frozen=True, slots=True)
class Requirement:
    """How one required fact stands: `certainty` is None while it is missing."""

    fact: str
    certainty: Certainty | None

    @property
    def answered(self) -> bool:
        """True where there is something to say: known, estimated, or stated not to apply."""
        return self.certainty not in {None, Certainty.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far one notification can be filled in."""

    requirements: tuple[Requirement, ...]

    @property
    def answered(self) -> int:
        """How many required facts can be stated."""
        return sum(requirement.answered for requirement in self.requirements)

    @property
    def required(self) -> int:
        """How many facts are required."""
        return len(self.requirements)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required facts that cannot be stated yet, unknown ones included, in order."""
        return tuple(requirement.fact for requirement in self.requirements if not requirement.answered)


def completeness(required: Iterable[str], facts: Mapping[str, RecordedFact]) -> Completeness:
    """Hold the current facts against what a notification requires.

    Args:
        required: names of facts, or alternatives joined by `|`.
        facts: the current value of each recorded fact.
    """
    return Completeness(tuple(_requirement(name, facts) for name in required))


def stated_certainty(value: Any) -> Certainty:
    """Return the certainty that a value states of itself: a count may be a range, approximate or unknown."""
    if isinstance(value, dict):
        if value.get("unknown"):
            return Certainty.UNKNOWN
        if value.get("approximate") or "min" in value or "max" in value:
            return Certainty.ESTIMATED
    return Certainty.KNOWN


def _requirement(name: str, facts: Mapping[str, RecordedFact]) -> Requirement:
    standing = [facts[alternative] for alternative in name.split(ALTERNATIVE) if alternative in facts]
    chosen = [fact for fact in standing if fact.answers] or standing
    return Requirement(name, chosen[0].certainty if chosen else None)
