"""The United Kingdom and Switzerland beside the GDPR, and the French complaint that insurance asks for."""

from typing import Any

import pytest

from models.conditions import Condition
from models.gaps import gaps
from models.organisation import Organisation
from models.vocabulary import ClockState, ConditionState
from tests.builders import shipped_rules
from tests.test_models.examples import Journal, opened, utc
from tests.test_playbooks.lawful import PARIS, ids, known, under_law

GDPR = ["gdpr-33-1", "gdpr-34", "gdpr-33-5"]
UK = ["uk-gdpr-33", "uk-gdpr-34"]
LONDON = {"country": "GB", "zone": "Europe/London"}
AWARE = "2026-03-27T18:40:00Z"
BRITISH, SWISS = Organisation(main_establishment="GB"), Organisation(main_establishment="CH")


def breach(aware: str = AWARE, **record: Any) -> Journal:
    return opened(**{"moments": {"aware": aware}} | record)


def test_the_united_kingdom_has_72_hours_across_its_clock_change_and_no_counting_rule() -> None:
    found = under_law(breach(place=LONDON))
    assert list(found) == [*GDPR, *UK]
    first = found["uk-gdpr-33"]
    assert (first.due_at, first.latest_at) == (utc("2026-03-30T19:40+01:00"), None)
    assert (first.duty.creditor, first.duty.recipient) == ("the ICO", "authority")
    assert first.condition == Condition("risk", ConditionState.UNDECIDED)
    assert found["uk-gdpr-34"].duty.creditor == "data subjects"


def test_the_ico_is_told_whatever_authority_the_settings_name() -> None:
    ours = Organisation(main_establishment="FR", authority="cnil")
    found = under_law(breach(regimes=["uk-gdpr"]), organisation=ours)
    assert (found["gdpr-33-1"].duty.creditor, found["uk-gdpr-33"].duty.creditor) == ("CNIL", "the ICO")


def test_the_rest_follows_an_incomplete_notification_to_the_ico_and_not_the_cnils_time() -> None:
    ours = Organisation(main_establishment="FR", authority="cnil")
    journal = breach(regimes=["uk-gdpr"]).sent("uk-gdpr-33", "2026-03-28T10:00:00Z", complete=False)
    rest = under_law(journal, "2026-03-29T10:00:00Z", ours)["uk-gdpr-33-4"]
    assert (rest.state, rest.due_at, rest.duty.creditor) == (ClockState.OPEN, None, "the ICO")
    assert "gdpr-33-4" not in under_law(journal, organisation=ours)


@pytest.mark.parametrize(
    ("aware", "hours"),
    [
        ("2025-08-19T22:59:59Z", 24),
        ("2025-08-19T23:00:00Z", 72),
        ("2024-01-01T00:00:00Z", 24),
        ("2026-03-27T18:40:00Z", 72),
    ],
)
def test_pecr_had_24_hours_until_19_august_2025_and_has_72_since(aware: str, hours: int) -> None:
    found = under_law(breach(aware, sectors=["ecs-provider"], place=LONDON))
    assert [name for name in found if name == "uk-pecr-5a"] == ["uk-pecr-5a"]
    period = found["uk-pecr-5a"].period
    assert period is not None
    assert (period.amount, found["uk-pecr-5a"].condition) == (hours, None)


@pytest.mark.parametrize("role", ["controller", "joint-controller", "processor", "sub-processor"])
def test_pecr_needs_the_sector_and_the_country_and_knows_no_roles(role: str) -> None:
    assert "uk-pecr-5a" in ids(breach(sectors=["ecs-provider"], place=LONDON, role=role))
    assert "uk-pecr-5a" not in ids(breach(sectors=["ecs-provider"], place=PARIS, role=role))
    assert "uk-pecr-5a" not in ids(breach(place=LONDON, role=role))
    assert "uk-pecr-5a" in ids(breach(regimes=["uk-pecr"], role=role))


def test_switzerland_asks_for_haste_where_the_risk_is_high_and_for_no_date() -> None:
    journal = breach(place={"country": "CH", "zone": "Europe/Zurich"})
    found = under_law(journal)["ch-fadp-24"]
    assert (found.state, found.due_at, found.duty.creditor) == (ClockState.WAITING, None, "the FDPIC")
    assert under_law(journal.decide("risk"))["ch-fadp-24"].state is ClockState.NOT_REQUIRED
    assert under_law(journal.decide("high"))["ch-fadp-24"].state is ClockState.OPEN


