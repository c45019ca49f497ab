"""An incident's row, written anew with what was recorded."""

from datetime import datetime

from incident.board import board_row
from incident.in_force import InForce
from incident.look import look_at
from incident.store.protocol import Transaction
from models.clocks import still_owed
from models.incident import Incident
from models.journal import EntryKind, NewEntry
from models.replay import replay


def refresh(transaction: Transaction, reference: str, in_force: InForce, now: datetime) -> Incident:
    """Write an incident's row anew; a closed one that owes something again is opened, and says why.

    Args:
        now: when it is judged what is owed (UTC).
    """
    incident = replay(transaction.entries(reference))
    if incident.closing is not None and incident.erased_at is None:
        owed = still_owed(look_at(incident, in_force, now).clocks, incident.closing.despite)
        if owed:
            because = "what was recorded since leaves this owed: " + ", ".join(clock.duty.id for clock in owed)
            transaction.append(NewEntry(reference, EntryKind.REOPENED, {"because": because}))
            incident = replay(transaction.entries(reference))
    transaction.put_row(board_row(incident, in_force))
    return incident
