"""How a fact is named, everybody's or one customer's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dossier import FACTS
from models.fact_names import fact_name, read_fact_name


@pytest.mark.parametrize(
    ("name", "fact", "customer"),
    [
        ("harms", "harms", None),
        ("facts.harms", "harms", None),
        ("customers.acme.facts.harms", "harms", "acme"),
        ("customers.acme.name", "customers.acme.name", None),
        ("moments.acme.facts.harms", "moments.acme.facts.harms", None),
        ("", "", None),
    ],
)
def test_reads_what_the_record_calls_a_fact(name: str, fact: str, customer: str | None) -> None:
    assert read_fact_name(name) == (fact, customer)


@given(st.sampled_from(FACTS), st.none() | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_a_name_is_read_as_it_was_written(fact: str, customer: str | None) -> None:
    assert read_fact_name(fact_name(fact, customer)) == (fact, customer)
