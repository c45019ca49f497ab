"""When a duty ends: each of its readings, from what it runs, and which one counts. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.duty import Duty, Reading, Trigger
from models.incident import Incident
from models.moments import MomentName


@dataclass(frozen=True, slots=True)
class Candidate:
    """One instant from which a duty might run (UTC), and why it is one."""

    at: datetime
    presumed_from: MomentName | None
    why: str | None
    actor: str


@dataclass(frozen=True, slots=True)
class End:
    """A duty's end under one reading. All instants are UTC.

    Attributes:
        reading: None for the duty's own.
        candidates: the instants from which it might run, earliest first; the first one counts.
        due_at: the earliest defensible end; None for a soft term or before the trigger.
        latest_at: the outer limit where the counting rule gives another; information, never the alarm.
    """

    reading: Reading | None
    candidates: tuple[Candidate, ...]
    due_at: datetime | None
    latest_at: datetime | None


def ends(duty: Duty, incident: Incident) -> tuple[End, tuple[End, ...]]:
    """Return the end that counts, the earliest of all readings, and the others that have one."""
    own = _end(duty, None, incident)
    if not duty.others:
        return own, ()
    read = [_end(duty, reading, incident) for reading in duty.others]
    standing = [end for end in read if not _has_lapsed(end, own)]
    dated = sorted((end for end in [own, *standing] if end.due_at), key=lambda end: end.due_at or incident.opened_at)
    if not dated:
        return own, ()
    return dated[0], tuple(dated[1:])


def _end(duty: Duty, reading: Reading | None, incident: Incident) -> End:
    """Reckon one reading: the duty's own, or another one of it."""
    trigger, period, counting = duty.trigger, duty.period, duty.counting
    if reading is not None:
        trigger, period, counting = reading.trigger, reading.period, reading.counting
    found = candidates(trigger, incident)
    if period is None:
        return End(reading, found, duty.fixed_due_at, None)
    if period.amount is None or not found:
        return End(reading, found, None, None)
    start, calendar = found[0].at, incident.calendar
    if duty.worked is not None:
        calendar = duty.worked.calendar(calendar)
    return End(reading, found, period.due_at(start, calendar), period.latest_at(start, counting, calendar))


def _has_lapsed(end: End, own: End) -> bool:
    """True for a reading that fell away because the duty's own trigger came after its end."""
    if end.reading is None or not end.reading.lapses or end.due_at is None or not own.candidates:
        return False
    return own.candidates[0].at > end.due_at


def candidates(trigger: Trigger, incident: Incident) -> tuple[Candidate, ...]:
    """Return what might start a duty, the one that counts first.

    That is the earliest, but for the last filing where the law says so.

    Awareness is presumed from the vendor's notice, and then a rival of what is stated. Other presumptions stand in
    only while nothing is stated.
    """
    if trigger.filing is not None:
        filings = incident.filings_under(trigger.filing)
        found = [
            Candidate(filing.at, None, filing.channel, filing.actor)
            for filing in (reversed(filings) if trigger.last else filings)
            if not (trigger.incomplete and filing.complete)
        ]
        return tuple(found[:1])
    name = trigger.moment or MomentName.AWARE
    found = _stated(name, incident)
    if trigger.presumed_from and not any(one.presumed_from is None for one in found):
        found += [_presumed(one, other) for other in trigger.presumed_from for one in _stated(other, incident)]
    if len(found) > 1:
        found.sort(key=lambda candidate: (candidate.at, candidate.presumed_from is not None))
    return tuple(found)


def _stated(name: MomentName, incident: Incident) -> list[Candidate]:
    found = [Candidate(one.moment.at, None, one.why, one.actor) for one in incident.stated(name)]
    if name is MomentName.AWARE:
        told = incident.moment(MomentName.VENDOR_TOLD_US)
        if told is not None:
            found.append(Candidate(told.moment.at, MomentName.VENDOR_TOLD_US, told.source, told.actor))
    return found


def _presumed(candidate: Candidate, name: MomentName) -> Candidate:
    return replace(candidate, presumed_from=candidate.presumed_from or name)
