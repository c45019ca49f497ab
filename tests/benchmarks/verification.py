"""How fast a journal is verified, and what memory that takes: `python tests/benchmarks/verification.py [ENTRIES]`.

The yardstick, measured in the same run: SHA-256 once over each entry's bytes, which are read already.
It also tampers with each of a thousand entries of a real file, one way after the other, and counts what is found.
"""

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from incident.store import journal
from incident.store.sqlite import SqliteStore, open_store
from models.journal import EntryKind, NewEntry, first_fault

BATCH = 50_000
THOUSAND = 1_000
COPY = """
    INSERT INTO journal
    SELECT :n, header, header_digest, body_digest, hash FROM journal WHERE sequence = :next"""


def main(entries: int) -> None:
    """Measure, and print one line for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(filled(Path(folder, "large.db"), entries)) as store:
            measure(store, entries)
        with closing(filled(Path(folder, "thousand.db"), THOUSAND)) as store:
            tamper(Path(folder, "thousand.db"), store)


def filled(path: Path, entries: int) -> SqliteStore:
    """Return a store of so many entries, five to an incident."""
    store = open_store(path, actor="bench", stated_now=None)
    for first in range(0, entries, BATCH):
        with store.write() as transaction:
            for number in range(first, min(first + BATCH, entries)):
                text = "Called the vendor: the logs are being read, and more is known tomorrow. " * 3
                transaction.append(NewEntry(f"INC-2026-{number // 5:04}", EntryKind.NOTED, {"text": text, "n": number}))
    return store


def measure(store: SqliteStore, entries: int) -> None:
    """Verify the whole journal, and hash the same bytes once, batch by batch, so that neither holds them all."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    fault = first_fault(store.stored_entries(), store.head())
    verified = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    hashed, batch = 0.0, []
    for entry in store.stored_entries():
        batch.append(entry.header + (entry.salt or b"") + (entry.body or b""))
        if len(batch) == BATCH:
            hashed += hash_each(batch)
            batch = []
    hashed += hash_each(batch)
    ratio = f"{verified / hashed:.1f} times SHA-256 over each ({hashed:.2f} s)"
    print(f"verify {entries:,} entries: {verified:.2f} s, {ratio}")
    print(f"  fault found: {fault}; {verified / entries * 1e6:.1f} µs an entry; memory grew by {grown / 1024:.1f} MB")


def hash_each(contents: Iterable[bytes]) -> float:
    """Return the seconds that one hash of each takes."""
    began = time.perf_counter()
    for content in contents:
        sha256(content).digest()
    return time.perf_counter() - began


TAMPERINGS = {
    "header changed": "UPDATE journal SET header = replace(header, 'bench', 'Bench') WHERE sequence = :n",
    "header digest changed": "UPDATE journal SET header_digest = zeroblob(32) WHERE sequence = :n",
    "body digest changed": "UPDATE journal SET body_digest = zeroblob(32) WHERE sequence = :n",
    "hash changed": "UPDATE journal SET hash = zeroblob(32) WHERE sequence = :n",
    "body changed": "UPDATE bodies SET body = replace(body, 'vendor', 'Vendor') WHERE sequence = :n",
    "salt changed": "UPDATE bodies SET salt = zeroblob(16) WHERE sequence = :n",
    "number changed": "UPDATE journal SET sequence = 5000 WHERE sequence = :n",
    "removed": "DELETE FROM journal WHERE sequence = :n",
    "tail cut from there, head left": "DELETE FROM journal WHERE sequence >= :n",
}
"""What is done to each entry in turn, as somebody can who has the file."""


def tamper(path: Path, store: SqliteStore) -> None:
    """Change each of the thousand entries in each way, look for the fault, and take the change back."""
    print(f"tampering with each of {THOUSAND:,} entries of a file:")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for trigger in ("journal_refuses_update", "journal_refuses_delete", "bodies_refuse_update"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for name, script in TAMPERINGS.items():
            report(name, sum(found(connection, [(script, {"n": number})]) for number in range(1, THOUSAND + 1)))
        report("swapped with the next", sum(found(connection, swap(n)) for n in range(1, THOUSAND)), THOUSAND - 1)
        report("a copy inserted before it", sum(found(connection, insert(n)) for n in range(1, THOUSAND + 1)))
    assert first_fault(store.stored_entries(), store.head()) is None, "the changes were taken back"


def swap(n: int) -> list[tuple[str, dict[str, int]]]:
    """Return the statements that let an entry and the next change places."""
    move = "UPDATE journal SET sequence = :to WHERE sequence = :n"
    return [(move, {"n": n, "to": -1}), (move, {"n": n + 1, "to": n}), (move, {"n": -1, "to": n + 1})]


def insert(n: int) -> list[tuple[str, dict[str, int]]]:
    """Return the statements that put a copy of an entry before it and number the rest anew."""
    return [
        ("UPDATE journal SET sequence = -sequence - 1 WHERE sequence >= :n", {"n": n}),
        ("UPDATE journal SET sequence = -sequence WHERE sequence < 0", {}),
        (COPY, {"n": n, "next": n + 1}),
    ]


def found(connection: sqlite3.Connection, statements: Iterable[tuple[str, dict[str, int]]]) -> bool:
    """Return whether a change is found; it is taken back."""
    connection.execute("BEGIN")
    for statement, values in statements:
        connection.execute(statement, values)
    fault = first_fault(journal.stored_entries(connection), journal.head(connection))
    connection.execute("ROLLBACK")
    return fault is not None


def report(name: str, count: int, of: int = THOUSAND) -> None:
    """Print how many of the changes of one kind were found."""
    print(f"  {name}: {count} of {of} found")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
