r"""Cleaning of untrusted text: what would act on a terminal or hide from the eye is shown as an escape.

Storage keeps text as it came (it is evidence); everything displayed or rendered passes `visible`.
"""

import re

_ACTING = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks, overrides and isolates
    r"\u2028\u2029"  # line and paragraph separators
    r"\ud800-\udfff"  # lone surrogates
)
_INVISIBLE = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

_HARMFUL = re.compile(f"[{_ACTING}{_INVISIBLE}]")
_HARMFUL_ON_A_LINE = re.compile(f"[\t\n{_ACTING}{_INVISIBLE}]")


def visible(text: str, *, one_line: bool = False) -> str:
    r"""Return text with every character that acts or hides shown as an escape, such as `\x1b` or `\u202e`.

    A Windows line end counts as a newline. Cleaning twice changes nothing more.

    Args:
        text: anything, lone surrogates included.
        one_line: also show newline and tab as escapes, for cells, titles and messages.
    """
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    return (_HARMFUL_ON_A_LINE if one_line else _HARMFUL).sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
