"""The command that holds the program's clocks against the deadline cases that ship with it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from incident.cli.output import print_json, print_lines
from incident.cli.session import as_json, shared_options
from incident.errors import Failure

if TYPE_CHECKING:
    from models.deadline_cases import DutyCase, PeriodCase
    from playbooks.cases import Verdict


@click.command()
@click.option("--case", "case_id", metavar="ID", help="One case in full, and how the program reckons it.")
@as_json
@shared_options
@click.pass_context
def selfcheck(context: click.Context, case_id: str | None, json_wanted: bool) -> None:
    """Reckon the deadline cases that ship with the program, and say which come out wrong; exit 1 if any does.

    Only the shipped playbooks are used: no store, no settings, no playbooks of yours.
    """
    from playbooks.cases import judge
    from playbooks.loader import rules_from_texts
    from playbooks.texts import shipped_texts

    rules = rules_from_texts(shipped_texts())
    verdicts = [judge(case, rules) for case in _chosen(case_id)]
    wrong = [verdict for verdict in verdicts if not verdict.right]
    if json_wanted:
        print_json(_document(verdicts, len(wrong), explained=case_id is not None))
    else:
        print_lines(_in_full(verdicts[0]) if case_id is not None else map(_wrong_line, wrong))
        number = "1 case" if len(verdicts) == 1 else f"{len(verdicts)} cases"
        print_lines([f"{number}: {len(verdicts) - len(wrong)} right, {len(wrong)} wrong"])
    if wrong:
        context.exit(Failure.exit_code)


def _chosen(case_id: str | None) -> "Sequence[PeriodCase | DutyCase]":
    """Return every case, or the one that is named.

    Raises:
        Failure: there is none of that name.
    """
    from difflib import get_close_matches

    from playbooks.cases import shipped_cases

    cases = shipped_cases()
    if case_id is None:
        return cases
    chosen = [case for case in cases if case.id == case_id]
    if not chosen:
        near = get_close_matches(case_id, [case.id for case in cases])
        help_text = (
            f"did you mean {' or '.join(near)}?" if near else "`incident selfcheck --json` lists those there are"
        )
        raise Failure(f"there is no deadline case {case_id!r}; {help_text}")
    return chosen


def _wrong_line(verdict: "Verdict") -> str:
    from incident.text import visible

    differences = "; ".join(
        f"{name}: expected {_words(verdict.expected[name])}, found {_words(verdict.found[name])}"
        for name in verdict.differences
    )
    return visible(f"wrong: {verdict.case.id}: {differences}", one_line=True)


def _in_full(verdict: "Verdict") -> Iterator[str]:
    from incident.text import visible

    case = verdict.case
    yield f"{case.id}: {'right' if verdict.right else 'wrong'}"
    yield visible(case.title, one_line=True)
    yield visible(f"by {case.citation}", one_line=True)
    for name, expected in verdict.expected.items():
        found = "" if name not in verdict.differences else f", found {_words(verdict.found[name])}"
        yield visible(f"  expected {name}: {_words(expected)}{found}", one_line=True)
    yield from (visible(f"  {step}", one_line=True) for step in verdict.explanation)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(part)}" for key, part in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _document(verdicts: "Sequence[Verdict]", wrong: int, *, explained: bool) -> dict[str, Any]:
    from models.calendars import holiday_table

    return {
        "holidays": holiday_table(),
        "right": len(verdicts) - wrong,
        "wrong": wrong,
        "cases": [
            {
                "id": verdict.case.id,
                "title": verdict.case.title,
                "citation": verdict.case.citation,
                "right": verdict.right,
                "expected": dict(verdict.expected),
                "found": dict(verdict.found),
                **({"explain": list(verdict.explanation)} if explained else {}),
            }
            for verdict in verdicts
        ],
    }
