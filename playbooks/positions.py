"""Where a key stands in a TOML text: the parser forgets it, and whoever corrects a file needs it."""

import re
from functools import lru_cache

from models.sourced import Key

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TABLE = re.compile(rf"\s*(?P<array>\[)?\[\s*(?P<name>{_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")
_MULTILINE = re.compile(r'"""' + r"|'''")


def line_of(text: str, key: Key) -> int | None:
    """Return the line (from 1) where a key stands, or else the table around it; None where neither is found.

    Args:
        text: a TOML text, whole or broken.
        key: names of keys, and places in arrays, from 0.
    """
    lines = _lines(text)
    for length in range(len(key), 0, -1):
        if key[:length] in lines:
            return lines[key[:length]]
    return None


@lru_cache(maxsize=8)
def _lines(text: str) -> dict[Key, int]:
    lines: dict[Key, int] = {}
    lengths: dict[Key, int] = {}
    table: Key = ()
    in_string = False
    for number, line in enumerate(text.split("\n"), 1):
        if not in_string:
            if header := _TABLE.match(line):
                table = _table(_names(header["name"]), lengths, in_array=bool(header["array"]))
                lines.setdefault(table, number)
            elif assignment := _ASSIGNMENT.match(line):
                lines.setdefault((*table, *_names(assignment["name"])), number)
        in_string ^= len(_MULTILINE.findall(line)) % 2 == 1
    return lines


def _table(names: list[str], lengths: dict[Key, int], *, in_array: bool) -> Key:
    """Return the key of a table, with the place of every array of tables on the way to it."""
    key: Key = ()
    for name in names[:-1]:
        key = (*key, name)
        key = (*key, lengths[key] - 1) if key in lengths else key
    key = (*key, names[-1])
    if not in_array:
        return key
    lengths[key] = lengths.get(key, 0) + 1
    return (*key, lengths[key] - 1)


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, dotted)]
