"""A contract beside what was read out of it: each key moves to its words in the document."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident.contract_file import OpenContract
from incident.contract_text import Passage, passage
from incident.playbook_pages.contract import UNCONFIRMED
from incident.playbook_pages.contract_keys import ContractKey, contract_keys, key_page, verdict_words
from incident.playbook_pages.layout import laid_out
from incident.text import visible
from screens.actions import bindings_on
from screens.desk_thread import DeskThread
from screens.looks import datum
from screens.page import Page
from screens.surroundings import Surroundings

MATCHED = "bold reverse"
"""How the words that were matched look, with colour or without."""

NAMES = 10
"""The cells that the names of keys such as `deadline` take."""

NARROWEST = 20
"""Columns below which nothing is wrapped any narrower."""

ABOVE = 3
"""One in so many lines of the document that are in view stands above the matched words."""


class ContractScreen(Page):
    """The document's text on the one side, what was read out of it on the other, key by key."""

    ACTIONS_OF = "contract"
    BINDINGS: ClassVar[list[BindingType]] = bindings_on("contract")
    CSS_PATH = "styles/contract.tcss"

    def __init__(self, surroundings: Surroundings, desk: DeskThread, contract: OpenContract) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._contract = contract
        self._keys = contract_keys(contract.reading)
        self._draft = ""

    def body(self) -> ComposeResult:
        """Lay out what was found, the document, the keys, and what the key at hand rests on."""
        reading = self._contract.reading
        verdict = f"{verdict_words(reading)} · {reading.document} ({', '.join(reading.languages)})"
        yield Static(datum(verdict, "bold"), id="verdict")
        yield Static(datum(UNCONFIRMED, "$text-muted"), id="unconfirmed")
        with Container(id="contract"):
            with VerticalScroll(id="document"):
                yield Static(id="passage")
            with Vertical(id="reading"):
                yield OptionList(*self._options(), id="keys", markup=False)
                with VerticalScroll(id="grounds"):
                    yield Static(id="said")

    def on_mount(self) -> None:
        """Begin at the first key."""
        keys = self.query_one("#keys", OptionList)
        keys.action_first()
        keys.focus()

    def on_resize(self) -> None:
        """Fold the document anew, once it has its new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    @property
    def current(self) -> ContractKey:
        """The key at hand; the first one before there is any."""
        option = self.query_one("#keys", OptionList).highlighted_option
        return self._keys[int(option.id) if option and option.id else 0]

    def action_write_playbook(self) -> None:
        """Write a vendor playbook to review."""
        from screens.write_playbook import WritePlaybookScreen

        def written(path: Path) -> None:
            self._draft = str(path)

        self.app.push_screen(WritePlaybookScreen(self._surroundings, self._desk, self._contract, written))

    def action_adopt(self) -> None:
        """Put a reviewed playbook in force."""
        from screens.adopt import AdoptScreen

        self.app.push_screen(AdoptScreen(self._surroundings, self._desk, self._draft))

    @on(OptionList.OptionHighlighted, "#keys")
    def _moved(self) -> None:
        self._show()

    def _options(self) -> list[Option]:
        """List the keys under their headings."""
        options: list[Option] = []
        heading = ""
        for at, key in enumerate(self._keys):
            if key.heading != heading:
                heading = key.heading
                options.append(Option(Content.styled(heading, "$text-muted"), disabled=True))
            options.append(Option(key_line(key), str(at)))
        return options

    def _show(self) -> None:
        """Show the key at hand: its words in the document, and what it rests on."""
        key, document, grounds = self.current, self.query_one("#document"), self.query_one("#grounds")
        width = max(NARROWEST, document.scrollable_content_region.width)
        found = passage(self._contract.text, key.span or self._nothing_matched())
        lines, first = passage_lines(found, width, ascii_only=self._surroundings.ascii_only)
        self.query_one("#passage", Static).update(Content("\n").join(lines))
        said = laid_out(key_page(key), max(NARROWEST, grounds.scrollable_content_region.width))
        self.query_one("#said", Static).update(Content("\n".join(said)))
        grounds.scroll_home(animate=False)
        above = document.scrollable_content_region.height // ABOVE
        self.call_after_refresh(document.scroll_to, y=max(0, first - above), animate=False)

    def _nothing_matched(self) -> tuple[int, int]:
        """Return where the document stands while no words of it are meant: at the clause, else at its beginning."""
        primary = self._contract.reading.primary
        start = primary.span[0] if primary else 0
        return start, start


def key_line(key: ContractKey) -> Content:
    """Return a key in a line: its name, and what the contract says."""
    return datum(f"{key.name:<{NAMES}} ") + datum(key.said, "" if key.span else "$text-muted")


def passage_lines(found: Passage, width: int, *, ascii_only: bool) -> tuple[list[Content], int]:
    """Fold a passage for a width in cells.

    Returns:
        Its lines, those with matched words marked in the first column; and the number of the line where they begin.
    """
    before, after = (Content(visible(text)) for text in (found.before, found.after))
    whole = before + Content.styled(visible(found.matched), MATCHED) + after
    mark, blank = Content("> " if ascii_only else "▸ "), Content("  ")
    room = width - blank.cell_length
    lines = [(mark if line.spans else blank) + line for line in whole.expand_tabs(1).wrap(room)]
    return lines, max(0, len(before.expand_tabs(1).wrap(room)) - 1)
