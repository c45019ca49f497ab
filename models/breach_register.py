"""What the register of personal data breaches holds of one incident (Art. 33(5) GDPR). Pure.

A row of the register and the entry that is written of one incident are made from the same answers.
"""

from collections.abc import Iterable

from models.clocks import Clock
from models.duty import Recipient
from models.ends import Candidate
from models.incident import Incident
from models.vocabulary import Basis

EFFECTS = ("likely_consequences", "consequences")
"""The facts that tell the effects of the breach, in the order in which they are told."""

REMEDIAL_ACTION = ("measures_remedy", "measures_prevent")
"""The facts that tell the remedial action, likewise."""


def belongs_in_register(incident: Incident) -> bool:
    """True for a personal data breach of ours: not what we process for others, not what was decided to be none."""
    decision = incident.decision
    not_a_breach = decision is not None and not decision.breach
    return incident.role.decides and incident.personal_data is not False and not not_a_breach


def owed_first(clocks: Iterable[Clock], recipient: Recipient) -> tuple[Clock, ...]:
    """Return the clocks by which a kind of recipient is first told: no later instalment, no target of ours."""
    return tuple(
        clock
        for clock in clocks
        if clock.duty.recipient == recipient and not clock.duty.trigger.filing and clock.duty.basis is not Basis.POLICY
    )


def awareness(clocks: Iterable[Clock]) -> Candidate | None:
    """Return the instant from which the authority's time is counted, stated or presumed; None while there is none."""
    first = next(iter(owed_first(clocks, "authority")), None)
    return first.trigger if first else None


def reasons_given(incident: Incident) -> str:
    """Return the reasons that were recorded with notifications, each once."""
    return " / ".join(dict.fromkeys(filing.because for filing in incident.filings if filing.because))
