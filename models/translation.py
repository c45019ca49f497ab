"""Translating one foreign record into ours, step by step, so that each step can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from models.dotted import place
from models.expressions import ExpressionError, evaluate
from models.foreign_format import ForeignFormat, Rule, ValueTable, notations_of
from models.foreign_values import fitted, fitted_time, is_time, items_of
from models.moments import shortened
from models.record import RecordError


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one rule.

    Attributes:
        gave: what the expression picked.
        became: the value for our record; None where there is nothing to say.
        problem: why it cannot be taken, or None.
    """

    key: str
    rule: Rule
    gave: Any = None
    became: Any = None
    problem: str | None = None


def translate(form: ForeignFormat, record: Any, settings: ZoneInfo) -> tuple[Step, ...]:
    """Return what each rule of a mapping makes of one foreign record.

    Args:
        settings: the time zone of the settings.
    """
    zone = form.zone_of_times(settings)
    return tuple(_step(form, key, rule, record, zone) for key, rule in form.keys.items())


def our_record(form: ForeignFormat, steps: Sequence[Step]) -> dict[str, Any]:
    """Return the record that the steps make, not yet validated.

    Raises:
        RecordError: what cannot be taken, key by key, with the expression that gave it.
    """
    problems = tuple(
        (step.key, f"{step.problem} (from {shortened(str(step.rule.expression))})") for step in steps if step.problem
    )
    if problems:
        raise RecordError(problems)
    record: dict[str, Any] = {}
    for step in steps:
        if step.became is not None:
            place(record, step.key, step.became)
    if form.named_by == "ref" and "ref" not in record:
        reason = f"is empty, so that importing again would double the record (from {form.keys['ref'].expression})"
        raise RecordError((("ref", reason),))
    return {"source": form.id, "personal_data": None} | record


def _step(form: ForeignFormat, key: str, rule: Rule, record: Any, zone: ZoneInfo) -> Step:
    if rule.expression is None:
        return Step(key, rule, became=fitted(key, rule.always))
    try:
        gave = evaluate(rule.expression, record)
    except ExpressionError as error:
        return Step(key, rule, problem=str(error))
    try:
        ours = _in_our_words(form.tables[rule.table], gave) if rule.table else gave
        became = fitted_time(key, ours, notations_of(rule), zone) if is_time(key) else fitted(key, ours)
    except ValueError as error:
        return Step(key, rule, gave, problem=str(error))
    return Step(key, rule, gave, became)


def _in_our_words(table: ValueTable, gave: Any) -> Any:
    """Look up each value; one value alone stays alone."""
    found = [ours for value in items_of(gave) for ours in table.ours(value)]
    return found if isinstance(gave, list) or len(found) != 1 else found[0]
