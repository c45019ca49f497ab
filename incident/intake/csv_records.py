"""Records from CSV: a header of dotted names, one record a row.

Lists are joined by `|`; an empty cell stands for what is absent.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incident.intake.decoding import MAX_LINE, MIB, Unreadable, bounded_lines
from incident.intake.found import MARK, CsvRow, Found, RawRecord, Reject, rejected
from incident.text import visible
from models.dotted import from_dotted
from models.moments import shortened
from models.record import RecordError, read_patch

DELIMITERS = ",;\t"

_ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}


class _Fault(NamedTuple):
    """What is wrong with a line, and whether the line could be handed out whole all the same."""

    reason: str
    is_whole: bool


class _Lines(Iterator[str]):
    """The lines of a CSV file as text.

    The first line that is not ASCII decides whether the file is UTF-8 or Windows-1252, as spreadsheets write it.

    Attributes:
        number: the last line handed out, counted from 1.
    """

    def __init__(self, content: io.BufferedReader) -> None:
        self.number = 0
        self._fault: _Fault | None = None
        self._lines = bounded_lines(content)
        self._encoding: str | None = None

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is None:
            self._fault = _Fault(f"line {self.number} is longer than {MAX_LINE // MIB} MiB", is_whole=False)
            return "\n"
        if b"\0" in line:
            self._fault = _Fault(f"line {self.number} holds a NUL byte, which is no text", is_whole=True)
        return self._decoded(line)

    def fault(self) -> _Fault | None:
        """Return what is wrong with the lines handed out since this was last asked, or None."""
        fault, self._fault = self._fault, None
        return fault

    def _decoded(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        if self._encoding is None:
            self._encoding = "utf-8" if _is_utf8(line) else "cp1252"
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            encoding = _ENCODINGS[self._encoding]
            self._fault = _Fault(f"line {self.number} holds bytes that are not {encoding} text", is_whole=True)
            return line.decode(self._encoding, "surrogateescape")


def read_csv(content: io.BufferedReader) -> Iterator[Found]:
    """Yield one record a row. A row that cannot be taken is a reject of its own.

    Raises:
        Unreadable: the header names a column twice, or one that no record has, or cannot be read.
    """
    lines = _Lines(content)
    header = next((line for line in lines if line.strip()), "")
    header_line = lines.number
    rows = csv.reader(chain([header], lines), delimiter=max(DELIMITERS, key=header.count), strict=True)
    try:
        columns = tuple(name.strip() for name in next(rows))
    except csv.Error as error:
        raise Unreadable(f"line {header_line}: the header is not valid CSV: {error}") from None
    fault = lines.fault()
    if fault:
        raise Unreadable(fault.reason)
    _check_header(columns, header_line)
    lost = CsvRow(columns, ())
    while True:
        line = lines.number + 1
        try:
            row = CsvRow(columns, tuple(next(rows)))
        except StopIteration:
            return
        except csv.Error as error:
            fault = lines.fault() or _Fault(f"is not valid CSV: {error}", is_whole=False)
            yield Reject(line, "", fault.reason, lost)
            continue
        fault = lines.fault()
        if fault:
            yield Reject(line, "", fault.reason, row if fault.is_whole else lost)
        else:
            yield from _record(line, row)


def _record(line: int, row: CsvRow) -> Iterator[Found]:
    """Yield what one row holds; nothing, where it is empty or only marks a reject."""
    cells = enumerate(zip_longest(row.columns, row.cells, fillvalue=""), 1)
    given = [(place, name, cell) for place, (name, cell) in cells if cell.strip() and name != MARK]
    if given and len(row.cells) < len(row.columns):
        found, wanted = len(row.cells), len(row.columns)
        yield Reject(line, "", f"has {found} cells where the header has {wanted}: it may be cut off", row)
        return
    unnamed = [place for place, name, _ in given if not name]
    if unnamed:
        yield Reject(line, "", f"cell {unnamed[0]} has a value, but the header names no column there", row)
    elif given:
        try:
            yield RawRecord(line, from_dotted({name: cell for _, name, cell in given}), row)
        except RecordError as error:
            yield rejected(line, error, row)


def _check_header(columns: tuple[str, ...], line: int) -> None:
    """Refuse the whole file where every row of it would be misread.

    Raises:
        Unreadable: a column named twice, or one that no record has.
    """
    named = Counter(name for name in columns if name and name != MARK)
    twins = [name for name, times in named.items() if times > 1]
    if twins:
        raise Unreadable(f"line {line}: the column {_quoted(twins[0])} is named twice")
    unknown = list(islice((name for name in named if not _is_key(name)), 3))
    if unknown:
        columns_shown = ", ".join(map(_quoted, unknown))
        raise Unreadable(f"line {line}: no record has a key {columns_shown}; incident schema shows those there are")


def _is_key(name: str) -> bool:
    """Tell whether a record has the dotted key: it may refuse the value tried here, but not the key."""
    try:
        read_patch(from_dotted({name: "1"}), ZoneInfo("UTC"))
    except RecordError as error:
        return all(reason != "unknown key" for _, reason in error.problems)
    return True


def _quoted(name: str) -> str:
    return f"'{shortened(visible(name, one_line=True))}'"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
