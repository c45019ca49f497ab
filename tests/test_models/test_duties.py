"""Duties: who owes what to whom, in every role, and under which law and contract."""

from datetime import date
from typing import Any

import pytest

from models.counterparties import authority_name, contract_of, owed_customers, vendor_name
from models.duties import duties_for
from models.duty import Citation, Duty, Trigger
from models.moments import MomentName
from models.organisation import Organisation
from models.parties import Customer
from models.periods import CountingRule, Period, Unit
from models.vocabulary import Basis, Confidence
from tests.test_models.examples import ACME, BETA, opened
from tests.test_models.rulebook import CNIL, FILE, GDPR, KAVKOM, RULES, US_AT_HOME, clause, duties, hours, rules, vendor

OURS = ["gdpr-33-1", "gdpr-34", "gdpr-33-5"]
OURS_AND_VENDORS = ["gdpr-33-1", "gdpr-33-2", "gdpr-34", "gdpr-33-5"]
SELLER = Organisation(contract="kavkom")


@pytest.mark.parametrize("role", ["controller", "joint-controller"])
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, OURS),
        ({"vendor": "kavkom"}, ["contract:kavkom", *OURS_AND_VENDORS]),
        ({"vendor": "convious"}, ["contract:convious", "contract:convious/access", *OURS_AND_VENDORS]),
        ({"vendor": "deskhero"}, OURS_AND_VENDORS),
        ({"vendor": "stranger"}, OURS_AND_VENDORS),
        ({"vendor": {"name": "Nuage SARL"}}, OURS_AND_VENDORS),
        ({"contract": "kavkom", "customers": [ACME]}, OURS),
        ({"vendor": "kavkom", "contract": "convious"}, ["contract:kavkom", *OURS_AND_VENDORS]),
        ({"personal_data": None}, OURS),
        ({"personal_data": False, "vendor": "kavkom"}, []),
    ],
    ids=str,
)
def test_a_controllers_duties(role: str, record: dict[str, Any], expected: list[str]) -> None:
    assert list(duties(opened(role=role, **record), SELLER)) == expected


@pytest.mark.parametrize("role", ["processor", "sub-processor"])
@pytest.mark.parametrize(
    ("record", "organisation", "expected"),
    [
        ({"customers": [ACME]}, Organisation(), ["gdpr-33-2@acme"]),
        ({}, Organisation(), ["gdpr-33-2@unnamed"]),
        ({"contract": "kavkom"}, Organisation(), ["contract:kavkom@unnamed", "gdpr-33-2@unnamed"]),
        ({"customers": [ACME]}, SELLER, ["contract:kavkom@acme", "gdpr-33-2@acme"]),
        (
            {"contract": "konverso", "customers": [ACME]},
            SELLER,
            ["contract:konverso@acme", "gdpr-33-2@acme"],
        ),
        (
            {"contract": "kavkom", "customers": [ACME, BETA]},
            Organisation(),
            ["contract:kavkom@acme", "contract:kavkom@beta", "gdpr-33-2@acme", "gdpr-33-2@beta"],
        ),
        (
            {"contract": "kavkom", "customers": [ACME | {"contract": "convious"}, BETA]},
            Organisation(),
            [
                "contract:convious@acme",
                "contract:convious/access@acme",
                "contract:kavkom@beta",
                "gdpr-33-2@acme",
                "gdpr-33-2@beta",
            ],
        ),
        (
            {"customers": [ACME | {"affected": False}, BETA]},
            SELLER,
            ["contract:kavkom@beta", "gdpr-33-2@beta"],
        ),
        ({"customers": [ACME | {"affected": False}]}, SELLER, []),
        ({"customers": [ACME], "contract": "stranger"}, Organisation(), ["gdpr-33-2@acme"]),
        (
            {"vendor": "konverso", "contract": "kavkom", "customers": [ACME]},
            Organisation(),
            ["contract:konverso", "contract:kavkom@acme", "gdpr-33-2", "gdpr-33-2@acme"],
        ),
        (
            {"vendor": {"name": "Nuage SARL"}, "customers": [ACME]},
            Organisation(),
            ["gdpr-33-2", "gdpr-33-2@acme"],
        ),
        (
            {"vendor": "kavkom", "contract": "kavkom", "customers": [ACME]},
            Organisation(),
            ["contract:kavkom", "contract:kavkom@acme", "gdpr-33-2", "gdpr-33-2@acme"],
        ),
        ({"customers": [ACME], "personal_data": None}, Organisation(), ["gdpr-33-2@acme"]),
        ({"customers": [ACME], "personal_data": False}, SELLER, []),
    ],
    ids=str,
)
def test_a_processor_owes_its_customers_and_nothing_to_authorities_or_data_subjects(
    role: str, record: dict[str, Any], organisation: Organisation, expected: list[str]
) -> None:
    assert list(duties(opened(role=role, **record), organisation)) == expected


def test_no_two_duties_of_an_incident_share_an_id() -> None:
    journal = opened(role="processor", vendor="convious", contract="convious", customers=[ACME, BETA])
    ids = [duty.id for duty in duties_for(journal.incident, RULES, Organisation(targets={"gdpr-33-2": 24}))]
    assert len(ids) == len(set(ids)) == 12


def test_what_a_vendor_owes_us() -> None:
    assert duties(opened(vendor="kavkom"))["contract:kavkom"] == Duty(
        id="contract:kavkom",
        title="Kavkom tells us of the breach",
        debtor="Kavkom",
        creditor="us",
        recipient="us",
        basis=Basis.CONTRACT,
        trigger=Trigger(MomentName.VENDOR_AWARE),
        period=Period(Unit.HOURS, 48),
        source=Citation("Kavkom text", "6.1", Confidence.CHECKED, date(2026, 11, 1)),
        settled_under="contract:kavkom",
        contents=("any useful documentation",),
    )


