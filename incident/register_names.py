"""The register without names: those that the record knows are taken out, and mail addresses with them."""

import re
from collections.abc import Iterable, Iterator

from incident.look import Look
from incident.notices.hiding import Hider, Mask, forms_of, without_legal_form
from incident.register import entry, register_looks

LEFT_OUT = "[name left out]"
NAMES = ("vendor", "decided_by")
"""The columns that are nothing but a name."""

TEXTS = (
    *("title", "facts", "effects", "remedial_action", "decision_reasons", "dpo_advice", "delay_reasons"),
    "not_informed_reason",
)
"""The columns that hold whatever somebody wrote."""

NOBODY = "unknown"
"""Who records where the machine names nobody: a word, and no name."""

_WORD = r"[^\s<>,;:()\"']"
_ADDRESS = re.compile(rf"(?<!{_WORD}){_WORD}+@{_WORD}+")
"""Begins where a word does: else every sign of a long word without an at-sign would be tried."""


def anonymous_rows(looks: Iterable[Look]) -> list[dict[str, str]]:
    """Return the register's entries without the names that the record knows: parties, customers, who decided.

    A name that stands in a text only cannot be known: a person reads the texts before they are passed on.
    """
    return [_anonymous(look) for look in register_looks(looks)]


def _anonymous(look: Look) -> dict[str, str]:
    row, hider = entry(look), Hider(_names(look), (), (), Mask(LEFT_OUT, LEFT_OUT))
    hidden = {column: LEFT_OUT for column in NAMES if row[column]}
    return row | hidden | {column: hider.hide(_ADDRESS.sub(LEFT_OUT, row[column])) for column in TEXTS}


def _names(look: Look) -> Iterator[str]:
    """Yield what names a party or a person, in every form."""
    incident, organisation = look.incident, look.in_force.organisation
    vendor, behind = incident.vendor, incident.subprocessor
    contacts = (organisation.dpo, organisation.contact_point)
    parties = [look.vendor, vendor.playbook if vendor else None, behind.name if behind else None, organisation.name]
    deciding = [*(one.by for one in incident.decisions), *(one.by for one in incident.exemptions)]
    people = [*(name for name in deciding if name != NOBODY), *(contact.name for contact in contacts)]
    for name in (*parties, *people, *(note.party for note in incident.notes)):
        if name:
            yield from (name, without_legal_form(name))
    for customer in incident.customers:
        yield from forms_of(customer)
    for fact in incident.facts.get("other_parties", ()):
        yield from (party["name"] for party in fact.value or () if party.get("name"))
