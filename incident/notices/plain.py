"""Plain text from Markdown: the same words without the marks, wrapped to be read in any terminal or mail."""

from collections.abc import Iterable
from itertools import count
from textwrap import TextWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

WIDTH = 78
UNDERLINES = {"h1": "=", "h2": "-"}


def plain_text(markdown: str, width: int = WIDTH) -> str:
    """Return Markdown as plain text. HTML is never read: it comes out as the characters it is made of.

    Args:
        width: columns; a longer word runs past them.
    """
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    page = SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(markdown))
    return "\n".join(_blocks(page.children, width)) + "\n"


def _blocks(nodes: Iterable["SyntaxTreeNode"], width: int, between: tuple[str, ...] = ("",)) -> list[str]:
    """Return the lines of blocks, with the lines `between` each and the next."""
    lines: list[str] = []
    for node in nodes:
        lines += [*(between if lines else ()), *_block(node, width)]
    return lines


def _block(node: "SyntaxTreeNode", width: int) -> list[str]:
    match node.type:
        case "heading":
            title = _words(node.children[0])
            mark = UNDERLINES.get(node.tag)
            return [title, mark * min(len(title), width)] if mark else [title]
        case "paragraph":
            return _wrapped(_words(node.children[0]), width)
        case "bullet_list":
            return _items(node, ("- " for _ in count()), width)
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return _items(node, (f"{number}. " for number in count(first)), width)
        case "blockquote":
            return _indented(_blocks(node.children, width - 2), "  ", "  ")
        case "fence" | "code_block":
            return _indented(node.content.removesuffix("\n").split("\n"), "    ", "    ")
        case "hr":
            return ["-" * width]
        case _:
            return _wrapped(node.content, width)


def _items(node: "SyntaxTreeNode", marks: Iterable[str], width: int) -> list[str]:
    """Return the lines of a list: a tight one, without blank lines in its source, has none here."""
    tight = any(part.type == "paragraph" and part.hidden for item in node.children for part in item.children)
    between = () if tight else ("",)
    lines: list[str] = []
    for mark, item in zip(marks, node.children, strict=False):
        blocks = _blocks(item.children, width - len(mark), between)
        lines += [*(between if lines else ()), *_indented(blocks, mark, " " * len(mark))]
    return lines


def _indented(lines: list[str], first: str, rest: str) -> list[str]:
    return [f"{rest if at else first}{line}".rstrip() for at, line in enumerate(lines)] or [first.rstrip()]


def _words(inline: "SyntaxTreeNode") -> str:
    """Return the words of a paragraph; a hard break is a newline, the layout of the source is not."""
    if inline.type == "hardbreak":
        return "\n"
    if inline.type == "softbreak":
        return " "
    if inline.children:
        return "".join(_words(part) for part in inline.children)
    return inline.content


def _wrapped(text: str, width: int) -> list[str]:
    wrapper = TextWrapper(width=width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False)
    return [line for part in text.split("\n") for line in wrapper.wrap(part) or [""]]
