"""The notifications: what was made, attempted, acknowledged or withdrawn, and the drafts and files there are."""

from collections.abc import Iterator

from textual.content import Content

from models.incident import Filing
from models.periods import calendar_words
from models.vocabulary import FilingStatus
from screens.sight import Sight, brief
from screens.widgets.block_list import Block, heading

MARKS = {
    FilingStatus.MADE: ("✔", "+"),
    FilingStatus.ATTEMPTED: ("~", "~"),
    FilingStatus.ACKNOWLEDGED: ("✔", "+"),
    FilingStatus.WITHDRAWN: ("✖", "x"),
}

WIDE = 44
"""From this width on a notification has a line for its details."""


def notice_blocks(sight: Sight, width: int) -> list[Block]:
    """Return a block for each notification, each draft and each attached file, the latest first."""
    incident = sight.look.incident
    blocks = [
        Block(f"filing {place}", tuple(line.truncate(width, ellipsis=True) for line in _filing(filing, sight, width)))
        for place, filing in enumerate(incident.filings)
    ][::-1]
    if not blocks:
        blocks.append(Block(None, (Content("no notification is recorded"),)))
    if incident.drafts:
        blocks.append(heading("drafts"))
    blocks += [
        Block(
            f"draft {place}",
            (
                (
                    brief(f"{draft.kind}  {draft.file}  ") + Content(calendar_words(draft.recorded_at, incident.zone))
                ).truncate(width, ellipsis=True),
            ),
        )
        for place, draft in enumerate(incident.drafts)
    ][::-1]
    if incident.attachments:
        blocks.append(heading("attached"))
    blocks += [
        Block(f"attachment {place}", (brief(f"{one.name}  {one.about or ''}").truncate(width, ellipsis=True),))
        for place, one in enumerate(incident.attachments)
    ][::-1]
    return blocks


def _filing(filing: Filing, sight: Sight, width: int) -> Iterator[Content]:
    glyph, plain = MARKS[filing.status]
    duty = next((clock.duty for clock in sight.look.clocks if clock.duty.id == filing.duty), None)
    to = filing.to or (duty.creditor if duty else filing.duty)
    part = "" if filing.complete else ", not complete"
    mark = plain if sight.ascii_only else glyph
    first = Content.styled(f"{mark} {filing.status}{part} ", "bold") + brief(f"{to} ")
    yield first + Content(calendar_words(filing.at, sight.look.incident.zone))
    rest = " · ".join(str(said) for said in (filing.duty, filing.channel, filing.reference, filing.because) if said)
    if width >= WIDE:
        yield Content("  ") + brief(rest, "$text-muted")
