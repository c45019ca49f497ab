"""The characters that each format shows a reader, without spaces, read by other means than they were written.

What only lays out is left away: bullets, the dash between term and answer, head and foot of a page.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pypdf import PdfReader

LAYOUT = str.maketrans("", "", "•‣–—")


def packed(text: str) -> str:
    """Leave away spaces, and what only lays out."""
    return "".join(text.split()).translate(LAYOUT)


def in_markdown(markdown: str) -> str:
    return packed("".join(_markdown_parts(markdown)))


def _markdown_parts(markdown: str) -> Iterator[str]:
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        if token.type == "list_item_open" and token.info:
            yield f" {token.info}. "
        elif token.type in {"fence", "code_block"}:
            yield token.content
        for at, part in enumerate(token.children or ()):
            tick = at == 0 and part.content[:4] in {"[x] ", "[ ] "}
            yield ({"[x] ": "☒", "[ ] ": "☐"}[part.content[:4]] + part.content[4:]) if tick else part.content


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.numbers: list[int | None] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"title", "style"}:
            self.hidden = True
        elif tag in {"ul", "ol"}:
            self.numbers.append(int(dict(attrs)["start"] or 0) if tag == "ol" else None)
        elif tag == "li" and self.numbers[-1] is not None:
            self.parts.append(f"{self.numbers[-1]}.")
            self.numbers[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "style"}:
            self.hidden = False
        elif tag in {"ul", "ol"}:
            self.numbers.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def in_html(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    return packed("".join(reader.parts))


def html_tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Reader()
    reader.feed(html)
    return reader.tags


def in_word(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    counted: dict[int, int] = {}
    return packed("".join(part for one in document.element.body.iter(qn("w:p")) for part in _word_parts(one, counted)))


def _word_parts(paragraph: Any, counted: dict[int, int]) -> Iterator[str]:
    properties = paragraph.pPr
    if properties is not None and properties.numPr is not None:
        numbering = properties.numPr.numId.val
        counted[numbering] = counted.get(numbering, 0) + 1
        yield f"{counted[numbering]}."
    yield from (part.text or "" for part in paragraph.iter(qn("w:t")))


def in_pdf(data: bytes) -> str:
    """Leave away the head and the foot of each page, which must be there."""
    pages = pdf_pages(data)
    said = []
    for at, page in enumerate(pages, start=1):
        head, _, rest = page.partition("\n")
        body, _, foot = rest.rpartition("\n")
        assert "INC-2026-0001" in head
        assert foot.endswith(f"{at} / {len(pages)}")
        said.append(body)
    return packed("".join(said))


def pdf_pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def mail_in(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message
