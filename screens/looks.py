"""How a clock's state looks: word, glyph and style together, so that none carries the meaning alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.content import Content

from incident.board_page import overdue_word
from incident.text import visible
from models.periods import duration_words
from models.vocabulary import ClockState

BAR = 11


@dataclass(frozen=True, slots=True)
class StateLook:
    """One state's word, glyph, ASCII glyph and style."""

    word: str
    glyph: str
    ascii: str
    style: str


LOOKS: dict[ClockState, StateLook] = {
    ClockState.OVERDUE: StateLook("OVERDUE", "✖", "!", "bold $error"),
    ClockState.DUE_SOON: StateLook("due soon", "▲", "^", "bold $warning"),
    ClockState.RUNNING: StateLook("running", "●", "*", "$foreground"),
    ClockState.OPEN: StateLook("open", "○", "o", "$foreground"),
    ClockState.WAITING: StateLook("waiting", "?", "?", "$text-muted"),
    ClockState.MET: StateLook("met", "✔", "+", "$success"),
    ClockState.MET_LATE: StateLook("met late", "✔", "+", "$warning"),
    ClockState.NOT_REQUIRED: StateLook("not required", "–", "-", "$text-muted"),
}


def glyph(state: ClockState, *, ascii_only: bool) -> str:
    """Return a state's glyph."""
    look = LOOKS[state]
    return look.ascii if ascii_only else look.glyph


def datum(text: object, style: str = "") -> Content:
    """Return untrusted text as one harmless line: the only way data enter a screen."""
    return Content.styled(visible(str(text), one_line=True), style)


def fitted(content: Content, width: int) -> Content:
    """Cut or pad a line to a width in cells, the last of them always blank: columns never touch."""
    cut = content.truncate(width - 1, ellipsis=True)
    return cut.pad_right(width - cut.cell_length)


def bar(start: datetime | None, due: datetime | None, now: datetime, *, ascii_only: bool) -> str:
    """Draw how much of a period is used, or dots where there is no end to it."""
    full, empty, none = ("#", "-", ".") if ascii_only else ("█", "░", "·")
    if start is None or due is None or due <= start:
        return none * BAR
    used = max(0.0, min(1.0, (now - start) / (due - start)))
    filled = int(used * BAR)  # full only when nothing is left
    return full * filled + empty * (BAR - filled)


def countdown(state: ClockState, due: datetime | None, now: datetime, basis: str | None) -> str:
    """Say how much time is left, computed from the deadline each time; `basis` says whether it is one."""
    if due is None:
        return LOOKS[state].word
    left: timedelta = due - now
    return f"{overdue_word(basis)} {duration_words(left)}" if state is ClockState.OVERDUE else duration_words(left)
