"""The parties of a breach: the vendor that owes us notice, who is behind it, the customers we owe notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.dossier import RecordedFact
from models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Vendor:
    """The party that owes us notice.

    Attributes:
        playbook: the id of its playbook, or None where no contract of it is known.
        name: as it was recorded, where it has no playbook.
    """

    playbook: str | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Subprocessor:
    """The party behind the vendor, where the breach began there; instants in UTC."""

    name: str
    aware: datetime | None = None
    told_vendor: datetime | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer that we owe notice to. Its facts are its own: no other customer ever sees them."""

    id: str
    name: str
    role: Role = Role.CONTROLLER
    contract: str | None = None
    contact: str | None = None
    language: str | None = None
    affected: bool = True
    facts: Mapping[str, tuple[RecordedFact, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the action is: it decides local time and, by country, public holidays."""

    country: str | None = None
    subdivision: str | None = None
    zone: str = "UTC"
