"""What kind of value each fact takes, read off the record's own model: so a form asks what the record accepts."""

from datetime import datetime
from enum import Enum, StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from models.record_parts import Count, Facts, OtherParty


class FactKind(StrEnum):
    """What is asked of a person for one fact."""

    TEXT = "text"
    CHOICE = "choice"
    TICKS = "ticks"
    YES_NO = "yes-no"
    COUNT = "count"
    COUNTS = "counts"
    LINES = "lines"
    PARTIES = "parties"
    INSTANT = "instant"


@cache
def fact_kind(name: str) -> FactKind:
    """Return the kind of a fact's value. Raises KeyError where there is no such fact."""
    annotation = _annotation(name)
    origin, options = get_origin(annotation), options_of(name)
    if origin is dict:
        return FactKind.COUNTS
    if origin is list:
        if get_args(annotation) == (OtherParty,):
            return FactKind.PARTIES
        return FactKind.TICKS if options else FactKind.LINES
    if options:
        return FactKind.CHOICE
    plain = {bool: FactKind.YES_NO, Count: FactKind.COUNT, datetime: FactKind.INSTANT}
    return plain.get(annotation, FactKind.TEXT)


@cache
def options_of(name: str) -> tuple[str, ...]:
    """Return the keys that a fact chooses from; empty where it takes words or figures."""
    annotation = _annotation(name)
    kind = get_args(annotation)[0] if get_origin(annotation) is list else annotation
    return tuple(str(one.value) for one in kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


def _annotation(name: str) -> Any:
    """Return a fact's type without "or None"; what annotates a type is dropped where it stands alone."""
    annotation = Facts.model_fields[name].annotation
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
    bare = kinds[0] if get_origin(annotation) not in {list, dict} and kinds else annotation
    return get_args(bare)[0] if hasattr(bare, "__metadata__") else bare
