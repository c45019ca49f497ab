"""What the screens of one incident have in common: they read it, and judge its clocks each second.

They read it again when anybody has written. A screen that is covered lets time pass unseen.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer

from incident.errors import Failure
from incident.store.protocol import Store
from screens.actions import bindings_on
from screens.looks import datum
from screens.page import Page
from screens.sight import Sight, read_sight
from screens.surroundings import Surroundings
from screens.widgets.block_list import Block, BlockList

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread


class SightPage(Page):
    """A screen about one incident."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._store: Store | None = None
        self._seen: int | None = None
        self._sight: Sight | None = None
        self._instead = "reading …"
        self._timer: Timer | None = None

    def show(self, sight: Sight) -> None:
        """Draw everything: the incident was read."""
        raise NotImplementedError

    def show_time(self, sight: Sight) -> None:
        """Draw what the clock alone changes."""
        raise NotImplementedError

    def selected_reference(self) -> str | None:
        """Return the incident that is shown."""
        return self._reference

    def drawn(self, draw: Callable[[Sight, int], Sequence[Block]], width: int) -> Sequence[Block]:
        """Return the blocks of what was read, or why there is nothing to show."""
        return draw(self._sight, width) if self._sight is not None else [Block(None, (datum(self._instead),))]

    def on_mount(self) -> None:
        """Read the incident, and watch the clock and the store."""
        self._read()
        self._timer = self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        """Release the store."""
        if self._store is not None:
            self._store.close()

    def on_screen_suspend(self) -> None:
        """Let time pass unseen."""
        if self._timer is not None:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self._timer is not None:
            self._timer.resume()
            self.tick()

    def action_refresh(self) -> None:
        """Read everything again."""
        self._read()

    def tick(self) -> None:
        """Judge the clocks anew, and read again what another process has written."""
        try:
            changes = self._changes()
        except Failure as failure:
            self.tell(failure)
            return
        if changes != self._seen:
            self._seen = changes
            self._read()
        elif self._sight is not None:
            self._sight = self._sight.at(self.incident_app.now)
            self.show_time(self._sight)

    @work(exclusive=True, group="sight", exit_on_error=False)
    async def _read(self) -> None:
        now, ascii_only = self.incident_app.now, self._surroundings.ascii_only
        try:
            sight = await self._desk.do(lambda desk: read_sight(desk, self._reference, now, ascii_only=ascii_only))
        except Failure as failure:
            self._instead = str(failure)
            self.tell(failure)
            for shown in self.query(BlockList):
                shown.redraw()
            return
        self._sight = sight
        self.show(sight)

    def _changes(self) -> int | None:
        if self._store is None:
            self._store = self._surroundings.open_reader()
        return self._store.changes() if self._store else None


class SightList(SightPage):
    """A page of one list about an incident."""

    ACTIONS_OF = "page"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")
    CSS_PATH = "styles/incident_screen.tcss"

    def body(self) -> ComposeResult:
        """Lay out the list."""
        pane = BlockList(self._drawn, ascii_only=self._surroundings.ascii_only, id="list", classes="pane")
        pane.border_title = Content(self._reference)
        yield pane

    def on_mount(self) -> None:
        """Give the list the keys."""
        self.query_one(BlockList).focus()
        super().on_mount()

    def title_of(self, sight: Sight) -> Content:
        """Return what stands above the list."""
        raise NotImplementedError

    def blocks(self, sight: Sight, width: int) -> list[Block]:
        """Return what the list shows."""
        raise NotImplementedError

    def show(self, sight: Sight) -> None:
        """Draw the list and what stands above it."""
        self.query_one(BlockList).border_title = self.title_of(sight)
        self.query_one(BlockList).redraw()

    def show_time(self, sight: Sight) -> None:
        """Draw the list."""
        del sight
        self.query_one(BlockList).redraw()

    def _drawn(self, width: int) -> Sequence[Block]:
        return self.drawn(self.blocks, width)
