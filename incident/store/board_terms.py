"""What the boards of all stores ask alike, in SQL that every one of them understands."""

from datetime import datetime

from incident.errors import BadInput
from models.moments import utc_text

_STATES = {
    "open": "state = 'open'",
    "closed": "state = 'closed'",
    "overdue": "next_due_at < {now}",
    "due-soon": "next_due_soon_at <= {now} AND next_due_at >= {now}",
    "running": "next_due_soon_at > {now}",
    "waiting": "next_undated_state = 'waiting'",
    "undated": "next_undated_state = 'open'",
}
"""The states that can be asked for. A clock owed without a date is `undated`: an incident is `open`."""

URGENCY = """
    CASE
        WHEN state = 'closed' THEN '4'
        WHEN next_due_at IS NOT NULL THEN '0 ' || next_due_at
        WHEN next_undated_state = 'open' THEN '1'
        WHEN next_undated_state = 'waiting' THEN '2'
        ELSE '3'
    END"""
"""Where an incident stands on the board, as a text to sort by: a deadline first, a closed incident last."""


def condition(state: str, now: str) -> str:
    """Return the condition for rows that are in a state.

    Args:
        now: the parameter of the instant at which it is judged, as the store writes it.

    Raises:
        BadInput: there is no such state.
    """
    if state not in _STATES:
        raise BadInput(f"{state!r} is no state to list by; choose one of {', '.join(_STATES)}")
    return _STATES[state].format(now=now)


def stored(value: str | int | datetime | None) -> str | int | None:
    """Return a value as a table holds it: an instant as text, and no half of a surrogate pair."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode(errors="backslashreplace").decode()
    return utc_text(value) if isinstance(value, datetime) else value
