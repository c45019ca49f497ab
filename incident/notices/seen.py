"""What one recipient may see of an incident: its own part, with every other customer's name and figures hidden.

A notice is composed from what is left, so it cannot tell what it must not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from incident.notices.hiding import Hider, Mask, forms_of, without_legal_form
from models.disclosure import COUNTS, facts_for
from models.dossier import RecordedFact
from models.duty_ids import UNNAMED_CUSTOMER, customer_of
from models.incident import Incident
from models.organisation import Organisation
from models.parties import Customer

FREE_TEXTS = (
    "description",
    "discovery_circumstances",
    "date_comments",
    "systems_affected",
    "measures_before",
    "likely_consequences",
    "severity_reason",
    "measures_remedy",
    "measures_prevent",
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
"""The facts that hold whatever somebody wrote."""

COMMON = (*FREE_TEXTS, "countries", "data_categories", "special_categories", "subject_categories")
"""The facts that may be true of the incident, yet not of each customer."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The part of an incident that one recipient may see.

    Attributes:
        hidden: the names of the facts, or `title`, in which something was hidden.
        shared: what is told to several customers alike, though it may not be true of each.
    """

    incident: Incident
    hidden: tuple[str, ...]
    shared: tuple[str, ...] = ()

    @property
    def facts(self) -> Mapping[str, RecordedFact]:
        """The facts that the recipient may be told."""
        return self.incident.current_facts()


def seen_by_customer(incident: Incident, organisation: Organisation, customer: Customer, mask: Mask) -> Seen:
    """Return what one customer may see: nothing of the others, and its own figures only.

    While no customer is recorded, nobody knows whose the figures are: there are none then.
    """
    return seen_before_by_customer(incident, incident, organisation, customer, mask)


def seen_before_by_customer(
    then: Incident, incident: Incident, organisation: Organisation, customer: Customer, mask: Mask
) -> Seen:
    """Return what one customer may see of an incident as it stood earlier: what is hidden today is hidden there too.

    Args:
        then: the incident as it stood; a customer that was recorded later is one of the others all the same.
    """
    own_then = replace(customer, facts=then.facts_of(customer.id))
    facts = facts_for(replace(then, customers=incident.customers), organisation, own_then)
    if customer.id == UNNAMED_CUSTOMER:
        facts = {name: fact for name, fact in facts.items() if name not in COUNTS}
    others = [other for other in incident.customers if other.id != customer.id]
    names = (form for other in others for form in forms_of(other))
    figures = _figures_of_others(incident, customer) if others else frozenset()
    seen = _hidden(then, facts, Hider(names, forms_of(customer), figures, mask))
    shared = [name for name in COMMON if others and name in then.facts and name not in own_then.facts]
    own_part = replace(
        seen.incident,
        customers=() if customer.id == UNNAMED_CUSTOMER else (own_then,),
        filings=tuple(one for one in then.filings if customer_of(one.duty) in {None, customer.id}),
    )
    return replace(seen, incident=own_part, shared=tuple(shared))


def seen_by_vendor(incident: Incident, organisation: Organisation, mask: Mask) -> Seen:
    """Return what the party that owes us notice may see: everything but who our customers are."""
    names = (form for customer in incident.customers for form in forms_of(customer))
    hider = Hider(names, (organisation.name,), (), mask)
    seen = _hidden(incident, facts_for(incident, organisation, None), hider)
    return replace(seen, incident=replace(seen.incident, customers=()))


def seen_by_people(incident: Incident, organisation: Organisation, parties: Iterable[str], mask: Mask) -> Seen:
    """Return what the data subjects may see: no other party's name, no person's of ours, no figure of the file.

    Args:
        parties: the names of those who take part in the matter beside us and our customers.
    """
    facts = facts_for(incident, organisation, None)
    night = organisation.on_call
    people = (organisation.legal_representative, organisation.dpo, night.decision_maker, night.deputy, night.security)
    names = [form for customer in incident.customers for form in forms_of(customer)]
    names += [form for party in parties for form in (party, without_legal_form(party))]
    names += [person.name for person in people]
    hider = Hider(names, (organisation.name, organisation.breach_contact.name), _figures(_counts(incident.facts)), mask)
    seen = _hidden(incident, facts, hider)
    return replace(seen, incident=replace(seen.incident, customers=(), vendor=None, subprocessor=None))


def _hidden(incident: Incident, facts: Mapping[str, RecordedFact], hider: Hider) -> Seen:
    after = {name: _hidden_fact(name, fact, hider) for name, fact in facts.items()}
    changed = [name for name, fact in facts.items() if (fact.value, fact.why) != (after[name].value, after[name].why)]
    title, vendor, behind = hider.hide(incident.title), incident.vendor, incident.subprocessor
    if title != incident.title:
        changed.insert(0, "title")
    left = replace(
        incident,
        title=title,
        summary=hider.hide(incident.summary),
        facts={name: (fact,) for name, fact in after.items()},
        vendor=replace(vendor, name=hider.hide(vendor.name)) if vendor else None,
        subprocessor=replace(behind, name=hider.hide(behind.name)) if behind else None,
        decisions=tuple(replace(one, because=hider.hide(one.because)) for one in incident.decisions),
        notes=(),
        added_duties=(),
        drafts=(),
        links=(),
        tags=(),
        imported=None,
        entries=(),
    )
    return Seen(left, tuple(changed))


def _hidden_fact(name: str, fact: RecordedFact, hider: Hider) -> RecordedFact:
    value = hider.hide(fact.value) if name in FREE_TEXTS else fact.value
    return replace(fact, value=value, why=hider.hide(fact.why), source=None)


def _figures_of_others(incident: Incident, customer: Customer) -> frozenset[int]:
    """The figures of other customers and of all together, but for those that are the recipient's own too."""
    others = [other.facts for other in incident.customers if other.id != customer.id]
    theirs = {figure for facts in (*others, incident.facts) for figure in _figures(_counts(facts))}
    return frozenset(theirs - set(_figures(_counts(customer.facts))))


def _counts(facts: Mapping[str, tuple[RecordedFact, ...]]) -> list[Any]:
    return [fact.value for name in COUNTS for fact in facts.get(name, ())]


def _figures(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _figures(part)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value
