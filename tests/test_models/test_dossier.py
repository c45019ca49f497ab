"""The Art. 33 file: how sure each fact is, and what is still missing."""

from typing import Any

import pytest

from models.dossier import Completeness, RecordedFact, Requirement, completeness, stated_certainty
from models.vocabulary import Certainty
from tests.test_models.examples import OPENED_AT

CERTAINTIES = [
    (None, False),
    (Certainty.KNOWN, True),
    (Certainty.ESTIMATED, True),
    (Certainty.UNKNOWN, False),
    (Certainty.NOT_APPLICABLE, True),
]


def fact(certainty: Certainty) -> RecordedFact:
    return RecordedFact("x", certainty, None, OPENED_AT, "anna")


@pytest.mark.parametrize(
    ("value", "certainty"),
    [
        ("a text", "known"),
        (["name"], "known"),
        (False, "known"),
        ({"value": 1200}, "known"),
        ({"value": 0}, "known"),
        ({"value": 1200, "approximate": False}, "known"),
        ({"value": 1200, "approximate": True}, "estimated"),
        ({"min": 1, "max": 2}, "estimated"),
        ({"min": 1}, "estimated"),
        ({"max": 2}, "estimated"),
        ({"unknown": True}, "unknown"),
        ({"FR": {"value": 12}}, "known"),
    ],
)
def test_a_value_says_how_sure_it_is(value: Any, certainty: str) -> None:
    assert stated_certainty(value) == certainty


@pytest.mark.parametrize(("certainty", "answered"), CERTAINTIES)
def test_unknown_is_said_but_is_no_answer(certainty: Certainty | None, answered: object) -> None:
    assert Requirement("description", certainty).answered is answered


@pytest.mark.parametrize(("certainty", "answered"), CERTAINTIES[1:])
def test_a_recorded_fact_answers_alike(certainty: Certainty, answered: object) -> None:
    assert fact(certainty).answers is answered


def test_what_is_missing_stands_in_the_order_required() -> None:
    facts = {
        "description": fact(Certainty.KNOWN),
        "subjects_count": fact(Certainty.UNKNOWN),
        "records_count": fact(Certainty.ESTIMATED),
        "countries": fact(Certainty.KNOWN),
    }
    filled = completeness(["breach_types", "description", "subjects_count", "records_count"], facts)
    assert filled == Completeness(
        (
            Requirement("breach_types", None),
            Requirement("description", Certainty.KNOWN),
            Requirement("subjects_count", Certainty.UNKNOWN),
            Requirement("records_count", Certainty.ESTIMATED),
        )
    )
    assert (filled.answered, filled.required) == (2, 4)
    assert filled.missing == ("breach_types", "subjects_count")


@pytest.mark.parametrize(
    ("likely", "listed", "certainty", "missing"),
    [
        (None, None, None, ("likely|listed",)),
        (Certainty.KNOWN, None, Certainty.KNOWN, ()),
        (None, Certainty.ESTIMATED, Certainty.ESTIMATED, ()),
        (Certainty.UNKNOWN, Certainty.ESTIMATED, Certainty.ESTIMATED, ()),
        (Certainty.UNKNOWN, None, Certainty.UNKNOWN, ("likely|listed",)),
        (Certainty.UNKNOWN, Certainty.UNKNOWN, Certainty.UNKNOWN, ("likely|listed",)),
        (Certainty.NOT_APPLICABLE, Certainty.UNKNOWN, Certainty.NOT_APPLICABLE, ()),
    ],
)
def test_of_alternatives_either_one_will_do(
    likely: Certainty | None, listed: Certainty | None, certainty: Certainty | None, missing: tuple[str, ...]
) -> None:
    said = {"likely": likely, "listed": listed}
    facts = {name: fact(sure) for name, sure in said.items() if sure is not None}
    filled = completeness(["likely|listed"], facts)
    assert filled.requirements == (Requirement("likely|listed", certainty),)
    assert filled.missing == missing


def test_nothing_required_is_nothing_missing() -> None:
    filled = completeness([], {})
    assert (filled.answered, filled.required, filled.missing) == (0, 0, ())
