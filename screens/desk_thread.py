"""The desk in a thread of its own, so that a write that waits for its turn does not freeze the screen."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from incident.store.protocol import Store
from screens.surroundings import Surroundings, Warn

if TYPE_CHECKING:
    from incident.desk import Desk

Result = TypeVar("Result")


class DeskThread:
    """One thread that opens the store on its first task, owns it, and does one task after the other.

    Each task is done at a desk of its own: the instant and the rules in force are never those of the start.
    """

    def __init__(self, surroundings: Surroundings, warn: Warn) -> None:
        """Make the thread; `warn` is called outside of it, once for each thing that there is to say."""
        self._surroundings = surroundings
        self._warn = warn
        self._store: Store | None = None
        self._warning: str | None = None
        self._warned_of: str | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def do(self, task: "Callable[[Desk], Result]") -> Result:
        """Do a task with the desk, and return what it returns.

        Raises:
            Failure: as the task does, or the store cannot be opened.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, self._done, task)
        finally:
            self._say_once()

    def close(self) -> None:
        """Finish what was begun and release the store."""
        self._executor.submit(self._release)
        self._executor.shutdown(wait=True)

    def _done(self, task: "Callable[[Desk], Result]") -> Result:
        if self._store is None:
            self._store = self._surroundings.open_store()
        self._warning = None
        return task(self._surroundings.desk_on(self._store, self._heard))

    def _heard(self, warning: str) -> None:
        self._warning = warning

    def _say_once(self) -> None:
        if self._warning is not None and self._warning != self._warned_of:
            self._warn(self._warning)
        self._warned_of = self._warning

    def _release(self) -> None:
        if self._store is not None:
            self._store.close()
