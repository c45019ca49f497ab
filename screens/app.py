"""The application: it holds the desk, watches the store and the clock, and shows the board first."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.content import Content
from textual.notifications import SeverityLevel
from textual.screen import Screen

from incident.text import visible
from models.periods import instant_words
from screens.actions import EVERYWHERE, actions_on, bindings_everywhere
from screens.board import BoardScreen
from screens.desk_thread import DeskThread
from screens.looks import datum
from screens.surroundings import Surroundings
from screens.themes import CALM, HIGH_CONTRAST

BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]
"""From how many columns on a screen is of which class."""


class IncidentApp(App[None]):
    """The terminal interface."""

    TITLE = "Incidents"
    CSS_PATH = "styles/incident.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_everywhere()
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.desk = DeskThread(surroundings, self._warn)

    @property
    def now(self) -> datetime:
        """The instant at which clocks are judged (UTC), read anew each time: a laptop may have slept."""
        return self.surroundings.now()

    def get_default_screen(self) -> Screen[None]:
        """Begin with the board: a blank screen below it would be laid out and painted first."""
        return BoardScreen(self.surroundings, self.desk)

    def on_mount(self) -> None:
        """Offer the themes."""
        self.register_theme(HIGH_CONTRAST)

    def on_unmount(self) -> None:
        """Finish what was begun before the terminal is given back."""
        self.desk.close()

    def banners(self) -> list[tuple[Content, Content]]:
        """Return what every screen says at its top, at length and in short.

        A set time, a demonstration, a store that is only read.
        """
        said = []
        if self.surroundings.stated_now is not None:
            when = instant_words(self.surroundings.stated_now, self.desk.zone)
            said.append((f"TIME IS SET to {when}", f"TIME SET {when.partition(' (')[0]}"))
        if self.surroundings.banner is not None:
            said.append((self.surroundings.banner, self.surroundings.banner.partition(":")[0]))
        return [(datum(words), datum(short)) for words, short in said]

    def _warn(self, message: str) -> None:
        self.notify(message, severity="warning")

    def open_incident(self, reference: str) -> None:
        """Show one incident."""
        from screens.incident import IncidentScreen

        self.push_screen(IncidentScreen(self.surroundings, self.desk, reference))

    def action_help(self) -> None:
        """Show every key."""
        from screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_search(self) -> None:
        """Search everything recorded."""
        from screens.search import SearchScreen

        if not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen(self.surroundings))

    def action_high_contrast(self) -> None:
        """Switch to high contrast, or back; the choice lasts until the program is left."""
        self.theme = CALM if self.theme == HIGH_CONTRAST.name else HIGH_CONTRAST.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer in the palette what can be done on the screen."""
        for action in actions_on(getattr(screen, "ACTIONS_OF", "page")):
            name = f"app.{action.name}" if EVERYWHERE in action.screens else action.name
            yield SystemCommand(action.label, action.help, _runner(screen, name))
        yield from super().get_system_commands(screen)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message; what it says is never markup, and harmless."""
        super().notify(
            visible(message, one_line=True),
            title=visible(title, one_line=True),
            severity=severity,
            timeout=timeout,
            markup=markup,
        )


def _runner(screen: Screen[object], action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await screen.run_action(action)

    return run
