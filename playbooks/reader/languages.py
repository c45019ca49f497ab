"""Which language a paragraph is in, told by its small words; a document may mix two."""

import re
from collections import Counter

from playbooks.reader.lexicon import small_words

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4
_SHARE = 0.08


def language_of(words: str, otherwise: str) -> str:
    """Return the language of a text in small letters; `otherwise` where it is too short to tell."""
    return _best(Counter(_WORD.findall(words)), otherwise)


def languages_of(paragraphs: list[str]) -> list[str]:
    """Return the languages of a document, the one with most text first; at least one."""
    lengths = Counter[str]()
    for words in paragraphs:
        if language := language_of(words, ""):
            lengths[language] += len(words)
    total = lengths.total()
    return [language for language, length in lengths.most_common() if length >= total * _SHARE] or ["en"]


def _best(counts: Counter[str], otherwise: str) -> str:
    scores = {one: sum(counts[word] for word in words & counts.keys()) for one, words in small_words().items()}
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] >= _ENOUGH else otherwise
