"""The board: what burns, who must be told, what is missing, in one look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.widgets import Input, Static

from incident.board_page import due_word
from incident.errors import Failure
from incident.store.protocol import BoardQuery, BoardRow
from models.typed_times import echo
from screens.actions import bindings_on
from screens.board_filter import read_filter
from screens.board_line import board_line, heading_line
from screens.live_page import LivePage
from screens.looks import datum
from screens.widgets.inputs import SafeInput
from screens.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from incident.look import Look

COUNTED = ("overdue", "due-soon", "running", "waiting", "undated")
WORDS = {
    "overdue": "overdue",
    "due-soon": "due soon",
    "running": "running",
    "waiting": "undecided",
    "undated": "open without a date",
}


class BoardScreen(LivePage):
    """The incidents by next deadline, with live countdowns."""

    ACTIONS_OF = "board"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("board")

    filter_text: var[str] = var("")

    def body(self) -> ComposeResult:
        """Lay out counts, filter, list and gist."""
        yield Static(id="top")
        yield Static(id="counts")
        yield SafeInput(placeholder="words, vendor:kavkom, state:overdue", id="filter")
        yield Static(id="heading")
        yield PagedList[BoardRow](
            self._fetch,
            self._draw,
            lambda row: row.reference,
            locate=self._place_of,
            empty=self._why_empty,
            id="incidents",
        )
        yield Static(id="gist")

    def on_mount(self) -> None:
        """Begin at the list."""
        self.query_one("#filter", Input).display = False
        self.incidents.focus()

    def on_resize(self) -> None:
        """Write the heading for the new width."""
        self.call_after_refresh(self._draw_top)

    @property
    def incidents(self) -> "PagedList[BoardRow]":
        """The list."""
        return self.query_one("#incidents", PagedList)

    def read(self) -> None:
        """Read how many incidents there are, and those in view."""
        store = self.reader()
        self.incidents.renew(store.board(self._query(1, 0))[0] if store else 0)
        self.call_after_refresh(self._draw_counts)  # counting takes longer than painting

    def show_time(self) -> None:
        """Draw the countdowns anew, and what stands above them."""
        self.incidents.redraw_rows()
        self._draw_top()

    def action_filter(self) -> None:
        """Filter as you type."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self.filter_text = event.value
        self.look_again()

    @on(Input.Submitted, "#filter")
    def _filter_accepted(self) -> None:
        self.incidents.focus()

    def key_escape(self) -> None:
        """Take the filter away; nothing else is lost by it."""
        field = self.query_one("#filter", Input)
        field.value = ""
        field.display = False
        self.incidents.focus()

    def selected_reference(self) -> str | None:
        """Return the incident under the cursor."""
        row = self.incidents.current
        return row.reference if row is not None else None

    def action_open_incident(self) -> None:
        """Open the selected incident."""
        row = self.incidents.current
        if row is not None:
            self.incident_app.open_incident(row.reference)

    @on(PagedList.Chosen)
    def _chosen(self) -> None:
        self.action_open_incident()

    @on(PagedList.Moved)
    def _moved(self) -> None:
        row = self.incidents.current
        if row is None:
            self.query_one("#gist", Static).update(Content(""))
        else:
            # the board is painted before what reckons clocks is even imported
            self.call_after_refresh(self._show_gist, row.reference)

    @work(exclusive=True, group="gist", exit_on_error=False)
    async def _show_gist(self, reference: str) -> None:
        try:
            look = await self._desk.do(lambda desk: desk.look(reference))
        except Failure as failure:
            self.fail(failure)
            return
        if self.selected_reference() == look.incident.reference:
            self.query_one("#gist", Static).update(gist(look))

    def _query(self, limit: int, offset: int) -> BoardQuery:
        words, state, vendor = read_filter(self.filter_text)
        return BoardQuery(self.incident_app.now, state, vendor, None, words or None, limit, offset)

    def _fetch(self, offset: int, limit: int) -> Sequence[BoardRow]:
        try:
            store = self.reader()
            return store.board(self._query(limit, offset))[1] if store else []
        except Failure as failure:
            self.fail(failure)
            return []

    def _why_empty(self) -> Content:
        if self.filter_text.strip():
            return Content("None matches the filter.")
        return Content("No incidents. Press n to take a call.")

    def _place_of(self, reference: str) -> int | None:
        try:
            store = self.reader()
            return store.place_of(self._query(1, 0), reference) if store else None
        except Failure as failure:
            self.fail(failure)
            return None

    def _draw(self, row: BoardRow, width: int) -> Content:
        return board_line(row, self.incident_app.now, width, ascii_only=self._surroundings.ascii_only)

    def _draw_top(self) -> None:
        here, now = self._surroundings, self.incident_app.now
        local = now.astimezone(self._desk.zone)
        top = f"Incidents   {local:%a %d %b %Y %H:%M} {local.tzname()} ({now:%H:%M} UTC) · "
        self._say("#top", Content(top) + datum(f"{here.store_name} · {here.actor}"))
        self._say("#heading", heading_line(self.incidents.size.width))

    def _say(self, place: str, words: Content) -> None:
        """Write a line where it says something else by now: an unchanged one is not drawn again."""
        line = self.query_one(place, Static)
        if line.content != words:
            line.update(words)

    def _draw_counts(self) -> None:
        try:
            store = self.reader()
            counts = store.counts(self.incident_app.now, COUNTED) if store else dict.fromkeys(COUNTED, 0)
        except Failure as failure:
            self.fail(failure)
            return
        said = " · ".join(f"{count} {WORDS[state]}" for state, count in counts.items())
        self.query_one("#counts", Static).update(Content(said))


def gist(look: "Look") -> Content:
    """Say in two lines what the selected incident is about: the next duty, and what is missing first."""
    from models.clocks import next_clock
    from models.moments import moment_words

    clock = next_clock(look.clocks) if look.incident.closing is None else None
    first = datum(f"{look.incident.reference}  {look.incident.title}", "bold")
    if clock is None:
        return first + Content("\nnothing is owed any more")
    zone, word = look.incident.zone, due_word(clock.duty.basis.value)
    due = f", {word} {echo(clock.due_at, zone, look.now)}" if clock.due_at else ""
    lines = first + Content("\nnext: ") + datum(f"{clock.duty.title}{due}")
    trigger = clock.trigger
    presumed = f" (presumed: {moment_words(trigger.presumed_from)})" if trigger and trigger.presumed_from else ""
    since = f" · {clock.duty.trigger.words} {echo(trigger.at, zone, look.now)}{presumed}" if trigger else ""
    missing = ", ".join(_spaced(name).replace("|", " or ") for name in look.completeness.missing[:4])
    return lines + Content("\n") + datum(f"missing first: {missing or 'nothing'}{since}")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
