"""The file of rejects: what could not be taken comes back mended, and reads over its own marks."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput, Failure
from incident.intake.formats import Found, RawRecord, Reject, read_records
from incident.intake.found import CsvRow
from incident.intake.rejects import check_rejects_path, write_rejects


def read(content: bytes, form: str = "auto") -> list[Found]:
    return list(read_records(io.BytesIO(content), "rejects", form))


def rejects_of(content: bytes, form: str = "auto") -> list[Reject]:
    return [item for item in read(content, form) if isinstance(item, Reject)]


def test_a_json_record_bears_its_reason_as_its_first_key(tmp_path: Path) -> None:
    target = tmp_path / "rejects.jsonl"
    rejects = [
        Reject(7, "facts.colour", "unknown key", '{\n "title": "é",\n "facts": {"colour": 1.10}}'),
        Reject(9, "title", "is required", "{}"),
    ]
    assert write_rejects(target, rejects) == [target]
    assert target.read_text(encoding="utf-8") == (
        '{"_rejected": {"line": 7, "key": "facts.colour", "reason": "unknown key"}, '
        '"title": "é",  "facts": {"colour": 1.10}}\n'
        '{"_rejected": {"line": 9, "key": "title", "reason": "is required"}}\n'
    )


def test_what_is_no_object_is_kept_as_it_came_after_its_reason(tmp_path: Path) -> None:
    target = tmp_path / "rejects.jsonl"
    write_rejects(target, [Reject(2, "", "is not JSON", "caf\udce9 \udcff"), Reject(3, "", "is too long", None)])
    assert target.read_bytes() == (
        b'{"_rejected": {"line": 2, "key": "", "reason": "is not JSON"}}\n'
        b"caf\xe9 \xff\n"
        b'{"_rejected": {"line": 3, "key": "", "reason": "is too long"}}\n'
    )


def test_mended_records_are_read_as_if_nothing_had_been(tmp_path: Path) -> None:
    content = b'{"title": "a", "title": "b"}\n{"title": "c",,}\nnonsense\n{"title": "\xe9"}\n{"title": "good"}\n'
    target = tmp_path / "rejects.jsonl"
    write_rejects(target, rejects_of(content, "jsonl"))
    mended = (
        target.read_bytes()
        .replace(b'"title": "a", ', b"")
        .replace(b",,", b"")
        .replace(b"\nnonsense", b'\n{"title": "d"}')
        .replace(b"\xe9", b"e")
    )
    assert [item.data for item in read(mended) if isinstance(item, RawRecord)] == [
        {"title": "b"}, {"title": "c"}, {"title": "d"}, {"title": "e"},
    ]  # fmt: skip
    assert rejects_of(mended) == []


def test_a_second_run_replaces_the_marks_of_the_first(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    write_rejects(first, [Reject(70, "role", "unknown", '{"title": "a", "role": 1}'), Reject(71, "", "no", "7")])
    again = [Reject(item.line, "role", "still", item.raw) for item in read(first.read_bytes(), "jsonl")]
    assert [item.line for item in again] == [1, 3]
    write_rejects(second, again)
    assert second.read_text(encoding="utf-8") == (
        '{"_rejected": {"line": 1, "key": "role", "reason": "still"}, "title": "a", "role": 1}\n'
        '{"_rejected": {"line": 3, "key": "role", "reason": "still"}}\n7\n'
    )


def test_rows_bear_their_reason_in_the_first_column(tmp_path: Path) -> None:
    target = tmp_path / "rejects.csv"
    content = b'title;tags;\na;"x\r\ny";z\n"b"c;;\nd;1;;\x1b\n'
    rejects = rejects_of(content)
    earlier = CsvRow(("_rejected", "title", "tags"), ("old", "=e", "t"), ";")
    write_rejects(target, [*rejects, Reject(9, "tags", "bad\x1b", earlier)])
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [
            ["_rejected", "title", "tags"],
            ["line 2: cell 3 has a value, but the header names no column there", "a", "x\r\ny", "z"],
            ["line 4: is not valid CSV: ';' expected after '\"'", "", ""],
            ["line 5: cell 4 has a value, but the header names no column there", "d", "1", "\x1b"],
            ["line 9: tags: bad\\x1b", "'=e", "t"],
        ]
    again = read(target.read_bytes())
    assert [(item.line, type(item)) for item in again] == [(2, Reject), (5, Reject), (6, RawRecord)]
    assert isinstance(again[2], RawRecord)
    assert again[2].data == {"title": "=e", "tags": ["t"]}


def test_rows_under_other_columns_or_of_another_dialect_go_to_a_file_of_their_own(tmp_path: Path) -> None:
    target = tmp_path / "rejects.csv"
    written = write_rejects(
        target,
        [
            Reject(4, "", "z", CsvRow(("title", "tags"), ("e", "f"), ";")),
            Reject(2, "", "x", CsvRow(("title", "tags"), ("a", "b"))),
            Reject(3, "", "y", CsvRow(("tags", "ref"), ("c", "d", "extra"))),
        ],
    )
    assert [file.name for file in written] == ["rejects.csv", "rejects-2.csv", "rejects-3.csv"]
    assert [file.read_text(encoding="utf-8-sig").splitlines() for file in written] == [
        ["_rejected;title;tags", "line 4: z;e;f"],
        ["_rejected,title,tags", "line 2: x,a,b"],
        ["_rejected,tags,ref", "line 3: y,c,d,extra"],
    ]


def test_rows_beside_json_go_to_a_file_of_their_own(tmp_path: Path) -> None:
    target = tmp_path / "rejects"
    written = write_rejects(
        target, [Reject(1, "", "x", CsvRow(("title",), ("a",))), Reject(1, "", "y", '{"title": 1}')]
    )
    assert written == [target, tmp_path / "rejects.csv"]
    assert json.loads(target.read_text(encoding="utf-8"))["title"] == 1
    assert (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines() == ["_rejected,title", "line 1: x,a"]


def test_no_rejects_no_file(tmp_path: Path) -> None:
    assert write_rejects(tmp_path / "rejects", []) == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_rejects_is_its_owners_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "rejects"
    write_rejects(target, [Reject(1, "", "x", "{}")])
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "rejects"
    target.write_text("mine", encoding="utf-8")
    expected = f"^{target}: exists already; give rejects a file of their own$"
    with pytest.raises(BadInput, match=expected):
        check_rejects_path(target)
    with pytest.raises(BadInput, match=expected):
        write_rejects(target, [Reject(1, "", "x", "{}")])
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_named_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"^{tmp_path}/no/rejects: there is no folder {tmp_path}/no$"):
        check_rejects_path(tmp_path / "no" / "rejects")
    check_rejects_path(tmp_path / "rejects")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("incident.intake.rejects.os.fsync", full)
    with pytest.raises(Failure, match=r"rejects: cannot be written: No space left on device$"):
        write_rejects(tmp_path / "rejects", [Reject(1, "", "x", "{}")])
    assert list(tmp_path.iterdir()) == []


@given(lines=st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), max_size=5))
def test_a_file_of_rejects_holds_each_bad_line_as_it_came(
    lines: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = b'{"title": "good"}\n' + b"\n".join(lines)
    rejects = rejects_of(content, "jsonl")
    target = tmp_path_factory.mktemp("rejects") / "rejects.jsonl"
    write_rejects(target, rejects)
    written = target.read_bytes() if rejects else b""
    again = read(b"\n" + written, "jsonl")
    assert [item.reason.split(" (")[0] for item in again if isinstance(item, Reject)] == [
        reject.reason.split(" (")[0] for reject in rejects
    ]
