"""CSV: dialects and encodings as spreadsheets write them; a row is a record or a reject, never something between."""

import csv
import io
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput
from incident.intake.decoding import MAX_LINE
from incident.intake.formats import Found, RawRecord, Reject, read_records
from incident.intake.found import CsvRow
from models.record import read_record
from models.vocabulary import BreachType, Severity

UTC = ZoneInfo("UTC")


def read(content: bytes | str, form: str = "csv") -> list[Found]:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(read_records(stream, "feed.csv", form))


def data(found: list[Found]) -> list[Any]:
    return [item.data for item in found if isinstance(item, RawRecord)]


def faults(found: list[Found]) -> list[tuple[int, str, str]]:
    return [(item.line, item.key, item.reason) for item in found if isinstance(item, Reject)]


def refusal(content: bytes | str) -> str:
    with pytest.raises(BadInput) as refused:
        read(content)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_dialect_is_told_by_the_header(delimiter: str, end: str) -> None:
    rows = [
        ["title", "facts.countries", "facts.subjects_count", "moments.aware"],
        ['a, b; c\t"d"', "FR|BE", "1200", ""],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    assert data(read(text.getvalue(), "auto")) == [
        {"title": 'a, b; c\t"d"', "facts": {"countries": ["FR", "BE"], "subjects_count": {"value": "1200"}}}
    ]


def test_a_row_begins_on_its_first_line_and_may_go_on_over_several() -> None:
    found = read('\ntitle,facts.description\na,"one\n\ntwo"\n\n , \nb,three\n')
    columns = ("title", "facts.description")
    assert found == [
        RawRecord(3, {"title": "a", "facts": {"description": "one\n\ntwo"}}, CsvRow(columns, ("a", "one\n\ntwo"))),
        RawRecord(8, {"title": "b", "facts": {"description": "three"}}, CsvRow(columns, ("b", "three"))),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_told_by_the_content(encoding: str) -> None:
    content = "title\nplain\nété à 5 €\n".encode(encoding)
    assert data(read(content)) == [{"title": "plain"}, {"title": "été à 5 €"}]


def test_a_line_in_another_encoding_is_a_reject() -> None:
    found = read("title\né\n".encode() + b'"two\n\xe9 lines"\n' + "à\n".encode())
    assert data(found) == [{"title": "é"}, {"title": "à"}]
    assert found[1] == Reject(
        3, "", "line 4 holds bytes that are not UTF-8 text", CsvRow(("title",), ("two\n\udce9 lines",))
    )


def test_a_byte_that_no_encoding_has_is_a_reject() -> None:
    found = read(b"title\n\xe9\n\x81\nb\n")
    assert data(found) == [{"title": "é"}, {"title": "b"}]
    assert faults(found) == [(3, "", "line 3 holds bytes that are not Windows-1252 text")]


def test_faulty_rows_are_rejects_and_their_neighbours_are_records() -> None:
    found = read('title,tags,\na,x,\nb,x,,\nc,x,y\nd,x,,z\ne,"x"y,\nf\n')
    assert data(found) == [
        {"title": "a", "tags": ["x"]},
        {"title": "b", "tags": ["x"]},
    ]
    unnamed = "has a value, but the header names no column there"
    assert faults(found) == [
        (4, "", f"cell 3 {unnamed}"),
        (5, "", f"cell 4 {unnamed}"),
        (6, "", "is not valid CSV: ',' expected after '\"'"),
        (7, "", "has 1 cells where the header has 3: it may be cut off"),
    ]


def test_a_quote_left_open_does_not_swallow_the_file_unseen() -> None:
    found = read('title\na\n"b\nc\n')
    assert data(found) == [{"title": "a"}]
    assert faults(found) == [(3, "", "is not valid CSV: unexpected end of data")]


def test_keys_that_cannot_both_hold_are_a_reject() -> None:
    found = read("title,facts.subjects_count,facts.subjects_count.value\na,1,2\nb,1,\n")
    assert data(found) == [{"title": "b", "facts": {"subjects_count": {"value": "1"}}}]
    assert faults(found) == [(2, "facts.subjects_count.value", "is given twice")]


def test_a_line_too_long_and_a_nul_byte_are_rejects() -> None:
    long = b'"' + b"x" * MAX_LINE + b'"'
    found = read(b"title\na\n" + long + b"\nb\0\nc\n")
    assert data(found) == [{"title": "a"}, {"title": "c"}]
    assert found[1:3] == [
        Reject(3, "", "line 3 is longer than 8 MiB", CsvRow(("title",), ())),
        Reject(4, "", "line 4 holds a NUL byte, which is no text", CsvRow(("title",), ("b\0",))),
    ]


def test_a_row_that_lost_a_line_is_not_kept_in_part() -> None:
    long = b"x" * (MAX_LINE + 1)
    found = read(b'title,tags\n"a\n' + long + b'\nb",t\nc,\n')
    assert found[0] == Reject(2, "", "line 3 is longer than 8 MiB", CsvRow(("title", "tags"), ()))
    assert data(found) == [{"title": "c"}]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("title,tittle", "line 1: no record has a key 'tittle'; incident schema shows those there are"),
        ("title;x;y;z;zz", "line 1: no record has a key 'x', 'y', 'z'; incident schema shows those there are"),
        ("\nfacts.foo", "line 2: no record has a key 'facts.foo'; incident schema shows those there are"),
        ("facts.\x1b[31m", "line 1: no record has a key 'facts.\\x1b[31m'; incident schema shows those there are"),
        ("title,tags, title", "line 1: the column 'title' is named twice"),
        ("x" * (MAX_LINE + 1), "line 1 is longer than 8 MiB"),
        ('title,"tags', "line 1: the header is not valid CSV: unexpected end of data"),
    ],
)
def test_a_header_that_would_misread_every_row_refuses_the_file(header: str, reason: str) -> None:
    assert refusal(f"{header}\na,b\n") == f"feed.csv: {reason}"


