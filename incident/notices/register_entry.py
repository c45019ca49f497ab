"""One incident's entry in the register of personal data breaches (Art. 33(5) GDPR): for us, and for the authority.

It holds what the register's row holds, in words: the facts relating to the breach, its effects and the remedial action;
and why it was notified and told to the data subjects, or not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from incident.errors import BadInput
from incident.notices.case import Case
from incident.notices.entry import Decided, Notification, RegisterEntry, Told
from incident.notices.items import fact_items, missing_facts, moment_item, recorded_moments
from incident.notices.letter import awareness_checks, behind_us, open_points, references
from incident.notices.notice import Item, Missing, Notice, Phase, Section
from incident.notices.wording import Wording
from models.breach_register import EFFECTS, REMEDIAL_ACTION, awareness, belongs_in_register, owed_first, reasons_given
from models.changes import MOMENTS
from models.clocks import Clock
from models.counterparties import authority_name
from models.dossier import ALTERNATIVE
from models.incident import Incident
from models.moments import MomentName, utc_text
from models.vocabulary import Certainty, ClockState, ConditionState

KIND = "register"

FACTS = (
    *("description", "breach_types", "incident_origin", "incident_cause", "discovery_circumstances"),
    *("systems_affected", "subject_categories", "subjects_count", "countries", "people_by_country"),
    *("data_categories", "special_categories", "records_count", "data_unintelligible", "measures_before"),
    *("other_parties", "other_dpas", "other_regulators", "police_report"),
)
ALL_EFFECTS = (*EFFECTS, "harms", "severity", "severity_reason")
TO_SUBJECTS = (
    *("subjects_informed_status", "informed_at", "informed_planned_at", "informed_count", "informed_channels"),
    *("informed_content", "not_informed_reason"),
)

REQUIRED = (
    *("description", "breach_types", "subject_categories", "subjects_count", "data_categories", "records_count"),
    ALTERNATIVE.join(EFFECTS),
    "measures_remedy",
)
"""What an entry must state: the facts, the effects and the remedial action, as the CNIL lists them for its register."""

NOT_OURS = {MomentName.VENDOR_AWARE: "processor_aware", MomentName.VENDOR_TOLD_US: "processor_told_us"}
"""The moments whose names address the processor in a letter, and the phrases that name them here."""


def entries(case: Case, languages: tuple[str, ...], phase: Phase | None) -> list[Notice]:
    """Compose the entry, once for each language.

    Raises:
        BadInput: a phase is asked for, or a language has no template.
    """
    if phase is not None:
        raise BadInput(f"{case.incident.reference}: an entry of the register has no phases: leave out --phase")
    return [_entry(case, language) for language in case.languages(KIND, languages, case.organisation.languages)]


def _entry(case: Case, language: str) -> Notice:
    wording, incident = case.wording(language), case.incident
    clocks = case.clocks()
    required = REQUIRED if _may_be_a_breach(incident) else REQUIRED[:1]
    sections = tuple(_sections(case, clocks, required, wording))
    told = (*owed_first(clocks, "authority"), *owed_first(clocks, "subjects"))
    return Notice(
        kind=KIND,
        incident=incident.reference,
        incident_title=incident.title,
        language=language,
        recipient=case.organisation.name or wording.phrase("missing"),
        as_of=case.now,
        as_of_words=wording.instant(case.now),
        phase=Phase.COMPLETE if incident.closing else Phase.INITIAL,
        title=wording.labels.text("titles", KIND),
        sections=sections,
        missing=tuple(_missing(case, clocks, required, wording)),
        to_check=(
            *open_points(case, wording),
            *(one for clock in told[:1] for one in awareness_checks(clock, wording)),
        ),
        sources=references(told),
        duties=tuple(clock.duty.id for clock in told),
        entry=RegisterEntry(
            keeper=case.organisation.name or wording.phrase("missing"),
            role=incident.role.value,
            listed=belongs_in_register(incident),
            personal_data=incident.personal_data,
            closed=incident.closing is not None,
            reasons_given=reasons_given(incident),
            decisions=tuple(_decisions(case, wording)),
            authorities=tuple(_told(owed_first(clocks, "authority"), case, wording)),
            subjects=tuple(_told(owed_first(clocks, "subjects"), case, wording)),
            notifications=tuple(_notifications(case, clocks, wording)),
        ),
    )


def _may_be_a_breach(incident: Incident) -> bool:
    """True unless it was recorded or decided that there is no breach: of such an incident only the facts are owed."""
    return incident.personal_data is not False and (incident.decision is None or incident.decision.breach)


def _sections(case: Case, clocks: tuple[Clock, ...], required: tuple[str, ...], wording: Wording) -> Iterator[Section]:
    facts = case.incident.current_facts()
    told = {
        "facts": FACTS,
        "effects": ALL_EFFECTS,
        "remedial_action": REMEDIAL_ACTION,
        "delay": ("delay_reasons",),
        "to_subjects": TO_SUBJECTS,
    }
    for name, names in told.items():
        items = fact_items(names, facts, required, wording)
        yield Section(name, tuple(_or_summary(item, case, wording) for item in items))
    yield Section("parties", tuple(_parties(case, wording)))
    yield Section("moments", tuple(_moments(case, clocks, wording)))


def _parties(case: Case, wording: Wording) -> Iterator[Item]:
    """Yield the processor at which it happened, and the one behind it."""
    return behind_us(case, "processor_involved" if case.incident.role.decides else "our_sub_processor", wording)


def _or_summary(item: Item, case: Case, wording: Wording) -> Item:
    """Tell the summary where no description was recorded, as the register's row does; it stays no answer."""
    if item.field != "description" or item.answered or not case.incident.summary:
        return item
    return replace(item, text=case.incident.summary, mark=wording.phrase("from_summary"))


