"""How duties are named: the ids that scripts rely on."""

CONTRACT = "contract:"
MARK = "@"
"""Stands before the customer or the country that one duty of several is owed to."""

VENDOR_STATUTORY = frozenset({"gdpr-33-2", "eprivacy-611-subprovider"})
"""What the law has the party behind us tell us."""

UNNAMED_CUSTOMER = "unnamed"
"""The customer id that stands for customers nobody has recorded yet; no real customer may bear it."""


def contract_duty(playbook: str, clause: str | None, customer: str | None = None) -> str:
    """Return `contract:<playbook>[/<clause>][@<customer id>]`."""
    return for_customer(CONTRACT + playbook + (f"/{clause}" if clause else ""), customer)


def for_customer(duty: str, customer: str | None) -> str:
    """Return a duty's id as it is owed to one customer, or unchanged for none."""
    return f"{duty}{MARK}{customer}" if customer else duty


def for_country(duty: str, country: str | None) -> str:
    """Return a duty's id as it is owed to one country's authority, `gdpr-33-1@SE`, or unchanged for none."""
    return f"{duty}{MARK}{country}" if country else duty


def customer_of(duty: str) -> str | None:
    """Return the customer id in a duty's id, or None. A country is written in capitals, a customer never."""
    _, mark, named = duty.partition(MARK)
    return named if mark and not named.isupper() else None


def country_of(duty: str) -> str | None:
    """Return the country in a duty's id, or None."""
    _, mark, named = duty.partition(MARK)
    return named if mark and named.isupper() else None


def without_party(duty: str) -> str:
    """Return a duty's id without the customer or country it is owed to."""
    return duty.partition(MARK)[0]


def is_owed_to_us(duty: str) -> bool:
    """True for what a vendor owes us, by contract or by law."""
    return customer_of(duty) is None and (duty.startswith(CONTRACT) or duty in VENDOR_STATUTORY)
