"""The parties of one incident by name, and where the people concerned are."""

from collections.abc import Mapping
from typing import Any

from models.duty_ids import UNNAMED_CUSTOMER
from models.incident import Incident
from models.organisation import Organisation
from models.parties import Customer
from models.playbook import Rules


def vendor_name(incident: Incident, rules: Rules) -> str | None:
    """Return the name of the party that owes us notice, or None where nobody else is involved."""
    if incident.vendor is None:
        return None
    if incident.vendor.playbook is None:
        return incident.vendor.name
    playbook = rules.vendors.get(incident.vendor.playbook)
    return playbook.name if playbook else incident.vendor.playbook


def owed_customers(incident: Incident) -> tuple[Customer, ...]:
    """Return the customers we owe notice to; while none is recorded, one stands for all: the clock runs."""
    if incident.role.decides:
        return ()
    if not incident.customers:
        return (Customer(UNNAMED_CUSTOMER, "our customers (none recorded yet)"),)
    return tuple(customer for customer in incident.customers if customer.affected)


def contract_of(customer: Customer, incident: Incident, organisation: Organisation) -> str | None:
    """Return the playbook id of the contract under which a customer is owed notice, or None."""
    return customer.contract or incident.contract or organisation.contract


def authority_name(organisation: Organisation, rules: Rules) -> str:
    """Return the competent authority's short name, or words for it while the settings name none."""
    playbook = rules.authorities.get(organisation.authority or "")
    if playbook:
        return playbook.name
    return organisation.authority or "the competent supervisory authority"


def people_by_country(incident: Incident) -> dict[str, str]:
    """Return the countries of the people concerned, each with how many in words, empty where nobody said."""
    facts = incident.current_facts()
    listed, counted = facts.get("countries"), facts.get("people_by_country")
    people = dict.fromkeys(listed.value, "") if listed and listed.value else {}
    if counted and counted.value:
        people |= {country: _count_words(count) for country, count in counted.value.items()}
    return people


def _count_words(count: Mapping[str, Any]) -> str:
    if count.get("unknown"):
        return "number not known yet"
    number = count["value"] if "value" in count else f"{count.get('min', 0)} to {count.get('max', '?')}"
    return f"{'about ' if count.get('approximate') else ''}{number} people"
