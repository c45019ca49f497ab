"""A fact's value in words that need no language."""

import pytest

from models.values import value_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("Open archive.", "Open archive."),
        ("", ""),
        (1200, "1200"),
        (True, "yes"),
        (False, "no"),
        (["FR", "BE"], "FR, BE"),
        ([], ""),
        ({"value": 1200}, "1200"),
        ({"value": 0}, "0"),
        ({"value": 1200, "approximate": True}, "about 1200"),
        ({"value": 1200, "approximate": False}, "1200"),
        ({"min": 5, "max": 9}, "5 to 9"),
        ({"min": 5}, "5 to ?"),
        ({"max": 9}, "? to 9"),
        ({"unknown": True}, "not known"),
        ({"FR": {"value": 12}, "BE": {"max": 9}}, "FR 12, BE ? to 9"),
        ([{"name": "Carrier SA", "role": "sub-processor"}], "Carrier SA, sub-processor"),
        ({"name": "Carrier SA", "contact": "noc@carrier.example"}, "Carrier SA, noc@carrier.example"),
    ],
)
def test_a_value_in_words(value: object, words: str) -> None:
    assert value_words(value) == words
