"""Rejects, mended and run again: in every format all comes in, nothing twice, and as it was written."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.test_incident.command_line import incident
from tests.test_incident.foreign_examples import (
    CASE,
    CNIL_HEADER,
    CNIL_ROW,
    HHS,
    IRIS_ROW,
    ISSUE,
    NEWER_ISSUE,
    REGISTER,
    TICKET,
    TRIGGERED,
    VERIS,
    as_json,
    as_lines,
)  # fmt: skip

OWN = [{"source": "soc", "ref": "1", "title": "Été"}, {"source": "soc", "ref": "2", "title": "Été", "role": "BAD"}]
MAPPING = """
id = "desk"
name = "A desk"
zone = "UTC"
[[shapes]]
when = "tickets"
records = "tickets"
[keys]
ref = "id"
title = "subject"
moments.detected = "seen"
"""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("desk.toml").write_text(MAPPING, "utf-8")


def table(delimiter: str = ",") -> str:
    return "source,ref,title,role\nsoc,1,Été,\nsoc,2,Été,BAD\n".replace(",", delimiter)


def sheet(text: str, delimiter: str) -> bytes:
    """Return a table as a workbook."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def both(record: dict[str, Any], **bad: Any) -> list[dict[str, Any]]:
    """Return a record, and it again with what cannot be taken."""
    return [record, record | bad]


@dataclass(frozen=True)
class Source:
    """A source with two records, one bad; what to write in place of what is wrong; the form of its rejects."""

    write: Callable[[str], bytes]
    bad: str
    good: str
    rejects: str
    options: tuple[str, ...] = ()


def source(text: str, bad: str, good: str, rejects: str, *options: str, encoding: str = "utf-8") -> Source:
    return Source(lambda said: text.replace(bad, said).encode(encoding), bad, good, rejects, options)


def foreign(document: Any, bad: str, good: str, rejects: str, *options: str) -> Source:
    return source(as_json(document).decode(), bad, good, rejects, *options)


BAD_VERIS = both(VERIS, incident_id="2", timeline={"incident": {"year": 2013, "month": 123}})
BAD_TICKET = both(TICKET, number="INC2", opened_at="2026-13-12 09:00:00")
BAD_ROW = both(IRIS_ROW, case_id=99, case_open_date="13/19/2026")
BAD_CASE = both(CASE, _id="~2", startDate="soon")
BAD_ISSUE = [ISSUE, NEWER_ISSUE | {"fields": NEWER_ISSUE["fields"] | {"created": "soon"}}]
BAD_EVENT = [
    TRIGGERED,
    {"event": TRIGGERED["event"] | {"occurred_at": "soon", "data": TRIGGERED["event"]["data"] | {"id": "PGR1"}}},
]
DESK = {"tickets": [{"id": "1", "subject": "One", "seen": "2026-01-02"}, {"id": "2", "subject": "Two", "seen": "soon"}]}
BAD_CNIL_ROW = CNIL_ROW.replace("Entre 301", "Vers 301").replace("2026-05", "2026-06")
REGISTERED = REGISTER.replace("2019;2019", "soon;2019")

SOURCES = {
    "jsonl": source(as_lines(*OWN).decode(), "BAD", "processor", "lines"),
    "jsonl.gz": Source(
        lambda said: gzip.compress(as_lines(*OWN).replace(b"BAD", said.encode())), "BAD", "processor", "lines"
    ),
    "json list": source(json.dumps(OWN, indent=1, ensure_ascii=False), "BAD", "processor", "list"),
    "json record": source(json.dumps(OWN[1], indent=1), "BAD", "processor", "lines"),
    "csv": source(table(), "BAD", "processor", "csv,"),
    "csv of a spreadsheet": source(table(";"), "BAD", "processor", "csv;", encoding="cp1252"),
    "csv in UTF-16": source(table("\t"), "BAD", "processor", "csv\t", encoding="utf-16"),
    "xlsx": Source(lambda said: sheet(table().replace("BAD", said), ","), "BAD", "processor", "csv,"),
    "veris": source(as_lines(*BAD_VERIS).decode(), '"month": 123', '"month": 12', "lines"),
    "servicenow": foreign({"result": BAD_TICKET}, "2026-13-12", "2026-03-12", "list"),
    "dfir-iris": foreign({"status": "success", "data": BAD_ROW}, "13/19/2026", "11/19/2026", "list"),
    "thehive": foreign(BAD_CASE, '"soon"', "1790000000000", "list"),
    "jira": foreign({"issues": BAD_ISSUE}, "soon", "2026-01-02", "list"),
    "pagerduty": source(as_lines(*BAD_EVENT).decode(), "soon", "2026-10-02T18:45:22Z", "lines"),
    "cnil": source(
        f"Extraction\n{CNIL_HEADER}\n{CNIL_ROW}\n{BAD_CNIL_ROW}\n",
        "Vers 301", "Entre 301", "csv;", encoding="cp1252",
    ),
    "hhs-ocr": source(f"{HHS}{HHS.splitlines()[1].replace('1,500', 'many')}\n", "many", "7", "csv,"),
    "register": source(REGISTERED, "soon", "2019", "csv;"),
    "register in a workbook": Source(
        lambda said: sheet(REGISTERED.replace("soon", said), ";"), "soon", "2019", "csv,"
    ),
    "a mapping of one's own": foreign(DESK, "soon", "2026-01-03", "list", "--map", "desk.toml"),
}  # fmt: skip


