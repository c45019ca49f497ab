"""What the screens of one incident have in common: they read it whole, and judge its clocks each second."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from incident.errors import Failure
from screens.actions import bindings_on
from screens.live_page import LivePage
from screens.looks import datum
from screens.sight import Sight, read_sight
from screens.surroundings import Surroundings
from screens.widgets.block_list import Block, BlockList

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread


class SightPage(LivePage):
    """A screen about one incident."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str) -> None:
        super().__init__(surroundings, desk)
        self._reference = reference
        self._sight: Sight | None = None
        self._instead = "reading …"

    def show(self, sight: Sight) -> None:
        """Draw everything: the incident was read."""
        raise NotImplementedError

    def draw_time(self, sight: Sight) -> None:
        """Draw what the clock alone changes."""
        raise NotImplementedError

    def selected_reference(self) -> str | None:
        """Return the incident that is shown."""
        return self._reference

    def drawn(self, draw: Callable[[Sight, int], Sequence[Block]], width: int) -> Sequence[Block]:
        """Return the blocks of what was read, or why there is nothing to show."""
        return draw(self._sight, width) if self._sight is not None else [Block(None, (datum(self._instead),))]

    def read(self) -> None:
        """Read the incident."""
        self._read()

    def show_time(self) -> None:
        """Judge the clocks anew."""
        if self._sight is not None:
            self._sight = self._sight.at(self.incident_app.now)
            self.draw_time(self._sight)

    @work(exclusive=True, group="sight", exit_on_error=False)
    async def _read(self) -> None:
        now, ascii_only = self.incident_app.now, self._surroundings.ascii_only
        try:
            sight = await self._desk.do(lambda desk: read_sight(desk, self._reference, now, ascii_only=ascii_only))
        except Failure as failure:
            self._instead = str(failure)
            self.fail(failure)
            for shown in self.query(BlockList):
                shown.redraw()
            return
        self._sight = sight
        self.show(sight)


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

    def draw_time(self, sight: Sight) -> None:
        """Draw the list."""
        del sight
        self.query_one(BlockList).redraw()

    def _drawn(self, width: int) -> Sequence[Block]:
        return self.drawn(self.blocks, width)
