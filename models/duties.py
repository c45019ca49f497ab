"""Duties: which of them bear on one incident. Contracts come first, then laws, our own targets, and those added.

A duty is data (`models.duty`). What the playbooks say is taken here and given the names of the parties.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from models.counterparties import contract_of, owed_customers
from models.duty import US, Citation, Duty, Trigger, WorkedTime
from models.duty_ids import contract_duty, without_party
from models.incident import AddedDuty, Incident
from models.legal_duties import cited, owed_by_law
from models.moments import MomentName
from models.organisation import Organisation
from models.parties import Customer
from models.periods import Period, Unit
from models.playbook import ContractDuty, Rules, VendorPlaybook, WorkingTime
from models.vocabulary import Basis, Confidence


def duties_for(incident: Incident, rules: Rules, organisation: Organisation) -> tuple[Duty, ...]:
    """Return every duty that bears on an incident.

    A mere security incident (`personal_data` false) has none under contracts on personal data, and under the laws
    that are about such data. What a law owes for the incident itself, and what a person added, stands.
    """
    added = [_added(duty) for duty in incident.added_duties]
    known = [*owed_by_law(incident, rules, organisation)]
    if incident.personal_data is not False:
        owed = [*_owed_by_vendor(incident, rules), *_owed_to_customers(incident, rules, organisation)]
        known = [*owed, *known]
    return (*known, *_targets(known, organisation), *added)


def worked_time(terms: WorkingTime | None) -> WorkedTime | None:
    """Return what a contract says of its working days and hours as a value; None where it says nothing."""
    if terms is None:
        return None
    zone = ZoneInfo(terms.zone) if terms.zone else None
    opens, closes = terms.opens or time.min, terms.closes or time.min
    return WorkedTime(terms.country, terms.subdivision, zone, terms.saturdays, opens, closes)


def _owed_by_vendor(incident: Incident, rules: Rules) -> Iterator[Duty]:
    playbook = rules.vendors.get(incident.vendor.playbook or "") if incident.vendor else None
    if playbook is None:
        return
    for clause in playbook.duties:
        yield _contract_duty(playbook, clause, None)


def _owed_to_customers(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[Duty]:
    for customer in owed_customers(incident):
        playbook = rules.vendors.get(contract_of(customer, incident, organisation) or "")
        if playbook is not None:
            for clause in playbook.duties:
                yield _contract_duty(playbook, clause, customer)


def _contract_duty(playbook: VendorPlaybook, clause: ContractDuty, customer: Customer | None) -> Duty:
    """Name the parties of a clause: the vendor and us, or us and one of our customers."""
    duty = contract_duty(playbook.id, clause.clause, customer.id if customer else None)
    told = customer.name if customer else US
    return Duty(
        id=duty,
        title=f"We tell {told} {clause.about}" if customer else f"{playbook.name} tells us {clause.about}",
        debtor=US if customer else playbook.name,
        creditor=told,
        recipient="customer" if customer else "us",
        basis=Basis.CONTRACT,
        trigger=Trigger(MomentName.AWARE if customer else MomentName.VENDOR_AWARE),
        period=clause.period.as_period(),
        source=cited(playbook, clause.source),
        settled_under=duty,
        counting=clause.counting,
        worked=worked_time(clause.calendar),
        contents=tuple(content.text for content in clause.contents),
        promised=tuple(dict.fromkeys(fact for content in clause.contents for fact in content.facts)),
        notes=clause.notes,
    )


def _targets(known: list[Duty], organisation: Organisation) -> Iterator[Duty]:
    for duty in known:
        hours = organisation.targets.get(duty.id) or organisation.targets.get(without_party(duty.id))
        if hours is not None:
            yield replace(
                duty,
                id=f"policy:{duty.id}",
                title=f"{duty.title}: our own target",
                basis=Basis.POLICY,
                period=Period(Unit.HOURS, hours),
                counting=None,
                others=(),
                contents=(),
                promised=(),
                notes=("an internal target of ours, not a deadline",),
                source=Citation("our settings", f"targets.{duty.id}", Confidence.CHECKED),
            )


def _added(added: AddedDuty) -> Duty:
    body: dict[str, Any] = dict(added.body)
    duty = f"added:{added.number}"
    due_at = datetime.fromisoformat(body["due_at"]) if body.get("due_at") else None
    return Duty(
        id=duty,
        title=body["title"],
        debtor=body["from"],
        creditor=body["to"],
        recipient="other",
        basis=Basis(body["basis"]),
        trigger=Trigger(MomentName(body.get("trigger", MomentName.AWARE))),
        period=None if due_at else Period(Unit(body["period"]["unit"]), **_size(body["period"])),
        source=Citation(body["source"], body.get("place", ""), Confidence.CHECKED),
        settled_under=duty,
        fixed_due_at=due_at,
        dropped=added.dropped is not None,
    )


def _size(period: dict[str, Any]) -> dict[str, Any]:
    return {key: period[key] for key in ("amount", "phrase") if key in period}
