"""Refusals: what does not fit, key by key, in words that say what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails
from pydantic_core.core_schema import custom_error_schema

from models.moments import shortened

NOT_AS_DESCRIBED = "not_as_described"
"""The kind of finding that a type which is `described` gives; its message says what the type takes."""

_REASONS = {
    "extra_forbidden": "unknown key",
    "missing": "is required",
    "model_type": "must be an object",
    "dict_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be a text",
    "string_unicode": "is not text: it holds half a character",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
}
"""Our words for the findings whose own words speak of the program, not of the record."""


@dataclass(frozen=True, slots=True)
class described:  # noqa: N801 - it stands in annotations, as a word among words
    """Refuse what a type's constraint refuses, but say in words what it takes."""

    words: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Put our words in place of the constraint's own finding."""
        return custom_error_schema(handler(source), NOT_AS_DESCRIBED, custom_error_message=self.words)


def problems(error: ValidationError, tags: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return (dotted key, what is wrong) pairs, in order.

    Args:
        error: what validation found.
        tags: names of union branches: they are in pydantic's places, and no keys of the record.
    """
    return tuple(
        (".".join(str(step) for step in found["loc"] if step not in tags), reason(found))
        for found in error.errors(include_url=False, include_context=False)
    )


def reason(found: ErrorDetails) -> str:
    """Say one finding of a validation in our words."""
    kind, message = found["type"], found["msg"]
    if kind in {"extra_forbidden", "missing"}:
        return _REASONS[kind]
    if kind == NOT_AS_DESCRIBED:
        return is_not(found["input"], message)
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    said = _REASONS.get(kind, message.replace("Input should be", "must be"))
    return f"{said}, not {_shown(found['input'])}"


def is_not(given: Any, words: str) -> str:
    """Say that a value is not what its type takes."""
    return f"{_shown(given)} is not {words}"


def _shown(given: Any) -> str:
    """Quote a single value, shortened; name the kind of what holds many."""
    if isinstance(given, Mapping):
        return "an object"
    if isinstance(given, list):
        return "a list"
    return "null" if given is None else shortened(repr(given))
