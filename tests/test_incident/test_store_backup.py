"""Backups of the SQLite store."""

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from incident.errors import Failure
from incident.store import backup
from incident.store.protocol import BoardQuery
from incident.store.sqlite import SqliteStore
from models.journal import EntryKind, NewEntry, first_fault
from tests.test_incident.store_examples import STATED, Clock, files_no_longer_than, open_new, open_sqlite, opened, row


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a store of one incident, of some 100 kB."""
    with closing(open_sqlite(tmp_path / "data", Clock())) as fresh:
        with fresh.write() as transaction:
            transaction.append(opened("INC-2026-0001", text="x" * 100_000))
            transaction.replace_board([row("INC-2026-0001")], "rules of 2026")
        yield fresh


def test_a_backup_is_the_store_and_its_owners_alone(store: SqliteStore, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "incidents.db"
    target.parent.mkdir()
    store.backup(target)
    assert [found.name for found in target.parent.iterdir()] == ["incidents.db"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(open_sqlite(target.parent, Clock())) as copy:
        assert copy.head() == store.head()
        assert list(copy.stored_entries()) == list(store.stored_entries())
        assert copy.board(BoardQuery(now=STATED)) == (1, [row("INC-2026-0001")])
        assert copy.fingerprint() == "rules of 2026"


def test_a_backup_is_made_while_another_writes_and_holds_only_what_was_committed(
    store: SqliteStore, tmp_path: Path
) -> None:
    head = store.head()
    with closing(open_sqlite(tmp_path / "data", Clock())) as other, other.write() as transaction:
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
        store.backup(tmp_path / "incidents.db")
    with closing(open_sqlite(tmp_path, Clock())) as copy:
        assert copy.head() == head
    assert store.head()[0] == 2


@pytest.mark.parametrize("content", ["", "a letter"])
def test_a_backup_overwrites_nothing(store: SqliteStore, tmp_path: Path, content: str) -> None:
    target = tmp_path / "letter.txt"
    target.write_text(content)
    with pytest.raises(Failure) as refused:
        store.backup(target)
    assert str(refused.value) == f"{target} exists already, and a backup overwrites nothing; name a new file"
    assert target.read_text() == content


def test_a_backup_into_no_folder_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "incidents.db"
    with pytest.raises(Failure, match=r"cannot be created: No such file or directory; name a file elsewhere$"):
        store.backup(target)


def test_a_backup_that_fails_halfway_is_removed(store: SqliteStore, tmp_path: Path) -> None:
    target = tmp_path / "incidents.db"
    with files_no_longer_than(50_000), pytest.raises(Failure) as failed:
        store.backup(target)
    assert str(failed.value).startswith(f"{target}: the disk ")
    assert [found.name for found in tmp_path.iterdir()] == ["data"]


def test_a_backup_that_is_not_the_store_is_removed(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "incidents.db"
    compare = backup._compare

    def lose_the_tail(copy: Path, end: list[tuple[int, bytes]]) -> None:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE head SET length = 0")
        compare(copy, end)

    monkeypatch.setattr(backup, "_compare", lose_the_tail)
    with pytest.raises(Failure, match=r"does not end where the journal does; try again$"):
        store.backup(target)
    assert not target.exists()


def test_a_backup_of_a_record_that_does_not_hold_is_true_and_says_so(store: SqliteStore, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "data" / "incidents.db")) as connection, connection:
        connection.execute("DELETE FROM bodies")
    target = tmp_path / "incidents.db"
    with pytest.raises(Failure) as failed:
        store.backup(target)
    assert str(failed.value) == (
        f"{target} is a true copy of a store that does not hold: entry 1 its body is gone, and no entry says that "
        "it was erased; ask: incident doctor"
    )
    with closing(open_sqlite(tmp_path, Clock())) as copy:
        assert list(copy.stored_entries()) == list(store.stored_entries())


def test_backups_hold_while_a_thread_keeps_writing(store: SqliteStore, tmp_path: Path) -> None:
    stop = Event()

    def keep_writing() -> int:
        with closing(open_new(tmp_path / "data" / "incidents.db")) as other:
            written = 0
            while not stop.is_set():
                with other.write() as transaction:
                    transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
                written += 1
            return written

    with ThreadPoolExecutor(1) as thread:
        writer = thread.submit(keep_writing)
        try:
            for n in range(5):
                while (store.head()[0]) < 2 * n + 2:
                    pass
                store.backup(tmp_path / f"{n}.db")
        finally:
            stop.set()
        written = writer.result()
    assert store.head()[0] == 1 + written
    lengths = []
    for n in range(5):
        with closing(open_new(tmp_path / f"{n}.db")) as copy:
            lengths.append(copy.head()[0])
            assert first_fault(copy.stored_entries(), copy.head()) is None
    assert lengths == sorted(set(lengths))
