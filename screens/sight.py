"""What a screen of one incident shows, taken at one instant, and the words it shares between its panes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from textual.content import Content

from incident.art33_file import Art33File, art33_file
from incident.desk import Desk
from incident.look import Look, look_at
from models.journal import Entry
from screens.looks import datum

LONGEST = 500
"""More characters of one text than any pane shows: the rest is not even looked at."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One incident: the look at it, its file, its journal, and how glyphs are drawn."""

    look: Look
    file: Art33File
    entries: tuple[Entry, ...]
    ascii_only: bool

    @property
    def now(self) -> datetime:
        """When the clocks were judged (UTC)."""
        return self.look.now

    def at(self, now: datetime) -> "Sight":
        """Return the same with its clocks judged at `now` (UTC)."""
        return replace(self, look=look_at(self.look.incident, self.look.in_force, now))


def read_sight(desk: Desk, reference: str, now: datetime, *, ascii_only: bool) -> Sight:
    """Read one incident.

    Raises:
        Failure: there is no such incident.
    """
    look = desk.look(reference)
    entries = tuple(desk.store.entries(look.incident.reference, desk.known_at))
    return Sight(look_at(look.incident, look.in_force, now), art33_file(look), entries, ascii_only)


def brief(text: object, style: str = "") -> Content:
    """Return untrusted text as one harmless line of bounded length; what is left out shows as `…`."""
    said = str(text)
    return datum(f"{said[:LONGEST]}…" if len(said) > LONGEST else said, style)


def wrapped(content: Content, width: int, indent: int = 0) -> Iterator[Content]:
    """Break a sentence into lines of a width, all but the first indented."""
    first, *rest = content.wrap(max(8, width - indent))
    yield first
    yield from (line.pad_left(indent) for line in rest)
