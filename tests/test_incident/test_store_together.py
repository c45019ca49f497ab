"""Several who work on one record at once, in every store."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from incident.store.protocol import BoardQuery, Store
from models.journal import EntryKind, NewEntry, first_fault
from tests.test_incident.desk_examples import NOW
from tests.test_incident.store_examples import STORES, Clock, opened, record_one, row

WRITERS, EACH = 8, 20


@pytest.fixture(params=STORES)
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Return what opens the same store each time."""
    return lambda: STORES[request.param](tmp_path, Clock())


def test_eight_writers_keep_one_chain(open_again: Callable[[], Store]) -> None:
    open_again().close()

    def write(writer: int) -> None:
        with closing(open_again()) as store:
            for _ in range(EACH):
                with store.write() as transaction:
                    transaction.append(opened(transaction.next_reference(2026), writer=writer))

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    with closing(open_again()) as store:
        count = WRITERS * EACH
        assert store.head()[0] == count
        assert first_fault(store.stored_entries(), store.head()) is None
        assert store.references() == [f"INC-2026-{n:04}" for n in range(1, count + 1)]
        bodies = [entry.body or {} for name in store.references() for entry in store.entries(name)]
        assert Counter(body["writer"] for body in bodies) == dict.fromkeys(range(WRITERS), EACH)


def test_who_looks_hears_of_what_another_wrote_and_of_nothing_else(open_again: Callable[[], Store]) -> None:
    with closing(open_again()) as writing, closing(open_again()) as looking:
        seen = looking.changes()
        assert looking.changes() == seen
        record_one(writing)
        seen = heard(looking, seen)
        assert looking.references() == ["INC-2026-0001"]
        with pytest.raises(ZeroDivisionError):
            write_in_vain(writing)
        assert looking.changes() == seen
        with writing.write() as transaction:
            transaction.replace_board([], "rules")
        heard(looking, seen)


def heard(store: Store, seen: int) -> int:
    """Return the number of changes once it is another one: a server announces them on its own time."""
    until = monotonic() + 2
    while (changes := store.changes()) == seen:
        assert monotonic() < until, "nothing was heard"
    return changes


def write_in_vain(store: Store) -> None:
    with store.write() as transaction:
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
        raise ZeroDivisionError


def test_a_snapshot_stands_still_while_another_writes(open_again: Callable[[], Store]) -> None:
    with closing(open_again()) as writing, closing(open_again()) as looking:
        record_one(writing)
        with looking.snapshot():
            head = looking.head()
            record_one(writing)
            assert looking.head() == head
            assert looking.references() == ["INC-2026-0001"]
            assert looking.board(BoardQuery(NOW)) == (1, [row("INC-2026-0001")])
            assert first_fault(looking.stored_entries(), head) is None
        assert looking.references() == ["INC-2026-0001", "INC-2026-0002"]
