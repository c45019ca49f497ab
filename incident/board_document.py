"""`incident list --json`: a shape that scripts rely on. More keys may come, none may change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from incident.store.protocol import BoardRow, row_state
from models.moments import utc_text


def list_document(now: datetime, total: int, rows: Sequence[BoardRow]) -> dict[str, Any]:
    """Return `incident list --json`."""
    return {"as_of": utc_text(now), "total": total, "incidents": [_row(row, now) for row in rows]}


def _row(row: BoardRow, now: datetime) -> dict[str, Any]:
    state = row_state(row, now)
    upcoming = {
        "duty": row.next_duty,
        "due_at": utc_text(row.next_due_at) if row.next_due_at else None,
        "state": state.value if state else None,
    }
    return {
        "incident": row.reference,
        "ref": row.external_ref,
        "title": row.title,
        "vendor": row.vendor,
        "role": row.role,
        "state": row.state,
        "next": upcoming if row.next_duty else None,
        "completeness": {"answered": row.answered, "required": row.required},
        "risk": row.risk,
    }
