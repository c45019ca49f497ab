"""A contract's text cut into paragraphs, each with its place: number, heading, and the sentence that opens its list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from playbooks.reader.text import Text

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_UNDERLINE = re.compile(r"[=\-_*~#|\s]+")
_MARKDOWN = re.compile(r"#{1,6}\s+")
_NUMBER = re.compile(
    r"(?:(?P<word>article|section|clause|artikel|articolo|art[ií]culo|cl[aá]usula|clausola|art\.?|§{1,2}|punkt|avsnitt)\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z]\.\d{1,3}(?:\.\d{1,3}){0,3}|(?<=\s)[IVX]{1,5})(?P<end>\s?[.):]+|)(?:\s+|$)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-•·●◦▪*+o]|\(?[a-z]{1,2}\)|\(?[ivxIVX]{1,6}\)|[a-z]\.|\(\d{1,2}\)|\d{1,2}\))\s+")
_SENTENCE_END = re.compile(
    r"(?<![\s(.][a-zA-ZÀ-ÿ])(?<!\bart)(?<!\bno)(?<!\bnr)(?<!\babs)(?<!\bbzw)(?<!\bggf)(?<!\binc)(?<!\bltd)(?<!\bresp)"
    r"[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-ZÀ-ÝÅÄÖ0-9•-])"
    r"|;\s+(?:(?:and|or|et|ou|e|o|y|en|und|oder|och|samt)\s+)?(?=\(?[a-z]{1,4}\)\s|\(\d\)\s|[-•]\s)"
    r"|\n\s*\n",
    re.IGNORECASE,
)
_INLINE_ITEM = re.compile(r"(?:\(?[ivx]{1,5}\)|\(?[a-h]\)|\(\d\))\s")
_WRAPPED = 45
_HEADING = 110
_HEADING_WORDS = 14
_LEAD = 700


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of a contract that says one thing, and where it stands.

    Attributes:
        start, end: its characters in the cleaned text, its number or bullet left out.
        number: its own number, or that of the clause around it; None where none is given.
        heading: the heading above it, if any.
        lead: the sentences that open the list it is an item of.
        section: counts headings, so that what stands under one heading is known to belong together.
    """

    start: int
    end: int
    number: str | None
    heading: Span | None
    lead: tuple[Span, ...]
    section: int


def paragraphs(text: Text) -> list[Paragraph]:
    """Return the paragraphs of a cleaned text in their order; headings count as paragraphs of their own."""
    return list(_Outline(text.characters).paragraphs())


