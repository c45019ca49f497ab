"""The timeline of one incident, to scale: what happened above all, what falls due, and now."""

from zoneinfo import ZoneInfo

from textual.content import Content

from models.timeline import Event, EventKind, Scale, events, scale
from screens.looks import LOOKS
from screens.sight import Sight, brief
from screens.widgets.block_list import Block
from screens.widgets.timeline import Mark, drawn, lay_out

ROWS = 8
NOTES = 40
"""So many notes find a place at most, the latest; the journal has them all."""

LOOK = {
    EventKind.NOW: ("▲", "^", "bold $accent"),
    EventKind.DEADLINE: ("┃", "!", ""),
    EventKind.OUTER_LIMIT: ("┊", ":", "$text-muted"),
    EventKind.MOMENT: ("◆", "*", "$foreground"),
    EventKind.FILING: ("◇", "o", "$success"),
    EventKind.NOTE: ("·", ".", "$text-muted"),
}
RANKS = {kind: rank for rank, kind in enumerate(EventKind)}
AXIS = {False: ("├", "─", "┼", "┤"), True: ("+", "-", "+", "|")}


def timeline_blocks(sight: Sight, width: int) -> list[Block]:
    """Return days, axis and marks as lines, none of them wider than `width`."""
    look = sight.look
    known = events(look.incident, look.clocks, look.vendor, sight.now)
    notes = [event for event in known if event.kind is EventKind.NOTE]
    dropped = set(map(id, notes[:-NOTES]))
    shown = [event for event in known if id(event) not in dropped]
    span = scale(shown, look.clocks)
    zone = look.incident.zone
    marks = [_mark(event, span, sight, width) for event in shown]
    placed, left_out = lay_out(marks, width, ROWS)
    lines = [*_axis(span, zone, sight, width), *drawn(placed)]
    if left_out or dropped:
        lines.append(Content.styled(f"{left_out + len(dropped)} more in the journal", "$text-muted"))
    return [Block(None, tuple(lines))]


def _mark(event: Event, span: Scale, sight: Sight, width: int) -> Mark:
    glyph, plain, style = LOOK[event.kind]
    if event.state is not None:
        style = LOOKS[event.state].style
    column = min(width - 1, round(span.place(event.at) * (width - 1)))
    words = event.words
    zone = sight.look.incident.zone
    outside = not span.holds(event.at)
    if outside:
        words = f"{event.at.astimezone(zone):%d %b %Y} {words}"
    elif event.kind in {EventKind.DEADLINE, EventKind.OUTER_LIMIT}:
        words = f"{event.at.astimezone(zone):%H:%M} {words}"
    if outside:
        glyph, plain = ("◂", "<") if event.at < span.begins else ("▸", ">")
    label = brief(words, style).truncate(max(12, width // 3), ellipsis=True)
    return Mark(column, plain if sight.ascii_only else glyph, label, style, RANKS[event.kind])


def _axis(span: Scale, zone: ZoneInfo, sight: Sight, width: int) -> tuple[Content, Content]:
    """Return the line of days and the line with their ticks."""
    this_year = span.begins.astimezone(zone).year == sight.now.astimezone(zone).year
    form, cells = ("%a %d %b", 11) if this_year else ("%a %d %b %Y", 16)
    left, line, tick, right = AXIS[sight.ascii_only]
    axis = [left, *line * (width - 2), right]
    days = [" "] * width
    first = f"{span.begins.astimezone(zone):{form}}"
    columns = [(0, first)]
    for midnight in span.midnights(zone, max(1, width // cells)):
        column = round(span.place(midnight) * (width - 1))
        axis[column] = tick
        columns.append((column, f"{midnight.astimezone(zone):{form}}"))
    free = 0
    for place, (column, label) in enumerate(columns):
        following = columns[place + 1][0] if place + 1 < len(columns) else width
        fits = column >= free and column + len(label) < (following if place == 0 else width)
        if fits:
            days[column : column + len(label)] = label
            free = column + len(label) + 1
    return Content.styled("".join(days), "$text-muted"), Content.styled("".join(axis), "$text-muted")
