"""A draft as it will read, before anything is written: what is missing comes first."""

from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incident.drafts import Preview, previews, write_copy
from incident.errors import Failure
from incident.notices.compose import DraftRequest
from incident.notices.notice import Notice, Phase
from incident.notices.plain import WIDTH, plain_text
from incident.text import visible
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.looks import datum
from screens.page import Page
from screens.record_sent import RecordSentScreen
from screens.surroundings import Surroundings
from screens.write_draft import KIND_WORDS, addressee

NARROWEST = 20
"""Columns below which a text is not wrapped any narrower."""


class DraftScreen(Page):
    """One draft after the other: read it, copy it, write it to files, record it as sent."""

    ACTIONS_OF = "draft"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("draft")
    CSS_PATH = "styles/drafts.tcss"

    def __init__(self, surroundings: Surroundings, desk: DeskThread, reference: str, request: DraftRequest) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._request = request
        self._previews: tuple[Preview, ...] = ()
        self._at = 0

    def selected_reference(self) -> str | None:
        """Return the incident that the draft is about."""
        return self._reference

    def body(self) -> ComposeResult:
        """Lay out whose draft it is, what is missing, and the text."""
        yield Static(id="title")
        yield Static(id="missing")
        with VerticalScroll(id="text"):
            yield Static(id="draft")

    def on_mount(self) -> None:
        """Ask the desk for the drafts."""
        self.query_one("#text").focus()
        self._load(self._request)

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._show()

    def on_screen_resume(self) -> None:
        """Compose the drafts anew: a notification may have been recorded meanwhile."""
        if self._previews:
            self._load(self._request)

    @property
    def current(self) -> Preview | None:
        """The draft that is shown, or None before there is one."""
        return self._previews[self._at] if self._previews else None

    def action_next_draft(self) -> None:
        """Show the draft to the next recipient."""
        if self._previews:
            self._at = (self._at + 1) % len(self._previews)
            self._show()
            self.query_one("#text", VerticalScroll).scroll_home(animate=False)

    def action_next_phase(self) -> None:
        """Show the draft as the next phase of the notification; after a withdrawal comes the first notice again."""
        if self.current is not None:
            phases = list(Phase)
            following = phases[(phases.index(self.current.notice.phase) + 1) % len(phases)]
            self._load(replace(self._request, phase=following.value))

    def action_copy(self) -> None:
        """Copy the whole draft to the clipboard of the terminal."""
        if self.current is not None:
            self.app.copy_to_clipboard(visible(plain_text(self.current.markdown)))
            self.app.notify("The draft is on its way to your clipboard. If it does not arrive: f, a file.")

    def action_copy_to_file(self) -> None:
        """Write the whole draft to a file to copy from, where the terminal has no clipboard."""
        if self.current is None:
            return
        try:
            place = write_copy(self._reference, plain_text(self.current.markdown), self._surroundings.drafts)
        except Failure as failure:
            self.tell(failure)
        else:
            self.app.notify(f"Written to {place}")

    def action_write_files(self) -> None:
        """Write the drafts to a folder."""
        from screens.write_files import WriteFilesScreen

        if self._previews:
            here = self._surroundings
            self.app.push_screen(WriteFilesScreen(here, self._desk, self._reference, self._request))

    def action_answers(self) -> None:
        """Go through the form's questions one by one."""
        from screens.answers import AnswersScreen

        if self.current is not None:
            self.app.push_screen(AnswersScreen(self._surroundings, self.current.notice))

    def action_record_sent(self) -> None:
        """Record that this draft was sent."""
        if self.current is not None:
            duties = self.current.notice.duties
            duty = duties[0] if duties else None
            self.app.push_screen(RecordSentScreen(self._surroundings, self._desk, self._reference, duty))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the draft at hand allows."""
        if action == "answers":
            return self.current is not None and self.current.notice.sheet is not None
        if action == "next_phase":
            return self.current is not None and self.current.notice.kind != "vendor"
        if action == "next_draft":
            return len(self._previews) > 1
        return super().check_action(action, parameters)

    @work(exclusive=True, exit_on_error=False)
    async def _load(self, request: DraftRequest) -> None:
        reference, folder = self._reference, self._surroundings.playbooks
        try:
            self._previews = await self._desk.do(lambda desk: previews(desk, reference, request, folder))
        except Failure as failure:
            self.tell(failure)
            return
        self._request = request
        self._at = min(self._at, len(self._previews) - 1)
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        if self.current is None:
            return
        notice = self.current.notice
        count = (f"{self._at + 1} of {len(self._previews)}",) if len(self._previews) > 1 else ()
        to = addressee(notice.kind, notice.variant, notice.recipient)
        phase = () if notice.phase is Phase.INITIAL else (notice.phase.value,)
        title = (self._reference, notice.language, *phase, *count, f"{KIND_WORDS[notice.kind]} {to}")
        self.query_one("#title", Static).update(datum(" · ".join(title), "bold"))
        self.query_one("#missing", Static).update(missing_words(notice))
        width = max(NARROWEST, min(WIDTH, self.size.width - 4))
        self.query_one("#draft", Static).update(Content(visible(plain_text(self.current.markdown, width))))


def missing_words(notice: Notice) -> Content:
    """Say how much is missing, and what of it cannot be left out."""
    if not notice.missing:
        return Content("nothing is missing")
    first = " · ".join(one.label for one in notice.blocking)
    must = f", {len(notice.blocking)} of them must be answered: {first}" if first else ", none of them blocks"
    return datum(f"missing: {len(notice.missing)}{must}", "$warning" if first else "")
