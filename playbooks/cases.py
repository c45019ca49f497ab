"""The deadline cases that ship with the program, and the judge that holds its clocks against them.

Each was computed from the law's text or a contract's words, not by this program: a difference is an error here
until the law says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from models.clocks import Clock, clock
from models.deadline_cases import Added, DeadlineCases, DutyCase, Later, PeriodCase
from models.duties import duties_for, worked_time
from models.duty import US, Citation, Duty, Trigger
from models.explanation import explain
from models.incident import Incident, RecordedMoment
from models.journal import Entry, EntryKind
from models.moments import Moment, MomentName, utc_text
from models.parties import Place
from models.playbook import Rules
from models.replay import replay
from models.vocabulary import Basis, Confidence
from playbooks.faults import Fault, faults_of, first_of, misfits, read_toml
from playbooks.texts import PlaybookError

DEADLINES = "cases/deadlines.toml"
ACTOR = "deadline case"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One case, and what the program makes of it.

    Attributes:
        expected, found: plain JSON under the names that `incident clocks --json` uses; `found` has the same keys,
            or only `absent` where the program knows no such duty.
        explanation: how the program reckons; empty where it knows no such duty.
    """

    case: PeriodCase | DutyCase
    expected: Mapping[str, Any]
    found: Mapping[str, Any]
    explanation: tuple[str, ...]

    @property
    def right(self) -> bool:
        """True where the program finds what the case expects."""
        return self.expected == self.found

    @property
    def differences(self) -> tuple[str, ...]:
        """The names of what was found otherwise than expected."""
        return tuple(name for name in self.found if self.expected[name] != self.found[name])


def shipped_cases() -> tuple[PeriodCase | DutyCase, ...]:
    """Return the cases that ship with the program."""
    return read_cases(DEADLINES, files("playbooks").joinpath(DEADLINES).read_text("utf-8"))


def read_cases(name: str, text: str) -> tuple[PeriodCase | DutyCase, ...]:
    """Read a file of deadline cases.

    Raises:
        PlaybookError: it does not fit; the first fault with its line and key, and how many there are beside it.
    """
    data = read_toml(name, text)
    if isinstance(data, Fault):
        raise PlaybookError(str(data))
    try:
        return DeadlineCases.model_validate(data).cases
    except ValidationError as error:
        raise PlaybookError(first_of(faults_of(name, text, misfits(error)))) from None


def judge(case: PeriodCase | DutyCase, rules: Rules) -> Verdict:
    """Reckon a case by the program's own clocks, under the given playbooks."""
    expected = dict(_expected(case))
    if isinstance(case, PeriodCase):
        incident, now = _aware_at_start(case), case.start
        duty: Duty | None = _period_alone(case)
    else:
        incident, now = replay(_entries(case)), case.now
        known = duties_for(incident, replace(rules, assumed=case.assume), case.settings)
        duty = next((one for one in known if one.id == case.duty), None)
    if duty is None:
        return Verdict(case, expected, {"absent": True}, ())
    reckoned = clock(duty, incident, now.astimezone(UTC))
    shown = _shown(reckoned)
    found = {name: shown[name] for name in expected}
    return Verdict(case, expected, found, explain(reckoned, incident.calendar))


def _expected(case: PeriodCase | DutyCase) -> Iterator[tuple[str, Any]]:
    """Yield what a case expects: a date that it does not give is not to be found; of the rest, only what it gives."""
    if isinstance(case, DutyCase):
        yield "absent", case.absent
        if case.absent:
            return
    yield "due_at", _text(case.due_at)
    yield "latest_at", _text(case.latest_at)
    if isinstance(case, DutyCase):
        yield "late_by_seconds", case.late_by_seconds
        if case.state is not None:
            yield "state", case.state.value
        if case.trigger is not None:
            at, presumed = case.trigger.at, case.trigger.presumed_from
            yield "trigger", {"moment": case.trigger.moment, "at": _text(at), "presumed_from": presumed}
        if case.condition is not None:
            yield "condition", case.condition.model_dump(mode="json")
        if case.basis is not None:
            yield "basis", case.basis.value


def _shown(reckoned: Clock) -> dict[str, Any]:
    start, depends = reckoned.trigger, reckoned.condition
    return {
        "absent": False,
        "due_at": _text(reckoned.due_at),
        "latest_at": _text(reckoned.latest_at),
        "late_by_seconds": int(reckoned.late_by.total_seconds()) if reckoned.late_by else None,
        "state": reckoned.state.value,
        "trigger": {
            "moment": reckoned.runs_from.name,
            "at": _text(start.at if start else None),
            "presumed_from": start.presumed_from if start else None,
        },
        "condition": {"needs": depends.needs, "state": depends.state.value} if depends else None,
        "basis": reckoned.duty.basis.value,
    }


def _text(instant: datetime | None) -> str | None:
    return utc_text(instant) if instant else None


def _aware_at_start(case: PeriodCase) -> Incident:
    start = case.start.astimezone(UTC)
    aware = RecordedMoment(Moment(start), None, None, start, ACTOR)
    place = Place(case.place.country, case.place.subdivision, case.place.zone)
    return Incident(case.id, start, start, place=place, moments={MomentName.AWARE: (aware,)})


def _period_alone(case: PeriodCase) -> Duty:
    """Return a duty that has the period of a case, and nothing else to it."""
    return Duty(
        id=case.id,
        title=case.title,
        debtor=US,
        creditor="them",
        recipient="other",
        basis=Basis.LAW if case.counting else Basis.CONTRACT,
        trigger=Trigger(MomentName.AWARE),
        period=case.period.as_period(),
        source=Citation("deadline case", case.citation, Confidence.CHECKED),
        settled_under=case.id,
        counting=case.counting,
        worked=worked_time(case.calendar),
    )


def _entries(case: DutyCase) -> Iterator[Entry]:
    """Yield the journal of a case: the record that opens it and what came after, all recorded at its `now`."""
    said = [(EntryKind.OPENED, {"record": case.record}), *map(_said, case.then)]
    for at, (kind, body) in enumerate(said, 1):
        yield Entry(at, f"{case.id}-{at}", case.id, kind, ACTOR, case.now.astimezone(UTC), None, body)


def _said(later: Later) -> tuple[EntryKind, dict[str, Any]]:
    """Return what a later entry says, as the journal has it."""
    if later.recorded is not None:
        return EntryKind.RECORDED, later.recorded.model_dump(mode="json", exclude_none=True)
    if later.decided is not None:
        return EntryKind.DECIDED, {**later.decided.model_dump(mode="json"), "by": ACTOR}
    if later.notified is not None:
        return EntryKind.NOTIFIED, later.notified.model_dump(mode="json", exclude_none=True)
    return EntryKind.DUTY_ADDED, _added(later.added) if later.added else {}


def _added(added: Added) -> dict[str, Any]:
    return {
        "title": f"Tell {added.to}",
        "from": US,
        "source": "deadline case",
        **added.model_dump(mode="json", exclude_none=True),
    }
