"""JSON and JSON Lines: every record with its line, every fault named, nothing else lost."""

import contextlib
import gzip
import io
import json
import tracemalloc
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput
from incident.intake.decoding import MAX_LINE
from incident.intake.formats import FORMS, Found, RawRecord, Reject, read_records
from incident.intake.found import JsonPart

A, B = {"title": "a"}, {"title": "b"}


def read(content: bytes, form: str = "auto", name: str = "feed") -> list[Found]:
    return list(read_records(io.BytesIO(content), name, form))


def data(found: list[Found]) -> list[Any]:
    return [item.data for item in found if isinstance(item, RawRecord)]


def faults(found: list[Found]) -> list[tuple[int, str, str]]:
    return [(item.line, item.key, item.reason) for item in found if isinstance(item, Reject)]


def refusal(content: bytes, form: str = "auto", name: str = "feed") -> str:
    with pytest.raises(BadInput) as refused:
        read(content, form, name)
    return str(refused.value)


def test_lines_are_read_with_their_numbers_and_their_text() -> None:
    assert read(b'{"title":"a"}\r\n\n  \n {"title": "b"}') == [
        RawRecord(1, A, '{"title":"a"}'),
        RawRecord(4, B, ' {"title": "b"}'),
    ]


def test_a_bad_line_is_a_reject_and_its_neighbours_are_records() -> None:
    found = read(b'{"title":"a"}\n{"title": }\n{"title":"caf\xe9"}\n{"title":"\0"}\n{"title":"b"}\n')
    assert data(found) == [A, B]
    assert faults(found) == [
        (2, "", "is not valid JSON: Expecting value (column 11)"),
        (3, "", "holds bytes that are not UTF-8, or half a surrogate pair"),
        (4, "", "is not valid JSON: Invalid control character at (column 11)"),
    ]
    assert found[2] == Reject(3, "", faults(found)[1][2], '{"title":"caf\udce9"}')


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"title": "a", "title": "b"}', "names the key 'title' twice"),
        ('{"facts": {"severity": 1, "severity": 1}}', "names the key 'severity' twice"),
        ('{"n": NaN}', "holds NaN, which is no JSON number"),
        ('{"n": -Infinity}', "holds -Infinity, which is no JSON number"),
        ('{"n": 1e999}', "holds a number out of range: 1e999"),
        ('{"n": 1' + "0" * 5000 + "}", "holds a number out of range: 1" + "0" * 58 + "…"),
        ('{"n": ' + "[" * 200_000 + "]" * 200_000 + "}", "is nested too deeply"),
        ('{"title": "\\ud83d"}', "holds bytes that are not UTF-8, or half a surrogate pair"),
        ('{"title": "a"} {}', "is not valid JSON: Extra data (column 16)"),
    ],
)
def test_what_programs_would_read_differently_is_refused(text: str, reason: str) -> None:
    found = read(f"{text}\n".encode() + b'{"title":"b"}', "jsonl")
    assert found == [Reject(1, "", reason, text), RawRecord(2, B, '{"title":"b"}')]


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert data(read(b'{"title": "\\ud83d\\ude00"}')) == [{"title": "\N{GRINNING FACE}"}]


def test_an_array_gives_each_element_its_line() -> None:
    found = read(b'\n[\n  {"title":"a"},\n  {\n "title": NaN},  {"title":"b"}\n]\n')
    assert found == [
        RawRecord(3, A, JsonPart('{"title":"a"}', listed=True)),
        Reject(4, "", "holds NaN, which is no JSON number", JsonPart('{\n "title": NaN}', listed=True)),
        RawRecord(5, B, JsonPart('{"title":"b"}', listed=True)),
    ]


