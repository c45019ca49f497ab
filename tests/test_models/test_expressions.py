"""Expressions: what they pick, what they refuse, and that they can call nothing but what is listed."""

from typing import Any

import pytest

from models.expressions import ExpressionError, checked, evaluate, holds

THERE_ARE = "; beside those of JMESPath there are replace, split, split_tight, when"


@pytest.mark.parametrize(
    ("expression", "data", "picked"),
    [
        ("a.b", {"a": {"b": 1}}, 1),
        ("a.b", {}, None),
        ('"Name of Covered Entity"', {"Name of Covered Entity": "Acme"}, "Acme"),
        ("split(a, ';')", {"a": " x ;; y"}, ["x", "y"]),
        ("split(a, ';')", {}, None),
        ("split_tight(a, ',')", {"a": "one, two,three, four,"}, ["one, two", "three, four"]),
        ("split_tight(a, ',')", {}, None),
        ("""replace(a, `"'"`, '-')""", {"a": "l'eau"}, "l-eau"),
        ("replace(a, '', '-')", {"a": "x"}, "x"),
        ("when(a == '1', b)", {"a": "1", "b": 2}, 2),
        ("when(a == '1', b)", {"a": "2", "b": 2}, None),
        ("when(a, 'given')", {"a": 0}, "given"),
    ],
)
def test_what_is_picked(expression: str, data: Any, picked: Any) -> None:
    assert evaluate(checked(expression), data) == picked


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "is empty; a JMESPath expression is to stand here"),
        ("a[", "'a[' is no JMESPath expression from character 3 on"),
        ("a ? b", "'a ? b' is no JMESPath expression from character 3 on"),
        ("[].open(@)", f"there is no function open(){THERE_ARE}"),
        ("a.__class__()", f"there is no function __class__(){THERE_ARE}"),
    ],
)
def test_what_is_no_expression(expression: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        checked(expression)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("keys(a)", "keys() takes object, but was given number"),
        ("split(a, ',')", "split() takes texts, but was given int"),
        ("when(a)", "when() takes 2 arguments, but was given 1"),
        ("join(a)", "cannot be worked out: Expected 2 arguments for function join(), received 1"),
    ],
)
def test_what_a_record_does_not_suit(expression: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        evaluate(expression, {"a": 3})
    assert str(refused.value) == reason


def test_what_is_true() -> None:
    assert all(map(holds, (0, True, "x", [0], {"a": None})))
    assert not any(map(holds, (None, False, "", [], {})))
