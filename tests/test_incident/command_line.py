"""The program as a script calls it: its arguments in; its exit code, standard output and standard error out."""

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any
from unittest.mock import patch

from incident.cli import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the program left behind."""

    code: object
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else; the program must be content."""
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


class Terminal(StringIO):
    """What a person types, as if at a terminal."""

    def isatty(self) -> bool:
        return True


def incident(*arguments: str, typed: str | None = None, piped: bytes = b"") -> Outcome:
    """Run the program in this process; `typed` puts a person at a terminal, `piped` is standard input otherwise."""
    stdin = TextIOWrapper(BytesIO(piped)) if typed is None else Terminal(typed)
    with (
        patch.object(sys, "argv", ["incident", *arguments]),
        patch.object(sys, "stdin", stdin),
        redirect_stdout(StringIO()) as out,
        redirect_stderr(StringIO()) as err,
    ):
        try:
            run()
        except SystemExit as ended:
            return Outcome(ended.code, out.getvalue(), err.getvalue())
    raise AssertionError("the program did not exit")


def done(outcome: Outcome) -> None:
    """Assert that the program did what it was told, and had nothing to say."""
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def refused(outcome: Outcome, code: int, *lines: str) -> None:
    """Assert that the program did nothing and said why, one line for each fault."""
    said = "".join(f"incident: {line}\n" for line in lines)
    assert (outcome.code, outcome.out, outcome.err) == (code, "", said)
