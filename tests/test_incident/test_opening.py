"""What a record opens, worked out before its entry is made: the row is the one that the entry gives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident.board import board_row
from incident.opening import opening, row_of
from models.journal import Entry, EntryKind
from models.replay import replay
from tests.test_incident.desk_examples import new_desk, record
from tests.test_models.examples import EXAMPLE

RECORDED = datetime(2026, 11, 21, 12, 7, tzinfo=UTC)
DESK = new_desk()


@pytest.mark.parametrize("said", [{}, EXAMPLE, {"title": "INC-2026-0007", "related": ["INC-2026-0007"]}], ids=len)
@pytest.mark.parametrize(
    "judged_at", [RECORDED - timedelta(minutes=6), RECORDED - timedelta(minutes=8), datetime(2017, 1, 1, tzinfo=UTC)]
)
def test_the_row_is_that_of_the_entry_whenever_it_was_worked_out(said: dict[str, Any], judged_at: datetime) -> None:
    opened = opening(record(DESK, **said), DESK.in_force, judged_at, RECORDED)
    entry = Entry(7, "id", "INC-2026-0007", EntryKind.OPENED, "anna", RECORDED, None, opened.body)
    assert row_of(opened, entry, DESK.in_force) == board_row(replay([entry]), DESK.in_force)


def test_within_a_quarter_of_an_hour_the_row_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opening(record(DESK), DESK.in_force, RECORDED, RECORDED)
    monkeypatch.setattr("incident.opening.board_row", lambda *_: pytest.fail("worked out again"))
    soon = RECORDED + timedelta(minutes=7)
    entry = Entry(7, "id", "INC-2026-0007", EntryKind.OPENED, "anna", soon, None, opened.body)
    assert row_of(opened, entry, DESK.in_force).reference == "INC-2026-0007"
