"""Making data inert in Markdown: whatever somebody wrote comes out as the same characters, and does nothing."""

import re

from incident.text import visible

_SPECIAL = re.compile(r"[\\`*\[\]<>&|~]|(?<![^\W_])_|_(?![^\W_])")
_AT_LINE_START = re.compile(r"^[ \t]*(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|=+\s*$|-[- \t]*$)", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_BREAKS = re.compile(r"(?<![ \t])[ \t]*\n\s*")
_FENCE = re.compile(r"`{3,}")


class Ready(str):
    """Markdown that is ready to be printed: a template leaves it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell a template that nothing is left to escape."""
        return self


def escaped(text: str, *, one_line: bool = False) -> str:
    r"""Return text as Markdown that shows exactly that text: no markup, no HTML, no link, no heading.

    A newline becomes a hard break, so that the text stays in the paragraph or list item it is put into.

    Args:
        text: anything.
        one_line: show newlines as `\n`, for headings.
    """
    safe = _SPECIAL.sub(r"\\\g<0>", visible(text, one_line=one_line).strip())
    safe = _AT_LINE_START.sub(r"\\", safe)
    safe = _NUMBERED.sub(r"\1\\", safe)
    safe = _ADDRESS.sub(r"\\\g<0>", safe)
    return _BREAKS.sub("\\\\\n", safe)


def fenced(text: str) -> str:
    """Return text as a block that keeps every character and line as it is, ready to be copied."""
    shown = visible(text)
    longest = max((len(run) for run in _FENCE.findall(shown)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{shown}\n{fence}"
