"""A pack's clocks: how each was reckoned, now and at every notification as things were known then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident.desk import Desk
from incident.documents import clocks_document
from incident.errors import Failure
from incident.in_force import InForce, recorded
from incident.look import Look
from incident.pages import clocks_page
from models.moments import utc_text
from models.periods import instant_words
from models.vocabulary import FilingStatus


@dataclass(frozen=True, slots=True)
class Then:
    """What was known when something was notified.

    Attributes:
        at: when (UTC).
        duties: what was notified then, by duty.
        look: the incident as known and judged at that instant; None where it cannot be shown.
        because: why it cannot.
    """

    at: datetime
    duties: tuple[str, ...]
    look: Look | None
    because: str | None


def when_notified(desk: Desk, look: Look) -> Iterator[Then]:
    """Yield what was known at each notification that was made, by time, under the rules that were in force then."""
    made = [filing for filing in look.incident.filings if filing.status is FilingStatus.MADE]
    rules: dict[int, InForce | None] = {}
    for at in sorted({filing.at for filing in made}):
        duties = tuple(dict.fromkeys(filing.duty for filing in made if filing.at == at))
        known_at = at.replace(microsecond=999_999)  # all of the second that is named counts
        entries = desk.store.rules(known_at)
        in_force = rules.setdefault(len(entries), recorded(entries))
        if in_force is None:
            yield Then(at, duties, None, "nothing had been recorded by that time")
            continue
        try:
            yield Then(at, duties, Desk(desk.store, in_force, at, known_at).look(look.incident.reference), None)
        except Failure as failure:
            yield Then(at, duties, None, str(failure))


def clocks_text(look: Look, notified: list[Then]) -> str:
    """Return the clocks for a person to read."""
    zone = look.incident.zone
    lines = [f"THE CLOCKS, JUDGED AT {instant_words(look.now, zone)}", "", *clocks_page(look, explained=True)]
    for then in notified:
        lines += ["", f"AS KNOWN AND JUDGED AT {instant_words(then.at, zone)}"]
        lines += [f"(when this was notified: {', '.join(then.duties)})", ""]
        lines += [then.because or "no clock is known"] if then.look is None else clocks_page(then.look, explained=True)
    return "\n".join(lines) + "\n"


def clocks_json(look: Look, notified: list[Then]) -> dict[str, Any]:
    """Return the same as plain JSON, in the form of `incident clocks --explain --json`."""
    return {
        "now": clocks_document(look, explained=True),
        "when_notified": [
            {
                "at": utc_text(then.at),
                "duties": list(then.duties),
                "clocks": None if then.look is None else clocks_document(then.look, explained=True),
                "unknown_because": then.because,
            }
            for then in notified
        ],
    }
