"""Search over everything recorded: titles, notes, facts, names, references; each hit with the line it stands in."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from incident.errors import Failure
from incident.hits import hits
from incident.store.protocol import BoardQuery, BoardRow, Store
from screens.actions import bindings_on
from screens.looks import datum, fitted
from screens.page import Page
from screens.surroundings import Surroundings
from screens.widgets.inputs import SafeInput
from screens.widgets.paged_list import PagedList

NUMBER, MOST_LINES = 10, 5


class SearchScreen(Page):
    """What is typed above, the incidents in which it occurs below; Enter opens one."""

    ACTIONS_OF = "search"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("search")
    CSS_PATH = "styles/search.tcss"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._store: Store | None = None

    def selected_reference(self) -> str | None:
        """Return the incident under the cursor."""
        row = self.found.current
        return row.reference if row is not None else None

    def body(self) -> ComposeResult:
        """Lay out the words, how often they occur, the hits, and where the selected one has them."""
        yield SafeInput(placeholder="words that must all occur", id="words", compact=True)
        yield Static(id="count")
        yield PagedList[BoardRow](self._fetch, self._draw, lambda row: row.reference, id="found")
        yield Static(id="lines")

    def on_mount(self) -> None:
        """Wait for words."""
        self.query_one("#words", Input).focus()
        self._search()

    def on_unmount(self) -> None:
        """Release the store."""
        if self._store is not None:
            self._store.close()

    @property
    def found(self) -> "PagedList[BoardRow]":
        """The hits."""
        return self.query_one("#found", PagedList)

    @property
    def words(self) -> str:
        """What is searched for; the last word may still be being typed."""
        typed = self.query_one("#words", Input).value.strip()
        return f"{typed}*" if typed else ""

    def action_open_incident(self) -> None:
        """Open the selected incident."""
        reference = self.selected_reference()
        if reference is not None:
            self.incident_app.open_incident(reference)

    @on(Input.Changed, "#words")
    def _search(self) -> None:
        try:
            total = self._page(1, 0)[0]
        except Failure as failure:
            self.tell(failure)
            return
        self.found.renew(total)
        incidents = "1 incident" if total == 1 else f"{total} incidents"
        self.query_one("#count", Static).update(Content(incidents if self.words else "type a word"))

    @on(Input.Submitted, "#words")
    def _to_the_hits(self) -> None:
        self.found.focus()

    @on(PagedList.Chosen)
    def _chosen(self) -> None:
        self.action_open_incident()

    @on(PagedList.Moved)
    def _moved(self) -> None:
        row = self.found.current
        lines = hits(row.search_text, self.words)[:MOST_LINES] if row is not None else ()
        self.query_one("#lines", Static).update(Content("\n").join(datum(line) for line in lines))

    def _page(self, limit: int, offset: int) -> tuple[int, Sequence[BoardRow]]:
        if self._store is None:
            self._store = self._surroundings.open_reader()
        if self._store is None or not self.words:
            return 0, ()
        return self._store.board(BoardQuery(self.incident_app.now, search=self.words, limit=limit, offset=offset))

    def _fetch(self, offset: int, limit: int) -> Sequence[BoardRow]:
        return self._page(limit, offset)[1]

    def _draw(self, row: BoardRow, width: int) -> Content:
        elsewhere = [line for line in hits(row.search_text, self.words) if line != row.title]
        where = f" · {elsewhere[0]}" if elsewhere else ""
        number = fitted(datum(row.reference.removeprefix("INC-")), NUMBER)
        return number + fitted(datum(f"{row.title}{where}"), max(4, width - NUMBER))
