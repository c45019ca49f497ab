"""Our request to the party that owes us notice: what we need to know tonight, minus what we know already."""

from collections.abc import Iterator, Mapping

from incident.errors import BadInput
from incident.notices.case import Case
from incident.notices.contract_limits import (
    CONFIDENTIALITY,
    EVERY_LIMIT,
    TELLING_OTHERS,
    cited,
    clauses,
    limit_checks,
    own_notice_checks,
)
from incident.notices.items import fact_item, moment_item
from incident.notices.letter import checks, hidden_checks, mask_in, references, term
from incident.notices.notice import Item, Letter, Missing, Notice, Phase, Reference, Section
from incident.notices.seen import Seen, seen_by_vendor
from incident.notices.wording import Wording
from models.changes import MOMENTS
from models.clocks import Clock
from models.counterparties import vendor_name
from models.disclosure import contact_line
from models.duty_ids import without_party
from models.moments import MomentName
from models.playbook import VendorContact, VendorPlaybook
from models.vocabulary import Certainty

KIND = "vendor"

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "awareness": ("moments.vendor_aware",),
    "standing": (),
    "description": ("description",),
    "period": ("moments.occurred_from", "moments.occurred_to"),
    "kind": ("breach_types",),
    "cause": ("incident_origin", "incident_cause"),
    "systems": ("systems_affected",),
    "data": ("data_categories",),
    "special": ("special_categories",),
    "records": ("records_count",),
    "people": ("subject_categories",),
    "subjects": ("subjects_count",),
    "countries": ("countries",),
    "protection": ("data_unintelligible", "measures_before"),
    "effects": ("likely_consequences",),
    "remedy": ("measures_remedy",),
    "contained": ("moments.contained",),
    "prevention": ("measures_prevent",),
    "logs": (),
    "sub_processors": (),
    "capacity": (),
    "other_notices": (),
    "contact": (),
}
"""What we ask, in order, and what of ours answers it; what nothing of ours can answer is always asked."""

VAGUE = frozenset({"other", "unknown"})
"""Keys that tell a vendor nothing about its own document."""

PLAYBOOK_LANGUAGE = "en"
"""The language in which playbooks say, in our own words, what a contract promises."""

SHOWN = tuple(field for fields in QUESTIONS.values() for field in fields)


def letters(case: Case, languages: tuple[str, ...], phase: Phase | None) -> list[Notice]:
    """Compose our request, once for each language: it notifies nobody, and so has no phases.

    Raises:
        BadInput: no vendor is recorded, a language has no template, or a phase is asked for.
    """
    if phase not in {None, Phase.INITIAL}:
        raise BadInput(f"a request to a vendor has no --phase {phase}: each one asks for what is still missing")
    if case.incident.vendor is None:
        raise BadInput(
            f"{case.incident.reference}: no vendor is recorded, so nobody to ask; "
            f"set one with: incident set {case.incident.reference} vendor=…"
        )
    playbook = case.vendor_playbook
    theirs = playbook.documents[0].language if playbook else None
    chosen = case.languages(KIND, languages, (theirs, *case.organisation.languages))
    return [_letter(case, language) for language in chosen]


def _letter(case: Case, language: str) -> Notice:
    wording = case.wording(language)
    seen = seen_by_vendor(case.incident, case.organisation, mask_in(wording))
    own = case.of(seen.incident)
    playbook = own.vendor_playbook
    clocks = tuple(clock for clock in own.clocks() if clock.duty.recipient == "us")
    told = own.incident.instant(MomentName.VENDOR_TOLD_US)
    mailbox = playbook.contacts[0] if playbook and playbook.contacts else None
    letter = Letter(
        sender=own.organisation.name or wording.phrase("missing"),
        sender_contact=_our_contact(own),
        recipient_contact=mailbox.email if mailbox else "",
        terms=tuple(term(clock, wording, own.now) for clock in clocks),
        we_decide=own.incident.role.decides,
        personal_data=own.incident.personal_data,
        told=wording.instant(told) if told else "",
        inquiries=_inquiries(playbook),
        sender_discusses_first=clauses(playbook, TELLING_OTHERS, "customer"),
        recipient_discusses_first=clauses(playbook, TELLING_OTHERS, "vendor"),
        confidential=clauses(playbook, CONFIDENTIALITY, "customer"),
        owed=tuple(_owed(clocks, playbook, own, wording)),
        our_deadline=_our_deadline(own, wording),
    )
    return Notice(
        kind=KIND,
        incident=own.incident.reference,
        incident_title=own.incident.title,
        language=language,
        recipient=vendor_name(own.incident, own.rules) or wording.phrase("missing"),
        as_of=own.now,
        as_of_words=wording.instant(own.now),
        phase=Phase.INITIAL,
        title=wording.labels.text("titles", KIND),
        sections=(
            Section("known", tuple(_known(own, wording))),
            Section("questions", tuple(_questions(own, playbook, wording))),
        ),
        missing=tuple(_missing(letter, wording)),
        to_check=(*checks(own, wording), *_checks(seen, letter, playbook, mailbox, wording)),
        sources=(*references(clocks), *([letter.inquiries] if letter.inquiries else [])),
        duties=tuple(clock.duty.id for clock in clocks),
        letter=letter,
    )


