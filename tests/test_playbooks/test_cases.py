"""The deadline cases that ship with the program: each one comes out right; a file with a fault is refused."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.deadline_cases import DutyCase, PeriodCase
from models.playbook import Rules
from playbooks.cases import judge, read_cases, shipped_cases
from playbooks.loader import rules_from_texts
from playbooks.texts import PlaybookError, shipped_texts

CASES = shipped_cases()

PERIOD = """\
[[periods]]
id = "friday"
title = "Two working days"
citation = "Reg. 1182/71"
place = { zone = "Europe/Paris", country = "FR" }
start = "2026-11-20T16:00+01:00"
period = { unit = "working-days", amount = 2 }
counting = "reg-1182-71"
due_at = "2026-11-24T16:00+01:00"
latest_at = "2026-11-25T00:00+01:00"
"""

DUTY = """\
[[duties]]
id = "overdue"
title = "A minute late"
citation = "Art. 33(1) GDPR"
record.moments.aware = "2026-11-17T09:20+01:00"
record.place = { country = "FR", zone = "Europe/Paris" }
now = "2026-11-20T09:21+01:00"
duty = "gdpr-33-1"
due_at = "2026-11-20T09:20+01:00"
latest_at = "2026-11-20T10:00+01:00"
state = "overdue"
late_by_seconds = 60
"""


@cache
def shipped_rules() -> Rules:
    return rules_from_texts(shipped_texts())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_program_finds_what_the_law_says(case: PeriodCase | DutyCase) -> None:
    verdict = judge(case, shipped_rules())
    assert verdict.found == verdict.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_expected_instants_bear_the_offset_of_the_place(case: PeriodCase | DutyCase) -> None:
    """A person redoes a case by local time: a wrong offset would hide a wrong hour."""
    for instant in filter(None, (case.due_at, case.latest_at)):
        local = instant.astimezone(zone_of(case))
        assert (local.replace(tzinfo=None), local.utcoffset()) == (instant.replace(tzinfo=None), instant.utcoffset())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_explanation_ends_with_the_date_expected(case: PeriodCase | DutyCase) -> None:
    explanation = judge(case, shipped_rules()).explanation
    if case.due_at is not None:
        local = case.due_at.astimezone(place_zone(case))
        assert explanation[-1].startswith(f"due {local:%Y-%m-%d %H:%M}")


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 170


def test_the_outer_limit_is_never_before_the_operative_date() -> None:
    pairs = [(case.due_at, case.latest_at) for case in CASES if case.latest_at is not None]
    assert [pair for pair in pairs if pair[0] is None or pair[0] >= pair[1]] == []


class TestJudge:
    def test_a_right_period_is_right(self) -> None:
        verdict = judged(PERIOD)
        assert verdict.right
        assert verdict.differences == ()
        assert verdict.found == {"due_at": "2026-11-24T15:00:00Z", "latest_at": "2026-11-24T23:00:00Z"}

    @pytest.mark.parametrize(
        ("written", "instead", "different"),
        [
            ("2026-11-24T16:00", "2026-11-22T16:00", {"due_at"}),
            ('latest_at = "2026-11-25T00:00+01:00"\n', "", {"latest_at"}),
            ('country = "FR"', 'country = "FR", subdivision = "Alsace"', set()),
            ("2026-11-20T16:00", "2026-11-20T16:01", {"due_at"}),
        ],
    )
    def test_a_wrong_period_is_wrong_where_it_is(self, written: str, instead: str, different: set[str]) -> None:
        assert set(judged(PERIOD.replace(written, instead)).differences) == different

    @pytest.mark.parametrize(
        ("written", "instead", "different"),
        [
            ("", "", set()),
            ('state = "overdue"', 'state = "running"', {"state"}),
            ("late_by_seconds = 60", "late_by_seconds = 61", {"late_by_seconds"}),
            ("late_by_seconds = 60\n", "", {"late_by_seconds"}),
            ("now", 'basis = "contract"\nnow', {"basis"}),
            ("now", 'basis = "law"\nnow', set()),
            ("now", 'condition = { needs = "risk", state = "met" }\nnow', {"condition"}),
            ("now", 'trigger = { moment = "aware", at = "2026-11-17T09:21+01:00" }\nnow', {"trigger"}),
            ("gdpr-33-1", "gdpr-33-9", {"absent"}),
        ],
    )
    def test_a_wrong_duty_is_wrong_where_it_is(self, written: str, instead: str, different: set[str]) -> None:
        assert set(judged(DUTY.replace(written, instead, 1) if written else DUTY).differences) == different

    def test_a_duty_that_is_there_is_not_absent(self) -> None:
        until_state = DUTY.partition("due_at")[0]
        verdict = judged(f"{until_state}absent = true\n")
        assert (verdict.expected, verdict.found) == ({"absent": True}, {"absent": False})

    def test_what_was_recorded_later_counts(self) -> None:
        decided = DUTY.replace('state = "overdue"\nlate_by_seconds = 60', 'state = "not-required"')
        assert judged(f'{decided}then = [{{ decided = {{ risk = "unlikely" }} }}]\n').right


class TestFaults:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("periods = 1 2", "a.toml, line 1: is not TOML: Expected newline or end of document after a statement"),
            (f'{PERIOD}cites = "it"', "a.toml, line 11: periods.0.cites: unknown key"),
            (
                PERIOD.replace("+01:00", ""),
                f"a.toml, line 6: periods.0.start: {'an instant is a text with its offset'}",
            ),
            (PERIOD.replace("2026-11-20T16", "2026-11-31T16"), "a.toml, line 6: periods.0.start: "),
            (
                PERIOD.replace('"FR"', '"FR", subdivision = "Bayern"'),
                "a.toml, line 5: periods.0.place: 'Bayern' has no",
            ),
            (PERIOD.replace("Europe/Paris", "Europe/Pariz"), "a.toml, line 5: periods.0.place.zone: 'Europe/Pariz'"),
            (PERIOD.replace("working-days", "fortnights"), "a.toml, line 7: periods.0.period.unit: "),
            (PERIOD + PERIOD, "a.toml, line 12: periods.1.id: another case is called 'friday' already"),
            (PERIOD + DUTY.replace('"overdue"', '"friday"', 1), "a.toml, line 12: duties.0.id: another case is called"),
            (DUTY.replace('"2026-11-17T09:20', '"17.11.2026 09:20'), "a.toml, line 5: duties.0.record.moments.aware: "),
            (DUTY.replace("record.place", "record.plaice"), "a.toml, line 6: duties.0.record.plaice: unknown key"),
            (
                DUTY.replace('state = "overdue"', ""),
                "a.toml, line 1: duties.0: give the state that is expected, or absent",
            ),
            (f"{DUTY}absent = true\n", "a.toml, line 1: duties.0: a duty that is absent has no date and no state"),
            (
                f'{DUTY}then = [{{ decided = {{ risk = "grave" }} }}]\n',
                "a.toml, line 13: duties.0.then.0.decided.risk: ",
            ),
            (f"{DUTY}then = [{{ }}]\n", "a.toml, line 13: duties.0.then.0: an entry of `then` is one of recorded"),
            (
                f'{DUTY}then = [{{ added = {{ to = "A" }} }}]\n',
                "a.toml, line 13: duties.0.then.0.added: an added duty has",
            ),
            (
                f'{DUTY}then = [{{ recorded = {{ changes = {{ role = "king" }} }} }}]\n',
                "a.toml, line 13: duties.0.then.0.recorded.changes.role: ",
            ),
            (f'{DUTY}settings.authorithy = "cnil"\n', "a.toml, line 13: duties.0.settings.authorithy: unknown key"),
        ],
    )
    def test_a_file_with_a_fault_is_refused_with_its_line_and_key(self, text: str, fault: str) -> None:
        with pytest.raises(PlaybookError) as refused:
            read_cases("a.toml", text)
        assert str(refused.value).startswith(fault)
        assert "\n" not in str(refused.value)

    def test_several_faults_are_counted(self) -> None:
        with pytest.raises(PlaybookError, match=r"line 1: periods\.0\.id: is required \(and 3 more\)$"):
            read_cases("a.toml", PERIOD.replace("id =", "idd =").replace("title", "titel"))


def judged(text: str) -> Any:
    [case] = read_cases("a.toml", text)
    return judge(case, shipped_rules())


def zone_of(case: PeriodCase | DutyCase) -> ZoneInfo:
    """Return the zone in which a case is reckoned: the contract's, else the place's."""
    named = case.calendar.zone if isinstance(case, PeriodCase) and case.calendar else None
    return ZoneInfo(named) if named else place_zone(case)


def place_zone(case: PeriodCase | DutyCase) -> ZoneInfo:
    """Return the zone of a case's place, in which its explanation is told."""
    place: Mapping[str, Any] = case.place.model_dump() if isinstance(case, PeriodCase) else case.record.get("place", {})
    return ZoneInfo(place.get("zone", "UTC"))
