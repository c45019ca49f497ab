"""Putting a vendor's playbook in force: what it changes is shown, a person gives a name to it, and is asked again."""

import asyncio
from collections.abc import Iterator
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from incident.adoption import Effect, Proposal, effect_of, put_shown_in_force, read_proposal, refuse_draft
from incident.errors import Failure
from incident.playbook_pages.adoption import adoption_page
from incident.playbook_pages.doubts import doubts
from incident.playbook_pages.layout import laid_out
from screens.confirm import ConfirmScreen
from screens.desk_thread import DeskThread
from screens.form import Form, FormError
from screens.surroundings import Surroundings
from screens.typed_path import typed_path
from screens.widgets.fields import Field, LineField
from screens.widgets.path_field import PathField

NARROWEST = 20
"""Columns below which nothing is wrapped any narrower."""

BESIDE = 8
"""Columns that the frame of a question takes."""

WIDEST = 68
"""Columns of a question."""


class AdoptScreen(Form):
    """A reviewed file and a name; nothing comes into force before both are confirmed."""

    TITLE_WORDS = "adopt a playbook"

    def __init__(self, surroundings: Surroundings, desk: DeskThread, file: str) -> None:
        """Make the form; `file` is offered."""
        super().__init__(surroundings, desk, None)
        self._file = file
        self._proposal: Proposal | None = None
        self._effect: Effect | None = None

    def body(self) -> ComposeResult:
        """Lay out the fields, and below them what the file would change."""
        yield from super().body()
        with VerticalScroll(id="effect"):
            yield Static(id="changes")

    def fields(self) -> Iterator[Widget]:
        """Ask for the file, and for who has checked it."""
        yield PathField("file", "the reviewed file", "a vendor's playbook; → completes", self._file)
        yield LineField("by", "who confirms it", "who has checked it beside its document")

    def on_resize(self) -> None:
        """Fold what the file would change for the new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    @property
    def path(self) -> str:
        """The path that was typed."""
        return str(typed_path(self.query_one(PathField).text))

    @on(Field.Changed)
    def _another_file(self, event: Field.Changed) -> None:
        if event.field.key == "file":
            self._proposal = self._effect = None
            self._show()

    @on(Field.Done)
    def _named(self, event: Field.Done) -> None:
        if event.field.key == "file":
            self._preview()

    @work(exclusive=True, group="preview", exit_on_error=False)
    async def _preview(self) -> None:
        """Show what the file would change, as `adopt --dry-run` does: a draft too."""
        try:
            await self._read()
        except FormError as error:
            self.refuse(error.problems)
        except Failure as failure:
            self.tell(failure)

    async def save(self) -> None:
        """Show what the file would change; it comes into force once that is confirmed."""
        if self._proposal is None or self._effect is None:
            await self._read()
        proposal, effect = self._proposal, self._effect
        if proposal is None or effect is None:
            return  # another file was typed meanwhile: it has not been shown yet
        try:
            refuse_draft(self.path, proposal)
        except Failure as failure:
            raise _at_the_file(failure) from None
        if effect.confirmation is not None:
            known = effect.confirmation
            day = known.recorded_at.astimezone(self.zone).date()
            raise FormError([("file", f"is in force already, as {known.confirmed_by} confirmed on {day}")])
        by = cast("LineField", self.field("by")).text
        if not by:
            raise FormError([("by", "say who has checked the file beside its document")])

        def confirmed(yes: object) -> None:
            if yes:
                self._adopt(proposal, effect, by)

        width = max(NARROWEST, min(WIDEST, self.size.width - BESIDE))
        unsure = doubts(proposal.playbook)
        asked = (f"facts nobody has seen in their source: {unsure}", f"confirmed by: {by}")
        lines = (*laid_out(adoption_page(proposal, effect), width), "", *asked)
        self.app.push_screen(ConfirmScreen(f"Put {proposal.playbook.id} in force?", lines, "Adopt"), confirmed)

    async def _read(self) -> None:
        """Read the file, and have the desk say what it would change.

        Raises:
            FormError: it is no vendor's playbook, or does not fit.
            Failure: the desk cannot say it.
        """
        if not self.query_one(PathField).text:
            raise FormError([("file", "name the file that you have reviewed")])
        path = self.path
        try:
            proposal = await asyncio.to_thread(read_proposal, path)
        except Failure as failure:
            raise _at_the_file(failure) from None
        effect = await self._desk.do(lambda desk: effect_of(desk, proposal))
        if path == self.path:
            self._proposal, self._effect = proposal, effect
            self._show()

    @work(exclusive=True, group="adopt", exit_on_error=False)
    async def _adopt(self, proposal: Proposal, effect: Effect, by: str) -> None:
        staged = self._surroundings.staged
        try:
            await self._desk.do(lambda desk: put_shown_in_force(desk, staged(), proposal, effect, by))
        except Failure as failure:
            self.tell(failure)
            self._preview()
            return
        self.done(f"{proposal.playbook.id}: in force, as {by} confirms.")

    def _show(self) -> None:
        """Show what the file at hand would change; nothing before it was read."""
        shown = self.query_one("#effect", VerticalScroll)
        lines: Iterator[str] = iter(())
        if self._proposal is not None and self._effect is not None:
            width = max(NARROWEST, shown.scrollable_content_region.width)
            lines = laid_out(adoption_page(self._proposal, self._effect), width)
        self.query_one("#changes", Static).update(Content("\n".join(lines)))


def _at_the_file(failure: Failure) -> FormError:
    """Say a file's first fault at its field, and how many there are beside it."""
    first, *more = failure.lines
    return FormError([("file", f"{first} (and {len(more)} more)" if more else first)])
