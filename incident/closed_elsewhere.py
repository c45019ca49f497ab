"""Closing what was closed where it comes from: historical records alarm nobody, and a deadline that runs is kept."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from incident.look import Look
from models.clocks import still_owed
from models.vocabulary import ClockState

_TIME_LEFT = frozenset({ClockState.RUNNING, ClockState.DUE_SOON})


class ClosedElsewhere(NamedTuple):
    """What is to be recorded of a closing that a record states, or None; and what is to be said of it."""

    body: dict[str, Any] | None = None
    warnings: tuple[str, ...] = ()


def closed_elsewhere(look: Look, said: Mapping[str, Any]) -> ClosedElsewhere:
    """Judge what a record says of closing: what was still owed is left behind with it, named.

    A deadline that still runs keeps an incident open, and so does a person who reopened it here.

    Args:
        said: a (partial) record, normalised.
    """
    if "closed" not in said or look.incident.closing is not None:
        return ClosedElsewhere()
    if look.incident.reopenings:
        return ClosedElsewhere(None, ("stays open: its source closed it, but it was reopened here",))
    owed = still_owed(look.clocks)
    running = [clock.duty.id for clock in owed if clock.state in _TIME_LEFT]
    if running:
        return ClosedElsewhere(
            None, (f"stays open: its source closed it, but there is time left for {', '.join(running)}",)
        )
    body = {**said["closed"], "despite": list(dict.fromkeys(clock.duty.settled_under for clock in owed))}
    never_done = [clock.duty.id for clock in owed if clock.state is ClockState.OVERDUE]
    if never_done:
        return ClosedElsewhere(body, (f"closed as its source says, though never done: {', '.join(never_done)}",))
    return ClosedElsewhere(body)
