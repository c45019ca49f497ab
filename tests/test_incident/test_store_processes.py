"""Several processes on one SQLite store."""

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from incident.store.sqlite import open_store
from models.journal import first_fault

REPOSITORY = Path(__file__).parents[2]

APPENDING = """if True:
    import sys
    from pathlib import Path
    from incident.store.sqlite import open_store
    from models.journal import EntryKind, NewEntry
    path, actor, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    print("ready", flush=True)
    sys.stdin.readline()
    store = open_store(path, actor=actor, stated_now=None)
    for _ in range(count):
        with store.write() as transaction:
            reference = transaction.next_reference(2026)
            transaction.append(NewEntry(reference, EntryKind.OPENED, {}))
    store.close()
"""


def append_together(path: Path, *, processes: int, each: int) -> None:
    """Let so many processes start at once, on one store, and append so many entries each."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDING, path, f"process-{n}", str(each)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes = [process.communicate(timeout=120)[1] for process in running]
    assert outcomes == [""] * processes
    assert [process.returncode for process in running] == [0] * processes


def check(path: Path, *, processes: int, each: int) -> None:
    """Check that the store holds one chain of all the entries, and that no reference was given twice."""
    with closing(open_store(path, actor="anna", stated_now=None)) as store:
        count = processes * each
        assert store.head()[0] == count
        assert first_fault(store.stored_entries(), store.head()) is None
        assert store.references() == [f"INC-2026-{n:04}" for n in range(1, count + 1)]
        actors = Counter(entry.actor for reference in store.references() for entry in store.entries(reference))
        assert actors == {f"process-{n}": each for n in range(processes)}


def test_eight_writers_keep_one_chain_of_all_their_entries(tmp_path: Path) -> None:
    path = tmp_path / "incidents.db"
    append_together(path, processes=8, each=500)
    check(path, processes=8, each=500)


KILLED = """if True:
    import os, signal, sys
    from pathlib import Path
    from incident.store.sqlite import open_store
    from models.journal import EntryKind, NewEntry
    path = Path(sys.argv[1])
    open_store(path, actor="anna", stated_now=None).close()
    for kill in range(20):
        said, saying = os.pipe()
        child = os.fork()
        if not child:
            store = open_store(path, actor="anna", stated_now=None)
            while True:
                with store.write() as transaction:
                    entry = transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {"text": "x" * 5000}))
                os.write(saying, entry.sequence.to_bytes(8))
        os.close(saying)
        heard = os.read(said, 8 * (1 + kill % 5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(said, 8000):
            heard += more
        os.close(said)
        print(int.from_bytes(heard[-8:]))
"""


def test_what_was_acknowledged_is_there_though_the_writer_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "incidents.db"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path], check=True, capture_output=True, text=True, cwd=REPOSITORY, timeout=60
    )
    acknowledged = [int(line) for line in done.stdout.splitlines()]
    assert acknowledged == sorted(set(acknowledged))
    assert len(acknowledged) == 20
    with closing(open_store(path, actor="anna", stated_now=None)) as store:
        length, _ = store.head()
        # At most one entry in each life was written and not yet told of.
        assert acknowledged[-1] <= length <= acknowledged[-1] + 1
        assert first_fault(store.stored_entries(), store.head()) is None


@pytest.mark.parametrize("existing", ["nothing", "an empty file"])
def test_three_processes_may_open_a_new_store_at_once(tmp_path: Path, existing: str) -> None:
    for attempt in range(3):
        path = tmp_path / str(attempt) / "incidents.db"
        if existing == "an empty file":
            path.parent.mkdir()
            path.touch()
        append_together(path, processes=3, each=1)
        check(path, processes=3, each=1)
