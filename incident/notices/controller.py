"""Our notice to one customer (Art. 33(2) GDPR): what we know of its data, and no verdict on its risk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from incident.errors import BadInput
from incident.notices.case import Case
from incident.notices.contract_limits import (
    CONFIDENTIALITY,
    EVERY_LIMIT,
    ON_PASSING_ON,
    TELLING_OTHERS,
    channel_checks,
    clauses,
    limit_checks,
    own_notice_checks,
)
from incident.notices.items import fact_items, missing_facts, moment_item, recorded_moments
from incident.notices.letter import behind_us, checks, earlier, hidden_checks, mask_in, references, standing, term
from incident.notices.notice import Item, Letter, Missing, Notice, Phase, Section
from incident.notices.phases import notifications, phase_checks, phase_of, since, sorted_out, statement, to_follow
from incident.notices.seen import Seen, seen_before_by_customer, seen_by_customer
from incident.notices.withdrawal import withdrawn
from incident.notices.wording import Wording
from models.changes import MOMENTS, as_notified
from models.clocks import Clock
from models.counterparties import contract_of, owed_customers
from models.disclosure import contact_line
from models.duty_ids import UNNAMED_CUSTOMER, customer_of
from models.incident import Filing, Incident
from models.moments import MomentName
from models.parties import Customer
from models.playbook import VendorPlaybook
from models.vocabulary import Basis, Certainty, Role

KIND = "controller"

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "what_happened": ("description", "breach_types", "incident_origin", "incident_cause", "systems_affected"),
    "your_data": (
        "data_categories",
        "special_categories",
        "records_count",
        "subject_categories",
        "subjects_count",
        "countries",
        "people_by_country",
        "data_unintelligible",
    ),
    "effects": ("likely_consequences", "consequences"),
    "measures": ("measures_before", "measures_remedy", "measures_prevent"),
    "contact": ("contact_point",),
}
"""The facts that the letter tells, by section. Harms, severity and the decision on risk are the customer's."""

UNJUDGED = frozenset({"sub_processors", "contact"})
"""The sections of which it need not be said whether they are confirmed."""

DATES = (
    MomentName.OCCURRED_FROM,
    MomentName.OCCURRED_TO,
    MomentName.DETECTED,
    MomentName.CONTAINED,
    MomentName.RESOLVED,
)

TOLD = frozenset({"vendor", "subprocessor", *(name for names in SECTIONS.values() for name in names)}) | {
    MOMENTS + name.value for name in (MomentName.AWARE, *DATES)
}
"""What the letter tells, by the names of `models.changes`."""


def letters(case: Case, languages: tuple[str, ...], phase: Phase | None) -> list[Notice]:
    """Compose one letter for each customer that is owed notice, and for each language.

    A withdrawal goes to those customers only that were notified.

    Raises:
        BadInput: our role is a controller's, no customer is affected, a language has no template, or a withdrawal is
            asked for and no customer was notified.
    """
    if case.incident.role.decides:
        raise BadInput(
            f"{case.incident.reference}: our role is {case.incident.role}: nobody's processor, "
            "so no controller draft; there are authority, subjects, vendor and register"
        )
    customers = owed_customers(case.incident)
    if not customers:
        raise BadInput(f"{case.incident.reference}: no customer is affected: nobody is owed a controller draft")
    told = {customer.id: notifications(case.incident, partial(_is_owed_to, customer)) for customer in customers}
    if phase is Phase.WITHDRAWAL and any(told.values()):
        customers = tuple(customer for customer in customers if told[customer.id])
    return [
        _letter(case, customer, language, phase_of(phase, told[customer.id], customer.name), told[customer.id])
        for customer in customers
        for language in case.languages(KIND, languages, (customer.language, *case.organisation.languages))
    ]


def _is_owed_to(customer: Customer, duty: str) -> bool:
    return customer_of(duty) == customer.id


