"""The SQLite store's file: how it is made, opened and brought up to date, and what is refused."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident.errors import Failure
from incident.store.protocol import BoardQuery
from incident.store.recorder import machine_time
from incident.store.sqlite import SqliteStore, memory_store, open_store
from tests.test_incident.store_examples import STATED, open_new, open_to_read, opened, record_one, row

REPOSITORY = Path(__file__).parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a store that holds one incident."""
    made = tmp_path / "incidents.db"
    with closing(open_new(made)) as store:
        record_one(store)
    return made


def test_a_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        with closing(open_new(tmp_path / "data" / "incidents.db")) as store:
            record_one(store)
            modes = {found.name: mode(found) for found in (tmp_path / "data").iterdir()}
    finally:
        os.umask(previous)
    assert modes == {"incidents.db": 0o600, "incidents.db-wal": 0o600, "incidents.db-shm": 0o600}
    assert mode(tmp_path / "data") == 0o700


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    open_new(tmp_path / "incidents.db").close()
    assert mode(tmp_path) == 0o750


def test_a_file_name_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "ä b?mode=memory#%41.db"
    with closing(open_new(path)) as store:
        record_one(store)
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_left_to_itself_a_store_draws_its_own_time_and_chance(path: Path) -> None:
    before = datetime.now(UTC)
    with closing(open_store(path, actor="anna", stated_now=STATED)) as store, store.write() as transaction:
        first, second = transaction.append(opened("INC-2026-0002")), transaction.append(opened("INC-2026-0002"))
    assert before <= first.recorded_at <= second.recorded_at <= machine_time()
    assert first.stated_now == STATED
    assert first.id != second.id


def test_reading_makes_no_store(tmp_path: Path) -> None:
    assert open_to_read(tmp_path / "data" / "incidents.db") is None
    assert list(tmp_path.iterdir()) == []
    empty = tmp_path / "empty.db"
    empty.touch()
    assert open_to_read(empty) is None
    assert empty.stat().st_size == 0


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "incidents.db"
    path.touch()
    with closing(open_new(path)) as store:
        record_one(store)
        assert store.references() == ["INC-2026-0001"]


Opener = Callable[[Path], SqliteStore | None]


@pytest.mark.parametrize("opener", [open_new, open_to_read])
class TestRefused:
    """Each is refused in one line, and left as it is."""

    def refuse(self, opener: Opener, path: Path, message: str) -> None:
        with pytest.raises(Failure) as refused:
            opener(path)
        assert str(refused.value) == message.format(path)

    def test_a_link(self, opener: Opener, path: Path, tmp_path: Path) -> None:
        for target in (path, tmp_path / "nowhere.db"):
            link = tmp_path / f"link-to-{target.name}"
            link.symlink_to(target)
            self.refuse(opener, link, "{} is a symbolic link; name the file it leads to")
        assert not (tmp_path / "nowhere.db").exists()

    def test_a_folder(self, opener: Opener, tmp_path: Path) -> None:
        self.refuse(opener, tmp_path, "{} is no file; name a file in a folder of its own")

    @pytest.mark.parametrize("content", [b"some notes\n", b"\x00\xff" * 5000, b"SQLite format 3\0"])
    def test_a_file_that_is_no_database(self, opener: Opener, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        self.refuse(opener, path, "{}: it is no SQLite database, so no store of this program; name another file")
        assert path.read_bytes() == content

    def test_a_file_of_one_byte(self, opener: Opener, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_bytes(b"x")
        self.refuse(opener, path, "{}: it is no SQLite database; name another file")
        assert path.read_bytes() == b"x"

    @pytest.mark.parametrize("script", ["CREATE TABLE orders (id)", "PRAGMA application_id = 7; VACUUM"])
    def test_another_programs_database(self, opener: Opener, script: str, tmp_path: Path) -> None:
        path = tmp_path / "orders.db"
        with closing(sqlite3.connect(path)) as other:
            other.executescript(script)
        content = path.read_bytes()
        self.refuse(opener, path, "{}: it is a database of another program; name another file")
        assert path.read_bytes() == content

    def test_a_store_of_a_newer_program(self, opener: Opener, path: Path) -> None:
        with closing(sqlite3.connect(path)) as newer:
            newer.execute("PRAGMA user_version = 99")
        self.refuse(
            opener,
            path,
            "{}: a newer version of this program made it (its tables are at 99, this version knows 3); "
            "install the newer version",
        )


def test_a_place_that_cannot_be_is_refused(path: Path) -> None:
    with pytest.raises(Failure, match=r"cannot be opened: Not a directory; name another file$"):
        open_new(path / "incidents.db")


def test_what_is_written_in_memory_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with closing(open_new(path)) as store:
        files, head = sorted(path.parent.iterdir()), store.head()
        with closing(memory_store(actor="berta", stated_now=STATED, copy_of=store)) as copy:
            record_one(copy)
            assert copy.references() == ["INC-2026-0001", "INC-2026-0002"]
            assert [entry.actor for entry in copy.entries("INC-2026-0002")] == ["berta"]
        with closing(memory_store(actor="berta", stated_now=STATED, copy_of=None)) as empty:
            record_one(empty)
            assert empty.board(BoardQuery(now=STATED)) == (1, [row("INC-2026-0001")])
        assert store.head() == head
        assert sorted(path.parent.iterdir()) == files


def test_reading_needs_neither_sqlite_utils_nor_what_it_brings(path: Path) -> None:
    script = """if True:
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from incident.store.protocol import BoardQuery
        from incident.store.sqlite import open_existing
        store = open_existing(Path(sys.argv[1]), actor="anna", stated_now=None)
        print(store.board(BoardQuery(now=datetime.now(UTC), search="x", vendor="kavkom")), store.references())
        print(sorted({"sqlite_utils", "click", "pluggy", "dateutil", "pydantic", "uuid"} & set(sys.modules)))
    """
    run = subprocess.run(
        [sys.executable, "-c", script, path], check=True, capture_output=True, text=True, cwd=REPOSITORY
    )
    assert run.stdout == "(0, []) ['INC-2026-0001']\n[]\n"
