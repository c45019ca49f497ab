"""Whatever a source holds, an import ends in words: each record is taken whole or not at all, and counted once."""

import contextlib
import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incident.desk import Desk
from incident.errors import BadInput
from incident.intake.formats import FORMS, read_records
from incident.intake.found import Reject
from incident.intake.rejects import Rejects
from incident.intake.run import Outcome, ValidRecord, run_import
from models.difference import difference
from models.journal import first_fault
from playbooks.mappings import shipped_names
from tests.test_incident.desk_examples import new_desk
from tests.test_incident.foreign_examples import (
    CASE,
    CASE_WEBHOOK,
    CNIL_HEADER,
    HHS,
    IRIS_REPLY,
    ISSUE,
    NEWER_ISSUE,
    REGISTER,
    RESOLVED,
    SOURCES,
    TICKET,
    TICKET_WITH_DISPLAY_VALUES,
    TRIGGERED,
    VERIS,
    as_json,
    as_lines,
    workbook,
)  # fmt: skip
from tests.test_models.examples import EXAMPLE

UTC = ZoneInfo("UTC")
WORKBOOK = workbook()

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.lists(st.integers(0, 9), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
    st.sampled_from(["2026-10-25T02:30", "13/13/2026", "0000-00-00", 1790000600000000000, "\ud83d", "\x1b[2J"]),
)
"""What stands where something else is expected."""

CELLS = st.one_of(st.text(max_size=6), st.sampled_from(['"', "=1+1", "\0", "a;b,c", "\n", "13/13/2026", "12 000", ""]))


@st.composite
def nearly(draw: st.DrawFn, good: Any) -> Any:
    """Return a record in which something is odd, is missing, or came twice."""
    record = json.loads(json.dumps(good))
    for _ in range(draw(st.integers(0, 3))):
        here, key = record, draw(st.sampled_from(sorted(record)))
        while isinstance(here[key], dict) and here[key] and draw(st.booleans()):
            here = here[key]
            key = draw(st.sampled_from(sorted(here)))
        if draw(st.booleans()):
            here[key] = draw(ODD)
        else:
            del here[key]
        if not record:
            break
    return record


class NamedDesk(Desk):
    """A desk of which a failing example does not print all."""

    def __repr__(self) -> str:
        return "the desk"


def take(desk: Desk, content: bytes, form: str) -> tuple[list[ValidRecord], list[Outcome | Reject]]:
    """Import what can be read of a source; return the valid records and what became of all."""
    valid: list[ValidRecord] = []

    def keep(records: Sequence[ValidRecord]) -> list[Outcome]:
        taken = desk.take_in([record.data for record in records])
        valid.extend(records)
        return [Outcome(one.status, one.reference) for one in taken]

    dealt: list[Outcome | Reject] = []
    with contextlib.suppress(BadInput):
        for done in run_import(read_records(io.BytesIO(content), "fuzz", form), UTC, keep, batch=2):
            dealt.extend(done)
    return valid, dealt


def check_whole(desk: Desk, content: bytes, form: str) -> None:
    """Import a source, and hold what an incident is said to be against the last record that was taken for it."""
    valid, dealt = take(desk, content, form)
    outcomes = [one for one in dealt if isinstance(one, Outcome)]
    taken = {one.reference: record.data for one, record in zip(outcomes, valid, strict=True)}
    for reference, record in taken.items():
        assert reference is not None
        body = desk.store.entries(reference)[0].body
        assert body is not None
        assert difference(desk.look(reference).incident.imported or body["record"], record) == {}
    found = [one for one in dealt if isinstance(one, Reject)]
    with contextlib.closing(Rejects()) as rejects:
        for one in found:
            rejects.add("fuzz", one)
        assert list(rejects) == found


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk that takes in all that any example holds; in the end its chain must be whole."""
    made = new_desk()
    desk = NamedDesk(made.store, made.in_force, made.now)
    with contextlib.closing(desk.store):
        yield desk
        assert first_fault(desk.store.stored_entries(), desk.store.head()) is None


@settings(max_examples=60)
@given(content=st.binary(max_size=60), form=st.sampled_from([*FORMS, *shipped_names()]))
@example(b"PK\x03\x04", "auto")
@example(b"\x1f\x8b", "veris")
@example(b"[[[[", "json")
def test_any_bytes(desk: Desk, content: bytes, form: str) -> None:
    check_whole(desk, content, form)


@settings(max_examples=40)
@given(records=st.lists(nearly(EXAMPLE), max_size=3), packed=st.booleans(), listed=st.booleans())
def test_almost_our_own_records(desk: Desk, records: list[Any], *, packed: bool, listed: bool) -> None:
    content = as_json(records) if listed else as_lines(*records)
    check_whole(desk, gzip.compress(content) if packed else content, "auto")


FOREIGN = [
    ("dfir-iris", IRIS_REPLY), ("jira", ISSUE), ("jira", NEWER_ISSUE), ("pagerduty", RESOLVED),
    ("pagerduty", TRIGGERED), ("servicenow", TICKET), ("servicenow", TICKET_WITH_DISPLAY_VALUES),
    ("thehive", CASE), ("thehive", CASE_WEBHOOK), ("veris", VERIS),
]  # fmt: skip


@settings(max_examples=60)
@given(data=st.data(), which=st.sampled_from(FOREIGN), named=st.booleans())
def test_almost_another_tools_records(
    desk: Desk, data: st.DataObject, which: tuple[str, dict[str, Any]], *, named: bool
) -> None:
    form, good = which
    records = data.draw(st.lists(nearly(good), min_size=1, max_size=2))
    check_whole(desk, as_lines(*records), form if named else "auto")


TABLES = {
    "csv": "title,ref,source,moments.aware,facts.subjects_count,tags",
    "cnil": f"Extraction\n{CNIL_HEADER}",
    "hhs-ocr": HHS.partition("\n")[0],
    "register": REGISTER.partition("\n")[0],
}


@settings(max_examples=50)
@given(
    form=st.sampled_from(sorted(TABLES)), rows=st.lists(st.lists(CELLS, max_size=10), max_size=3), quoted=st.booleans()
)
def test_almost_tables(desk: Desk, form: str, rows: list[list[str]], *, quoted: bool) -> None:
    header = TABLES[form]
    delimiter = ";" if ";" in header else ","
    text = io.StringIO()
    text.write(f"{header}\n")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    check_whole(desk, text.getvalue().encode("utf-8", "surrogatepass"), form)


@settings(max_examples=60)
@given(name=st.sampled_from(sorted(SOURCES)), at=st.floats(0, 1), junk=st.binary(max_size=3), cut=st.integers(0, 4))
def test_damaged_exports(desk: Desk, name: str, at: float, junk: bytes, cut: int) -> None:
    good = SOURCES[name]
    place = int(at * len(good))
    check_whole(desk, good[:place] + junk + good[place + cut :], "auto")


@settings(max_examples=25)
@given(at=st.floats(0, 1), junk=st.binary(max_size=3))
def test_damaged_workbooks(desk: Desk, at: float, junk: bytes) -> None:
    place = int(at * len(WORKBOOK))
    check_whole(desk, WORKBOOK[:place] + junk + WORKBOOK[place + len(junk) :], "auto")