def _letter(case: Case, customer: Customer, language: str, phase: Phase, told: tuple[Filing, ...]) -> Notice:
    wording = case.wording(language)
    seen = seen_by_customer(case.incident, case.organisation, customer, mask_in(wording))
    own = case.of(seen.incident)
    clocks = tuple(clock for clock in own.clocks() if clock.duty.customer == customer.id)
    contract = own.rules.vendors.get(contract_of(customer, own.incident, own.organisation) or "")
    required = _required(contract, clocks)
    sections = tuple(_sections(own, clocks, required, wording))
    may_follow = {fact for clock in clocks for fact in clock.duty.may_follow} - {*_by_contract(contract)}
    lacking = missing_facts(required, own.incident.current_facts(), wording, may_follow)
    missing = tuple(_missing(own, customer, sections, lacking, phase, wording))
    news, left_open = None, frozenset[str]()
    if told and phase.says_what_is_new:
        then = case.of(_seen_then(case, customer, told[-1], wording))
        news = since(told[-1], then, own, TOLD, wording)
        left_open = frozenset(one.field for one in missing_facts(required, then.incident.current_facts(), wording))
    missing = sorted_out(missing, phase, left_open)
    sections = to_follow(sections, missing, wording)
    named = customer.id != UNNAMED_CUSTOMER
    notice = Notice(
        kind=KIND,
        incident=own.incident.reference,
        incident_title=own.incident.title,
        language=language,
        recipient=customer.name if named else wording.phrase("missing"),
        as_of=own.now,
        as_of_words=wording.instant(own.now),
        phase=phase,
        title=wording.labels.text("titles", KIND),
        sections=sections,
        missing=missing,
        to_check=(
            *checks(own, wording),
            *phase_checks(phase, told, wording),
            *_checks(customer, seen, clocks, wording),
            *_limits(contract, own.vendor_playbook, wording),
        ),
        sources=references(clocks),
        duties=tuple(clock.duty.id for clock in clocks),
        customer=customer.id,
        letter=Letter(
            sender=own.organisation.name or wording.phrase("missing"),
            sender_contact=contact_line(own.organisation.breach_contact),
            recipient_contact=customer.contact or "",
            terms=tuple(term(clock, wording, own.now) for clock in clocks),
            we_decide=False,
            personal_data=own.incident.personal_data,
            standing=standing(own.incident),
            confirmed=_labels(sections, Certainty.KNOWN),
            estimated=_labels(sections, Certainty.ESTIMATED),
            unknown=_labels(sections, Certainty.UNKNOWN),
            recipient_is_processor=customer.role is Role.PROCESSOR,
            earlier=earlier(told, wording),
            sender_discusses_first=clauses(contract, TELLING_OTHERS, "vendor"),
            recipient_discusses_first=clauses(contract, TELLING_OTHERS, "customer"),
            confidential=clauses(contract, CONFIDENTIALITY, "customer"),
        ),
        statement=statement(phase, news, wording),
        since=news,
    )
    limits = _limits(contract, own.vendor_playbook, wording)
    return withdrawn(notice, own, told, limits, wording) if phase is Phase.WITHDRAWAL else notice


def _seen_then(case: Case, customer: Customer, previous: Filing, wording: Wording) -> Incident:
    """Return what the customer could see of the incident when it was last notified."""
    then = as_notified(case.incident, previous)
    return seen_before_by_customer(then, case.incident, case.organisation, customer, mask_in(wording)).incident


def _required(contract: VendorPlaybook | None, clocks: tuple[Clock, ...]) -> tuple[str, ...]:
    """The facts that the law and the contract want in the notice."""
    by_law = [fact for clock in clocks for fact in clock.duty.requires]
    return tuple(dict.fromkeys((*by_law, *_by_contract(contract))))


def _by_contract(contract: VendorPlaybook | None) -> Iterator[str]:
    """Yield the facts that the contract wants told with the notice."""
    return (fact for duty in (contract.duties if contract else ()) for part in duty.contents for fact in part.facts)


