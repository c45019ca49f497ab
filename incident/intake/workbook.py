"""Rows from an Excel workbook (.xlsx): the texts of its cells, days without a time kept as days."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from incident.intake.csv_rows import HEADINGS
from incident.intake.decoding import CHUNK, MIB, Unreadable
from incident.intake.found import CsvRow
from incident.intake.table import Heading, Row, Table

SIGNATURE = b"PK\x03\x04"
"""The first bytes of a workbook: it is a zip archive."""

MAX_PACKED = 64 * MIB
MAX_UNPACKED = 512 * MIB
"""Bytes. The most that a workbook's parts may expand to: a small file can hold any amount of nothing."""
MAX_COLUMNS = 1000
MAX_CELLS = 20_000_000
"""The most cells that are taken from a workbook. A row without any counts as one.

A file of a few kilobytes can ask for any number of either: each row says where it stands, and how far it goes.
"""

_Cells: TypeAlias = tuple[int, tuple[str, ...]]
"""A row of a sheet: its number, and the texts of its cells."""

_ASIDE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
"""What in a number format is a language, a colour or a literal text."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ParseError, AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip


class Workbook:
    """A workbook, read whole.

    Attributes:
        headings: what could be the header of a table: the first rows of each sheet that hold something.
    """

    def __init__(self, content: io.BufferedReader) -> None:
        """Read a workbook.

        Raises:
            Unreadable: it is none, is damaged, or is too large.
        """
        self._sheets = _sheets(content)
        self._places = [(sheet, row) for sheet in self._sheets for row in sheet[:HEADINGS]]
        self.headings = tuple(Heading(line, tuple(cell.strip() for cell in cells)) for _, (line, cells) in self._places)

    def table(self, place: int) -> Table:
        """Return what stands under a heading on its sheet."""
        if not self.headings:
            return Table(Heading(1, ()), iter(()))
        return Table(self.headings[place], _rows(self._places[place][0], self.headings[place]))


def _rows(sheet: list[_Cells], heading: Heading) -> Iterator[Row]:
    for line, cells in sheet:
        if line > heading.line:
            padding = ("",) * (len(heading.columns) - len(cells))
            yield Row(line, CsvRow(heading.columns, cells + padding))


def _sheets(content: io.BufferedReader) -> list[list[_Cells]]:
    packed = content.read(MAX_PACKED + 1)
    if len(packed) > MAX_PACKED:
        raise Unreadable(f"is larger than {MAX_PACKED // MIB} MiB; save the sheet as CSV")
    if not packed.strip():
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > MAX_UNPACKED:
                raise Unreadable(f"expands to more than {MAX_UNPACKED // MIB} MiB; save the sheet as CSV")
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _refuse_declarations(stream)
        return [*_opened(io.BytesIO(packed))]
    except _DAMAGE:
        raise Unreadable("is no workbook that can be read; save the sheet as CSV") from None


def _opened(content: io.BytesIO) -> Iterator[list[_Cells]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which nobody asked for
        book = load_workbook(content, read_only=True, data_only=True)
        left = MAX_CELLS
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            filled: list[_Cells] = []
            for line, row in enumerate(sheet.iter_rows(min_row=1), 1):
                cells = _filled(row[:MAX_COLUMNS])
                left -= max(len(cells), 1)
                if left < 0:
                    raise Unreadable(f"has more than {MAX_CELLS:,} cells; save the sheet as CSV")
                if cells:
                    filled.append((line, cells))
            yield filled
        book.close()


def _filled(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the texts of a row's cells, without the empty ones at its end."""
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _refuse_declarations(part: IO[bytes]) -> None:
    """Refuse a part that declares a document type: there stand entities that expand without end.

    A declaration stands before the first element: what follows that is not looked at. A part that is no XML has none.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = _stop
    with suppress(expat.ExpatError, _Begun):
        while piece := part.read(CHUNK):
            parser.Parse(piece)


class _Begun(Exception):
    """The first element of a part was seen."""


def _stop(*_: object) -> None:
    raise _Begun


def _refuse_declaration(*_: object) -> None:
    raise Unreadable("is no workbook: it declares a document type, as only a forged one does")


def _text(cell: Any) -> str:
    """Write a cell as text. A workbook keeps a day as midnight: how the cell shows it tells them apart."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        shows_time = any(sign in _ASIDE.sub("", cell.number_format).lower() for sign in "hs")
        return value.isoformat(sep=" ", timespec="seconds") if shows_time else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
