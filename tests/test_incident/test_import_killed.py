"""An import that is killed: what was reported is there, nothing is doubled, and running it again completes it."""

import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from subprocess import run

import pytest

from tests.test_incident.command_line import incident

ROOT = Path(__file__).parents[2]
RECORDS = 24
KILLS = 50

_REPORTED = re.compile(r"incident: (\d+) records, ")


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """One source that makes the store, and one for each kill."""
    return [write(tmp_path / f"{number}.jsonl", f"s{number}") for number in range(KILLS + 1)]


def write(path: Path, source: str) -> str:
    """Write the records of one source."""
    said = {"source": source, "title": "Recordings", "facts": {"subjects_count": {"value": 7}}}
    path.write_text("".join(f"{json.dumps(said | {'ref': str(ref)})}\n" for ref in range(RECORDS)), "utf-8")
    return str(path)


def kept(store: Path) -> dict[str, list[str]]:
    """Return the refs of each source on the board, in the order of their incidents."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT external_ref FROM board ORDER BY reference")
        found: dict[str, list[str]] = {}
        for (name,) in rows:
            source, _, ref = name.partition(":")
            found.setdefault(source, []).append(ref)
    return found


def test_killed_fifty_times_at_random_moments(tmp_path: Path, sources: list[str]) -> None:
    store = tmp_path / "incidents.db"
    command = [sys.executable, str(Path(__file__).with_name("killed_imports.py")), "seed", str(store), *sources]
    done = run(command, env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    imports = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(imports) == KILLS
    there = kept(store)
    for number, outcome in enumerate(imports, 1):
        reported = max(map(int, _REPORTED.findall(outcome["said"])), default=0)
        refs = there.get(f"s{number}", [])
        assert refs == [str(ref) for ref in range(len(refs))]
        assert len(refs) >= reported
    assert sum(outcome["killed"] for outcome in imports) > KILLS / 2
    assert sum(0 < len(refs) < RECORDS for refs in there.values()) > KILLS / 4

    again = incident("import", "--json", "--store", str(store), *sources).json
    missing = RECORDS * len(sources) - sum(map(len, there.values()))
    assert (again["opened"], again["changed"], again["rejected"]) == (missing, 0, 0)
    assert kept(store) == {f"s{number}": [str(ref) for ref in range(RECORDS)] for number in range(len(sources))}
    verified = incident("verify", "--json", "--store", str(store)).json
    assert verified["entries"] == 1 + RECORDS * len(sources)
