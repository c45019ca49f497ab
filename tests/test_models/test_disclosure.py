"""Disclosure: what one recipient may be told, and never what belongs to another customer."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.disclosure import COUNTS, contact_line, facts_for, told_apart
from models.dossier import RecordedFact
from models.organisation import Contact, Organisation
from models.parties import Customer
from models.vocabulary import Certainty
from tests.test_models.examples import OPENED_AT, Journal, opened

NOBODY = Organisation()
TOTALS = {
    "description": "Open archive.",
    "subjects_count": {"value": 9999},
    "records_count": {"value": 8888},
    "people_by_country": {"FR": {"value": 7777}},
    "informed_count": {"value": 6666},
}
ACME = {"id": "acme", "name": "Acme SAS", "facts": {"subjects_count": {"value": 12}}}
BETA = {"id": "beta", "name": "Beta BV", "facts": {"subjects_count": {"value": 34}, "records_count": {"value": 56}}}
GAMMA = {"id": "gamma", "name": "Gamma AB"}


def processing(*customers: Mapping[str, object]) -> Journal:
    return opened(role="processor", facts=TOTALS, customers=list(customers))


def values(journal: Journal, customer: Customer | None, organisation: Organisation = NOBODY) -> dict[str, object]:
    return {name: fact.value for name, fact in facts_for(journal.incident, organisation, customer).items()}


def test_an_authority_is_told_everything() -> None:
    assert values(opened(facts=TOTALS), None) == TOTALS


def test_each_of_several_customers_is_told_its_own_figures_only() -> None:
    journal = processing(ACME, BETA, GAMMA)
    acme, beta, gamma = journal.incident.customers
    assert values(journal, acme) == {"description": "Open archive.", "subjects_count": {"value": 12}}
    assert values(journal, beta) == {
        "description": "Open archive.",
        "subjects_count": {"value": 34},
        "records_count": {"value": 56},
    }
    assert values(journal, gamma) == {"description": "Open archive."}


def test_only_figures_of_several_customers_are_told_apart() -> None:
    several, one = processing(ACME, BETA).incident, processing(ACME).incident
    assert {name for name in TOTALS if told_apart(several, name)} == COUNTS
    assert not any(told_apart(one, name) for name in TOTALS)


def test_an_unaffected_customer_keeps_the_totals_back_all_the_same() -> None:
    journal = processing(ACME, BETA | {"affected": False})
    assert "records_count" not in values(journal, journal.incident.customers[0])


def test_the_only_customer_is_told_the_incidents_figures_its_own_first() -> None:
    journal = processing(ACME)
    assert values(journal, journal.incident.customers[0]) == TOTALS | {"subjects_count": {"value": 12}}


def test_a_customers_own_words_come_before_the_incidents() -> None:
    journal = processing(ACME, BETA)
    journal.record({"customers": [{"id": "acme", "facts": {"description": "Their calls were open."}}]})
    journal.record({"customers": [{"id": "acme", "facts": {"subjects_count": {"value": 13}}}]})
    acme, beta = journal.incident.customers
    assert values(journal, acme) == {"description": "Their calls were open.", "subjects_count": {"value": 13}}
    assert values(journal, beta)["description"] == "Open archive."


def test_the_facts_that_are_figures() -> None:
    assert {"subjects_count", "records_count", "people_by_country", "informed_count"} == COUNTS


figures = st.dictionaries(st.sampled_from(sorted(COUNTS - {"people_by_country"})), st.integers(1000, 9999))


@given(st.lists(figures, min_size=2, max_size=4), figures)
def test_no_customer_ever_sees_a_figure_that_is_not_its_own(
    customers: list[dict[str, int]], total: dict[str, int]
) -> None:
    journal = opened(
        role="processor",
        facts={name: {"value": number} for name, number in total.items()},
        customers=[
            {"name": f"c{at}", "facts": {name: {"value": number} for name, number in own.items()}}
            for at, own in enumerate(customers)
        ],
    )
    for customer, own in zip(journal.incident.customers, customers, strict=True):
        assert values(journal, customer) == {name: {"value": number} for name, number in own.items()}


def test_the_contact_point_comes_from_the_settings_unless_it_was_recorded() -> None:
    ours = Organisation(dpo=Contact(function="DPO", email="dpo@example.example"))
    settings = RecordedFact("DPO, dpo@example.example", Certainty.KNOWN, "our settings", OPENED_AT, "settings")
    assert facts_for(opened().incident, ours, None) == {"contact_point": settings}
    recorded = opened(facts={"contact_point": "the crisis line"})
    assert values(recorded, None, ours) == {"contact_point": "the crisis line"}
    assert facts_for(opened().incident, NOBODY, None) == {}


def test_what_was_recorded_is_not_changed_by_looking() -> None:
    journal = processing(ACME, BETA)
    incident = journal.incident
    facts_for(incident, Organisation(dpo=Contact(email="d@example.example")), incident.customers[0])
    assert incident == journal.incident


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (Contact(), ""),
        (Contact(name="Front desk", function="Reception"), ""),
        (Contact(email="dpo@example.example"), "dpo@example.example"),
        (
            Contact(title="Ms", name="On duty", function="DPO", email="dpo@example.example", phone="+33 1"),
            "On duty, DPO, dpo@example.example, +33 1",
        ),
    ],
)
def test_a_contact_on_one_line(contact: Contact, line: str) -> None:
    assert contact_line(contact) == line
