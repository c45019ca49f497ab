"""One incident as its row on the board: a projection of the journal that can be made again at any time."""

from incident.in_force import InForce
from incident.store.protocol import BoardRow
from models.clocks import Clock, clock, next_clock
from models.counterparties import vendor_name
from models.disclosure import facts_for
from models.dossier import Completeness, completeness
from models.duty import US, Duty
from models.incident import Incident
from models.search_text import search_text
from models.vocabulary import ClockState


def board_row(incident: Incident, in_force: InForce) -> BoardRow:
    """Return an incident's row. Nothing in it depends on the clock."""
    duties = in_force.duties_of(incident)
    clocks = [clock(duty, incident, incident.last_action_at) for duty in duties]
    upcoming = next_clock(clocks) if incident.closing is None else None
    filled = file_completeness(incident, in_force, duties, upcoming)
    decision = incident.decision
    return BoardRow(
        reference=incident.reference,
        external_ref=incident.external_ref,
        title=incident.title,
        vendor=(incident.vendor.playbook or incident.vendor.name) if incident.vendor else None,
        role=incident.role,
        state="open" if incident.closing is None else "closed",
        next_duty=upcoming.duty.id if upcoming else None,
        next_due_at=upcoming.due_at if upcoming else None,
        next_due_soon_at=upcoming.due_soon_at if upcoming else None,
        next_undated_state=_undated_state(upcoming),
        next_basis=upcoming.duty.basis.value if upcoming else None,
        next_parties=parties(upcoming.duty) if upcoming else None,
        answered=filled.answered,
        required=filled.required,
        risk=_risk(incident) if decision else None,
        search_text=search_text(incident, vendor_name(incident, in_force.rules)),
    )


def file_completeness(
    incident: Incident, in_force: InForce, duties: tuple[Duty, ...], upcoming: Clock | None
) -> Completeness:
    """Hold the file against the next notification of ours."""
    asked = file_duty(duties, upcoming)
    if asked is None:
        return Completeness(())
    customer = incident.customer(asked.customer)
    return completeness(asked.requires, facts_for(incident, in_force.organisation, customer))


def file_duty(duties: tuple[Duty, ...], upcoming: Clock | None) -> Duty | None:
    """Return the duty whose notification the file is filled in for: the next clock's own, else the first of ours."""
    ours = [upcoming.duty] if upcoming else []
    return next((duty for duty in [*ours, *duties] if duty.requires and duty.debtor == US), None)


def parties(duty: Duty) -> str:
    """Say who tells whom."""
    return f"{'we' if duty.debtor == US else duty.debtor} → {duty.creditor}"


def _undated_state(upcoming: Clock | None) -> str | None:
    if upcoming is None or upcoming.due_at is not None:
        return None
    return ClockState.WAITING.value if upcoming.state is ClockState.WAITING else ClockState.OPEN.value


def _risk(incident: Incident) -> str | None:
    decision = incident.decision
    if decision is None:
        return None
    return decision.risk.value if decision.risk else "not-a-breach"
