"""What a (partial) record says, put upon an incident: what it does not name stays as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.dossier import RecordedFact, stated_certainty
from models.duty_ids import is_owed_to_us
from models.incident import Filing, Incident, RecordedMoment
from models.journal import Entry
from models.moments import Moment, MomentName, moment_from_json
from models.parties import Customer, Subprocessor, Vendor
from models.vocabulary import Certainty, FilingStatus, Role


def with_changes(incident: Incident, changes: Mapping[str, Any], entry: Entry) -> Incident:
    """Apply the keys of a (partial) normalised record: what is absent stays as it was."""
    changed = _plain_changes(incident, changes)
    if "customers" in changes:
        changed["customers"] = _with_customers(incident.customers, changes["customers"], entry)
    if "facts" in changes:
        changed["facts"] = _with_facts(incident.facts, changes["facts"], entry)
    if "moments" in changes:
        zone = ZoneInfo(changed.get("place", incident.place).zone)
        changed["moments"] = _with_moments(incident.moments, changes["moments"], entry, zone)
    incident = replace(incident, **changed)
    for filing in changes.get("filings", ()):
        incident = with_filing(incident, filing, entry)
    return incident


def _plain_changes(incident: Incident, changes: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        key: changes[key] for key in ("title", "summary", "personal_data", "contract") if key in changes
    }
    plain |= {key: tuple(changes[key]) for key in ("regimes", "sectors", "tags") if key in changes}
    if "role" in changes:
        plain["role"] = Role(changes["role"])
    if "vendor" in changes:
        vendor = changes["vendor"]
        plain["vendor"] = Vendor(vendor) if isinstance(vendor, str) else Vendor(None, vendor["name"])
    if "subprocessor" in changes:
        behind = changes["subprocessor"]
        plain["subprocessor"] = Subprocessor(
            behind["name"], _instant(behind.get("aware")), _instant(behind.get("told_vendor"))
        )
    if "place" in changes:
        plain["place"] = replace(incident.place, **changes["place"])
    if "related" in changes:
        plain["links"] = joined(incident.links, changes["related"])
    return plain


def joined(links: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Return links with more of them, each once."""
    return tuple(dict.fromkeys((*links, *more)))


def _with_facts(
    facts: Mapping[str, tuple[RecordedFact, ...]], values: Mapping[str, Any], entry: Entry
) -> Mapping[str, tuple[RecordedFact, ...]]:
    said = entry.body or {}
    stated = Certainty(said["certainty"]) if said.get("certainty") else None
    source, recorded_at, actor = said.get("source"), entry.recorded_at, entry.actor
    new = {
        name: RecordedFact(value, stated or stated_certainty(value), source, recorded_at, actor)
        for name, value in values.items()
    }
    return appended(facts, new)


def appended(
    facts: Mapping[str, tuple[RecordedFact, ...]], new: Mapping[str, RecordedFact]
) -> Mapping[str, tuple[RecordedFact, ...]]:
    """Return every value of each fact, with new ones behind the old."""
    return {**facts, **{name: (*facts.get(name, ()), fact) for name, fact in new.items()}}


def _with_moments(
    moments: Mapping[MomentName, tuple[RecordedMoment, ...]],
    values: Mapping[str, Any],
    entry: Entry,
    zone: ZoneInfo,
) -> Mapping[MomentName, tuple[RecordedMoment, ...]]:
    said = entry.body or {}
    result = dict(moments)
    for key, value in values.items():
        name = MomentName(key)
        candidates = value if isinstance(value, list) else [value]
        for index, candidate in enumerate(candidates):
            recorded = RecordedMoment(
                moment=moment_from_json(candidate, zone),
                why=candidate.get("why") if isinstance(candidate, dict) else None,
                source=said.get("source"),
                recorded_at=entry.recorded_at,
                actor=entry.actor,
                correcting=said.get("correcting") if index == 0 else None,
            )
            result[name] = (*result.get(name, ()), recorded)
    return result


def _with_customers(
    customers: tuple[Customer, ...], changes: Iterable[Mapping[str, Any]], entry: Entry
) -> tuple[Customer, ...]:
    by_id = {customer.id: customer for customer in customers}
    for change in changes:
        known = by_id.get(change["id"]) or Customer(change["id"], change["name"])
        plain = {key: change[key] for key in ("name", "contract", "contact", "language", "affected") if key in change}
        role = Role(change["role"]) if "role" in change else known.role
        facts = _with_facts(known.facts, change.get("facts", {}), entry)
        by_id[change["id"]] = replace(known, **plain, role=role, facts=facts)
    return tuple(by_id.values())


def with_filing(incident: Incident, body: Mapping[str, Any], entry: Entry) -> Incident:
    """Add a notification; one that the vendor made to us is also the moment at which it told us, while it stands."""
    filing = Filing(
        duty=body["duty"],
        at=datetime.fromisoformat(body["at"]),
        status=FilingStatus(body.get("status", FilingStatus.MADE)),
        complete=body.get("complete", True),
        recorded_at=entry.recorded_at,
        actor=entry.actor,
        channel=body.get("channel"),
        to=body.get("to"),
        reference=body.get("reference"),
        because=body.get("because"),
        evidence=body.get("evidence"),
    )
    incident = replace(incident, filings=(*incident.filings, filing))
    if not is_owed_to_us(filing.duty):
        return incident
    receipts = incident.moments.get(MomentName.VENDOR_TOLD_US, ())
    source = f"filing under {filing.duty}"
    if filing.status is FilingStatus.MADE:
        receipts += (RecordedMoment(Moment(filing.at), None, source, entry.recorded_at, entry.actor),)
    if filing.status is FilingStatus.WITHDRAWN:
        standing = {(one.at, one.recorded_at) for one in incident.filings_under(filing.duty)}
        receipts = tuple(
            one for one in receipts if one.source != source or (one.moment.at, one.recorded_at) in standing
        )
    moments = {**incident.moments, MomentName.VENDOR_TOLD_US: receipts}
    return replace(incident, moments={name: stated for name, stated in moments.items() if stated})


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
