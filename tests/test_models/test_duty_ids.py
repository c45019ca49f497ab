"""Duty ids: the names that scripts rely on."""

import pytest

from models.duty_ids import contract_duty, customer_of, for_customer, is_owed_to_us


@pytest.mark.parametrize(
    ("playbook", "clause", "customer", "expected"),
    [
        ("kavkom", None, None, "contract:kavkom"),
        ("convious", "access", None, "contract:convious/access"),
        ("kavkom", None, "acme", "contract:kavkom@acme"),
        ("convious", "access", "acme", "contract:convious/access@acme"),
    ],
)
def test_a_contracts_duty(playbook: str, clause: str | None, customer: str | None, expected: str) -> None:
    assert contract_duty(playbook, clause, customer) == expected


def test_a_duty_for_one_customer_and_for_none() -> None:
    assert for_customer("gdpr-33-2", "acme") == "gdpr-33-2@acme"
    assert for_customer("gdpr-33-2", None) == "gdpr-33-2"


@pytest.mark.parametrize(
    ("duty", "customer", "owed_to_us"),
    [
        ("contract:kavkom", None, True),
        ("contract:convious/access", None, True),
        ("gdpr-33-2", None, True),
        ("contract:kavkom@acme", "acme", False),
        ("gdpr-33-2@acme", "acme", False),
        ("gdpr-33-1", None, False),
        ("policy:contract:kavkom", None, False),
        ("added:1", None, False),
    ],
)
def test_who_a_duty_is_owed_to(duty: str, customer: str | None, owed_to_us: object) -> None:
    assert customer_of(duty) == customer
    assert is_owed_to_us(duty) is owed_to_us
