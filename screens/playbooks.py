"""Playbooks: what we rely on, from which place, how sure we are of it, and what nobody has told us yet."""

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident.desk import Desk
from incident.errors import Failure
from incident.playbook_pages.doubts import doubts
from incident.playbook_pages.layout import WIDTH, laid_out
from incident.playbook_pages.overview import HEADINGS, Listed, listed_in, term_words
from incident.playbook_pages.page import playbook_page
from models.playbook import VendorPlaybook
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.live_page import LivePage
from screens.looks import datum
from screens.surroundings import Surroundings

NARROWEST = 30
"""Columns below which a page is not wrapped any narrower."""


class PlaybooksScreen(LivePage):
    """Vendors, laws and forms in force; the page of the selected one beside them."""

    ACTIONS_OF = "playbooks"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("playbooks")
    CSS_PATH = "styles/playbooks.tcss"

    def __init__(self, surroundings: Surroundings, desk: DeskThread) -> None:
        super().__init__(surroundings, desk)
        self._listed: dict[str, Listed] = {}

    def body(self) -> ComposeResult:
        """Lay out the list, and the page."""
        with Container(id="library"):
            yield OptionList(id="playbooks", markup=False)
            with VerticalScroll(id="page"):
                yield Static(id="said")

    def on_mount(self) -> None:
        """Begin at the list."""
        self.query_one("#playbooks").focus()

    def read(self) -> None:
        """Ask the desk which playbooks are in force."""
        self._load()

    def on_resize(self) -> None:
        """Fold the page anew, once it has its new width."""
        self.call_after_refresh(self._show_page)

    @property
    def current(self) -> Listed | None:
        """The selected playbook, or None before there is one."""
        option = self.query_one("#playbooks", OptionList).highlighted_option
        return self._listed.get(option.id or "") if option else None

    def action_read_contract(self) -> None:
        """Read the breach clause out of a contract."""
        from screens.read_contract import ReadContractScreen

        self.app.push_screen(ReadContractScreen(self._surroundings, self._desk, None))

    def action_adopt(self) -> None:
        """Put a reviewed vendor playbook in force."""
        from screens.adopt import AdoptScreen

        self.app.push_screen(AdoptScreen(self._surroundings, self._desk, ""))

    def action_lint(self) -> None:
        """Show what the selected vendor's promise would cost us."""
        from screens.readiness import ReadinessScreen

        one = self.current
        if one is None or not isinstance(one.playbook, VendorPlaybook):
            self.app.notify("A vendor's playbook alone is judged: select one.", severity="warning")
            return
        listed = list(self._listed.values())
        self.app.push_screen(ReadinessScreen(self._desk, one.playbook.id, listed))

    @work(exclusive=True, exit_on_error=False)
    async def _load(self) -> None:
        folder = self._surroundings.playbooks
        try:
            listed = await self._desk.do(lambda desk: _in_force(desk, folder))
        except Failure as failure:
            self.fail(failure)
            return
        now_listed = {f"{one.playbook.kind}-{one.playbook.id}": one for one in listed}
        if now_listed != self._listed:
            self._listed = now_listed
            self._list_them()

    def _list_them(self) -> None:
        """List the playbooks by kind; the cursor stays on its own."""
        shown = self.query_one("#playbooks", OptionList)
        held = shown.highlighted_option.id if shown.highlighted_option else None
        shown.clear_options()
        for kind, heading in HEADINGS.items():
            of_kind = [name for name, one in self._listed.items() if one.playbook.kind == kind]
            if of_kind:
                shown.add_option(Option(Content.styled(heading, "$text-muted"), disabled=True))
                shown.add_options([Option(playbook_line(self._listed[name]), name) for name in of_kind])
        shown.highlighted = shown.get_option_index(held) if held in self._listed else None
        if shown.highlighted is None:
            shown.action_first()

    @on(OptionList.OptionHighlighted, "#playbooks")
    def _show_page(self) -> None:
        one, page = self.current, self.query_one("#page", VerticalScroll)
        if one is not None:
            lines = laid_out(
                playbook_page(one.playbook, one.origin),
                max(NARROWEST, min(WIDTH, page.scrollable_content_region.width)),
            )
            self.query_one("#said", Static).update(Content("\n".join(lines)))
            page.scroll_home(animate=False)


def playbook_line(one: Listed) -> Content:
    """Return a playbook as a line or two: its name, its time for telling, how sure it is, what is open."""
    unsure = doubts(one.playbook)
    gaps = len(one.playbook.gaps) if isinstance(one.playbook, VendorPlaybook) else 0
    open_or_unsure = [f"{gaps} open" if gaps else "", f"{unsure} unsure" if unsure else ""]
    standing = filter(None, (*open_or_unsure, one.origin, f"checked {one.checked_on}"))
    name = datum(f"{one.playbook.name}  {term_words(one.playbook)}")
    return name + Content("\n") + datum(f"  {' · '.join(standing)}", "$text-muted")


def _in_force(desk: Desk, folder: Path | None) -> list[Listed]:
    return listed_in(desk.in_force.texts, folder)
