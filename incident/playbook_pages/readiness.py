"""What a vendor's playbook would cost us, as a page: the rehearsal first, then each finding and what to ask for."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from incident.playbook_pages.citations import unless_checked
from incident.playbook_pages.layout import Paragraph, labelled, paragraph, section
from incident.playbook_pages.words import term
from incident.readiness import Judged
from models.duty import Citation
from models.moments import utc_text
from models.periods import Unit, calendar_words
from models.playbook import ContractDuty
from models.readiness import Finding
from models.readiness_scale import Check, Severity
from models.rehearsal import Rehearsal
from playbooks.readiness import scale

HEADINGS = ("ID", "GRADE", "HIGH", "MEDIUM", "LOW", "YOU WOULD HEAR BY")
SUSPENDED = {
    "confirmation": "Its time begins when it confirms the breach, and no date holds it to that. Confirmed at once,",
    "discovery": "Its time begins when it has discovered the breach. Discovered at once,",
}
"""What delays the start of a clause that does not run from awareness."""


def readiness_overview(judged: Sequence[Judged], at: datetime, zone: ZoneInfo) -> Iterator[str]:
    """Write every vendor in a line, the worst grade first."""
    rows = [HEADINGS, *(_row(one, zone) for one in judged)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield f"Rehearsed: the vendor learns of a breach on {_dated(at, zone)}"
    yield ""
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    yield scale().about
    yield "`incident playbooks lint ID` says what each costs, and what to ask for."


def readiness_page(one: Judged) -> Iterator[Paragraph]:
    """Write one vendor's page."""
    vendor, grade = one.vendor, one.readiness.grade
    yield from paragraph(f"{vendor.name} · vendor {vendor.id} · {one.origin} · grade {grade.grade}: {grade.means}")
    yield from paragraph(scale().about)
    heading = f"If it learns of a breach on {_dated(one.rehearsal.at, one.rehearsal.place.zone)}"
    yield from section(heading, _rehearsed(one))
    findings = [finding for finding in one.readiness.findings if finding.check is not Check.GAP]
    gaps = [finding for finding in one.readiness.findings if finding.check is Check.GAP]
    yield from section("What it would cost you, and what to ask for", _findings(findings))
    yield from section("What its documents do not say, and what to ask for", _gaps(gaps))


def readiness_document(judged: Sequence[Judged], now: datetime, at: datetime) -> dict[str, Any]:
    """Return `incident playbooks lint --json`."""
    return {
        "as_of": utc_text(now),
        "rehearsed_at": utc_text(at),
        "about": scale().about,
        "vendors": [
            {
                "id": one.vendor.id,
                "name": one.vendor.name,
                "origin": one.origin,
                "grade": one.readiness.grade.grade,
                "means": one.readiness.grade.means,
                "findings": [_finding_document(finding) for finding in one.readiness.findings],
                "rehearsal": _rehearsal_document(one.rehearsal),
            }
            for one in judged
        ],
    }


def _row(one: Judged, zone: ZoneInfo) -> tuple[str, ...]:
    count = one.readiness.count
    high = count(Severity.SEVERE) + count(Severity.HIGH)
    told_by = one.rehearsal.told_by
    heard = calendar_words(told_by, zone) if told_by else "no date"
    figures = (str(number) for number in (high, count(Severity.MEDIUM), count(Severity.LOW)))
    return (one.vendor.id, one.readiness.grade.grade, *figures, heard)


def _rehearsed(one: Judged) -> Iterator[Paragraph]:
    duty, told_by = one.vendor.main_duty, one.rehearsal.told_by
    if duty is None or told_by is None:
        yield from paragraph(_undated(duty), "  ")
        return
    yield from paragraph(" ".join(_told(one.rehearsal, duty, told_by)), "  ")
    yield from paragraph(" ".join(_ours(one, told_by)), "  ")


