"""A draft as one HTML file: nothing is fetched, nothing runs, and it prints with a head and page numbers."""

import re
from collections.abc import Iterable
from html import escape

from incident.notices.blocks import (
    TICKED,
    UNTICKED,
    Block,
    Heading,
    Line,
    Paragraph,
    Points,
    Quote,
    Run,
    Terms,
    Ticks,
    Verbatim,
    Words,
)
from incident.notices.page import Page

_STYLE = """\
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.45 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; break-after: avoid; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.15rem; margin-top: 1.8rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
blockquote { margin: 1rem 0; padding: .1rem .9rem; border-left: .25rem solid #999; background: #f4f4f4; }
pre { margin: .5rem 0; padding: .6rem .8rem; border: 1px solid #bbb; white-space: pre-wrap;
  font: inherit; }
hr { margin: 2rem 0; border: 0; border-top: 2px solid #1a1a1a; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; }
th { width: 34%; }
tr { break-inside: avoid; }
ul.options { padding-left: 1.4em; list-style: none; }
ul.options li { text-indent: -1.4em; }
@page { size: A4; margin: 25mm 22mm; @top-left { content: HEAD; font: 8pt sans-serif; }
  @bottom-left { content: KNOWN; font: 8pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; } }
"""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ]")


def html_page(page: Page) -> str:
    """Return a page as one HTML file, its style within it."""
    style = _STYLE.replace("HEAD", _css_string(page.head)).replace("KNOWN", _css_string(page.known))
    return f"""\
<!DOCTYPE html>
<html lang="{escape(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.title)}</title>
<style>
{style}</style>
</head>
<body>
{_blocks(page.blocks)}
</body>
</html>
"""


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_words(block.words)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_words(block.words)}</p>"
        case Quote():
            return f"<blockquote>\n{_blocks(block.blocks)}\n</blockquote>"
        case Verbatim():
            return f"<pre>\n{escape(block.text)}</pre>"
        case Line():
            return "<hr>"
        case Points():
            items = "\n".join(f"<li>{_item(item)}</li>" for item in block.items)
            return f"<ul>\n{items}\n</ul>" if block.first is None else f'<ol start="{block.first}">\n{items}\n</ol>'
        case Terms():
            rows = "\n".join(
                f'<tr><th scope="row">{_words(term)}</th><td>{_words(answer)}</td></tr>' for term, answer in block.rows
            )
            return f"<table>\n{rows}\n</table>"
        case Ticks():
            items = "\n".join(
                f"<li>{TICKED if ticked else UNTICKED} {_words(words)}</li>" for ticked, words in block.options
            )
            return f'<ul class="options">\n{items}\n</ul>'


def _item(blocks: tuple[Block, ...]) -> str:
    """Return an item of a list; the first of its paragraphs needs no distance."""
    match blocks:
        case (Paragraph(words), *rest):
            return _words(words) + "".join(f"\n{_block(block)}" for block in rest)
        case _:
            return _blocks(blocks)


def _words(words: Words) -> str:
    return "".join(_run(run) for run in words)


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>\n")
    for tag, wanted in (("code", run.code), ("em", run.emphasis), ("strong", run.strong)):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return text


def _css_string(text: str) -> str:
    """Return a text as a string of a style sheet: whatever could end it is named by its number."""
    return '"' + _NOT_PLAIN.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'
