"""The fold: from an incident's journal entries, in order, to what they say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.dossier import RecordedFact, stated_certainty
from models.duty_ids import is_owed_to_us
from models.exemptions import Exemption, Relied
from models.fact_names import read_fact_name
from models.incident import AddedDuty, Attachment, Closing, Decision, Draft, Filing, Incident, Note, RecordedMoment
from models.journal import Entry, EntryKind
from models.moments import Moment, MomentName, moment_from_json
from models.parties import Customer, Subprocessor, Vendor
from models.retention import ERASED
from models.vocabulary import Certainty, FilingStatus, Risk, Role, SubjectsInformedStatus

EXEMPTION_SOURCE = "decision under Art. 34(3)"
"""Where a fact comes from that follows from the decision not to tell the data subjects one by one."""


class BodyGoneError(ValueError):
    """The body of an entry is gone, and no later entry among these says that it was erased by law."""


def replay(entries: Iterable[Entry]) -> Incident:
    """Fold an incident's entries, in order, into what they say. What was erased by law is passed over.

    Raises:
        BodyGoneError: a body is gone, and these entries do not hold its erasure.
        ValueError: there are no entries, or the first does not open the incident.
    """
    folded = tuple(entries)
    incident: Incident | None = None
    gone: set[int] = set()
    for entry in folded:
        if entry.body is None:
            gone.add(entry.sequence)
            continue
        if entry.kind is EntryKind.ERASED:
            gone -= set(entry.body["entries"])
            incident = _erased(entry)
        else:
            incident = _opened(entry) if incident is None else _FOLD[entry.kind](incident, entry)
        if entry.recorded_at > incident.last_action_at:
            incident = replace(incident, last_action_at=entry.recorded_at)
    if gone:
        raise BodyGoneError(f"the body of entry {min(gone)} is gone")
    if incident is None:
        raise ValueError("no entries: nothing to replay")
    return replace(incident, entries=folded)


def _opened(entry: Entry) -> Incident:
    if entry.kind is not EntryKind.OPENED or entry.incident is None:
        raise ValueError(f"entry {entry.sequence} does not open an incident")
    record = _body(entry)["record"]
    external = record.get("ref")
    if external and record.get("source"):
        external = f"{record['source']}:{external}"
    opened = Incident(
        reference=entry.incident,
        opened_at=entry.recorded_at,
        last_action_at=entry.recorded_at,
        external_ref=external,
        imported=record if external else None,
    )
    return _with_changes(opened, record, entry)


def _erased(entry: Entry) -> Incident:
    """Rebuild what remains of an erased incident (`models.retention`)."""
    body = _body(entry)
    incident = Incident(
        reference=entry.incident or "",
        opened_at=datetime.fromisoformat(body["opened_at"]),
        last_action_at=entry.recorded_at,
        erased_at=entry.recorded_at,
        external_ref=body["external_ref"],
    )
    incident = _with_changes(incident, {**body["record"], "filings": body["filings"]}, entry)
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
        facts=_appended(incident.facts, dict.fromkeys(body["erased_facts"], erased)),
        decisions=tuple(decisions),
        exemption=exemption,
        exemptions=(exemption,) if exemption else (),
        attachments=tuple(attachments),
        closing=closing,
        closings=(closing,),
    )


def _imported(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    return replace(_with_changes(incident, body["changes"], entry), imported=body["record"])


def _recorded(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    changed = _with_changes(incident, body["changes"], entry)
    for name in body.get("without_value", ()):
        changed = _without_value(changed, name, entry)
    return changed


def _without_value(incident: Incident, name: str, entry: Entry) -> Incident:
    """Add that a fact, everybody's or one customer's own, is not known or does not apply."""
    body = _body(entry)
    fact, whose = read_fact_name(name)
    said = RecordedFact(
        None, Certainty(body["certainty"]), body.get("source"), entry.recorded_at, entry.actor, body.get("why")
    )
    if whose is None:
        return replace(incident, facts=_appended(incident.facts, {fact: said}))
    customers = (
        replace(one, facts=_appended(one.facts, {fact: said})) if one.id == whose else one for one in incident.customers
    )
    return replace(incident, customers=tuple(customers))


def _noted(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    note = Note(
        text=body["text"],
        at=datetime.fromisoformat(body["at"]),
        actor=entry.actor,
        recorded_at=entry.recorded_at,
        party=body.get("party"),
        channel=body.get("channel"),
        about=tuple(body.get("about", ())),
    )
    return replace(incident, notes=(*incident.notes, note))


def _decided(incident: Incident, entry: Entry) -> Incident:
    """Add a decision on the breach and its risk, one on Art. 34(3), or both; what stood of Art. 34(3) is past."""
    body = _body(entry)
    incident = _without_exemption(incident)
    if "breach" in body:
        incident = _with_decision(incident, body, entry)
    return _with_exemption(incident, body, entry) if body.get("art_34_3") else incident


def _with_decision(incident: Incident, body: Mapping[str, Any], entry: Entry) -> Incident:
    decision = Decision(
        breach=body["breach"],
        risk=Risk(body["risk"]) if body.get("risk") else None,
        because=body.get("because"),
        by=body["by"],
        recorded_at=entry.recorded_at,
        dpo_advice=body.get("dpo_advice"),
        covered_elsewhere=body.get("covered_elsewhere"),
    )
    return replace(incident, decisions=(*incident.decisions, decision))


def _with_exemption(incident: Incident, body: Mapping[str, Any], entry: Entry) -> Incident:
    """Add the ground that is relied on, and the facts that follow from it: authorities' forms ask for them."""
    relied = Relied.read(body["art_34_3"])
    exemption = Exemption(relied, body["because"], body["by"], entry.recorded_at, body.get("dpo_advice"))
    values = {"not_informed_reason": relied.ground.value}
    if relied.ground.frees:
        values["subjects_informed_status"] = SubjectsInformedStatus.NOT_INFORMED.value
    facts = {
        name: RecordedFact(value, Certainty.KNOWN, EXEMPTION_SOURCE, entry.recorded_at, entry.actor)
        for name, value in values.items()
    }
    return replace(
        incident,
        facts=_appended(incident.facts, facts),
        exemption=exemption,
        exemptions=(*incident.exemptions, exemption),
    )


