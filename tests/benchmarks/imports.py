"""How fast an import is, held against plain tools doing less with the same file, in the same run: `make benchmarks`.

The yardstick is `sqlite-utils insert FILE --nl --pk`, `enable-fts` on title and summary, and `create-index`: it
neither validates, nor chains, nor reckons a deadline. Both are commands started cold that leave a durable file.
Nothing here passes or fails: machines differ, ratios tell. A first argument sets another number of records.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 100_000
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MB = 1_000_000

BREACHES = ("confidentiality", "integrity", "availability_temporary")
VENDORS = ("kavkom", "convious", "konverso", "deskhero", "quicktalk")
COUNTRIES = ("FR", "BE", "NL", "IT", "SE", "DE", "ES")
WHAT = ("call recordings", "booking details", "chat transcripts", "support tickets", "voicemail messages", "invoices")
HOW = (
    "readable by other tenants",
    "sent to the wrong recipient",
    "left on an open storage bucket",
    "copied by a former employee",
    "encrypted by an intruder",
    "shown in a public search result",
)
SENTENCES = (
    "A tenant reported that another company's records appeared in its own search results.",
    "The vendor's engineers traced it to a release of the evening before that dropped a filter.",
    "The release was rolled back within the hour and the affected index was rebuilt.",
    "Access logs show downloads from two addresses that belong to one customer.",
    "Nothing suggests so far that the data were passed on to anybody else.",
    "The names, telephone numbers and e-mail addresses of callers were in the files.",
    "Our own users noticed nothing; the vendor's notice is all that we have.",
    "The security team has asked for the complete logs and for a list of the people concerned.",
)
"""Of these a record takes some, with a number of its own in between: so many words are as varied as a real file's."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock, seconds of the processor, and bytes of memory at its peak."""

    wall: float
    processor: float
    memory: int

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.processor + other.processor, max(self.memory, other.memory))


def main() -> None:
    """Measure once and print one line each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "records.jsonl"
        write_records(file, count)
        print(f"{count:,} records, {file.stat().st_size / count:,.0f} bytes each")
        plain = plain_tools(folder, file)
        say("plain tools", plain, count)
        first = our_import(folder, file)
        say("incident import", first, count)
        again = our_import(folder, file)
        say("the same again", again, count)
        print(
            f"import: {first.wall / plain.wall:.2f} times plain tools ({first.processor / plain.processor:.2f} of CPU)"
        )
        print(f"the same again: {again.wall / first.wall:.2f} times the first import")


def write_records(file: Path, count: int) -> None:
    """Write records like the example of the public contract, one a line, with every kind of value in them."""
    chance = random.Random(7)  # noqa: S311
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            lines.write(json.dumps(record(number, chance)) + "\n")


def record(number: int, chance: random.Random) -> dict[str, Any]:
    """Return one record: five moments, nine facts, and a summary of four sentences."""
    began = NOW - timedelta(hours=60, minutes=chance.randrange(60_000))

    def after(hours: int) -> str:
        return (began + timedelta(hours=hours, minutes=chance.randrange(300))).isoformat()

    what, how = chance.choice(WHAT), chance.choice(HOW)
    people = chance.randrange(1, 20_000)
    first, second, third, fourth, fifth, sixth = chance.sample(SENTENCES, 6)
    return {
        "ref": f"SOC-{number:06}",
        "source": "soc",
        "title": f"{what.capitalize()} of {people:,} people {how}",
        "summary": f"{first} {second} Case {chance.randrange(10**6)} holds the exchange with them. {third}",
        "role": "controller",
        "vendor": VENDORS[number % len(VENDORS)],
        "moments": {
            "occurred_from": began.isoformat(),
            "detected": after(10),
            "vendor_aware": after(20),
            "vendor_told_us": after(40),
            "contained": after(45),
        },
        "facts": {
            "breach_types": chance.sample(BREACHES, chance.randrange(1, 3)),
            "description": f"{fourth} {fifth}",
            "data_categories": chance.sample(["contact_email", "contact_phone", "name"], chance.randrange(1, 3)),
            "subject_categories": ["customers"],
            "subjects_count": {"value": people, "approximate": True},
            "records_count": {"min": people, "max": 4 * people},
            "countries": chance.sample(COUNTRIES, chance.randrange(1, 4)),
            "likely_consequences": f"Unwanted calls to some of the {people:,} people concerned.",
            "measures_remedy": sixth,
        },
        "place": {"country": "FR", "zone": "Europe/Paris"},
        "tags": ["vendor", what.split()[0]],
    }


def plain_tools(folder: Path, file: Path) -> Cost:
    """Insert, enable full-text search and index with the commands of sqlite-utils."""
    database = str(folder / "plain.db")
    commands = (
        ("insert", database, "records", str(file), "--nl", "--pk", "ref"),
        ("enable-fts", database, "records", "title", "summary"),
        ("create-index", database, "records", "vendor"),
    )
    costs = [cost([sys.executable, "-m", "sqlite_utils", *command], folder) for command in commands]
    return costs[0] + costs[1] + costs[2]


def our_import(folder: Path, file: Path) -> Cost:
    """Import the file into a store of its own, or into the same one again."""
    store, settings = folder / "store" / "a.db", folder / "settings.toml"
    where = ("--store", str(store), "--settings", str(settings), "--actor", "bench", "--now", NOW.isoformat())
    return cost([sys.executable, "-m", "incident", "import", str(file), *where], folder)


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command and return what it took. What it says is shown where it fails."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    said = folder / "said.txt"
    with said.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said.read_text(encoding="utf-8")[-2000:])
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit)


def say(what: str, took: Cost, count: int) -> None:
    """Print what a command took."""
    rate = count / took.wall
    print(f"{what}: {took.wall:.1f} s ({took.processor:.1f} s of CPU), {rate:,.0f} a second, {took.memory / MB:.0f} MB")


if __name__ == "__main__":
    main()