def _sections(case: Case, clocks: tuple[Clock, ...], required: tuple[str, ...], wording: Wording) -> Iterator[Section]:
    facts = case.incident.current_facts()
    told = {name: tuple(fact_items(names, facts, required, wording)) for name, names in SECTIONS.items()}
    told["dates"] = (_awareness(clocks, case, wording), *recorded_moments(DATES, case.incident, wording))
    told["sub_processors"] = tuple(_behind_us(case, wording))
    return (Section(name, items) for name, items in told.items())


def _awareness(clocks: tuple[Clock, ...], case: Case, wording: Wording) -> Item:
    """Our awareness: stated, or presumed from the notice of the party behind us, and then marked so."""
    stated = moment_item(MomentName.AWARE, case.incident, wording)
    start = next((clock.trigger for clock in clocks if clock.duty.trigger.moment is MomentName.AWARE), None)
    if start is None or start.presumed_from is None:
        return stated
    presumed = moment_item(start.presumed_from, case.incident, wording)
    return replace(
        presumed,
        field=stated.field,
        label=stated.label,
        certainty=Certainty.ESTIMATED,
        mark=wording.phrase("presumed"),
    )


def _behind_us(case: Case, wording: Wording) -> Iterator[Item]:
    """Who stands behind us, or that nobody is recorded who does."""
    named = tuple(behind_us(case, "our_sub_processor", wording))
    if not named:
        label = wording.phrase("our_sub_processor")
        yield Item("subprocessor", label, wording.phrase("no_sub_processor"), Certainty.KNOWN)
    yield from named


def _labels(sections: tuple[Section, ...], certainty: Certainty) -> tuple[str, ...]:
    """Name the answers of one certainty; who we are and who stands behind us needs no such word."""
    items = [item for section in sections if section.name not in UNJUDGED for item in section.items]
    return tuple(item.label for item in items if item.certainty is certainty)


def _missing(
    case: Case,
    customer: Customer,
    sections: tuple[Section, ...],
    lacking: Iterable[Missing],
    phase: Phase,
    wording: Wording,
) -> Iterator[Missing]:
    if customer.id == UNNAMED_CUSTOMER:
        yield Missing("recipient", wording.phrase("recipient"), blocking=True)
    elif not customer.contact:
        yield Missing("recipient_contact", wording.phrase("recipient_contact"), blocking=False)
    if not case.organisation.name:
        yield Missing("sender", wording.phrase("sender"), blocking=True)
    dates = next(section.items for section in sections if section.name == "dates")
    yield from (Missing(item.field, item.label, blocking=True) for item in dates if not item.answered)
    yield from lacking
    if phase.is_followed:
        yield Missing("next_update", wording.phrase("next_update"), blocking=True)


def _checks(customer: Customer, seen: Seen, clocks: tuple[Clock, ...], wording: Wording) -> Iterator[str]:
    shown = {"title", *(name for names in SECTIONS.values() for name in names)}
    yield from hidden_checks(seen, shown, wording)
    shared = [wording.fact(name) for name in seen.shared if name in shown]
    if shared:
        yield wording.phrase("check_shared", facts=wording.listed(shared))
    if not any(clock.duty.basis is Basis.CONTRACT for clock in clocks):
        yield wording.phrase("check_no_contract")
    if customer.language and customer.language != wording.language:
        yield wording.phrase("check_language", language=customer.language)


def _limits(contract: VendorPlaybook | None, behind: VendorPlaybook | None, wording: Wording) -> Iterator[str]:
    """Yield what our contract with the customer says of the letter, and what the party behind us lets us pass on."""
    yield from channel_checks(contract, wording)
    yield from limit_checks(contract, EVERY_LIMIT, "vendor", wording)
    yield from own_notice_checks(contract, wording)
    yield from limit_checks(behind, ON_PASSING_ON, "customer", wording)
