"""The chain of parties with the clock on each arrow: one line with its branches, or one arrow a line where narrow."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from models.chain import Arrow, Behind, Chain, chain
from models.duty import US
from models.periods import duration_words
from models.vocabulary import ClockState
from screens.looks import LOOKS, countdown, datum, glyph
from screens.sight import Sight
from screens.widgets.block_list import Block

NAME = 24
"""No party's name is longer than this on an arrow."""

GLYPHS = {False: ("──", "──▸ ", "└", "├"), True: ("--", "--> ", "`", "|")}
"""An arrow's shaft, its head, the last and the other branches; and in ASCII."""


def chain_blocks(sight: Sight, width: int) -> list[Block]:
    """Return the chain as lines, none of them wider than `width`."""
    look = sight.look
    parties = chain(look.incident, look.clocks, look.vendor)
    lines = [*_drawn(parties, sight)]
    if any(line.cell_length > width for line in lines):
        lines = [*_listed(parties, sight)]
    lines = lines or [Content("nobody owes anybody notice")]
    return [Block(None, tuple(line.truncate(width, ellipsis=True) for line in lines))]


def _drawn(parties: Chain, sight: Sight) -> Iterator[Content]:
    """One line to us and on to the first we must tell; the others branch off below."""
    shaft, _, corner, stem = GLYPHS[sight.ascii_only]
    trunk = Content("")
    if parties.behind is not None:
        trunk += _behind(parties.behind, sight) + _party(parties.vendor or "vendor")
    elif parties.inward:
        trunk += _party(parties.inward[0].debtor)
    elif parties.vendor:
        trunk += _party(parties.vendor)
    if parties.inward:
        trunk += Content(" ") + _shaft(parties.inward[0], sight)
    elif trunk:
        trunk += Content(f" {shaft} ")
    trunk += Content.styled("us", "bold")
    if not parties.outward:
        yield trunk
    for place, arrow in enumerate(parties.outward):
        branch = _shaft(arrow, sight) + _creditor(arrow)
        fork = corner if arrow is parties.outward[-1] else stem
        yield (trunk + Content(" ") if place == 0 else Content(" " * trunk.cell_length + fork)) + branch
    yield from _listed_arrows(parties.others, sight)


def _listed(parties: Chain, sight: Sight) -> Iterator[Content]:
    """One arrow a line, what reaches us first."""
    if parties.behind is not None:
        yield _behind(parties.behind, sight) + _party(parties.vendor or "vendor")
    yield from _listed_arrows((*parties.inward, *parties.outward, *parties.others), sight)


def _listed_arrows(arrows: Sequence[Arrow], sight: Sight) -> Iterator[Content]:
    for arrow in arrows:
        yield _party(arrow.debtor) + Content(" ") + _shaft(arrow, sight) + _creditor(arrow)


def _behind(behind: Behind, sight: Sight) -> Content:
    shaft, head, *_ = GLYPHS[sight.ascii_only]
    after = f" {duration_words(behind.told_after)}" if behind.told_after is not None else ""
    said = f" {shaft}told{after}{head}" if behind.told else f" {shaft} "
    return _party(behind.name) + Content(said)


def _shaft(arrow: Arrow, sight: Sight) -> Content:
    shaft, head, *_ = GLYPHS[sight.ascii_only]
    style = LOOKS[arrow.lead.state].style
    return Content(shaft) + Content.styled(_said(arrow, sight), style) + Content(head)


def _said(arrow: Arrow, sight: Sight) -> str:
    clock = arrow.lead
    if clock.done_at is not None:
        late = " late" if clock.state is ClockState.MET_LATE else ""
        after = f" {duration_words(arrow.told_after)}" if arrow.told_after is not None else ""
        of = f" of {arrow.allowed.words()}" if after and arrow.allowed else ""
        return f"told{late}{after}{of}"
    left = countdown(clock.state, clock.due_at, sight.now, clock.duty.basis.value)
    return f"{glyph(clock.state, ascii_only=sight.ascii_only)} {left}"


def _creditor(arrow: Arrow) -> Content:
    return Content("people") if arrow.lead.duty.recipient == "subjects" else _party(arrow.creditor)


def _party(name: str) -> Content:
    return Content.styled("us", "bold") if name == US else datum(name[:200]).truncate(NAME, ellipsis=True)
