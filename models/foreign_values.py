"""Fitting what an expression picked to the key of our record that it is meant for.

Foreign tools write everything as text, one value where we take a list, or a list where we take one. What can only mean
one thing is taken so; the rest is refused, and the record's own validation judges what comes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo

from models.dotted import kind_of
from models.foreign_times import as_day_or_range, as_instant, as_range, read_foreign_time
from models.record_parts import Count, Instant, OtherParty

JOIN = "; "
"""What stands between the texts of a list where our record has one text."""

IDENTITY = frozenset({"ref", "source"})
"""What names a record is never glued together from several texts."""


def is_time(key: str) -> bool:
    """True for a key of our record that holds a time."""
    return key.startswith("moments.") or key in {"facts.informed_at", "facts.informed_planned_at"}


def is_nothing(value: Any) -> bool:
    """True for what says nothing: null, blank text, an empty list or object."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Sequence | Mapping) and not value)


def items_of(value: Any) -> Iterator[Any]:
    """Yield the single values of a list, of lists in it, or of one value; what says nothing is left out."""
    if isinstance(value, list):
        for item in value:
            yield from items_of(item)
    elif not is_nothing(value):
        yield value


def fitted(key: str, value: Any) -> Any:
    """Return a value as the record's key takes it; None where it says nothing.

    Raises:
        ValueError: it cannot be meant for this key.
    """
    if is_nothing(value):
        return None
    kind = _bare(kind_of(key))
    if get_origin(kind) is list:
        return _listed(kind, value)
    if kind is Count:
        return _count(value)
    if isinstance(kind, type) and issubclass(kind, str):
        return _text(key, kind, value)
    return value


def fitted_time(key: str, value: Any, notations: Sequence[str], zone: ZoneInfo) -> Any:
    """Return a time as the record's key takes it; None where it says nothing.

    Raises:
        MomentError: it is in none of the notations, does not exist, or is not exact enough for the key.
    """
    values = list(items_of(value))
    if not values:
        return None
    if len(values) > 1:
        raise ValueError(f"{len(values)} times where one is meant")
    found = read_foreign_time(values[0], notations, zone)
    if not key.startswith("moments."):
        return as_instant(found)
    return as_day_or_range(found, zone) if key.startswith("moments.occurred_") else as_range(found, zone)


def _listed(kind: Any, value: Any) -> list[Any] | None:
    of = _bare(get_args(kind)[0])
    items = list(items_of(value))
    if of is OtherParty:
        items = [item if isinstance(item, Mapping) else {"name": _plain(item)} for item in items]
    elif isinstance(of, type) and issubclass(of, str):
        items = [_plain(item) for item in items]
    return [item for place, item in enumerate(items) if item not in items[:place]] or None


def _count(value: Any) -> Any:
    """Take a bare number for how many, and whatever else as it came."""
    values = list(items_of(value))
    if len(values) != 1:
        raise ValueError(f"{len(values)} numbers where one is meant")
    number = values[0].strip() if isinstance(values[0], str) else values[0]
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    return number if isinstance(number, Mapping) else {"value": number}


def _text(key: str, kind: type, value: Any) -> str | None:
    texts = [_plain(item) for item in items_of(value)]
    if len(texts) > 1 and (key in IDENTITY or issubclass(kind, Enum)):
        raise ValueError(f"{len(texts)} values where one is meant")
    return JOIN.join(texts) or None


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        raise ValueError("an object where a text is meant; name the part of it that says it")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _bare(kind: Any) -> Any:
    """Return a type without what annotates it; an instant keeps its annotation, for it is read from text."""
    return get_args(kind)[0] if hasattr(kind, "__metadata__") and kind != Instant else kind