def _undated(duty: ContractDuty | None) -> str:
    why = "no clause"
    if duty is not None:
        aim = f", an aim of {term(duty.aim)}" if duty.aim else ""
        why = f"{term(duty.period)}{aim}"
    return f"No date ({why}): you may hear when they like; your 72 hours run from when they tell you."


def _told(rehearsal: Rehearsal, duty: ContractDuty, told_by: datetime) -> Iterator[str]:
    zone, waited = rehearsal.place.zone, _hours(told_by - rehearsal.at)
    counted = "" if duty.period.unit is Unit.HOURS else f" ({term(duty.period)})"
    begun = SUSPENDED.get(duty.trigger)
    you = f"{begun} you" if begun else "You"
    yield f"{you} would hear by {_dated(told_by, zone)}, {waited}{counted} after it knew."
    yield "Until then nobody of yours acts."
    if rehearsal.told_latest is not None:
        yield f"Under its counting rule it may be as late as {_dated(rehearsal.told_latest, zone)}."


def _ours(one: Judged, told_by: datetime) -> Iterator[str]:
    rehearsal = one.rehearsal
    until, left = rehearsal.ours_until, rehearsal.left_from_awareness
    if until is None or left is None:
        return
    whole, place = _hours(until - told_by), rehearsal.place
    yield f"Your {whole} run from when you are told: all of them are left then, until {_dated(until, place.zone)}."
    days = ", ".join(f"{day:%a %d %b}" for day in rehearsal.worked) or "none"
    holidays = "" if place.knows_holidays else " (no public holidays are known: your settings name no country)"
    yield f"Working days among them: {days}{holidays}."
    rest = _hours(left) if left else "nothing"
    yield f"Counted from {one.vendor.name}'s own awareness instead, {rest} of the {whole} would be left."


def _hours(length: timedelta) -> str:
    hours, rest = divmod(int(length.total_seconds()), 3600)
    return f"{hours} h {rest // 60:02} min" if rest else f"{hours} hours"


def _findings(findings: Sequence[Finding]) -> Iterator[Paragraph]:
    for finding in findings:
        said = f": {finding.said}" if finding.said else ""
        yield from paragraph(f"{finding.severity.value:<7} {finding.title}{said}", "  ", " " * 10)
        yield from labelled("costs", finding.why)
        yield from labelled("ask for", finding.ask)
        for citation in finding.citations:
            yield from labelled("source", _cited(citation))


def _gaps(gaps: Sequence[Finding]) -> Iterator[Paragraph]:
    for gap in gaps:
        yield from paragraph(gap.said, "  ", "      ")
        yield from labelled("ask for", gap.ask)


def _cited(citation: Citation) -> str:
    doubt = unless_checked(citation.confidence)
    read = f"{doubt}, last read on" if doubt else "checked on"
    return f"{citation.document}, {citation.place}; {read} {citation.checked_on}"


def _dated(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%a %d %b %Y %H:%M} {local.tzname()}"


def _finding_document(finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding.check.value,
        "severity": finding.severity.value,
        "title": finding.title,
        "said": finding.said or None,
        "why": finding.why,
        "ask": finding.ask,
        "sources": [
            {
                "document": citation.document,
                "place": citation.place,
                "confidence": citation.confidence.value,
                "checked_on": citation.checked_on.isoformat() if citation.checked_on else None,
            }
            for citation in finding.citations
        ],
    }


def _rehearsal_document(rehearsal: Rehearsal) -> dict[str, Any]:
    left = rehearsal.left_from_awareness
    return {
        "at": utc_text(rehearsal.at),
        "told_by": utc_text(rehearsal.told_by) if rehearsal.told_by else None,
        "told_latest": utc_text(rehearsal.told_latest) if rehearsal.told_latest else None,
        "ours_until": utc_text(rehearsal.ours_until) if rehearsal.ours_until else None,
        "left_from_awareness_seconds": None if left is None else int(left.total_seconds()),
        "worked_days": [day.isoformat() for day in rehearsal.worked],
    }
