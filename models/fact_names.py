"""How a fact is named where it may be one customer's own: `customers.acme.facts.harms`, or `harms` for everybody's."""

CUSTOMERS, FACTS = "customers", "facts"


def fact_name(fact: str, customer: str | None) -> str:
    """Return the name of a fact, as the record has it: everybody's, or that of the customer with this id."""
    return f"{CUSTOMERS}.{customer}.{FACTS}.{fact}" if customer else fact


def read_fact_name(name: str) -> tuple[str, str | None]:
    """Return the fact that is named, and the id of the customer whose own it is; None where it is everybody's.

    Whether there is such a fact or customer is not judged.
    """
    match name.split("."):
        case [str(first), customer, str(third), fact] if (first, third) == (CUSTOMERS, FACTS):
            return fact, customer
        case [str(first), fact] if first == FACTS:
            return fact, None
        case _:
            return name, None
