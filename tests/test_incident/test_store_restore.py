"""A backup put in the store's place: verified before, alone, and what lay there is kept."""

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident.errors import Failure
from incident.store.restore import restore
from models.journal import EntryKind, NewEntry, first_fault
from tests.test_incident.command_line import incident, refused
from tests.test_incident.old_stores import OLD_STORES, make_old_store
from tests.test_incident.store_examples import files_no_longer_than, open_new, record_one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a store that holds two incidents."""
    made = tmp_path / "data" / "incidents.db"
    with closing(open_new(made)) as store:
        record_one(store)
        record_one(store)
    return made


@pytest.fixture
def saved(path: Path, tmp_path: Path) -> Path:
    """Return a backup of it."""
    target = tmp_path / "saved.db"
    with closing(open_new(path)) as store:
        store.backup(target)
    return target


def references(path: Path) -> list[str]:
    with closing(open_new(path)) as store:
        assert first_fault(store.stored_entries(), store.head()) is None
        return store.references()


def content(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.parent.iterdir()}


def test_into_nothing(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "incidents.db"
    before = datetime.now(UTC)
    done = restore(saved, target, may_lose=False)
    assert references(target) == ["INC-2026-0001", "INC-2026-0002"]
    with closing(open_new(target)) as store:
        assert (done.length, done.last) == store.head()
        assert done.recorded_at == store.entries("INC-2026-0002")[-1].recorded_at < before
    assert done.kept is None
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700
    assert [found.name for found in target.parent.iterdir()] == ["incidents.db"]


def test_over_a_store_all_of_whose_entries_the_backup_holds(path: Path, saved: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM bodies WHERE sequence = 1")
    done = restore(saved, path, may_lose=False)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]
    assert done.kept == path.with_name("incidents.db.replaced")
    with closing(sqlite3.connect(done.kept)) as kept:
        assert kept.execute("SELECT sequence FROM bodies").fetchall() == [(2,)]
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600


def test_entries_that_the_backup_lacks_are_not_lost_unasked(path: Path, saved: Path) -> None:
    with closing(open_new(path)) as store:
        record_one(store)
    before = content(path)
    with pytest.raises(Failure) as failed:
        restore(saved, path, may_lose=False)
    assert str(failed.value) == (
        f"{path} holds 3 entries, and the backup lacks some of them; --replace restores it all the same, "
        "and keeps a copy of them"
    )
    assert content(path) == before
    done = restore(saved, path, may_lose=True)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]
    assert done.kept is not None
    assert references(done.kept) == ["INC-2026-0001", "INC-2026-0002", "INC-2026-0003"]


def test_as_many_entries_of_another_record_are_not_these(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(open_new(other)) as store:
        record_one(store)
    with pytest.raises(Failure, match=r"holds 1 entries, and the backup lacks some of them"):
        restore(saved, other, may_lose=False)


@pytest.mark.parametrize("at", [0, 4096])
def test_a_damaged_store_is_set_aside_when_told(path: Path, saved: Path, at: int) -> None:
    damaged = path.read_bytes()[:at] + b"\xff" * 20_000
    path.write_bytes(damaged)
    with pytest.raises(Failure) as failed:
        restore(saved, path, may_lose=False)
    assert str(failed.value) == f"{path} is damaged: what it holds cannot be told; --replace sets it aside"
    assert path.read_bytes() == damaged
    done = restore(saved, path, may_lose=True)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged


def test_a_store_without_its_head_is_restored(path: Path, saved: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM head")
    restore(saved, path, may_lose=False)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]


def test_a_backup_that_does_not_hold_is_refused(path: Path, saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute("DROP TRIGGER bodies_refuse_update")
        connection.execute("""UPDATE bodies SET body = '{"text":"altered"}' WHERE sequence = 2""")
        connection.execute("PRAGMA journal_mode = DELETE")
    before = content(path)
    for may_lose in (False, True):
        with pytest.raises(Failure) as failed:
            restore(saved, path, may_lose=may_lose)
        assert str(failed.value) == (
            f"{saved} does not hold, and nothing was restored: entry 2 its body was changed; take another backup"
        )
    assert content(path) == before


def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path) -> None:
    letter, orders, half = tmp_path / "letter.txt", tmp_path / "orders.db", tmp_path / "half.db"
    letter.write_text("a letter, not a store")
    with closing(sqlite3.connect(orders)) as other:
        other.execute("CREATE TABLE orders (id)")
    half.write_bytes(path.read_bytes()[:8192])
    link = tmp_path / "link.db"
    link.symlink_to(path)
    before = content(path)
    for source, message in {
        letter: "it is no SQLite database, so no store of this program; name another file",
        orders: "it is a database of another program; name another file",
        half: "it is damaged; restore it from a backup",
        link: "is a symbolic link; name the file it leads to",
        tmp_path / "nowhere.db": "there is no copy of a store there",
        path: "is the store itself; name a backup",
    }.items():
        with pytest.raises(Failure) as failed:
            restore(source, path, may_lose=True)
        assert str(failed.value).replace(f"{source}: ", "").replace(f"{source} ", "") == message
    assert content(path) == before


def test_nobody_else_may_have_the_store_open(path: Path, saved: Path) -> None:
    with closing(open_new(path)) as other:
        with pytest.raises(Failure) as failed:
            restore(saved, path, may_lose=True)
        assert str(failed.value) == (
            f"{path}: another program has it open; close it there (screens, imports), then try again"
        )
        record_one(other)
        assert len(other.references()) == 3


def test_a_full_disk_changes_nothing(path: Path, saved: Path) -> None:
    with closing(open_new(saved)) as store, store.write() as transaction:
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {"text": "x" * 300_000}))
    with files_no_longer_than(150_000), pytest.raises(Failure, match=r"the disk "):
        restore(saved, path, may_lose=False)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    source, path = tmp_path / "old.db", tmp_path / "data" / "incidents.db"
    make_old_store(source, OLD_STORES["version 2 as first made"], entries=2)
    restore(source, path, may_lose=False)
    assert references(path) == ["INC-2026-0001", "INC-2026-0002"]


class TestCommands:
    """The commands, with attachments."""

    @pytest.fixture
    def here(self, tmp_path: Path) -> tuple[str, str]:
        return "--store", str(tmp_path / "data" / "incidents.db")

    def test_there_and_back_again(self, here: tuple[str, str], tmp_path: Path) -> None:
        evidence, saved = tmp_path / "evidence.txt", tmp_path / "saved.db"
        evidence.write_text("seen on the portal")
        incident("open", "--title", "Recordings", "--aware", "2026-11-18T14:30Z", *here)
        incident("attach", "INC-2026-0001", str(evidence), *here)
        assert incident("backup", str(saved), *here).code == 0
        held = incident("verify", "--json", *here).json
        board = incident("list", "--json", "--now", "2026-11-19T12:00Z", *here).json
        shutil.rmtree(tmp_path / "data")
        done = incident("restore", str(saved), *here)
        last = incident("journal", "INC-2026-0001", "--json", *here).json["entries"][-1]["recorded_at"]
        assert (done.code, done.err) == (0, "")
        assert done.out == f"restored: {held['entries']} entries, the last of {last}, head {held['head']}\n"
        assert incident("verify", "--json", *here).json == held
        assert incident("list", "--json", "--now", "2026-11-19T12:00Z", *here).json == board
        (kept,) = (tmp_path / "data" / "incidents.db.attachments").glob("*/*")
        assert kept.read_text() == "seen on the portal"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        again = incident("restore", str(saved), "--json", *here)
        assert (again.code, again.err) == (0, "")
        assert again.json == {
            "entries": held["entries"],
            "head": held["head"],
            "last_recorded_at": last,
            "kept": str(tmp_path / "data" / "incidents.db.replaced"),
            "attachments_missing": 0,
        }

    def test_attachments_that_are_not_what_they_were_are_told(self, here: tuple[str, str], tmp_path: Path) -> None:
        evidence, saved = tmp_path / "evidence.txt", tmp_path / "saved.db"
        evidence.write_text("seen on the portal")
        incident("open", "--title", "Recordings", *here)
        incident("attach", "INC-2026-0001", str(evidence), *here)
        (kept,) = (tmp_path / "data" / "incidents.db.attachments").glob("*/*")
        kept.write_text("forged")
        outcome = incident("backup", str(saved), *here)
        assert (outcome.code, outcome.out) == (1, f"{saved}\n")
        assert outcome.err.splitlines() == [
            f"incident: {saved} holds the record, but not all its attachments:",
            f"incident: {kept}: is not what was attached: its bytes were changed; take them from a backup",
        ]
        assert not list(tmp_path.glob("saved.db.attachments/*/*"))

    def test_a_file_that_is_not_there(self, here: tuple[str, str]) -> None:
        refused(incident("restore", "nowhere.db", *here), 1, "nowhere.db: there is no copy of a store there")
