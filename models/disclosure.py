"""What may be said to whom: the facts that one notification can state."""

from datetime import datetime
from typing import Any

from models.dossier import RecordedFact
from models.incident import Incident
from models.organisation import Contact, Organisation
from models.parties import Customer
from models.vocabulary import Certainty

COUNTS = frozenset({"subjects_count", "records_count", "people_by_country", "informed_count"})
"""The facts that are figures: a customer is told its own, never the total over all customers."""


def facts_for(incident: Incident, organisation: Organisation, customer: Customer | None) -> dict[str, RecordedFact]:
    """Return the current facts that a notification may state.

    Where the recipient is one of our customers, its own facts come first, and the incident's figures are
    left out unless it is the only customer concerned.
    """
    facts = dict(incident.current_facts())
    if customer is not None:
        facts = {name: fact for name, fact in facts.items() if not told_apart(incident, name)}
        facts |= {name: history[-1] for name, history in customer.facts.items()}
    contact = contact_line(organisation.breach_contact)
    if contact and "contact_point" not in facts:
        facts["contact_point"] = _from_settings(contact, incident.opened_at)
    return facts


def told_apart(incident: Incident, fact: str) -> bool:
    """True for a figure where several customers are concerned: each is told its own, and none the total."""
    return fact in COUNTS and len(incident.customers) > 1


def contact_line(contact: Contact) -> str:
    """Write a contact on one line: name, function, e-mail, telephone, as far as they are known."""
    if not contact.reachable:
        return ""
    return ", ".join(part for part in (contact.name, contact.function, contact.email, contact.phone) if part)


def _from_settings(value: Any, recorded_at: datetime) -> RecordedFact:
    return RecordedFact(value, Certainty.KNOWN, "our settings", recorded_at, "settings")
