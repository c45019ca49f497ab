"""What the app is given by the command line, which alone reads the clock, the environment and the disk's layout."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from incident.store.protocol import Store

if TYPE_CHECKING:
    from incident.desk import Desk
    from incident.staged import Staged

Warn = Callable[[str], None]
"""Says in one line what a responder must know, and what does not stop them."""


@dataclass(frozen=True)
class Surroundings:
    """What the app works with.

    Attributes:
        open_store: opens the store for writing; called in the thread that then uses it.
        desk_on: makes a desk on it, under the rules in force at that moment; asked anew for each task.
        staged: reads the settings and playbooks that lie on disk, unjudged.
        staging_mark: returns what differs once settings or playbooks on disk were changed, without opening them; always
            the same where they do not count.
        open_reader: opens the same store for reading, or returns None where there is none yet.
        zone: where times are read and said until the rules in force have been read.
        now: the instant at which clocks are judged (UTC), read anew each time.
        stated_now: the instant that was set, if any: then time stands still, and every screen says so.
        banner: what cannot be missed: a demonstration, a store that can only be read. Narrow screens show it
            up to its colon.
        drafts: the folder that drafts are written to.
        ascii_only: glyphs of ASCII only.
        unsaved: the folder for what was typed and not saved (`Places.unsaved`); None keeps nothing.
    """

    open_store: Callable[[], Store]
    desk_on: "Callable[[Store, Warn], Desk]"
    staged: "Callable[[], Staged]"
    open_reader: Callable[[], Store | None]
    now: Callable[[], datetime]
    stated_now: datetime | None
    zone: ZoneInfo
    actor: str
    store_name: str
    drafts: Path
    playbooks: Path | None
    banner: str | None = None
    ascii_only: bool = False
    unsaved: Path | None = None
    staging_mark: Callable[[], object] = lambda: None
