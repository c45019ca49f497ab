"""The GDPR across borders: one lead authority, or without an establishment the authority of each country."""

from datetime import timedelta
from typing import Any

import pytest

from models.organisation import Organisation
from models.vocabulary import Basis, ClockState
from tests.test_models.examples import Journal, aware, utc
from tests.test_playbooks.lawful import ids, under_law

FRENCH = Organisation(main_establishment="FR", authority="cnil")
ABROAD = Organisation(main_establishment="US")
LEAD = "Cross-border: notify the lead authority only"


def concerned(*countries: str, people: dict[str, Any] | None = None) -> Journal:
    return aware(facts={"countries": list(countries)} | ({"people_by_country": people} if people else {}))


def notes(journal: Journal, organisation: Organisation, duty: str = "gdpr-33-1") -> str:
    return "\n".join(under_law(journal, organisation=organisation)[duty].duty.notes)


@pytest.mark.parametrize(
    ("organisation", "journal", "listed"),
    [
        (FRENCH, concerned("FR"), None),
        (FRENCH, concerned("FR", "BE"), "BE."),
        (FRENCH, concerned("BE"), "BE."),
        (FRENCH, concerned("FR", "US"), None),
        (FRENCH, concerned(people={"FR": {"value": 5}, "SE": {"min": 10, "max": 20}}), "SE (10 to 20 people)."),
        (Organisation(), concerned("FR", "BE"), "FR, BE."),
        (Organisation(), concerned("FR"), None),
        (Organisation(), aware(), None),
    ],
)
def test_with_an_establishment_one_lead_authority_is_told_and_the_others_are_listed(
    organisation: Organisation, journal: Journal, listed: str | None
) -> None:
    assert ids(journal, organisation)[0] == "gdpr-33-1"
    said = notes(journal, organisation)
    assert (LEAD in said) == (listed is not None)
    if listed is not None:
        assert said.splitlines()[-1] == (
            "(unconfirmed) Cross-border: notify the lead authority only, that of our main establishment, and list "
            f"there the other Member States concerned: {listed}"
        )


def test_without_one_each_countrys_authority_is_told_with_its_people() -> None:
    people = {"PL": {"value": 1200, "approximate": True}, "FR": {"value": 30}, "DE": {"unknown": True}}
    journal = concerned("BE", "US", people=people)
    found = under_law(journal, organisation=ABROAD)
    assert [name for name in found if name.startswith("gdpr-33-1")] == [
        "gdpr-33-1@BE",
        "gdpr-33-1@PL",
        "gdpr-33-1@FR",
        "gdpr-33-1@DE",
    ]
    assert {found[f"gdpr-33-1@{country}"].due_at for country in ("BE", "PL", "FR", "DE")} == {utc("2026-11-21T09:00Z")}
    assert found["gdpr-33-1@FR"].duty.creditor == "CNIL"
    assert found["gdpr-33-1@PL"].duty.creditor == "the supervisory authority of PL"
    assert notes(journal, ABROAD, "gdpr-33-1@PL").endswith("does not change that. In PL: about 1200 people.")
    assert notes(journal, ABROAD, "gdpr-33-1@DE").endswith("In DE: number not known yet.")
    assert notes(journal, ABROAD, "gdpr-33-1@BE").endswith("does not change that.")
    assert [name for name in found if name.startswith("gdpr-34")] == ["gdpr-34"]


def test_an_address_abroad_counts_while_no_establishment_is_named() -> None:
    abroad = Organisation.model_validate({"address": {"country": "US"}})
    assert ids(concerned("SE"), abroad)[0] == "gdpr-33-1@SE"
    both = Organisation.model_validate({"address": {"country": "US"}, "main_establishment": "IE"})
    assert ids(concerned("SE"), both)[0] == "gdpr-33-1"


def test_while_the_countries_are_not_known_one_clock_alarms_and_asks_for_them() -> None:
    assert ids(aware(), ABROAD)[0] == "gdpr-33-1"
    assert notes(aware(), ABROAD).endswith("Record the countries of the people concerned.")


def test_a_filing_with_one_authority_settles_that_one_only_and_its_rest_is_its_own() -> None:
    journal = concerned("PL", "FR").sent("gdpr-33-1@PL", "2026-11-19T10:00:00Z", complete=False)
    found = under_law(journal, "2026-11-22T10:00:00Z", ABROAD)
    assert (found["gdpr-33-1@PL"].state, found["gdpr-33-1@FR"].state) == (ClockState.MET, ClockState.OVERDUE)
    assert [name for name in found if name.startswith("gdpr-33-4")] == ["gdpr-33-4@PL"]
    rest = found["gdpr-33-4@PL"]
    assert (rest.state, rest.runs_from.name, rest.duty.creditor) == (
        ClockState.OPEN,
        "filed:gdpr-33-1@PL",
        "the supervisory authority of PL",
    )
    journal.sent("gdpr-33-1@PL", "2026-11-23T10:00:00Z")
    assert under_law(journal, organisation=ABROAD)["gdpr-33-4@PL"].state is ClockState.MET


def test_an_authoritys_own_time_for_the_rest_is_that_countrys_alone() -> None:
    journal = concerned("SE", "FR", "PL")
    for country in ("SE", "FR", "PL"):
        journal.sent(f"gdpr-33-1@{country}", "2026-11-19T10:00:00Z", complete=False)
    found = under_law(journal, organisation=ABROAD)
    assert (found["gdpr-33-4@FR"].duty.basis, found["gdpr-33-4@FR"].due_at) == (
        Basis.AUTHORITY,
        utc("2026-11-22T10:00Z"),
    )
    assert (found["gdpr-33-4@SE"].duty.basis, found["gdpr-33-4@SE"].due_at) == (
        Basis.AUTHORITY,
        utc("2026-12-17T10:00Z"),
    )
    assert (found["gdpr-33-4@PL"].duty.basis, found["gdpr-33-4@PL"].due_at) == (Basis.LAW, None)


def test_a_target_of_ours_holds_for_each_of_them() -> None:
    ours = ABROAD.model_copy(update={"targets": {"gdpr-33-1": 48}})
    found = under_law(concerned("SE", "FR"), organisation=ours)
    assert [found[f"policy:gdpr-33-1@{country}"].due_at for country in ("SE", "FR")] == [
        utc("2026-11-18T09:00Z") + timedelta(hours=48)
    ] * 2


def test_the_lead_authoritys_own_time_stands_as_it_did() -> None:
    journal = concerned("FR", "BE").sent("gdpr-33-1", "2026-11-19T10:00:00Z", complete=False)
    rest = under_law(journal, organisation=FRENCH)["gdpr-33-4"]
    assert (rest.duty.basis, rest.due_at) == (Basis.AUTHORITY, utc("2026-11-22T10:00Z"))
