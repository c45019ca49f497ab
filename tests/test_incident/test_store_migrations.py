"""Stores of earlier versions: each comes to today's tables, with nothing lost, and a copy kept first."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from incident.errors import Failure
from incident.store import schema, upgrade
from incident.store.protocol import BoardQuery
from incident.store.sqlite import SqliteStore
from models.journal import first_fault
from tests.test_incident.command_line import incident
from tests.test_incident.old_stores import FIRST_BOARD, OLD_STORES, make_old_store
from tests.test_incident.store_examples import STATED, files_no_longer_than, open_new, open_to_read, record_one

FIRST_BOARDS_STORE = OLD_STORES["version 2 as first made"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incidents.db"


def tables(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return {(kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in found}


def journal_bytes(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        read = "SELECT * FROM journal LEFT JOIN bodies USING (sequence), head ORDER BY sequence"
        return connection.execute(read).fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize("opener", [open_new, open_to_read])
@pytest.mark.parametrize("shape", OLD_STORES)
def test_every_earlier_store_comes_to_todays_tables(
    path: Path, tmp_path: Path, shape: str, opener: Callable[[Path], SqliteStore | None]
) -> None:
    make_old_store(path, OLD_STORES[shape], entries=2)
    before, was = journal_bytes(path), version(path)
    opened = opener(path)
    assert opened is not None
    with closing(opened) as store:
        assert store.board(BoardQuery(now=STATED)) == (0, [])
        assert store.fingerprint() is None
        assert first_fault(store.stored_entries(), store.head()) is None
        assert journal_bytes(path) == before
        record_one(store)
        assert store.references() == ["INC-2026-0001", "INC-2026-0002", "INC-2026-0003"]
    open_new(tmp_path / "new.db").close()
    assert tables(path) == tables(tmp_path / "new.db")
    assert version(path) == schema.VERSION
    copy = tmp_path / f"incidents.db.version-{was}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (journal_bytes(copy), version(copy)) == (before, was)


def test_the_board_of_an_earlier_store_is_made_again_from_its_journal(path: Path) -> None:
    here = ("--store", str(path))
    incident("open", "--title", "Recordings", "--aware", "2026-11-18T14:30Z", *here)
    at = ("list", "--json", "--now", "2026-11-19T12:00Z", *here)
    before = incident(*at).json
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"DROP TABLE board_fts; DROP TABLE board; DROP TABLE meta; {FIRST_BOARD}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_projections'")
        connection.commit()
    assert incident(*at).json == before
    assert incident(*at, "--search", "earlier").json["total"] == 0
    assert incident(*at, "--search", "recordings").json["total"] == 1


@pytest.mark.parametrize("shape", OLD_STORES)
def test_of_a_store_without_entries_no_copy_is_kept(path: Path, shape: str) -> None:
    make_old_store(path, OLD_STORES[shape], entries=0)
    open_new(path).close()
    assert [found.name for found in path.parent.iterdir()] == ["incidents.db"]


def test_a_copy_overwrites_nothing(path: Path) -> None:
    taken = path.with_name("incidents.db.version-2")
    taken.write_text("of an earlier time")
    make_old_store(path, FIRST_BOARDS_STORE, entries=1)
    open_new(path).close()
    assert taken.read_text() == "of an earlier time"
    assert version(path.with_name("incidents.db.version-2-1")) == 2


def test_without_a_copy_nothing_is_changed(path: Path) -> None:
    make_old_store(path, FIRST_BOARDS_STORE, entries=1, text="x" * 100_000)
    before = tables(path)
    with files_no_longer_than(60_000), pytest.raises(Failure) as failed:
        open_new(path)
    assert str(failed.value).startswith(
        f"{path}: an earlier version made it; before it is brought up to date a copy is kept, and that failed, so "
        f"nothing was changed: {path}.version-2: the disk "
    )
    assert tables(path) == before
    assert [found.name for found in path.parent.iterdir()] == ["incidents.db"]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old_store(path, FIRST_BOARDS_STORE, entries=1)
    before = tables(path), journal_bytes(path)
    with monkeypatch.context() as broken:
        # the mark of the last migration is written at the very end
        broken.setattr("incident.store.migrations.VERSION", "no number")
        with pytest.raises(sqlite3.OperationalError):
            open_new(path)
    assert (tables(path), journal_bytes(path)) == before
    open_new(path).close()
    assert version(path) == schema.VERSION


def test_three_may_open_an_earlier_store_at_once(path: Path) -> None:
    make_old_store(path, FIRST_BOARDS_STORE, entries=1)

    def open_and_record(_: int) -> None:
        with closing(open_new(path)) as store:
            record_one(store)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(open_and_record, range(3)))
    with closing(open_new(path)) as store:
        assert first_fault(store.stored_entries(), store.head()) is None
        assert store.references() == [f"INC-2026-000{n}" for n in range(1, 5)]
    assert [found.name for found in path.parent.iterdir() if "version" in found.name] == ["incidents.db.version-2"]


def test_who_comes_second_finds_nothing_left_to_do(path: Path) -> None:
    make_old_store(path, FIRST_BOARDS_STORE, entries=1)
    with closing(sqlite3.connect(path, isolation_level=None)) as late:
        open_new(path).close()
        upgrade.bring_up_to_date(late, path)
    assert len(list(path.parent.glob("*.version-*"))) == 1


def test_a_newer_store_is_read_by_every_reading_command_and_never_written(path: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    here = ("--store", str(path), "--settings", str(settings), "--now", "2026-11-19T12:00Z")
    incident("open", "--title", "Recordings", "--aware", "2026-11-18T14:30Z", *here)
    one = "INC-2026-0001"
    commands = (("list",), ("show", one), ("clocks",), ("journal", one), ("register",), ("verify",))
    before = [incident(*command, "--json", *here).out for command in commands]
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    held = journal_bytes(path)
    said = (
        f"incident: only read: {path}: a newer version of this program made it (its tables are at 99, this version "
        f"knows {schema.VERSION}); install the newer version\n"
    )
    for command, answer in zip(commands, before, strict=True):
        outcome = incident(*command, "--json", *here)
        assert (outcome.code, outcome.out, outcome.err) == (0, answer, said)
    # A changed setting would be recorded: here it is not used, and that is said.
    settings.write_text("[targets]\ngdpr-33-1 = 24\n")
    outcome = incident("clocks", "--json", *here)
    assert outcome.out == before[2]
    assert outcome.err.splitlines()[1].startswith("incident: changed settings or playbooks are not used: ")
    for command in (("open", "--title", "Another"), ("note", "INC-2026-0001", "called")):
        assert incident(*command, *here).code == 1
    assert journal_bytes(path) == held
    assert [found.name for found in tmp_path.glob("*version*")] == []
