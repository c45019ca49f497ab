"""`incident import --explain`: what each expression of a mapping gave for a few records, and what became of it."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from incident.cli.output import print_json, print_lines
from incident.intake.asking import Asking
from incident.intake.explaining import Explained, explain_source
from incident.intake.found import Found, Reject
from incident.intake.names import display_name
from incident.intake.sources import open_source
from incident.text import visible
from models.foreign_format import ForeignFormat
from models.moments import shortened
from models.translation import Step

_WIDTH = 90


def explain_sources(
    sources: Sequence[str],
    asked: Asking,
    form: str,
    mapping: ForeignFormat | None,
    zone: ZoneInfo,
    *,
    json_wanted: bool,
) -> None:
    """Print what becomes of the first records of each source. Nothing is imported."""
    seen: list[tuple[str, list[Explained | Found]]] = []
    for source in sources:
        with open_source(source, sys.stdin.buffer, asked) as stream:
            seen.append((display_name(source), explain_source(stream, source, form, mapping, zone)))
    if json_wanted:
        print_json({"records": [_document(source, one) for source, records in seen for one in records]})
        return
    for source, records in seen:
        print_lines(text for one in records for text in _lines(source, one))
        if not records:
            print_lines([f"{source}: holds no record"])
    print_lines(["nothing was imported"])


def _document(source: str, one: Explained | Found) -> dict[str, Any]:
    place: dict[str, Any] = {"source": source, "line": one.line}
    if isinstance(one, Reject):
        return place | {"mapping": None, "keys": [], "refused": [{"key": one.key, "reason": one.reason}]}
    if not isinstance(one, Explained):
        return place | {"mapping": None, "keys": [], "refused": []}
    return place | {
        "mapping": one.form.id,
        "keys": [
            {
                "key": step.key,
                "expression": step.rule.expression,
                "gave": step.gave,
                "became": step.became,
                "problem": step.problem,
            }
            for step in one.steps
        ],
        "refused": [{"key": key, "reason": reason} for key, reason in one.refusals],
    }


def _lines(source: str, one: Explained | Found) -> Iterator[str]:
    place = f"{source}: line {one.line}"
    if isinstance(one, Reject):
        yield f"{place}: would be refused: {_shown(f'{one.key}: ' if one.key else '')}{_shown(one.reason)}"
        return
    if not isinstance(one, Explained):
        yield f"{place}: is our own record: there is nothing to map"
        return
    yield f"{place}: {_shown(one.form.name)} ({one.form.id})"
    for step in one.steps:
        yield from _step_lines(step)
    if not any(step.key == "personal_data" for step in one.steps):
        yield "  personal_data"
        yield "      became  null: the mapping does not say, so it is undecided"
    for key, reason in one.refusals:
        yield f"  would be refused: {_shown(f'{key}: ' if key else '')}{_shown(reason)}"
    if not one.refusals:
        yield "  would be taken"


def _step_lines(step: Step) -> Iterator[str]:
    yield f"  {step.key}"
    if step.rule.expression is not None:
        yield f"      from    {_shown(' '.join(step.rule.expression.split()))}"
        yield f"      gave    {_value(step.gave)}"
    if step.problem:
        yield f"      cannot  {_shown(step.problem)}"
    else:
        yield f"      became  {_value(step.became)}"


def _value(value: Any) -> str:
    return "nothing" if value is None else _shown(shortened(json.dumps(value, ensure_ascii=False), _WIDTH))


def _shown(text: str) -> str:
    return visible(text, one_line=True)
