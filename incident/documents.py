"""The JSON documents of the public face: shapes that scripts rely on. More keys may come, none may change."""

from collections.abc import Iterable
from typing import Any

from incident.fact_documents import completeness_document, fact_document, history_document, hooks_document
from incident.look import Look
from models.clocks import Clock
from models.disclosure import facts_for
from models.explanation import explain
from models.incident import Filing, Incident, RecordedMoment
from models.journal import Entry
from models.moments import utc_text
from models.periods import Unit


def clocks_document(look: Look, *, explained: bool) -> dict[str, Any]:
    """Return `incident clocks REF --json`."""
    return {
        "incident": look.incident.reference,
        "ref": look.incident.external_ref,
        "as_of": utc_text(look.now),
        "clocks": [_clock(clock, look, explained=explained) for clock in look.clocks],
        "gaps": list(look.gaps),
        "warnings": list(look.warnings),
    }


def show_document(look: Look) -> dict[str, Any]:
    """Return `incident show REF --json`."""
    from incident.completeness import notification_files

    incident = look.incident
    facts = facts_for(incident, look.in_force.organisation, None)
    return {
        "incident": incident.reference,
        "ref": incident.external_ref,
        "as_of": utc_text(look.now),
        "title": incident.title,
        "summary": incident.summary,
        "state": "closed" if incident.closing else "open",
        "role": incident.role.value,
        "personal_data": incident.personal_data,
        "vendor": look.vendor,
        "subprocessor": incident.subprocessor.name if incident.subprocessor else None,
        "contract": incident.contract,
        "customers": [
            {
                "id": customer.id,
                "name": customer.name,
                "role": customer.role.value,
                "contract": customer.contract,
                "contact": customer.contact,
                "language": customer.language,
                "affected": customer.affected,
                "facts": {name: fact_document(history[-1]) for name, history in customer.facts.items()},
                "history": history_document(customer.facts),
            }
            for customer in incident.customers
        ],
        "regimes": list(incident.regimes),
        "sectors": list(incident.sectors),
        "place": {
            "country": incident.place.country,
            "subdivision": incident.place.subdivision,
            "zone": incident.place.zone,
        },
        "moments": {name.value: [_moment(one) for one in stated] for name, stated in incident.moments.items()},
        "facts": {name: fact_document(fact) for name, fact in facts.items()},
        "history": history_document(incident.facts),
        "hooks": hooks_document(facts),
        "completeness": _completeness(look),
        "completeness_by_notification": completeness_document(notification_files(look)),
        "missing": list(look.completeness.missing),
        "decision": _decision(incident),
        "exemption": _exemption(incident),
        "clocks": [_clock(clock, look, explained=False) for clock in look.clocks],
        "notifications": [_filing(filing) for filing in incident.filings],
        "notes": [
            {
                "at": utc_text(note.at),
                "text": note.text,
                "by": note.actor,
                "party": note.party,
                "channel": note.channel,
                "about": list(note.about),
            }
            for note in incident.notes
        ],
        "drafts": [
            {
                "kind": draft.kind,
                "file": draft.file,
                "sha256": draft.sha256,
                "recorded_at": utc_text(draft.recorded_at),
            }
            for draft in incident.drafts
        ],
        "attachments": [
            {
                "name": one.name,
                "about": one.about,
                "sha256": one.sha256,
                "size": one.size,
                "recorded_at": utc_text(one.recorded_at),
                "by": one.actor,
            }
            for one in incident.attachments
        ],
        "related": list(incident.links),
        "tags": list(incident.tags),
        "suggestions": suggestions(look),
        "gaps": list(look.gaps),
        "warnings": list(look.warnings),
    }


def journal_document(reference: str, entries: Iterable[Entry]) -> dict[str, Any]:
    """Return `incident journal REF --json`: every entry, in order."""
    return {
        "incident": reference,
        "entries": [
            {
                "sequence": entry.sequence,
                "id": entry.id,
                "kind": entry.kind.value,
                "recorded_at": utc_text(entry.recorded_at),
                "stated_now": utc_text(entry.stated_now) if entry.stated_now else None,
                "actor": entry.actor,
                "role": entry.role,
                "body": entry.body,
            }
            for entry in entries
        ],
    }