def form_of(content: bytes) -> str:
    if content.startswith(b"["):
        return "list"
    return f"csv{content.decode('utf-8-sig')[len('_rejected')]}" if content.startswith(b"\xef") else "lines"


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_mended_rejects_come_in_and_nothing_twice(name: str) -> None:
    one = SOURCES[name]
    Path("source").write_bytes(one.write(one.bad))
    first = incident("import", "source", "--json", "--rejects", "bad", *one.options)
    counts = json.loads(first.out)
    assert counts["rejected"] == 1
    content = Path("bad").read_bytes()
    assert form_of(content) == one.rejects
    before, _, after = content.rpartition(one.bad.encode())
    Path("mended").write_bytes(before + one.good.encode() + after)
    again = incident("import", "mended", "--json", *one.options).json
    assert (again["opened"], again["rejected"]) == (1, 0)
    Path("source").write_bytes(one.write(one.good))
    whole = incident("import", "source", "--json", *one.options).json
    assert (whole["opened"], whole["changed"], whole["rejected"]) == (0, 0, 0)
    assert whole["unchanged"] == counts["opened"] + 1


HOSTILE = [
    "=1+1",
    "'=1+1",
    "''@x",
    "-3",
    "+x",
    "@x",
    "\t=x",
    "'plain",
    "\x1b[2J",
    'a "quote", and a comma',
    "two\nlines",
]


def test_hostile_cells_are_no_formulas_and_come_back_as_they_were() -> None:
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["ref", "title", "role"])
    writer.writerows([str(number), f"{text}x", "BAD"] for number, text in enumerate(HOSTILE))
    Path("a.csv").write_text(rows.getvalue(), "utf-8")
    outcome = incident("import", "a.csv", "--rejects", "bad.csv")
    assert outcome.code == 2
    assert "\x1b" not in outcome.err
    incident("import", "bad.csv", "--rejects", "worse.csv")
    with Path("worse.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    mended = Path("worse.csv").read_bytes().replace(b",BAD", b",processor")
    Path("mended.csv").write_bytes(mended)
    assert incident("import", "mended.csv", "--json").json["opened"] == len(HOSTILE)
    titles = {row["ref"]: row["title"] for row in incident("list", "--json").json["incidents"]}
    assert titles == {str(number): f"{text}x" for number, text in enumerate(HOSTILE)}


def test_rejects_of_several_formats_come_back_together() -> None:
    Path("own.jsonl").write_bytes(as_lines(OWN[1]))
    Path("veris.jsonl").write_bytes(as_lines(BAD_VERIS[1]))
    Path("a.csv").write_text("title,role\nA,BAD\n", "utf-8")
    incident("import", "own.jsonl", "a.csv", "veris.jsonl", "--rejects", "bad.jsonl")
    for name in ("bad.jsonl", "bad.jsonl.csv"):
        text = Path(name).read_text("utf-8").replace("BAD", "processor").replace('"month": 123', '"month": 12')
        Path(name).write_text(text, "utf-8")
    document = incident("import", "bad.jsonl", "bad.jsonl.csv", "--json").json
    assert [one["ref"] for one in document["incidents"]] == ["soc:2", "veris:2", None]
    assert document["rejects"] == []


def test_a_record_of_ones_own_mapping_asks_for_its_file() -> None:
    Path("a.json").write_bytes(as_json(DESK))
    incident("import", "a.json", "--map", "desk.toml", "--rejects", "bad.json")
    outcome = incident("import", "bad.json")
    assert outcome.err == ("incident: bad.json: line 1: is a record of the mapping 'desk': give its file with --map\n")


def test_in_utf_8_by_its_mark_a_bad_byte_spoils_no_other_row() -> None:
    Path("a.csv").write_bytes("\ufefftitle,ref\n".encode() + b"\xe9,1\n" + "Été,2\n".encode())
    document = json.loads(incident("import", "a.csv", "--json").out)
    assert [one["reason"] for one in document["rejects"]] == ["line 2 holds bytes that are not UTF-8 text"]
    assert incident("show", "2", "--json").json["title"] == "Été"
