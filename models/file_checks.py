"""Checks of the Art. 33 file: figures, dates and judgements that do not fit together. They warn, and never block."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from models.clocks import Clock
from models.dossier import RecordedFact
from models.duty import US
from models.figures import Span, span, span_words, together
from models.incident import Incident
from models.moments import MomentName
from models.periods import instant_words
from models.vocabulary import (
    Basis,
    BreachType,
    Certainty,
    ClockState,
    DataCategory,
    Risk,
    Severity,
    SubjectCategory,
    SubjectsInformedStatus,
)

Facts = Mapping[str, tuple[RecordedFact, ...]]

DELICATE: Mapping[str, frozenset[str]] = {
    "special_categories": frozenset(),
    "data_categories": frozenset(
        {
            DataCategory.NATIONAL_ID,
            DataCategory.CREDENTIALS,
            DataCategory.BANK_ACCOUNT,
            DataCategory.PAYMENT_CARD,
            DataCategory.IDENTITY_DOCUMENTS,
            DataCategory.CRIMINAL,
            DataCategory.SECRECY_PROTECTED,
        }
    ),
    "subject_categories": frozenset({SubjectCategory.MINORS, SubjectCategory.VULNERABLE, SubjectCategory.PATIENTS}),
}
"""Data and people for which little harm wants a reason (EDPB Guidelines 9/2022, IV.B); an empty set stands for all."""

GRAVE = frozenset({Severity.SIGNIFICANT, Severity.MAXIMAL})


def file_warnings(incident: Incident, now: datetime) -> tuple[str, ...]:
    """Return what does not fit together in the file at `now` (UTC), each with what to do about it."""
    return (
        *_figures(incident.facts),
        *(f"{one.name}: {said}" for one in incident.customers for said in _figures(one.facts)),
        *_customers_together(incident),
        *_countries(incident.facts),
        *_told(incident, now),
        *_light_judgement(incident),
        *_grave_though_unintelligible(incident),
    )


def delay_warnings(incident: Incident, clocks: Iterable[Clock]) -> Iterator[str]:
    """Yield where the reasons for a delay are missing, or are given though nothing is late (Art. 33(1) GDPR)."""
    ours = [clock for clock in clocks if _is_first_notification(clock)]
    late = [clock for clock in ours if clock.late_by is not None]
    recorded = _current(incident.facts, "delay_reasons")
    reasons = recorded is not None and recorded.certainty is not Certainty.NOT_APPLICABLE and recorded.answers
    for clock in late:
        if not reasons and not any(one.because for one in incident.filings_under(clock.duty.id)):
            how = "was met late" if clock.done_at else "is overdue"
            yield f"{clock.duty.id} {how}: the reasons go with it (Art. 33(1) GDPR); record facts.delay_reasons"
    if reasons and ours and not late:
        yield "facts.delay_reasons is recorded, but no notification is late: the forms leave it out until one is"


def _is_first_notification(clock: Clock) -> bool:
    """True for what the law has us tell an authority within a term of its own; what follows a filing has none."""
    duty = clock.duty
    return (
        (duty.debtor, duty.recipient, duty.basis) == (US, "authority", Basis.LAW)
        and duty.trigger.filing is None
        and duty.assumed is None
        and clock.state is not ClockState.NOT_REQUIRED
    )


def _figures(facts: Facts) -> Iterator[str]:
    """Hold the numbers of people and of records against each other, and each against what it was before."""
    subjects, records, told = (_span(facts, name) for name in ("subjects_count", "records_count", "informed_count"))
    if subjects and records:
        if _value(facts, "subjects_count") == _value(facts, "records_count"):
            yield "the numbers of people and of records are the same: people and records are counted apart"
        elif subjects.is_above(records):
            yield (
                f"more people ({span_words(subjects)}) than records ({span_words(records)}): a person has a record "
                "or more as a rule; see that the two are not interchanged"
            )
    if subjects and told and told.is_above(subjects):
        yield (
            f"more people were told ({span_words(told)}) than are concerned ({span_words(subjects)}): "
            "correct informed_count or subjects_count"
        )
    for name in ("subjects_count", "records_count"):
        yield from _outside_earlier(facts, name)


def _outside_earlier(facts: Facts, name: str) -> Iterator[str]:
    """Say where a figure lies outside the range that was recorded before it."""
    standing = [found for found in (span(one.value) for one in facts.get(name, ())) if found]
    for earlier, now in list(pairwise(standing))[-1:]:
        if earlier.least == earlier.most or not now.is_apart_from(earlier):
            continue
        yield (
            f"{name} is now {span_words(now)}, outside the range recorded before ({span_words(earlier)}): "
            "see that it is no slip, and tell whoever was given the range"
        )


def _customers_together(incident: Incident) -> Iterator[str]:
    """Hold the sum of the customers' own figures against the total; only the sum of all can be too small."""
    affected = [one for one in incident.customers if one.affected] if incident.acts_for_customers else []
    for name in ("subjects_count", "records_count"):
        total, own = _span(incident.facts, name), [_span(one.facts, name) for one in affected]
        known = [one for one in own if one]
        if total is None or not known:
            continue
        added = together(known)
        if not (total.exact and added.exact):
            continue
        if added.is_above(total):
            yield _does_not_add_up(name, added, total, "lower a customer's, or raise the total")
        elif len(known) == len(own) and total.is_above(added):
            yield _does_not_add_up(name, added, total, "a customer is missing, or one of the figures is wrong")


