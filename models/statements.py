"""What was said of each key of an incident, and by whom: its source, or a person since.

A source says the same again and again. What a person has recorded since it said so first is a correction, and a repeat
does not undo it; something the source has never said before is news, and stands beside what the person recorded.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.difference import GROUPS, GROWING
from models.fact_names import fact_name, read_fact_name
from models.journal import Entry, EntryKind
from models.moments import MomentName


@dataclass(frozen=True, slots=True)
class Change:
    """What a record says anew or otherwise under one dotted key.

    Attributes:
        old: what was last said there, by whomever; None where nothing was.
        corrected: what was said last was said by a person, and `new` is what the source says now.
    """

    key: str
    old: Any
    new: Any
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    value: Any
    by_source: bool


def changes_told(entries: Iterable[Entry], changes: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return, key by key, what a source's changes replace, by an incident's entries so far.

    Args:
        changes: a partial record, normalised.
    """
    said = _statements(entries)
    told: list[Change] = []
    for key, new in _leaves(changes):
        last = said[key][-1] if key in said and key not in GROWING else None
        corrected = last is not None and not last.by_source and last.value != new
        told.append(Change(key, last.value if last else None, new, corrected))
    return tuple(told)


def rivals(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield what takes the place of a person's correction.

    A moment that duties run from does not: of those the earliest counts, whoever said it.
    """
    for change in changes:
        group, _, name = change.key.partition(".")
        if change.corrected and not (group == "moments" and MomentName(name).anchors_duties):
            yield change


def without_repeats(entries: Iterable[Entry], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source's changes without what it said once already, and a person has recorded otherwise since."""
    said = _statements(entries)
    return _without(changes, {key for key, new in _leaves(changes) if _is_repeat(said.get(key, []), new)})


def _is_repeat(said: list[_Said], new: Any) -> bool:
    by_person = max((at for at, one in enumerate(said) if not one.by_source), default=-1)
    return any(one.by_source and one.value == new for one in said[: max(by_person, 0)])


def _statements(entries: Iterable[Entry]) -> dict[str, list[_Said]]:
    said: dict[str, list[_Said]] = {}
    for entry in entries:
        body = entry.body or {}
        by_source = entry.kind is not EntryKind.RECORDED
        for key, value in _leaves(body.get("record" if entry.kind is EntryKind.OPENED else "changes", {})):
            said.setdefault(key, []).append(_Said(value, by_source))
        for name in body.get("without_value", ()):
            fact, whose = read_fact_name(name)
            said.setdefault(fact_name(fact, whose) if whose else f"facts.{fact}", []).append(_Said(None, by_source))
    return said


def _leaves(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every value of a partial record with its dotted key, customers by their ids."""
    for key, value in record.items():
        if key in GROUPS:
            yield from ((f"{key}.{name}", one) for name, one in value.items())
        elif key in GROWING:
            yield from ((key, one) for one in value)
        elif key == "customers":
            for customer in value:
                yield from _leaves_of(customer)
        else:
            yield key, value


def _leaves_of(customer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    lead = f"customers.{customer['id']}."
    yield from ((f"{lead}{key}", value) for key, value in customer.items() if key not in {"id", "facts"})
    yield from ((f"{lead}facts.{name}", value) for name, value in customer.get("facts", {}).items())


def _without(changes: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    if not keys:
        return dict(changes)
    kept: dict[str, Any] = {}
    for key, value in changes.items():
        if key in GROUPS:
            rest: Any = {name: one for name, one in value.items() if f"{key}.{name}" not in keys}
        elif key == "customers":
            rest = [found for customer in value if (found := _customer_without(customer, keys))]
        elif key in GROWING or key not in keys:
            kept[key] = value
            continue
        else:
            continue
        if rest:
            kept[key] = rest
    return kept


def _customer_without(customer: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    lead = f"customers.{customer['id']}."
    rest = {key: value for key, value in customer.items() if key != "facts" and f"{lead}{key}" not in keys}
    facts = {name: one for name, one in customer.get("facts", {}).items() if f"{lead}facts.{name}" not in keys}
    found = rest | ({"facts": facts} if facts else {})
    return found if found.keys() > {"id"} else {}
