"""Dotted names: how `incident set` and a CSV file write the keys of a record.

`facts.subjects_count.value=1200`, `moments.aware=2026-11-18T09:00+01:00`, `customers.acme.affected=false`.
Lists are joined by `|`; a bare number for a count is its value.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from models.record import RecordError, RecordFields
from models.record_parts import Count, OtherParty

LIST_SEPARATOR = "|"


def from_dotted(pairs: Mapping[str, str]) -> dict[str, Any]:
    """Build the nested data of a record from dotted names; the record's own validation judges the values.

    Raises:
        RecordError: two names that cannot both hold, such as a count and a part of the same count.
    """
    record: dict[str, Any] = {}
    for name, text in pairs.items():
        bare_number = kind_of(name) is Count and text.strip().isdigit()
        place(record, f"{name}.value" if bare_number else name, _value(name, text))
    if isinstance(record.get("customers"), dict):
        record["customers"] = [_customer(key, value) for key, value in record["customers"].items()]
    return record


def place(record: dict[str, Any], name: str, value: Any) -> None:
    """Put a value under its dotted name.

    Raises:
        RecordError: a value stands there already, or where a part of one would have to.
    """
    *path, last = name.split(".")
    here = record
    for step in path:
        here = here.setdefault(step, {})
        if not isinstance(here, dict):
            raise RecordError(((name, f"{step} already has a value of its own"),))
    if last in here:
        raise RecordError(((name, "is given twice"),))
    here[last] = value


@lru_cache(maxsize=512)
def kind_of(name: str) -> Any:
    """Return the type that the record's model gives to a dotted name, or None where it has no such key."""
    model: Any = RecordFields
    steps = name.split(".")
    while steps:
        step = steps.pop(0)
        if isinstance(model, type) and issubclass(model, BaseModel) and step in model.model_fields:
            model = _without_none(model.model_fields[step].annotation)
        elif get_origin(model) is dict:
            model = get_args(model)[1]
        else:
            return None
        if step == "customers" and steps:
            steps.pop(0)  # the customer's id
            model = get_args(model)[0]
    return model


def _customer(customer: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RecordError(((f"customers.{customer}", "names a customer but nothing of it; add .name"),))
    return {"id": customer, **value}


def _value(name: str, text: str) -> Any:
    kind = kind_of(name)
    if name == "personal_data" and text.strip().lower() in {"null", "unknown"}:
        return None
    if text.strip().lower() == "null":
        raise RecordError(((name, "null takes nothing back; record what is true instead"),))
    if get_origin(kind) is list:
        items = [item.strip() for item in text.split(LIST_SEPARATOR) if item.strip()]
        return [{"name": item} for item in items] if get_args(kind) == (OtherParty,) else items
    return text


def _without_none(annotation: Any) -> Any:
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    return kinds[0] if get_origin(annotation) not in {list, dict} and len(kinds) == 1 else annotation