@pytest.mark.parametrize("form", ["auto", "json"])
def test_one_object_over_several_lines_is_one_record(form: str) -> None:
    assert read(b'\n{\n  "title": "a"\n}\n', form) == [RawRecord(2, A, '{\n  "title": "a"\n}')]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (b'[{"title":"a"},\n {"title": }]', 2, "Expecting value (line 2, column 12)"),
        (b'[{"title":"a"}\n {"title":"b"}]', 2, "Expecting ',' delimiter (line 2, column 2)"),
        (b'[{"title":"a"}', 1, "Expecting ',' delimiter (line 1, column 15)"),
        (
            b'[{"title":"a"}]\n\n{"title":"b"}',
            3,
            "a document holds one record, or one array of them (line 3, column 1)",
        ),
        (b'[{"title":"a"},\n' + b"[" * 200_000, 2, "nested too deeply (line 2, column 1)"),
    ],
)
def test_a_syntax_error_ends_a_document_but_not_what_stood_before(text: bytes, line: int, fault: str) -> None:
    reason = f"is not valid JSON: {fault}; what follows was not read"
    assert read(text, "json") == [
        RawRecord(1, A, JsonPart('{"title":"a"}', listed=True)),
        Reject(line, "", reason, None),
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_nothing_holds_no_records(content: bytes, form: str) -> None:
    assert read(content, form) == []


def test_an_empty_array_holds_no_records() -> None:
    assert read(b"[ ]\n") == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'[{"title":"a"},{"title":"b"}]', "feed.jsonl"),
        (b'{"title":"a"}\n{"title":"b"}', "feed.json"),
        (b'title\n"a"\n"b"', "feed"),
        (b"title\na\nb\n", "-"),
    ],
)
def test_the_form_is_known_by_the_content(content: bytes, name: str) -> None:
    assert data(read(content, name=name)) == [A, B]


def test_lines_are_known_as_such_though_the_first_is_damaged() -> None:
    found = read(b'{"title":\n{"title":"b"}\n')
    assert data(found) == [B]
    assert faults(found) == [(1, "", "is not valid JSON: Expecting value (column 10)")]


def test_the_ending_decides_where_the_content_does_not_tell() -> None:
    content = b'nonsense\n{"title":"b"}\n'
    fault = "is not valid JSON: Expecting value"
    assert faults(read(content, name="FEED.JSONL")) == [(1, "", f"{fault} (column 1)")]
    assert data(read(content, name="feed.jsonl.gz")) == [B]
    assert faults(read(content, name="feed.json")) == [
        (1, "", f"{fault} (line 1, column 1); what follows was not read")
    ]
    assert refusal(content, name="feed.txt").startswith("feed.txt: line 1: no record has a key 'nonsense'")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["json", "jsonl", "auto"])
def test_unicode_with_its_mark_is_read(encoding: str, form: str) -> None:
    assert data(read('{"title": "été €\U0001f600"}'.encode(encoding), form)) == [{"title": "été €\U0001f600"}]


def test_big_endian_utf_16_is_read() -> None:
    assert data(read(b"\xfe\xff" + '{"title": "é"}'.encode("utf-16-be"))) == [{"title": "é"}]


def test_damaged_utf_16_is_refused() -> None:
    assert refusal(b"\xff\xfe\x00\xd8") == "feed: begins as UTF-16 text, but is none further on"


def test_gzip_is_unpacked_whatever_the_name() -> None:
    packed = gzip.compress(b'{"title":"a"}\n') + gzip.compress(b'{"title":"b"}')
    assert data(read(packed, name="feed.bin")) == [A, B]


def test_damaged_gzip_is_refused() -> None:
    assert refusal(gzip.compress(b'{"title":"a"}')[:-9]) == "feed: the gzip data is damaged or cut off"


def test_what_stood_before_the_damage_is_kept() -> None:
    rows = b"".join(b'{"title":"%d %d"}\n' % (n, n * n * 7919) for n in range(40_000))
    found = read(gzip.compress(rows)[:-9])
    last = len(found) - 1
    assert last > 30_000
    assert data(found)[0] == {"title": "0 0"}
    reason = "the gzip data is damaged or cut off; what follows was not read"
    assert faults(found) == [(last + 1, "", reason)]


def test_a_gzip_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.intake.decoding.MAX_UNPACKED", 1024 * 1024)
    bomb = gzip.compress(b'{"title":"a"}\n' + b"\n" * 2_000_000)
    found = read(bomb)
    assert data(found) == [A]
    assert faults(found) == [
        (2, "", "expands to more than 1 MiB; unpack it and import its parts; what follows was not read")
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3), (b"SQLite format 3\0", 1), (b"PK\x05\x06\x14\0", 1)],
)
@pytest.mark.parametrize("form", sorted({*FORMS} - {"xlsx"}))
def test_binary_content_is_refused_as_a_whole(content: bytes, line: int, form: str) -> None:
    reason = f"line {line} holds a NUL byte: this is binary, not text"
    assert refusal(content, form, "a\x1b[31m.bin") == f"a\\x1b[31m.bin: {reason}"


