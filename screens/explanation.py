"""A clock explained: from its trigger to its deadline, step by step, so that it can be checked on paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from models.clocks import Clock
from models.explanation import steps
from screens.clock_words import clock_bar, lateness, outer_limit, standing, who
from screens.looks import fitted
from screens.sight import Sight, brief, wrapped
from screens.sight_page import SightList
from screens.surroundings import Surroundings
from screens.widgets.block_list import Block

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

LABELS = 17
"""The cells that labels such as `vendor told us` take, where there is room."""

REMARK = "–"
"""Stands before a remark: none can be taken for the end of the text above it, whoever wrote that."""

NARROW = 60


class ExplanationScreen(SightList):
    """One clock on a page of its own."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str, duty: str) -> None:
        super().__init__(surroundings, desk, reference)
        self._duty = duty

    def title_of(self, sight: Sight) -> Content:
        """Return what the clock is about."""
        return brief(f"{sight.look.incident.reference}  {sight.look.incident.title}")

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return the explanation, or say that there is no such clock any more."""
        clock = next((clock for clock in sight.look.clocks if clock.duty.id == self._duty), None)
        if clock is None:
            return [Block(None, (brief(f"{self._duty} is no duty of this incident any more"),))]
        return explanation_blocks(clock, sight, width)


def explanation_blocks(clock: Clock, sight: Sight, width: int) -> list[Block]:
    """Return one clock's explanation: how it stands, how it was reckoned, what bears on it, where it comes from."""
    return [
        Block(None, (*_heading(clock, width), Content(""), *_standing(clock, sight, width), Content(""))),
        Block(None, tuple(_steps(clock, sight, width))),
    ]


def _heading(clock: Clock, width: int) -> Iterator[Content]:
    source = clock.duty.source
    checked = f" · checked {source.checked_on}" if source.checked_on else ""
    where = brief(f"{source.place}{checked} · {clock.duty.basis}", "$text-muted")
    title = brief(clock.duty.title, "bold")
    gap = width - title.cell_length - where.cell_length
    if gap > 1:
        yield title + Content(" " * gap) + where
        return
    yield from wrapped(title, width)
    yield from wrapped(where, width)


def _standing(clock: Clock, sight: Sight, width: int) -> Iterator[Content]:
    plain = sight.ascii_only
    state = standing(clock, sight.now, ascii_only=plain)
    parties = who(clock, ascii_only=plain)
    yield (state + Content("   ") + parties).truncate(width, ellipsis=True)
    yield clock_bar(clock, sight.now, ascii_only=plain)
    for said in (*lateness(clock), *outer_limit(clock)):
        yield from wrapped(said, width)


def _steps(clock: Clock, sight: Sight, width: int) -> Iterator[Content]:
    cells = LABELS if width >= NARROW else 2
    for step in steps(clock, sight.look.incident.calendar):
        label, text = brief(step.label or REMARK, "bold"), brief(step.text)
        if label.cell_length < cells:
            first, *rest = wrapped(text, width - cells)
            yield fitted(label, cells) + first
            yield from (line.pad_left(cells) for line in rest)
        else:
            yield from wrapped(label + Content(" ") + text, width, cells)
