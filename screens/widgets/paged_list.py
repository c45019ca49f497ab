"""A list of any length: only the visible lines are made, from pages that are fetched when they are looked at.

100,000 rows scroll like ten, because nothing is measured or kept but the pages in view.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

Row = TypeVar("Row")

PAGE = 100
PAGES_KEPT = 8


class PagedList(ScrollView, Generic[Row], can_focus=True):
    """A list with a cursor over rows that are fetched page by page.

    The cursor stays on its row, by key, when the data change.
    """

    DEFAULT_CSS = """
    PagedList { height: 1fr; scrollbar-size-horizontal: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "edge(-1)", "first", show=False),
        Binding("end", "edge(1)", "last", show=False),
    ]

    cursor: var[int] = var(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or the row under it has changed."""

        row: object

    @dataclass
    class Chosen(Message):
        """The row under the cursor was chosen."""

        row: object

    def __init__(
        self,
        fetch: Callable[[int, int], Sequence[Row]],
        draw: Callable[[Row, int], Content],
        key: Callable[[Row], str],
        *,
        locate: Callable[[str], int | None] = lambda _: None,
        empty: Callable[[], Content] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make the list.

        Args:
            fetch: returns rows from an offset on, at most so many.
            draw: returns a row's line for a width in cells.
            key: returns what a row is known by.
            locate: returns the place of the row known by a key, or None where it is not among the rows any more;
                without it the cursor keeps its own place.
            empty: returns what an empty list says.
        """
        super().__init__(id=id)
        self._fetch = fetch
        self._draw = draw
        self._key = key
        self._locate = locate
        self._empty = empty
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._shown: dict[int, Content] = {}
        self._total = 0

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._total

    @property
    def current(self) -> Row | None:
        """The row under the cursor, or None in an empty list."""
        return self.row(self.cursor)

    def row(self, index: int) -> Row | None:
        """Return a row by its place, fetched if need be, or None where there is none."""
        if not 0 <= index < self._total:
            return None
        number, within = divmod(index, PAGE)
        if number not in self._pages:
            self._pages[number] = self._fetch(number * PAGE, PAGE)
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        page = self._pages[number]
        return page[within] if within < len(page) else None

    def renew(self, total: int) -> None:
        """Forget the pages and show `total` rows anew; the cursor stays on the row it was on, wherever that is now."""
        before = self.current
        held = self._key(before) if before is not None else None
        self._pages.clear()
        self._shown.clear()
        self._total = total
        self.virtual_size = Size(self.size.width, total)
        place = self._locate(held) if held is not None else None
        self.set_reactive(PagedList.cursor, max(0, min(place if place is not None else self.cursor, total - 1)))
        self.refresh()
        self.post_message(self.Moved(self.current))

    def redraw_rows(self) -> None:
        """Draw those visible rows again that say something else by now; over a slow link the rest costs nothing."""
        top, width = self.scroll_offset.y, self.size.width
        for index in range(top, min(top + self.size.height, self._total)):
            row = self.row(index)
            if row is not None and self._draw(row, width) != self._shown.get(index):
                self.refresh(Region(0, index - top, width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.size.width
        index = y + self.scroll_offset.y
        row = self.row(index)
        content = self._draw(row, width) if row is not None else self._said_instead(index)
        self._shown[index] = content
        strip = Strip(content.render_segments(self.visual_style)).adjust_cell_length(width, self.rich_style)
        if row is not None and index == self.cursor:
            chosen = self.get_component_rich_style("paged-list--cursor")
            return Strip([Segment(text, (style or Style()) + chosen) for text, style, _ in strip], width)
        return strip

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paged-list--cursor"}

    def watch_cursor(self, before: int, after: int) -> None:
        """Show where the cursor went."""
        for index in (before, after):
            self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))
        self._show_cursor()
        self.post_message(self.Moved(self.current))

    def on_resize(self) -> None:
        """Keep the list as wide as its window."""
        self.virtual_size = Size(self.size.width, self._total)
        self._show_cursor()

    def on_click(self, event: Click) -> None:
        """Choose by mouse what the keyboard chooses; never the only way."""
        index = event.y + self.scroll_offset.y
        if index < self._total:
            if index == self.cursor:
                self.post_message(self.Chosen(self.current))
            self.cursor = index

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = max(0, min(self._total - 1, self.cursor + by))

    def action_page(self, direction: int) -> None:
        """Move the cursor by a window's height."""
        self.action_move(direction * max(1, self.size.height - 1))

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = 0 if direction < 0 else max(0, self._total - 1)

    def _said_instead(self, index: int) -> Content:
        """Return what stands where no row is: on the first line of an empty list, why it is empty."""
        return self._empty() if self._empty is not None and index == self._total == 0 else Content("")

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
