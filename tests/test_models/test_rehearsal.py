"""A breach on the Friday before Easter: the dates are those of the calendar, the clocks those of an incident."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.organisation import Organisation
from models.playbook import Rules
from models.rehearsal import Rehearsal, friday_before_easter, rehearse
from models.vocabulary import Role
from tests.test_models.rulebook import GDPR, clause, hours, soft, vendor

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2027, 3, 26, 17, 40, tzinfo=UTC)
"""Good Friday of 2027, 18:40 in Paris; the clocks go forward on the Sunday."""

IN_FRANCE = Organisation(zone="Europe/Paris", main_establishment="FR")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def rehearsed(*duties: dict[str, Any], organisation: Organisation = IN_FRANCE) -> Rehearsal:
    playbook = vendor("acme", *duties)
    return rehearse(playbook, Rules({"acme": playbook}, {"gdpr": GDPR}), organisation, AT)


@pytest.mark.parametrize(
    ("after", "friday"),
    [
        ("2026-11-22T12:00", "2027-03-26T17:40"),
        ("2027-03-26T17:40", "2027-03-26T17:40"),
        ("2027-03-26T17:41", "2028-04-14T16:40"),
        ("2026-12-31T23:30", "2027-03-26T17:40"),
        ("2024-01-01T00:00", "2024-03-29T17:40"),
    ],
)
def test_the_next_friday_before_easter(after: str, friday: str) -> None:
    assert friday_before_easter(at(after), PARIS) == at(friday)


def test_it_is_18_40_at_the_place() -> None:
    assert friday_before_easter(at("2026-11-22T12:00"), ZoneInfo("Asia/Tokyo")) == at("2027-03-26T09:40")


@pytest.mark.parametrize(
    ("period", "told_by", "ours_until", "left"),
    [
        (hours(24), "2027-03-27T17:40", "2027-03-30T17:40", 48),
        (hours(48), "2027-03-28T17:40", "2027-03-31T17:40", 24),
        (hours(72), "2027-03-29T17:40", "2027-04-01T17:40", 0),
        (hours(96), "2027-03-30T17:40", "2027-04-02T17:40", 0),
        # Easter Monday is a holiday in France: Tuesday and Wednesday count, and end at 18:40 summer time
        ({"unit": "working-days", "amount": 2}, "2027-03-31T16:40", "2027-04-03T16:40", 0),
    ],
)
def test_what_a_clause_leaves(period: dict[str, Any], told_by: str, ours_until: str, left: int) -> None:
    found = rehearsed(clause(period))
    assert (found.told_by, found.ours_until) == (at(told_by), at(ours_until))
    assert found.left_from_awareness == timedelta(hours=left)
    assert found.told_latest is None


def test_the_outer_limit_stands_beside() -> None:
    found = rehearsed(clause({"unit": "working-days", "amount": 2}, counting="reg-1182-71"))
    assert (found.told_by, found.told_latest) == (at("2027-03-31T16:40"), at("2027-03-31T22:00"))


def test_our_72_hours_fall_on_these_working_days() -> None:
    assert rehearsed(clause(hours(48))).worked == (date(2027, 3, 30), date(2027, 3, 31))
    nowhere = rehearsed(clause(hours(48)), organisation=Organisation(zone="Europe/Paris"))
    assert nowhere.worked == (date(2027, 3, 29), date(2027, 3, 30), date(2027, 3, 31))


@pytest.mark.parametrize("duties", [[clause(soft("promptly"))], []])
def test_without_a_number_nothing_is_reckoned(duties: list[dict[str, Any]]) -> None:
    found = rehearsed(*duties)
    assert (found.told_by, found.told_latest, found.ours_until, found.left_from_awareness, found.worked) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_the_main_clause_is_rehearsed_wherever_it_stands() -> None:
    assert rehearsed(clause(hours(1), clause="access"), clause(hours(48))).told_by == at("2027-03-28T17:40")
    assert rehearsed(clause(hours(1), clause="access")).told_by == at("2027-03-26T18:40")


def test_an_organisation_that_is_a_processor_rehearses_as_a_controller() -> None:
    ours = Organisation(zone="Europe/Paris", main_establishment="FR", role=Role.PROCESSOR, contract="acme")
    assert rehearsed(clause(hours(48)), organisation=ours).ours_until == at("2027-03-31T17:40")
