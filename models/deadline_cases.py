"""The shape of a file of deadline cases: what is given, and by when the law or the contract wants it done.

The file itself (`playbooks/cases/deadlines.toml`) tells at its top what every key means.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from models.calendars import subdivisions
from models.moments import MomentName, read_instant
from models.organisation import Organisation, Slug, ZoneName
from models.periods import CountingRule
from models.playbook import WorkingTime
from models.playbook_terms import KnownCountry
from models.record import RecordError, read_patch, read_record
from models.sourced import File, PeriodText, Words, refuse
from models.vocabulary import Basis, ClockState, ConditionState, FilingStatus, Risk

_UTC = ZoneInfo("UTC")
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:\d{2})$")


def _instant(value: Any) -> datetime:
    if not isinstance(value, str) or not _OFFSET.search(value):
        raise ValueError("an instant is a text with its offset, such as 2026-11-18T14:30+01:00")
    read_instant(value, _UTC)
    return datetime.fromisoformat(value)


OffsetInstant = Annotated[datetime, BeforeValidator(_instant)]
"""An instant with its offset, kept as it is written: a reader checks both."""


def _part_of_record(read: Callable[[Any, ZoneInfo], dict[str, Any]]) -> BeforeValidator:
    def normalised(value: Any) -> dict[str, Any]:
        try:
            return read(value, _UTC)
        except RecordError as error:
            refuse((tuple(key.split(".")) if key else (), reason) for key, reason in error.problems)
            raise

    return BeforeValidator(normalised)


def _case_record(record: Any, zone: ZoneInfo) -> dict[str, Any]:
    """Read a case's record: it has no title, and TOML has no null."""
    if not isinstance(record, Mapping):
        return read_record(record, zone)
    unknown = {"personal_data": None} if record.get("personal_data") == "unknown" else {}
    return read_record({"title": "A deadline case", **record, **unknown}, zone)


class CasePlace(File):
    """Where the action is: its zone, and whose public holidays count."""

    zone: ZoneName
    country: KnownCountry | None = None
    subdivision: Words | None = None

    @model_validator(mode="after")
    def _has_holidays(self) -> Self:
        if self.subdivision is not None and self.subdivision not in subdivisions(self.country or ""):
            raise ValueError(f"{self.subdivision!r} has no public holidays of its own in {self.country}")
        return self


class Decided(File):
    """A decision: the risk, or that it is no breach, or whether another law covers the data (Art. 95 GDPR)."""

    breach: bool = True
    risk: Risk | None = None
    covered_elsewhere: bool | None = None


class Notified(File):
    """What became of a notification; one that was made needs no status."""

    duty: Words
    at: OffsetInstant
    status: FilingStatus = FilingStatus.MADE
    complete: bool = True
    reference: Words | None = None


class Recorded(File):
    """Part of a record said later; with `correcting` it replaces the moments said before."""

    changes: Annotated[dict[str, Any], _part_of_record(read_patch)]
    correcting: Words | None = None


class Added(File):
    """A duty that no playbook knows: with a date of its own, or a period from a moment."""

    to: Words
    due_at: OffsetInstant | None = None
    period: PeriodText | None = None
    trigger: MomentName = MomentName.AWARE
    basis: Basis = Basis.CONTRACT

    @model_validator(mode="after")
    def _date_or_period(self) -> Self:
        if (self.due_at is None) == (self.period is None):
            raise ValueError("an added duty has either due_at or a period")
        return self


class Later(File):
    """One thing recorded after the incident was opened."""

    recorded: Recorded | None = None
    decided: Decided | None = None
    notified: Notified | None = None
    added: Added | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(one is not None for one in (self.recorded, self.decided, self.notified, self.added)) != 1:
            raise ValueError("an entry of `then` is one of recorded, decided, notified and added")
        return self


class TriggerText(File):
    """What the clock runs from: a moment or `filed:<duty>`, when that was, and what it was presumed from."""

    moment: Words
    at: OffsetInstant | None = None
    presumed_from: MomentName | None = None


class ConditionText(File):
    """What the duty depends on, and whether that has been decided."""

    needs: Literal["risk", "high-risk", "classified", "breach", "art-95"]
    state: ConditionState


class DeadlineCase(File):
    """What every case has.

    Attributes:
        title: what it shows.
        citation: the rule it was computed from.
        due_at: the operative deadline; None where there is no date.
        latest_at: the outer limit, where the counting rule gives another.
    """

    id: Slug
    title: Words
    citation: Words
    due_at: OffsetInstant | None = None
    latest_at: OffsetInstant | None = None


class PeriodCase(DeadlineCase):
    """A period from an instant, at a place.

    Attributes:
        calendar: what a contract says of its own working days and hours.
    """

    place: CasePlace
    start: OffsetInstant
    period: PeriodText
    counting: CountingRule | None = None
    calendar: WorkingTime | None = None


class DutyCase(DeadlineCase):
    """One duty of an incident, at an instant.

    Attributes:
        record: the import record that opens it, normalised.
        then: what was recorded after that, in order.
        settings: who we are.
        assume: the proposed law that is reckoned under for planning.
        now: when the clock is judged, and everything was recorded.
        absent: the incident has no such duty; nothing else is expected then.
        trigger, condition, basis: expected only where they are given.
    """

    record: Annotated[dict[str, Any], _part_of_record(_case_record)]
    then: tuple[Later, ...] = ()
    settings: Organisation = Organisation()
    assume: Slug | None = None
    now: OffsetInstant
    duty: Words
    absent: bool = False
    state: ClockState | None = None
    late_by_seconds: Annotated[int, Field(gt=0)] | None = None
    trigger: TriggerText | None = None
    condition: ConditionText | None = None
    basis: Basis | None = None

    @model_validator(mode="after")
    def _absent_or_expected(self) -> Self:
        expected = ("due_at", "latest_at", "late_by_seconds", "trigger", "condition", "basis")
        if self.absent and any(getattr(self, key) is not None for key in ("state", *expected)):
            raise ValueError("a duty that is absent has no date and no state")
        if not self.absent and self.state is None:
            raise ValueError("give the state that is expected, or absent = true")
        return self


class DeadlineCases(File):
    """A whole file of cases."""

    periods: tuple[PeriodCase, ...] = ()
    duties: tuple[DutyCase, ...] = ()

    @property
    def cases(self) -> tuple[PeriodCase | DutyCase, ...]:
        """Every case, in the order of the file."""
        return (*self.periods, *self.duties)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        places = [("periods", at) for at in range(len(self.periods))] + [
            ("duties", at) for at in range(len(self.duties))
        ]
        ids = [case.id for case in self.cases]
        again = (at for at, one in enumerate(ids) if one in ids[:at])
        refuse(((*places[at], "id"), f"another case is called {ids[at]!r} already") for at in again)
        return self
