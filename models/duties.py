"""Duties: who must tell whom, from which moment, within which period, on which source.

A duty is data. `duties_for` takes the playbooks' duties that bear on one incident and names the parties.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from models.duty_ids import UNNAMED_CUSTOMER, contract_duty, customer_of, for_customer
from models.incident import AddedDuty, Incident
from models.moments import MomentName, moment_words
from models.organisation import Organisation
from models.parties import Customer
from models.periods import CountingRule, Period, Unit
from models.playbook import ContractDuty, LegalDuty, Playbook, RegimePlaybook, Rules, VendorPlaybook
from models.sourced import Source
from models.vocabulary import Basis, Confidence

US = "us"
Recipient = Literal["us", "customer", "authority", "subjects", "register", "other"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a duty stands, ready to be shown."""

    document: str
    place: str
    confidence: Confidence
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a duty runs from: a moment, or a filing under another duty (`incomplete`: only such a one)."""

    moment: MomentName | None = None
    filing: str | None = None
    incomplete: bool = False

    @property
    def name(self) -> str:
        """The moment's name, or `filed:<duty>`."""
        return self.moment.value if self.moment else f"filed:{self.filing}"

    @property
    def words(self) -> str:
        """The same for people."""
        return moment_words(self.moment) if self.moment else f"notified under {self.filing}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty between named parties.

    Attributes:
        debtor: who must tell; `us` is ourselves.
        creditor: who must be told.
        recipient: what kind of party the creditor is: it decides what settles the duty.
        period: None where the duty names a date of its own, `fixed_due_at` (UTC).
        needs: `risk` or `high-risk` where the duty depends on the risk decision.
        contents: what the notice must bring with it, in words.
        requires: the facts that the notice must state; alternatives joined by `|`.
        settled_under: the duty whose notifications settle this one: itself, but for an internal target.
        dropped: a person added it, and dropped it again with a reason.
    """

    id: str
    title: str
    debtor: str
    creditor: str
    recipient: Recipient
    basis: Basis
    trigger: Trigger
    period: Period | None
    source: Citation
    settled_under: str
    counting: CountingRule | None = None
    needs: Literal["risk", "high-risk"] | None = None
    contents: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed_due_at: datetime | None = None
    dropped: bool = False

    @property
    def customer(self) -> str | None:
        """The id of the customer it is owed to, or None."""
        return customer_of(self.settled_under)


def duties_for(incident: Incident, rules: Rules, organisation: Organisation) -> tuple[Duty, ...]:
    """Return every duty that bears on an incident: contracts first, then laws, our targets, and those added.

    A mere security incident (`personal_data` false) has none but those a person added.
    """
    added = [_added(duty) for duty in incident.added_duties]
    if incident.personal_data is False:
        return tuple(added)
    known = [
        *_owed_by_vendor(incident, rules),
        *_owed_to_customers(incident, rules, organisation),
        *_owed_by_law(incident, rules, organisation),
    ]
    return (*known, *_targets(known, organisation), *added)


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
        source=_cited(playbook, clause.source),
        settled_under=duty,
        counting=clause.counting,
        contents=tuple(content.text for content in clause.contents),
        notes=clause.notes,
    )


def _owed_by_law(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[Duty]:
    day = judged_on(incident)
    for regime in rules.regimes.values():
        if regime.applies == "named" and regime.id not in incident.regimes:
            continue
        for rule in regime.duties:
            in_force = rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
            if in_force and incident.role in rule.roles and _arises(rule, incident):
                yield from _legal_duties(regime, rule, incident, rules, organisation)


def judged_on(incident: Incident) -> date:
    """The law is that of the awareness, not of today: its local day, or that of the opening while unknown."""
    known = [incident.instant(name) for name in (MomentName.AWARE, MomentName.VENDOR_TOLD_US)]
    aware = min((instant for instant in known if instant), default=incident.opened_at)
    return aware.astimezone(incident.zone).date()


def _arises(rule: LegalDuty, incident: Incident) -> bool:
    """What is owed after an incomplete notification exists only once one was made."""
    if not rule.trigger.incomplete:
        return True
    return any(not filing.complete for filing in incident.filings_under(rule.trigger.filing or ""))


def _legal_duties(
    regime: RegimePlaybook, rule: LegalDuty, incident: Incident, rules: Rules, organisation: Organisation
) -> Iterator[Duty]:
    debtor = vendor_name(incident, rules) if rule.debtor == "vendor" else US
    if debtor is None:
        return
    if rule.creditor == "customer":
        for customer in owed_customers(incident):
            yield _legal_duty(regime, rule, debtor, customer.name, customer.id)
        return
    names = {
        "us": US,
        "authority": authority_name(organisation, rules),
        "subjects": "data subjects",
        "register": "our register",
    }
    yield _with_complement(_legal_duty(regime, rule, debtor, names[rule.creditor], None), rules, organisation)


def _legal_duty(regime: RegimePlaybook, rule: LegalDuty, debtor: str, creditor: str, customer: str | None) -> Duty:
    title = rule.title.replace("{from}", "we" if debtor == US else debtor).replace("{to}", creditor)
    duty = for_customer(rule.id, customer)
    return Duty(
        id=duty,
        title=title[:1].upper() + title[1:],
        debtor=debtor,
        creditor=creditor,
        recipient=rule.creditor,
        basis=rule.basis,
        trigger=_legal_trigger(rule),
        period=rule.period.as_period(),
        source=_cited(regime, rule.source),
        settled_under=duty,
        counting=rule.counting,
        needs=rule.condition,
        requires=rule.requires,
        notes=rule.notes,
    )


def _legal_trigger(rule: LegalDuty) -> Trigger:
    moment = rule.trigger.moment
    if rule.debtor == "vendor" and moment is MomentName.AWARE:
        moment = MomentName.VENDOR_AWARE
    return Trigger(moment, rule.trigger.filing, rule.trigger.incomplete)


def _with_complement(duty: Duty, rules: Rules, organisation: Organisation) -> Duty:
    """Give a duty the competent authority's own indicative time, where it has one."""
    authority = rules.authorities.get(organisation.authority or "")
    if authority is None or authority.complement is None or authority.complement.duty != duty.id:
        return duty
    return replace(
        duty,
        basis=Basis.AUTHORITY,
        period=authority.complement.period.as_period(),
        source=_cited(authority, authority.complement.source),
    )


def _targets(known: list[Duty], organisation: Organisation) -> Iterator[Duty]:
    for duty in known:
        hours = organisation.targets.get(duty.id) or organisation.targets.get(duty.id.partition("@")[0])
        if hours is not None:
            yield replace(
                duty,
                id=f"policy:{duty.id}",
                title=f"{duty.title}: our own target",
                basis=Basis.POLICY,
                period=Period(Unit.HOURS, hours),
                counting=None,
                contents=(),
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


def _cited(playbook: Playbook, source: Source) -> Citation:
    document = playbook.document(source.document)
    return Citation(document.title, source.place, source.confidence, playbook.checked_on(source))
