"""The tables on a server: set up once, told apart by version, and read by their indexes."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incident.errors import Failure
from incident.store.database import NewerStore
from incident.store.opening import exists
from incident.store.protocol import BoardQuery
from tests.test_incident.postgres_server import address_for, connected, member
from tests.test_incident.store_examples import Clock, open_postgres, opened, record_one, row

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANY = 100_000
FILLING = """
    INSERT INTO incident.board (reference, vendor, state, next_due_at, next_due_soon_at, words, lexemes, fields)
    SELECT
        'INC-2026-' || n, 'kavkom', CASE WHEN n %% 10 = 0 THEN 'closed' ELSE 'open' END, due, due, words,
        array_to_tsvector(string_to_array(trim(words), ' ')), %s
    FROM (
        SELECT n, ' word' || n || ' mail ' AS words,
            to_char(timestamp '2026-11-01' + n * 7919 %% 5000000 * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM generate_series(1, %s) AS n
    ) AS made (n, words, due)"""


LONG = "x" * 80 + "y"


class Explaining:
    """A connection that notes by which steps the server goes about each query."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.plans: list[str] = []

    def execute(self, query: str, values: Any = None) -> Any:
        if query.lstrip().startswith("SELECT"):
            steps = self._connection.execute(f"EXPLAIN (COSTS OFF) {query}", values).fetchall()
            self.plans.append("\n".join(step for (step,) in steps))
        return self._connection.execute(query, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_a_board_of_a_hundred_thousand_incidents_is_read_by_its_indexes(tmp_path: Path) -> None:
    from incident.store.postgres import board

    open_postgres(tmp_path, Clock()).close()
    with connected(tmp_path) as connection:
        connection.execute(FILLING, [json.dumps(asdict(row("INC-2026-1"))), MANY])
        connection.execute("ANALYZE incident.board")
        explaining: Any = Explaining(connection)
        for query in (
            BoardQuery(NOW),
            BoardQuery(NOW, limit=10, offset=20),
            BoardQuery(NOW, state="open"),
            BoardQuery(NOW, state="overdue"),
            BoardQuery(NOW, due_before=NOW, vendor="kavkom"),
        ):
            total, rows = board.page(explaining, query)
            assert total > 1000
            assert len(rows) == query.limit
            assert explaining.plans.pop().startswith("Limit\n  ->  Index Scan using board_by_urgency on board")
        explaining.plans.clear()
        for search, found in (("word77", 1), ("WORD9999*", 11), ("mail word77", 1), ("word77 mail*", 1)):
            total, rows = board.page(explaining, BoardQuery(NOW, search=search))
            assert (total, len(rows)) == (found, found)
        assert len(explaining.plans) == 8
        assert all("Bitmap Index Scan on board_by_lexeme" in plan for plan in explaining.plans)


def test_a_row_of_more_words_than_the_index_takes_is_found_all_the_same(tmp_path: Path) -> None:
    with closing(open_postgres(tmp_path, Clock())) as store:
        with store.write() as transaction:
            transaction.put_row(
                row("INC-2026-0001", search_text=" ".join(f"{n:060}" for n in range(20_000)) + " " + LONG)
            )
            transaction.put_row(row("INC-2026-0002", search_text=LONG))
        for search, found in ((f"{7:060}", 1), (LONG, 2), (LONG[:70] + "*", 2), (LONG[:70], 0), ("7", 0)):
            assert store.board(BoardQuery(NOW, search=search))[0] == found


def test_an_incident_its_rules_and_its_number_are_found_by_an_index(tmp_path: Path) -> None:
    from incident.store.postgres import journal

    with closing(open_postgres(tmp_path, Clock())) as store:
        with store.write() as transaction:
            for n in range(2000):
                transaction.append(opened(f"INC-2026-{n:04}"))
        with connected(tmp_path) as connection:
            connection.execute("ANALYZE incident.journal")
            explaining: Any = Explaining(connection)
            assert [entry.sequence for entry in journal.entries(explaining, "INC-2026-0007")] == [8]
            assert journal.rules(explaining) == journal.attached(explaining) == []
            assert journal.highest_number(explaining, 2026) == 1999
    indexes = ("journal_by_incident", "journal_rules", "journal_attached", "journal_by_number")
    for plan, index in zip(explaining.plans, indexes, strict=True):
        assert index in plan
        assert "Seq Scan on journal" not in plan


def test_nothing_is_set_up_by_reading(tmp_path: Path) -> None:
    from incident.store.postgres.store import open_existing

    address = address_for(tmp_path)
    assert open_existing(address, actor="anna", stated_now=None) is None
    assert not exists(address)
    open_postgres(tmp_path, Clock()).close()
    assert exists(address)


def test_whoever_does_not_own_the_database_sets_nothing_up(tmp_path: Path) -> None:
    open_postgres(tmp_path / "before", Clock()).close()  # a role of the server that may work with records
    anna = member(tmp_path, "anna")
    with pytest.raises(Failure, match=r"nothing is set up in this database yet, and this role may not do it"):
        open_postgres(tmp_path, Clock(), anna)
    assert not exists(address_for(tmp_path))


def test_a_record_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with closing(open_postgres(tmp_path, Clock())) as store, connected(tmp_path) as connection:
        record_one(store)
        connection.execute("UPDATE incident.form SET version = 9")
        with pytest.raises(NewerStore, match=r"its tables are at 9, this version knows 1\); install the newer version"):
            open_postgres(tmp_path, Clock())
