"""Imports killed at random moments (kill -9): a program of its own, of one thread, so that it may fork.

Usage: python killed_imports.py SEED STORE SOURCE...

The first source is imported whole, which makes the store and loads all that the others need. The import of each other
one is killed after a few batches, somewhere in the next. A line of JSON says of each whether it was killed before its
end, and what it had said by then.
"""

import json
import os
import random
import select
import signal
import sys
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO

from incident.cli import import_progress, run
from incident.intake.run import run_import

BATCH = 3
"""Records in one transaction: few, so that there are many."""

MOST_BATCHES = 6
LONGEST = 0.008
"""Seconds; about what two batches take."""


def import_here(store: str, source: str) -> None:
    """Import in this process and end it, unless the caller catches that."""
    sys.argv = ["incident", "import", source, "--store", store]
    run()


def started(store: str, source: str) -> tuple[int, int]:
    """Fork a process that imports; return its id and the end of a pipe where it says what is done."""
    said, saying = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        import_here(store, source)
    os.close(saying)
    return child, said


def killed(child: int, said: int, batches: int, after: float) -> tuple[bool, str]:
    """Kill a process so many seconds after it has reported so many batches.

    Returns:
        Whether it still ran, and all that it had said.
    """
    text = b""
    while text.count(b"\n") < batches and (piece := os.read(said, 65536)):
        text += piece
    until = time.monotonic() + after
    while select.select([said], [], [], max(until - time.monotonic(), 0))[0] and (piece := os.read(said, 65536)):
        text += piece
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while piece := os.read(said, 65536):
        text += piece
    os.close(said)
    return os.WIFSIGNALED(status), text.decode()


def main(seed: str, store: str, first: str, *sources: str) -> None:
    """Import the first source whole, and kill the import of each of the others."""
    chance = random.Random(seed)  # noqa: S311
    assert run_import.__kwdefaults__ is not None
    run_import.__kwdefaults__["batch"] = BATCH
    import_progress.LINE_EVERY = 1
    with suppress(SystemExit), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        import_here(store, first)
    for source in sources:
        process = started(store, source)
        was_killed, said = killed(*process, chance.randrange(MOST_BATCHES), chance.uniform(0, LONGEST))
        sys.stdout.write(f"{json.dumps({'killed': was_killed, 'said': said})}\n")
        sys.stdout.flush()


main(*sys.argv[1:])
