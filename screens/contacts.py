"""Who to reach tonight, on a page of its own."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from incident.contacts import Reach, contacts
from screens.looks import fitted
from screens.sight import Sight, brief, wrapped
from screens.sight_page import SightList
from screens.widgets.block_list import Block

ROLES = 20
NARROW = 60


class ContactsScreen(SightList):
    """The vendor's and our own contacts, and what is not known of them."""

    def title_of(self, sight: Sight) -> Content:
        """Return for which incident."""
        return brief(f"Who to reach · {sight.look.incident.reference}  {sight.look.incident.title}")

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return the contacts, by whose they are."""
        blocks = []
        for title, group in contacts(sight.look):
            blocks.append(Block(None, (brief(title, "bold").truncate(width, ellipsis=True),)))
            blocks += [
                Block(f"{title} {place}", tuple(_lines(reach, sight, width))) for place, reach in enumerate(group)
            ]
        return blocks


def _lines(reach: Reach, sight: Sight, width: int) -> Iterator[Content]:
    cells = ROLES if width >= NARROW else 2
    missing = Content.styled("x missing" if sight.ascii_only else "✖ missing", "bold $error")
    said = [*_ways(reach.ways, width - cells)] or [missing]
    if reach.note:
        said += wrapped(brief(reach.note, "$text-muted"), width - cells)
    if cells == ROLES:
        yield fitted(brief(reach.role), cells) + said.pop(0)
    else:
        yield brief(reach.role).truncate(width, ellipsis=True)
    yield from (line.pad_left(cells) for line in said)


def _ways(ways: Sequence[str], width: int) -> Iterator[Content]:
    """Write the ways on one line where it holds them, else one a line, so that no number is broken."""
    together = Content(", ").join(brief(way) for way in ways)
    for line in [together] if together.cell_length <= width else [brief(way) for way in ways]:
        if line:
            yield from wrapped(line, width)
