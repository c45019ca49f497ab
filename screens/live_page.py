"""What the screens have in common that show the record as it stands by now.

Each second they judge the clocks anew, and look whether anybody has written, or changed settings or playbooks
on disk. A screen that is covered lets time pass unseen.
"""

from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from incident.errors import Failure
from incident.store.protocol import Store
from screens.page import Page
from screens.surroundings import Surroundings

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

NEVER = -1
"""In the place of the store's number of changes: nothing was read yet, or what was read cannot be relied on."""


class LivePage(Page):
    """A screen that follows the record, the rules and the clock."""

    def __init__(self, surroundings: Surroundings, desk: "DeskThread") -> None:
        super().__init__()
        self._surroundings = surroundings
        self._desk = desk
        self._store: Store | None = None
        self._seen: int | None = NEVER
        self._timer: Timer | None = None
        self._failed = False
        self._told: tuple[str, ...] = ()

    def read(self) -> None:
        """Read what is shown, and draw it.

        Raises:
            Failure: it cannot be read; it is tried again with the next tick.
        """
        raise NotImplementedError

    def show_time(self) -> None:
        """Draw what the clock alone changes."""

    def on_mount(self) -> None:
        """Show what there is, then watch the clock, the record and the rules."""
        self.look_again()
        self._timer = self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        """Release the store."""
        if self._store is not None:
            self._store.close()

    def on_screen_suspend(self) -> None:
        """Let time pass unseen."""
        if self._timer is not None:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self._timer is not None:
            self._timer.resume()
            self.tick()

    def action_refresh(self) -> None:
        """Read everything again, and say again what fails."""
        self._told = ()
        self.look_again()

    def look_again(self) -> None:
        """Read what is shown, whether or not anybody has written."""
        self._seen = NEVER
        self.tick()

    def tick(self) -> None:
        """Let a second pass: read again what others have changed, and judge the clocks anew."""
        if not self._failed:
            self._told = ()
        self._failed = False
        try:
            store = self.reader()
            changes = store.changes() if store else None
            if changes != self._seen:
                self._seen = changes
                self.read()
        except Failure as failure:
            self.fail(failure)
            return
        self.show_time()
        if self._desk.rules_have_changed():
            self._renew_rules()

    def reader(self) -> Store | None:
        """Return the store for reading, or None where there is none yet.

        Raises:
            Failure: it cannot be opened.
        """
        if self._store is None:
            self._store = self._surroundings.open_reader()
        return self._store

    def fail(self, failure: Failure) -> None:
        """Say what cannot be read, once until it can be or fails otherwise; the next tick tries again."""
        self._failed = True
        self._seen = NEVER
        if failure.lines != self._told:
            self._told = failure.lines
            self.tell(failure)

    @work(exclusive=True, group="rules", exit_on_error=False)
    async def _renew_rules(self) -> None:
        """Have what changed on disk brought into force, as every task does; the desk's thread says what it was."""
        try:
            await self._desk.do(lambda _: None)
        except Failure as failure:
            self.fail(failure)
            return
        self.look_again()
