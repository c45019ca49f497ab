"""What can go wrong with the SQLite store's file, and what is said then."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from incident.errors import Failure
from incident.store import database, upgrade
from incident.store.protocol import BoardQuery
from incident.store.sqlite import SqliteStore
from tests.test_incident.old_stores import OLD_STORES, make_old_store
from tests.test_incident.store_examples import STATED, open_new, open_to_read, opened, record_one

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a store that holds one incident."""
    made = tmp_path / "incidents.db"
    with closing(open_new(made)) as store:
        record_one(store)
    return made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine can reach, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o700)


@contextmanager
def plain_user() -> Iterator[None]:
    """Be held by file modes, which do not hold the superuser."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def check_that_it_can_be_read_only(path: Path) -> None:
    store = open_to_read(path)
    assert store is not None
    with closing(store):
        assert store.references() == ["INC-2026-0001"]
        assert store.board(BoardQuery(now=STATED))[0] == 1
        with pytest.raises(Failure, match=r"the file or its folder is read-only; nothing can be recorded there$"):
            record_one(store)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_read_only_store_is_read(path: Path, open_folder: Path, file_mode: int, folder_mode: int) -> None:
    copy = Path(shutil.copy(path, open_folder))
    copy.chmod(file_mode)
    open_folder.chmod(folder_mode)
    with plain_user():
        check_that_it_can_be_read_only(copy)


def test_a_read_only_store_is_not_read_past_what_its_log_holds(path: Path, open_folder: Path) -> None:
    with closing(open_new(path)) as store:
        record_one(store)
        for name in ("incidents.db", "incidents.db-wal"):
            Path(shutil.copy(path.with_name(name), open_folder)).chmod(0o444)
    open_folder.chmod(0o555)
    with plain_user(), pytest.raises(Failure, match=r"it cannot be opened; check that you may read and write"):
        open_to_read(open_folder / "incidents.db")


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_an_earlier_store_that_is_read_only_says_what_to_do(
    open_folder: Path, file_mode: int, folder_mode: int
) -> None:
    path = open_folder / "incidents.db"
    make_old_store(path, OLD_STORES["version 2 as first made"], entries=1)
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    with plain_user(), pytest.raises(Failure) as refused:
        open_to_read(path)
    assert str(refused.value) == (
        f"{path}: an earlier version made it, and it is read-only, so it cannot be brought up to date; copy it to a "
        "folder of your own and name the copy"
    )


def test_a_file_of_someone_else_is_refused(path: Path, open_folder: Path) -> None:
    copy = Path(shutil.copy(path, open_folder))
    copy.chmod(0)
    with plain_user(), pytest.raises(Failure, match=r"it cannot be opened; check that you may read and write"):
        open_to_read(copy)


def test_a_turn_that_does_not_come_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_new(path)) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        monkeypatch.setattr(database, "PATIENCE", 0)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Failure) as failed:
            record_one(store)
        assert str(failed.value) == (
            f"{path}: another program keeps writing to it; see which one has it open, then try again"
        )
        assert store.references() == ["INC-2026-0001"]
        other.execute("ROLLBACK")
        record_one(store)
        assert store.references() == ["INC-2026-0001", "INC-2026-0002"]


def test_a_full_disk_is_one_line_and_nothing_is_written(path: Path) -> None:
    with closing(open_new(path)) as store:
        head = store.head()
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(
            Failure, match=r"the disk is full and nothing was written; free some space, then try again$"
        ):
            record_much(store)
        assert store.head() == head


def record_much(store: SqliteStore) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0002", text="x" * 100_000))


def test_a_damaged_file_is_one_line(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with (
        pytest.raises(Failure, match=r": it is damaged; restore it from a backup$"),
        closing(open_new(path)) as store,
    ):
        store.head()


class ContestedConnection(sqlite3.Connection):
    """A connection that is refused at once, three times, as where another process opens the same new file."""

    refusals = 3

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        if self.refusals:
            self.refusals -= 1
            refused = sqlite3.OperationalError("database is locked")
            refused.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
            raise refused
        return super().execute(sql, parameters)


def test_a_new_file_that_is_contested_is_asked_for_again(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "incidents.db", factory=ContestedConnection)) as connection:
        upgrade._keep_a_write_ahead_log(connection)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_new_file_is_not_asked_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "PATIENCE", -1)
    with (
        closing(sqlite3.connect(tmp_path / "incidents.db", factory=ContestedConnection)) as connection,
        pytest.raises(sqlite3.OperationalError, match=r"^database is locked$"),
    ):
        upgrade._keep_a_write_ahead_log(connection)


def test_what_a_snapshot_shows_stays_while_others_write(path: Path) -> None:
    with closing(open_new(path)) as store, closing(open_new(path)) as other:
        with store.snapshot():
            head = store.head()
            record_one(other)
            assert store.head() == head
            assert [entry.sequence for entry in store.stored_entries()] == [1]
            assert store.board(BoardQuery(now=STATED))[0] == 1
        assert store.head() == other.head()
        assert store.head()[0] == 2
