"""How fast a server keeps what a team records: `python tests/benchmarks/server.py [WRITERS] [ENTRIES]`.

The server waits for its disk at each write. The yardstick, measured in the same run: one writer alone.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from incident.store.address import ServerAddress
from incident.store.opening import open_store
from models.journal import EntryKind, NewEntry, first_fault

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.test_incident.postgres_server import new_server


def main(writers: int, each: int) -> None:
    """Measure, and print one line for each figure."""
    with new_server({"fsync": "on"}) as server:
        address = ServerAddress(server.address("postgres"))
        alone = measure(address, 1, each)
        together = measure(address, writers, each)
        print(f"one writer, {each} entries: {alone:.1f} s, {1000 * alone / each:.2f} ms each")
        ratio = together / alone / writers
        print(f"{writers} writers, {each} entries each: {together:.1f} s, {ratio:.2f} of as many one after the other")
        with closing(open_store(address, actor="bench", stated_now=None)) as store:
            fault = first_fault(store.stored_entries(), store.head())
            print(f"found {store.head()[0]} of {(writers + 1) * each}; the chain {fault or 'holds'}")


def measure(address: ServerAddress, writers: int, each: int) -> float:
    """Return the seconds in which so many writers at once append so many entries each, a transaction for each."""

    def write(writer: int) -> None:
        with closing(open_store(address, actor=f"writer-{writer}", stated_now=None)) as store:
            for number in range(each):
                with store.write() as transaction:
                    reference = transaction.next_reference(2026)
                    transaction.append(NewEntry(reference, EntryKind.OPENED, {"n": number}))

    began = time.perf_counter()
    with ThreadPoolExecutor(writers) as threads:
        list(threads.map(write, range(writers)))
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["8", "500"][len(sys.argv) - 1 :])))
