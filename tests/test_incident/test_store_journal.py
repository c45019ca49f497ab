"""The journal, as every store keeps it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident.store.protocol import Store
from incident.store.sqlite import SqliteStore
from models.journal import GENESIS, Entry, EntryKind, NewEntry, first_fault
from tests.test_incident.store_examples import RECORDED, STATED, STORES, Clock, opened, row


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=STORES)
def open_again(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Callable[[], Store]:
    """Return what opens the same store each time."""
    return lambda: STORES[request.param](tmp_path, clock)


@pytest.fixture
def store(open_again: Callable[[], Store]) -> Iterator[Store]:
    with closing(open_again()) as fresh:
        yield fresh


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.head() == (0, GENESIS)
    assert list(store.stored_entries()) == []
    assert store.references() == []
    assert store.rules() == []
    assert store.entries("INC-2026-0001") == []
    assert store.fingerprint() is None


def test_an_entry_comes_back_as_it_was_recorded_also_after_reopening(
    store: Store, open_again: Callable[[], Store]
) -> None:
    with store.write() as transaction:
        returned = transaction.append(opened("INC-2026-0001", title="Größe \x1b[2J", counts=[1, 2.5, None]))
    assert replace(returned, role=None) == Entry(
        sequence=1,
        id="11111111-1111-4111-9111-111111111111",
        incident="INC-2026-0001",
        kind=EntryKind.OPENED,
        actor="anna",
        recorded_at=RECORDED,
        stated_now=STATED,
        body={"title": "Größe \x1b[2J", "counts": [1, 2.5, None]},
    )
    with closing(open_again()) as reopened:
        assert reopened.entries("INC-2026-0001") == [returned]


def test_the_bytes_and_the_hashes_are_those_reckoned_by_hand(store: Store) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001", title="A"))
    with store.write() as transaction:
        transaction.append(NewEntry(None, EntryKind.RULES, {"b": "é", "a": 1}))

    salt, role = b"\x11" * 16, "" if isinstance(store, SqliteStore) else '"role":"owner",'
    previous, expected = bytes(32), []
    for incident, kind, body in (
        ('"INC-2026-0001"', "opened", b'{"title":"A"}'),
        ("null", "rules", b'{"a":1,"b":"\\u00e9"}'),
    ):
        header = (
            f'{{"actor":"anna","id":"11111111-1111-4111-9111-111111111111","incident":{incident},'
            f'"kind":"{kind}","nonce":"{"11" * 16}","recorded_at":"2026-11-21T12:00:00.123456+00:00",'
            f'{role}"stated_now":"2026-11-18T09:30:00Z"}}'
        ).encode()
        of_header, of_body = sha256(header).digest(), sha256(salt + body).digest()
        previous = sha256(previous + of_header + of_body).digest()
        expected.append((header, of_header, salt, body, of_body, previous))

    stored = list(store.stored_entries())
    assert [entry.sequence for entry in stored] == [1, 2]
    assert [
        (entry.header, entry.header_digest, entry.salt, entry.body, entry.body_digest, entry.hash) for entry in stored
    ] == expected
    assert store.head() == (2, previous)


def test_entries_are_kept_apart_by_incident_and_in_order(store: Store) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001", n=1))
        transaction.append(opened("INC-2026-0002", n=2))
        transaction.append(NewEntry(None, EntryKind.RULES, {"n": 3}))
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {"n": 4}))
        assert [entry.body for entry in transaction.entries("INC-2026-0001")] == [{"n": 1}, {"n": 4}]
        assert [entry.body for entry in transaction.rules()] == [{"n": 3}]
    assert [entry.sequence for entry in store.entries("INC-2026-0001")] == [1, 4]
    assert [entry.sequence for entry in store.entries("INC-2026-0002")] == [2]
    assert [entry.sequence for entry in store.rules()] == [3]


def test_only_what_was_recorded_by_then_is_known_then(store: Store, clock: Clock) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001"))
        transaction.append(NewEntry(None, EntryKind.RULES, {}))
        clock.instant += timedelta(microseconds=1)
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
        transaction.append(NewEntry(None, EntryKind.RULES, {}))
        clock.instant = RECORDED - timedelta(days=1)  # the machine's clock was put back
        transaction.append(NewEntry("INC-2026-0001", EntryKind.CLOSED, {}))
    assert [entry.sequence for entry in store.entries("INC-2026-0001", until=RECORDED)] == [1, 5]
    assert [entry.sequence for entry in store.rules(until=RECORDED)] == [2]
    assert [entry.sequence for entry in store.entries("INC-2026-0001", until=RECORDED - timedelta(days=2))] == []


def write_in_vain(store: Store) -> None:
    with store.write() as transaction:
        transaction.append(opened(transaction.next_reference(2026)))
        transaction.put_row(row("INC-2026-0002"))
        transaction.replace_board([row("INC-2026-0002")], "rules of 2026")
        raise ZeroDivisionError


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001"))
    head = store.head()
    with pytest.raises(ZeroDivisionError):
        write_in_vain(store)
    assert store.head() == head
    assert store.references() == ["INC-2026-0001"]
    assert store.reference_of("INC-2026-0002") is None
    assert store.fingerprint() is None
    with store.write() as transaction:
        assert transaction.next_reference(2026) == "INC-2026-0002"


def test_references_are_counted_by_year_and_grow_past_four_digits(store: Store) -> None:
    with store.write() as transaction:
        drawn = []
        for year in (2026, 2026, 2027, 2026):
            drawn.append(transaction.next_reference(year))
            transaction.append(opened(drawn[-1]))
        assert drawn == ["INC-2026-0001", "INC-2026-0002", "INC-2027-0001", "INC-2026-0003"]
        transaction.append(opened("INC-2026-9999"))
        assert transaction.next_reference(2026) == "INC-2026-10000"
        transaction.append(opened("INC-2026-10000"))
        transaction.append(NewEntry("INC-2026-0001", EntryKind.IMPORTED, {}))
        assert transaction.next_reference(2026) == "INC-2026-10001"
        assert transaction.next_reference(2025) == "INC-2025-0001"


def test_references_come_in_the_order_they_were_opened(store: Store) -> None:
    with store.write() as transaction:
        for reference in ("INC-2026-0002", "INC-2025-0001", "INC-2026-0001"):
            transaction.append(opened(reference))
        transaction.append(NewEntry("INC-2026-0002", EntryKind.NOTED, {}))
        transaction.append(NewEntry(None, EntryKind.RULES, {}))
    assert store.references() == ["INC-2026-0002", "INC-2025-0001", "INC-2026-0001"]


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.dictionaries(st.text(), plain_json, max_size=4), min_size=1, max_size=3))
def test_any_json_body_comes_back_and_the_chain_holds(store: Store, bodies: list[dict[str, Any]]) -> None:
    with store.write() as transaction:
        reference = transaction.next_reference(2026)
        for body in bodies:
            transaction.append(NewEntry(reference, EntryKind.NOTED, body))
    assert [entry.body for entry in store.entries(reference)] == bodies
    assert [json.loads(entry.body or b"") for entry in store.stored_entries()][-len(bodies) :] == bodies
    assert first_fault(store.stored_entries(), store.head()) is None
