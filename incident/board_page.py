"""The board as text: what burns first. Kept apart from the other pages, because it must come up at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from incident.store.protocol import BoardRow, row_state
from incident.text import visible
from models.periods import duration_words, instant_words
from models.vocabulary import Basis, ClockState, Role

GLYPHS = {
    ClockState.OVERDUE: "✖",
    ClockState.DUE_SOON: "▲",
    ClockState.RUNNING: "●",
    ClockState.OPEN: "○",
    ClockState.WAITING: "?",
    ClockState.MET: "✔",
    ClockState.MET_LATE: "✔",
    ClockState.NOT_REQUIRED: "–",
}
"""Beside the word, never instead of it."""


RISK_WORDS = {
    None: "risk undecided",
    "unlikely": "risk unlikely",
    "risk": "a risk",
    "high": "high risk",
    "not-a-breach": "not a breach",
}
"""The decision on a row of the board."""


DUE_WORDS = {Basis.AUTHORITY.value: "indicative time", Basis.POLICY.value: "our own target"}
"""What an end is called that is no deadline: an authority's practice, a target of ours."""


def due_word(basis: str | None) -> str:
    """Return what the end of a period is called: `due` only where a contract or a law sets it."""
    return DUE_WORDS.get(basis or "", "due")


def overdue_word(basis: str | None) -> str:
    """Return what a period is called that has run out: `OVERDUE` only where a contract or a law sets it."""
    return "OVERDUE" if basis not in DUE_WORDS else "past"


def line(text: object) -> str:
    """Return untrusted text as one harmless line."""
    return visible(str(text), one_line=True)


def time_is_set(stated_now: datetime | None, zone: ZoneInfo) -> Iterator[str]:
    """Say that the time is set, where it is: what follows is a rehearsal or a replay."""
    if stated_now is not None:
        yield f"time is set: clocks are judged at {instant_words(stated_now, zone)}"


def board_page(now: datetime, total: int, rows: Sequence[BoardRow], zone: ZoneInfo) -> Iterator[str]:
    """Write the board: what burns first."""
    if not rows:
        yield "no incidents" if total == 0 else f"none of {total} incidents shown"
        return
    for row in rows:
        state = row_state(row, now)
        yield f"{_standing(row, state, now):<24} {row.reference}  {line(row.title)}"
        told = f"{line(row.next_parties)} · {line(row.next_duty)}" if row.next_duty else "nothing owed"
        due = f" · {due_word(row.next_basis)} {instant_words(row.next_due_at, zone)}" if row.next_due_at else ""
        file = f" · file {row.answered}/{row.required}" if row.required else ""
        risk = f" · {RISK_WORDS[row.risk]}" if Role(row.role).decides else ""
        yield f"{'':<24} {told}{due}{file}{risk}"
    if len(rows) < total:
        yield f"{len(rows)} of {total} shown; --limit 0 shows all"


def _standing(row: BoardRow, state: ClockState | None, now: datetime) -> str:
    if row.state == "closed":
        return "  closed"
    if state is None:
        return "✔ nothing owed"
    if row.next_due_at is None:
        return f"{GLYPHS[state]} {state}, no date" if state is ClockState.OPEN else f"{GLYPHS[state]} {state}"
    left = duration_words(row.next_due_at - now)
    word = overdue_word(row.next_basis) if state is ClockState.OVERDUE else f"{state},"
    return f"{GLYPHS[state]} {word} {left}"
