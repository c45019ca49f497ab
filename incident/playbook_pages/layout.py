"""How a page for a person is laid out: 80 columns, wrapped, every datum harmless."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from incident.text import visible

WIDTH = 80
"""Columns; what cannot be broken (an address, a path) may run past them."""

LABEL_WIDTH = 11


def paragraph(text: str, indent: str = "", hanging: str | None = None) -> Iterator[str]:
    """Write a paragraph; whatever space or line end its text holds, the page alone decides where lines begin.

    Args:
        indent: what stands before its first line.
        hanging: what stands before each further line, where that is something else.
    """
    yield from wrap(
        visible(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Write lines under a heading, with an empty line before; without lines, write nothing."""
    written = list(lines)
    if written:
        yield ""
        yield heading
        yield from written


def item(head: str, text: str) -> Iterator[str]:
    """Write a heading of a line or so with its text below it."""
    yield from paragraph(head, "  ", "      ")
    yield from paragraph(text, "    ")


def labelled(label: str, text: str) -> Iterator[str]:
    """Write a text beside its label."""
    yield from paragraph(text, f"    {label:<{LABEL_WIDTH}}", " " * (4 + LABEL_WIDTH))
