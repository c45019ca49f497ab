"""A connection that is lost: made again, and nothing is lost or doubled by it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.errors import Failure, Interrupted
from incident.staged import Staged
from incident.store.protocol import BoardQuery
from incident.store.waiting import AT_ONCE, Waiting
from models.journal import EntryKind, NewEntry, first_fault
from models.record import read_record
from playbooks.texts import shipped_texts
from tests.test_incident.desk_examples import NOW
from tests.test_incident.postgres_server import address_for, connected
from tests.test_incident.store_examples import opened


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, told: list[str]) -> Iterator[Any]:
    """Return a record on a server that takes up to ten seconds to come back."""
    address = address_for(tmp_path)
    from incident.store.postgres.store import open_store

    with closing(open_store(address, actor="anna", stated_now=None, waiting=Waiting(10, told.append))) as fresh:
        yield fresh


def cut(folder: Path) -> None:
    """Let the server end every other connection to it, as one that is shut down does."""
    with connected(folder) as connection:
        connection.execute("""
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'""")


def note(store: Any) -> None:
    with store.write() as transaction:
        transaction.append(opened(transaction.next_reference(2026)))


def test_what_reads_is_read_again(store: Any, tmp_path: Path, told: list[str]) -> None:
    note(store)
    seen = store.changes()
    cut(tmp_path)
    assert store.references() == ["INC-2026-0001"]
    cut(tmp_path)
    assert store.changes() != seen
    assert store.changes() == store.changes()
    cut(tmp_path)
    with store.snapshot():
        assert store.board(BoardQuery(NOW)) == (0, [])
    assert told == []  # it was there again at once


def test_who_looks_each_second_is_not_held_up_while_the_server_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_for(tmp_path)
    from psycopg import OperationalError

    from incident.store.postgres.link import Link

    looking, seconds, tries = Link(address, AT_ONCE), [100.0], list[float]()
    monkeypatch.setattr("incident.store.postgres.link.time", SimpleNamespace(monotonic=lambda: seconds[0]))

    def connect(_: object) -> Any:
        tries.append(seconds[0])
        raise OperationalError("no route\n\tto the host")

    there = pytest.MonkeyPatch()
    there.setattr("incident.store.postgres.link.connect", connect)
    cut(tmp_path)
    for seconds[0] in (100.0, 101.0, 102.0, 103.0, 104.0):
        with pytest.raises(Failure, match=r": the connection is lost: no route to the host$"):
            looking.reading(lambda connection: connection.execute("SELECT 1"))
    assert tries == [100.0, 103.0]
    there.undo()
    seconds[0] = 106.0
    with closing(looking):
        assert looking.reading(lambda connection: connection.execute("SELECT 1").fetchone()) == (1,)


def test_a_write_that_has_not_begun_takes_its_turn_on_a_new_connection(store: Any, tmp_path: Path) -> None:
    note(store)
    cut(tmp_path)
    note(store)
    assert store.references() == ["INC-2026-0001", "INC-2026-0002"]


def write_and_cut(store: Any, folder: Path) -> None:
    with store.write() as transaction:
        transaction.append(opened(transaction.next_reference(2026)))
        transaction.rules()
        cut(folder)


def look_and_cut(store: Any, folder: Path) -> None:
    with store.snapshot():
        store.head()
        cut(folder)
        store.head()


def test_a_write_that_was_cut_recorded_nothing_and_says_so(store: Any, tmp_path: Path) -> None:
    with pytest.raises(Interrupted, match="the connection was lost, and nothing was recorded; try again"):
        write_and_cut(store, tmp_path)
    assert store.head()[0] == 0
    note(store)
    assert store.references() == ["INC-2026-0001"]


def test_a_snapshot_that_was_cut_is_not_mended_by_another(store: Any, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="terminating connection"):
        look_and_cut(store, tmp_path)
    assert store.head()[0] == 0


@pytest.mark.parametrize("recorded", [True, False])
def test_a_write_whose_end_was_not_heard_is_looked_up(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, recorded: bool
) -> None:
    from psycopg import Connection

    commit = Connection.commit

    def commit_unheard(connection: Any) -> None:
        monkeypatch.undo()
        if recorded:
            commit(connection)
        cut(tmp_path)
        connection.execute("SELECT 1")

    monkeypatch.setattr(Connection, "commit", commit_unheard)
    if recorded:
        note(store)
    else:
        with pytest.raises(Interrupted):
            note(store)
    assert store.head()[0] == recorded
    note(store)
    assert store.references() == [f"INC-2026-000{n}" for n in range(1, recorded + 2)]
    assert first_fault(store.stored_entries(), store.head()) is None


def test_a_use_case_goes_on_by_itself(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(store, bring_into_force(store, Staged(Path("settings.toml"), None, shipped_texts())), NOW)
    record = read_record({"title": "Recordings", "source": "soc", "ref": "7"}, desk.in_force.organisation.time_zone)
    insert, cuts = store_journal().insert, iter([True, True])

    def insert_on_a_bad_day(connection: Any, entries: Any) -> None:
        insert(connection, entries)
        if next(cuts, False):
            cut(tmp_path)

    monkeypatch.setattr(store_journal(), "insert", insert_on_a_bad_day)
    assert [one.reference for one in desk.take_in([record])] == ["INC-2026-0001"]
    assert next(cuts, None) is None
    assert [entry.kind for entry in store.entries("INC-2026-0001")] == [EntryKind.OPENED]
    with store.write() as transaction:
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
    assert first_fault(store.stored_entries(), store.head()) is None


def store_journal() -> Any:
    from incident.store.postgres import journal

    return journal
