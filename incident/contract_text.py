"""The text around what was read out of a contract, as a person compares it with the reading."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from playbooks.reader.text import Text

AROUND = 4_000
"""How many characters are shown on either side of the words that were matched: about a page."""

LONGEST = 2_000
"""How many characters of the matched words are shown."""

CUT = "…"
"""Stands where text was left out."""

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_LINE_START = re.compile(r"\n\s*(?=\S)")
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document with the words that were matched in it: as the file has them, not made harmless yet."""

    before: str
    matched: str
    after: str


def passage(text: Text, span: tuple[int, int]) -> Passage:
    """Return the matched words with the text around them.

    Args:
        text: a document's text; of HTML what a browser would show.
        span: characters of the file's own text, as a reading gives them; (0, 0) gives the document's beginning.
    """
    start, end = _places(text, span)
    return Passage(
        before=_tidy(_beginning(text.characters, start)),
        matched=_shortened(_tidy(text.characters[start:end])),
        after=_tidy(text.characters[end : end + AROUND]) + (CUT if end + AROUND < len(text.characters) else ""),
    )


def _places(text: Text, span: tuple[int, int]) -> tuple[int, int]:
    """Return where characters of the file's own text stand in the text as it is shown."""
    indices = range(len(text.characters))
    start = bisect_right(indices, span[0], key=lambda at: text.span(at, at + 1)[1])
    return start, max(start, bisect_left(indices, span[1], key=lambda at: text.span(at, at + 1)[0]))


def _beginning(characters: str, end: int) -> str:
    """Return what stands before a place, from a line's start where one is near."""
    start = max(0, end - AROUND)
    if start == 0:
        return characters[:end]
    line = _LINE_START.search(characters, start, min(end, start + _NEAR))
    return f"{CUT}{characters[line.end() if line else start : end]}"


def _tidy(characters: str) -> str:
    """Return characters without the run of empty lines that a page's end or a table leaves."""
    return _BLANK_LINES.sub("\n\n", characters)


def _shortened(characters: str) -> str:
    return f"{characters[:LONGEST]}{CUT}" if len(characters) > LONGEST else characters
