"""Values in words that need no language."""

import pytest

from models.values import value_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Anyone could listen.", "Anyone could listen."),
        ("", ""),
        (None, ""),
        (7, "7"),
        (0, "0"),
        (True, "yes"),
        (False, "no"),
        ([], ""),
        (["fraud", "other"], "fraud, other"),
        ({"value": 1200}, "1200"),
        ({"value": 0}, "0"),
        ({"value": 1200, "approximate": True}, "about 1200"),
        ({"min": 5000, "max": 9000}, "5000 to 9000"),
        ({"min": 5000}, "5000 to ?"),
        ({"max": 9000}, "? to 9000"),
        ({"unknown": True}, "not known"),
        ({"FR": {"value": 7}, "BE": {"unknown": True}}, "FR 7, BE not known"),
        ({}, ""),
        (
            [{"name": "Carrier SA", "role": "sub-processor", "contact": "soc@carrier.example"}, {"name": "Nimbus"}],
            "Carrier SA, sub-processor, soc@carrier.example, Nimbus",
        ),
    ],
)
def test_a_value_in_words(value: object, words: str) -> None:
    assert value_words(value) == words