def test_what_we_owe_a_customer_under_the_same_contract() -> None:
    owed = duties(opened(role="processor", contract="kavkom", customers=[ACME]))["contract:kavkom@acme"]
    assert (owed.title, owed.debtor, owed.creditor) == ("We tell Acme SAS of the breach", "us", "Acme SAS")
    assert (owed.recipient, owed.customer) == ("customer", "acme")
    assert (owed.trigger, owed.period) == (Trigger(MomentName.AWARE), Period(Unit.HOURS, 48))


@pytest.mark.parametrize("trigger", ["aware", "discovery", "confirmation", "suspicion", "unstated"])
def test_whatever_a_contract_calls_it_the_earliest_moment_of_its_debtor_is_its_awareness(trigger: str) -> None:
    promising = rules(vendor("promising", clause(hours(24), trigger=trigger)))
    told = duties(opened(vendor="promising"), under=promising)["contract:promising"]
    telling = duties(opened(role="processor", contract="promising", customers=[ACME]), under=promising)
    assert told.trigger == Trigger(MomentName.VENDOR_AWARE)
    assert telling["contract:promising@acme"].trigger == Trigger(MomentName.AWARE)


def test_a_further_clause_of_a_contract() -> None:
    access = duties(opened(vendor="convious"))["contract:convious/access"]
    assert access.title == "Convious tells us of any access"
    assert access.period == Period(Unit.SOFT, phrase="promptly")


def test_the_duty_to_the_authority() -> None:
    assert duties(opened())["gdpr-33-1"] == Duty(
        id="gdpr-33-1",
        title="We → CNIL (gdpr-33-1)",
        debtor="us",
        creditor="CNIL",
        recipient="authority",
        basis=Basis.LAW,
        trigger=Trigger(MomentName.AWARE),
        period=Period(Unit.HOURS, 72),
        source=Citation("Gdpr text", "gdpr-33-1", Confidence.CHECKED, date(2026, 11, 1)),
        settled_under="gdpr-33-1",
        counting=CountingRule.REG_1182_71,
        needs="risk",
        requires=FILE,
    )


@pytest.mark.parametrize(
    ("duty", "parties", "recipient", "trigger", "needs"),
    [
        ("gdpr-33-2", ("Kavkom", "us"), "us", "vendor_aware", None),
        ("gdpr-34", ("us", "data subjects"), "subjects", "aware", "high-risk"),
        ("gdpr-33-5", ("us", "our register"), "register", "aware", None),
    ],
)
def test_the_controllers_other_duties(
    duty: str, parties: tuple[str, str], recipient: str, trigger: str, needs: str | None
) -> None:
    found = duties(opened(vendor="kavkom"))[duty]
    assert (found.debtor, found.creditor) == parties
    assert (found.recipient, found.trigger.name, found.needs) == (recipient, trigger, needs)


def test_the_statutory_duty_stands_beside_every_contract_with_its_own_term() -> None:
    found = duties(opened(role="processor", contract="kavkom", customers=[ACME]))
    assert found["contract:kavkom@acme"].period == Period(Unit.HOURS, 48)
    assert found["gdpr-33-2@acme"].period == Period(Unit.SOFT, phrase="without undue delay")
    assert found["gdpr-33-2@acme"].title == "We → Acme SAS (gdpr-33-2)"
    assert found["gdpr-33-2@acme"].settled_under == "gdpr-33-2@acme"


@pytest.mark.parametrize(
    ("given", "name"),
    [(None, None), ("kavkom", "Kavkom"), ("stranger", "stranger"), ({"name": "Nuage SARL"}, "Nuage SARL")],
)
def test_the_vendors_name(given: Any, name: str | None) -> None:
    assert vendor_name(opened(vendor=given).incident, RULES) == name


@pytest.mark.parametrize(
    ("authority", "name"), [("cnil", "CNIL"), ("apd", "apd"), (None, "the competent supervisory authority")]
)
def test_the_authoritys_name(authority: str | None, name: str) -> None:
    assert authority_name(Organisation(authority=authority), rules(CNIL, GDPR, KAVKOM)) == name


def test_while_no_customer_is_recorded_one_stands_for_all() -> None:
    assert owed_customers(opened(role="processor").incident) == (
        Customer("unnamed", "our customers (none recorded yet)"),
    )
    assert owed_customers(opened(role="controller", customers=[ACME]).incident) == ()


@pytest.mark.parametrize(
    ("customer", "incident", "settings", "expected"),
    [
        ("convious", "konverso", "kavkom", "convious"),
        (None, "konverso", "kavkom", "konverso"),
        (None, None, "kavkom", "kavkom"),
        (None, None, None, None),
    ],
)
def test_the_contract_under_which_a_customer_is_owed(
    customer: str | None, incident: str | None, settings: str | None, expected: str | None
) -> None:
    journal = opened(role="processor", contract=incident)
    owed = Customer("acme", "Acme SAS", contract=customer)
    assert contract_of(owed, journal.incident, Organisation(contract=settings)) == expected


def test_settings_without_an_authority_change_no_duty_but_its_name() -> None:
    assert list(duties(opened(), Organisation())) == list(duties(opened(), US_AT_HOME)) == OURS
    assert duties(opened(), Organisation())["gdpr-33-1"].creditor == "the competent supervisory authority"
