"""A rehearsal: a breach at the worst hour, and what a vendor's clause and our own 72 hours then leave us. Pure.

It is reckoned by the very code that reckons a real incident: an incident is replayed, and its clocks are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.calendars import Calendar, first_reading
from models.clocks import Clock, clock
from models.duties import duties_for
from models.duty_ids import contract_duty, without_party
from models.incident import Incident
from models.journal import Entry, EntryKind
from models.moments import MomentName, utc_text
from models.organisation import Organisation
from models.playbook import Rules, VendorPlaybook
from models.replay import replay

OURS = "gdpr-33-1"
"""Our own duty to the authority: its 72 hours."""

EVENING = time(18, 40)
BEFORE_EASTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What one vendor's clause comes to when it becomes aware of a breach at `at`. All instants are UTC.

    Attributes:
        place: the days that are worked where we are.
        told_by: the deadline of its clause; None where it gives no date.
        told_latest: the outer limit under its counting rule, where that is another.
        ours_until: when our 72 hours end if we are told at the deadline; None where there is none.
        left_from_awareness: what of 72 hours would be left at the deadline, had they run from the vendor's awareness.
        worked: the working days on which our 72 hours fall, the day that we are told on included.
    """

    at: datetime
    place: Calendar
    told_by: datetime | None
    told_latest: datetime | None
    ours_until: datetime | None
    left_from_awareness: timedelta | None
    worked: tuple[date, ...]


def friday_before_easter(after: datetime, zone: ZoneInfo) -> datetime:
    """Return the next Friday before Easter (Western reckoning), 18:40 at a place, as UTC."""
    from dateutil.easter import easter

    year = after.astimezone(zone).year
    fridays = (easter(one) - BEFORE_EASTER for one in (year, year + 1))
    instants = (first_reading(datetime.combine(friday, EVENING), zone) for friday in fridays)
    return next(instant for instant in instants if instant >= after)


def rehearse(vendor: VendorPlaybook, rules: Rules, organisation: Organisation, at: datetime) -> Rehearsal:
    """Reckon a breach of which a vendor becomes aware at `at` (UTC), we being the controller at our settings' place.

    Told at the last minute, we have our whole 72 hours: they run from receipt. Where the clause gives no date, the
    vendor may tell us at any time, and nothing can be reckoned.
    """
    main = vendor.main_duty
    untold = _incident(vendor, organisation, at, {MomentName.VENDOR_AWARE: at})
    place = untold.calendar
    promised = _clock(untold, rules, organisation, contract_duty(vendor.id, main.clause)) if main else None
    told_by = promised.due_at if promised else None
    if told_by is None:
        return Rehearsal(at, place, None, None, None, None, ())
    told = _incident(vendor, organisation, at, {MomentName.VENDOR_AWARE: at, MomentName.VENDOR_TOLD_US: told_by})
    ours = _clock(told, rules, organisation, OURS)
    ours_until = ours.due_at if ours else None
    left = max(timedelta(0), at + (ours_until - told_by) - told_by) if ours_until else None
    latest = promised.latest_at if promised else None
    worked = _worked(place, told_by, ours_until) if ours_until else ()
    return Rehearsal(at, place, told_by, latest, ours_until, left, worked)


def _incident(
    vendor: VendorPlaybook, organisation: Organisation, at: datetime, moments: Mapping[MomentName, datetime]
) -> Incident:
    record: dict[str, Any] = {
        "title": "rehearsal",
        "role": "controller",
        "vendor": vendor.id,
        "moments": {name.value: utc_text(instant) for name, instant in moments.items()},
        "place": {"country": organisation.country, "zone": organisation.zone},
    }
    opened = Entry(1, "rehearsal", "INC-0000-0000", EntryKind.OPENED, "rehearsal", at, None, {"record": record})
    return replay([opened])


def _clock(incident: Incident, rules: Rules, organisation: Organisation, duty_id: str) -> Clock | None:
    """Return the clock of a duty; of one that is owed to several, the first."""
    duties = duties_for(incident, rules, organisation)
    found = next((duty for duty in duties if duty_id in {duty.id, without_party(duty.id)}), None)
    return clock(found, incident, incident.opened_at) if found else None


def _worked(place: Calendar, start: datetime, end: datetime) -> tuple[date, ...]:
    first, last = (instant.astimezone(place.zone).date() for instant in (start, end))
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return tuple(day for day in days if place.is_worked(day))