def _without_exemption(incident: Incident) -> Incident:
    """Take away the ground that stood and the facts that followed from it: a new decision says it anew, or not."""
    if incident.exemption is None:
        return incident
    left = {
        name: tuple(fact for fact in history if fact.source != EXEMPTION_SOURCE)
        for name, history in incident.facts.items()
    }
    return replace(incident, facts={name: history for name, history in left.items() if history}, exemption=None)


def _duty_added(incident: Incident, entry: Entry) -> Incident:
    added = AddedDuty(len(incident.added_duties) + 1, _body(entry))
    return replace(incident, added_duties=(*incident.added_duties, added))


def _duty_dropped(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    duties = tuple(
        replace(added, dropped=body["because"]) if added.number == body["number"] else added
        for added in incident.added_duties
    )
    return replace(incident, added_duties=duties)


def _drafted(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    draft = Draft(body["kind"], body["file"], body["sha256"], entry.recorded_at, entry.actor)
    return replace(incident, drafts=(*incident.drafts, draft))


def _attached(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    attached = Attachment(body["sha256"], body["size"], body["name"], entry.recorded_at, entry.actor, body.get("about"))
    return replace(incident, attachments=(*incident.attachments, attached))


def _notified(incident: Incident, entry: Entry) -> Incident:
    return _with_filing(incident, _body(entry), entry)


def _linked(incident: Incident, entry: Entry) -> Incident:
    return replace(incident, links=_joined(incident.links, [_body(entry)["other"]]))


def _closed(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    closing = Closing(body["because"], entry.actor, entry.recorded_at, tuple(body.get("despite", ())))
    return replace(incident, closing=closing, closings=(*incident.closings, closing))


def _reopened(incident: Incident, entry: Entry) -> Incident:
    because = _body(entry).get("because") or "no reason was given"
    return replace(incident, closing=None, reopenings=(*incident.reopenings, because))


_FOLD: Mapping[EntryKind, Callable[[Incident, Entry], Incident]] = {
    EntryKind.IMPORTED: _imported,
    EntryKind.RECORDED: _recorded,
    EntryKind.NOTED: _noted,
    EntryKind.DECIDED: _decided,
    EntryKind.DUTY_ADDED: _duty_added,
    EntryKind.DUTY_DROPPED: _duty_dropped,
    EntryKind.DRAFTED: _drafted,
    EntryKind.ATTACHED: _attached,
    EntryKind.NOTIFIED: _notified,
    EntryKind.LINKED: _linked,
    EntryKind.CLOSED: _closed,
    EntryKind.REOPENED: _reopened,
}


def _body(entry: Entry) -> Mapping[str, Any]:
    return entry.body or {}


def _with_changes(incident: Incident, changes: Mapping[str, Any], entry: Entry) -> Incident:
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
        incident = _with_filing(incident, filing, entry)
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
        plain["links"] = _joined(incident.links, changes["related"])
    return plain


def _joined(links: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*links, *more)))


def _with_facts(
    facts: Mapping[str, tuple[RecordedFact, ...]], values: Mapping[str, Any], entry: Entry
) -> Mapping[str, tuple[RecordedFact, ...]]:
    said = _body(entry)
    stated = Certainty(said["certainty"]) if said.get("certainty") else None
    source, recorded_at, actor = said.get("source"), entry.recorded_at, entry.actor
    new = {
        name: RecordedFact(value, stated or stated_certainty(value), source, recorded_at, actor)
        for name, value in values.items()
    }
    return _appended(facts, new)


def _appended(
    facts: Mapping[str, tuple[RecordedFact, ...]], new: Mapping[str, RecordedFact]
) -> Mapping[str, tuple[RecordedFact, ...]]:
    return {**facts, **{name: (*facts.get(name, ()), fact) for name, fact in new.items()}}


def _with_moments(
    moments: Mapping[MomentName, tuple[RecordedMoment, ...]],
    values: Mapping[str, Any],
    entry: Entry,
    zone: ZoneInfo,
) -> Mapping[MomentName, tuple[RecordedMoment, ...]]:
    said = _body(entry)
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


def _with_filing(incident: Incident, body: Mapping[str, Any], entry: Entry) -> Incident:
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
