"""Answers about who we are, whom to reach, and who else is involved."""

from dataclasses import replace
from typing import Any

from incident.notices.filling import Filling
from incident.notices.items import one_line
from incident.notices.notice import Item
from models.counterparties import vendor_name
from models.organisation import Contact
from models.vocabulary import Certainty


def organisation(path: str, filling: Filling) -> Item:
    """Answer with one of the settings, by its dotted path."""
    value: Any = filling.case.organisation
    for step in path.split("."):
        value = getattr(value, step)
    if not value:
        return filling.missing()
    country = path.endswith(("country", "main_establishment"))
    return filling.known(filling.wording.country(value) if country else str(value), value)


def address(_: str, filling: Filling) -> Item:
    """Answer with our postal address, a line each part."""
    return _lines(_address(filling), filling)


def identifier(_: str, filling: Filling) -> Item:
    """Answer with the company number, or else the VAT number."""
    ours = filling.case.organisation
    number = ours.company_number or ours.vat_number
    return filling.known(number, number) if number else filling.missing()


def identifier_type(_: str, filling: Filling) -> Item:
    """Answer with which number `identifier` is."""
    ours = filling.case.organisation
    if not (ours.company_number or ours.vat_number):
        return filling.missing()
    return filling.key("company_number" if ours.company_number else "vat_number")


def contact(part: str, filling: Filling) -> Item:
    """Answer with the contact of Art. 33(3)(b), from the settings; one recorded for this incident stands beside it."""
    person = filling.case.organisation.breach_contact
    value = str(getattr(person, part))
    if part == "function" and not value and contact_role_key(filling) == "dpo":
        value = filling.wording.phrase("data_protection_officer")
    item = filling.known(value, value) if value else filling.missing()
    recorded = filling.facts.get("contact_point")
    if part != "name" or recorded is None or not recorded.value:
        return item
    return replace(item, remarks=(filling.wording.phrase("recorded_contact", contact=str(recorded.value)),))


def contact_role(_: str, filling: Filling) -> Item:
    """Answer with what the contact of Art. 33(3)(b) is: the DPO, the legal representative, or somebody else."""
    key = contact_role_key(filling)
    return filling.key(key) if key else filling.missing()


def contact_role_key(filling: Filling) -> str | None:
    """Return `dpo`, `legal_representative` or `other`; None while there is no contact."""
    ours = filling.case.organisation
    person = ours.breach_contact
    if not person.reachable:
        return None
    if person == ours.dpo:
        return "dpo"
    return "legal_representative" if person == ours.legal_representative else "other"


def further_contact(_: str, filling: Filling) -> Item:
    """Answer with who knows more: the contact recorded for this incident, else the one of the settings."""
    recorded = filling.facts.get("contact_point")
    role = contact_role_key(filling)
    if recorded is not None and recorded.value:
        return filling.key("other")
    if role is None:
        return filling.missing()
    return filling.key("dpo" if role == "dpo" else "reporting_person")


def reach(whom: str, filling: Filling) -> Item:
    """Answer with how to reach us: `organisation` (address first), `contact` or `dpo`."""
    ours = filling.case.organisation
    people: dict[str, Contact] = {"organisation": ours.contact_point, "contact": ours.breach_contact, "dpo": ours.dpo}
    person = people[whom]
    if whom == "organisation" and not person.reachable:
        person = ours.breach_contact
    ways = [way for way in (person.email, person.phone) if way]
    return _lines([*(_address(filling) if whom == "organisation" else []), *ways], filling)


def dpo_designated(_: str, filling: Filling) -> Item:
    """Yes where the settings name a data protection officer; that they name none does not make it a no."""
    officer = filling.case.organisation.dpo
    if not (officer.name or officer.reachable):
        return filling.missing()
    return filling.known(filling.wording.phrase("yes"), filling.wording.phrase("yes"))


def other_bodies(_: str, filling: Filling) -> Item:
    """Answer with the vendor, who stands behind it, and the other parties that were recorded, a line each."""
    bodies = _bodies(filling)
    if not bodies:
        return filling.missing()
    lines = (", ".join(one_line(body[key]) for key in ("name", "role", "contact") if body.get(key)) for body in bodies)
    return replace(filling.known("\n".join(lines), bodies), block=True)


def other_bodies_involved(_: str, filling: Filling) -> Item:
    """Yes where any is known; no only where somebody stated that there is none."""
    if _bodies(filling):
        return filling.yes()
    stated = filling.facts.get("other_parties")
    none = stated is not None and (stated.certainty is Certainty.NOT_APPLICABLE or stated.value == [])
    return filling.no() if none else filling.missing()


def bodies(part: str, filling: Filling) -> Item:
    """Answer with the `role` or the `contact` of each other body, as far as they are known, a line each."""
    said = [(one_line(body["name"]), one_line(body.get(part) or "")) for body in _bodies(filling)]
    lines = [filling.wording.phrase("labelled", label=name, text=text) for name, text in said if text]
    return _lines(lines or _nobody(filling), filling)


def bodies_by_name(_: str, filling: Filling) -> Item:
    """Answer with the names of the other bodies, one entry each."""
    names = [one_line(body["name"]) for body in _bodies(filling)] or _nobody(filling)
    return filling.known(filling.wording.listed(names), names) if names else filling.missing()


def _nobody(filling: Filling) -> list[str]:
    """Return words for a form that wants an answer though somebody stated that nobody else is involved."""
    none = other_bodies_involved("", filling).value is False
    return [filling.wording.phrase("not_applicable")] if none else []


def _bodies(filling: Filling) -> list[dict[str, str]]:
    incident, wording = filling.case.incident, filling.wording
    vendor = vendor_name(incident, filling.case.rules)
    found = [{"name": vendor, "role": wording.phrase("processor")}] if vendor else []
    if incident.subprocessor:
        found.append({"name": incident.subprocessor.name, "role": wording.phrase("sub_processor")})
    recorded = filling.facts.get("other_parties")
    return [*found, *(recorded.value if recorded and recorded.value else [])]


def _address(filling: Filling) -> list[str]:
    address = filling.case.organisation.address
    place = " ".join(part for part in (address.postcode, address.city) if part)
    country = filling.wording.country(address.country) if address.country else ""
    return [part for part in (address.street, place, country) if part]


def _lines(lines: list[str], filling: Filling) -> Item:
    return filling.known("\n".join(lines), "\n".join(lines)) if lines else filling.missing()
