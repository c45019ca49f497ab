"""Writing drafts to files: into which folder, in which format."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button, Input, Label, Select, Static

from incident.drafts import write_drafts
from incident.errors import Failure
from incident.notices.compose import DraftRequest
from incident.notices.render import FORMATS
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings
from screens.typed_path import typed_path
from screens.widgets.inputs import SafeInput

FORMAT_WORDS = {
    "md": "Markdown",
    "txt": "plain text",
    "html": "HTML, one file",
    "pdf": "PDF",
    "docx": "Word, to be edited",
    "eml": "a mail that nobody has sent, the PDF attached",
    "json": "JSON, for scripts",
}
"""What each format is called."""


class WriteFilesScreen(Page):
    """A folder and a format; nothing leaves this machine."""

    ACTIONS_OF = "page"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")
    CSS_PATH = "styles/drafts.tcss"

    def __init__(self, surroundings: Surroundings, desk: DeskThread, reference: str, request: DraftRequest) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._request = request

    def selected_reference(self) -> str | None:
        """Return the incident that the drafts are about."""
        return self._reference

    def body(self) -> ComposeResult:
        """Lay out the folder, the format, and what became of it."""
        yield Static(datum(f"Write the drafts about {self._reference} to files", "bold"), id="title")
        yield Label("folder")
        yield SafeInput(str(self._surroundings.drafts), id="folder", compact=True)
        yield Label("format")
        formats = [(Content(FORMAT_WORDS[form]), form) for form in FORMATS]
        yield Select(formats, id="format", allow_blank=False, compact=True)
        yield Button("Write", id="write", compact=True)
        yield Static(id="written")

    @on(Input.Submitted, "#folder")
    @on(Button.Pressed, "#write")
    def _wanted(self) -> None:
        self._write()

    @work(exclusive=True, exit_on_error=False)
    async def _write(self) -> None:
        reference, request, playbooks = self._reference, self._request, self._surroundings.playbooks
        folder = typed_path(self.query_one("#folder", Input).value)
        form = str(self.query_one("#format", Select).value)
        try:
            written = await self._desk.do(
                lambda desk: write_drafts(desk, reference, [request], (form,), folder, playbooks)
            )
        except Failure as failure:
            self.tell(failure)
            return
        lines = [datum(f"written: {path}") for path in written.paths]
        lines += [datum(warning, "$warning") for warning in written.warnings]
        self.query_one("#written", Static).update(Content("\n").join(lines))
