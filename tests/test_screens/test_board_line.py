"""One incident as a line of the board."""

from dataclasses import replace
from datetime import timedelta

import pytest

from screens.board_line import board_line, heading_line
from tests.test_incident.store_examples import row
from tests.test_screens.conftest import NOW

DUE = row("INC-2026-0042", next_due_at=NOW, next_due_soon_at=NOW - timedelta(hours=4), next_basis="law")


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("law", "✖ OVERDUE 2 h 10 min"),
        ("contract", "✖ OVERDUE"),
        ("authority", "✖ past 2 h 10 min"),
        ("policy", "✖ past"),
    ],
)
def test_only_what_a_law_or_a_contract_sets_is_overdue(basis: str, said: str) -> None:
    late = NOW + timedelta(hours=2, minutes=10)
    assert board_line(replace(DUE, next_basis=basis), late, 80, ascii_only=False).plain.startswith(said)


@pytest.mark.parametrize("width", [36, 59, 60, 78, 109, 110, 118, 250])
def test_heading_and_line_are_as_wide_as_they_are_told(width: int) -> None:
    wide = replace(DUE, title="漢字" * 200, vendor="漢字漢字漢字漢字")
    assert heading_line(width).cell_length == width
    assert board_line(wide, NOW, width, ascii_only=False).cell_length == width


def test_the_number_is_whole_at_any_width() -> None:
    assert "0042 " in board_line(DUE, NOW, 36, ascii_only=False).plain
    assert "2026-0042 " in board_line(DUE, NOW, 60, ascii_only=False).plain


def test_a_closed_incident_counts_nothing_down() -> None:
    closed = replace(DUE, state="closed", next_due_at=None, next_due_soon_at=None)
    assert board_line(closed, NOW, 80, ascii_only=False).plain.startswith("  closed ")
