"""How a clock is said on a screen: who tells whom, how it stands, and what must stand beside it."""

from datetime import datetime

from textual.content import Content

from models.clocks import Clock
from models.duty import US
from models.periods import duration_words
from models.timeline import article
from models.vocabulary import ClockState
from screens.looks import LOOKS, bar, countdown, datum, glyph

OUTER_LIMIT = "outer limit; the duty is without undue delay"
LATE = "late: notify now, with reasons"


def standing(clock: Clock, now: datetime, *, ascii_only: bool) -> Content:
    """Say with glyph, word and figures how a clock stands at `now`."""
    return Content.styled(f"{glyph(clock.state, ascii_only=ascii_only)} {_word(clock, now)}", LOOKS[clock.state].style)


def who(clock: Clock, *, ascii_only: bool) -> Content:
    """Say who tells whom."""
    arrow = "->" if ascii_only else "→"
    return datum(f"{'we' if clock.duty.debtor == US else clock.duty.debtor} {arrow} {clock.duty.creditor}")


def article_of(clock: Clock) -> Content:
    """Say what the duty rests on, in a word or two."""
    return datum(article(clock.duty))


def clock_bar(clock: Clock, now: datetime, *, ascii_only: bool) -> Content:
    """Draw how much of the period is used, up to when the duty was done."""
    start = clock.trigger.at if clock.trigger else None
    until = clock.done_at or now
    return Content.styled(bar(start, clock.due_at, until, ascii_only=ascii_only), LOOKS[clock.state].style)


def lateness(clock: Clock) -> tuple[Content, ...]:
    """Say under an expired 33(1) that it is still owed (Art. 33(1), second sentence, GDPR)."""
    if clock.duty.needs != "risk" or clock.state is not ClockState.OVERDUE:
        return ()
    return (Content.styled(LATE, LOOKS[clock.state].style),)


def outer_limit(clock: Clock) -> tuple[Content, ...]:
    """Say under the bar of a running 33(1) that its 72 hours are not what is owed."""
    if clock.duty.needs != "risk" or clock.due_at is None or clock.state.settled:
        return ()
    return (Content.styled(OUTER_LIMIT, "$text-muted"),)


def _word(clock: Clock, now: datetime) -> str:
    word = LOOKS[clock.state].word
    if clock.state is ClockState.MET_LATE and clock.late_by is not None:
        return f"{word}, {duration_words(clock.late_by)}"
    if clock.state.settled or clock.due_at is None:
        return _undated(clock, word, now)
    if clock.state is ClockState.OVERDUE:
        return countdown(clock.state, clock.due_at, now, clock.duty.basis.value)
    return f"{word} {duration_words(clock.due_at - now)}"


def _undated(clock: Clock, word: str, now: datetime) -> str:
    if clock.state is ClockState.WAITING and clock.condition is not None and clock.trigger is not None:
        return f"undecided: {clock.condition.needs.replace('-', ' ')}?"
    if clock.state is ClockState.WAITING:
        return f"{word}: not {clock.duty.trigger.words} yet"
    if clock.state is ClockState.OPEN and clock.trigger is not None:
        return f"{word} for {duration_words(now - clock.trigger.at)}, no date"
    return word


def idle(clock: Clock, now: datetime) -> str:
    """Say how long ago somebody last recorded something, while a soft duty is open; else nothing."""
    if clock.trigger is None or clock.elapsed is None or clock.idle is None:
        return ""
    last_action_at = clock.trigger.at + (clock.elapsed - clock.idle)
    return f", last action {duration_words(now - last_action_at)} ago"
