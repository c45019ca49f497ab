"""A form's questions one by one, each answer ready to be copied into the authority's portal."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident.drafts import write_copy
from incident.errors import Failure
from incident.notices.notice import Item, Notice
from incident.text import visible
from screens.actions import bindings_on
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings


class AnswersScreen(Page):
    """The questions in the form's order; the answer of the selected one beside them."""

    ACTIONS_OF = "answers"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("answers")
    CSS_PATH = "styles/drafts.tcss"

    def __init__(self, surroundings: Surroundings, notice: Notice) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._notice = notice
        self._items = notice.items

    def selected_reference(self) -> str | None:
        """Return the incident that the form is about."""
        return self._notice.incident

    def body(self) -> ComposeResult:
        """Lay out the questions, and the answer of the selected one."""
        yield Static(datum(f"{self._notice.incident} · {self._notice.recipient}", "bold"), id="title")
        with Container(id="form"):
            lines = [Option(question_line(item, ascii_only=self._surroundings.ascii_only)) for item in self._items]
            yield OptionList(*lines, id="questions", markup=False)
            with VerticalScroll(id="answer"):
                yield Static(id="answered")

    def on_mount(self) -> None:
        """Begin with the first question."""
        questions = self.query_one("#questions", OptionList)
        questions.highlighted = 0
        questions.focus()

    @property
    def current(self) -> Item | None:
        """The selected question with its answer."""
        at = self.query_one("#questions", OptionList).highlighted
        return self._items[at] if at is not None else None

    @on(OptionList.OptionHighlighted, "#questions")
    def _moved(self) -> None:
        if self.current is not None:
            self.query_one("#answered", Static).update(answer_words(self.current, self._section(self.current)))
            self.query_one("#answer", VerticalScroll).scroll_home(animate=False)

    def action_copy(self) -> None:
        """Copy the selected answer to the clipboard of the terminal."""
        text = self._text()
        if text:
            self.app.copy_to_clipboard(visible(text))
            self.app.notify("The answer is on its way to your clipboard. If it does not arrive: f, a file.")

    def action_copy_to_file(self) -> None:
        """Write the selected answer to a file to copy from, where the terminal has no clipboard."""
        text = self._text()
        if not text:
            return
        try:
            place = write_copy(self._notice.incident, text, self._surroundings.drafts)
        except Failure as failure:
            self.tell(failure)
        else:
            self.app.notify(f"Written to {place}")

    def _text(self) -> str:
        text = self.current.to_copy if self.current is not None else ""
        if not text:
            self.app.notify("There is no answer to copy yet.", severity="warning")
        return text

    def _section(self, item: Item) -> str:
        return next((section.heading for section in self._notice.sections if item in section.items), "")


def question_line(item: Item, *, ascii_only: bool) -> Content:
    """Return a question as one line; a word says where its answer is missing."""
    glyph = ("+" if ascii_only else "✔") if item.answered else ("!" if ascii_only else "✖")
    word = "" if item.answered else "missing: "
    return datum(f"{glyph} {item.number} {word}{item.label}", "" if item.answered else "$warning")


def answer_words(item: Item, section: str) -> Content:
    """Return a question with its section, its answer, its options, and what to mind."""
    parts = [datum(section, "$text-muted"), datum(f"{item.number} {item.label}", "bold"), Content("")]
    if item.text and not any(tick.ticked for tick in item.ticks):
        parts.append(Content(visible(item.text)))
    parts += [datum(f"[{'x' if tick.ticked else ' '}] {tick.label}") for tick in item.ticks]
    if item.mark:
        parts.append(datum(item.mark, "$warning"))
    parts += [Content(""), *(datum(remark, "$text-muted") for remark in item.remarks)] if item.remarks else []
    return Content("\n").join(parts)
