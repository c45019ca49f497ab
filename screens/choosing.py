"""Choosing what to record about an incident, from a list that says what is known already."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident.errors import Failure
from incident.look import Look
from incident.unsaved import Unsaved
from screens.actions import bindings_on
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread


class ChoosingScreen(Page):
    """A list of what can be recorded; read again whenever it comes back into view."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")
    CSS_PATH = "styles/form.tcss"

    TITLE_WORDS: ClassVar[str] = ""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._look: Look | None = None

    @property
    def title_words(self) -> str:
        """What is chosen here."""
        return self.TITLE_WORDS

    def selected_reference(self) -> str | None:
        """Return the incident that something is recorded about."""
        return self._reference

    def body(self) -> ComposeResult:
        """Lay out title and list."""
        yield Static(datum(f"{self.title_words}   {self._reference}", "bold"), id="form-title")
        yield OptionList(id="choices", markup=False, compact=True)

    def on_mount(self) -> None:
        """Go to the list."""
        self.choices.focus()

    def on_screen_resume(self) -> None:
        """Read anew what is known: something was just recorded, or somebody else did."""
        self._load()

    @property
    def choices(self) -> OptionList:
        """The list."""
        return self.query_one("#choices", OptionList)

    @work(exclusive=True, group="load", exit_on_error=False)
    async def _load(self) -> None:
        reference = self._reference
        try:
            self._look = look = await self._desk.do(lambda desk: desk.look(reference))
        except Failure as failure:
            self.tell(failure)
            return
        title = f"{self.title_words}   {look.incident.reference}  {look.incident.title}"
        self.query_one("#form-title", Static).update(datum(title, "bold"))
        self._show(self.lines(look))

    def _show(self, lines: Sequence[tuple[str, Content]]) -> None:
        """Show the lines; the cursor stays on what it was on."""
        marked = self.choices.highlighted
        held = self.choices.get_option_at_index(marked).id if marked is not None else None
        self.choices.clear_options()
        self.choices.add_options([Option(line, id=name) for name, line in lines])
        names = [name for name, _ in lines]
        self.choices.highlighted = names.index(held) if held in names else 0

    def lines(self, look: Look) -> Sequence[tuple[str, Content]]:
        """Return what can be chosen: (name, line) pairs."""
        raise NotImplementedError

    def open_form(self, look: Look, name: str) -> None:
        """Open the form for what was chosen."""
        raise NotImplementedError

    def unsaved_mark(self, form: str) -> Content:
        """Say that something was typed into a form and not saved."""
        folder = self._surroundings.unsaved
        try:
            kept = folder is not None and Unsaved(folder).kept(form, self._reference) is not None
        except Failure as failure:
            self.tell(failure)
            kept = False
        return Content.styled("  typed, not saved", "bold $warning") if kept else Content("")

    @on(OptionList.OptionSelected, "#choices")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self._look is not None and event.option.id is not None:
            self.open_form(self._look, event.option.id)
