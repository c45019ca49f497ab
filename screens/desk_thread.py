"""The desk in a thread of its own, so that a write that waits for its turn does not freeze the screen."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from incident.store.protocol import Store
from screens.surroundings import Surroundings, Warn

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from incident.desk import Desk
    from incident.in_force import InForce

Result = TypeVar("Result")


class DeskThread:
    """One thread that opens the store on its first task, owns it, and does one task after the other.

    Each task is done at a desk of its own: the instant and the rules in force are never those of the start.
    """

    def __init__(self, surroundings: Surroundings, warn: Warn) -> None:
        """Make the thread; `warn` is called outside of it, once for each thing that there is to say.

        What there is to say is which settings or playbooks cannot be used, and which came into force between two
        tasks, whoever changed them.
        """
        self._surroundings = surroundings
        self._warn = warn
        self._store: Store | None = None
        self._in_force: InForce | None = None
        self._mark: object = None
        self._warned_of: list[str] = []
        self._unsaid: deque[str] = deque()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    @property
    def zone(self) -> "ZoneInfo":
        """Where times are read and said: the zone of the settings in force at the last task."""
        return self._in_force.organisation.time_zone if self._in_force else self._surroundings.zone

    def rules_have_changed(self) -> bool:
        """True where settings or playbooks on disk are not those that the last task found; false before any task."""
        return self._mark is not None and self._surroundings.staging_mark() != self._mark

    async def do(self, task: "Callable[[Desk], Result]") -> Result:
        """Do a task with the desk, and return what it returns.

        Raises:
            Failure: as the task does, or the store cannot be opened.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, self._done, task)
        finally:
            while self._unsaid:
                self._warn(self._unsaid.popleft())

    def close(self) -> None:
        """Finish what was begun and release the store."""
        self._executor.submit(self._release)
        self._executor.shutdown(wait=True)

    def _done(self, task: "Callable[[Desk], Result]") -> Result:
        if self._store is None:
            self._store = self._surroundings.open_store()
        heard: list[str] = []
        self._mark = self._surroundings.staging_mark()
        desk = self._surroundings.desk_on(self._store, heard.append)
        self._unsaid += [warning for warning in heard if warning not in self._warned_of]
        self._warned_of = heard
        self._heed(desk.in_force)
        return task(desk)

    def _heed(self, in_force: "InForce") -> None:
        """Keep in mind what is in force, and say what of it has changed since the last task."""
        from incident.in_force import differing

        differs = differing(self._in_force, in_force) if self._in_force else ()
        if differs:
            self._unsaid.append(f"changed rules are in force now: {', '.join(differs)}")
        self._in_force = in_force

    def _release(self) -> None:
        if self._store is not None:
            self._store.close()
