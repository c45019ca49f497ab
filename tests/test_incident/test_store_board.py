"""The board, as every store keeps it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from incident.errors import BadInput, Failure
from incident.store.protocol import BoardQuery, BoardRow, Store, row_state
from tests.test_incident.store_examples import STORES, Clock, row

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(STORES[request.param](tmp_path, Clock())) as fresh:
        yield fresh


def put(store: Store, *rows: BoardRow) -> None:
    with store.write() as transaction:
        for each in rows:
            transaction.put_row(each)


def listed(store: Store, **query: Any) -> list[str]:
    total, rows = store.board(BoardQuery(now=NOW, **query))
    assert total == len(rows)
    return [each.reference for each in rows]


def due(reference: str, due_at: datetime, **changes: Any) -> BoardRow:
    return row(reference, next_due_at=due_at, next_due_soon_at=due_at - HOUR, **changes)


def test_a_row_comes_back_as_it_was_put(store: Store) -> None:
    full = BoardRow(
        reference="INC-2026-0001",
        external_ref="soc:SOC-2026-1187",
        title="Größe [/x] \x1b]0;\x07 \u202e\0 end",
        vendor="kavkom",
        role="sub-processor",
        state="open",
        next_duty="contract:kavkom@acme",
        next_due_at=datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC),
        next_due_soon_at=datetime(2026, 11, 21, 20, 0, 1, tzinfo=UTC),
        next_undated_state=None,
        next_basis="contract",
        next_parties="us → Acme",
        answered=6,
        required=9,
        risk="high",
        search_text="recordings",
    )
    empty = row("INC-2026-0002")
    put(store, full, empty)
    assert store.board(BoardQuery(now=NOW)) == (2, [full, empty])


def test_a_row_put_again_replaces_the_one_before_it_for_search_too(store: Store) -> None:
    put(store, row("INC-2026-0001", title="Before", search_text="laptop"))
    put(store, row("INC-2026-0001", title="After", search_text="mailbox"))
    assert [each.title for each in store.board(BoardQuery(now=NOW))[1]] == ["After"]
    assert listed(store, search="laptop") == []
    assert listed(store, search="mailbox") == ["INC-2026-0001"]


def test_half_a_surrogate_pair_is_shown_as_an_escape(store: Store) -> None:
    put(store, row("INC-2026-0001", title="\ud83d", external_ref="soc:\udcff"))
    assert store.board(BoardQuery(now=NOW))[1][0].title == "\\ud83d"
    assert store.reference_of("soc:\udcff") == "INC-2026-0001"


def test_an_incident_is_named_by_its_reference_or_by_its_source_and_ref(store: Store) -> None:
    rows = [row("INC-2026-0001", external_ref="soc:7"), row("INC-2026-0002"), row("INC-2026-0003")]
    with store.write() as transaction:
        for each in rows:
            transaction.put_row(each)
        assert transaction.reference_of("soc:7") == "INC-2026-0001"
    assert store.reference_of("soc:7") == "INC-2026-0001"
    assert store.reference_of("INC-2026-0002") == "INC-2026-0002"
    assert store.reference_of("soc:8") is None
    assert store.reference_of("inc-2026-0002") is None


def test_many_names_are_looked_up_at_once_and_those_of_none_left_out(store: Store) -> None:
    hostile = "soc:\udcff 'x"
    put(store, row("INC-2026-0001", external_ref="soc:7"), row("INC-2026-0002", external_ref=hostile))
    names = ["INC-2026-0002", "soc:7", hostile, "soc:8", "INC-2026-0003", ""]
    expected = {"INC-2026-0002": "INC-2026-0002", "soc:7": "INC-2026-0001", hostile: "INC-2026-0002"}
    assert store.references_of(iter(names)) == expected
    assert store.references_of([]) == {}
    with store.write() as transaction:
        assert transaction.references_of(names) == expected


def test_a_source_and_ref_names_one_incident_only(store: Store) -> None:
    put(store, row("INC-2026-0001", external_ref="soc:7"))
    with pytest.raises(Failure, match=r"^soc:7 names another incident already, so not INC-2026-0002$"):
        put(store, row("INC-2026-0002", external_ref="soc:7"))
    assert listed(store) == ["INC-2026-0001"]


def test_the_whole_board_is_replaced_and_says_under_which_rules(store: Store) -> None:
    put(store, row("INC-2026-0001", search_text="laptop"))
    for fingerprint in ("rules of 2026", "rules of 2027"):
        with store.write() as transaction:
            transaction.replace_board((row(f"INC-2026-000{n}", search_text="mailbox") for n in (2, 3)), fingerprint)
        assert store.fingerprint() == fingerprint
    assert listed(store) == ["INC-2026-0002", "INC-2026-0003"]
    assert listed(store, search="laptop") == []
    assert listed(store, search="mailbox") == ["INC-2026-0002", "INC-2026-0003"]


BY_URGENCY = [
    due("INC-2026-0009", NOW - HOUR),
    due("INC-2026-0003", NOW, vendor="Kavkom"),
    due("INC-2026-0008", NOW, vendor="konverso"),
    due("INC-2026-0001", NOW + HOUR),
    due("INC-2026-0002", NOW + HOUR + SECOND, vendor="kavkom"),
    row("INC-2026-0007", next_undated_state="open", vendor="Société Émeraude"),
    row("INC-2026-0004", next_undated_state="waiting"),
    row("INC-2026-0006", next_undated_state="waiting"),
    row("INC-2026-0005"),
    row("INC-2025-0001", state="closed"),
    row("INC-2026-0010", state="closed", next_undated_state="open"),
]
REFERENCES = [each.reference for each in BY_URGENCY]


def test_deadlines_come_first_then_what_has_none_then_what_is_closed(store: Store) -> None:
    put(store, *sorted(BY_URGENCY, key=lambda each: each.reference))
    assert listed(store) == REFERENCES


def test_a_page_says_how_many_match_in_all(store: Store) -> None:
    put(store, *BY_URGENCY)
    total, rows = store.board(BoardQuery(now=NOW, state="open", limit=3, offset=2))
    assert (total, [each.reference for each in rows]) == (9, REFERENCES[2:5])
    assert listed(store, limit=0) == REFERENCES
    assert store.board(BoardQuery(now=NOW, limit=0, offset=9)) == (11, BY_URGENCY[9:])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "open"}, REFERENCES[:9]),
        ({"state": "closed"}, REFERENCES[9:]),
        ({"state": "overdue"}, REFERENCES[:1]),
        ({"state": "due-soon"}, REFERENCES[1:4]),
        ({"state": "running"}, REFERENCES[4:5]),
        ({"state": "waiting"}, REFERENCES[6:8]),
        ({"state": "undated"}, [REFERENCES[5], REFERENCES[10]]),
        ({"due_before": NOW}, REFERENCES[:3]),
        ({"due_before": NOW + HOUR, "state": "due-soon"}, REFERENCES[1:4]),
        ({"vendor": "KAVKOM"}, ["INC-2026-0003", "INC-2026-0002"]),
        ({"vendor": "SOCIÉTÉ ÉMERAUDE"}, ["INC-2026-0007"]),
        ({"vendor": "kav"}, []),
        ({"vendor": "kavkom", "state": "running"}, ["INC-2026-0002"]),
    ],
)
def test_the_board_is_filtered(store: Store, query: dict[str, Any], expected: list[str]) -> None:
    put(store, *BY_URGENCY)
    assert listed(store, **query) == expected


def test_the_board_is_filtered_as_its_rows_are_judged(store: Store) -> None:
    put(store, *BY_URGENCY)
    for state in ("overdue", "due-soon", "running", "waiting", "open"):
        alike = [each.reference for each in BY_URGENCY if row_state(each, NOW) == state]
        assert alike
        assert listed(store, state="undated" if state == "open" else state) == alike


def test_a_deadline_is_judged_to_the_second(store: Store) -> None:
    put(store, due("INC-2026-0001", NOW))
    states = ("overdue", "due-soon", "running")

    def state_at(now: datetime) -> list[str]:
        return [state for state in states if store.board(BoardQuery(now=now, state=state))[0]]

    assert state_at(NOW - HOUR - SECOND) == ["running"]
    assert state_at(NOW - HOUR) == ["due-soon"]
    assert state_at(NOW) == ["due-soon"]
    assert state_at(NOW + SECOND) == ["overdue"]


def test_a_state_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(BadInput, match=r"^'met' is no state to list by; choose one of open, closed, overdue, "):
        store.board(BoardQuery(now=NOW, state="met"))


FOUND = ["INC-2026-0001"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("RECORDINGS", FOUND),
        ("generali", FOUND),
        ("general", []),
        ("general*", FOUND),
        ("anna@ac*", FOUND),
        ("eneral*", []),
        ("recordings* lapt*", []),
        ("*", []),
        ("recordings 10.0.0.7", FOUND),
        ("10.0.0.7 recordings", FOUND),
        ("10.0.0.8", []),
        ("10.0.7", []),
        ("recordings laptop", []),
        ("anna@acme.example", FOUND),
        ("foo-bar", FOUND),
        ("bar-foo", []),
        ("recordings OR laptop", []),
        ("search_text:recordings", []),
        ('"', []),
        ('rec" recordings', []),
        ("  ", FOUND),
        ("", FOUND),
        ("recordings\0", FOUND),
    ],
)
def test_all_the_words_must_occur(store: Store, search: str, expected: list[str]) -> None:
    text = "Recordings of Générali, seen from 10.0.0.7 by anna@acme.example: foo-bar"
    put(store, row("INC-2026-0001", search_text=text))
    assert listed(store, search=search) == expected


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(search=st.text(alphabet=st.characters(codec=None)) | st.text(alphabet="\"'*^:()-+{}.ANDORTNE \0\\"))
@example(search=" ".join(["word"] * 5000))
@example(search="\udcff")
@example(search="NEAR(a b, 3)")
def test_no_search_is_an_error(store: Store, search: str) -> None:
    total, rows = store.board(BoardQuery(now=NOW, search=search))
    assert (total, rows) == (0, [])


def test_rows_are_counted_by_state_as_a_query_finds_them(store: Store) -> None:
    states = ("overdue", "due-soon", "running", "waiting", "undated", "closed")
    assert store.counts(NOW, states) == dict.fromkeys(states, 0)
    undated = [("INC-2026-0005", "waiting"), ("INC-2026-0006", "open"), ("INC-2026-0007", "open")]
    put(
        store,
        due("INC-2026-0001", NOW - SECOND),
        due("INC-2026-0002", NOW),
        due("INC-2026-0003", NOW + HOUR),
        due("INC-2026-0004", NOW + HOUR + SECOND),
        *(
            row(reference, next_due_at=None, next_due_soon_at=None, next_undated_state=state)
            for reference, state in undated
        ),
    )
    expected = {"overdue": 1, "due-soon": 2, "running": 1, "waiting": 1, "undated": 2, "closed": 0}
    assert store.counts(NOW, states) == expected == {state: len(listed(store, state=state)) for state in states}
    with pytest.raises(BadInput, match="'burning' is no state"):
        store.counts(NOW, ["burning"])


def test_the_place_of_an_incident_among_those_that_match(store: Store) -> None:
    vendors = ("convious", "kavkom")
    rows = [due(f"INC-2026-{n:04}", NOW + n * HOUR, vendor=vendors[n % 2]) for n in range(1, 251)]
    put(store, *reversed(rows))
    everything, odd = BoardQuery(now=NOW, limit=10), BoardQuery(now=NOW, vendor="kavkom")
    assert store.place_of(everything, "INC-2026-0001") == 0
    assert store.place_of(everything, "INC-2026-0201") == 200
    assert store.place_of(odd, "INC-2026-0201") == 100
    assert store.place_of(odd, "INC-2026-0202") is None
    assert store.place_of(everything, "INC-2026-9999") is None
