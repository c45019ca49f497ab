"""The journal of one incident on a page of its own: every entry whole, the latest first."""

from collections.abc import Iterator

from textual.content import Content

from incident.entry_words import entry_words
from models.journal import Entry
from models.periods import instant_words
from screens.looks import datum
from screens.sight import Sight, brief, wrapped
from screens.sight_page import SightList
from screens.widgets.block_list import Block

WHOLE = 4000
"""So many characters of one entry are shown; `incident journal` shows all."""


class JournalScreen(SightList):
    """What was recorded, when, by whom."""

    def title_of(self, sight: Sight) -> Content:
        """Return whose journal it is."""
        return brief(f"Journal of {sight.look.incident.reference}  {sight.look.incident.title}")

    def draw_time(self, sight: Sight) -> None:
        """Leave the list as it is: the past does not change."""

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return a block for each entry, known by its id."""
        return [Block(entry.id, tuple(_lines(entry, sight, width))) for entry in reversed(sight.entries)]


def _lines(entry: Entry, sight: Sight, width: int) -> Iterator[Content]:
    zone = sight.look.incident.zone
    stated = f" (time was set to {instant_words(entry.stated_now, zone)})" if entry.stated_now else ""
    when = Content.styled(f"{entry.sequence}  {instant_words(entry.recorded_at, zone)}  ", "bold")
    yield from wrapped(when + brief(f"{entry.recorded_by}  {entry.kind}{stated}"), width, 2)
    said = entry_words(entry, zone)
    cut = f"{said[:WHOLE]} … ({len(said) - WHOLE} more characters)" if len(said) > WHOLE else said
    yield from (line.pad_left(2) for line in wrapped(datum(cut), width - 2))
