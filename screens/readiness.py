"""What one vendor's promise would cost us: graded, with what to ask for, and rehearsed."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incident.desk import Desk
from incident.errors import Failure
from incident.playbook_pages.layout import WIDTH, laid_out
from incident.playbook_pages.overview import Listed
from incident.playbook_pages.readiness import readiness_page
from incident.readiness import Judged, judged
from models.rehearsal import friday_before_easter
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.page import Page

NARROWEST = 30
"""Columns below which the page is not wrapped any narrower."""


class ReadinessScreen(Page):
    """One vendor's grade, findings and rehearsal, as the record's playbooks and settings give them now."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")
    CSS_PATH = "styles/playbooks.tcss"

    def __init__(self, desk: DeskThread, vendor: str, listed: list[Listed]) -> None:
        """Make the page of a vendor, given by id; `listed` holds every playbook there is."""
        super().__init__()
        self._desk = desk
        self._vendor = vendor
        self._listed = listed
        self._judged: Judged | None = None

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="readiness"):
            yield Static(id="said")

    def on_mount(self) -> None:
        """Have the vendor judged."""
        self.query_one("#readiness").focus()
        self._load()

    def on_resize(self) -> None:
        """Fold the page anew, once it has its new width."""
        self.call_after_refresh(self._show)

    @work(exclusive=True, exit_on_error=False)
    async def _load(self) -> None:
        try:
            self._judged = await self._desk.do(lambda desk: _one_judged(desk, self._vendor, self._listed))
        except Failure as failure:
            self.tell(failure)
            return
        self._show()

    def _show(self) -> None:
        if self._judged is None:
            return
        room = self.query_one("#readiness", VerticalScroll).scrollable_content_region.width
        lines = laid_out(readiness_page(self._judged), max(NARROWEST, min(WIDTH, room)))
        self.query_one("#said", Static).update(Content("\n".join(lines)))


def _one_judged(desk: Desk, vendor: str, listed: list[Listed]) -> Judged:
    organisation = desk.in_force.organisation
    at = friday_before_easter(desk.now, organisation.time_zone)
    return next(one for one in judged(listed, organisation, desk.now, at) if one.vendor.id == vendor)