def test_what_spares_us_telling_the_people_does_not_spare_us_telling_the_fdpic() -> None:
    facts = {"subjects_informed_status": "not_informed", "not_informed_reason": "art34_3_b_mitigated"}
    found = under_law(breach(regimes=["gdpr", "ch-fadp"], facts=facts).decide("high"))
    assert found["gdpr-34"].state is ClockState.NOT_REQUIRED
    assert found["ch-fadp-24"].state is ClockState.OPEN


@pytest.mark.parametrize(("aware", "owed"), [("2023-08-31T21:59:59Z", False), ("2023-08-31T22:00:00Z", True)])
def test_the_swiss_act_is_law_from_its_local_day(aware: str, owed: object) -> None:
    zurich = {"country": "CH", "zone": "Europe/Zurich"}
    assert ("ch-fadp-24" in ids(breach(aware, place=zurich))) == owed


@pytest.mark.parametrize(("organisation", "law"), [(BRITISH, "uk-gdpr"), (SWISS, "ch-fadp")])
def test_the_gdpr_stays_on_abroad_until_a_person_names_the_laws_without_it(
    organisation: Organisation, law: str
) -> None:
    own = UK if law == "uk-gdpr" else ["ch-fadp-24"]
    assert ids(breach(), organisation) == [*GDPR, *own]
    assert ids(breach(regimes=[law]), organisation) == ["gdpr-33-5", *own]
    assert ids(breach(), organisation.model_copy(update={"regimes": (law,)})) == ["gdpr-33-5", *own]
    assert ids(breach(regimes=["gdpr", law]), organisation) == [*GDPR, *own]
    left_out = gaps(breach(regimes=[law]).incident, shipped_rules(), organisation)
    assert any("is left out" in gap and "name gdpr too" in gap for gap in left_out)


def test_it_comes_back_with_the_first_person_in_its_territory() -> None:
    abroad = breach(regimes=["uk-gdpr"], facts={"countries": ["GB", "SE"]})
    assert ids(abroad, BRITISH) == ["gdpr-33-1@SE", "gdpr-34", "gdpr-33-5", *UK]


def test_it_is_never_left_out_by_a_law_on_incidents_nor_where_we_are_in_its_territory() -> None:
    assert ids(breach(regimes=["fr-lopmi"]), BRITISH)[:3] == GDPR
    assert ids(breach(regimes=["uk-gdpr"], place=PARIS), BRITISH)[:3] == GDPR
    assert ids(breach(regimes=["uk-gdpr"]), Organisation())[:3] == GDPR
    assert ids(breach(regimes=["uk-gdpr"]), Organisation(main_establishment="IE"))[:3] == GDPR


def test_what_parties_owe_each_other_stands() -> None:
    assert "gdpr-33-2" in ids(breach(regimes=["uk-gdpr"], vendor="konverso"), BRITISH)
    assert "gdpr-33-2@unnamed" in ids(breach(regimes=["uk-gdpr"], role="processor"), BRITISH)


def test_the_complaint_has_72_hours_from_knowing_of_the_attack_if_insured_in_france() -> None:
    complaint = under_law(known("insured", {"incident_aware": "2026-04-03T18:40:00+02:00"}))["fr-lopmi"]
    assert (complaint.due_at, complaint.latest_at) == (utc("2026-04-06T16:40Z"), None)
    assert complaint.duty.creditor == "the police or the public prosecutor"
    presumed = under_law(known("insured", {"detected": "2026-04-03T16:00:00Z", "aware": "2026-04-03T18:00:00Z"}))
    assert presumed["fr-lopmi"].due_at == utc("2026-04-06T16:00Z")


@pytest.mark.parametrize(
    ("record", "owed"),
    [
        ({}, ["fr-lopmi"]),
        ({"sectors": []}, []),
        ({"place": LONDON}, []),
        ({"sectors": [], "place": LONDON, "regimes": ["fr-lopmi"]}, ["fr-lopmi"]),
        ({"moments": {"incident_aware": "2023-04-23T21:59:59Z"}}, []),
        ({"moments": {"incident_aware": "2023-04-23T22:00:00Z"}}, ["fr-lopmi"]),
        ({"role": "sub-processor"}, ["fr-lopmi"]),
    ],
    ids=str,
)
def test_whom_it_concerns(record: dict[str, Any], owed: list[str]) -> None:
    moments = record.pop("moments", {"incident_aware": "2026-04-03T18:40:00+02:00"})
    assert ids(known("insured", moments, **record)) == owed
