"""What a record says that the record before it did not: the new facts of a repeated import."""

from collections.abc import Mapping, Sequence
from typing import Any

GROUPS = ("facts", "moments", "place")
"""Keys that are compared part by part."""

GROWING = ("filings", "related")
"""Lists of which only what is new counts: what was made or linked once is not undone by silence."""


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `after` says anew or otherwise, as a partial record; what it leaves out is no statement.

    Both are normalised records. The result is empty where importing `after` again changes nothing.
    """
    changes: dict[str, Any] = {}
    for key, value in after.items():
        if key in GROUPS:
            changed: Any = _changed(before.get(key, {}), value)
        elif key in GROWING:
            changed = [one for one in value if one not in before.get(key, [])]
        elif key == "customers":
            changed = _changed_customers(before.get(key, []), value)
        elif key in before and before[key] == value:
            continue
        else:
            changes[key] = value
            continue
        if changed:
            changes[key] = changed
    return changes


def merged(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `before` with `changes` laid over it: what the source has said so far, all told."""
    result = {**before}
    for key, value in changes.items():
        if key in GROUPS:
            result[key] = {**before.get(key, {}), **value}
        elif key in GROWING:
            result[key] = [*before.get(key, []), *value]
        elif key == "customers":
            result[key] = _merged_customers(before.get(key, []), value)
        else:
            result[key] = value
    return result


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in after.items() if key not in before or before[key] != value}


def _changed_customers(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    known = {customer["id"]: customer for customer in before}
    changes: list[dict[str, Any]] = []
    for customer in after:
        old = known.get(customer["id"])
        if old is None:
            changes.append(dict(customer))
            continue
        changed = _changed(old, {key: value for key, value in customer.items() if key != "facts"})
        facts = _changed(old.get("facts", {}), customer.get("facts", {}))
        if facts:
            changed["facts"] = facts
        if changed:
            changes.append({"id": customer["id"], **changed})
    return changes


def _merged_customers(
    before: Sequence[Mapping[str, Any]], changes: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    by_id: dict[str, dict[str, Any]] = {customer["id"]: dict(customer) for customer in before}
    for change in changes:
        old = by_id.get(change["id"], {})
        facts = {**old.get("facts", {}), **change.get("facts", {})}
        by_id[change["id"]] = {**old, **change} | ({"facts": facts} if facts else {})
    return list(by_id.values())
