"""Rows from CSV: the header, and each row under it with the line where it begins."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from incident.intake.decoding import MAX_LINE, MIB, Content, Unreadable, bounded_lines
from incident.intake.found import CsvRow, Reject
from incident.intake.guards import column_names
from incident.intake.table import Heading, Row, Table

DELIMITERS = ",;\t"

HEADINGS = 10
"""Lines: a header stands within the first of them, whatever notes stand above it."""

_ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}


class _Fault(NamedTuple):
    """What is wrong with a line, and whether the line could be handed out whole all the same."""

    reason: str
    is_whole: bool


class _Lines(Iterator[str]):
    """The lines of a CSV file as text.

    Where no byte order mark says UTF-8, the first line that is not ASCII decides whether the file is UTF-8 or
    Windows-1252, as spreadsheets write it.

    Attributes:
        number: the last line handed out, counted from 1.
    """

    def __init__(self, content: io.BufferedReader, encoding: str | None) -> None:
        self.number = 0
        self._fault: _Fault | None = None
        self._lines = bounded_lines(content)
        self._encoding = encoding

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


class CsvFile:
    """A CSV file, read once from its beginning.

    Attributes:
        headings: what could be its header: its first lines that are not blank.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self.headings = tuple(_headings(content.peek(), content.encoding))

    def table(self, place: int) -> Table:
        """Return what stands under a heading. A row that cannot be taken is a reject of its own.

        Raises:
            Unreadable: the header cannot be read.
        """
        lines = _Lines(self._content, self._content.encoding)
        header_line = self.headings[place].line if self.headings else 1
        header = next(islice(lines, header_line - 1, None), "")
        delimiter = _delimiter(header)
        rows = csv.reader(chain([header], lines), delimiter=delimiter, strict=True)
        try:
            columns = column_names(next(rows))
        except csv.Error as error:
            raise Unreadable(f"line {header_line}: the header is not valid CSV: {error}") from None
        fault = lines.fault()
        if fault:
            raise Unreadable(fault.reason)
        return Table(Heading(header_line, columns), _rows(columns, delimiter, lines, rows))


def _headings(head: bytes, encoding: str | None) -> Iterator[Heading]:
    lines = _Lines(io.BufferedReader(io.BytesIO(head)), encoding)
    for line in islice(lines, HEADINGS):
        if line.strip():
            try:
                names = next(csv.reader([line], delimiter=_delimiter(line), strict=True))
            except csv.Error:
                names = []
            yield Heading(lines.number, column_names(names))


def _rows(columns: tuple[str, ...], delimiter: str, lines: _Lines, rows: Iterator[list[str]]) -> Iterator[Row | Reject]:
    lost = CsvRow(columns, (), delimiter)
    while True:
        line = lines.number + 1
        try:
            row = CsvRow(columns, tuple(next(rows)), delimiter)
        except StopIteration:
            return
        except csv.Error as error:
            bad_line = lines.fault()
            yield Reject(line, "", bad_line.reason if bad_line else f"is not valid CSV: {error}", lost)
            continue
        fault = lines.fault()
        if fault:
            yield Reject(line, "", fault.reason, row if fault.is_whole else lost)
        else:
            yield Row(line, row)


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
