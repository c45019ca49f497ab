"""The import run: what is valid is handed on in batches, what is not is listed, and what was reported was kept."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.intake.formats import read_records
from incident.intake.found import CsvRow, Found, Raw, RawRecord, Reject
from incident.intake.run import Dealt, Outcome, ValidRecord, run_import

PARIS = ZoneInfo("Europe/Paris")


class Shelf:
    """A desk that remembers records by their reference, and every batch it was handed."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.batches: list[list[ValidRecord]] = []

    def keep(self, records: Sequence[ValidRecord]) -> list[Outcome]:
        self.batches.append(list(records))
        return [self._taken(record.data) for record in records]

    def _taken(self, data: dict[str, Any]) -> Outcome:
        ref = data["ref"]
        before = self.kept.get(ref)
        self.kept[ref] = data
        number = list(self.kept).index(ref) + 1
        reference, external = f"INC-2026-{number:04}", f"soc:{ref}"
        if before is None:
            return Outcome("opened", reference, external)
        return Outcome("unchanged" if before == data else "changed", reference, external)


def found(*records: Any) -> list[Found]:
    return [RawRecord(line, data, json.dumps(data)) for line, data in enumerate(records, 1)]


def run(items: Iterable[Found], shelf: Shelf, batch: int = 1000) -> list[Dealt]:
    return [dealt for done in run_import(items, PARIS, shelf.keep, batch=batch) for dealt in done]


def said(dealt: Iterable[Dealt]) -> list[str]:
    return ["rejected" if isinstance(one, Reject) else one.status for one in dealt]


def test_valid_records_are_handed_on_normalised() -> None:
    shelf = Shelf()
    record = {"ref": "1", "title": "a", "moments": {"aware": "2026-10-24T09:00"}}
    run(found(record), shelf)
    assert shelf.batches == [
        [ValidRecord(1, record | {"moments": {"aware": "2026-10-24T07:00:00Z"}}, json.dumps(record))]
    ]


def test_a_bad_record_is_listed_and_its_neighbours_are_kept() -> None:
    shelf = Shelf()
    unreadable = Reject(5, "", "is not valid JSON: Expecting value (column 11)", '{"title": }')
    bad = {"ref": "3", "moments": {"aware": "2026-10-25T02:30"}, "titel": "c"}
    dealt = run(
        [
            *found({"ref": "1", "title": "a"}, {"ref": "2", "title": "b", "facts": {"colour": 1}}, bad, 7),
            unreadable,
            *found({"ref": "6", "title": "f"}),
        ],
        shelf,
    )
    assert list(shelf.kept) == ["1", "6"]
    assert [one for one in dealt if isinstance(one, Outcome)] == [
        Outcome("opened", "INC-2026-0001", "soc:1"),
        Outcome("opened", "INC-2026-0002", "soc:6"),
    ]
    assert said(dealt) == ["opened", "rejected", "rejected", "rejected", "rejected", "opened"]
    rejects = [one for one in dealt if isinstance(one, Reject)]
    assert [(r.line, r.key) for r in rejects] == [(2, "facts.colour"), (3, "title"), (4, ""), (5, "")]
    assert rejects[0] == Reject(2, "facts.colour", "unknown key", '{"ref": "2", "title": "b", "facts": {"colour": 1}}')
    assert rejects[1].reason == (
        "is required; moments.aware: 2026-10-25 02:30 exists twice in Europe/Paris: clocks went back; "
        "add the offset, +02:00 or +01:00; titel: unknown key"
    )
    assert rejects[2:] == [Reject(4, "", "a record is one JSON object", "7"), unreadable]


def test_what_the_desk_refuses_is_a_reject_too() -> None:
    def keep(_: Sequence[ValidRecord]) -> list[Outcome]:
        return [Outcome("opened", "INC-2026-0001"), Outcome("refused", key="ref", reason="is another incident's")]

    (dealt,) = run_import(found({"title": "a"}, {"title": "b"}), PARIS, keep)
    assert dealt == [
        Outcome("opened", "INC-2026-0001"),
        Reject(2, "ref", "is another incident's", '{"title": "b"}'),
    ]


