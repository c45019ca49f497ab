"""The loader: a playbook's text read and judged, and the rules that playbooks make together.

A text is read once and kept: reading the same file again for the next incident costs nothing.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from models.authority import AuthorityPlaybook
from models.moments import shortened
from models.playbook import Playbook, Rules, VendorPlaybook
from models.regime import RegimePlaybook
from models.sourced import Key
from playbooks.positions import line_of
from playbooks.texts import FOLDERS, PlaybookError

SCHEMAS: Mapping[str, type[Playbook]] = {
    "vendor": VendorPlaybook,
    "regime": RegimePlaybook,
    "authority": AuthorityPlaybook,
}
"""The shape of each kind of playbook."""

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


def read_playbook(name: str, text: str) -> Playbook:
    """Read one playbook, as `check_playbook` does.

    Raises:
        PlaybookError: it does not fit; the first fault, and how many there are beside it.
    """
    playbook, faults = check_playbook(name, text)
    if playbook is None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise PlaybookError(f"{faults[0]}{more}")
    return playbook


@lru_cache(maxsize=512)
def check_playbook(name: str, text: str) -> tuple[Playbook | None, tuple[Fault, ...]]:
    """Read one playbook, or say everything that is wrong with it.

    Args:
        name: its name in the library, such as `vendors/kavkom.toml`, or a path. A library's folder must hold
            that kind of playbook; the file's stem must be the id.
        text: its TOML.

    Returns:
        The playbook and no fault, or None and the faults in the order of their lines.
    """
    try:
        data = tomllib.loads(text)
    except RecursionError:
        return None, (Fault(name, "", "is not a playbook: it is nested too deeply", None),)
    except ValueError as error:
        return None, (_not_toml(name, str(error)),)
    playbook, problems = None, [*_misplaced(name, data)]
    if schema := _schema(name, data):
        try:
            playbook = schema.model_validate(data)
        except ValidationError as error:
            problems += _misfits(error)
    if not problems:
        return playbook, ()
    faults = [_fault(name, text, key, reason) for key, reason in problems]
    return None, tuple(sorted(faults, key=lambda fault: fault.line or 0))


def rules_from_texts(texts: Mapping[str, str]) -> Rules:
    """Return the rules that playbooks make together.

    Args:
        texts: the texts by name, such as `vendors/kavkom.toml`.

    Raises:
        PlaybookError: one of them does not fit.
    """
    vendors: dict[str, VendorPlaybook] = {}
    regimes: dict[str, RegimePlaybook] = {}
    authorities: dict[str, AuthorityPlaybook] = {}
    for name, text in texts.items():
        playbook = read_playbook(name, text)
        match playbook:
            case VendorPlaybook():
                vendors[playbook.id] = playbook
            case RegimePlaybook():
                regimes[playbook.id] = playbook
            case AuthorityPlaybook():
                authorities[playbook.id] = playbook
    return Rules(vendors=vendors, regimes=regimes, authorities=authorities)


def _expected_kind(name: str) -> str | None:
    """Return the kind of playbook that the file's folder holds, or None for any other folder."""
    return FOLDERS.get(PurePath(name).parent.name)


def _schema(name: str, data: Mapping[str, Any]) -> type[Playbook] | None:
    """Return the shape that a file claims to have, or else the one that its folder asks for."""
    return SCHEMAS.get(str(data.get("kind"))) or SCHEMAS.get(_expected_kind(name) or "")


def _misplaced(name: str, data: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Say where a file's name and what it calls itself differ."""
    path, expected, kind = PurePath(name), _expected_kind(name), data.get("kind")
    if expected is None and str(kind) not in SCHEMAS:
        yield ("kind",), "is to be 'vendor', 'regime' or 'authority'"
    if expected is not None and expected != kind and str(kind) in SCHEMAS:
        yield ("kind",), f"is {kind!r}, but {path.parent.name}/ holds playbooks of the kind {expected!r}"
    given = data.get("id")
    if isinstance(given, str) and given != path.stem:
        yield ("id",), f"is {shortened(repr(given))}, but the file is named {path.name!r}: let both agree"


def _misfits(error: ValidationError) -> Iterator[tuple[Key, str]]:
    """Say what does not fit; an array called too short for the faults in its items is not one more."""
    found = error.errors(include_url=False, include_context=False)
    tables = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    for one in found:
        if one["loc"] not in tables:
            yield one["loc"], _reason(one["type"], one["msg"], one["input"])


def _reason(kind: str, message: str, given: Any) -> str:
    if kind == "extra_forbidden":
        return "unknown key"
    if kind == "missing":
        return "is required"
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
