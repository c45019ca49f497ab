"""Expressions: JMESPath with a few functions of our own, for picking the values of a foreign record.

An expression only reads: it can call nothing but the functions of JMESPath and those in `OWN`, all of them pure.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any

import jmespath
from jmespath import exceptions, functions
from pydantic import AfterValidator

from models.moments import shortened


class ExpressionError(ValueError):
    """An expression that is none, or that a record does not suit. The message says why, and what to write."""


def evaluate(expression: str, data: Any) -> Any:
    """Return what an expression picks from decoded JSON; None where there is nothing.

    Raises:
        ExpressionError: it is no expression, or a function in it was given what it does not take.
    """
    try:
        return _compiled(expression).search(data, _OPTIONS)
    except exceptions.JMESPathTypeError as error:
        taken = " or ".join(error.expected_types)
        raise ExpressionError(f"{error.function_name}() takes {taken}, but was given {error.actual_type}") from None
    except RecursionError:
        raise ExpressionError("the record is nested too deeply") from None
    except ExpressionError:
        raise
    except (exceptions.JMESPathError, ArithmeticError, AttributeError, TypeError, ValueError) as error:
        raise ExpressionError(f"cannot be worked out: {shortened(str(error))}") from None


def checked(expression: str) -> str:
    """Return an expression that can be read and calls only functions that there are.

    Raises:
        ExpressionError: it cannot, or it does not.
    """
    _compiled(expression)
    return expression


Expression = Annotated[str, AfterValidator(checked)]
"""A JMESPath expression that calls only functions that there are."""


def holds(value: Any) -> bool:
    """Tell what JMESPath takes for true: all but null, false, and an empty text, list or object. Zero is true."""
    return value is not None and value is not False and not (isinstance(value, str | list | Mapping) and not value)


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    try:
        parsed = jmespath.compile(expression)
        unknown = sorted(set(_called(parsed.parsed)) - _KNOWN)
    except exceptions.EmptyExpressionError:
        raise ExpressionError("is empty; a JMESPath expression is to stand here") from None
    except exceptions.JMESPathError as error:
        at = getattr(error, "lex_position", None) or getattr(error, "lexer_position", None)
        where = f" from character {at + 1} on" if at else ""
        raise ExpressionError(f"{shortened(expression)!r} is no JMESPath expression{where}") from None
    except RecursionError:
        raise ExpressionError("is nested too deeply") from None
    if unknown:
        own = ", ".join(sorted(OWN))
        raise ExpressionError(f"there is no function {unknown[0]}(); beside those of JMESPath there are {own}")
    return parsed


def _called(node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the functions that a parsed expression calls."""
    if node["type"] == "function_expression":
        yield node["value"]
    for child in node.get("children", ()):
        if isinstance(child, Mapping):
            yield from _called(child)


def _split(text: str | None, separator: str) -> list[str] | None:
    return None if text is None else [part.strip() for part in text.split(separator) if part.strip()]


def _split_tight(text: str | None, separator: str) -> list[str] | None:
    """Split where no blank follows: what precedes a blank belongs to the words."""
    if text is None:
        return None
    parts: list[str] = []
    for piece in text.split(separator):
        if parts and piece[:1].isspace():
            parts[-1] += separator + piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _replace(text: str | None, old: str, new: str) -> str | None:
    return text.replace(old, new) if text and old else text


def _when(condition: Any, value: Any) -> Any:
    return value if holds(condition) else None


TEXT, ANY = (str, type(None)), (object,)

OWN: Mapping[str, tuple[Callable[..., Any], tuple[tuple[type, ...], ...]]] = {
    "split": (_split, (TEXT, (str,))),
    "split_tight": (_split_tight, (TEXT, (str,))),
    "replace": (_replace, (TEXT, (str,), (str,))),
    "when": (_when, (ANY, ANY)),
}
"""Our own functions, each with the kinds of its arguments.

`split(text, separator)` makes a list; `split_tight(text, separator)` does not split before a blank;
`replace(text, old, new)`; `when(condition, value)` is the value where the condition holds, and nothing elsewhere.
"""

_BUILT_IN: Any = functions.Functions()
_KNOWN = {*OWN, *_BUILT_IN.FUNCTION_TABLE}


class _Library:
    """What the interpreter asks for functions: ours first."""

    def call_function(self, name: str, arguments: list[Any]) -> Any:
        if name not in OWN:
            return _BUILT_IN.call_function(name, arguments)
        function, kinds = OWN[name]
        if len(arguments) != len(kinds):
            raise ExpressionError(f"{name}() takes {len(kinds)} arguments, but was given {len(arguments)}")
        for argument, kind in zip(arguments, kinds, strict=True):
            if not isinstance(argument, kind):
                raise ExpressionError(f"{name}() takes texts, but was given {type(argument).__name__}")
        return function(*arguments)


_OPTIONS = jmespath.Options(custom_functions=_Library())
