"""What a document says of itself: governing law, mailbox, version, date, and which language prevails."""

import re
from collections.abc import Iterable

from playbooks.reader.clauses import Paragraph, sentences
from playbooks.reader.lexicon import Lexicon
from playbooks.reader.phrases import Hit
from playbooks.reader.reading import Found
from playbooks.reader.statements import place_of
from playbooks.reader.text import Text

_HEAD = 2_500
_TAIL = 1_200
_LAW_BEFORE = 45
_LAW_AFTER = 170
_EMAIL = re.compile(r"[\w.+-]{2,40}@[\w-]{2,40}(?:\.[\w-]{2,24}){1,3}")
_ROLE = re.compile(
    r"(?:dpo|dpd|dsb|fg|rpd|privacy|privacidad|gdpr|rgpd|avg|dataprotection|data-protection|datenschutz|dataskydd|integritet|protecciondatos|donnees|security)\b|privacy|dataprotection|datenschutz",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?:version|versione|versie|versión|ver|rev|v)\.?\s*(?:no\.?|n°|nr\.?|n\b)?\s*:?\s*(\d{1,3}(?:\.\d{1,3}){0,3})\b(?!\s*(?:of|/|%))",
    re.IGNORECASE,
)
_NUMERIC_DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}"
_BEFORE_DATE = 45


def governing_law_of(text: Text, languages: Iterable[tuple[Paragraph, Lexicon]]) -> Found | None:
    """Return the law that governs the document: a country of ISO 3166-1, or its part of ISO 3166-2.

    The law chosen for standard contractual clauses inside the document is not the document's.
    """
    for paragraph, lex in languages:
        words = text.characters[paragraph.start : paragraph.end].lower()
        if not any(stem in words for stem in lex.law_stems):
            continue
        heading = text.characters[slice(*paragraph.heading)].lower() if paragraph.heading else ""
        if lex.document["law_of_clauses"].first(heading):
            continue
        for start, end in sentences(words, 0, len(words)):
            if lex.document["law_of_clauses"].first(words, start, end):
                continue
            if country := _country(words, start, end, heading, lex):
                begin, close = paragraph.start + country.start, paragraph.start + country.end
                return _found(text, paragraph, begin, close, country.kind)
    return None


def _country(words: str, start: int, end: int, heading: str, lex: Lexicon) -> Hit | None:
    hit = lex.document["law"].first(words, start, end)
    if hit:
        window = max(start, hit.start - _LAW_BEFORE), min(end, hit.end + _LAW_AFTER)
    elif heading and lex.document["law_heading"].first(heading):
        window = start, end
    else:
        return None
    found = lex.country.hits(words, *window)
    behind = [one for one in found if hit is None or one.start >= hit.start] or found
    part = next((one for one in behind[:3] if one.kind.startswith(f"{behind[0].kind}-")), None)
    return part or (behind[0] if behind else None)


def mailbox_of(text: Text, paragraphs: list[Paragraph], lex: Lexicon) -> Found | None:
    """Return the role mailbox for data protection: one that is called so, or that is named beside the DPO."""
    near: Found | None = None
    for found in _EMAIL.finditer(text.characters):
        local = found[0].split("@")[0]
        before = text.characters[max(0, found.start() - 120) : found.start()].lower()
        if _ROLE.search(local):
            return _found(text, _around(paragraphs, found.start()), found.start(), found.end(), found[0].rstrip("."))
        if near is None and lex.document["dpo"].first(before) and not re.search(r"[a-z]+\.[a-z]+", local):
            near = _found(text, _around(paragraphs, found.start()), found.start(), found.end(), found[0].rstrip("."))
    return near


def version_of(text: Text, paragraphs: list[Paragraph]) -> Found | None:
    """Return the document's own version, as its first or last lines name it."""
    for start, end in _edges(text.characters):
        if found := _VERSION.search(text.characters, start, end):
            return _found(text, _around(paragraphs, found.start()), found.start(), found.end(), found[1])
    return None


def date_of(text: Text, paragraphs: list[Paragraph], lex: Lexicon) -> Found | None:
    """Return the document's own date, as it is written in its first or last lines."""
    months = "|".join(lex.month_names)
    date = re.compile(
        rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+)?)?(?<!\w)(?:{months})\.?\s+(?:de\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}|{_NUMERIC_DATE}",
        re.IGNORECASE,
    )
    for start, end in _edges(text.characters):
        for found in date.finditer(text.characters, start, end):
            before = text.characters[max(0, found.start() - _BEFORE_DATE) : found.start()].lower()
            if (
                lex.document["dated"].first(before)
                or lex.document["version"].first(before)
                or found.start() < _BEFORE_DATE * 6
            ):
                return _found(text, _around(paragraphs, found.start()), found.start(), found.end(), found[0])
    return None


def prevailing_language_of(text: Text, languages: Iterable[tuple[Paragraph, Lexicon]]) -> Found | None:
    """Return the language that decides where versions of the document differ."""
    for paragraph, lex in languages:
        words = text.characters[paragraph.start : paragraph.end].lower()
        if not lex.document["prevails"].first(words):
            continue
        for start, end in sentences(words, 0, len(words)):
            prevails = lex.document["prevails"].first(words, start, end)
            named = lex.prevailing.hits(words, start, end)
            if prevails and named and lex.document["language_word"].first(words, start, end):
                nearest = min(named, key=lambda one: abs(one.start - prevails.start))
                return _found(
                    text, paragraph, paragraph.start + nearest.start, paragraph.start + nearest.end, nearest.kind
                )
    return None


def _edges(characters: str) -> tuple[tuple[int, int], tuple[int, int]]:
    return (0, min(_HEAD, len(characters))), (max(0, len(characters) - _TAIL), len(characters))


def _around(paragraphs: list[Paragraph], at: int) -> Paragraph:
    return next((one for one in reversed(paragraphs) if one.start <= at), paragraphs[0])


def _found(text: Text, paragraph: Paragraph, start: int, end: int, value: str) -> Found:
    return Found(value, place_of(text, paragraph), text.span(start, end), " ".join(text.quoted(start, end).split()))
