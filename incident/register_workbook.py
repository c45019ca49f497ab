"""The register as a workbook (.xlsx): one table, dates as dates, and no cell that is reckoned."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from incident.register import COLUMNS
from incident.text import visible

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

DATES = (
    *("occurred_from", "occurred_to", "detected", "aware", "authority_notified_at"),
    "subjects_informed_at",
)
NUMBERS = ("authority_late_by_seconds",)
WIDE = ("title", "facts", "effects", "remedial_action", "decision_reasons", "dpo_advice", "missing")

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""

CUT = " [cut here: a cell holds no more; the csv and json registers have the whole text]"

_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z( \(presumed\))?")
_NARROW_WIDTH, _WIDE_WIDTH = 22, 48


def register_workbook(rows: Sequence[dict[str, str]]) -> bytes:
    """Return the register as a workbook. Instants are dates in UTC; a presumed one says so in its format."""
    from openpyxl import Workbook
    from openpyxl.worksheet.table import Table, TableStyleInfo

    book = Workbook()
    book.properties.creator = ""
    book.properties.title = "Register of personal data breaches"
    sheet = book.worksheets[0]
    sheet.title = "Register"
    for at, column in enumerate(COLUMNS, start=1):
        _write_text(sheet.cell(1, at), _heading(column))
        for below, row in enumerate(rows, start=2):
            _write(sheet.cell(below, at), column, row[column])
    # A table has a row below its head, even where there is no breach to tell of.
    last = sheet.cell(max(2, len(rows) + 1), len(COLUMNS))
    table = Table(displayName="Register", ref=f"A1:{last.coordinate}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    _lay_out(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _heading(column: str) -> str:
    return f"{column.replace('_', ' ')} (UTC)" if column in DATES else column.replace("_", " ")


def _write(cell: "Cell", column: str, text: str) -> None:
    date = _DATE.fullmatch(text) if column in DATES else None
    if date is not None:
        cell.value = datetime.fromisoformat(date[1])
        cell.number_format = f'yyyy-mm-dd hh:mm"{date[2] or ""}"'
    elif column in NUMBERS and text.isdecimal():
        cell.value = int(text)
    elif text:
        _write_text(cell, text)


def _write_text(cell: "Cell", text: str) -> None:
    """Write a text as a text: a spreadsheet takes none for a formula, not even when somebody edits it."""
    from openpyxl.styles import Alignment

    shown = visible(text)
    cell.value = shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - len(CUT)] + CUT
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lay_out(sheet: "Worksheet") -> None:
    """Let it be read and printed: columns of a fit width, the head kept in view and on every page."""
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE_WIDTH if column in WIDE else _NARROW_WIDTH
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