def test_importing_again_changes_nothing_and_a_difference_is_a_change() -> None:
    shelf = Shelf()
    records = [{"ref": str(n), "title": "a"} for n in range(5)]
    first = run(found(*records), shelf, batch=2)
    again = run(found(*records), shelf, batch=2)
    other = run(found(records[0] | {"title": "b"}, *records[1:]), shelf, batch=2)
    assert said(first) == ["opened"] * 5
    assert said(again) == ["unchanged"] * 5
    assert said(other) == ["changed", *["unchanged"] * 4]


def test_batches_are_bounded_and_reported_one_by_one() -> None:
    shelf = Shelf()
    items = found(*({"ref": str(n), "title": "a"} for n in range(5)))
    items[2] = Reject(3, "", "is nothing", None)
    done = [said(dealt) for dealt in run_import(items, PARIS, shelf.keep, batch=2)]
    assert [[record.line for record in batch] for batch in shelf.batches] == [[1, 2], [4], [5]]
    assert done == [["opened", "opened"], ["rejected", "opened"], ["opened"]]


@pytest.mark.parametrize("raw", [CsvRow(("title", "tags"), ("x" * 30, "x" * 30)), "x" * 60], ids=["csv", "json"])
def test_large_records_make_smaller_batches(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.intake.run.MAX_BATCH_SIZE", 100)
    shelf = Shelf()
    run([RawRecord(n, {"ref": str(n), "title": "a"}, raw) for n in range(1, 6)], shelf)
    assert [len(batch) for batch in shelf.batches] == [2, 2, 1]


def test_a_source_is_read_no_further_than_the_batch_at_hand() -> None:
    taken: list[int] = []

    def source() -> Iterator[Found]:
        for item in found(*({"ref": str(n), "title": "a"} for n in range(9))):
            taken.append(item.line)
            yield item

    assert [len(taken) for _ in run_import(source(), PARIS, Shelf().keep, batch=3)] == [3, 6, 9]


def test_what_was_reported_stands_when_the_run_is_interrupted() -> None:
    shelf = Shelf()
    reported: list[Dealt] = []

    def keep(records: Sequence[ValidRecord]) -> list[Outcome]:
        if shelf.batches:
            raise KeyboardInterrupt
        return shelf.keep(records)

    def interrupted() -> None:
        records = found(*({"ref": str(n), "title": "a"} for n in range(4)))
        for done in run_import(records, PARIS, keep, batch=2):
            reported.extend(done)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [one.ref for one in reported if isinstance(one, Outcome)] == ["soc:0", "soc:1"]
    assert list(shelf.kept) == ["0", "1"]


def test_a_keep_that_loses_a_record_is_found_out() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(run_import(found({"title": "a"}), PARIS, lambda _: []))


def test_nothing_found_is_nothing_done() -> None:
    shelf = Shelf()
    assert run([], shelf) == []
    assert shelf.batches == []


KEYS = ("from", "to", "at", "why", "value", "min", "id", "name", "zone", "aware")
SECTIONS = ("title", "ref", "role", "vendor", "customers", "moments", "facts", "place", "filings", "tags")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["2026-10-25T02:30", "2026-11-18T02:00:00+01:00", "kavkom", "FR"]),
)
ALMOST_RIGHT = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.sampled_from(SECTIONS), ALMOST_RIGHT, max_size=4).map(lambda keys: {"title": "a"} | keys)


@given(records=st.lists(RECORDS, max_size=4))
def test_almost_right_records_are_kept_or_rejected_and_counted_once(records: list[Any]) -> None:
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    kept: list[int] = []

    def keep(batch: Sequence[ValidRecord]) -> list[Outcome]:
        kept.extend(record.line for record in batch)
        json.dumps([record.data for record in batch], ensure_ascii=False).encode()
        return [Outcome("opened") for _ in batch]

    source = read_records(io.BytesIO(lines.encode()), "feed", "jsonl")
    rejects = [one for done in run_import(source, PARIS, keep) for one in done if isinstance(one, Reject)]
    assert sorted([*kept, *(reject.line for reject in rejects)]) == list(range(1, len(records) + 1))
