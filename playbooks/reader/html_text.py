"""The text of an HTML page; each character keeps its place among the tags."""

import re
from html import unescape
from html.parser import HTMLParser

from playbooks.reader.text import Text, made_of

_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "svg"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:p|div|li|ul|ol|span|h[1-6]|table|tr|td|br)\b[^<>]{0,300}>", re.IGNORECASE)
_UNCLOSED = re.compile(r"<(?![^<>]*>)")
_NO_TAG = "\u2039"
"""Stands for what opens no tag: the parser of some versions of Python takes hours for many of those."""
_SNIFFED = 20_000
_MANY_TAGS = 10


def is_html(characters: str) -> bool:
    """Say whether a text is an HTML page or a part of one."""
    head = characters[:_SNIFFED]
    return bool(_HTML.search(head)) or len(_TAGS.findall(head)) >= _MANY_TAGS


def without_tags(text: Text) -> Text:
    """Return what a browser would show, a line for each block; headings and list items are marked as in Markdown."""
    page = _Page(text.characters)
    page.feed(_UNCLOSED.sub(_NO_TAG, _without_comments(text.characters)))
    page.close()
    return made_of(text, page.pieces)


def _without_comments(source: str) -> str:
    """Return a page with blanks for its comments: as long as it was."""
    pieces: list[str] = []
    place = 0
    while (start := source.find("<!--", place)) >= 0 and (end := source.find("-->", start)) >= 0:
        pieces += (source[place:start], re.sub(r"[^\n]", " ", source[start : end + 3]))
        place = end + 3
    return "".join([*pieces, source[place:]])


class _Page(HTMLParser):
    """Collects what is shown, each piece with its place in the page's source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[tuple[str, int, int]] = []
        self._newlines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._unseen = 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._unseen = 0
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self._add("\n" + {"li": "- "}.get(tag, ""), 0)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self._add("\n", 0)

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", " "), len(data))

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};"), len(name) + 3)

    def _add(self, shown: str, length: int) -> None:
        if not self._unseen:
            line, column = self.getpos()
            at = self._newlines[line - 1] + column
            self.pieces.append((shown, at, at + length))
