"""The words of a text as they are searched for: letters and digits only, without case or diacritics."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")

LONGEST_LEXEME = 64
"""Characters of a word that its lexeme holds; the index only tells which rows to look through."""

MOST_LEXEMES = 500_000
"""Bytes of a row's lexemes that the server takes for sure; a row with more is looked through at every search."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search asks for.

    Attributes:
        lexemes: what the index is asked, as a `tsquery`.
        patterns: what the words of a row must all be like.
    """

    lexemes: str
    patterns: list[str]


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    if not text.isascii():
        parts = unicodedata.normalize("NFD", text.casefold())
        text = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return _WORD.findall(text.lower())


def line_of(words: Iterable[str]) -> str:
    """Return words as a row holds them: each between two spaces."""
    return f" {' '.join(words)} "


def lexemes_of(words: Iterable[str]) -> list[str] | None:
    """Return what the index of a row holds, or None where that is more than it takes."""
    found = sorted({word[:LONGEST_LEXEME] for word in words})
    return found if sum(len(word.encode()) + 8 for word in found) <= MOST_LEXEMES else None


def sought(search: str) -> Sought | None:
    """Return what is to be looked for, or None where the search holds no word at all; then no row has it.

    A part of the search that is split into several words has to occur with these side by side, in order. A star at
    its end stands for the rest of the last word.
    """
    lexemes, patterns = [], []
    for part in search.split():
        stem = part.rstrip("*")
        words = words_of(stem)
        if not words:
            continue
        open_end = stem != part and stem[-1:].isalnum()
        patterns.append(f"% {' '.join(words)}{'' if open_end else ' '}%")
        lexemes += [f"'{word[:LONGEST_LEXEME]}'" for word in words]
        if open_end or len(words[-1]) > LONGEST_LEXEME:
            lexemes[-1] += ":*"
    return Sought(" & ".join(dict.fromkeys(lexemes)), [*dict.fromkeys(patterns)]) if patterns else None
