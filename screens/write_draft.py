"""Choosing a draft: to whom, and in which language; only what fits the incident can be chosen."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident.errors import Failure
from incident.look import Look
from incident.notices.choices import Choice, Choices, choices
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings

KIND_WORDS = {
    "vendor": "Request to",
    "controller": "Notice to",
    "authority": "Sheet for the form of",
    "subjects": "Communication to",
    "register": "Register entry of",
}
"""What each kind of draft is, before the name of its recipient."""

AUDIENCES = {
    None: "the data subjects",
    "minors": "the data subjects, for minors",
    "public": "the public",
    "eprivacy-611": "the subscribers",
}
"""Who a communication is for, by its version; in the draft itself that stands in the draft's language."""


class WriteDraftScreen(Page):
    """The drafts that can be written of an incident, and why there are no others."""

    ACTIONS_OF = "page"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("page")
    CSS_PATH = "styles/drafts.tcss"

    def __init__(self, surroundings: Surroundings, desk: DeskThread, reference: str) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._reference = reference
        self._fitting: tuple[Choice, ...] = ()

    def selected_reference(self) -> str | None:
        """Return the incident that the screen is about."""
        return self._reference

    def body(self) -> ComposeResult:
        """Lay out what can be written, and below it what cannot."""
        yield Static(datum(f"Write a draft about {self._reference}", "bold"), id="title")
        yield OptionList(id="choices", markup=False)
        with VerticalScroll(id="refused", can_focus=False):
            yield Static(id="reasons")

    def on_mount(self) -> None:
        """Ask the desk which drafts fit."""
        self._load()

    @work(exclusive=True, exit_on_error=False)
    async def _load(self) -> None:
        reference, folder = self._reference, self._surroundings.playbooks
        try:
            look = await self._desk.do(lambda desk: desk.look(reference))
            found = await self._desk.do(
                lambda desk: choices(look.incident, desk.in_force.rules, desk.in_force.organisation, look.now, folder)
            )
        except Failure as failure:
            self.tell(failure)
            return
        self._show(look, found)

    def _show(self, look: Look, found: Choices) -> None:
        title = f"Write a draft about {look.incident.reference}  {look.incident.title}"
        self.query_one("#title", Static).update(datum(title, "bold"))
        self._fitting = found.fitting
        shown = self.query_one("#choices", OptionList)
        shown.clear_options()
        shown.add_options([Option(choice_line(choice)) for choice in found.fitting])
        shown.highlighted = 0 if found.fitting else None
        shown.focus()
        self.query_one("#reasons", Static).update(refusal_words(found))

    @on(OptionList.OptionSelected, "#choices")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        from screens.draft import DraftScreen

        request = self._fitting[event.option_index].request
        self.app.push_screen(DraftScreen(self._surroundings, self._desk, self._reference, request))


def choice_line(choice: Choice) -> Content:
    """Return a choice as one line: what it is, to whom, in which language."""
    kind = choice.request.kind
    told = (f"{addressee(kind, choice.variant, name)} ({language})" for name, language in choice.recipients)
    return datum(f"{KIND_WORDS[kind]} {', '.join(told)}")


def addressee(kind: str, variant: str | None, recipient: str) -> str:
    """Return who a draft is for, in the words of the screens."""
    return AUDIENCES[variant] if kind == "subjects" else recipient


def refusal_words(found: Choices) -> Content:
    """Say why other kinds of draft cannot be chosen."""
    if not found.refused:
        return Content("")
    heading = "Nothing can be written:" if not found.fitting else "Nothing else fits:"
    return Content("\n").join([Content(heading), *(datum(f"– {reason}") for reason in found.refused)])