def _our_contact(case: Case) -> str:
    """Whom the vendor can reach at any hour: our security contact, else the one for breaches."""
    return contact_line(case.organisation.on_call.security) or contact_line(case.organisation.breach_contact)


def _inquiries(playbook: VendorPlaybook | None) -> Reference | None:
    return cited(playbook, playbook.inquiries) if playbook and playbook.inquiries else None


def _our_deadline(case: Case, wording: Wording) -> str:
    """When our own time to notify the authority ends (Art. 33(1) GDPR), while it is still to be done."""
    for clock in case.clocks():
        if without_party(clock.duty.id) == "gdpr-33-1" and clock.due_at and not clock.state.settled:
            return wording.instant(clock.due_at)
    return ""


def _owed(clocks: tuple[Clock, ...], playbook: VendorPlaybook | None, case: Case, wording: Wording) -> Iterator[str]:
    """Yield what the contract wants with the notice and was not delivered, naming the facts that we lack."""
    contents = {part.text: part for duty in (playbook.duties if playbook else ()) for part in duty.contents}
    facts = case.incident.current_facts()
    for text in dict.fromkeys(text for clock in clocks for text in clock.outstanding):
        lacking = [name for name in contents[text].facts if name not in facts or not facts[name].answers]
        names = wording.listed(wording.fact(name) for name in lacking)
        yield wording.phrase("owed", content=text, facts=names) if names else text


def _known(case: Case, wording: Wording) -> Iterator[Item]:
    fields = ("moments.vendor_told_us", *SHOWN)
    return (item for item in (_item(field, case, wording) for field in fields) if _is_known(item))


def _questions(case: Case, playbook: VendorPlaybook | None, wording: Wording) -> Iterator[Item]:
    for name, fields in QUESTIONS.items():
        items = [_item(field, case, wording) for field in fields]
        if not items or not all(_is_known(item) for item in items):
            remarks = (*_what_we_have(items, wording), *_what_you_wrote(fields, case, playbook, wording))
            if name == "sub_processors" and case.incident.subprocessor:
                remarks = (wording.phrase("recorded_sub_processor", name=case.incident.subprocessor.name),)
            yield Item(f"questions.{name}", wording.labels.text("questions", name), "", None, remarks=remarks)


def _item(field: str, case: Case, wording: Wording) -> Item:
    if field.startswith(MOMENTS):
        return moment_item(MomentName(field.removeprefix(MOMENTS)), case.incident, wording)
    return fact_item(field, case.incident.current_facts().get(field), wording)


def _is_known(item: Item) -> bool:
    return item.certainty in {Certainty.KNOWN, Certainty.NOT_APPLICABLE}


def _what_we_have(items: list[Item], wording: Wording) -> Iterator[str]:
    """Yield the estimates that we hold: to be confirmed or corrected."""
    for item in items:
        if item.certainty is Certainty.ESTIMATED:
            yield wording.phrase("our_estimate", label=item.label, answer=item.text)


def _what_you_wrote(
    fields: tuple[str, ...], case: Case, playbook: VendorPlaybook | None, wording: Wording
) -> Iterator[str]:
    """Yield what the vendor's own documents name: to be confirmed, never an answer."""
    for field in fields:
        named = [one for one in (playbook.suggestions if playbook else ()) if one.fact == field]
        if playbook and named and field not in case.incident.current_facts():
            values = dict.fromkeys(value for one in named for value in one.values if value not in VAGUE)
            documents = dict.fromkeys(playbook.document(one.source.document).title for one in named)
            yield wording.phrase(
                "your_document_names",
                document=wording.listed(documents),
                places=wording.listed(dict.fromkeys(one.source.place for one in named)),
                values=wording.answer(field, list(values)),
            )


def _missing(letter: Letter, wording: Wording) -> Iterator[Missing]:
    if letter.sender == wording.phrase("missing"):
        yield Missing("sender", wording.phrase("sender"), blocking=True)
    if not letter.sender_contact:
        yield Missing("sender_contact", wording.phrase("sender_contact"), blocking=True)
    if not letter.recipient_contact:
        yield Missing("recipient_contact", wording.phrase("recipient_contact"), blocking=True)


def _checks(
    seen: Seen,
    letter: Letter,
    playbook: VendorPlaybook | None,
    mailbox: VendorContact | None,
    wording: Wording,
) -> Iterator[str]:
    yield from hidden_checks(seen, {"title", *SHOWN}, wording)
    if playbook and playbook.first_step:
        yield wording.phrase("check_first_step", step=playbook.first_step)
    if letter.owed and wording.language != PLAYBOOK_LANGUAGE:
        yield wording.phrase("check_translate")
    if playbook and mailbox:
        yield wording.phrase(
            "check_mailbox",
            email=mailbox.email,
            role=mailbox.role,
            document=playbook.document(mailbox.source.document).title,
            place=mailbox.source.place,
            use=mailbox.use,
        )
    yield from limit_checks(playbook, EVERY_LIMIT, "customer", wording)
    yield from own_notice_checks(playbook, wording)