def _moments(case: Case, clocks: tuple[Clock, ...], wording: Wording) -> Iterator[Item]:
    """Yield our awareness as the authority's time is counted from it, then every other moment that was recorded."""
    yield _awareness(case, clocks, wording)
    for item in recorded_moments((name for name in MomentName if name is not MomentName.AWARE), case.incident, wording):
        phrase = NOT_OURS.get(MomentName(item.field.removeprefix(MOMENTS)))
        yield replace(item, label=wording.phrase(phrase)) if phrase else item


def _awareness(case: Case, clocks: tuple[Clock, ...], wording: Wording) -> Item:
    stated, counted = moment_item(MomentName.AWARE, case.incident, wording), awareness(clocks)
    if counted is None or counted.presumed_from is None:
        return stated
    told = counted.presumed_from is MomentName.VENDOR_TOLD_US
    return replace(
        stated,
        text=wording.instant(counted.at),
        certainty=Certainty.ESTIMATED,
        mark=wording.phrase("presumed" if told else "presumed_from_signs"),
        value=utc_text(counted.at),
    )


def _decisions(case: Case, wording: Wording) -> Iterator[Decided]:
    for one in case.incident.decisions:
        yield Decided(
            at=wording.instant(one.recorded_at),
            outcome=one.risk.value if one.breach and one.risk else "not-a-breach",
            by=one.by,
            because=one.because or "",
            dpo_advice=one.dpo_advice or "",
        )


def _told(clocks: Iterable[Clock], case: Case, wording: Wording) -> Iterator[Told]:
    for clock in clocks:
        yield Told(
            to=_party(clock, case, wording),
            duty=clock.duty.id,
            owed=clock.state is not ClockState.NOT_REQUIRED,
            undecided=clock.condition is not None and clock.condition.state is ConditionState.UNDECIDED,
            depends=clock.condition.needs if clock.condition else "",
            due=wording.instant(clock.due_at) if clock.due_at else "",
            done=wording.instant(clock.done_at) if clock.done_at else "",
            late=wording.duration(clock.late_by) if clock.late_by else "",
        )


def _party(clock: Clock, case: Case, wording: Wording) -> str:
    """Name whom a duty wants told, where no record and no playbook gives a name of its own."""
    if clock.duty.recipient == "subjects":
        return wording.phrase("the_data_subjects")
    unnamed = not case.organisation.authority and clock.duty.creditor == authority_name(case.organisation, case.rules)
    return wording.phrase("competent_authority") if unnamed else clock.duty.creditor


def _notifications(case: Case, clocks: Iterable[Clock], wording: Wording) -> Iterator[Notification]:
    """Yield every notification of ours, whatever became of it; what others sent us is a moment."""
    under = {clock.duty.id: clock for clock in clocks}
    for filing in case.incident.filings:
        clock = under.get(filing.duty)
        if clock and clock.duty.recipient == "us":
            continue
        yield Notification(
            at=wording.instant(filing.at),
            to=filing.to or (_party(clock, case, wording) if clock else filing.duty),
            status=filing.status.value,
            complete=filing.complete,
            reference=filing.reference or "",
            channel=filing.channel or "",
            because=filing.because or "",
        )


def _missing(case: Case, clocks: tuple[Clock, ...], required: tuple[str, ...], wording: Wording) -> Iterator[Missing]:
    incident, facts = case.incident, case.incident.current_facts()
    if not case.organisation.name:
        yield Missing("sender", wording.phrase("sender"), blocking=True)
    yield from missing_facts(required, facts, wording)
    if incident.decision is None and incident.role.decides:
        yield Missing("decision", wording.phrase("decision"), blocking=incident.personal_data is not False)
    if not belongs_in_register(incident):
        return
    if awareness(clocks) is None:
        yield Missing("moments.aware", wording.labels.text("moments", "aware"), blocking=True)
    late = any(clock.late_by for clock in owed_first(clocks, "authority"))
    if late and "delay_reasons" not in facts and not reasons_given(incident):
        yield Missing("delay_reasons", wording.fact("delay_reasons"), blocking=True)
    yield from _missing_of_subjects(case, wording)


def _missing_of_subjects(case: Case, wording: Wording) -> Iterator[Missing]:
    """Yield whether the data subjects are told, and why not, where nobody recorded it."""
    facts = case.incident.current_facts()
    status = facts.get("subjects_informed_status")
    if status is None or not status.answers or status.value == "undecided":
        yield Missing("subjects_informed_status", wording.fact("subjects_informed_status"), blocking=True)
    elif status.value == "not_informed" and "not_informed_reason" not in facts:
        yield Missing("not_informed_reason", wording.fact("not_informed_reason"), blocking=True)
