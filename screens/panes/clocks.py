"""The clocks of one incident, the most urgent first, then what nobody has told us about them."""

from collections.abc import Iterator

from textual.content import Content

from models.clocks import Clock, urgency
from models.periods import calendar_words
from models.vocabulary import Basis
from screens.clock_words import article_of, clock_bar, idle, lateness, outer_limit, standing, who
from screens.looks import datum, fitted
from screens.sight import Sight, wrapped
from screens.widgets.block_list import Block, heading

TWO_LINES = 44
"""From this width on a clock has a line for its bar and its date."""

STANDING, ARTICLE = 30, 13


def clock_blocks(sight: Sight, width: int) -> list[Block]:
    """Return a block for each clock, known by its duty's id."""
    look = sight.look
    blocks = [Block(clock.duty.id, tuple(_lines(clock, sight, width))) for clock in sorted(look.clocks, key=urgency)]
    if not blocks:
        unaffected = look.incident.personal_data is False
        why = "no personal data are affected" if unaffected else "no law known was in force then"
        blocks.append(Block(None, tuple(wrapped(Content(f"no duty: {why}"), width))))
    for title, texts in (("not known about these duties", look.gaps), ("to check", look.warnings)):
        if texts:
            blocks.append(heading(title))
        blocks += [Block(None, tuple(wrapped(Content("– ") + datum(text), width, 2))) for text in texts]
    return blocks


def _lines(clock: Clock, sight: Sight, width: int) -> Iterator[Content]:
    plain = sight.ascii_only
    state = standing(clock, sight.now, ascii_only=plain)
    parties = who(clock, ascii_only=plain)
    if width < TWO_LINES:
        cells = min(width // 2 + 4, state.cell_length + 1)
        yield fitted(state, cells) + fitted(parties, width - cells)
        yield from (Content("  ") + said.truncate(width - 2, ellipsis=True) for said in lateness(clock))
        return
    article = article_of(clock)
    yield (
        fitted(state, STANDING) + fitted(parties, width - STANDING - ARTICLE) + article.truncate(ARTICLE, ellipsis=True)
    )
    used = fitted(Content("  ") + clock_bar(clock, sight.now, ascii_only=plain), STANDING)
    yield used + _date(clock, sight).truncate(width - STANDING, ellipsis=True)
    for said in (*lateness(clock), *outer_limit(clock)):
        yield Content("  ") + said.truncate(width - 2, ellipsis=True)


def _date(clock: Clock, sight: Sight) -> Content:
    zone = sight.look.incident.zone
    if clock.done_at is not None:
        return Content(f"done {calendar_words(clock.done_at, zone)}")
    if clock.due_at is not None:
        word = {Basis.AUTHORITY: "indicative", Basis.POLICY: "our own target"}.get(clock.duty.basis, "due")
        return Content(f"{word} {calendar_words(clock.due_at, zone)}")
    return datum(f"“{clock.duty.period.words()}”{idle(clock, sight.now)}") if clock.duty.period else Content("")
