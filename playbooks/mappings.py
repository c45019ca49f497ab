"""Mapping files: the foreign formats that ship with the program, and a person's own, read and judged."""

from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.foreign_format import ForeignFormat
from models.sourced import Key
from playbooks.faults import Fault, faults_of, first_of, misfits, read_toml
from playbooks.texts import PlaybookError, read_text

_FOLDER = files("playbooks").joinpath("intake")
_RULE = frozenset({"expression", "always", "time", "table"})
"""What a rule is written with; any other table below `keys` is part of a dotted key."""


@cache
def shipped_names() -> tuple[str, ...]:
    """Return the ids of the formats that ship with the program, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@cache
def shipped_mapping(name: str) -> ForeignFormat:
    """Return a format that ships with the program. Raises KeyError where there is none of this name."""
    if name not in shipped_names():
        raise KeyError(name)
    return read_mapping(f"{name}.toml", _FOLDER.joinpath(f"{name}.toml").read_text("utf-8"))


def mapping_from_file(file: Path) -> ForeignFormat:
    """Return a person's own mapping.

    Raises:
        PlaybookError: it cannot be read, or does not fit; the first fault, and how many there are beside it.
    """
    return read_mapping(str(file), read_text(file))


def read_mapping(name: str, text: str) -> ForeignFormat:
    """Read the text of a mapping file; `name` is what its faults are told under.

    Raises:
        PlaybookError: it does not fit; the first fault with its line and key, and how many there are beside it.
    """
    form, faults = check_mapping(name, text)
    if form is None:
        raise PlaybookError(first_of(faults))
    return form


@lru_cache(maxsize=64)
def check_mapping(name: str, text: str) -> tuple[ForeignFormat | None, tuple[Fault, ...]]:
    """Read a mapping file, or say everything that is wrong with it, in the order of its lines."""
    data = read_toml(name, text)
    if isinstance(data, Fault):
        return None, (data,)
    if isinstance(data.get("keys"), dict):
        data["keys"] = _flat(data["keys"])
    try:
        return ForeignFormat.model_validate(data), ()
    except ValidationError as error:
        return None, faults_of(name, text, ((_as_written(key), reason) for key, reason in misfits(error)))


def _flat(keys: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Write nested tables as dotted keys: in TOML, `moments.detected = …` makes a table of its own."""
    flat: dict[str, Any] = {}
    for name, value in keys.items():
        if isinstance(value, dict) and not _RULE & value.keys():
            flat |= _flat(value, f"{above}{name}.")
        else:
            flat[above + name] = value
    return flat


def _as_written(key: Key) -> Key:
    """Undo what `_flat` did to the place of a fault, so that its line is found."""
    match key:
        case ("keys", str(dotted), *rest):
            return ("keys", *dotted.split("."), *rest)
        case _:
            return key
