"""The journal of one incident: what was recorded, when, by whom, the latest first."""

from textual.content import Content

from incident.entry_words import entry_words
from models.periods import calendar_words
from screens.sight import Sight, brief
from screens.widgets.block_list import Block


def journal_blocks(sight: Sight, width: int) -> list[Block]:
    """Return a block for each entry, known by its id."""
    zone = sight.look.incident.zone
    blocks = []
    for entry in reversed(sight.entries):
        when = Content.styled(calendar_words(entry.recorded_at, zone), "$text-muted")
        said = Content("  ") + brief(entry.actor) + Content("  ") + brief(entry_words(entry, zone))
        blocks.append(Block(entry.id, ((when + said).truncate(width, ellipsis=True),)))
    return blocks
