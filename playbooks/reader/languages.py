"""Which language a paragraph is in, told by its small words; a document may mix two."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from playbooks.reader.lexicon import small_words

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 3.0
_SHARE = 0.08


def language_of(words: str, otherwise: str) -> str:
    """Return the language of a text in small letters; `otherwise` where it has too few words to tell."""
    scores = _scores(words)
    best = max(scores, key=scores.__getitem__, default=otherwise)
    return best if scores.get(best, 0) >= _ENOUGH else otherwise


def languages_of(paragraphs: list[str]) -> list[str]:
    """Return the languages of a document, the one with most text first; at least one."""
    lengths = Counter[str]()
    for words in paragraphs:
        if language := language_of(words, ""):
            lengths[language] += len(words)
    total = lengths.total()
    return [language for language, length in lengths.most_common() if length >= total * _SHARE] or _likeliest(
        paragraphs
    )


def _likeliest(paragraphs: list[str]) -> list[str]:
    scores = _scores(" ".join(paragraphs))
    return [max(scores, key=scores.__getitem__, default="en")]


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
