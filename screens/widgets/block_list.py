"""A scrolling list of blocks of lines: what it shows is drawn for its width, and only changed lines are painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `key` names what they show; None where there is nothing to choose."""

    key: str | None
    lines: tuple[Content, ...]


def heading(text: str) -> Block:
    """Return a heading, which cannot be chosen."""
    return Block(None, (Content.styled(text, "$text-muted"),))


class BlockList(ScrollView, can_focus=True):
    """A list of blocks with a cursor, which stays on its block, by key, when the data change.

    The first column is the cursor's mark: it is seen without colour.
    """

    DEFAULT_CSS = """
    BlockList { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "edge(-1)", "first", show=False),
        Binding("end", "edge(1)", "last", show=False),
        Binding("enter", "choose", "choose", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"block-list--cursor"}

    @dataclass
    class Chosen(Message):
        """The block under the cursor was chosen."""

        list: "BlockList"
        key: str

        @property
        def control(self) -> "BlockList":
            """The list it was chosen in."""
            return self.list

    def __init__(
        self,
        draw: Callable[[int], Sequence[Block]],
        *,
        ascii_only: bool,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make the list.

        Args:
            draw: returns the blocks for a width in cells; called again whenever they may have changed.
            ascii_only: the cursor's mark is of ASCII.
        """
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._mark = ">" if ascii_only else "▸"
        self._lines: list[Content] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._current: str | None = None

    @property
    def current(self) -> str | None:
        """The key of the block under the cursor, or None where there is nothing to choose."""
        return self._current

    @property
    def _room(self) -> int:
        """The cells that a line has: what the cursor's mark and the scroll bar leave, whether it shows or not."""
        return self.outer_size.width - self.styles.gutter.width - 2

    def redraw(self) -> None:
        """Draw the blocks anew; only the lines that changed are painted."""
        if self._room < 1:
            return
        before, places, current = self._lines, self._places, self._current
        self._lines, self._places = [], {}
        for block in self._draw(self._room):
            if block.key is not None and block.key not in self._places:
                self._places[block.key] = (len(self._lines), len(block.lines))
            self._lines += block.lines
        if self._current not in self._places:
            self._current = _nearest(self._places, places.get(current or ""))
        if len(before) != len(self._lines) or self._current != current:
            self.virtual_size = Size(self.size.width, len(self._lines))
            self.refresh(layout=self.styles.height is not None and self.styles.height.is_auto)
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if not old.is_same(new):
                self._refresh_lines(y, 1)

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width, index = self.size.width, y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        first, height = self._places.get(self._current or "", (-1, 0))
        here = self.has_focus and first <= index < first + height
        mark = self._mark if here and index == first else " "
        content = Content(mark) + self._lines[index].truncate(self._room)
        strip = Strip(content.render_segments(self.visual_style)).adjust_cell_length(width, self.rich_style)
        if not here:
            return strip
        chosen = self.get_component_rich_style("block-list--cursor")
        return Strip([Segment(text, (style or Style()) + chosen) for text, style, _ in strip], width)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._lines = []
        self.redraw()
        self._show_cursor()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Choose by mouse what the keyboard chooses; never the only way."""
        index = event.y + self.scroll_offset.y
        for key, (first, height) in self._places.items():
            if first <= index < first + height:
                if key == self._current:
                    self.action_choose()
                self._go_to(key)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many blocks, or scroll where there is nothing to choose, or no more of it."""
        keys = list(self._places)
        place = keys.index(self._current) + by if self._current in self._places else -1
        if 0 <= place < len(keys):
            self._go_to(keys[place])
        else:
            self.scroll_relative(y=by, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by a window's height, and take the cursor along."""
        rows = max(1, self.size.height - 1) * direction
        self.scroll_relative(y=rows, animate=False)
        if self._current in self._places:
            target = self._places[self._current][0] + rows
            self._go_to(min(self._places, key=lambda key: abs(self._places[key][0] - target)))

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last block."""
        keys = list(self._places)
        if keys:
            self._go_to(keys[0 if direction < 0 else -1])
        self.scroll_to(y=0 if direction < 0 else len(self._lines), animate=False)

    def action_choose(self) -> None:
        """Say that the block under the cursor was chosen."""
        if self._current is not None:
            self.post_message(self.Chosen(self, self._current))

    def _go_to(self, key: str) -> None:
        for one in (self._current, key):
            self._refresh_lines(*self._places.get(one or "", (0, 0)))
        self._current = key
        self._show_cursor()

    def _show_cursor(self) -> None:
        first, height = self._places.get(self._current or "", (0, 0))
        if height:
            self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True)

    def _refresh_lines(self, first: int, count: int) -> None:
        self.refresh(Region(0, first - self.scroll_offset.y, self.size.width, count))


def _nearest(places: dict[str, tuple[int, int]], before: tuple[int, int] | None) -> str | None:
    if before is None:
        return next(iter(places), None)
    return min(places, key=lambda key: abs(places[key][0] - before[0]), default=None)
