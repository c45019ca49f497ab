"""The register as a workbook: a table, dates as dates, nothing that a spreadsheet reckons."""

import io
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from incident.register import COLUMNS
from incident.register_workbook import CUT, LONGEST_CELL, register_workbook
from tests.test_incident.command_line import incident, refused

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)")


def row(**said: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"incident": "INC-2026-0001"} | said


def sheet(*rows: dict[str, str]) -> Any:
    return load_workbook(io.BytesIO(register_workbook(rows))).worksheets[0]


def cell(column: str, text: str) -> Any:
    return sheet(row(**{column: text})).cell(2, COLUMNS.index(column) + 1)


def test_it_is_one_table_with_its_head_in_view() -> None:
    page = sheet(row(title="One"), row(title="Two"))
    (table,) = page.tables.values()
    assert (table.displayName, table.ref, page.dimensions) == ("Register", "A1:AD3", "A1:AD3")
    assert [one.value for one in page[1]][:7] == [
        *("incident", "ref", "state", "title", "role", "vendor", "occurred from (UTC)"),
    ]
    assert (page.freeze_panes, page.print_title_rows, page.page_setup.orientation) == ("B2", "$1:$1", "landscape")


def test_without_a_breach_it_is_still_a_table() -> None:
    (table,) = sheet().tables.values()
    assert table.ref == "A1:AD2"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-10-24T07:00:00Z", 'yyyy-mm-dd hh:mm""'),
        ("2026-10-24T07:00:00Z (presumed)", 'yyyy-mm-dd hh:mm" (presumed)"'),
    ],
)
def test_a_date_is_a_date_and_says_where_it_is_presumed(text: str, form: str) -> None:
    aware = cell("aware", text)
    assert (aware.value, aware.number_format, aware.data_type) == (datetime(2026, 10, 24, 7), form, "d")  # noqa: DTZ001


@pytest.mark.parametrize("text", ["CNIL 2026-10-24T07:00:00Z / ICO 2026-10-25T07:00:00Z", ""])
def test_what_is_more_than_a_date_stays_a_text(text: str) -> None:
    assert cell("authority_notified_at", text).value == (text or None)
    assert cell("title", "2026-10-24T07:00:00Z").data_type == "s"


def test_seconds_are_a_number() -> None:
    assert cell("authority_late_by_seconds", "3600").value == 3600


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_and_stays_one_when_it_is_edited(text: str) -> None:
    title = cell("title", text)
    assert (title.value, title.data_type, title.quotePrefix) == (text, "s", True)


def test_what_acts_is_shown_and_what_does_not_fit_says_so() -> None:
    assert cell("facts", "a\x00\x0b\u202e").value == r"a\x00\x0b\u202e"
    long = cell("facts", "x" * 40_000).value
    assert len(long) == LONGEST_CELL
    assert long.endswith(f"xx{CUT}")
    assert cell("facts", "x" * LONGEST_CELL).value == "x" * LONGEST_CELL


def test_it_names_nobody_who_made_it() -> None:
    about = load_workbook(io.BytesIO(register_workbook([row()]))).properties
    assert (about.creator or "", about.lastModifiedBy or "") == ("", "")


class TestCommand:
    def test_to_a_new_file_of_the_owner(self, tmp_path: Path) -> None:
        incident("open", "--title", "=Recordings")
        file = tmp_path / "register.xlsx"
        outcome = incident("register", "--format", "xlsx", "-o", str(file))
        assert (outcome.code, outcome.out, outcome.err) == (0, f"{file}\n", "")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert load_workbook(file).worksheets[0]["D2"].value == "=Recordings"

    def test_not_to_a_terminal(self) -> None:
        line = "--format xlsx is no text for a terminal: name the file to write with -o FILE"
        refused(incident("register", "--format", "xlsx"), 2, line)
