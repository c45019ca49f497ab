"""A look at one incident: what is known, every clock at one instant, and what is still missing."""

from dataclasses import dataclass
from datetime import datetime

from incident.board import file_completeness
from incident.in_force import InForce
from models.checks import rule_warnings, warnings
from models.clocks import Clock, clock, next_clock
from models.counterparties import vendor_name
from models.dossier import Completeness
from models.gaps import gaps
from models.incident import Incident


@dataclass(frozen=True, slots=True)
class Look:
    """One incident at one instant.

    Attributes:
        now: when the clocks were judged (UTC).
        completeness: the file against the next notification of ours.
        gaps: what nobody has told us about the rules (no contract known, documents that keep silent).
        warnings: what looks wrong in what was recorded.
    """

    incident: Incident
    in_force: InForce
    now: datetime
    clocks: tuple[Clock, ...]
    completeness: Completeness
    gaps: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def vendor(self) -> str | None:
        """The name of the party that owes us notice."""
        return vendor_name(self.incident, self.in_force.rules)

    def completeness_for(self, customer: str) -> Completeness:
        """Hold the file against the next notification that one customer is owed; without one, nothing is required."""
        clocks = tuple(clock for clock in self.clocks if clock.duty.customer == customer)
        upcoming = next_clock(clocks) if self.incident.closing is None else None
        return file_completeness(self.incident, self.in_force, tuple(clock.duty for clock in clocks), upcoming)


def look_at(incident: Incident, in_force: InForce, now: datetime) -> Look:
    """Judge every clock of an incident at `now` (UTC)."""
    duties = in_force.duties_of(incident)
    clocks = tuple(clock(duty, incident, now) for duty in duties)
    upcoming = next_clock(clocks) if incident.closing is None else None
    return Look(
        incident=incident,
        in_force=in_force,
        now=now,
        clocks=clocks,
        completeness=file_completeness(incident, in_force, duties, upcoming),
        gaps=gaps(incident, in_force.rules, in_force.organisation),
        warnings=(*warnings(incident, now), *rule_warnings(incident, in_force.rules, in_force.organisation, clocks)),
    )
