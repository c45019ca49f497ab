"""A draft as plain blocks of words, read from its Markdown: what HTML, PDF and Word are made from.

Nothing in them acts: HTML is never read, links and images leave their words, and characters that would act are shown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from incident.text import visible

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

TICKED, UNTICKED = "☒", "☐"
"""How the options of a form are shown."""

_TICK = re.compile(r"\[([ x])\] ")
_DASH = re.compile(r"\s+—\s+|\s+—$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike; a newline in them is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False


Words: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `level` is 1 for the title of the draft."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together."""

    words: Words


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands apart: the note that this is a draft, and the remarks on an answer."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that is copied as it stands, every space and line kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """The line between what is for us and what is for the recipient."""


@dataclass(frozen=True, slots=True)
class Points:
    """A list. `first` is the number of its first item; None where it has bullets."""

    items: tuple[tuple["Block", ...], ...]
    first: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of which every item reads `**term** — answer`: a table of two columns."""

    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """A list of which every item begins with `[x]` or `[ ]`: the options of a form, ticked or not."""

    options: tuple[tuple[bool, Words], ...]


Block: TypeAlias = Heading | Paragraph | Quote | Verbatim | Line | Points | Terms | Ticks


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """Return Markdown as blocks."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    # Without `text_join` an escaped bracket stays apart, so that what somebody wrote is no tick of ours.
    reader = MarkdownIt("commonmark", {"html": False}).disable("text_join")
    return _blocks(SyntaxTreeNode(reader.parse(markdown)).children)


def plain(words: Words) -> str:
    """Return words without how they are set."""
    return "".join(run.text for run in words)


def _blocks(nodes: Iterable["SyntaxTreeNode"]) -> tuple[Block, ...]:
    return tuple(_block(node) for node in nodes)


def _block(node: "SyntaxTreeNode") -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag.removeprefix("h")), _words(node.children[0].children))
        case "paragraph":
            return Paragraph(_words(node.children[0].children))
        case "blockquote":
            return Quote(_blocks(node.children))
        case "fence" | "code_block":
            return Verbatim(visible(node.content.removesuffix("\n")))
        case "hr":
            return Line()
        case "bullet_list":
            return _ticks(node) or _terms(node) or Points(_items(node), None)
        case "ordered_list":
            return Points(_items(node), int(node.attrs.get("start", 1)))
        case _:
            return Paragraph((Run(visible(node.content)),))


def _items(node: "SyntaxTreeNode") -> tuple[tuple[Block, ...], ...]:
    return tuple(_blocks(item.children) for item in node.children)


def _ticks(node: "SyntaxTreeNode") -> Ticks | None:
    options = []
    for item in node.children:
        line = _only_line(item)
        tick = _TICK.match(line[0].content) if line and line[0].type == "text" else None
        if tick is None:
            return None
        options.append((tick[1] == "x", _without_start(_words(line), tick.end())))
    return Ticks(tuple(options))


def _terms(node: "SyntaxTreeNode") -> Terms | None:
    rows = []
    for item in node.children:
        line = _only_line(item)
        if not line or line[0].type != "strong":
            return None
        term, answer = _words(line[:1]), _words(line[1:])
        dash = _DASH.match(plain(answer))
        if dash is None:
            return None
        rows.append((term, _without_start(answer, dash.end())))
    return Terms(tuple(rows))


def _only_line(item: "SyntaxTreeNode") -> Sequence["SyntaxTreeNode"]:
    """Return the parts of an item that is one paragraph, and none of any other."""
    if len(item.children) != 1 or item.children[0].type != "paragraph":
        return ()
    parts = item.children[0].children[0].children
    return [part for part in parts if part.type != "text" or part.content]


def _without_start(words: Words, length: int) -> Words:
    """Return words without their first characters."""
    left = []
    for run in words:
        cut = min(length, len(run.text))
        length -= cut
        if run.text[cut:]:
            left.append(replace(run, text=run.text[cut:]))
    return tuple(left)


def _words(parts: Iterable["SyntaxTreeNode"]) -> Words:
    """Return runs, those set alike that follow each other as one."""
    by_setting = groupby(_pieces(parts, Run("")), key=lambda run: replace(run, text=""))
    runs = (replace(setting, text="".join(run.text for run in same)) for setting, same in by_setting)
    return tuple(run for run in runs if run.text)


def _pieces(nodes: Iterable["SyntaxTreeNode"], setting: Run) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "strong":
                yield from _pieces(node.children, replace(setting, strong=True))
            case "em":
                yield from _pieces(node.children, replace(setting, emphasis=True))
            case "code_inline":
                yield replace(setting, text=visible(node.content), code=True)
            case "hardbreak":
                yield replace(setting, text="\n")
            case "softbreak":
                yield replace(setting, text=" ")
            case _ if node.children:
                yield from _pieces(node.children, setting)
            case _:
                yield replace(setting, text=visible(node.content))
