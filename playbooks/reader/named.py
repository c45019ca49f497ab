"""Parties that a sentence calls by their proper names only: `Nordlight informs the Harbour Trust`."""

import re

from playbooks.reader.lexicon import Lexicon, small_words
from playbooks.reader.parties import NAMED, Mention, Pair, Parties, is_named, who_tells_whom
from playbooks.reader.phrases import Hit

_NAME = re.compile(r"[A-ZÀ-Þ][\w.-]{1,40}(?:(?: | & )[A-ZÀ-Þ][\w.-]{1,40}){0,3}")
_SUBJECT = 32
_BESIDE = 6


def pair_by_names(
    duty: Hit, mentions: list[Mention], characters: str, zone_end: int, parties: Parties, lex: Lexicon
) -> tuple[Pair, tuple[str | None, str | None]]:
    """Return who owes a duty to whom where proper names count as parties, and those names.

    Of two names, the one that tells is the vendor, unless it is its data that are concerned.
    """
    named = [*mentions, *_names(duty, characters, mentions, parties, lex)]
    found = sorted(named, key=lambda one: one.start)
    everybody = [parties.of_whom(one, found) for one in found]
    teller, told = who_tells_whom(duty, everybody, characters.lower(), zone_end, lex)
    names = _name(teller), _name(told)
    return _resolved(teller, told, parties.owners), names


def _resolved(teller: str | None, told: str | None, owners: frozenset[str]) -> Pair:
    teller_name, told_name = _name(teller), _name(told)
    if teller_name and told_name:
        is_reversed = teller_name in owners and told_name not in owners
        return ("customer", "vendor") if is_reversed else ("vendor", "customer")
    if teller_name:
        return ("vendor" if told in {"customer", "other_party"} else None), told
    if told_name:
        opposite = {"vendor": "customer", "customer": "vendor"}.get(teller or "")
        return teller, opposite or ("customer" if told_name in owners else None)
    return teller, told


def _name(kind: str | None) -> str | None:
    return kind.removeprefix(NAMED) if kind and is_named(kind) else None


def _names(duty: Hit, characters: str, mentions: list[Mention], parties: Parties, lex: Lexicon) -> list[Mention]:
    words = characters.lower()
    taken = [(one.start, one.end) for one in mentions]
    taken += [(one.start, one.end) for one in lex.events.hits(words)]
    found: list[tuple[str, int, int]] = []
    for match in _NAME.finditer(characters):
        start, end = _without_opener(match, lex)
        text = words[start:end].rstrip(".-")
        if not text or any(start < other and one < end for one, other in taken):
            continue
        beside = 0 <= start - duty.end <= _BESIDE or 0 <= duty.start - end <= 1
        if _is_name(characters, start, end, text, lex, beside=beside):
            found.append((text, start, end))
    known = {text for text, _, _ in found}
    genitive = {text for text in known if lex.verb_last and text.endswith("s") and text[:-1] in known}
    return [
        parties.mention_of(characters, Hit(NAMED + (text[:-1] if text in genitive else text), start, end))
        for text, start, end in found
    ]


def _without_opener(match: re.Match[str], lex: Lexicon) -> tuple[int, int]:
    """Leave out a first word that is capitalised only because a sentence begins with it: `Where Acme becomes …`."""
    start, end = match.span()
    first = match[0].split(" ")[0].lower()
    if first in lex.openers or (first in small_words()[lex.language] and first not in lex.words):
        start = min(end, start + len(first) + 1)
    return start, end


def _is_name(characters: str, start: int, end: int, text: str, lex: Lexicon, *, beside: bool) -> bool:
    """Say whether capitalised words are a name: not the lexicon's own, and no mere noun or beginning of a sentence.

    Where every noun is capitalised, one beside the verb counts as a name: `Der Drucker warnt den Verlag`.
    """
    known = (lex.personal, lex.soft, lex.limits, lex.channel, lex.triggers, lex.scope, lex.chain)
    if any(hit.start == 0 for phrases in known if (hit := phrases.first(text))):
        return False
    several = " " in text or any(letter.isdigit() or letter.isupper() for letter in characters[start + 1 : end])
    if several or (beside and lex.nouns_capitalised):
        return True
    before = characters[:start].rstrip()
    opens = not before or before[-1] in ".:;!?\n|"
    if opens or lex.nouns_capitalised:
        again = characters.count(characters[start:end]) > 1 and not lex.nouns_capitalised
        verb = lex.duties.first(characters.lower(), end, min(len(characters), end + _SUBJECT))
        return again or (verb is not None and verb.kind == "active" and opens)
    return True
