"""The scale by which vendors' playbooks are graded: the shape of `playbooks/readiness.toml`. Ours, no law."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.sourced import File, Words


class Severity(StrEnum):
    """How much a finding costs, the worst first."""

    SEVERE = "severe"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Check(StrEnum):
    """What is looked for in a playbook."""

    NO_CLAUSE = "no-clause"
    NO_NUMBER = "no-number"
    BEST_EFFORT = "best-effort"
    FROM_CONFIRMATION = "from-confirmation"
    FROM_DISCOVERY = "from-discovery"
    FROM_UNSTATED = "from-unstated"
    WORKING_TIME = "working-time"
    LONG = "long"
    ONLY_CONFIRMED = "only-confirmed"
    NO_CHANNEL = "no-channel"
    NO_ADDRESS = "no-address"
    MAILBOX_NOT_OURS = "mailbox-not-ours"
    NO_CONTACT = "no-contact"
    NO_CONTENTS = "no-contents"
    CONTENTS_LATER = "contents-later"
    TELLS_AUTHORITY = "tells-authority"
    TELLS_SUBJECTS = "tells-subjects"
    BINDS_US = "binds-us"
    CLAUSE_UNCONFIRMED = "clause-unconfirmed"
    FACTS_UNCONFIRMED = "facts-unconfirmed"
    OLD = "old"
    GAP = "gap"


class Cost(File):
    """What a finding costs us, in a responder's words, and what to ask the vendor for."""

    severity: Severity
    title: Words
    why: Words
    ask: Words


class Grade(File):
    """A grade, and at most how many findings of each severity it allows; low ones never count."""

    grade: Words
    means: Words
    severe: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)]
    medium: Annotated[int, Field(ge=0)]


class Scale(File):
    """By what playbooks are graded: a rule of ours, no law.

    Attributes:
        about: says so.
        long_after_hours: a time longer than this is found long.
        old_after_days: a document read longer ago than this is found old.
        grades: the best first; the last takes what no other does.
    """

    about: Words
    long_after_hours: Annotated[int, Field(gt=0)]
    old_after_days: Annotated[int, Field(gt=0)]
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    findings: Mapping[Check, Cost]

    @model_validator(mode="after")
    def _every_check_has_its_cost(self) -> Self:
        missing = [check.value for check in Check if check not in self.findings]
        if missing:
            raise ValueError(f"findings: {', '.join(missing)}: is required")
        return self
