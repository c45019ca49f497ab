from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dossier import FACTS
from models.fact_kinds import FactKind, fact_kind, options_of
from models.typed_values import (
    TypedValueError,
    read_typed_count,
    read_typed_counts,
    read_typed_lines,
    read_typed_parties,
    typed_count,
    typed_counts,
    typed_parties,
)
from models.vocabulary import BreachType, Severity

ABOUT = {"approximate": st.sampled_from([True])}
NUMBERS = st.integers(0, 10**12)
COUNTS = st.one_of(
    st.just({"unknown": True}),
    st.fixed_dictionaries({"value": NUMBERS}, optional=ABOUT),
    st.fixed_dictionaries({"min": NUMBERS}, optional=ABOUT),
    st.fixed_dictionaries({"max": NUMBERS}),
    st.fixed_dictionaries({"min": NUMBERS, "max": NUMBERS}, optional=ABOUT),
)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("1200", {"value": 1200}),
        ("1 200", {"value": 1200}),
        ("1,200,000", {"value": 1_200_000}),
        ("1.200", {"value": 1200}),
        ("1'200", {"value": 1200}),
        ("~1200", {"value": 1200, "approximate": True}),
        ("about 1200", {"value": 1200, "approximate": True}),
        ("5000-9000", {"min": 5000, "max": 9000}),
        ("5000 to 9000", {"min": 5000, "max": 9000}),
        ("5000-", {"min": 5000}),
        ("-9000", {"max": 9000}),
        ("?", {"unknown": True}),
        ("not known", {"unknown": True}),
    ],
)
def test_a_count_is_read_as_people_type_it(typed: str, count: dict[str, Any]) -> None:
    assert read_typed_count(typed) == count


@pytest.mark.parametrize("typed", ["", "~", "many", "12 34", "1.5", "-", "1200 1300", "1,20"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(TypedValueError, match="is no count; write 1200, ~1200"):
        read_typed_count(typed)


@given(COUNTS)
def test_a_count_comes_back_as_it_was_written(count: dict[str, Any]) -> None:
    assert read_typed_count(typed_count(count)) == count


@given(st.dictionaries(st.sampled_from(["FR", "BE", "DE", "IT"]), COUNTS))
def test_counts_by_country_come_back(counts: dict[str, Any]) -> None:
    assert read_typed_counts(typed_counts(counts)) == counts


def test_a_country_needs_a_count_and_stands_once() -> None:
    with pytest.raises(TypedValueError, match="write a country and a count"):
        read_typed_counts("FR")
    with pytest.raises(TypedValueError, match="FR is there twice"):
        read_typed_counts("fr 1\nFR 2")


def test_a_list_has_one_item_a_line() -> None:
    assert read_typed_lines(" CNIL \n\nIMY") == ["CNIL", "IMY"]


def test_parties_are_written_with_semicolons() -> None:
    parties = [{"name": "Carrier SA", "role": "sub-processor"}, {"name": "Lab", "contact": "lab@lab.example"}]
    assert typed_parties(parties) == "Carrier SA; sub-processor\nLab; ; lab@lab.example"
    assert read_typed_parties(typed_parties(parties)) == parties
    with pytest.raises(TypedValueError, match="a party needs a name"):
        read_typed_parties("; sub-processor")


class TestKinds:
    def test_every_fact_has_one(self) -> None:
        assert {fact_kind(name) for name in FACTS} == set(FactKind)

    @pytest.mark.parametrize(
        ("fact", "kind"),
        [
            ("description", FactKind.TEXT),
            ("severity", FactKind.CHOICE),
            ("breach_types", FactKind.TICKS),
            ("data_unintelligible", FactKind.YES_NO),
            ("subjects_count", FactKind.COUNT),
            ("people_by_country", FactKind.COUNTS),
            ("countries", FactKind.LINES),
            ("other_parties", FactKind.PARTIES),
            ("informed_at", FactKind.INSTANT),
        ],
    )
    def test_it_is_read_off_the_record(self, fact: str, kind: FactKind) -> None:
        assert fact_kind(fact) is kind

    def test_options_are_those_of_the_vocabulary(self) -> None:
        assert options_of("breach_types") == tuple(BreachType)
        assert options_of("severity") == tuple(Severity)
        assert options_of("description") == ()
