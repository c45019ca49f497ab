"""The Art. 33 file as a person reads it: what is missing first, then what is known, grouped as the forms ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incident.board import file_duty
from incident.completeness import notification_files
from incident.look import Look
from incident.notices.labels import labels_in
from incident.notices.wording import Wording
from models.clocks import next_clock
from models.disclosure import facts_for
from models.dossier import ALTERNATIVE, RecordedFact
from models.incident import Incident, Note
from models.moments import MomentName, moment_words
from models.notification_file import NotificationFile
from models.periods import calendar_words
from models.vocabulary import Certainty

GROUPS: Mapping[str, tuple[str, ...]] = {
    "the breach": (
        "breach_types",
        "incident_origin",
        "incident_cause",
        "description",
        "discovery_circumstances",
        "date_comments",
        "systems_affected",
        "delay_reasons",
    ),
    "data": ("data_categories", "special_categories", "records_count"),
    "people": ("subject_categories", "subjects_count", "countries", "people_by_country"),
    "protection before": ("data_unintelligible", "measures_before"),
    "consequences": ("consequences", "likely_consequences", "harms", "severity", "severity_reason"),
    "measures": ("measures_remedy", "measures_prevent"),
    "told to people": (
        "subjects_informed_status",
        "informed_at",
        "informed_planned_at",
        "informed_count",
        "informed_channels",
        "informed_content",
        "not_informed_reason",
    ),
    "contacts and others": (
        "contact_point",
        "other_parties",
        "other_dpas",
        "other_regulators",
        "police_report",
        "own_reference",
    ),
}
"""The facts under the headings that the authorities' forms have in common, in their order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of the file.

    Attributes:
        name: the fact, or alternatives joined by `|`.
        certainty: None while nothing was recorded.
        text: the answer in words, or the reason why the fact does not apply; empty where there is none.
        asked: the last note by which a party was asked for it.
    """

    name: str
    label: str
    certainty: Certainty | None
    text: str
    source: str | None
    asked: Note | None


@dataclass(frozen=True, slots=True)
class Art33File:
    """The file, held against the next notification of ours.

    Attributes:
        recipient: who is told next, or None where nothing of the file is owed to anybody.
        missing: what its notification requires and cannot state yet.
        known: the rest of what was recorded, by heading; headings without anything are left out.
        notifications: how far each notification of ours is by its own form, law or contract, the most urgent first.
        asked: the notes of what was said to or by a party, latest first.
    """

    recipient: str | None
    answered: int
    required: int
    missing: tuple[Line, ...]
    known: tuple[tuple[str, tuple[Line, ...]], ...]
    notifications: tuple[NotificationFile, ...]
    asked: tuple[Note, ...]


def art33_file(look: Look) -> Art33File:
    """Return the file of one incident, in English."""
    incident = look.incident
    upcoming = next_clock(look.clocks) if incident.closing is None else None
    duty = file_duty(tuple(clock.duty for clock in look.clocks), upcoming)
    customer = incident.customer(duty.customer) if duty else None
    facts = facts_for(incident, look.in_force.organisation, customer)
    wording = Wording("en", labels_in("en", None), incident.zone)
    missing = look.completeness.missing
    named = {name for names in missing for name in names.split(ALTERNATIVE)}
    groups = [("dates", tuple(_dates(incident)))]
    groups += [
        (heading, tuple(_line(name, facts, incident, wording) for name in names if name in facts and name not in named))
        for heading, names in GROUPS.items()
    ]
    return Art33File(
        recipient=duty.creditor if duty else None,
        answered=look.completeness.answered,
        required=look.completeness.required,
        missing=tuple(_line(names, facts, incident, wording) for names in missing),
        known=tuple((heading, lines) for heading, lines in groups if lines),
        notifications=notification_files(look),
        asked=tuple(sorted(_with_party(incident), key=lambda note: note.at, reverse=True)),
    )


def _line(names: str, facts: Mapping[str, RecordedFact], incident: Incident, wording: Wording) -> Line:
    parts = names.split(ALTERNATIVE)
    first, *others = (wording.fact(name) for name in parts)
    label = " or ".join([first, *(other[:1].lower() + other[1:] for other in others)])
    fact = next((facts[name] for name in parts if name in facts), None)
    asked = incident.asked_for(parts)
    if fact is None:
        return Line(names, label, None, "", None, asked)
    said = wording.answer(_recorded(parts, facts), fact.value) if fact.answers and fact.value is not None else fact.why
    return Line(names, label, fact.certainty, said or "", fact.source, asked)


def _recorded(names: list[str], facts: Mapping[str, RecordedFact]) -> str:
    return next(name for name in names if name in facts)


def _dates(incident: Incident) -> Iterator[Line]:
    for name in MomentName:
        recorded = incident.moment(name)
        if recorded is None:
            continue
        moment, zone = recorded.moment, incident.zone
        until = f" to {calendar_words(moment.until, zone)}" if moment.until else ""
        said = str(moment.day) if moment.day else f"{calendar_words(moment.at, zone)}{until}"
        certainty = Certainty.ESTIMATED if moment.approximate else Certainty.KNOWN
        label = moment_words(name)
        yield Line(f"moments.{name}", label, certainty, said, recorded.why or recorded.source, None)


def _with_party(incident: Incident) -> Iterator[Note]:
    return (note for note in incident.notes if note.party)
