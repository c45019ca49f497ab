"""One incident as a line of the board, at any width: what matters most is never cut off first."""

from datetime import datetime

from textual.content import Content

from incident.board_page import RISK_WORDS
from incident.store.protocol import BoardRow, row_state
from models.vocabulary import ClockState, Role
from screens.looks import LOOKS, countdown, datum, fitted, glyph

WIDE, NORMAL = 110, 60

Columns = list[tuple[str, int]]
"""The columns' names and their widths in cells, the blank behind each included."""


def heading_line(width: int) -> Content:
    """Return the line above the list."""
    names = [fitted(Content(name), cells) for name, cells in _columns(width)]
    return Content("").join(names).stylize("$text-muted")


def board_line(row: BoardRow, now: datetime, width: int, *, ascii_only: bool) -> Content:
    """Return a row's line: word and glyph first, then number and title, then as much as the width takes."""
    number = row.reference.removeprefix("INC-")
    cells = {
        "  deadline": _standing(row, row_state(row, now), now, ascii_only=ascii_only),
        "incident": datum(number),
        "no.": datum(number.rpartition("-")[2]),
        "": datum(row.title),
        "vendor": datum(row.vendor or "–"),
        "who tells whom": datum(row.next_parties or "nothing owed"),
        "file": Content(f"{row.answered}/{row.required}"),
        "risk": Content(RISK_WORDS[row.risk] if Role(row.role).decides else "–"),
    }
    return Content("").join([fitted(cells[name], width) for name, width in _columns(width)])


def _columns(width: int) -> Columns:
    """Return the columns that a width has room for; the title takes what is left."""
    before: Columns = [("  deadline", 23), ("incident", 10) if width >= NORMAL else ("no.", 5)]
    after: Columns = [("vendor", 11)] if width >= NORMAL else []
    if width >= WIDE:
        after += [("who tells whom", 20), ("file", 6), ("risk", 15)]
    title = max(4, width - sum(cells for _, cells in before + after))
    return [*before, ("", title), *after]


def _standing(row: BoardRow, state: ClockState | None, now: datetime, *, ascii_only: bool) -> Content:
    if row.state == "closed":
        return Content.styled("  closed", "$text-muted")
    if state is None:
        look = LOOKS[ClockState.MET]
        return Content.styled(f"{look.ascii if ascii_only else look.glyph} nothing owed", look.style)
    words = f"{glyph(state, ascii_only=ascii_only)} {countdown(state, row.next_due_at, now, row.next_basis)}"
    return Content.styled(words, LOOKS[state].style)
