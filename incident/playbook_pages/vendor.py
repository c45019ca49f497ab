"""What one vendor's documents say of breaches, as a page: first what to do, then what is owed, then the rest."""

from collections.abc import Iterator

from incident.playbook_pages.citations import aside, cited, unless_checked
from incident.playbook_pages.layout import Paragraph, item, labelled, paragraph, section
from incident.playbook_pages.words import (
    BOUND_WORDS,
    COUNTING_WORDS,
    LIMIT_WORDS,
    SCOPE_WORDS,
    TOLD_PAST_US,
    TRIGGER_WORDS,
    term,
    term_in_full,
)
from models.duty_ids import contract_duty
from models.playbook import ContractDuty, VendorFact, VendorPlaybook

CONTENTS_STAY_OWED = "Told in time without its contents, a notice is not complete: they stay owed."
BESIDE_THE_CONTRACT = "Beside the contract stands Art. 33(2) GDPR: without undue delay, whatever the contract says."
NO_CONTRACT = (
    "The documents that were read promise no notice. Art. 33(2) GDPR stands alone: without undue delay, no number. "
    "A shorter term may exist in a document that was not read."
)


def vendor_page(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    """Write the page of one vendor, below its name."""
    yield from paragraph(vendor.does)
    if vendor.first_step is not None:
        yield from section("First step", paragraph(vendor.first_step, "  "))
    yield from section("When there is a breach", _duties(vendor))
    yield from section("What else binds", _constraints(vendor))
    yield from section("Whom it may tell past us", _own_notices(vendor))
    yield from section("Contacts", _contacts(vendor))
    yield from section("Sub-processors that are named", _subprocessors(vendor))
    yield from section("Good to know", _facts(vendor, vendor.facts))
    yield from section("Suggestions, to confirm in each incident: never an answer", _suggestions(vendor))
    yield from section("What the documents do not say, and what to ask", _gaps(vendor))
    yield from section("Numbers that are not the breach clock", _other_terms(vendor))
    yield from section("Home authority", _home_authority(vendor))
    yield from section("Governing law", _governing_law(vendor))


def _duties(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for duty in vendor.duties:
        yield from _duty(vendor, duty)
    if any(duty.contents for duty in vendor.duties):
        yield from paragraph(CONTENTS_STAY_OWED, "  ")
    yield from paragraph(BESIDE_THE_CONTRACT if vendor.duties else NO_CONTRACT, "  ")
    if vendor.inquiries is not None:
        yield from paragraph(f"Our questions rest on: {cited(vendor, vendor.inquiries)}", "  ")


def _duty(vendor: VendorPlaybook, duty: ContractDuty) -> Iterator[Paragraph]:
    named = contract_duty(vendor.id, duty.clause)
    yield from paragraph(f"{vendor.name} tells its customer {duty.about}  [{named}]", "  ")
    yield from labelled("deadline", term_in_full(duty.period))
    if duty.aim is not None:
        yield from labelled("aims at", f"{term(duty.aim)}: an aim, no deadline")
    yield from labelled("from", TRIGGER_WORDS[duty.trigger])
    yield from labelled("covers", SCOPE_WORDS[duty.scope])
    if duty.counting is not None:
        yield from labelled("counted by", COUNTING_WORDS[duty.counting])
    if duty.channel is not None:
        yield from labelled("channel", duty.channel)
    for content in duty.contents:
        source = f" {aside(vendor, content.source)}" if content.source else ""
        yield from labelled("contents", f"{content.text}{source}")
    for note in duty.notes:
        yield from labelled("note", note)
    yield from labelled("source", cited(vendor, duty.source))


def _facts(vendor: VendorPlaybook, facts: tuple[VendorFact, ...]) -> Iterator[Paragraph]:
    for fact in facts:
        yield from item(fact.topic, f"{fact.text} {aside(vendor, fact.source)}")


def _constraints(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for one in vendor.constraints:
        yield from item(one.topic, f"{one.text} {aside(vendor, one.source)}")
        if one.limits and one.binds:
            yield from paragraph(f"Limits {LIMIT_WORDS[one.limits]}; binds {BOUND_WORDS[one.binds]}.", "    ")


def _own_notices(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for notice in vendor.own_notices:
        yield from item(TOLD_PAST_US[notice.to], f"{notice.text} {aside(vendor, notice.source)}")


def _contacts(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for contact in vendor.contacts:
        yield from item(f"{contact.email}  {contact.role}", f"{contact.use} {aside(vendor, contact.source)}")


def _subprocessors(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for party in vendor.subprocessors:
        yield from paragraph(f"{party.name}: {party.does} {aside(vendor, party.source)}", "  ", "    ")


def _suggestions(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for suggestion in vendor.suggestions:
        keys = f"{suggestion.fact}: {', '.join(suggestion.values)}"
        yield from item(keys, f"{suggestion.text} {aside(vendor, suggestion.source)}")


def _gaps(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for gap in vendor.gaps:
        yield from item(gap.missing, gap.ask)


def _other_terms(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    for other in vendor.other_terms:
        yield from item(other.term, f"{other.about} {aside(vendor, other.source)}")


def _home_authority(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    home = vendor.home_authority
    if home is not None:
        named = ", ".join(filter(None, (f"{home.authority} ({home.country})", unless_checked(home.confidence))))
        capacity = f"For when we are {vendor.name} ourselves; a customer's authority is its own, from its settings."
        yield from item(named, f"{home.why} {capacity}")


def _governing_law(vendor: VendorPlaybook) -> Iterator[Paragraph]:
    law = vendor.governing_law
    if law is not None:
        court = f"Court: {law.court}." if law.court else "No court is named."
        yield from item(f"{law.law}, for {law.covers}", f"{court} {aside(vendor, law.source)}")
