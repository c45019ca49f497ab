"""Plain text from Markdown: the same words without the marks, wrapped to be read in any terminal or mail."""

from collections.abc import Sequence
from textwrap import TextWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDTH = 78
INDENT = "  "
_UNDERLINES = {"h1": "=", "h2": "-"}


def plain_text(markdown: str) -> str:
    """Return Markdown as plain text. HTML is never read: it comes out as the characters it is made of."""
    from markdown_it import MarkdownIt

    page = _Page()
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        page.add(token)
    return page.text()


class _Page:
    """The lines so far, how deep we are in lists, and the mark of the item that begins."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0
        self._mark = ""
        self._numbers: list[int] = []
        self._heading = ""

    def add(self, token: "Token") -> None:
        """Add what one token says."""
        kind = token.type
        if kind == "heading_open":
            self._heading = token.tag
        elif kind == "heading_close":
            self._heading = ""
        elif kind in {"bullet_list_open", "ordered_list_open", "blockquote_open"}:
            self._depth += 1
            self._numbers.append(int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else 0)
        elif kind in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            self._depth -= 1
            self._numbers.pop()
            self._blank()
        elif kind == "list_item_open":
            self._mark = self._next_mark()
        elif kind == "inline":
            self._paragraph(_words(token.children or ()), tight=False)
        elif kind == "paragraph_close":
            if not token.hidden:
                self._blank()
        elif kind in {"fence", "code_block"}:
            self._lines += [INDENT * (self._depth + 1) + line for line in token.content.splitlines()]
            self._blank()
        elif kind == "hr":
            self._lines.append("-" * WIDTH)
            self._blank()

    def text(self) -> str:
        """Return the page, one newline at its end."""
        return "\n".join(self._lines).strip("\n") + "\n"
