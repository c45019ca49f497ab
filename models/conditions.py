"""What a duty depends on, and whether a person has decided it. Undecided duties alarm all the same. Pure."""

from dataclasses import dataclass
from typing import Literal

from models.duty import Duty
from models.exemptions import Ground
from models.incident import Incident
from models.moments import MomentName
from models.vocabulary import ConditionState, Risk, SubjectsInformedStatus

EXEMPTIONS = frozenset(ground.value for ground in Ground if ground.frees)
"""Why data subjects need not be told: Art. 34(3)(a), (b) GDPR, or Art. 23. Point (c) is a substitute only."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a duty depends on, and whether that has been decided. `art-95`: whether another law covers the data.

    Attributes:
        ground: in words, the ground of Art. 34(3) GDPR that is relied on; empty without one.
    """

    needs: Literal["risk", "high-risk", "classified", "breach", "art-95"]
    state: ConditionState
    ground: str = ""


def condition(duty: Duty, incident: Incident) -> Condition | None:
    """What a duty depends on; one that a person added stands whatever is decided of the breach."""
    if duty.recipient == "other":
        return Condition("breach", ConditionState.NOT_MET) if duty.dropped else None
    if duty.of_incident:
        return _decided(duty, incident)
    decision = incident.decision
    if decision is not None and not decision.breach:
        return Condition(duty.needs or "breach", ConditionState.NOT_MET)
    decided = _decided(duty, incident)
    if duty.covered_by is None or (decided is not None and decided.state is ConditionState.NOT_MET):
        return decided
    if incident.covered_elsewhere is None:
        return Condition("art-95", ConditionState.UNDECIDED)
    return Condition("art-95", ConditionState.NOT_MET) if incident.covered_elsewhere else decided


def _decided(duty: Duty, incident: Incident) -> Condition | None:
    needs, decision = duty.needs, incident.decision
    if needs is None:
        return None
    if needs == "classified":
        classified = incident.instant(MomentName.CLASSIFIED) is not None
        return Condition(needs, ConditionState.MET if classified else ConditionState.UNDECIDED)
    if decision is None:
        return Condition(needs, ConditionState.UNDECIDED)
    if needs == "risk":
        met = decision.risk is not Risk.UNLIKELY
        return Condition(needs, ConditionState.MET if met else ConditionState.NOT_MET)
    if decision.risk is not Risk.HIGH:
        return Condition(needs, ConditionState.NOT_MET)
    if duty.recipient != "subjects":
        return Condition(needs, ConditionState.MET)
    ground = incident.exemption.relied.words if incident.exemption else ""
    return Condition(needs, ConditionState.NOT_MET if _exempt(incident) else ConditionState.MET, ground)


def public_instead(incident: Incident) -> bool:
    """True where data subjects are told by a public communication or similar measure (Art. 34(3)(c) GDPR)."""
    reason = incident.current_facts().get("not_informed_reason")
    return reason is not None and reason.value == Ground.PUBLIC


def _exempt(incident: Incident) -> bool:
    facts = incident.current_facts()
    reason, status = facts.get("not_informed_reason"), facts.get("subjects_informed_status")
    decided = status is not None and status.value == SubjectsInformedStatus.NOT_INFORMED
    return decided and reason is not None and reason.value in EXEMPTIONS
