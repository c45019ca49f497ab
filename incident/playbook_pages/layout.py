"""How a page for a person is laid out: paragraphs, wrapped to the columns there are, every datum harmless."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import NamedTuple

from incident.text import visible

WIDTH = 80
"""Columns, unless there are others; what cannot be broken (an address, a path) may run past them."""

LABEL_WIDTH = 11


class Paragraph(NamedTuple):
    """A paragraph; whatever space or line end its text holds, the page alone decides where lines begin.

    Attributes:
        indent: what stands before its first line.
        hanging: what stands before each further line.
    """

    text: str
    indent: str
    hanging: str


def laid_out(paragraphs: Iterable[Paragraph], width: int = WIDTH) -> Iterator[str]:
    """Write paragraphs as lines of at most `width` columns; an empty one is an empty line."""
    for one in paragraphs:
        yield from wrap(
            one.text,
            width,
            initial_indent=one.indent,
            subsequent_indent=one.hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


def paragraph(text: str, indent: str = "", hanging: str | None = None) -> Iterator[Paragraph]:
    """Write a paragraph, or nothing where its text is empty.

    Args:
        indent: what stands before its first line.
        hanging: what stands before each further line, where that is something else.
    """
    if text.strip():
        yield Paragraph(visible(text), indent, indent if hanging is None else hanging)


def section(heading: str, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Write paragraphs under a heading, with an empty line before; without any, write nothing."""
    written = list(paragraphs)
    if written:
        yield Paragraph("", "", "")
        yield Paragraph(heading, "", "")
        yield from written


def item(head: str, text: str) -> Iterator[Paragraph]:
    """Write a heading of a line or so with its text below it."""
    yield from paragraph(head, "  ", "      ")
    yield from paragraph(text, "    ")


def labelled(label: str, text: str) -> Iterator[Paragraph]:
    """Write a text beside its label."""
    yield from paragraph(text, f"    {label:<{LABEL_WIDTH}}", " " * (4 + LABEL_WIDTH))
