"""A record as a new incident: all of it that can be worked out before the store's turn to write comes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from incident.board import board_row
from incident.in_force import InForce
from incident.store.protocol import BoardRow
from models.checks import warnings
from models.journal import Entry, EntryKind
from models.organisation import Organisation
from models.replay import replay

QUARTER = 15 * 60
"""Seconds. Wherever a day begins, it does so on a quarter of an hour of UTC: within one no law comes into force."""

_UNNAMED = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A new incident without its reference, judged as if it were recorded at `judged_at` (UTC).

    Attributes:
        body: of the entry that opens it.
        row: its row on the board, but for the reference.
        warnings: what looks wrong in it.
    """

    body: Mapping[str, Any]
    judged_at: datetime
    row: BoardRow
    warnings: tuple[str, ...]


def external_ref(record: Mapping[str, Any]) -> str | None:
    """Return what names the record to the script that sent it: `source:ref`, or `ref` alone, or None."""
    if not record.get("ref"):
        return None
    return f"{record['source']}:{record['ref']}" if record.get("source") else str(record["ref"])


def opening(record: Mapping[str, Any], in_force: InForce, judged_at: datetime, now: datetime) -> Opening:
    """Work out what a normalised record opens.

    Args:
        now: when it is judged what lies in the future (UTC).
    """
    body: dict[str, Any] = {"record": _with_defaults(record, in_force.organisation)}
    external = external_ref(record)
    if external is not None:
        body["source"] = external
    entry = Entry(0, "", _UNNAMED, EntryKind.OPENED, "", judged_at, None, body)
    incident = replay([entry])
    return Opening(body, judged_at, board_row(incident, in_force), warnings(incident, now))


def row_of(opened: Opening, entry: Entry, in_force: InForce) -> BoardRow:
    """Return the row of the incident that was opened by an entry: as it was worked out, if not too long before."""
    if entry.incident is None or _quarter(entry.recorded_at) != _quarter(opened.judged_at):
        return board_row(replay([entry]), in_force)
    text = opened.row.search_text
    return replace(opened.row, reference=entry.incident, search_text=entry.incident + text.removeprefix(_UNNAMED))


def _with_defaults(record: Mapping[str, Any], ours: Organisation) -> dict[str, Any]:
    """Fill in from the settings what the record leaves open, so that the journal holds it once and for all."""
    place = {"zone": ours.zone, "country": ours.country}
    defaults: dict[str, Any] = {"role": ours.role.value, "sectors": list(ours.sectors)}
    filled = {**defaults, **record, "place": {**place, **record.get("place", {})}}
    filled["place"] = {key: value for key, value in filled["place"].items() if value is not None}
    if not filled.get("contract") and filled["role"] in {"processor", "sub-processor"} and ours.contract:
        filled["contract"] = ours.contract
    return filled


def _quarter(instant: datetime) -> int:
    return int(instant.timestamp() // QUARTER)
