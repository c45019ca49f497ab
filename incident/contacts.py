"""Who to reach tonight: the vendor's and our own contacts, by role, and what is not known of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from incident.look import Look
from models.authority import AuthorityPlaybook
from models.counterparties import owed_customers
from models.organisation import Contact, Organisation

NOT_SET = "not in the settings; run: incident init"


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach somebody.

    Attributes:
        role: whom one reaches.
        ways: name, function, e-mail, telephone or portal, as far as they are known.
        note: what it is good for, or what to do where none is known.
    """

    role: str
    ways: tuple[str, ...]
    note: str = ""


Group = tuple[str, tuple[Reach, ...]]


def contacts(look: Look) -> tuple[Group, ...]:
    """Return who to reach in an incident: vendor, ourselves, whom we must tell. Empty groups are left out."""
    ours = look.in_force.organisation
    found: list[Group] = [
        (look.vendor or "vendor", tuple(_vendor(look))),
        ("ours", tuple(_ours(ours))),
        ("authority", tuple(_authority(look, ours))),
        ("customers", tuple(_customers(look))),
    ]
    return tuple((title, group) for title, group in found if group)


def _vendor(look: Look) -> Iterator[Reach]:
    vendor = look.incident.vendor
    if vendor is None:
        return
    playbook = look.in_force.rules.vendors.get(vendor.playbook or "")
    if playbook is None:
        yield Reach("contact", (), "no playbook: look in the contract, and record what you find as a note")
        return
    if playbook.first_step:
        yield Reach("at once", (playbook.first_step,))
    for one in playbook.contacts:
        yield Reach(one.role, (one.email,), one.use)
    if not playbook.contacts:
        yield Reach("contact", (), "no contact known: its documents name none")


def _ours(ours: Organisation) -> Iterator[Reach]:
    on_call = ours.on_call
    roles = (
        ("DPO", ours.dpo),
        ("decision-maker", on_call.decision_maker),
        ("deputy", on_call.deputy),
        ("security", on_call.security),
        ("insurer", on_call.insurer),
        ("CSIRT", on_call.csirt),
    )
    yield from (_reach(role, contact) for role, contact in roles)
    if ours.contact_point.reachable:
        yield _reach("contact point", ours.contact_point)


def _reach(role: str, contact: Contact) -> Reach:
    if not contact.reachable:
        return Reach(role, (), NOT_SET)
    return Reach(role, tuple(part for part in (contact.name, contact.function, contact.email, contact.phone) if part))


def _authority(look: Look, ours: Organisation) -> Iterator[Reach]:
    if not look.incident.role.decides:
        return
    playbook: AuthorityPlaybook | None = look.in_force.rules.authorities.get(ours.authority or "")
    if playbook is None:
        yield Reach(ours.authority or "competent authority", (), "no form known of it" if ours.authority else NOT_SET)
        return
    yield Reach(playbook.name, (playbook.portal,), playbook.channel)


def _customers(look: Look) -> Iterator[Reach]:
    for customer in owed_customers(look.incident):
        ways = (customer.contact,) if customer.contact else ()
        yield Reach(customer.name, ways, "" if ways else "no contact recorded")
