"""Tables, from CSV or a workbook: a header, and rows of texts under it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, zip_longest
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incident.intake.decoding import Unreadable
from incident.intake.found import MARK, CsvRow, Found, RawRecord, Reject, rejected
from incident.intake.guards import unguarded
from incident.text import visible
from models.dotted import from_dotted
from models.moments import shortened
from models.record import RecordError, read_patch


class Heading(NamedTuple):
    """A header: its line, counted from 1, and the names of its columns."""

    line: int
    columns: tuple[str, ...]


class Row(NamedTuple):
    """One row: the line where it begins, and its cells."""

    line: int
    cells: CsvRow


class Table(NamedTuple):
    """A header and what stands under it."""

    heading: Heading
    rows: Iterator[Row | Reject]


def own_records(table: Table) -> Iterator[Found]:
    """Yield the records of a table whose columns are the dotted names of a record; lists are joined by `|`.

    Raises:
        Unreadable: the header names a column twice, or one that no record has.
    """
    _refuse_twins(table.heading)
    _refuse_unknown(table.heading)
    for given in _given(table):
        if isinstance(given, Reject):
            yield given
            continue
        line, row, cells = given
        try:
            yield RawRecord(line, from_dotted(cells), row)
        except RecordError as error:
            yield rejected(line, error, row)


def foreign_rows(table: Table) -> Iterator[Found]:
    """Yield each row of a foreign table as an object: its cells by column, empty ones left out.

    Raises:
        Unreadable: the header names a column twice.
    """
    _refuse_twins(table.heading)
    for given in _given(table):
        yield given if isinstance(given, Reject) else RawRecord(given[0], given[2], given[1])


def is_own(heading: Heading) -> bool:
    """True where every column is a dotted name of a record."""
    return not any(_unknown(heading))


def _given(table: Table) -> Iterator[Reject | tuple[int, CsvRow, dict[str, str]]]:
    """Yield each row with its cells that hold something, by column; a row where nothing is given is passed over."""
    for found in table.rows if MARK not in table.heading.columns else map(_without_guards, table.rows):
        if isinstance(found, Reject):
            yield found
            continue
        line, row = found
        cells = enumerate(zip_longest(row.columns, row.cells, fillvalue=""), 1)
        given = [(place, name, cell) for place, (name, cell) in cells if cell.strip() and name != MARK]
        unnamed = [place for place, name, _ in given if not name]
        if given and len(row.cells) < len(row.columns):
            found_cells, wanted = len(row.cells), len(row.columns)
            reason = f"has {found_cells} cells where the header has {wanted}: it may be cut off"
            yield Reject(line, "", reason, row)
        elif unnamed:
            yield Reject(line, "", f"cell {unnamed[0]} has a value, but the header names no column there", row)
        elif given:
            yield line, row, {name: cell for _, name, cell in given}


def _without_guards(found: Row | Reject) -> Row | Reject:
    """Read the cells of a file of rejects as they were before a spreadsheet was kept from taking them for formulas."""
    if isinstance(found, Row):
        return Row(found.line, unguarded(found.cells))
    return replace(found, raw=unguarded(found.raw)) if isinstance(found.raw, CsvRow) else found


def _refuse_twins(heading: Heading) -> None:
    named = Counter(name for name in heading.columns if name and name != MARK)
    twins = [name for name, times in named.items() if times > 1]
    if twins:
        raise Unreadable(f"line {heading.line}: the column {_quoted(twins[0])} is named twice")


def _refuse_unknown(heading: Heading) -> None:
    unknown = list(islice(_unknown(heading), 3))
    if unknown:
        shown = ", ".join(map(_quoted, unknown))
        raise Unreadable(f"line {heading.line}: no record has a key {shown}; incident schema shows those there are")


def _unknown(heading: Heading) -> Iterator[str]:
    return (name for name in heading.columns if name and name != MARK and not _is_key(name))


def _is_key(name: str) -> bool:
    """Tell whether a record has the dotted key: it may refuse the value tried here, but not the key."""
    try:
        read_patch(from_dotted({name: "1"}), ZoneInfo("UTC"))
    except RecordError as error:
        return all(reason != "unknown key" for _, reason in error.problems)
    return True


def _quoted(name: str) -> str:
    return f"'{shortened(visible(name, one_line=True))}'"
