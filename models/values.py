"""Saying the plain JSON value of a fact in words that need no language: figures, lists, ranges."""

from collections.abc import Mapping, Sequence


def value_words(value: object) -> str:
    """Say a value: lists joined by commas, a count with its uncertainty, nothing for None."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return _mapping_words(value)
    if isinstance(value, Sequence):
        return ", ".join(value_words(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _mapping_words(value: Mapping[str, object]) -> str:
    if value.get("unknown"):
        return "not known"
    if "min" in value or "max" in value:
        return f"{value.get('min', '?')} to {value.get('max', '?')}"
    if "value" in value:
        return f"about {value['value']}" if value.get("approximate") else str(value["value"])
    if "name" in value:
        return ", ".join(str(value[key]) for key in ("name", "role", "contact") if value.get(key))
    return ", ".join(f"{key} {value_words(one)}" for key, one in value.items())
