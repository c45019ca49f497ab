"""What another version of a vendor's playbook says otherwise, clause by clause. Pure.

Every key is compared, so nothing of a contract changes unseen; only the order of a list is no change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.playbook import (
    Constraint,
    Content,
    ContractDuty,
    Gap,
    OtherTerm,
    OwnNotice,
    Subprocessor,
    Suggestion,
    VendorContact,
    VendorFact,
    VendorPlaybook,
    WorkingTime,
)
from models.sourced import Document, File, PeriodText, Source

NAMED_BY: Mapping[type[File], str] = {
    Document: "id",
    ContractDuty: "clause",
    Content: "text",
    VendorFact: "topic",
    Constraint: "topic",
    OwnNotice: "to",
    Suggestion: "text",
    VendorContact: "email",
    Subprocessor: "name",
    Gap: "missing",
    OtherTerm: "term",
}
"""The key by which an item of a list is known from one version to the next."""

WHOLE = (PeriodText, Source, WorkingTime)
"""The tables that are compared as one value."""

FIRST = ("name", "duties", "own_notices", "contacts", "constraints", "governing_law")
"""What bears on a breach is told first; the rest keeps the order of the file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said otherwise.

    Attributes:
        path: the names of the keys and, in a list, what the item is known by: `("duties", "", "period")` for the
            main clause, `("contacts", "dpo@acme.example")` for a whole contact.
        before, after: the values, or the items of a list; None where there is none.
    """

    path: tuple[str, ...]
    before: Any
    after: Any


def contract_changes(before: VendorPlaybook, after: VendorPlaybook) -> tuple[Change, ...]:
    """Return what `after` says otherwise than `before`."""
    found = _between(before, after, ())
    return tuple(sorted(found, key=lambda change: _rank(change.path[0])))


def _rank(key: str) -> int:
    return FIRST.index(key) if key in FIRST else len(FIRST)


def _between(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple):
        yield from _between_items(before, after, path)
    elif isinstance(before, File) and isinstance(after, File) and not isinstance(before, WHOLE):
        for key in type(before).model_fields:
            yield from _between(getattr(before, key), getattr(after, key), (*path, key))
    else:
        yield Change(path, before, after)


def _between_items(before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...]) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys((*old, *new)):
        yield from _between(old.get(name), new.get(name), (*path, name))


def _by_name(items: Sequence[Any]) -> dict[str, Any]:
    """Return items by what they are known by; a second one of a name is told apart by its number."""
    found: dict[str, Any] = {}
    for item in items:
        named = _name(item)
        again = sum(1 for name in found if name == named or name.startswith(f"{named} #"))
        found[f"{named} #{again + 1}" if again else named] = item
    return found


def _name(item: Any) -> str:
    return str((getattr(item, NAMED_BY[type(item)]) if isinstance(item, File) else item) or "")
