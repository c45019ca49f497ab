"""The same records however they are wrapped: encoding, gzip, pipe, one line; and documents longer than a record."""

import codecs
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from incident.errors import BadInput
from incident.intake.decoding import MAX_LINE
from incident.intake.formats import Found, RawRecord, Reject, read_records
from tests.test_incident.foreign_examples import CASE, ISSUE

RECORD = {"title": "Données perdues, «déjà»", "summary": 'Two\nlines; "quoted", and a\ttab'}
TOO_LONG = "is longer than 8 MiB"


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(RECORD))
    book.active.append(list(RECORD.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(delimiter: str, end: str = "\r\n") -> str:
    cells = ['"' + cell.replace('"', '""') + '"' for cell in RECORD.values()]
    return delimiter.join(RECORD) + end + delimiter.join(cells) + end


TEXTS = {
    "json": json.dumps(RECORD, indent=1, ensure_ascii=False),
    "json in an array on one line": json.dumps([RECORD], ensure_ascii=False),
    "jsonl": "\r\n" + json.dumps(RECORD, ensure_ascii=False) + "\r\n\r\n",
    "csv": table(","),
    "csv of a spreadsheet": table(";", "\n"),
    "csv with tabs": table("\t"),
}
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with its mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16, little end first": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}
WRAPPED = {f"{form}, {name}": encode(text) for form, text in TEXTS.items() for name, encode in ENCODINGS.items()} | {
    f"{form}, cp1252": text.encode("cp1252") for form, text in TEXTS.items() if form.startswith("csv")
}
WRAPPED["xlsx"] = sheet()


def read(content: bytes, name: str = "-", form: str = "auto") -> list[Found]:
    return list(read_records(io.BytesIO(content), name, form))


@pytest.mark.parametrize("name", ["-", "feed", "feed.gz", "https://soc.example/feed?a=b.json"])
@pytest.mark.parametrize("wrapped", WRAPPED)
def test_the_record_is_the_same(wrapped: str, name: str) -> None:
    for content in (WRAPPED[wrapped], gzip.compress(WRAPPED[wrapped])):
        assert [item.data if isinstance(item, RawRecord) else item for item in read(content, name)] == [RECORD]


@pytest.mark.parametrize("end", ["", ".json", ".jsonl", ".csv", ".gz"])
@pytest.mark.parametrize("content", [b"", b"\n \n", codecs.BOM_UTF8, gzip.compress(b"", mtime=0)])
def test_nothing_is_nothing(content: bytes, end: str) -> None:
    assert read(content, f"feed{end}") == []


LONG = "x" * (MAX_LINE // 2)
OWN = [{"title": "A", "summary": LONG}, {"title": "B"}, {"title": "C", "summary": LONG}]
ISSUES = [{**ISSUE, "key": f"S-{number}", "fields": {**ISSUE["fields"], "description": LONG}} for number in range(3)]


class TestLongDocuments:
    """A line may be longer than a record may be: what is on it is a document."""

    @pytest.mark.parametrize("name", ["-", "feed.jsonl"])
    @pytest.mark.parametrize(
        "document", [OWN, {"issues": ISSUES}, ISSUES], ids=["ours", "an object of theirs", "an array of theirs"]
    )
    def test_on_one_line(self, document: Any, name: str) -> None:
        content = json.dumps(document).encode()
        assert len(content) > MAX_LINE
        assert b"\n" not in content
        found = read(content, name)
        assert [(item.line, type(item)) for item in found] == [(1, RawRecord)] * 3

    @pytest.mark.parametrize("name", ["-", "feed.jsonl"])
    def test_a_record_in_one_is_bounded_all_the_same(self, name: str) -> None:
        own = [OWN[0], {"title": "A", "summary": LONG * 2}, OWN[1]]
        theirs = [ISSUES[0], {**ISSUE, "fields": {**ISSUE["fields"], "description": LONG * 2}}, ISSUES[1]]
        for document in (own, {"issues": theirs}, theirs):
            first, second, third = read(json.dumps(document).encode(), name)
            assert isinstance(first, RawRecord)
            assert second == Reject(1, "", TOO_LONG, None)
            assert isinstance(third, RawRecord)

    @pytest.mark.parametrize("alone", [{"title": "A", "summary": LONG * 2}, {**CASE, "description": LONG * 2}])
    def test_and_so_is_a_record_alone(self, alone: Any) -> None:
        assert read(json.dumps(alone).encode()) == [Reject(1, "", TOO_LONG, None)]

    def test_what_is_damaged_in_so_long_a_line_is_said_and_not_kept(self) -> None:
        first, second = read(json.dumps(OWN[0]).encode() + LONG.encode() + b'\n{"title": "B"}\n', "feed.jsonl")
        assert isinstance(first, Reject)
        assert (first.reason.partition(":")[0], first.raw) == ("is not valid JSON", None)
        assert isinstance(second, RawRecord)

    def test_a_document_is_bounded_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.json_records.MAX_DOCUMENT", 1024 * 1024)
        array = json.dumps([{"title": "A", "summary": "x" * 1024 * 1024}]).encode()
        with pytest.raises(
            BadInput, match=r"^standard input: is larger than 1 MiB; write it as JSONL, one record a line$"
        ):
            read(array)
        assert read(array[1:-1] + b'\n{"title": "B"}\n')[0] == Reject(1, "", TOO_LONG, None)
