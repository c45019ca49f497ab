"""DORA: four hours from classification, 24 from awareness, and stages that run from what was filed."""

import pytest

from models.vocabulary import ClockState, ConditionState
from tests.test_models.examples import Journal, opened, utc
from tests.test_playbooks.lawful import PARIS, explained, ids, known, under_law

STAGES = ["dora-initial", "dora-intermediate", "dora-final"]
AWARE = "2026-11-18T09:00:00+01:00"


def bank(**moments: str) -> Journal:
    return known("credit-institution", {"incident_aware": AWARE, **moments})


def insurer(**moments: str) -> Journal:
    return known("insurer", {"incident_aware": AWARE, **moments})


def test_while_nobody_has_classified_it_the_24_hours_alarm() -> None:
    initial = under_law(bank(), "2026-11-19T08:00:01Z")["dora-initial"]
    assert initial.due_at == utc("2026-11-19T08:00Z")
    assert (initial.state, initial.runs_from.name) == (ClockState.OVERDUE, "incident_aware")
    assert initial.condition is not None
    assert (initial.condition.needs, initial.condition.state) == ("classified", ConditionState.UNDECIDED)


def test_they_are_presumed_from_what_was_known_first() -> None:
    found = under_law(known("ccp", {"detected": "2026-11-18T07:00:00Z", "aware": "2026-11-18T09:00:00Z"}))
    assert found["dora-initial"].due_at == utc("2026-11-19T07:00Z")


@pytest.mark.parametrize(
    ("classified", "due_at", "unused"),
    [
        ("2026-11-18T10:00:00+01:00", "2026-11-18T13:00Z", ["2026-11-19T08:00Z"]),
        ("2026-11-19T05:00:00+01:00", "2026-11-19T08:00Z", ["2026-11-19T08:00Z"]),
        ("2026-11-19T08:30:00+01:00", "2026-11-19T08:00Z", ["2026-11-19T11:30Z"]),
        ("2026-11-19T09:00:00+01:00", "2026-11-19T08:00Z", ["2026-11-19T12:00Z"]),
        ("2026-11-19T09:00:01+01:00", "2026-11-19T12:00:01Z", []),
        ("2026-11-23T15:00:00+01:00", "2026-11-23T18:00Z", []),
    ],
)
def test_four_hours_from_classification_within_24_and_four_alone_when_it_comes_later(
    classified: str, due_at: str, unused: list[str]
) -> None:
    initial = under_law(bank(classified=classified))["dora-initial"]
    assert initial.due_at == utc(due_at)
    assert [end.due_at for end in initial.unused] == [utc(end) for end in unused]
    assert initial.condition is not None
    assert initial.condition.state is ConditionState.MET


def test_each_stage_runs_from_the_filing_before_it_not_from_its_due_date() -> None:
    journal = insurer(classified="2026-11-18T10:00:00+01:00")
    assert [one.state for one in under_law(journal).values()][1:] == [ClockState.WAITING, ClockState.WAITING]
    journal.sent("dora-initial", "2026-11-18T11:30:00+01:00")
    assert under_law(journal)["dora-intermediate"].due_at == utc("2026-11-21T10:30Z")
    journal.sent("dora-intermediate", "2026-11-20T16:00:00+01:00")
    assert under_law(journal)["dora-final"].due_at == utc("2026-12-20T15:00Z")


def test_the_final_report_runs_from_the_last_updated_intermediate_one() -> None:
    journal = insurer(classified="2026-11-18T10:00:00+01:00").sent("dora-initial", "2026-11-18T11:30:00+01:00")
    journal.sent("dora-intermediate", "2026-11-20T16:00:00+01:00", reference="1")
    journal.sent("dora-intermediate", "2026-11-30T17:00:00+01:00", reference="2")
    found = under_law(journal)
    assert found["dora-intermediate"].done_at == utc("2026-11-20T15:00Z")
    assert found["dora-final"].due_at == utc("2026-12-30T16:00Z")
    journal.sent("dora-intermediate", "2026-11-30T18:00:00+01:00", status="withdrawn", reference="2")
    assert under_law(journal)["dora-final"].due_at == utc("2026-12-20T15:00Z")


