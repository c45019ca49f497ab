"""A draft as a Word file that counsel can edit: real headings, lists and tables, and no person's name in it."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident.notices.blocks import (
    TICKED,
    UNTICKED,
    Block,
    Heading,
    Line,
    Paragraph,
    Points,
    Quote,
    Terms,
    Ticks,
    Verbatim,
    Words,
)
from incident.notices.page import Page
from incident.notices.word_styles import TERM_WIDTH, TEXT_WIDTH, VERBATIM, add_field, new_numbering, number, set_styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

DEEPEST = 3
"""Word has styles for lists of so many levels."""


def word(page: Page) -> bytes:
    """Return a page as a Word file (.docx), the same bytes for the same page."""
    import docx

    document = docx.Document()
    set_styles(document, page.language)
    _describe(document, page)
    _head_and_foot(document, page)
    _write(document, page.blocks, 0)
    saved = io.BytesIO()
    document.save(saved)
    return _dated(saved.getvalue(), page.as_of)


def _describe(document: "Document", page: Page) -> None:
    """Say what the document is; the names of who wrote it and where are nobody's business."""
    about = document.core_properties
    about.title, about.language = page.title, page.language
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = page.as_of.astimezone(UTC).replace(tzinfo=None)


def _head_and_foot(document: "Document", page: Page) -> None:
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.add_run(page.draft).bold = True
    head.add_run(f"\t{page.incident}")
    foot.add_run(f"{page.known}\t")
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")


def _write(document: "Document", blocks: Iterable[Block], depth: int) -> None:
    """Write blocks one below the other; `depth` is the level of the list they are in, 0 outside any."""
    for block in blocks:
        match block:
            case Heading():
                _add(document, block.words, f"Heading {block.level}")
            case Paragraph():
                _add(document, block.words, _at_level("List Continue", depth) if depth else None)
            case Quote():
                _add_quote(document, block, depth)
            case Verbatim():
                document.add_paragraph(block.text, VERBATIM)
            case Line():
                document.add_paragraph(style="Line")
            case Points():
                _add_points(document, block, depth + 1)
            case Terms():
                _add_table(document, block)
            case Ticks():
                _add_options(document, block)


def _add(document: "Document", words: Words, style: str | None) -> "WordParagraph":
    paragraph = document.add_paragraph(style=style)
    _add_words(paragraph, words)
    return paragraph


def _add_words(paragraph: "WordParagraph", words: Words) -> None:
    for one in words:
        run = paragraph.add_run(one.text)
        if one.strong:
            run.bold = True
        if one.emphasis:
            run.italic = True
        if one.code:
            run.font.name = "Consolas"


def _add_quote(document: "Document", quote: Quote, depth: int) -> None:
    for block in quote.blocks:
        if isinstance(block, Paragraph):
            _add(document, block.words, "Quote")
        else:
            _write(document, (block,), depth)


def _add_options(document: "Document", ticks: Ticks) -> None:
    for ticked, words in ticks.options:
        option = document.add_paragraph(f"{TICKED if ticked else UNTICKED}\t", "Option")
        _add_words(option, words)


def _add_points(document: "Document", points: Points, depth: int) -> None:
    """Add a list; its numbers begin where it says, whatever list came before."""
    style = _at_level("List Bullet" if points.first is None else "List Number", depth)
    numbering = None if points.first is None else new_numbering(document, style, points.first)
    for item in points.items:
        first, rest = (item[0].words, item[1:]) if item and isinstance(item[0], Paragraph) else ((), item)
        paragraph = _add(document, first, style)
        if numbering is not None:
            number(paragraph, numbering)
        _write(document, rest, depth)


def _at_level(style: str, depth: int) -> str:
    return style if depth == 1 else f"{style} {min(depth, DEEPEST)}"


def _add_table(document: "Document", terms: Terms) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (TERM_WIDTH, TEXT_WIDTH - TERM_WIDTH), strict=True):
        column.width = width
    for row in terms.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = "Cell"
            _add_words(paragraph, words)
    document.add_paragraph(style="Cell")  # two tables without words between them would be one


def _dated(data: bytes, at: datetime) -> bytes:
    """Return a Word file with every part of its archive dated alike, so that the same draft is the same file."""
    dated = io.BytesIO()
    moment = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, moment), parts.read(name), zipfile.ZIP_DEFLATED)
    return dated.getvalue()
