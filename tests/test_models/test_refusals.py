"""Refusals: every finding of a validation in words that help."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.refusals import described, problems


class Inner(BaseModel):
    name: str


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = ""
    word: Literal["a"] = "a"
    number: int = 0
    yes: bool = False
    many: list[int] = []
    inner: Inner | None = None
    by_key: dict[str, int] = {}
    code: Annotated[str, Field(pattern="^[A-Z]$"), described("one capital letter")] = "A"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"colour": 1}, ("colour", "unknown key")),
        ({"inner": {}}, ("inner.name", "is required")),
        ({"inner": 5}, ("inner", "must be an object, not 5")),
        ({"by_key": []}, ("by_key", "must be an object, not a list")),
        ({"many": {"a": 1}}, ("many", "must be a list, not an object")),
        ({"many": [1, "x"]}, ("many.1", "must be a whole number, not 'x'")),
        ({"text": None}, ("text", "must be a text, not null")),
        ({"word": "\ud800"}, ("word", "is not text: it holds half a character, not '\\ud800'")),
        ({"number": "1.5"}, ("number", "must be a whole number, not '1.5'")),
        ({"number": 1.5}, ("number", "must be a whole number, not 1.5")),
        ({"number": None}, ("number", "must be a whole number, not null")),
        ({"yes": "perhaps"}, ("yes", "must be true or false, not 'perhaps'")),
        ({"yes": []}, ("yes", "must be true or false, not a list")),
        ({"code": "ab"}, ("code", "'ab' is not one capital letter")),
        ({"code": None}, ("code", "null is not one capital letter")),
        ({"code": "x" * 100}, ("code", "'" + "x" * 58 + "… is not one capital letter")),
    ],
)
def test_a_finding_in_our_words(given: dict[str, Any], problem: tuple[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        Shape.model_validate(given)
    assert problems(refused.value, frozenset()) == (problem,)


def test_tags_are_left_out_of_the_key() -> None:
    with pytest.raises(ValidationError) as refused:
        Shape.model_validate({"inner": {}})
    assert problems(refused.value, frozenset({"inner"})) == (("name", "is required"),)
