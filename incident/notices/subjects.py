"""Our letter to the people concerned (Art. 34 GDPR): to each, for minors, to the public, to subscribers.

It tells what Art. 34(2) wants and no more: no party beside us, no system, no cause, no figure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from incident.errors import BadInput
from incident.notices.advice import advice_for
from incident.notices.case import Case
from incident.notices.items import fact_items, missing_facts, moment_item
from incident.notices.letter import checks, references
from incident.notices.notice import Item, Letter, Missing, Notice, Phase, Reference, Section
from incident.notices.people import days, seen_by_subjects, tellable
from incident.notices.people_checks import channel_checks, subject_checks, subscriber_checks, word_checks
from incident.notices.wording import Wording
from models.conditions import public_instead
from models.disclosure import contact_line
from models.dossier import ALTERNATIVE, RecordedFact
from models.incident import Incident
from models.moments import MomentName
from models.vocabulary import SubjectCategory

KIND = "subjects"

MINORS, PUBLIC, SUBSCRIBERS = "minors", "public", "eprivacy-611"
"""The versions beside the ordinary letter, as they are named in file names and options."""

READERS = (MINORS,)
REGIMES = ("gdpr", SUBSCRIBERS)

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "what_happened": ("breach_types", "description"),
    "your_data": ("data_categories", "special_categories"),
    "effects": ("likely_consequences", "consequences", "harms"),
    "measures": ("measures_remedy", "measures_prevent"),
    "contact": ("contact_point",),
}
"""The facts that every version tells, by section."""

FURTHER: Mapping[str | None, Mapping[str, tuple[str, ...]]] = {
    PUBLIC: {"who": ("subject_categories", "countries")},
    SUBSCRIBERS: {"circumstances": ("incident_origin",)},
}
"""What a version tells beside them."""

ALIKE = ("likely_consequences", "consequences")
"""Facts of which one is told: words that somebody wrote say it better than options."""

REQUIRED = ("description", "data_categories", "likely_consequences|consequences", "measures_remedy", "contact_point")
"""Art. 34(2) GDPR; the data, without which nobody knows what to do."""

REQUIRED_TOO: Mapping[str | None, tuple[str, ...]] = {
    PUBLIC: ("subject_categories",),
    SUBSCRIBERS: ("incident_origin",),
}

PLAIN: Mapping[str, str] = {"breach_types": "nature", "consequences": "follows"}
"""The facts that have sentences for the people, and the table of the labels that holds them."""

DATES = (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO)

ANNEX = Reference("Commission Regulation (EU) No 611/2013", "Annex II", confirmed=False)


def letters(
    case: Case, languages: tuple[str, ...], phase: Phase | None, regime: str | None, readers: str | None
) -> list[Notice]:
    """Compose the letter, once for each language: it is whole each time, and so has no phases.

    Raises:
        BadInput: a regime or readers that there are no letters for, a processor's role, no such template, or a phase.
    """
    if phase not in {None, Phase.INITIAL}:
        raise BadInput(f"a letter to data subjects has no --phase {phase}: it tells people all of it each time")
    variant = _variant(case, regime, readers)
    if variant != SUBSCRIBERS and not case.incident.role.decides:
        raise BadInput(
            f"{case.incident.reference}: our role is {case.incident.role}: communicating a breach to data subjects is "
            "the controller's (Art. 34 GDPR); what it needs for that goes into controller, and there is vendor"
        )
    template = f"{KIND}-{variant}" if variant else KIND
    chosen = case.languages(template, languages, case.organisation.languages)
    return [_letter(case, language, variant) for language in chosen]


def has_minors(incident: Incident) -> bool:
    """True where minors are recorded among the people."""
    recorded = incident.current_facts().get("subject_categories")
    return recorded is not None and SubjectCategory.MINORS in (recorded.value or ())


def _variant(case: Case, regime: str | None, readers: str | None) -> str | None:
    if regime not in {None, *REGIMES}:
        raise BadInput(f"no subjects draft under {regime!r}: --regime is {', '.join(REGIMES)}")
    if readers not in {None, *READERS}:
        raise BadInput(f"no subjects draft for {readers!r}: --for is {', '.join(READERS)}")
    if regime == SUBSCRIBERS and readers:
        raise BadInput("the notice of Annex II to Regulation 611/2013 is one for all: --for is about the GDPR's letter")
    if regime == SUBSCRIBERS:
        return SUBSCRIBERS
    if not public_instead(case.incident):
        return readers
    if readers:
        raise BadInput(
            f"{case.incident.reference}: a public communication was decided (Art. 34(3)(c) GDPR): it is one for all, "
            "so there is no letter for minors"
        )
    return PUBLIC


def _letter(case: Case, language: str, variant: str | None) -> Notice:
    wording = case.wording(language)
    seen = seen_by_subjects(case, wording)
    facts = tellable(seen.facts)
    recipient = "subscribers" if variant == SUBSCRIBERS else "subjects"
    clocks = tuple(clock for clock in case.clocks() if clock.duty.recipient == recipient)
    advice = advice_for(facts, language, case.folder, simple=variant == MINORS)
    sections = (
        *_sections(facts, variant, seen.incident, wording),
        Section("advice", tuple(item for item, _ in advice)),
    )
    further = (ANNEX,) if variant == SUBSCRIBERS else ()
    return Notice(
        kind=KIND,
        incident=case.incident.reference,
        incident_title=seen.incident.title,
        language=language,
        recipient=wording.labels.text("audiences", variant or "letter"),
        as_of=case.now,
        as_of_words=wording.instant(case.now),
        phase=Phase.INITIAL,
        title=wording.labels.text("titles", KIND),
        sections=sections,
        missing=tuple(_missing(case, facts, variant, sections, wording)),
        to_check=(
            *checks(case, wording),
            *(subscriber_checks(clocks, wording) if variant == SUBSCRIBERS else subject_checks(case, wording)),
            *([wording.phrase("check_public")] if variant == PUBLIC else ()),
            *word_checks(seen, sections, wording, "check_simple" if variant == MINORS else "check_plain"),
            *([wording.phrase("check_minors")] if variant is None and has_minors(case.incident) else ()),
            *(() if variant == PUBLIC else channel_checks(case, wording)),
        ),
        sources=tuple(dict.fromkeys((*references(clocks), *further, *(source for _, source in advice)))),
        duties=tuple(clock.duty.id for clock in clocks),
        variant=variant,
        letter=Letter(
            sender=case.organisation.name or wording.phrase("missing"),
            sender_contact=contact_line(case.organisation.breach_contact),
            recipient_contact="",
            terms=(),
            we_decide=case.incident.role.decides,
            personal_data=case.incident.personal_data,
        ),
    )


def _told(variant: str | None) -> Mapping[str, tuple[str, ...]]:
    return {**SECTIONS, **FURTHER.get(variant, {})}


def _required(variant: str | None) -> tuple[str, ...]:
    return (*REQUIRED, *REQUIRED_TOO.get(variant, ()))


def _sections(
    facts: Mapping[str, RecordedFact], variant: str | None, incident: Incident, wording: Wording
) -> Iterator[Section]:
    for name, names in _told(variant).items():
        items = [_in_plain_words(item, wording) for item in fact_items(names, facts, _required(variant), wording)]
        yield Section(name, tuple(_fit_to_tell(items, variant)))
    asked = variant == SUBSCRIBERS and incident.moment(MomentName.OCCURRED_FROM) is None
    names_of_dates = [name for name in DATES if incident.moment(name)] or ([DATES[0]] if asked else [])
    yield Section("dates", tuple(_day(name, incident, wording) for name in names_of_dates))


def _fit_to_tell(items: list[Item], variant: str | None) -> Iterator[Item]:
    """Yield the answers, one of those that say the same, and of what has none only what is required."""
    said = next((item.field for item in items if item.field in ALIKE and item.answered), None)
    for item in items:
        needless = item.field in ALIKE and said not in {None, item.field}
        if not needless and (item.answered or item.field in _required_names(variant)):
            yield item


def _required_names(variant: str | None) -> frozenset[str]:
    return frozenset(name for one in _required(variant) for name in one.split(ALTERNATIVE))


def _in_plain_words(item: Item, wording: Wording) -> Item:
    """Say the kind of breach and what follows as one says it to people; every other answer stands as it is."""
    table = PLAIN.get(item.field)
    if table is None or not isinstance(item.value, list):
        return item
    return replace(item, text=" ".join(wording.labels.text(table, option) for option in item.value))


def _day(name: MomentName, incident: Incident, wording: Wording) -> Item:
    item, recorded = moment_item(name, incident, wording), incident.moment(name)
    return replace(item, text=days(recorded.moment, wording)) if recorded else item


def _missing(
    case: Case,
    facts: Mapping[str, RecordedFact],
    variant: str | None,
    sections: tuple[Section, ...],
    wording: Wording,
) -> Iterator[Missing]:
    if not case.organisation.name:
        yield Missing("sender", wording.phrase("sender"), blocking=True)
    dates = next(section.items for section in sections if section.name == "dates")
    yield from (Missing(item.field, item.label, blocking=True) for item in dates if not item.answered)
    yield from missing_facts(_required(variant), facts, wording)
    for name in (name for names in _told(variant).values() for name in names):
        if name in facts and not facts[name].answers and name not in _required_names(variant):
            yield Missing(name, wording.fact(name), blocking=False, unknown=True)
    if not any(section.name == "advice" and section.items for section in sections):
        yield Missing("advice", wording.phrase("advice"), blocking=variant == SUBSCRIBERS)
