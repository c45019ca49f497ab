"""How fast the program is, as ratios to a yardstick measured in the same run: `make benchmarks`.

Nothing here passes or fails: machines differ, ratios tell. Each line names what it is held against.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.intake.formats import read_records
from incident.intake.run import Outcome, run_import
from incident.staged import Staged
from incident.store.sqlite import open_store
from models.clocks import clock
from models.duties import duties_for
from playbooks.texts import shipped_texts

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 10_000
VENDORS = ("kavkom", "convious", "konverso", "deskhero", "quicktalk")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def main() -> None:
    """Measure everything and print one line each."""
    with tempfile.TemporaryDirectory() as folder:
        lines = records()
        raw = timed(lambda: insert_raw(Path(folder) / "raw.db", lines))
        desk = open_desk(Path(folder))
        ours = timed(lambda: import_all(desk, lines))
        again = timed(lambda: import_all(desk, lines))
        say(f"import {RECORDS:,} records", ours, "the same lines into bare sqlite3", raw)
        say(f"import the same {RECORDS:,} again", again, "the first import", ours)
        measure_clocks(desk)
        desk.store.close()
        measure_starts(Path(folder))


def records() -> list[str]:
    """Return one JSON record a line, the five vendors in turn."""
    return [
        json.dumps(
            {
                "source": "bench",
                "ref": str(number),
                "title": f"Incident {number}",
                "vendor": VENDORS[number % len(VENDORS)],
                "moments": {
                    "vendor_aware": (NOW - timedelta(hours=50, minutes=number % 600)).isoformat(),
                    "vendor_told_us": (NOW - timedelta(hours=9, minutes=number % 500)).isoformat(),
                },
                "facts": {"description": "What happened, in a few words. " * 3, "subjects_count": {"value": number}},
            }
        )
        for number in range(RECORDS)
    ]


def insert_raw(file: Path, lines: list[str]) -> None:
    """The yardstick of an import: parse each line and insert it, in one transaction."""
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE records (number INTEGER PRIMARY KEY, record TEXT)")
    with connection:
        parsed = ((number, json.dumps(json.loads(line))) for number, line in enumerate(lines))
        connection.executemany("INSERT INTO records VALUES (?, ?)", parsed)
    connection.close()


def open_desk(folder: Path) -> Desk:
    """Open an empty store under the shipped playbooks."""
    store = open_store(folder / "bench.db", actor="bench", stated_now=NOW)
    return Desk(store, bring_into_force(store, Staged(folder / "none.toml", None, shipped_texts())), NOW)


def import_all(desk: Desk, lines: list[str]) -> None:
    """Import through the whole way: bytes, records, validation, journal, board."""
    done = run_import(
        read_records(BytesIO("\n".join(lines).encode()), "bench", "jsonl"),
        ZoneInfo("UTC"),
        lambda batch: [Outcome(one.status, one.reference) for one in desk.take_in([record.data for record in batch])],
    )
    assert sum(map(len, done)) == len(lines)


def measure_clocks(desk: Desk) -> None:
    """Reckon the clocks of 100,000 open incidents without explanation, against as many bare additions.

    They are a thousand, copied a hundred times: what is worked out once for an incident is worked out for each copy.
    """
    looks = [look for _, look in zip(range(1000), desk.looks(), strict=False)]
    rules, organisation = desk.in_force.rules, desk.in_force.organisation
    known = [(look.incident, duties_for(look.incident, rules, organisation)) for look in looks]
    clocks = 100 * sum(len(duties) for _, duties in known)
    reckoned = added = 0.0
    for _ in range(100):
        copies = [(duty, fresh) for incident, duties in known for fresh in [replace(incident)] for duty in duties]
        reckoned += timed(lambda: all(clock(duty, incident, NOW) for duty, incident in copies))  # noqa: B023
        added += timed(lambda: all(NOW + timedelta(hours=72) for _ in copies))  # noqa: B023
    say(f"reckon {clocks:,} clocks", reckoned, "as many additions to a date", added)
    print(f"{'':2}that is {reckoned / clocks * 1e6:.1f} µs a clock")


def measure_starts(folder: Path) -> None:
    """Start the program cold, against the interpreter alone."""
    ours = {"HOME": str(folder), "INCIDENT_STORE": str(folder / "bench.db"), "PYTHONPATH": str(ROOT)}
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **ours}

    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment)

    bare = best(run("-c", "pass"))
    for arguments in (("--help",), ("list",), ("list", "--json"), ("clocks", "INC-2026-0001")):
        say(f"incident {' '.join(arguments)}", best(run("-m", "incident", *arguments)), "python -c pass", bare)


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the fewest seconds of several runs."""
    return min(timed(work) for _ in range(times))


def say(what: str, seconds: float, yardstick: str, unit: float) -> None:
    """Print one ratio."""
    print(f"{what}: {seconds * 1000:.0f} ms, {seconds / unit:.1f} times {yardstick}")


if __name__ == "__main__":
    main()
