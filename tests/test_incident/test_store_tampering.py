"""Whoever changes the SQLite file behind the program's back is found out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from incident.errors import Failure
from incident.store.sqlite import SqliteStore
from models.journal import ChainFault, EntryKind, NewEntry, first_fault
from tests.test_incident.store_examples import Clock, open_sqlite, opened

FOLLOWS = "its hash does not follow from the entry before it"
LOWERED_HEAD = "UPDATE head SET length = 3"
COPY_OF_2 = """
    INSERT INTO journal SELECT {0}, header, header_digest, body_digest, hash FROM journal WHERE sequence = 2;
    INSERT INTO bodies SELECT {0}, salt, body FROM bodies WHERE sequence = 2;
"""
REMOVE = "DELETE FROM journal WHERE sequence = {0}; DELETE FROM bodies WHERE sequence = {0};"
RENUMBER = """
    UPDATE journal SET sequence = {1} WHERE sequence = {0};
    UPDATE bodies SET sequence = {1} WHERE sequence = {0};
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a store of four entries."""
    with closing(open_sqlite(tmp_path, Clock())) as fresh:
        with fresh.write() as transaction:
            transaction.append(opened("INC-2026-0001", n=1))
            for n in (2, 3, 4):
                transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {"n": n}))
        yield fresh


def tamper(folder: Path, script: str) -> None:
    """Change the file as someone could who has it: without the triggers that refuse it."""
    with closing(sqlite3.connect(folder / "incidents.db")) as connection:
        connection.create_function("sha256", 1, lambda value: sha256(value).digest())
        for trigger in ("journal_refuses_update", "journal_refuses_delete", "bodies_refuse_update"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.executescript(script)


def test_an_untouched_journal_holds(store: SqliteStore) -> None:
    assert first_fault(store.stored_entries(), store.head()) is None


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        pytest.param(
            "UPDATE journal SET header = replace(header, 'anna', 'anne') WHERE sequence = 2",
            ChainFault(2, "its header was changed"),
            id="header",
        ),
        pytest.param(
            """UPDATE journal SET header = replace(header, 'anna', 'anne') WHERE sequence = 2;
            UPDATE journal SET header_digest = sha256(CAST(header AS BLOB)) WHERE sequence = 2""",
            ChainFault(2, FOLLOWS),
            id="header with its digest",
        ),
        pytest.param(
            "UPDATE bodies SET body = '{\"n\":5}' WHERE sequence = 2",
            ChainFault(2, "its body was changed"),
            id="body",
        ),
        pytest.param(
            "UPDATE bodies SET salt = zeroblob(16) WHERE sequence = 2",
            ChainFault(2, "its body was changed"),
            id="salt",
        ),
        pytest.param(
            "UPDATE bodies SET body = CAST(x'ff' AS TEXT) WHERE sequence = 2",
            ChainFault(2, "its body was changed"),
            id="body that is no text",
        ),
        pytest.param(
            "UPDATE journal SET body_digest = zeroblob(32) WHERE sequence = 2; DELETE FROM bodies",
            ChainFault(2, FOLLOWS),
            id="digest of an erased body",
        ),
        pytest.param("UPDATE journal SET hash = zeroblob(32) WHERE sequence = 2", ChainFault(2, FOLLOWS), id="hash"),
        pytest.param(
            "UPDATE journal SET hash = zeroblob(32) WHERE sequence = 4", ChainFault(4, FOLLOWS), id="last hash"
        ),
        pytest.param(
            REMOVE.format(2),
            ChainFault(2, "is missing: entry 3 stands in its place"),
            id="removed",
        ),
        pytest.param(
            REMOVE.format(2) + RENUMBER.format(3, 2) + RENUMBER.format(4, 3) + LOWERED_HEAD,
            ChainFault(2, FOLLOWS),
            id="removed and closed up",
        ),
        pytest.param(
            RENUMBER.format(4, 5) + RENUMBER.format(3, 4) + COPY_OF_2.format(3),
            ChainFault(3, FOLLOWS),
            id="inserted",
        ),
        pytest.param(
            COPY_OF_2.format(-1),
            ChainFault(1, "is missing: entry -1 stands in its place"),
            id="inserted before the first",
        ),
        pytest.param(
            COPY_OF_2.format(5),
            ChainFault(5, "is one too many: the journal should hold 4 entries"),
            id="appended",
        ),
        pytest.param(
            RENUMBER.format(2, 9) + RENUMBER.format(3, 2) + RENUMBER.format(9, 3),
            ChainFault(2, FOLLOWS),
            id="reordered",
        ),
        pytest.param(
            REMOVE.format(4),
            ChainFault(4, "is missing: the journal should hold 4 entries"),
            id="cut tail",
        ),
        pytest.param(
            REMOVE.format(4) + LOWERED_HEAD,
            ChainFault(3, "is not the recorded head of the journal"),
            id="cut tail and lowered head",
        ),
        pytest.param(
            "DELETE FROM journal", ChainFault(1, "is missing: the journal should hold 4 entries"), id="emptied"
        ),
    ],
)
def test_tampering_is_found(store: SqliteStore, tmp_path: Path, script: str, fault: ChainFault) -> None:
    tamper(tmp_path, script)
    assert first_fault(store.stored_entries(), store.head()) == fault


def test_a_body_that_somebody_took_away_is_missed(store: SqliteStore, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "incidents.db")) as connection, connection:
        connection.execute("DELETE FROM bodies WHERE sequence = 2")
    assert first_fault(store.stored_entries(), store.head()) == ChainFault(
        2, "its body is gone, and no entry says that it was erased"
    )
    assert [entry.body for entry in store.entries("INC-2026-0001")] == [{"n": 1}, None, {"n": 3}, {"n": 4}]


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE bodies SET body = '{' WHERE sequence = 3",
        "UPDATE bodies SET body = CAST(x'ff' AS TEXT) WHERE sequence = 3",
        "UPDATE journal SET header = json_set(header, '$.kind', 'unheard-of') WHERE sequence = 3",
    ],
)
def test_an_entry_that_cannot_be_read_is_named(store: SqliteStore, tmp_path: Path, script: str) -> None:
    tamper(tmp_path, script)
    with pytest.raises(Failure, match=r"^entry 3 of the journal cannot be read; run `incident verify`$"):
        store.entries("INC-2026-0001")


def test_nothing_is_appended_over_an_entry_beyond_the_head(store: SqliteStore, tmp_path: Path) -> None:
    tamper(tmp_path, COPY_OF_2.format(5))
    with pytest.raises(Failure, match=r"its journal does not end where its recorded head says; run `incident verify`$"):
        append_note(store)
    assert len(list(store.stored_entries())) == 5


def test_a_journal_without_its_head_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    tamper(tmp_path, "DELETE FROM head")
    with pytest.raises(Failure, match=r"the journal's recorded head is gone"):
        store.head()
    with pytest.raises(Failure, match=r"the journal's recorded head is gone"):
        append_note(store)


def append_note(store: SqliteStore) -> None:
    with store.write() as transaction:
        transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {}))
