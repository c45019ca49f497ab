"""What another version of a vendor's playbook changes, in words: the contract first, then the open incidents."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from incident.adoption import Touched
from incident.playbook_pages.layout import Paragraph, item, paragraph
from incident.playbook_pages.value_words import value_words
from incident.playbook_pages.words import SCOPE_WORDS, TOLD_PAST_US, TRIGGER_WORDS
from models.clocks import Clock
from models.contract_changes import Change
from models.deadline_changes import DeadlineChange
from models.periods import duration_words, instant_words

KEY_WORDS = {"period": "deadline", "aim": "aims at", "trigger": "counts from", "scope": "covers", "notes": "note"}
"""What a page calls a key; any other by its own name."""

LISTS = {
    "own_notices": "Whom it may tell past us",
    "contacts": "Contact",
    "constraints": "What else binds",
    "facts": "Good to know",
    "documents": "Document",
    "suggestions": "Suggestion",
    "subprocessors": "Sub-processor",
    "gaps": "Not said",
    "other_terms": "Not the breach clock",
}
"""What a page calls an item of a list."""


def changes_in_words(changes: Sequence[Change]) -> Iterator[Paragraph]:
    """Write what is said otherwise, under the clause or the item that says it."""
    for heading, of_one in groupby(changes, key=lambda change: _heading(change.path)):
        yield from paragraph(heading, "  ", "      ")
        for change in of_one:
            yield from paragraph(_said(change), "    ", "      ")


def touched_in_words(touched: Sequence[Touched]) -> Iterator[Paragraph]:
    """Write the open incidents with their old and new deadlines."""
    for one in touched:
        lines = [_moved(change, one.incident.zone) for change in one.deadlines]
        yield from item(f"{one.incident.reference}  {one.incident.title}", lines[0])
        for line in lines[1:]:
            yield from paragraph(line, "    ")


def worded(change: Change) -> tuple[str | None, str | None]:
    """Say what a change's key held and holds, each in words; None where there was or is nothing."""
    before, after = (_worded(change.path[-1], value) for value in (change.before, change.after))
    return before, after


def _worded(key: str, value: Any) -> str | None:
    if value is None:
        return None
    words = {"trigger": TRIGGER_WORDS, "scope": SCOPE_WORDS}.get(key)
    return words[value] if words else value_words(value)


def _heading(path: tuple[str, ...]) -> str:
    first = path[0]
    if first == "duties":
        return f"Clause “{path[1]}”" if path[1] else "Main clause"
    if first in LISTS:
        return f"{LISTS[first]}: {TOLD_PAST_US.get(path[1], path[1])}"
    return first.replace("_", " ").capitalize()


def _said(change: Change) -> str:
    """Say one change below its heading: what is new, what is gone, or what became what."""
    before, after = worded(change)
    in_item = change.path[0] == "duties" or change.path[0] in LISTS
    keys = [key for key in change.path[2 if in_item else 1 :] if key not in {before, after}]
    label = f"{', '.join(KEY_WORDS.get(key, key.replace('_', ' ')) for key in keys)}: " if keys else ""
    if before is None:
        return f"{label}new: {after}"
    if after is None:
        return f"{label}gone: {before}"
    return f"{label}{before} → {after}"


def _moved(change: DeadlineChange, zone: ZoneInfo) -> str:
    """Say a duty's old and new deadline, and what state that puts it in."""
    before, after = (_deadline(clock, zone) for clock in (change.before, change.after))
    states = [clock.state if clock else None for clock in (change.before, change.after)]
    state = f"; then {states[1].value}" if states[1] and states[0] is not states[1] else ""
    return f"{change.duty}: {before} → {after}{_difference(change)}{state}"


def _difference(change: DeadlineChange) -> str:
    if change.moved is None:
        return ""
    if not change.moved:
        return ": the same date, but what comes with it or how it is counted differs"
    return f": {duration_words(change.moved)} {'earlier' if change.moved.days < 0 else 'later'}"


def _deadline(clock: Clock | None, zone: ZoneInfo) -> str:
    if clock is None:
        return "no such duty"
    if clock.due_at is not None:
        return instant_words(clock.due_at, zone)
    if clock.period is None or clock.period.amount is None:
        return f"no date (“{clock.period.words() if clock.period else ''}”)"
    return f"no date yet ({clock.period.words()} from {clock.runs_from.name.replace('_', ' ')})"
