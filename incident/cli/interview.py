"""The conversation of `incident init` on a terminal. It is held on standard error: standard output belongs to data."""

import sys
from collections.abc import Collection
from contextlib import redirect_stdout
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident.cli.questions import QUESTIONS, AnswerError, Answers, Question, answer_words, misfits, value_words
from incident.text import visible

if TYPE_CHECKING:
    from models.organisation import Organisation

NEXT_PART = ">"

INTRODUCTION = f"""\
Who we are, as the authorities' forms ask it.
Enter keeps what stands in brackets, or leaves the question open; {NEXT_PART} goes on to the next part.
Ctrl+C stops. Nothing is written before you have seen it all."""


def interview(organisation: "Organisation", given: Answers, answered: Collection[Question]) -> Answers:
    """Ask what the options left open.

    Args:
        organisation: what the settings say already.
        given: the options' answers.
        answered: the questions that the options answered.

    Returns:
        All answers, the options' included.
    """
    answers = dict(given)
    still_open = [question for question in QUESTIONS if question not in answered]
    with redirect_stdout(sys.stderr):
        click.echo(INTRODUCTION)
        for part, questions in groupby(still_open, key=lambda question: question.part):
            click.echo(f"\n{part}")
            for question in questions:
                answer = _ask(question, organisation)
                if answer is None:
                    break
                answers |= answer
    return answers


def confirmed(organisation: "Organisation", answers: Answers, path: Path) -> bool:
    """Show what would be written, and what it would replace; then ask whether to write it."""
    before = organisation.model_dump(mode="json")
    with redirect_stdout(sys.stderr):
        click.echo()
        for key, value in answers.items():
            old, new = answer_words(before, key), value_words(value)
            was = f"  (was {old})" if old else ""
            click.echo(visible(f"  {key}: {new or '(empty)'}{was}", one_line=True))
        return click.confirm(f"Write this into {visible(str(path), one_line=True)}?", default=True)


def _ask(question: Question, organisation: "Organisation") -> Answers | None:
    """Ask one question until the answer fits; None asks for the next part."""

    def judged(text: str) -> Answers | None:
        if text.strip() in {"", NEXT_PART}:
            return None if text.strip() else {}
        try:
            answer = question.read(text)
        except AnswerError as error:
            raise click.UsageError(visible(str(error), one_line=True)) from None
        for _, reason in misfits(organisation, answer):
            raise click.UsageError(visible(reason, one_line=True))
        return answer

    known = visible(answer_words(organisation.model_dump(mode="json"), question.key), one_line=True)
    wording = f"  {question.wording}{f' [{known}]' if known else ''}"
    answer: Answers | None = click.prompt(wording, default="", show_default=False, value_proc=judged)
    return answer