def _does_not_add_up(name: str, added: Span, total: Span, hint: str) -> str:
    return f"{name}: the customers' own add up to {span_words(added)}, all together is {span_words(total)}: {hint}"


def _countries(facts: Facts) -> Iterator[str]:
    """Hold the people of each country against the countries and against all people."""
    counted = _value(facts, "people_by_country") or {}
    named = _value(facts, "countries")
    strangers = sorted(set(counted) - set(named)) if named else []
    if strangers:
        yield f"people_by_country counts people in {', '.join(strangers)}, which countries leaves out: add it there"
    total, each = _span(facts, "subjects_count"), [span(count) for count in counted.values()]
    known = [one for one in each if one]
    if total is None or not known:
        return
    added = together(known)
    if total.exact and added.exact and added.is_above(total):
        yield f"people_by_country adds up to {span_words(added)}, subjects_count is {span_words(total)}: correct one"
    elif total.exact and added.exact and len(known) == len(each) and total.is_above(added):
        yield (
            f"people_by_country adds up to {span_words(added)}, subjects_count is {span_words(total)}: "
            "a country is missing, or one of the figures is wrong"
        )


def _told(incident: Incident, now: datetime) -> Iterator[str]:
    """Hold what is recorded of telling the people against the dates, and against each other (Art. 34 GDPR)."""
    status = _value(incident.facts, "subjects_informed_status")
    informed, planned = (_instant(incident.facts, name) for name in ("informed_at", "informed_planned_at"))
    if informed is None and status == SubjectsInformedStatus.INFORMED:
        yield "the people are said to be informed, and not when: record informed_at"
    if informed is not None and status not in {None, SubjectsInformedStatus.INFORMED}:
        yield f"informed_at is recorded, and subjects_informed_status is {status}: correct one of them"
    if informed is not None:
        when = instant_words(informed, incident.zone)
        began = incident.instant(MomentName.OCCURRED_FROM)
        if began is not None and informed < began:
            yield f"informed_at {when} is before the breach began: see which of the two dates is right"
        if informed > now:
            yield f"informed_at {when} is later than now: what is only planned is informed_planned_at"
    if planned is not None and planned < now and informed is None and status == SubjectsInformedStatus.PLANNED:
        when = instant_words(planned, incident.zone)
        yield f"informed_planned_at {when} is past: record informed_at, or the new date"


def _light_judgement(incident: Incident) -> Iterator[str]:
    """Ask again where delicate data or people meet an assessment that sees no harm."""
    facts, decision = incident.facts, incident.decision
    unlikely = decision is not None and decision.risk is Risk.UNLIKELY
    if _value(facts, "special_categories") and unlikely:
        yield "special categories of data are affected, yet the risk was decided to be unlikely: see the reasons"
    found = [key for name in DELICATE for key in _delicate(facts, name)]
    ordinary = [key for key in found if key not in (_value(facts, "special_categories") or ())]
    if ordinary and unlikely and not _value(facts, "data_unintelligible"):
        yield f"{', '.join(ordinary)}: affected, yet the risk was decided to be unlikely: see the reasons"
    reason = _current(facts, "severity_reason")
    if found and _value(facts, "severity") == Severity.NEGLIGIBLE and not (reason and reason.answers):
        yield f"{', '.join(found)}: affected, yet the severity is negligible: record severity_reason, or raise it"


def _delicate(facts: Facts, name: str) -> list[str]:
    chosen, delicate = _value(facts, name) or (), DELICATE[name]
    return [str(key) for key in chosen if not delicate or key in delicate]


def _grave_though_unintelligible(incident: Incident) -> Iterator[str]:
    """Ask again where nobody can read what was disclosed, and grave harm is expected of the disclosure alone."""
    facts, decision = incident.facts, incident.decision
    only_seen = set(_value(facts, "breach_types") or ()) <= {BreachType.CONFIDENTIALITY}
    if not only_seen or _value(facts, "data_unintelligible") is not True:
        return
    if _value(facts, "severity") in GRAVE:
        yield (
            f"the data are unintelligible to others, yet the severity is {_value(facts, 'severity')}: "
            "see that the protection holds, and what the harm would be"
        )
    if decision is not None and decision.risk is Risk.HIGH:
        yield (
            "the data are unintelligible to others, yet the risk was decided to be high: see that the protection "
            "holds; Art. 34(3)(a) may spare telling the people"
        )


def _current(facts: Facts, name: str) -> RecordedFact | None:
    return facts[name][-1] if facts.get(name) else None


def _value(facts: Facts, name: str) -> Any:
    """Return the current value of a fact; None where there is none, or it is said to be unknown."""
    current = _current(facts, name)
    return current.value if current is not None and current.answers else None


def _span(facts: Facts, name: str) -> Span | None:
    return span(_value(facts, name))


def _instant(facts: Facts, name: str) -> datetime | None:
    value = _value(facts, name)
    return datetime.fromisoformat(value) if value else None
