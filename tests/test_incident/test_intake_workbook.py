"""Workbooks: found header, days kept as days, damage refused in one line."""

import io
import re
import zipfile
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput
from incident.intake.formats import Found, RawRecord, Reject, read_records
from incident.intake.found import CsvRow
from tests.test_incident.foreign_examples import workbook

PARIS = ZoneInfo("Europe/Paris")


def read(content: bytes, form: str = "auto") -> list[Found]:
    return [*read_records(io.BytesIO(content), "book.xlsx", form, zone=PARIS)]


def saved(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        read(content)
    return str(refused.value)


def test_a_register_below_a_note_on_the_second_sheet() -> None:
    (found,) = read(workbook())
    columns = ("Reference", "Title", "Discovered", "Began", "Number of people")
    cells = ("R-1", "Letter to the wrong client", "2026-11-18 14:30:00", "2026-11-17", "3")
    expected = {
        "source": "register",
        "personal_data": None,
        "ref": "R-1",
        "title": "Letter to the wrong client",
        "moments": {"occurred_from": "2026-11-17", "detected": "2026-11-18T13:30:00Z"},
        "facts": {"subjects_count": {"value": "3"}},
    }
    assert found == RawRecord(4, expected, CsvRow(columns, cells))


def test_our_own_records_may_come_as_a_workbook() -> None:
    (first, second) = read(saved(["title", "facts.subjects_count", "personal_data"], ["A", 7.0, True], [], ["B"]))
    assert isinstance(first, RawRecord)
    assert first.data == {"title": "A", "facts": {"subjects_count": {"value": "7"}}, "personal_data": "true"}
    assert (second.line, second.raw) == (4, CsvRow(("title", "facts.subjects_count", "personal_data"), ("B", "", "")))


def test_a_cell_without_a_heading_is_refused() -> None:
    (found,) = read(saved(["title", "ref"], ["A", "1", "stray"]))
    reason = "cell 3 has a value, but the header names no column there"
    assert found == Reject(2, "", reason, CsvRow(("title", "ref"), ("A", "1", "stray")))


def test_an_unknown_header_is_named() -> None:
    assert refusal(saved(["titel"], ["A"])) == (
        "book.xlsx: line 1: no record has a key 'titel'; incident schema shows those there are"
    )


def test_an_empty_workbook_holds_nothing() -> None:
    assert read(saved()) == read(b"", "xlsx") == []


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 99, workbook()[:-200], workbook()[:3000]])
def test_damage_is_refused_in_one_line(content: bytes) -> None:
    assert refusal(content) == "book.xlsx: is no workbook that can be read; save the sheet as CSV"


@pytest.mark.parametrize(("place", "byte"), [(8, 0x01), (8, 0x40), (10, 99)], ids=["locked", "sealed", "packed oddly"])
def test_parts_that_cannot_be_opened_are_refused_in_one_line(place: int, byte: int) -> None:
    content = bytearray(workbook())
    for part in re.finditer(b"PK\x01\x02", bytes(content)):
        content[part.start() + place] = byte
    assert refusal(bytes(content)) == "book.xlsx: is no workbook that can be read; save the sheet as CSV"


def test_another_archive_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refusal(out.getvalue()) == "book.xlsx: is no workbook that can be read; save the sheet as CSV"


def test_an_archive_that_holds_endless_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.intake.workbook.MAX_UNPACKED", 1000)
    assert refusal(workbook()) == "book.xlsx: expands to more than 0 MiB; save the sheet as CSV"
    monkeypatch.setattr("incident.intake.workbook.MAX_PACKED", 1000)
    assert refusal(workbook()) == "book.xlsx: is larger than 0 MiB; save the sheet as CSV"


WHOLE = workbook()


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_is_survived(at: int, garbage: bytes) -> None:
    try:
        read(WHOLE[:at] + garbage + WHOLE[at + len(garbage) :])
    except BadInput as refused:
        assert "\n" not in str(refused)  # noqa: PT017  # most damage is not noticed
