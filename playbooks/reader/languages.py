"""Which language a paragraph is in, told by its small words; a document may mix two."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from playbooks.reader.lexicon import small_words

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 3.0
_ENOUGH_CHARACTERS = 50
_SHARE = 0.08


def languages_of(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """Return the languages of a document, the one with most text first, and the language of each paragraph.

    Args:
        paragraphs: their words, in small letters. One with too few of them is in the document's first language.
    """
    told = [_told(words) for words in paragraphs]
    lengths = Counter[str]()
    for language, words in zip(told, paragraphs, strict=True):
        if language is not None:
            lengths[language] += len(words)
    total = lengths.total()
    languages = [language for language, length in lengths.most_common() if length >= total * _SHARE]
    languages = languages or [main_language(" ".join(paragraphs))]
    return languages, [language or languages[0] for language in told]


def main_language(words: str) -> str:
    """Return the language that most of a text in small letters is in."""
    return _likeliest(_scores(words))


def _told(words: str) -> str | None:
    """Return the language of a text; None where it has too few words to tell."""
    if len(words) < _ENOUGH_CHARACTERS:
        return None
    scores = _scores(words)
    best = _likeliest(scores)
    return best if scores.get(best, 0) >= _ENOUGH else None


def _likeliest(scores: Mapping[str, float]) -> str:
    return max(scores, key=scores.__getitem__, default="en")


def _scores(words: str) -> dict[str, float]:
    weights = _weights()
    scores: dict[str, float] = {}
    for word, times in Counter(_WORD.findall(words)).items():
        for language, weight in weights.get(word, ()):
            scores[language] = scores.get(language, 0) + times * weight
    return scores


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return for each small word its languages, and how much it tells of each."""
    owners: dict[str, list[str]] = {}
    for language, words in small_words().items():
        for word in words:
            owners.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(known)) for language in known) for word, known in owners.items()}
