"""A law's notification duties, as a page."""

from collections.abc import Iterator

from incident.playbook_pages.citations import cited
from incident.playbook_pages.layout import Paragraph, labelled, paragraph, section
from incident.playbook_pages.words import COUNTING_WORDS, term_in_full
from models.regime import LegalDuty, LegalTrigger, RegimePlaybook
from models.sourced import PeriodText
from models.vocabulary import Basis

APPLIES_WORDS = {
    "personal-data": "Applies to every breach of personal data.",
    "named": "Applies where a record or the settings name it, or where its sectors and countries fit ours.",
    "assumed": "Not law. It is reckoned under only for planning, with --assume.",
}

ABOUT_WORDS = {
    "personal-data": "It is about breaches of personal data.",
    "incident": "It is about incidents, whether or not personal data are hit.",
}

PARTY_WORDS = {
    "vendor": "the vendor",
    "us": "us",
    "customer": "the customer",
    "authority": "the competent authority",
    "subjects": "the data subjects",
    "subscribers": "subscribers and individuals concerned",
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
    yield from paragraph(ABOUT_WORDS[regime.about])
    for label, names in (("sectors", regime.sectors), ("countries", regime.countries)):
        if names:
            yield from labelled(label, ", ".join(names))
    if regime.replaces is not None:
        yield from labelled("instead of", f"the duties of {regime.replaces} with the same id")
    yield from section("Duties", _duties(regime))
    yield from section("Across borders", _across_borders(regime))
    yield from section("Other laws", _covering(regime))


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
            only = f" ({', '.join(other.sectors)})" if other.sectors else ""
            yield from labelled("also read", _reading(f"{other.text}{only}", other.period, other.trigger))
            if other.lapses:
                yield from labelled("", "falls away where the duty's own start comes after that end")
            yield from labelled("", cited(regime, other.source))
        if duty.relief_refused is not None:
            refused = duty.relief_refused
            yield from labelled("no relief", f"{', '.join(refused.sectors)}: {refused.text}")
            yield from labelled("", cited(regime, refused.source))
        for law in duty.national:
            yield from labelled(f"in {law.country}", _reading(law.text, law.period, law.trigger))
            yield from labelled("", cited(regime, law.source))
        for note in duty.notes:
            yield from labelled("note", note)
        until = f" to {duty.valid_to}" if duty.valid_to else ""
        in_force = regime.applies != "assumed"
        since = f"from {duty.valid_from}{until}" if in_force else f"no: proposed on {duty.valid_from}"
        yield from labelled("in force", since)
        yield from labelled("source", cited(regime, duty.source))


def _across_borders(regime: RegimePlaybook) -> Iterator[Paragraph]:
    spread = regime.cross_border
    if spread is None:
        return
    yield from labelled("duties", ", ".join(spread.duties))
    yield from labelled("territory", ", ".join(spread.territory))
    for label, remark in (("one lead", spread.lead), ("each", spread.each)):
        yield from labelled(label, remark.text)
        yield from labelled("", cited(regime, remark.source))


def _covering(regime: RegimePlaybook) -> Iterator[Paragraph]:
    if regime.covers is not None:
        yield from labelled("gives way", ", ".join(regime.covers.duties))
        yield from labelled("", regime.covers.text)
        yield from labelled("", cited(regime, regime.covers.source))


def _reading(text: str, period: PeriodText | None, trigger: LegalTrigger | None) -> str:
    """Say a reading in its own words, and how it is reckoned; a remark has its words only."""
    if period is None or trigger is None:
        return text
    return f"{text}: {term_in_full(period)} from {_trigger(trigger)}"


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
        earlier = "the earlier of " if len(trigger.presumed_from) > 1 else ""
        return f"moments.{trigger.moment}, as recorded" + (f", else {earlier}{presumed}" if presumed else "")
    first = "the last " if trigger.last else "the "
    return f"{first}notification under {trigger.filing}{', where it was incomplete' if trigger.incomplete else ''}"