def test_an_initial_notification_that_is_withdrawn_reopens_the_chain() -> None:
    journal = insurer(classified="2026-11-18T10:00:00+01:00").sent("dora-initial", "2026-11-18T11:30:00+01:00")
    journal.sent("dora-initial", "2026-11-18T12:00:00+01:00", status="withdrawn")
    found = under_law(journal, "2026-11-18T13:00:01Z")
    assert (found["dora-initial"].state, found["dora-intermediate"].state) == (ClockState.OVERDUE, ClockState.WAITING)


def test_a_weekend_gives_until_noon_of_the_next_working_day_as_the_outer_limit_only() -> None:
    journal = insurer(classified="2026-11-18T10:00:00+01:00").sent("dora-initial", "2026-11-19T11:30:00+01:00")
    intermediate = under_law(journal)["dora-intermediate"]
    assert (intermediate.due_at, intermediate.latest_at) == (utc("2026-11-22T10:30Z"), utc("2026-11-23T11:00Z"))
    assert "Art. 5(5)" not in explained(intermediate, journal)


@pytest.mark.parametrize(
    "sector", ["credit-institution", "ccp", "trading-venue", "essential-entity", "important-entity"]
)
def test_that_relief_is_refused_to_some_and_the_explanation_says_so(sector: str) -> None:
    moments = {"incident_aware": "2026-11-20T10:00:00+01:00", "classified": "2026-11-21T09:00:00+01:00"}
    journal = known(sector, moments, regimes=["dora"])
    journal.sent("dora-initial", "2026-11-19T11:30:00+01:00").sent("dora-intermediate", "2026-11-22T10:00:00+01:00")
    found = under_law(journal)
    assert [found[stage].latest_at for stage in STAGES[:2]] == [None, None]
    for stage in STAGES[:2]:
        assert "No later time for weekends and bank holidays" in explained(found[stage], journal)
    assert "No later time" not in explained(found["dora-final"], journal)


def test_the_cap_has_the_relief_too_and_loses_it_with_the_rest() -> None:
    friday = {"incident_aware": "2026-11-20T10:00:00+01:00"}
    assert under_law(known("insurer", friday))["dora-initial"].latest_at == utc("2026-11-23T11:00Z")
    assert under_law(known("ccp", friday))["dora-initial"].latest_at is None


def test_the_final_report_keeps_the_relief_for_everybody() -> None:
    journal = bank(classified="2026-11-18T10:00:00+01:00").sent("dora-initial", "2026-11-18T11:30:00+01:00")
    journal.sent("dora-intermediate", "2026-11-20T16:00:00+01:00")
    final = under_law(journal)["dora-final"]
    assert (final.due_at, final.latest_at) == (utc("2026-12-20T15:00Z"), utc("2026-12-21T11:00Z"))


def test_an_entity_under_both_laws_is_told_that_dora_takes_the_place_of_nis2() -> None:
    both = opened(
        sectors=["credit-institution", "essential-entity"],
        personal_data=False,
        place=PARIS,
        moments={"incident_aware": AWARE},
    )
    found = under_law(both, "2026-11-19T09:00:00Z")
    assert list(found) == [*STAGES, "nis2-early-warning", "nis2-notification", "nis2-final"]
    assert any("DORA takes the place" in note for note in found["nis2-early-warning"].duty.notes)
    assert found["nis2-early-warning"].state is ClockState.OVERDUE
    assert ids(known("credit-institution", {"incident_aware": AWARE}, regimes=["dora"])) == STAGES


@pytest.mark.parametrize(("aware", "owed"), [("2025-01-16T22:59:59Z", []), ("2025-01-16T23:00:00Z", STAGES)])
def test_it_is_law_from_its_local_day(aware: str, owed: list[str]) -> None:
    assert ids(known("insurer", {"incident_aware": aware})) == owed
