"""Words that an extraction ran together, `shallnotify`, are parted: where both halves are words of the document."""

import re
from collections import Counter

from playbooks.reader.lexicon import Lexicon, small_words
from playbooks.reader.text import Text, replaced

_WORD = re.compile(r"[^\W\d_]{2,40}")
_LONG = re.compile(r"[^\W\d_]{8,40}")
_KNOWN_TIMES = 3
_SHORTEST = 2
_ENOUGH = 2
_RARE = 200


def parted(text: Text, lex: Lexicon) -> Text:
    """Return the text with glued words parted, if there are enough of them to tell that its spaces were lost.

    Languages that run words together by themselves are left alone.
    """
    if lex.verb_last:
        return text
    counts = Counter(_WORD.findall(text.characters.lower()))
    known = {word for word, times in counts.items() if times >= _KNOWN_TIMES} | small_words()[lex.language] | lex.words
    rare = (word for word in counts if word not in known and _LONG.fullmatch(word))
    cuts = {word: cut for word in rare if (cut := _cut(word, known) or _after_one_letter(word, known, lex))}
    if len(cuts) < max(_ENOUGH, len(counts) // _RARE):
        return text
    return replaced(text, _LONG, lambda found: _with_space(found[0], cuts))


def _cut(word: str, known: set[str]) -> int | None:
    """Return where a word falls into two known ones, the longer first half preferred; None where it does not."""
    places = range(len(word) - _SHORTEST, _SHORTEST - 1, -1)
    return next((at for at in places if word[:at] in known and word[at:] in known), None)


def _after_one_letter(word: str, known: set[str], lex: Lexicon) -> int | None:
    """Return 1 where one letter that is a word was run together with a word of the lexicon: `aconoscenza`."""
    return 1 if word[0] in known and word[1:] in lex.words else None


def _with_space(word: str, cuts: dict[str, int]) -> str:
    at = cuts.get(word.lower())
    return word if at is None else f"{word[:at]} {word[at:]}"
