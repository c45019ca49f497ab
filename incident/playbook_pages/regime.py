"""A law's notification duties, as a page."""

from collections.abc import Iterator

from incident.playbook_pages.citations import cited
from incident.playbook_pages.layout import Paragraph, labelled, paragraph, section
from incident.playbook_pages.words import COUNTING_WORDS, term_in_full
from models.regime import LegalDuty, LegalTrigger, RegimePlaybook
from models.vocabulary import Basis

APPLIES_WORDS = {
    "personal-data": "Applies to every breach of personal data.",
    "named": "Applies where a record or the settings name it, or where its sectors and countries fit ours.",
    "assumed": "Not law. It is reckoned under only for planning, with --assume.",
}

PARTY_WORDS = {
    "vendor": "the vendor",
    "us": "us",
    "customer": "the customer",
    "authority": "the competent authority",
    "subjects": "the data subjects",
    "register": "our register",
    "body": "the competent body",
}

CONDITION_WORDS = {
    "risk": "unless a risk to people's rights and freedoms is unlikely",
    "high-risk": "where the risk to people's rights and freedoms is high",
    "classified": "once the incident is classified as major",
}


def regime_page(regime: RegimePlaybook) -> Iterator[Paragraph]:
    """Write the page of one regime, below its name."""
    yield from paragraph(APPLIES_WORDS[regime.applies])
    yield from section("Duties", _duties(regime))


def _duties(regime: RegimePlaybook) -> Iterator[Paragraph]:
    for duty in regime.duties:
        yield from paragraph(f"{_title(duty)}  [{duty.id}]", "  ")
        yield from labelled("deadline", _deadline(duty))
        yield from labelled("from", _trigger(duty.trigger))
        yield from labelled("our role", ", ".join(duty.roles))
        if duty.condition is not None:
            yield from labelled("owed", CONDITION_WORDS[duty.condition])
        if duty.counting is not None:
            yield from labelled("counted by", COUNTING_WORDS[duty.counting])
        if duty.requires:
            yield from labelled("states", ", ".join(name.replace("|", " or ") for name in duty.requires))
        for other in duty.others:
            only = f", for {' and '.join(other.sectors)}" if other.sectors else ""
            words = f"{other.text}{only}: {term_in_full(other.period)} from {_trigger(other.trigger)}"
            yield from labelled("also read", f"{words} ({cited(regime, other.source)})")
        for law in duty.national:
            yield from labelled(f"in {law.country}", f"{law.text} ({cited(regime, law.source)})")
        for note in duty.notes:
            yield from labelled("note", note)
        until = f" to {duty.valid_to}" if duty.valid_to else ""
        yield from labelled("in force", f"from {duty.valid_from}{until}")
        yield from labelled("source", cited(regime, duty.source))


def _title(duty: LegalDuty) -> str:
    debtor = "we" if duty.debtor == "us" else PARTY_WORDS[duty.debtor]
    title = duty.title.replace("{from}", debtor).replace("{to}", duty.body or PARTY_WORDS[duty.creditor])
    return title[:1].upper() + title[1:]


def _deadline(duty: LegalDuty) -> str:
    words = term_in_full(duty.period)
    return f"{words} (an authority's indicative time, not the law's)" if duty.basis is Basis.AUTHORITY else words


def _trigger(trigger: LegalTrigger) -> str:
    if trigger.moment is not None:
        presumed = " or ".join(trigger.presumed_from)
        return f"moments.{trigger.moment}, as recorded" + (f", else the earlier of {presumed}" if presumed else "")
    first = "the last " if trigger.last else "the "
    return f"{first}notification under {trigger.filing}{', where it was incomplete' if trigger.incomplete else ''}"
