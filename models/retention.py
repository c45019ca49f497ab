"""Retention: when what an incident holds is to be erased, and what of it remains then.

What remains shows what was done and when, so that compliance can still be verified (Art. 33(5) GDPR), and names nobody
(Art. 5(1)(e)): figures, instants, options chosen from lists, notifications and their references, decisions without
their reasons, the ids of customers, the hash and size of attachments. Every text that somebody wrote goes, and so do
names, contacts and notes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.dossier import RecordedFact
from models.exemptions import Exemption, Relied
from models.incident import Attachment, Closing, Decision, Incident
from models.journal import Entry
from models.moments import Moment, utc_text
from models.record_changes import appended, with_changes
from models.vocabulary import Certainty, Risk

ERASED = "(erased)"
"""What stands for a text that was erased."""

_LISTED = frozenset({"choice", "ticks", "yes-no", "count", "counts", "instant"})
"""The kinds of facts (`models.fact_kinds`) in which nobody writes words of their own."""

_CODES = frozenset({"countries"})
"""Facts that are lists of codes, not of words."""


def erasure_due(incident: Incident, months: int | None) -> datetime | None:
    """Return when a closed incident is to be erased (UTC): so many months after it was closed.

    None for an open or an erased one, and without a rule (`months` None).
    """
    if incident.closing is None or incident.erased_at is not None or months is None:
        return None
    from dateutil.relativedelta import relativedelta

    due: datetime = incident.closing.recorded_at + relativedelta(months=months)
    return due


def remains(incident: Incident) -> dict[str, Any]:
    """Return what the erasing entry keeps of a closed incident, as plain JSON.

    Raises:
        ValueError: the incident is not closed.
    """
    from models.fact_kinds import fact_kind

    if incident.closing is None:
        raise ValueError(f"{incident.reference} is not closed")
    facts = incident.current_facts()
    listed = {name for name in facts if fact_kind(name) in _LISTED or name in _CODES}
    return {
        "record": _record(incident) | {"facts": {name: facts[name].value for name in listed if facts[name].value}},
        "external_ref": incident.external_ref,
        "opened_at": incident.opened_at.isoformat(),
        "erased_facts": [name for name in facts if name not in listed and facts[name].answers],
        "filings": [
            {
                "duty": filing.duty,
                "at": utc_text(filing.at),
                "status": filing.status.value,
                "complete": filing.complete,
                "reference": filing.reference,
            }
            for filing in incident.filings
        ],
        "decisions": [
            {
                "breach": decision.breach,
                "risk": decision.risk.value if decision.risk else None,
                "covered_elsewhere": decision.covered_elsewhere,
                "recorded_at": decision.recorded_at.isoformat(),
            }
            for decision in incident.decisions
        ],
        "exemption": _exemption(incident),
        "attachments": [{"sha256": one.sha256, "size": one.size} for one in incident.attachments],
        "closed_at": incident.closing.recorded_at.isoformat(),
        "despite": list(incident.closing.despite),
    }


def rebuilt(entry: Entry) -> Incident:
    """Rebuild what remains of an incident from the entry that records its erasure (`remains`)."""
    body = entry.body or {}
    incident = Incident(
        reference=entry.incident or "",
        opened_at=datetime.fromisoformat(body["opened_at"]),
        last_action_at=entry.recorded_at,
        erased_at=entry.recorded_at,
        external_ref=body["external_ref"],
    )
    incident = with_changes(incident, {**body["record"], "filings": body["filings"]}, entry)
    erased = RecordedFact(None, Certainty.NOT_APPLICABLE, None, entry.recorded_at, entry.actor, ERASED)
    decisions = (
        Decision(
            breach=one["breach"],
            risk=Risk(one["risk"]) if one["risk"] else None,
            because=ERASED,
            by=ERASED,
            recorded_at=datetime.fromisoformat(one["recorded_at"]),
            covered_elsewhere=one["covered_elsewhere"],
        )
        for one in body["decisions"]
    )
    said = body["exemption"]
    exemption = said and Exemption(
        Relied.read(said["art_34_3"]), ERASED, ERASED, datetime.fromisoformat(said["recorded_at"])
    )
    attachments = (
        Attachment(one["sha256"], one["size"], ERASED, entry.recorded_at, ERASED) for one in body.get("attachments", ())
    )
    closing = Closing(ERASED, ERASED, datetime.fromisoformat(body["closed_at"]), tuple(body["despite"]))
    return replace(
        incident,
        facts=appended(incident.facts, dict.fromkeys(body["erased_facts"], erased)),
        decisions=tuple(decisions),
        exemption=exemption,
        exemptions=(exemption,) if exemption else (),
        attachments=tuple(attachments),
        closing=closing,
        closings=(closing,),
    )


def _exemption(incident: Incident) -> dict[str, Any] | None:
    """Return the ground of Art. 34(3) GDPR that is relied on, and when that was decided."""
    stands = incident.exemption
    if stands is None:
        return None
    ground = replace(stands.relied, law=ERASED) if stands.relied.law else stands.relied
    return {"art_34_3": ground.typed, "recorded_at": stands.recorded_at.isoformat()}


def _record(incident: Incident) -> dict[str, Any]:
    """Return the incident as an import record would say it, without a word that somebody wrote."""
    vendor = incident.vendor.playbook if incident.vendor else None
    moments = {name.value: moment for name in incident.moments if (moment := incident.moment(name))}
    record: dict[str, Any] = {
        "title": ERASED,
        "role": incident.role.value,
        "personal_data": incident.personal_data,
        "regimes": list(incident.regimes),
        "sectors": list(incident.sectors),
        "place": {
            "zone": incident.place.zone,
            "country": incident.place.country,
            "subdivision": incident.place.subdivision,
        },
        "moments": {name: _moment(stated.moment) for name, stated in moments.items()},
    }
    if vendor or incident.vendor:
        record["vendor"] = vendor or {"name": ERASED}
    if incident.contract:
        record["contract"] = incident.contract
    record["customers"] = [
        {"id": customer.id, "name": ERASED, "role": customer.role.value, "affected": customer.affected}
        for customer in incident.customers
    ]
    return record


def _moment(moment: Moment) -> str | Mapping[str, Any]:
    if moment.day is not None:
        return moment.day.isoformat()
    if moment.until is None and not moment.approximate:
        return utc_text(moment.at)
    until = utc_text(moment.until) if moment.until else None
    return {"from": utc_text(moment.at), "to": until, "approximate": moment.approximate}