def sentences(characters: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch; items of a list inside a sentence are cut apart, too."""
    cuts = [start, *(found.end() for found in _SENTENCE_END.finditer(characters, start, end)), end]
    return [(one, other) for one, other in pairwise(cuts) if characters[one:other].strip()]


def opens_list(characters: str, start: int, end: int) -> int | None:
    """Return where a sentence's opening words end, if it opens a list inside itself: `shall: (a) …; (b) …`."""
    colon = characters.find(":", start, end)
    return colon + 1 if colon != -1 and _INLINE_ITEM.match(characters[colon + 1 : end].lstrip()) else None


class _Outline:
    """Walks through the lines, remembering under which number and heading it is."""

    def __init__(self, characters: str) -> None:
        self._text = characters
        self._number: str | None = None
        self._heading: Span | None = None
        self._lead: tuple[Span, ...] = ()
        self._outer: tuple[Span, ...] = ()
        self._section = 0
        self._listing = False
        self._in_table = False

    def paragraphs(self) -> Iterator[Paragraph]:
        blocks = list(self._blocks())
        for at, (start, end, alone) in enumerate(blocks):
            body, number, marked = self._marker(start, end)
            if body >= end:
                self._number = number or self._number
                continue
            opens = self._opens_list(start, end, blocks[at + 1][:2] if at + 1 < len(blocks) else None)
            if not opens and self._is_heading(start, body, end, number, alone=alone):
                self._open_section(body, end, number)
                yield Paragraph(body, end, self._number, (body, end), (), self._section)
                continue
            yield self._paragraph(start, body, end, number, marked=marked, opens=opens)

    def _paragraph(
        self, start: int, body: int, end: int, number: str | None, *, marked: bool, opens: bool
    ) -> Paragraph:
        """Return what is no heading, and remember whether a list follows it."""
        if number is not None and "." in number:
            self._lead = self._outer
        row = self._text[start] == "|"
        if self._in_table and not row:
            self._lead = self._outer = ()
        is_item = bool(self._lead) and (
            marked or number is not None or self._text[body].islower() or (row and self._in_table)
        )
        if number is not None and not (is_item and "." not in number):
            self._number = number
        if number is not None and not is_item:
            self._lead = self._outer = ()
        paragraph = Paragraph(body, end, self._number, self._heading, self._lead if is_item else (), self._section)
        self._listing = self._text[end - 1] in ":;,"
        if self._text[end - 1] == ":" or opens or (row and not self._in_table):
            opening = (max(sentences(self._text, body, end)[-1][0], end - _LEAD), end)
            nested = is_item and self._text[body].islower()
            self._lead = (*self._lead[:1], opening) if nested else (opening,)
            self._outer = self._outer if nested else self._lead
        self._in_table = row
        return paragraph

    def _opens_list(self, start: int, end: int, following: Span | None) -> bool:
        """Say whether a line without a colon opens a list: an item in small letters stands right below it."""
        if following is None or not self._text[end - 1].isalpha() or self._text.startswith(("#", "|"), start):
            return False
        body, _, marked = self._marker(*following)
        return marked and body < following[1] and self._text[body].islower() and following[0] - end <= 1

    def _blocks(self) -> Iterator[tuple[int, int, bool]]:
        """Yield lines, those joined that only the page's width parted; and whether a blank line is on both sides."""
        lines = [found.span() for found in _LINE.finditer(self._text) if self._text[slice(*found.span())].strip()]
        at = 0
        while at < len(lines):
            first = at
            while at + 1 < len(lines) and self._continues(lines[at], lines[at + 1]):
                at += 1
            start, end = lines[first][0], lines[at][1]
            before = first == 0 or lines[first][0] - lines[first - 1][1] > 1
            after = (
                at + 1 == len(lines)
                or lines[at + 1][0] - end > 1
                or bool(_UNDERLINE.fullmatch(self._text, *lines[at + 1]))
            )
            if not _UNDERLINE.fullmatch(self._text, start, end):
                yield start, end, before and after and first == at
            at += 1

    def _continues(self, line: Span, following: Span) -> bool:
        start, end = line
        text = self._text
        if _UNDERLINE.fullmatch(text, *following):
            return False
        body = following[0] + len(text[slice(*following)]) - len(text[slice(*following)].lstrip())
        if text[end - 1] in ".;:!?|" or self._marker(body, following[1])[2] or text[body] in "#|=":
            return False
        if self._marker(body, following[1])[1] is not None and not text[body].islower():
            return bool(re.fullmatch(r"\d+", text[body : body + 3].split(" ")[0]) and text[end - 1] == ",")
        if following[0] - end > 1:
            return text[body].islower() and end - start > _WRAPPED and text[end - 1] != ","
        return text[body].islower() or (end - start > _WRAPPED and not text[start:end].isupper())

    def _marker(self, start: int, end: int) -> tuple[int, str | None, bool]:
        """Return where the words begin, the number before them, and whether a bullet stands there."""
        while start < end and self._text[start].isspace():
            start += 1
        if found := _MARKDOWN.match(self._text, start, end):
            start = found.end()
        if found := _BULLET.match(self._text, start, end):
            return found.end(), None, True
        found = _NUMBER.match(self._text, start, end)
        if found and (
            found["word"] or found["end"] or "." in found["number"] or self._text[found.end() :][:1].isupper()
        ):
            return found.end(), found["number"].rstrip("."), False
        return start, None, False

    def _is_heading(self, start: int, body: int, end: int, number: str | None, *, alone: bool) -> bool:
        words = self._text[body:end].strip()
        if self._text.startswith("#", start):
            return True
        if len(words) > _HEADING or words[-1] in ".;,:!?" or (self._listing and number is None and not words.isupper()):
            return False
        if len(words.split()) > _HEADING_WORDS or not (words[0].isupper() or words[0].isdigit()):
            return False
        if self._lead and self._listing:
            return words.isupper() and number is not None
        return number is not None or words.isupper() or alone

    def _open_section(self, body: int, end: int, number: str | None) -> None:
        self._section += 1
        self._number = number if number is not None else self._number if self._text[body:end].isupper() else None
        self._heading = (body, end)
        self._lead = self._outer = ()
        self._listing = False