@pytest.mark.parametrize(
    "column",
    [
        "ref", "personal_data", "vendor", "vendor.name", "subprocessor.aware", "customers.acme.affected",
        "customers.acme.facts.subjects_count.value", "moments.occurred_from.from", "moments.aware",
        "facts.people_by_country.FR", "facts.people_by_country.FR.min", "facts.other_parties", "place.zone", "related",
    ],
)  # fmt: skip
def test_every_key_that_a_row_can_state_is_a_column(column: str) -> None:
    assert len(data(read(f"title,{column}\na,1\n"))) == 1


def test_a_column_of_reasons_is_read_over() -> None:
    found = read("_rejected,title\nline 3: title: is required,\nline 4: role: unknown,a\n")
    assert data(found) == [{"title": "a"}]
    assert len(found) == 1


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="|\0"), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
ITEMS = st.lists(WORDS.map(str.strip), min_size=1, max_size=3)
RECORDS = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "ref": WORDS,
        "summary": WORDS,
        "role": st.sampled_from(["controller", "joint-controller", "processor", "sub-processor"]),
        "personal_data": st.sampled_from([True, False, None]),
        "vendor": st.sampled_from(["kavkom", "convious"]),
        "tags": ITEMS,
        "moments": st.fixed_dictionaries(
            {},
            optional={
                "aware": st.integers(0, 2**32).map(lambda at: datetime.fromtimestamp(at, UTC).isoformat())
            },
        ).filter(bool),
        "facts": st.fixed_dictionaries(
            {"description": WORDS},
            optional={
                "breach_types": st.lists(st.sampled_from([kind.value for kind in BreachType]), min_size=1),
                "severity": st.sampled_from([grade.value for grade in Severity]),
                "data_unintelligible": st.booleans(),
                "subjects_count": st.fixed_dictionaries(
                    {"value": st.integers(0, 10**12)}, optional={"approximate": st.booleans()}
                ),
            },
        ),
    },
)  # fmt: skip


def flat(record: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Write a record as the cells of a CSV row."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            cells |= flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            cells[prefix + key] = "|".join(value)
        else:
            cells[prefix + key] = value if isinstance(value, str) else json.dumps(value)
    return cells


@given(records=st.lists(RECORDS, max_size=5), delimiter=st.sampled_from(",;\t"))
def test_valid_records_come_through_csv_and_json_lines_alike(records: list[Any], delimiter: str) -> None:
    rows = [flat(record) for record in records]
    columns = sorted({"ref", "title"}.union(*rows))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    valid = [read_record(record, UTC) for record in records]

    from_csv = read(text.getvalue().encode())
    assert faults(from_csv) == []
    assert [read_record(item, UTC) for item in data(from_csv)] == valid

    from_lines = read("".join(f"{json.dumps(record)}\n" for record in records).encode(), "jsonl")
    assert faults(from_lines) == []
    assert [read_record(item, UTC) for item in data(from_lines)] == valid
