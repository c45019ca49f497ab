"""How duties are named: the ids that scripts rely on."""

CONTRACT = "contract:"
CUSTOMER_MARK = "@"
VENDOR_STATUTORY = "gdpr-33-2"

UNNAMED_CUSTOMER = "unnamed"
"""The customer id that stands for customers nobody has recorded yet; no real customer may bear it."""


def contract_duty(playbook: str, clause: str | None, customer: str | None = None) -> str:
    """Return `contract:<playbook>[/<clause>][@<customer id>]`."""
    return CONTRACT + playbook + (f"/{clause}" if clause else "") + for_customer("", customer)


def for_customer(duty: str, customer: str | None) -> str:
    """Return a duty's id as it is owed to one customer, or unchanged for none."""
    return f"{duty}{CUSTOMER_MARK}{customer}" if customer else duty


def customer_of(duty: str) -> str | None:
    """Return the customer id in a duty's id, or None."""
    _, mark, customer = duty.partition(CUSTOMER_MARK)
    return customer if mark else None


def is_owed_to_us(duty: str) -> bool:
    """True for what a vendor owes us, by contract or under Art. 33(2) GDPR."""
    return customer_of(duty) is None and (duty.startswith(CONTRACT) or duty == VENDOR_STATUTORY)
