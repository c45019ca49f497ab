"""How far an import is, on standard error: in place on a terminal, else a line now and then."""

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import BinaryIO

import click

LINE_EVERY = 10_000
"""Records between two lines of progress where there is no terminal."""


class Progress:
    """What is said while an import runs. The time left goes by the bytes of the file at hand that were read."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._said = 0
        self._width = 0
        self._terminal = sys.stderr.isatty()

    def show(self, done: int, source: BinaryIO) -> None:
        """Say how many records were dealt with, how fast, and how long the file at hand may still take.

        Args:
            done: the records of all sources; each that was taken is kept.
            source: the source at hand.
        """
        if done - self._said < (1 if self._terminal else LINE_EVERY):
            return
        self._said = done
        spent = max(time.monotonic() - self._began, 0.001)
        left = _left(spent, source)
        text = f"{done:,} records, {done / spent:,.0f} a second{f', {left} left' if left else ''}"
        if self._terminal:
            click.echo(f"\r{text:{self._width}}", err=True, nl=False)
            self._width = len(text)
        else:
            click.echo(f"incident: {text}", err=True)

    def end(self) -> None:
        """Leave the line that was written in place."""
        if self._terminal and self._said:
            click.echo(err=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Say how far the block is; whatever ends it, the terminal is left at the beginning of a line."""
    shown = Progress()
    try:
        yield shown
    finally:
        shown.end()


def _left(spent: float, source: BinaryIO) -> str | None:
    """Estimate the time left, as `0:01:30`; None where nothing is to go by, as for a pipe, or what is read whole."""
    try:
        found = os.fstat(source.fileno())
        read = source.tell()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not 0 < read < found.st_size:
        return None
    return str(timedelta(seconds=round(spent * (found.st_size - read) / read)))
