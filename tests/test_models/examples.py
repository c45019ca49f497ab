"""What the tests of the domain build on: instants, and the journal of one incident in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest

from models.incident import Filing, Incident, RecordedMoment
from models.journal import Entry, EntryKind
from models.moments import Moment, utc_text
from models.record import RecordError, read_patch, read_record
from models.replay import replay
from models.vocabulary import FilingStatus

PARIS = ZoneInfo("Europe/Paris")
UTC_ZONE = ZoneInfo("UTC")


# The example of the public contract, its ellipses filled in.
EXAMPLE: dict[str, Any] = {
    "ref": "SOC-2026-1187",
    "source": "soc",
    "title": "Call recordings readable by other tenants",
    "summary": "Seen by a tenant.",
    "role": "controller",
    "personal_data": True,
    "vendor": "kavkom",
    "subprocessor": {
        "name": "Carrier SA",
        "aware": "2026-11-18T03:00:00+01:00",
        "told_vendor": "2026-11-18T04:00:00+01:00",
    },
    "contract": None,
    "customers": [],
    "moments": {
        "occurred_from": "2026-11-18T02:00:00+01:00",
        "occurred_to": None,
        "detected": "2026-11-18T05:00",
        "suspected": "2026-11-18T05:30Z",
        "vendor_aware": "2026-11-18T06:00:00+01:00",
        "vendor_told_us": "2026-11-18T17:00:00+01:00",
        "aware": "2026-11-18T17:30:00+01:00",
        "incident_aware": None,
        "classified": None,
        "measure_available": None,
        "contained": None,
        "resolved": None,
    },
    "facts": {
        "breach_types": ["confidentiality"],
        "description": "A tenant could play the recordings of others.",
        "data_categories": ["contact_email"],
        "subject_categories": ["customers"],
        "subjects_count": {"value": 1200, "approximate": True},
        "records_count": {"min": 5000, "max": 9000},
        "countries": ["FR", "BE"],
        "likely_consequences": "Calls may be heard by strangers.",
        "measures_remedy": "Access was closed.",
    },
    "regimes": ["gdpr"],
    "sectors": [],
    "place": {"country": "FR", "subdivision": None, "zone": "Europe/Paris"},
    "filings": [
        {
            "duty": "gdpr-33-1",
            "at": "2026-11-21T17:00:00+01:00",
            "channel": "portal",
            "to": "CNIL",
            "complete": False,
            "reference": None,
        }
    ],
    "closed": {"at": "2026-12-01T09:00:00+01:00", "because": "All told, nothing open"},
    "related": [],
    "tags": ["vendor"],
}


def utc(text: str) -> datetime:
    """Return an instant written with its offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def after(instant: str, seconds: int) -> str:
    """Return an instant some seconds later."""
    return utc_text(utc(instant) + timedelta(seconds=seconds))


OPENED_AT = utc("2026-11-21T12:00Z")
"""When the first entry of every journal here was recorded; each further one a minute later."""

AWARE = "2026-11-18T09:00Z"
DUE = "2026-11-21T09:00Z"
"""72 hours after that awareness."""

NOW = "2026-11-19T09:00Z"
ACME, BETA = {"id": "acme", "name": "Acme SAS"}, {"id": "beta", "name": "Beta BV"}

MINUTE = timedelta(minutes=1)


def stated(at: str, minutes: int = 0, **more: Any) -> RecordedMoment:
    """Return a time of a moment as anna recorded it some minutes after the opening."""
    said = {"why": None, "source": None, **more}
    return RecordedMoment(Moment(utc(at)), recorded_at=OPENED_AT + minutes * MINUTE, actor="anna", **said)


def filing(duty: str, at: str, minutes: int, status: FilingStatus = FilingStatus.MADE, **more: Any) -> Filing:
    """Return a notification as anna recorded it some minutes after the opening."""
    said = {"complete": True, **more}
    return Filing(duty, utc(at), status, recorded_at=OPENED_AT + minutes * MINUTE, actor="anna", **said)


@dataclass
class Journal:
    """One incident's entries, in memory."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, kind: EntryKind, body: Mapping[str, Any] | None, actor: str = "anna") -> Self:
        sequence = len(self.entries) + 1
        recorded_at = OPENED_AT + (sequence - 1) * MINUTE
        entry = Entry(sequence, f"e{sequence}", "INC-2026-0001", kind, actor, recorded_at, None, body)
        self.entries.append(entry)
        return self

    def record(self, changes: Mapping[str, Any], **said: Any) -> Self:
        """Record facts and moments, as `incident set` does."""
        return self.add(EntryKind.RECORDED, {"changes": read_patch(changes, UTC_ZONE), **said})

    def decide(self, risk: str | None, because: str = "the data were encrypted") -> Self:
        """Decide the risk, or (None) that there is no breach."""
        body = {"breach": risk is not None, "risk": risk, "because": because, "by": "DPO"}
        return self.add(EntryKind.DECIDED, body)

    def sent(self, duty: str, at: str, **more: Any) -> Self:
        """Record a notification."""
        return self.add(EntryKind.NOTIFIED, {"duty": duty, "at": at, **more})

    @property
    def incident(self) -> Incident:
        return replay(self.entries)


def opened(**record: Any) -> Journal:
    """Open an incident from an import record; the title is given."""
    return Journal().add(EntryKind.OPENED, {"record": read_record({"title": "Example", **record}, UTC_ZONE)})


def aware(at: str = AWARE, **record: Any) -> Journal:
    """Open an incident of which we are aware."""
    return opened(moments={"aware": at}, **record)


def titled(**record: Any) -> dict[str, Any]:
    """Return an import record with a title."""
    return {"title": "x", **record}


def problems_of(data: Any, zone: ZoneInfo = PARIS) -> tuple[tuple[str, str], ...]:
    """Return the problems for which a record is refused."""
    with pytest.raises(RecordError) as refused:
        read_record(data, zone)
    return refused.value.problems