def suggestions(look: Look) -> list[dict[str, Any]]:
    """Return what the vendor's documents name for facts nobody has recorded: to be confirmed, never answers."""
    vendor = look.incident.vendor
    playbook = look.in_force.rules.vendors.get(vendor.playbook or "") if vendor else None
    if playbook is None:
        return []
    return [
        {"fact": one.fact, "values": list(one.values), "text": one.text, "place": one.source.place}
        for one in playbook.suggestions
        if one.fact not in look.incident.facts
    ]


def _clock(clock: Clock, look: Look, *, explained: bool) -> dict[str, Any]:
    duty, start = clock.duty, clock.trigger
    document: dict[str, Any] = {
        "duty": duty.id,
        "title": duty.title,
        "from": duty.debtor,
        "to": duty.creditor,
        "basis": duty.basis.value,
        "trigger": {
            "moment": clock.runs_from.name,
            "at": utc_text(start.at) if start else None,
            "presumed_from": start.presumed_from.value if start and start.presumed_from else None,
        },
        "rivals": [
            {"at": utc_text(rival.at), "presumed_from": rival.presumed_from, "why": rival.why}
            for rival in clock.candidates[1:]
        ],
        "condition": {"needs": clock.condition.needs, "state": clock.condition.state.value}
        if clock.condition
        else None,
        "period": _period(clock),
        "due_at": utc_text(clock.due_at) if clock.due_at else None,
        "latest_at": utc_text(clock.latest_at) if clock.latest_at else None,
        "state": clock.state.value,
        "done_at": utc_text(clock.done_at) if clock.done_at else None,
        "late_by_seconds": int(clock.late_by.total_seconds()) if clock.late_by else None,
        "remaining_seconds": int(clock.remaining.total_seconds()) if clock.remaining is not None else None,
        "elapsed_seconds": int(clock.elapsed.total_seconds()) if clock.elapsed is not None else None,
        "idle_seconds": int(clock.idle.total_seconds()) if clock.idle is not None else None,
        "outstanding": list(clock.outstanding),
        "assumed": duty.assumed,
        "source": {
            "document": duty.source.document,
            "place": duty.source.place,
            "confidence": duty.source.confidence.value,
            "checked_on": duty.source.checked_on.isoformat() if duty.source.checked_on else None,
        },
    }
    return document | ({"explain": list(explain(clock, look.incident.calendar))} if explained else {})


def _period(clock: Clock) -> dict[str, Any] | None:
    period = clock.period
    if period is None:
        return None
    if period.amount is None:
        return {"unit": period.unit.value, "phrase": period.phrase}
    if period.unit is Unit.WEEKS:
        return {"unit": Unit.DAYS.value, "amount": 7 * period.amount}
    return {"unit": period.unit.value, "amount": period.amount}


def _moment(one: RecordedMoment) -> dict[str, Any]:
    moment = one.moment
    return {
        "at": utc_text(moment.at),
        "until": utc_text(moment.until) if moment.until else None,
        "day": moment.day.isoformat() if moment.day else None,
        "approximate": moment.approximate,
        "why": one.why,
        "correcting": one.correcting,
        "source": one.source,
        "recorded_at": utc_text(one.recorded_at),
        "by": one.actor,
    }


def _completeness(look: Look) -> dict[str, Any]:
    return {"answered": look.completeness.answered, "required": look.completeness.required}


def _decision(incident: Incident) -> dict[str, Any] | None:
    decision = incident.decision
    if decision is None:
        return None
    return {
        "breach": decision.breach,
        "risk": decision.risk.value if decision.risk else None,
        "because": decision.because,
        "by": decision.by,
        "dpo_advice": decision.dpo_advice,
        "recorded_at": utc_text(decision.recorded_at),
    }


def _exemption(incident: Incident) -> dict[str, Any] | None:
    exemption = incident.exemption
    if exemption is None:
        return None
    return {
        "ground": exemption.relied.ground.value,
        "law": exemption.relied.law,
        "because": exemption.because,
        "by": exemption.by,
        "dpo_advice": exemption.dpo_advice,
        "recorded_at": utc_text(exemption.recorded_at),
    }


def _filing(filing: Filing) -> dict[str, Any]:
    return {
        "duty": filing.duty,
        "at": utc_text(filing.at),
        "status": filing.status.value,
        "complete": filing.complete,
        "channel": filing.channel,
        "to": filing.to,
        "reference": filing.reference,
        "because": filing.because,
        "evidence": filing.evidence,
        "by": filing.actor,
    }
