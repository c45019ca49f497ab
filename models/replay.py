"""The fold: from an incident's journal entries, in order, to what they say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.dossier import RecordedFact
from models.exemptions import Exemption, Relied
from models.fact_names import read_fact_name
from models.incident import AddedDuty, Attachment, Closing, Decision, Draft, Incident, Note
from models.journal import Entry, EntryKind
from models.record_changes import appended, joined, with_changes, with_filing
from models.retention import rebuilt
from models.vocabulary import Certainty, Risk, SubjectsInformedStatus

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
            incident = rebuilt(entry)
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
    return with_changes(opened, record, entry)


def _imported(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    return replace(with_changes(incident, body["changes"], entry), imported=body["record"])


def _recorded(incident: Incident, entry: Entry) -> Incident:
    body = _body(entry)
    changed = with_changes(incident, body["changes"], entry)
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
        return replace(incident, facts=appended(incident.facts, {fact: said}))
    customers = (
        replace(one, facts=appended(one.facts, {fact: said})) if one.id == whose else one for one in incident.customers
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
        facts=appended(incident.facts, facts),
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
    return with_filing(incident, _body(entry), entry)


def _linked(incident: Incident, entry: Entry) -> Incident:
    return replace(incident, links=joined(incident.links, [_body(entry)["other"]]))


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
