"""Faults: what is wrong with a data file, each with its key and its line, in words that say what to write."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.moments import shortened
from models.refusals import NOT_AS_DESCRIBED, is_not
from models.sourced import Key
from playbooks.positions import line_of

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one file.

    Attributes:
        key: the dotted key, places in arrays counted from 0; empty where the whole file is meant.
        line: the line of the key, or of the table around it, from 1; None where it cannot be told.
    """

    file: str
    key: str
    reason: str
    line: int | None

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.reason}" if self.key else f"{place}: {self.reason}"


def read_toml(name: str, text: str) -> dict[str, Any] | Fault:
    """Return what a TOML text holds, or why it holds nothing."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Fault(name, "", "is nested too deeply", None)
    except ValueError as error:
        return _not_toml(name, str(error))


def misfits(error: ValidationError) -> Iterator[tuple[Key, str]]:
    """Say what does not fit; an array called too short for the faults in its items is not one more."""
    found = error.errors(include_url=False, include_context=False)
    tables = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    for one in found:
        if one["loc"] not in tables:
            yield one["loc"], _reason(one["type"], one["msg"], one["input"])


def faults_of(name: str, text: str, problems: Iterable[tuple[Key, str]]) -> tuple[Fault, ...]:
    """Return the problems of a file as faults, in the order of their lines."""
    faults = [_fault(name, text, key, reason) for key, reason in problems]
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


def first_of(faults: tuple[Fault, ...]) -> str:
    """Say the first fault, and how many there are beside it."""
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{faults[0]}{more}"


def _reason(kind: str, message: str, given: Any) -> str:
    if kind == "extra_forbidden":
        return "unknown key"
    if kind == "missing":
        return "is required"
    if kind == NOT_AS_DESCRIBED:
        return is_not(given, message)
    reason = message.removeprefix("Value error, ")
    if kind == "value_error":
        return reason
    given_too = f", not {shortened(repr(given))}" if isinstance(given, (str, int, float)) else ""
    return f"{reason[:1].lower()}{reason[1:]}{given_too}"


def _fault(name: str, text: str, key: Key, reason: str) -> Fault:
    dotted = ".".join(step if _PLAIN_NAME.fullmatch(step) else shortened(repr(step)) for step in map(str, key))
    return Fault(name, dotted, reason, line_of(text, key))


def _not_toml(name: str, message: str) -> Fault:
    at_line = _AT_LINE.search(message)
    reason = f"is not TOML: {_AT_LINE.sub('', message)}"
    return Fault(name, "", reason, int(at_line[1]) if at_line else None)
