"""The board as text and as a document."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from incident.board_document import list_document
from incident.board_page import GLYPHS, board_page, line, time_is_set
from incident.store.protocol import BoardRow
from models.vocabulary import ClockState
from tests.test_incident.store_examples import row

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
PARIS, UTC_ZONE = ZoneInfo("Europe/Paris"), ZoneInfo("UTC")


def due(after: timedelta) -> BoardRow:
    """Return the row of a 72-hour clock that ends so long after now."""
    at = NOW + after
    return row(
        "INC-2026-0001",
        next_duty="gdpr-33-1",
        next_due_at=at,
        next_due_soon_at=at - timedelta(hours=18),
        next_basis="law",
        next_parties="we → CNIL",
        answered=4,
    )


def undated(state: str) -> BoardRow:
    return row("INC-2026-0001", next_duty="gdpr-33-2", next_undated_state=state, next_parties="Nimbus → us")


def page(*rows: BoardRow, total: int | None = None, zone: ZoneInfo = UTC_ZONE) -> list[str]:
    return list(board_page(NOW, len(rows) if total is None else total, rows, zone))


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        (due(timedelta(seconds=-1)), "✖ OVERDUE 1 s"),
        (due(timedelta(days=-2, hours=-3)), "✖ OVERDUE 2 d 03 h"),
        (due(timedelta()), "▲ due-soon, 0 s"),
        (due(timedelta(hours=18)), "▲ due-soon, 18 h 00 min"),
        (due(timedelta(hours=18, minutes=1)), "● running, 18 h 01 min"),
        (undated("open"), "○ open, no date"),
        (undated("waiting"), "? waiting"),
        (row("INC-2026-0001"), "✔ nothing owed"),
        (row("INC-2026-0001", state="closed"), "  closed"),
    ],
)
def test_how_an_incident_stands(found: BoardRow, standing: str) -> None:
    first, _ = page(found)
    assert first == f"{standing:<24} INC-2026-0001  Call recordings readable by other tenants"


@pytest.mark.parametrize(
    ("basis", "past", "end"),
    [
        ("law", "✖ OVERDUE 1 h 00 min", "due"),
        ("contract", "✖ OVERDUE 1 h 00 min", "due"),
        ("authority", "✖ past 1 h 00 min", "indicative time"),
        ("policy", "✖ past 1 h 00 min", "our own target"),
    ],
)
def test_only_a_contract_and_a_law_set_a_deadline(basis: str, past: str, end: str) -> None:
    first, second = page(replace(due(timedelta(hours=-1)), next_basis=basis))
    assert first.startswith(f"{past:<24} INC")
    assert f" · {end} 2026-10-24 23:30 +00:00" in second


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        (UTC_ZONE, "2026-10-25 01:30 +00:00 (01:30 UTC)"),
        (PARIS, "2026-10-25 02:30 +01:00 (01:30 UTC)"),
        (ZoneInfo("America/New_York"), "2026-10-24 21:30 -04:00 (2026-10-25 01:30 UTC)"),
    ],
)
def test_who_tells_whom_by_when_in_the_settings_zone(zone: ZoneInfo, when: str) -> None:
    _, second = page(due(timedelta(hours=1)), zone=zone)
    assert second == f"{'':<24} we → CNIL · gdpr-33-1 · due {when} · file 4/9 · risk undecided"


def test_without_a_date_without_a_file() -> None:
    _, second = page(undated("open"))
    assert second == f"{'':<24} Nimbus → us · gdpr-33-2 · file 0/9 · risk undecided"
    _, second = page(row("INC-2026-0001", required=0, risk="unlikely"))
    assert second == f"{'':<24} nothing owed · risk unlikely"


@pytest.mark.parametrize(("role", "shown"), [("controller", True), ("processor", False), ("sub-processor", False)])
def test_a_processor_gives_no_verdict_on_the_risk(role: str, shown: bool) -> None:  # noqa: FBT001
    _, second = page(row("INC-2026-0001", role=role))
    assert second.endswith("risk undecided") is shown


def test_a_cut_is_said() -> None:
    assert page(undated("open"), total=7)[-1] == "1 of 7 shown; --limit 0 shows all"
    assert len(page(undated("open"))) == 2


def test_an_empty_board() -> None:
    assert page() == ["no incidents"]
    assert page(total=3) == ["none of 3 incidents shown"]


def test_every_state_has_its_glyph() -> None:
    assert set(GLYPHS) == set(ClockState)


def test_a_line_is_one_harmless_line() -> None:
    assert line("a\nb\x1b\u202e") == r"a\nb\x1b\u202e"
    assert line(7) == "7"


def test_that_time_is_set() -> None:
    assert list(time_is_set(None, PARIS)) == []
    assert list(time_is_set(NOW, PARIS)) == ["time is set: clocks are judged at 2026-10-25 02:30 +02:00 (00:30 UTC)"]


def test_the_document_says_the_same() -> None:
    rows = [due(timedelta(hours=-1)), undated("waiting"), row("INC-2026-0003", state="closed", risk="unlikely")]
    document = list_document(NOW, 9, rows)
    assert (document["as_of"], document["total"]) == ("2026-10-25T00:30:00Z", 9)
    assert [one["next"] for one in document["incidents"]] == [
        {"duty": "gdpr-33-1", "due_at": "2026-10-24T23:30:00Z", "state": "overdue"},
        {"duty": "gdpr-33-2", "due_at": None, "state": "waiting"},
        None,
    ]
    assert document["incidents"][0]["completeness"] == {"answered": 4, "required": 9}
    assert [(one["state"], one["risk"]) for one in document["incidents"]] == [
        ("open", None),
        ("open", None),
        ("closed", "unlikely"),
    ]
