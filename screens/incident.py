"""One incident: its timeline, its parties, its clocks, its file, its notifications and its journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.reactive import var
from textual.widgets import Static

from models.dossier import ALTERNATIVE, FACTS
from screens.actions import bindings_on
from screens.head import head_lines
from screens.panes.chain import chain_blocks
from screens.panes.clocks import clock_blocks
from screens.panes.file import file_blocks, file_title
from screens.panes.journal import journal_blocks
from screens.panes.notices import notice_blocks
from screens.panes.timeline import timeline_blocks
from screens.sight import Sight, brief
from screens.sight_page import SightPage
from screens.widgets.block_list import Block, BlockList


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane: its name among the others, what draws its blocks, and the words above it."""

    name: str
    draw: Callable[[Sight, int], Sequence[Block]]
    title: Callable[[Sight], str]


PANES: dict[str, Pane] = {
    "clocks": Pane("Clocks", clock_blocks, lambda _: "Clocks"),
    "file": Pane("File", file_blocks, file_title),
    "timeline": Pane("Timeline", timeline_blocks, lambda sight: f"Timeline · {sight.look.incident.zone.key}"),
    "chain": Pane("Who tells whom", chain_blocks, lambda _: "Who tells whom"),
    "notices": Pane("Notifications", notice_blocks, lambda _: "Notifications"),
    "journal": Pane("Journal", journal_blocks, lambda sight: f"Journal · {len(sight.entries)}"),
}
"""The panes in the order in which tab goes through them."""

TICKING = ("clocks", "timeline", "chain")
"""The panes that say something of the time."""


class IncidentScreen(SightPage):
    """One incident; side by side where there is room, else one pane at a time."""

    ACTIONS_OF = "incident"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("incident")
    CSS_PATH = "styles/incident_screen.tcss"

    current: var[str] = var("clocks")
    """The pane that is shown where only one has room."""

    def body(self) -> ComposeResult:
        """Lay out the head, where one is among the panes, and the panes."""
        yield Static(id="head")
        yield Static(id="tabs")
        yield self._pane("timeline")
        yield self._pane("chain")
        with Horizontal(id="halves", classes="place"):
            with Vertical(id="left", classes="place"):
                yield self._pane("clocks")
                yield self._pane("notices")
            with Vertical(id="right", classes="place"):
                yield self._pane("file")
                yield self._pane("journal")

    def on_mount(self) -> None:
        """Begin at the clocks."""
        self._show(self.pane(self.current))
        self.call_after_refresh(self.pane(self.current).focus)

    def on_resize(self) -> None:
        """Write the head for the new width."""
        if self._sight is not None:
            self._draw_head(self._sight)

    def show(self, sight: Sight) -> None:
        """Draw every pane."""
        for name, pane in PANES.items():
            self.pane(name).border_title = brief(pane.title(sight))
            self.pane(name).redraw()
        self._draw_head(sight)

    def draw_time(self, sight: Sight) -> None:
        """Draw the panes that say something of the time."""
        del sight
        for name in TICKING:
            self.pane(name).redraw()

    def pane(self, name: str) -> BlockList:
        """Return a pane by its name."""
        return self.query_one(f"#{name}", BlockList)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._go(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._go(-1)

    def action_explain(self) -> None:
        """Show how the selected clock was reckoned."""
        from screens.explanation import ExplanationScreen

        duty = self.pane("clocks").current
        if duty is not None:
            self.app.push_screen(ExplanationScreen(self._surroundings, self._desk, self._reference, duty))

    def action_ask(self) -> None:
        """Note who is asked for the fact selected in the file."""
        from screens.note import NoteScreen

        asked = self._selected_facts()
        if asked:
            self.app.push_screen(NoteScreen(self._surroundings, self._desk, self._reference, asked))
        else:
            self.app.notify("Select a fact in the file: what is asked for stands in the note.", severity="warning")

    def action_show_journal(self) -> None:
        """Show the whole journal."""
        from screens.journal import JournalScreen

        self.app.push_screen(JournalScreen(self._surroundings, self._desk, self._reference))

    @on(BlockList.Chosen, "#clocks")
    def _clock_chosen(self) -> None:
        self.action_explain()

    @on(BlockList.Chosen, "#file")
    def _fact_chosen(self) -> None:
        """Show what the selected fact is and was, or what the selected notification requires."""
        from screens.fact_history import FactHistoryScreen

        facts = self._selected_facts()
        chosen = self.pane("file").current
        if self._sight and chosen in {file.duty.id for file in self._sight.file.notifications}:
            self._show_notification(str(chosen))
        elif facts:
            self.app.push_screen(FactHistoryScreen(self._surroundings, self._desk, self._reference, facts))

    @on(BlockList.Chosen, "#journal")
    def _entry_chosen(self) -> None:
        self.action_show_journal()

    @on(DescendantFocus)
    def _focused(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, BlockList):
            self._show(event.widget)

    def _show_notification(self, duty: str) -> None:
        from screens.notification_fields import NotificationFieldsScreen

        self.app.push_screen(NotificationFieldsScreen(self._surroundings, self._desk, self._reference, duty))

    def _selected_facts(self) -> tuple[str, ...]:
        """Return the fact selected in the file, or the alternatives of which either will do; a date is no fact."""
        return tuple(name for name in (self.pane("file").current or "").split(ALTERNATIVE) if name in FACTS)

    def _pane(self, name: str) -> BlockList:
        draw = PANES[name].draw

        def drawn(width: int) -> Sequence[Block]:
            return self.drawn(draw, width)

        pane = BlockList(drawn, ascii_only=self._surroundings.ascii_only, id=name, classes="place pane")
        pane.border_title = Content(PANES[name].name)
        return pane

    def _go(self, by: int) -> None:
        names = list(PANES)
        following = self.pane(names[(names.index(self.current) + by) % len(names)])
        self._show(following)
        self.call_after_refresh(following.focus)  # what is not displayed yet takes no focus

    def _show(self, pane: BlockList) -> None:
        """Make a pane the one that is shown where only one has room."""
        self.current = pane.id or self.current
        shown = {pane, *pane.ancestors}
        for place in self.query(".place"):
            place.set_class(place in shown, "-current")
        said = Content("  ").join(
            Content.styled(f"[{one.name}]", "bold") if pane.id == name else Content.styled(one.name, "$text-muted")
            for name, one in PANES.items()
        )
        self.query_one("#tabs", Static).update(said)

    def _draw_head(self, sight: Sight) -> None:
        self.query_one("#head", Static).update(head_lines(sight.look, max(1, self.size.width - 2)))
