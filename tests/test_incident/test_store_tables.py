"""The SQLite store's tables: what guards them, and how they are searched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from incident.store import migrations, schema
from incident.store.protocol import BoardQuery
from incident.store.sqlite import SqliteStore
from models.journal import EntryKind, NewEntry
from tests.test_incident.store_examples import Clock, open_sqlite, opened, row

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(open_sqlite(tmp_path, Clock())) as fresh:
        yield fresh


def test_the_triggers_are_these_and_no_others(store: SqliteStore) -> None:
    triggers = store._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    assert {name for (name,) in triggers} == {
        "journal_refuses_update",
        "journal_refuses_delete",
        "bodies_refuse_update",
    }


def test_every_table_of_ours_is_strict(store: SqliteStore) -> None:
    strict = store._connection.execute(
        "SELECT name FROM pragma_table_list WHERE strict AND schema = 'main' AND type = 'table'"
    )
    assert {name for (name,) in strict} == {"journal", "bodies", "head", "board", "meta", "_sqlite_migrations"}


def test_the_journal_holds_its_five_columns_and_nothing_else(store: SqliteStore) -> None:
    columns = store._connection.execute("SELECT name, type FROM pragma_table_xinfo('journal')").fetchall()
    assert columns == [
        ("sequence", "INTEGER"),
        ("header", "TEXT"),
        ("header_digest", "BLOB"),
        ("body_digest", "BLOB"),
        ("hash", "BLOB"),
    ]


def test_the_version_is_the_number_of_the_last_migration(store: SqliteStore) -> None:
    applied = [name for (name,) in store._connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert [int(name[1:5]) for name in applied] == list(range(1, schema.VERSION + 1))
    assert store._connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_migrating_again_changes_nothing(store: SqliteStore) -> None:
    before = store._connection.execute("SELECT * FROM sqlite_schema").fetchall()
    migrations.migrate(store._connection)
    assert store._connection.execute("SELECT * FROM sqlite_schema").fetchall() == before


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("recursive_triggers", 1),
    ],
)
def test_the_connection_is_set_up_for_evidence(store: SqliteStore, pragma: str, value: object) -> None:
    assert store._connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE journal SET header = header", "an entry of the journal is never changed"),
        ("DELETE FROM journal", "an entry of the journal is never deleted"),
        ("UPDATE bodies SET body = body", "the body of an entry is never changed"),
    ],
)
def test_what_was_recorded_refuses_a_change(store: SqliteStore, tmp_path: Path, statement: str, message: str) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001"))
    with closing(sqlite3.connect(tmp_path / "incidents.db")) as other:
        with pytest.raises(sqlite3.IntegrityError, match=message):
            other.execute(statement)
        assert other.execute("SELECT count(*) FROM journal JOIN bodies USING (sequence)").fetchone() == (1,)


def test_the_search_index_stays_in_step_with_the_board(store: SqliteStore) -> None:
    with store.write() as transaction:
        for n in range(9):
            transaction.put_row(row(f"INC-2026-000{n}", search_text=f"first {n}"))
        for n in range(0, 9, 2):
            transaction.put_row(row(f"INC-2026-000{n}", search_text=f"second {n}"))
    # Compares the index with the text of every row, and raises where they differ.
    store._connection.execute("INSERT INTO board_fts (board_fts, rank) VALUES ('integrity-check', 1)")
    with store.write() as transaction:
        transaction.replace_board([row("INC-2026-0001", search_text="third")], "rules")
    store._connection.execute("INSERT INTO board_fts (board_fts, rank) VALUES ('integrity-check', 1)")
    assert store._connection.execute("SELECT count(*) FROM board_fts WHERE board_fts MATCH 'second'").fetchone() == (0,)


def plans(store: SqliteStore, read: Any) -> list[list[str]]:
    """Return how SQLite goes about each query that a read makes."""
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)
    read()
    store._connection.set_trace_callback(None)
    queries = [statement for statement in statements if statement.lstrip().startswith("SELECT")]
    return [[step[3] for step in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")] for query in queries]


@pytest.mark.parametrize(
    "query",
    [
        BoardQuery(now=NOW),
        BoardQuery(now=NOW, limit=10, offset=20),
        BoardQuery(now=NOW, limit=0),
        BoardQuery(now=NOW, state="open"),
        BoardQuery(now=NOW, due_before=NOW, vendor="kavkom"),
    ],
)
def test_the_board_is_read_in_order_without_sorting(store: SqliteStore, query: BoardQuery) -> None:
    with store.write() as transaction:
        for n in range(200):
            due = NOW + timedelta(minutes=n * 37 % 200)
            transaction.put_row(row(f"INC-2026-{n:04}", next_due_at=due, next_due_soon_at=due))
    store._connection.execute("ANALYZE")
    _, page = plans(store, lambda: store.board(query))
    assert page == ["SCAN board USING INDEX board_by_urgency"]


def test_an_incident_its_rules_and_its_number_are_found_by_an_index(store: SqliteStore) -> None:
    with store.write() as transaction:
        transaction.append(opened("INC-2026-0001"))
        transaction.append(NewEntry(None, EntryKind.RULES, {}))

        def read() -> None:
            store.entries("INC-2026-0001")
            store.rules()
            transaction.next_reference(2026)
            store.reference_of("soc:7")

        entries, rules, number, reference = plans(store, read)
    body = "SEARCH bodies USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN"
    assert entries == ["SEARCH journal USING INDEX journal_by_incident (<expr>=?)", body]
    assert rules == ["SCAN journal USING INDEX journal_rules", body]
    assert number == ["SEARCH journal USING INDEX journal_by_number (<expr>=?)"]
    assert [step.split(" USING ")[0] for step in reference if "board" in step] == ["SEARCH board", "SEARCH board"]
