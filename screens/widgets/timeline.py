"""Marks on a scale of columns: where each stands is never moved, only on which row its words find room. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at one column: a glyph of one cell, and a label beside it.

    Attributes:
        rank: the lower, the earlier it is given its room.
    """

    column: int
    glyph: str
    label: Content
    style: str
    rank: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its row: `start` is the first cell that it takes, `text` the glyph with what label found room."""

    mark: Mark
    row: int
    start: int
    text: Content

    @property
    def end(self) -> int:
        """The first cell after it."""
        return self.start + self.text.cell_length


def lay_out(marks: Iterable[Mark], width: int, rows: int) -> tuple[tuple[Placed, ...], int]:
    """Give every mark a row, so that nothing overlaps and nothing leaves the width.

    A label stands after its glyph, or before it where it would leave the width; it is cut where neither has
    room. Where no row has room for the label, the glyph stands alone; where none has room for that, it is left out.

    Returns:
        What was placed, and how many marks were left out.
    """
    placed: list[Placed] = []
    left_out = 0
    for mark in sorted(marks, key=lambda mark: (mark.rank, mark.column)):
        found = next(
            (
                Placed(mark, row, start, text)
                for start, text in (_labelled(mark, width), _bare(mark))
                for row in range(rows)
                if _free(placed, row, start, start + text.cell_length)
            ),
            None,
        )
        if found is None:
            left_out += 1
        else:
            placed.append(found)
    return tuple(placed), left_out


def drawn(placed: Sequence[Placed]) -> list[Content]:
    """Return the rows as lines."""
    lines = []
    for row in range(1 + max((one.row for one in placed), default=-1)):
        line = Content("")
        for one in sorted((one for one in placed if one.row == row), key=lambda one: one.start):
            line = line.pad_right(one.start - line.cell_length) + one.text
        lines.append(line)
    return lines


def _labelled(mark: Mark, width: int) -> tuple[int, Content]:
    glyph = Content.styled(mark.glyph, mark.style)
    after, before = width - mark.column - 2, mark.column - 1
    wanted = mark.label.cell_length
    if wanted > after and before > after:
        label = mark.label.truncate(before, ellipsis=True)
        return mark.column - 1 - label.cell_length, label + Content(" ") + glyph
    if after < 1:
        return _bare(mark)
    return mark.column, glyph + Content(" ") + mark.label.truncate(after, ellipsis=True)


def _bare(mark: Mark) -> tuple[int, Content]:
    return mark.column, Content.styled(mark.glyph, mark.style)


def _free(placed: Iterable[Placed], row: int, start: int, end: int) -> bool:
    return all(one.row != row or end < one.start or start > one.end for one in placed)
