"""Cleaning: what extraction did to a text is undone, and every character keeps its place in the file."""

import re
from collections import Counter

from playbooks.reader.text import Text, replaced

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060\u201a\u201b", "'"),  # apostrophes and single quotes
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a", '"'),  # double quotes
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),  # hyphens and dashes
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u0130": "I",  # small, it would be two characters
    "\u2026": "...",
}  # fmt: skip

_MOJIBAKE_MARK = re.compile("[ÃÂâ]")
_MOJIBAKE = re.compile("[ÂÃâåÅäÄ][^\x00-\x7f]{1,6}")
_LONE_MOJIBAKE = re.compile(r"(?<=\w)â(?=s\b|t\b|\s)|(?<=\s)â(?=\w)|(?<=\w)â(?=[\s).,;:]|$)")
_ODD_CASE = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Ý][a-zà-ÿ]{2})")
_GLUED_NUMBER = re.compile(r"(?<=[a-zà-ÿ]{3})(?=\d{1,3}(?!\d))|(?<=[a-zà-ÿ]{2}[.;])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_CLEANED = re.compile(
    r"(?P<hyphen>(?<=[a-zà-ÿ])[-\u00ad\u2010]\r?[ \t]*\n[ \t]*(?=[a-zà-ÿ]))"
    r"|(?P<markup>\*{2,3}|__|\\(?=[^\w\s]|_)|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))"
    r"|(?P<link>\[(?=[^\[\]\n]{1,300}\]\([^()\s]{0,300}\))|(?<=[^\[\]\n])\]\([^()\s]{0,300}\))"
    r"|(?P<space>[^\S\n]{2,}|[^\S\n ]|[ ](?=\n))"
    r"|(?P<unseen>[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f])"
    r"|(?P<typography>[" + "".join(_PLAIN) + "])"
)
_LONE_A_GRAVE = re.compile(r"(?<!\w)Ã ?(?=\s)")
_LATIN_1 = 0xFF
_PAGE = re.compile(
    r"^[ \t]*(?:[-–—|]\s*)?(?:(?:page|seite|pagina|página|sida|p\.)\s*)?\d{1,4}"
    r"(?:\s*(?:/|of|de|von|di|van|sur|av)\s*\d{1,4})?(?:\s*[-–—|])?[ \t\f\r]*$",
    re.IGNORECASE,
)
_PAGE_BREAK = re.compile(
    r"(?<=[^\W\d_]|[,-])[ \t]*(?:\r?\n(?![ \t]*[a-zà-ÿ])[^\n]{0,120}){1,4}?\r?\n[ \t]*(?=[a-zà-ÿ])"
)
_PAGE_MARK = re.compile(
    r"^[ \t]*[-–—|][ \t]?\d{1,4}[ \t]?[-–—|][ \t]*\r?$"
    r"|(?:^|[ \t]{2})(?:page|pag\.?|seite|pagina|página|sida|p\.)[ \t]?\d{1,4}"
    r"(?:[ \t]?(?:/|of|de|di|von|van|sur|av)[ \t]?\d{1,4})?(?=[ \t]{2}|[ \t]*\r?$)"
    r"|(?:^|[ \t]{3})\d{1,4}[ \t]?/[ \t]?\d{1,4}[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_FURNITURE_TIMES = 3
_FURNITURE_LENGTH = (6, 120)


def cleaned(text: Text) -> Text:
    """Return the text as its author wrote it, as far as that can be told.

    Broken encodings are mended, words that a line end cut are joined, glued words parted; running headers and
    page numbers go, and so do Markdown's marks; typography becomes plain. Line ends stay.
    """
    text = _without_furniture(_without_page_breaks(_mended(text)))
    text = replaced(text, _CLEANED, _plain)
    text = replaced(text, _ODD_CASE, lambda _: " ") if _glued(text.characters) else text
    return replaced(text, _GLUED_NUMBER, lambda _: " ")


def _mended(text: Text) -> Text:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1."""
    if not _MOJIBAKE_MARK.search(text.characters):
        return text
    text = replaced(text, _MOJIBAKE, lambda found: _decoded_again(found[0]))
    text = replaced(text, _LONE_A_GRAVE, lambda _: "à")
    if "â" in text.characters:
        text = replaced(text, _LONE_MOJIBAKE, lambda _: "'")
    return text


def _decoded_again(run: str) -> str:
    """Return a run as UTF-8 once more; as it was, where it is none."""
    data = bytearray()
    for character in run:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > _LATIN_1:
                return run
            data.append(ord(character))
    for length in range(len(data), 1, -1):
        try:
            return data[:length].decode("utf-8") + run[length:]
        except UnicodeDecodeError:
            continue
    return run


def _plain(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "hyphen" | "markup" | "unseen" | "link":
            return ""
        case "space":
            return _space(found)
        case _:
            return _PLAIN[found[0]]


def _space(found: re.Match[str]) -> str:
    if found.string[found.end() : found.end() + 1] == "\n":
        return ""
    return "\n" if "\r" in found[0] or "\f" in found[0] else " "


def _without_furniture(text: Text) -> Text:
    """Blank out page numbers and lines that come back page after page."""
    lines = text.characters.split("\n")
    shapes = Counter(_shape(line) for line in lines if line and len(line) <= _FURNITURE_LENGTH[1])
    pages = sum(1 for line in lines if _PAGE.match(line))
    pages = max(pages, text.characters.count("\f"))
    if pages < _FURNITURE_TIMES:
        return text
    often = {
        shape
        for shape, times in shapes.items()
        if times >= max(_FURNITURE_TIMES, pages // 2) and len(shape) >= _FURNITURE_LENGTH[0] and not shape.endswith(";")
    }
    return replaced(
        text,
        re.compile(r"^[^\n]{1,160}$", re.MULTILINE),
        lambda found: "" if _PAGE.match(found[0]) or _shape(found[0]) in often else found[0],
    )


def _without_page_breaks(text: Text) -> Text:
    """Take out the footer and header lines that interrupt a sentence where a page ends."""
    if not _PAGE_MARK.search(text.characters):
        return text
    return replaced(text, _PAGE_BREAK, lambda found: "\n" if _PAGE_MARK.search(found[0]) else found[0])


def _shape(line: str) -> str:
    """Return a line without what differs from page to page."""
    return re.sub(r"\d+", "#", line.strip()).casefold()


def _glued(text: str) -> bool:
    """Say whether an extraction lost its spaces: far more odd capitals than names explain."""
    return len(_ODD_CASE.findall(text)) * 150 > text.count(" ")
