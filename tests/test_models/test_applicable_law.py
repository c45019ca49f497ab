"""Which laws apply: by their own reach, by name, or by sector and country; and as of which day."""

from datetime import date
from typing import Any

import pytest

from models.applicable_law import applies, judged_on, laws_for
from models.checks import rule_warnings
from models.gaps import gaps
from models.organisation import Organisation
from models.regime import RegimePlaybook
from tests.test_models.examples import opened
from tests.test_models.rulebook import GDPR, file, legal, rules


def law(name: str, **more: Any) -> RegimePlaybook:
    duty = legal(f"{name}-1", "us", "authority", "controller processor", **more.pop("duty", {}))
    return RegimePlaybook.model_validate(file("regime", name, **{"applies": "named", "duties": [duty]} | more))


TELECOM = law("telecom", sectors=["ecs-provider"])
ALPINE = law("alpine", countries=["CH", "LI"])
BOTH = law("both", sectors=["insured", "bank"], countries=["FR"], about="incident")
BARE = law("bare")
KNOWN = rules(TELECOM, ALPINE, BOTH, BARE, GDPR)


def applying(organisation: Organisation, **record: Any) -> list[str]:
    return [regime.id for regime in laws_for(opened(**record).incident, KNOWN, organisation)]


@pytest.mark.parametrize(
    ("settings", "record", "expected"),
    [
        ({}, {}, []),
        ({}, {"sectors": ["ecs-provider"]}, ["telecom"]),
        ({}, {"sectors": ["bank"]}, []),
        ({"main_establishment": "FR"}, {"sectors": ["bank"]}, ["both"]),
        ({}, {"sectors": ["insured"], "place": {"country": "FR"}}, ["both"]),
        ({"main_establishment": "FR"}, {}, []),
        ({"address": {"country": "LI"}}, {}, ["alpine"]),
        ({"main_establishment": "DE"}, {"place": {"country": "CH"}}, ["alpine"]),
        ({"regimes": ["bare"]}, {}, ["bare"]),
        ({"regimes": ["bare"]}, {"sectors": ["ecs-provider"]}, ["telecom", "bare"]),
        ({"regimes": ["bare"]}, {"regimes": ["alpine"], "sectors": ["ecs-provider"]}, ["alpine"]),
        ({}, {"regimes": ["both"], "sectors": ["ecs-provider"]}, ["both"]),
        ({"regimes": ["bare"]}, {"regimes": ["gdpr"], "sectors": ["ecs-provider"]}, []),
    ],
    ids=str,
)
def test_what_the_incident_names_stands_else_what_the_settings_name_and_what_fits(
    settings: dict[str, Any], record: dict[str, Any], expected: list[str]
) -> None:
    assert applying(Organisation.model_validate(settings), **record) == ["gdpr", *expected]


def test_without_personal_data_only_laws_on_incidents_apply() -> None:
    record: dict[str, Any] = {"sectors": ["ecs-provider", "bank"], "place": {"country": "FR"}}
    assert applying(Organisation(), **record, personal_data=False) == ["both"]
    assert applying(Organisation(), **record, personal_data=None) == ["gdpr", "telecom", "both"]
    assert applying(Organisation(), regimes=["telecom"], personal_data=False) == []


def test_a_proposal_applies_to_nobody_not_even_by_name() -> None:
    proposal = law("proposal", applies="assumed", replaces="gdpr", sectors=["bank"])
    named = opened(regimes=["proposal"], sectors=["bank"]).incident
    assert not applies(proposal, named, Organisation(regimes=("proposal",)))


DATA, INCIDENT = law("data"), law("incident", about="incident")


@pytest.mark.parametrize(
    ("moments", "data", "incident"),
    [
        ({}, "2026-11-21", "2026-11-21"),
        ({"detected": "2026-01-01T00:00Z"}, "2026-11-21", "2026-01-01"),
        ({"aware": "2026-02-01T00:00Z"}, "2026-02-01", "2026-02-01"),
        ({"aware": "2026-02-01T00:00Z", "vendor_told_us": "2026-01-20T00:00Z"}, "2026-01-20", "2026-01-20"),
        ({"aware": "2026-02-01T00:00Z", "detected": "2026-01-01T00:00Z"}, "2026-02-01", "2026-01-01"),
        ({"aware": "2026-02-01T00:00Z", "incident_aware": "2026-03-01T00:00Z"}, "2026-02-01", "2026-03-01"),
        ({"incident_aware": "2026-03-01T00:00Z"}, "2026-03-01", "2026-03-01"),
        ({"vendor_aware": "2026-01-01T00:00Z", "occurred_from": "2026-01-01T00:00Z"}, "2026-11-21", "2026-11-21"),
        ({"aware": "2026-02-01T23:30Z"}, "2026-02-02", "2026-02-02"),
    ],
    ids=str,
)
def test_a_law_on_data_looks_to_awareness_of_the_breach_and_one_on_incidents_to_that_of_the_incident(
    moments: dict[str, str], data: str, incident: str
) -> None:
    found = opened(moments=moments, place={"zone": "Europe/Paris"}).incident
    assert (judged_on(DATA.about, found), judged_on(INCIDENT.about, found)) == (
        date.fromisoformat(data),
        date.fromisoformat(incident),
    )


def test_only_a_law_that_applies_warns_that_it_was_not_in_force() -> None:
    old = opened(moments={"aware": "2016-01-01T00:00Z"}, regimes=["alpine"]).incident
    assert rule_warnings(old, KNOWN, Organisation(), ()) == tuple(
        f"{name} was not in force on 2016-01-01, so none of its clocks run: is the date right?"
        for name in ("Gdpr", "Alpine")
    )


def test_what_naming_laws_leaves_out_is_said() -> None:
    found = opened(regimes=["gdpr"], sectors=["ecs-provider"], place={"country": "CH"}).incident
    assert gaps(found, KNOWN, Organisation(authority="cnil"))[:2] == (
        "Telecom fits our sector or country, but the regimes named leave it out: its clocks do not run",
        "Alpine fits our sector or country, but the regimes named leave it out: its clocks do not run",
    )


def test_a_sector_that_no_law_is_about_is_said_and_so_is_a_regime_of_the_settings_that_nobody_knows() -> None:
    found = opened(sectors=["bank", "banking"], personal_data=False).incident
    assert gaps(found, KNOWN, Organisation(regimes=("nis3",))) == (
        "the regime 'nis3' was named, but no rules for it are known: its clocks are NOT shown",
        "no law known is about the sector 'banking'; those are: bank, ecs-provider, insured",
    )
