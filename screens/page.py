"""What every screen has in common: what cannot be missed at its top, its keys at its foot, a way back."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import OptionList
from textual.worker import Worker, WorkerState

from incident.errors import Failure
from screens.widgets.banner import Banner
from screens.widgets.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.app import IncidentApp
    from screens.desk_thread import DeskThread
    from screens.surroundings import Surroundings


class Page(Screen[None]):
    """A screen with banners at its top and the footer at its foot."""

    ACTIONS_OF: ClassVar[str] = "page"
    """The name under which the table of actions knows the screen."""

    @property
    def incident_app(self) -> "IncidentApp":
        """The application, by its own type."""
        return cast("IncidentApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay out banners, the screen's own parts, and the footer."""
        for words, short in self.incident_app.banners():
            yield Banner(words, short)
        yield from self.body()
        yield Keys()

    def body(self) -> ComposeResult:
        """Lay out the screen's own parts."""
        yield from ()

    def on_resize(self) -> None:
        """Keep in view what is chosen."""
        for chosen in self.query(OptionList):
            self.call_after_refresh(chosen.scroll_to_highlight)

    def selected_reference(self) -> str | None:
        """Return the incident that the screen is about, or that is selected on it; None where there is none."""
        return None

    def action_take_call(self) -> None:
        """Open an incident from a call."""
        from screens.take_call import TakeCallScreen

        self.app.push_screen(TakeCallScreen(self.incident_app.surroundings, self.incident_app.desk, None))

    def action_record_fact(self) -> None:
        """Record a fact of the selected incident."""
        from screens.record_fact import RecordFactScreen

        self._about_the_selected(RecordFactScreen)

    def action_record_moment(self) -> None:
        """Record when something of the selected incident happened."""
        from screens.record_moment import RecordMomentScreen

        self._about_the_selected(RecordMomentScreen)

    def action_note(self) -> None:
        """Note an action or a call of the selected incident."""
        from screens.note import NoteScreen

        self._about_the_selected(NoteScreen)

    def action_decide(self) -> None:
        """Decide on the selected incident."""
        from screens.decide import DecideScreen

        self._about_the_selected(DecideScreen)

    def action_write_draft(self) -> None:
        """Write a draft about the selected incident."""
        from screens.write_draft import WriteDraftScreen

        self._about_the_selected(WriteDraftScreen)

    def action_record_sent(self) -> None:
        """Record a notification about the selected incident."""
        from screens.record_sent import RecordSentScreen

        self._about_the_selected(RecordSentScreen)

    def action_contacts(self) -> None:
        """Show who to reach tonight."""
        from screens.contacts import ContactsScreen

        self._about_the_selected(ContactsScreen)

    def action_playbooks(self) -> None:
        """Show what we rely on."""
        from screens.playbooks import PlaybooksScreen

        self.app.push_screen(PlaybooksScreen(self.incident_app.surroundings, self.incident_app.desk))

    def _about_the_selected(self, screen: "Callable[[Surroundings, DeskThread, str], Page]") -> None:
        """Show a screen about the incident selected here, or on the nearest screen below that has one."""
        if type(self.app.screen) is screen:
            return
        pages = (page for page in reversed(self.app.screen_stack) if isinstance(page, Page))
        reference = next((found for page in pages if (found := page.selected_reference())), None)
        if reference is None:
            self.app.notify("No incident is selected.", severity="warning")
        else:
            self.app.push_screen(screen(self.incident_app.surroundings, self.incident_app.desk, reference))

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what failed in the background without being foreseen; the screen goes on."""
        if event.state is WorkerState.ERROR:
            self.app.notify(f"This failed and was not expected: {event.worker.error!r}", severity="error", timeout=60)

    def tell(self, failure: Failure) -> None:
        """Say what could not be done; the screen goes on."""
        for line in failure.lines:
            self.app.notify(line, severity="error")
