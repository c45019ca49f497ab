"""What one notification requires, on a page of its own: every field, how it stands, and who was asked for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from incident.completeness_page import field_words, need_words, standing
from models.notification_file import FieldState, NotificationFile, RequiredField
from models.periods import calendar_words
from models.vocabulary import Certainty
from screens.looks import fitted
from screens.panes.file import MARKS
from screens.sight import Sight, brief, wrapped
from screens.sight_page import SightList
from screens.surroundings import Surroundings
from screens.widgets.block_list import Block, heading
from screens.words import fact_words

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

MARK_OF = {
    FieldState.MISSING: MARKS[None],
    FieldState.UNKNOWN: MARKS[Certainty.UNKNOWN],
    FieldState.ESTIMATED: MARKS[Certainty.ESTIMATED],
    FieldState.NOT_APPLICABLE: MARKS[Certainty.NOT_APPLICABLE],
    FieldState.ANSWERED: MARKS[Certainty.KNOWN],
}

NEEDS = 18
"""The cells that `at once, unknown` takes."""


class NotificationFieldsScreen(SightList):
    """The fields that one recipient requires: what is open first, what is wanted at once before what may follow."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str, duty: str) -> None:
        super().__init__(surroundings, desk, reference)
        self._duty = duty

    def title_of(self, sight: Sight) -> Content:
        """Return what is notified to whom."""
        file = self._file(sight)
        return brief(f"{sight.look.incident.reference}  {file.duty.title if file else sight.look.incident.title}")

    def draw_time(self, sight: Sight) -> None:
        """Leave the list as it is: it changes with what is recorded."""

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return a block for each field, or say that nothing is owed any more."""
        file = self._file(sight)
        if file is None:
            return [Block(None, (brief(f"{self._duty} is not owed any more"),))]
        return list(field_blocks(file, sight, width, self._surroundings.playbooks))

    def _file(self, sight: Sight) -> NotificationFile | None:
        return next((one for one in sight.file.notifications if one.duty.id == self._duty), None)


def field_blocks(file: NotificationFile, sight: Sight, width: int, playbooks: Path | None) -> Iterator[Block]:
    """Yield how far the notification is, then its fields: open ones first, then those that are answered."""
    yield Block(None, tuple(wrapped(brief(standing(file)), width)))
    if file.fault:
        yield Block(None, tuple(wrapped(brief(f"its form cannot be gone by: {file.fault}", "$warning"), width)))
    yield from (Block(field.name, tuple(_lines(field, sight, width, playbooks))) for field in file.open)
    answered = [field for field in file.fields if field.state.answers]
    if answered:
        yield heading("answered")
    yield from (Block(field.name, tuple(_lines(field, sight, width, playbooks))) for field in answered)


def _lines(field: RequiredField, sight: Sight, width: int, playbooks: Path | None) -> Iterator[Content]:
    glyph, plain, _, style = MARK_OF[field.state]
    mark = Content.styled(f"{plain if sight.ascii_only else glyph} ", style)
    need = fitted(brief(need_words(field), style), NEEDS) if not field.state.answers else Content("")
    words = field_words(field) if field.label else " or ".join(fact_words(one, playbooks) for one in field.facts)
    yield from wrapped(mark + need + brief(words), width, 4)
    said = ", ".join(field.facts) if field.label else ""
    asked = field.asked
    if asked is not None:
        who = f"asked: {asked.party or asked.actor}, {calendar_words(asked.at, sight.look.incident.zone)}"
        said = f"{said}; {who}" if said else who
    if said:
        yield from (line.pad_left(4) for line in wrapped(brief(said, "$text-muted"), width - 4))
