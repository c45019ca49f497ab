"""A draft as PDF/A: fonts within it, title and language set, the same bytes for the same draft.

The template is ours and reads no file; the draft reaches it as JSON, and none of it is ever evaluated.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

from incident.errors import Failure
from incident.notices.blocks import Block, Heading, Line, Paragraph, Points, Quote, Terms, Ticks, Verbatim, Words
from incident.notices.page import Page

if TYPE_CHECKING:
    from typst import Fonts

STANDARD: Final = "a-2a"
"""PDF/A-2a, for archives and screen readers; it refuses a character that no font shows."""

TEMPLATES = files("playbooks").joinpath("notices", "shared")
"""The one folder that the template could read."""

LONGEST_WORD = 30
"""Characters beyond which a word may be divided at the end of a line."""

_LONG_WORD = re.compile(rf"(\S{{{LONGEST_WORD + 1},}})")
_PIECE = re.compile(r"\w{1,8}\W{0,2}|\W{1,8}")
_FOREIGN = re.compile(r"[^\t\n\x20-\u024f\u0370-\u045f\u2010-\u2027\u202f\u20ac]")
"""What the fonts that typst brings may not have: they hold Latin, Greek and Cyrillic."""

Show = Callable[[str], str]
"""How a text is written, for the fonts at hand."""


def pdf(page: Page) -> bytes:
    r"""Return a page as PDF.

    A script that our fonts do not have is set in a font of this machine; where it has none, each such character
    is shown as an escape, such as `\u4e2d`.

    Raises:
        Failure: it cannot be set.
    """
    from typst import TypstError

    for show, fonts in ((str, _our_fonts), (str, _fonts_of_the_machine)):
        try:
            return _set(page, show, fonts())
        except TypstError:
            continue  # a character that these fonts do not have
    try:
        return _set(page, _spelled, _our_fonts())
    except TypstError as error:
        raise Failure(f"{page.title}: cannot be set as PDF: {error.message}; choose docx or html") from None


def _set(page: Page, show: Show, fonts: "Fonts") -> bytes:
    import typst

    data = {
        "title": show(page.title),
        "language": page.language,
        "draft": show(page.draft),
        "incident": page.incident,
        "known": show(page.known),
        "blocks": _blocks(page.blocks, show),
    }
    with as_file(TEMPLATES) as folder:
        return typst.compile(
            folder / "page.typ",
            root=folder,
            font_paths=fonts,
            sys_inputs={"draft": json.dumps(data)},
            pdf_standards=STANDARD,
            timestamp=int(page.as_of.timestamp()),
        )


@lru_cache(maxsize=1)
def _our_fonts() -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=False)


@lru_cache(maxsize=1)
def _fonts_of_the_machine() -> "Fonts":
    from typst import Fonts

    return Fonts()


def _spelled(text: str) -> str:
    return _FOREIGN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _blocks(blocks: Iterable[Block], show: Show) -> list[dict[str, Any]]:
    return [_block(block, show) for block in blocks]


def _block(block: Block, show: Show) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "words": _words(block.words, show)}
        case Paragraph():
            return {"kind": "paragraph", "words": _words(block.words, show)}
        case Quote():
            return {"kind": "quote", "blocks": _blocks(block.blocks, show)}
        case Verbatim():
            return {"kind": "verbatim", "lines": _lines(show(block.text))}
        case Line():
            return {"kind": "line"}
        case Points():
            items = [_blocks(item, show) for item in block.items]
            return {"kind": "bullets" if block.first is None else "numbers", "first": block.first, "items": items}
        case Terms():
            rows = [{"term": _words(term, show), "answer": _words(answer, show)} for term, answer in block.rows]
            return {"kind": "terms", "rows": rows}
        case Ticks():
            options = [{"ticked": ticked, "words": _words(words, show)} for ticked, words in block.options]
            return {"kind": "ticks", "options": options}


def _words(words: Words, show: Show) -> list[dict[str, Any]]:
    return [
        {"lines": _lines(show(run.text)), "strong": run.strong, "emphasis": run.emphasis, "code": run.code}
        for run in words
    ]


def _lines(text: str) -> list[list[str | list[str]]]:
    """Return each line in parts: a text, or a long word as the pieces between which it may be divided."""
    return [[_pieces(part) for part in _LONG_WORD.split(line)] for line in text.split("\n")]


def _pieces(part: str) -> str | list[str]:
    return _PIECE.findall(part) if _LONG_WORD.fullmatch(part) else part
