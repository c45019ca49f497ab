"""The words of one language: names of facts and options, and the short phrases that answers are put in.

They lie in `playbooks/notices/labels/<language>.toml`, where a lawyer can correct them. The user's own file of a
language that we ship needs to hold only what it says otherwise.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from incident.errors import BadInput
from incident.notices.sources import NOTICES, own_text, shipped_text


@dataclass(frozen=True, slots=True)
class Labels:
    """One label file. `name` is its relative name, for error messages."""

    name: str
    tables: Mapping[str, Any]

    def text(self, *path: str) -> str:
        """Return the words at a path of keys, such as `options`, `severity`, `limited`.

        Raises:
            BadInput: the file has none there.
        """
        found: Any = self.tables
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if not isinstance(found, str) or not found:
            raise BadInput(f"{self.name}: {'.'.join(path)}: has no words; add them")
        return found

    def has(self, *path: str) -> bool:
        """True where the file has words, or a table, at a path of keys."""
        found: Any = self.tables
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found is not None

    def phrase(self, key: str, **values: str) -> str:
        """Return a phrase with its places filled.

        Raises:
            BadInput: the file has no such phrase, or the phrase has a place that nothing fills.
        """
        words = self.text("phrases", key)
        try:
            return words.format(**values)
        except (KeyError, IndexError, ValueError, AttributeError):
            filled = ", ".join(f"{{{name}}}" for name in values) or "none"
            raise BadInput(f"{self.name}: phrases.{key}: its places may be: {filled}") from None


def labels_in(language: str, folder: Path | None) -> Labels:
    """Return the labels of a language: the user's own before ours.

    Raises:
        BadInput: there are none, or the user's file is not TOML or does not fit ours.
    """
    name = f"labels/{language}.toml"
    own, shipped = own_text(name, folder), shipped_text(name)
    if own is None and shipped is None:
        raise BadInput(f"no labels in {language!r}: write them in {NOTICES}/{name}")
    return _read(f"{NOTICES}/{name}", own or "", shipped or "")


@lru_cache(maxsize=16)
def _read(name: str, own: str, shipped: str) -> Labels:
    try:
        said = tomllib.loads(own)
    except ValueError as error:
        raise BadInput(f"{name}: is not TOML: {error}") from None
    except RecursionError:
        raise BadInput(f"{name}: is nested too deeply") from None
    return Labels(name, _overlaid(tomllib.loads(shipped), said, name) if shipped else said)


def _overlaid(
    ours: Mapping[str, Any], said: Mapping[str, Any], name: str, above: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return our labels with those that the user says otherwise in their place."""
    labels = dict(ours)
    for key, value in said.items():
        path = ".".join((*above, key))
        if key not in ours:
            raise BadInput(f"{name}: {path}: we know no such label")
        if isinstance(ours[key], Mapping):
            if not isinstance(value, Mapping):
                raise BadInput(f"{name}: {path}: must be a table of labels")
            labels[key] = _overlaid(ours[key], value, name, (*above, key))
        else:
            labels[key] = value
    return labels
