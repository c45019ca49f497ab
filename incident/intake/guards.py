"""Cells of a file of rejects that a spreadsheet would take for a formula: guarded, and the guard taken off again."""

import re
from collections.abc import Iterable

from incident.intake.found import MARK, CsvRow

GUARD = "'"
"""What spreadsheets themselves put before a text that looks like a formula."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(rf"{GUARD}{_FORMULA.pattern}")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet reckons; one that looks guarded is guarded once more, so that none is lost."""
    return GUARD + cell if _FORMULA.match(cell) else cell


def unguarded(row: CsvRow) -> CsvRow:
    """Return a row with its cells as they were before they were guarded."""
    return CsvRow(row.columns, tuple(map(_unguarded, row.cells)), row.delimiter)


def column_names(header: Iterable[str]) -> tuple[str, ...]:
    """Return the names of columns; in a file of rejects, as they were before they were guarded."""
    names = tuple(name.strip() for name in header)
    return tuple(map(_unguarded, names)) if MARK in names else names


def _unguarded(cell: str) -> str:
    return cell.removeprefix(GUARD) if _GUARDED.match(cell) else cell
