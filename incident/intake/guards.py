"""Cells of a file of rejects that a spreadsheet would take for a formula: guarded, and the guard taken off again."""

import re

from incident.intake.found import CsvRow

GUARD = "'"
"""What spreadsheets themselves put before a text that looks like a formula."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(rf"{GUARD}{_FORMULA.pattern}")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet reckons; one that looks guarded is guarded once more, so that none is lost."""
    return GUARD + cell if _FORMULA.match(cell) else cell


def unguarded(row: CsvRow) -> CsvRow:
    """Return a row with its cells as they were before they were guarded."""
    cells = tuple(cell.removeprefix(GUARD) if _GUARDED.match(cell) else cell for cell in row.cells)
    return CsvRow(row.columns, cells, row.delimiter)
