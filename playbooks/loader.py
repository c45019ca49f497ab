"""The loader: a playbook's text read and judged, and the rules that playbooks make together.

A text is read once and kept: reading the same file again for the next incident costs nothing.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from models.authority import AuthorityPlaybook
from models.moments import shortened
from models.playbook import Playbook, Rules, VendorPlaybook
from models.regime import RegimePlaybook
from models.sourced import Key
from playbooks.faults import Fault, faults_of, first_of, misfits, read_toml
from playbooks.texts import FOLDERS, PlaybookError

SCHEMAS: Mapping[str, type[Playbook]] = {
    "vendor": VendorPlaybook,
    "regime": RegimePlaybook,
    "authority": AuthorityPlaybook,
}
"""The shape of each kind of playbook."""


def read_playbook(name: str, text: str) -> Playbook:
    """Read one playbook, as `check_playbook` does.

    Raises:
        PlaybookError: it does not fit; the first fault, and how many there are beside it.
    """
    playbook, faults = check_playbook(name, text)
    if playbook is None:
        raise PlaybookError(first_of(faults))
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
    data = read_toml(name, text)
    if isinstance(data, Fault):
        return None, (data,)
    playbook, problems = None, [*_misplaced(name, data)]
    if schema := _schema(name, data):
        try:
            playbook = schema.model_validate(data)
        except ValidationError as error:
            problems += misfits(error)
    return (None, faults_of(name, text, problems)) if problems else (playbook, ())


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
