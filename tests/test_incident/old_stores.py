"""Stores as earlier versions made them: their tables in the words of SQLite, and entries in them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from incident.store.recorder import Recorder
from models.journal import GENESIS, EntryKind, NewEntry

_MARKS = """
PRAGMA journal_mode = WAL;
PRAGMA application_id = 0x494E4349;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name" ON "_sqlite_migrations" ("migration_set", "name");
"""

_JOURNAL = """
CREATE TABLE "journal" (
   "sequence" INTEGER PRIMARY KEY,
   "header" TEXT NOT NULL,
   "header_digest" BLOB NOT NULL,
   "body_digest" BLOB NOT NULL,
   "hash" BLOB NOT NULL
) STRICT;
CREATE TABLE "bodies" (
   "sequence" INTEGER PRIMARY KEY REFERENCES "journal"("sequence"),
   "salt" BLOB NOT NULL,
   "body" TEXT NOT NULL
) STRICT;
CREATE TABLE "head" (
   "length" INTEGER NOT NULL,
   "hash" BLOB NOT NULL
) STRICT;
INSERT INTO head VALUES (0, zeroblob(32));
CREATE INDEX journal_by_incident ON journal (json_extract(header, '$.incident'));
CREATE INDEX journal_rules ON journal (sequence) WHERE json_extract(header, '$.kind') = 'rules';
CREATE INDEX journal_by_number ON journal (
            substr(json_extract(header, '$.incident'), 1, 9),
            CAST(substr(json_extract(header, '$.incident'), 10) AS INTEGER)
        );
CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END;
CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never deleted'); END;
CREATE TRIGGER bodies_refuse_update BEFORE UPDATE ON bodies
        BEGIN SELECT RAISE(ABORT, 'the body of an entry is never changed'); END;
INSERT INTO "_sqlite_migrations" VALUES (1, 'incident', 'm0001_journal', '2026-07-04 12:00:00.000000+00:00');
PRAGMA user_version = 1;
"""

FIRST_BOARD = """
CREATE TABLE "board" (
   "id" INTEGER PRIMARY KEY,
   "reference" TEXT NOT NULL,
   "external_ref" TEXT,
   "title" TEXT NOT NULL,
   "vendor" TEXT,
   "role" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "next_duty" TEXT,
   "next_due_at" TEXT,
   "next_due_soon_at" TEXT,
   "next_undated_state" TEXT,
   "next_parties" TEXT,
   "answered" INTEGER NOT NULL,
   "required" INTEGER NOT NULL,
   "risk" TEXT,
   "search_text" TEXT NOT NULL
, urgency TEXT GENERATED ALWAYS AS (
            CASE
                WHEN state = 'closed' THEN '4'
                WHEN next_due_at IS NOT NULL THEN '0 ' || next_due_at
                WHEN next_undated_state = 'open' THEN '1'
                WHEN next_undated_state = 'waiting' THEN '2'
                ELSE '3'
            END
        ) VIRTUAL) STRICT;
CREATE UNIQUE INDEX "idx_board_reference" ON "board" ("reference");
CREATE UNIQUE INDEX "idx_board_external_ref" ON "board" ("external_ref");
CREATE INDEX "board_by_urgency" ON "board" ("urgency", "reference");
CREATE VIRTUAL TABLE "board_fts" USING FTS5 (
    "search_text",
    tokenize='unicode61 remove_diacritics 2',
    content="board"
);
CREATE TRIGGER "board_ai" AFTER INSERT ON "board" BEGIN
  INSERT INTO "board_fts" (rowid, "search_text") VALUES (new.rowid, new."search_text");
END;
CREATE TRIGGER "board_ad" AFTER DELETE ON "board" BEGIN
  INSERT INTO "board_fts" ("board_fts", rowid, "search_text") VALUES('delete', old.rowid, old."search_text");
END;
CREATE TRIGGER "board_au" AFTER UPDATE ON "board" BEGIN
  INSERT INTO "board_fts" ("board_fts", rowid, "search_text") VALUES('delete', old.rowid, old."search_text");
  INSERT INTO "board_fts" (rowid, "search_text") VALUES (new.rowid, new."search_text");
END;
CREATE TABLE "meta" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL) STRICT;
INSERT INTO board (reference, title, role, state, answered, required, search_text)
VALUES ('INC-2026-0001', 'As an earlier version had it', 'controller', 'open', 0, 9, 'earlier');
INSERT INTO meta VALUES ('fingerprint', '1:of an earlier version');
INSERT OR IGNORE INTO "_sqlite_migrations"
VALUES (2, 'incident', 'm0002_board', '2026-07-04 12:00:00.000000+00:00');
PRAGMA user_version = 2;
"""
"""The board of version 2 as it was first made: with triggers for its index, and without `next_basis`."""

_WITH_BASIS = FIRST_BOARD.replace('   "next_parties" TEXT,\n', '   "next_basis" TEXT,\n   "next_parties" TEXT,\n')
_WITHOUT_TRIGGERS = (
    _WITH_BASIS[: _WITH_BASIS.index('CREATE TRIGGER "board_ai"')]
    + (_WITH_BASIS[_WITH_BASIS.index('CREATE TABLE "meta"') :])
)

OLD_STORES = {
    "version 1": _MARKS + _JOURNAL,
    "version 2 as first made": _MARKS + _JOURNAL + FIRST_BOARD,
    "version 2 with next_basis": _MARKS + _JOURNAL + _WITH_BASIS,
    "version 2 without triggers": _MARKS + _JOURNAL + _WITHOUT_TRIGGERS,
}
"""Every shape in which an earlier version left a store."""


def make_old_store(path: Path, tables: str, *, entries: int, text: str = "") -> None:
    """Make a store of an earlier version, with so many incidents opened, each saying a text."""
    recorder = Recorder("anna", None, lambda: datetime(2026, 7, 4, 12, tzinfo=UTC), lambda size: b"\x11" * size)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(tables)
        previous = GENESIS
        for sequence in range(1, entries + 1):
            new = NewEntry(f"INC-2026-{sequence:04}", EntryKind.OPENED, {"text": text})
            one = recorder.record(new, sequence=sequence, previous=previous)
            connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?)",
                (one.sequence, one.header.decode(), one.header_digest, one.body_digest, one.hash),
            )
            connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (sequence, one.salt, (one.body or b"").decode()))
            connection.execute("UPDATE head SET length = ?, hash = ?", (sequence, one.hash))
            previous = one.hash
