"""Phrases of the lexicon compiled to patterns that cannot run away: every gap in them is bounded.

In a phrase `*` stands for the rest of a word, ` … ` for up to six words between, ` .. ` for up to three words of the
same list item, and a hyphen also for a space or for nothing. ` | ` parts a verb in two: what stands behind it comes
later in the sentence, as in `stelt | op de hoogte`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_GAPS = {" … ": r"\W{1,12}(?:\w{1,40}\W{1,12}){0,6}?", " .. ": r"[^\w,;:.]{1,6}(?:[\w'-]{1,40}[^\w,;:.]{1,6}){0,3}?"}
_GAP = re.compile(" … | [.][.] ")
_LATER = 280
"""Characters within which the second half of a parted verb stands."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: of which kind, from where to where (excluded)."""

    kind: str
    start: int
    end: int


class Phrases:
    """Phrases of several kinds, looked for together; where two begin alike, the longer wins."""

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        rated = sorted(((phrase, kind) for kind, phrases in kinds.items() for phrase in phrases), key=_longest)
        self._plain = {phrase.partition(" | ")[0].lower(): kind for phrase, kind in reversed(rated)}
        self._wild = [(phrase, kind) for phrase, kind in rated if not phrase.replace(" ", "").isalpha()]
        self._all = [phrase for phrase, _ in rated]

    def hits(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return what is found in a text of small letters, from left to right."""
        found = self._pattern.finditer(text, start, len(text) if end is None else end)
        return [Hit(self._kind(one[0]), one.start(), one.end()) for one in found]

    def first(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first that is found, or None."""
        found = self._pattern.search(text, start, len(text) if end is None else end)
        return Hit(self._kind(found[0]), found.start(), found.end()) if found else None

    def _kind(self, matched: str) -> str:
        plain = " ".join(matched.split())
        if plain not in self._plain:
            self._plain[plain] = next(kind for pattern, kind in self._patterns if pattern.fullmatch(matched))
        return self._plain[plain]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_by_first_letters(self._all)})(?!\w)")

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(pattern_of(phrase.partition(" | ")[0])), kind) for phrase, kind in self._wild]


def pattern_of(phrase: str) -> str:
    """Return the regular expression of a phrase."""
    first, _, second = phrase.lower().partition(" | ")
    later = rf"(?=\W(?s:.{{0,{_LATER}}}?)(?<!\w)(?:{_sequence(second)})(?!\w))" if second else ""
    return _sequence(first) + later


def alternatives(phrases: Iterable[str]) -> str:
    """Return the regular expression that any of some phrases matches, the longer ones tried first."""
    return "|".join(sorted(map(pattern_of, phrases), key=len, reverse=True)) or r"(?!)"


def _sequence(phrase: str) -> str:
    at, pattern = 0, ""
    for gap in _GAP.finditer(phrase):
        pattern += _words(phrase[at : gap.start()]) + _GAPS[gap[0]]
        at = gap.end()
    return pattern + _words(phrase[at:])


def _words(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\-", r"[-\s]{0,2}")
    return escaped.replace(r"\ ", r"\s+")


def _by_first_letters(phrases: Iterable[str]) -> str:
    """Return an alternation that looks at one letter before it tries any phrase: it is run at every word."""
    letters: dict[str, list[str]] = {}
    for phrase in phrases:
        letters.setdefault(phrase[:1].lower(), []).append(phrase)
    parts = (f"(?={re.escape(letter)})(?:{'|'.join(map(pattern_of, group))})" for letter, group in letters.items())
    return "|".join(parts) or r"(?!)"


def _longest(rated: tuple[str, str]) -> tuple[int, str]:
    return -len(rated[0]), rated[0]
