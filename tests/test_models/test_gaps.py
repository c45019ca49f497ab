"""Gaps: what nobody has told us about the rules, and what to ask for."""

from typing import Any

import pytest

from models.gaps import gaps
from models.organisation import Organisation
from tests.test_models.examples import opened
from tests.test_models.rulebook import GDPR, RULES, US_AT_HOME, clause, hours, rules, vendor

ACME = {"id": "acme", "name": "Acme SAS"}
NO_AUTHORITY = "the competent supervisory authority is not in the settings; run: incident init"


def told(organisation: Organisation = US_AT_HOME, **record: Any) -> tuple[str, ...]:
    return gaps(opened(**record).incident, RULES, organisation)


def test_where_all_is_known_there_is_no_gap() -> None:
    assert told() == ()
    assert told(vendor="kavkom") == ()
    assert told(role="processor", contract="kavkom", customers=[ACME]) == ()


@pytest.mark.parametrize(
    ("given", "gap"),
    [
        (
            {"name": "Nuage SARL"},
            "no contract known with Nuage SARL: Art. 33(2) applies; ask for the data processing agreement",
        ),
        ("stranger", "no contract known with stranger: Art. 33(2) applies; ask for the data processing agreement"),
        ("deskhero", "no breach clause known of Deskhero: Art. 33(2) applies, a shorter term may exist"),
    ],
)
def test_a_vendor_without_a_known_contract_or_clause(given: Any, gap: str) -> None:
    assert told(vendor=given) == (gap,)


def test_what_a_vendors_documents_keep_silent_about() -> None:
    silent = [{"missing": "a contact point", "ask": "Whom may we call at night?"}]
    promising, empty = vendor("promising", clause(hours(24)), gaps=silent), vendor("empty", gaps=silent)
    ruled = rules(promising, empty, GDPR)
    ours = Organisation(authority=None, contract="promising")
    record: dict[str, Any] = {"role": "processor", "customers": [ACME]}
    assert gaps(opened(vendor="promising", **record).incident, ruled, ours) == (
        "Promising does not say: a contact point",
    )
    assert gaps(opened(vendor="empty", **record).incident, ruled, ours) == (
        "no breach clause known of Empty: Art. 33(2) applies, a shorter term may exist",
        "Empty does not say: a contact point",
    )


def test_customers_not_recorded() -> None:
    assert told(role="processor", contract="kavkom") == (
        "no customer recorded: each affected customer is owed notice; record them with customers.<id>.name",
    )


def test_contracts_with_customers_not_known() -> None:
    beta = {"id": "beta", "name": "Beta BV", "contract": "stranger"}
    unaffected = {"id": "gamma", "name": "Gamma AB", "affected": False}
    assert told(role="processor", customers=[ACME, beta, unaffected]) == (
        "no contract known for Acme SAS: Art. 33(2) applies; a shorter term may exist",
        "the playbook 'stranger' is not known for Beta BV: Art. 33(2) applies; a shorter term may exist",
    )


def test_a_named_regime_without_rules_is_said_to_be_missing() -> None:
    assert told(regimes=["gdpr", "nis2"]) == (
        "the regime 'nis2' was named, but no rules for it are known: its clocks are NOT shown",
    )


@pytest.mark.parametrize(
    ("authority", "gap"),
    [
        (None, NO_AUTHORITY),
        ("apd", "no form is known for the authority 'apd': notify on its own portal"),
    ],
)
def test_an_authority_not_known(authority: str | None, gap: str) -> None:
    assert told(Organisation(authority=authority)) == (gap,)


@pytest.mark.parametrize("role", ["processor", "sub-processor"])
def test_a_processor_needs_no_authority(role: str) -> None:
    assert told(Organisation(), role=role, contract="kavkom", customers=[ACME]) == ()


def test_without_personal_data_nothing_is_missing() -> None:
    assert told(Organisation(), personal_data=False, vendor="stranger") == ()


def test_while_nobody_knows_the_gaps_are_told() -> None:
    undecided = "whether personal data are affected is not known yet: the clocks alarm all the same"
    assert told(Organisation(), personal_data=None) == (undecided, NO_AUTHORITY)