def test_no_secret_of_a_url_is_named() -> None:
    refused = refusal(b"\0", name="https://user:secret@soc.example/hidden/key?token=abc")
    assert refused == "https://soc.example/…: line 1 holds a NUL byte: this is binary, not text"


class EndlessLine(io.BytesIO):
    """A good line, one of 50 MB, and another good one, made as they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 50_000_000
        self.head, self.tail = b'{"title":"a"}\n{"title":"', b'"}\n{"title":"b"}\n'

    def read(self, size: int | None = -1, /) -> bytes:
        if self.head:
            piece, self.head = self.head, b""
        elif self.left:
            piece = b"x" * min(size or 0, self.left)
            self.left -= len(piece)
        else:
            piece, self.tail = self.tail, b""
        return piece


def test_a_line_of_50_mb_is_one_reject_and_never_held_whole() -> None:
    tracemalloc.start()
    try:
        found = list(read_records(EndlessLine(), "feed", "auto"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert data(found) == [A, B]
    assert [item.line for item in found] == [1, 2, 3]
    assert found[1] == Reject(2, "", "is longer than 8 MiB", None)
    assert peak < 3 * MAX_LINE


@pytest.mark.parametrize("extra", [0, 1])
def test_the_limit_of_a_line_is_exact(extra: int) -> None:
    line = b'{"title":"' + b"x" * (MAX_LINE - 12 + extra) + b'"}'
    found = read(line + b'\n{"title":"b"}', "jsonl")
    assert [type(item) for item in found] == [Reject if extra else RawRecord, RawRecord]
    assert [type(item) for item in read(b"[" + line + b"]")] == [Reject if extra else RawRecord]


def test_a_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.intake.json_records.MAX_DOCUMENT", 1024 * 1024)
    content = b"[" + b" " * 1024 * 1024
    assert refusal(content) == "feed: is larger than 1 MiB; write it as JSONL, one record a line"


def test_an_advisory_is_no_incident() -> None:
    raw = '{"document": {"category": "csaf_security_advisory", "csaf_version": "2.0"}}'
    reason = "is a CSAF security advisory, not an incident; open an incident that refers to it"
    assert read(raw.encode()) == [Reject(1, "document", reason, raw)]


@pytest.mark.parametrize("text", ["3", '"text"', "null", "[]"])
def test_any_json_value_is_handed_to_validation(text: str) -> None:
    assert data(read(f"{text}\n".encode(), "jsonl")) == [json.loads(text)]


def test_a_source_that_stops_is_told() -> None:
    stream = Mock(spec=io.BytesIO)
    stream.read.side_effect = [b'{"title":"a"}\n' * 100_000, OSError(5, "Input/output error")]
    found = list(read_records(stream, "feed", "jsonl"))
    assert data(found[:-1]) == [A] * (len(found) - 1)
    assert found[-1].line == len(found) > 1000
    assert faults(found) == [(len(found), "", "reading stopped: Input/output error; what follows was not read")]


NASTY = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet='{}[]",:\\\n\r \t;|_title.0e-ué', max_size=200).map(str.encode),
    st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.binary(max_size=100).map(gzip.compress),
    st.binary(max_size=100).map(lambda tail: b"title,facts.description\n" + tail),
    st.binary(max_size=100).map(lambda tail: b'[{"title":"a"},' + tail),
)


@given(content=NASTY, form=st.sampled_from(FORMS))
def test_no_bytes_at_all_lead_to_anything_but_records_rejects_or_a_refusal(content: bytes, form: str) -> None:
    lines: list[int] = []
    with contextlib.suppress(BadInput):
        lines.extend(found.line for found in read_records(io.BytesIO(content), "feed", form))
    assert lines == sorted(lines)
    assert not lines or lines[0] >= 1
