"""The field for one fact, made from what the record's model says of it; and what stands in it as the record has it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from incident.notices.labels import labels_in
from incident.text import visible
from models.fact_kinds import FactKind, fact_kind, options_of
from models.moments import utc_text
from models.typed_values import (
    COUNT_HINT,
    read_typed_count,
    read_typed_counts,
    read_typed_lines,
    read_typed_parties,
    typed_count,
    typed_counts,
    typed_lines,
    typed_parties,
)
from models.values import value_words
from screens.widgets.fields import ChoiceField, Field, LineField, ReadField, TextField, TicksField
from screens.widgets.time_field import TimeField, TimeReader
from screens.words import option_words

VALUE = "value"
"""The name of the field."""

YES_NO = {"yes": True, "no": False}
READ: Mapping[FactKind, Callable[[str], Any]] = {
    FactKind.COUNTS: read_typed_counts,
    FactKind.LINES: read_typed_lines,
    FactKind.PARTIES: read_typed_parties,
}
WRITE: Mapping[FactKind, Callable[[Any], str]] = {
    FactKind.COUNTS: typed_counts,
    FactKind.LINES: typed_lines,
    FactKind.PARTIES: typed_parties,
}
HINTS = {
    FactKind.COUNTS: "one a line: FR 1200",
    FactKind.LINES: "one a line",
    FactKind.PARTIES: "one a line: name; role; contact",
}
EXEMPTION = "not_informed_reason"
"""A text in the record, but what the law exempts hangs on its keys: they are chosen, not typed."""


def fact_field(fact: str, label: str, value: Any, playbooks: Path | None, time: TimeReader) -> Field:
    """Return the field for a fact, with what is recorded of it, where that can stand in a field as it is."""
    kind = fact_kind(fact)
    options = [(key, option_words(fact, key, playbooks)) for key in choices_of(fact)]
    if kind is FactKind.TICKS:
        return TicksField(VALUE, label, options, value or ())
    if kind is FactKind.YES_NO:
        return ChoiceField(VALUE, label, [(key, key) for key in YES_NO], _yes_or_no(value))
    if options:
        return ChoiceField(VALUE, label, options, value if value in choices_of(fact) else None)
    if kind is FactKind.COUNT:
        return ReadField(VALUE, label, _count_words, COUNT_HINT, typed_count(value) if value else "")
    if kind is FactKind.INSTANT:
        return TimeField(VALUE, label, time, value or "")
    written = _written(kind, value) if value else ""
    return TextField(VALUE, label, HINTS.get(kind, ""), written if is_harmless(written) else "")


def choices_of(fact: str) -> tuple[str, ...]:
    """Return the keys that a fact is chosen from."""
    if fact == EXEMPTION:
        return tuple(labels_in("en", None).tables["options"][EXEMPTION])
    return options_of(fact)


def value_of(fact: str, field: Field) -> Any:
    """Return what stands in a fact's field as an import record has it; None or empty where nothing does.

    Raises:
        ValueError: it cannot be read; the message says what to write instead.
    """
    kind = fact_kind(fact)
    if isinstance(field, TimeField):
        return utc_text(field.instant()) if field.text else None
    if kind is FactKind.YES_NO:
        return None if field.typed is None else YES_NO[field.typed]
    if isinstance(field, ChoiceField | TicksField):
        return field.typed
    text = cast("LineField | TextField", field).text
    if not text:
        return None
    if kind is FactKind.COUNT:
        return read_typed_count(text)
    return READ[kind](text) if kind in READ else text


def is_harmless(text: str) -> bool:
    """True for a text that can stand in a field as it is, and be saved from there unchanged."""
    return visible(text) == text


def _written(kind: FactKind, value: Any) -> str:
    return WRITE[kind](value) if kind in WRITE else str(value)


def _count_words(text: str) -> str:
    count: Mapping[str, Any] = read_typed_count(text)
    if "min" in count and "max" not in count:
        return f"at least {count['min']:,}"
    if "max" in count and "min" not in count:
        return f"at most {count['max']:,}"
    return value_words(count)


def _yes_or_no(value: Any) -> str | None:
    return None if value is None else "yes" if value else "no"
