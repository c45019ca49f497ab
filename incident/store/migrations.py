"""The store's tables, as numbered migrations.

The only module that needs sqlite-utils; it is imported when a file has a migration to reach, and not before.
`transform()` and `add_foreign_key()` drop the triggers of their table: a migration that uses one of them
creates the triggers again.

What the journal's tables are is never changed but by a migration of its own; what is a projection is made anew.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from incident.store.board_terms import URGENCY
from incident.store.schema import APPLICATION_ID, VERSION
from models.journal import GENESIS

migrations = Migrations("incident")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to this program's version, within the caller's transaction; again does nothing."""
    migrations.apply(Database(connection, execute_plugins=False, strict=True))
    connection.execute(f"PRAGMA user_version = {VERSION}")


@migrations()
def m0001_journal(db: Database) -> None:
    """Create the journal, the bodies of its entries, and its head.

    What the journal is searched by lies in its headers, so it is found by indexes on expressions.
    """
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.table("journal").create(
        {"sequence": int, "header": str, "header_digest": bytes, "body_digest": bytes, "hash": bytes},
        pk="sequence",
        not_null={"header", "header_digest", "body_digest", "hash"},
    )
    db.table("bodies").create(
        {"sequence": int, "salt": bytes, "body": str},
        pk="sequence",
        not_null={"salt", "body"},
        foreign_keys=[("sequence", "journal", "sequence")],
    )
    db.table("head").create({"length": int, "hash": bytes}, not_null={"length", "hash"})
    db.table("head").insert({"length": 0, "hash": GENESIS})

    db.execute("CREATE INDEX journal_by_incident ON journal (json_extract(header, '$.incident'))")
    db.execute("CREATE INDEX journal_rules ON journal (sequence) WHERE json_extract(header, '$.kind') = 'rules'")
    # `INC-2026-` and the number after it: the highest of a year is looked up, not searched for.
    db.execute("""
        CREATE INDEX journal_by_number ON journal (
            substr(json_extract(header, '$.incident'), 1, 9),
            CAST(substr(json_extract(header, '$.incident'), 10) AS INTEGER)
        )""")

    db.execute("""
        CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END""")
    db.execute("""
        CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never deleted'); END""")
    db.execute("""
        CREATE TRIGGER bodies_refuse_update BEFORE UPDATE ON bodies
        BEGIN SELECT RAISE(ABORT, 'the body of an entry is never changed'); END""")


@migrations()
def m0002_board(_db: Database) -> None:
    """Once made the projections, in shapes that have changed since; now `m0003_projections` makes them."""


@migrations()
def m0003_projections(db: Database) -> None:
    """Make the projections anew: earlier boards had triggers for the search index, or no column `next_basis`."""
    renew_projections(db)


def renew_projections(db: Database) -> None:
    """Drop the board, its search index and the note of the rules under which it was made, and make them empty.

    All three are projections: without that note, whoever reads the board next has it made again from the journal.
    Where their shape changes here, a new migration that calls this brings every older store to it.
    """
    for table in ("board_fts", "board", "meta"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    required = ("reference", "title", "role", "state", "answered", "required", "search_text")
    db.table("board").create(
        {
            "id": int,
            "reference": str,
            "external_ref": str,
            "title": str,
            "vendor": str,
            "role": str,
            "state": str,
            "next_duty": str,
            "next_due_at": str,
            "next_due_soon_at": str,
            "next_undated_state": str,
            "next_basis": str,
            "next_parties": str,
            "answered": int,
            "required": int,
            "risk": str,
            "search_text": str,
        },
        pk="id",
        not_null=required,
    )
    db.table("board").create_index(["reference"], unique=True)
    db.table("board").create_index(["external_ref"], unique=True)
    db.execute(f"ALTER TABLE board ADD COLUMN urgency TEXT GENERATED ALWAYS AS ({URGENCY}) VIRTUAL")
    db.table("board").create_index(["urgency", "reference"], "board_by_urgency")
    # No triggers: they would have the index flushed for every row. Whoever writes the board writes its index.
    db.table("board").enable_fts(["search_text"], tokenize="unicode61 remove_diacritics 2")

    db.table("meta").create({"key": str, "value": str}, pk="key", not_null={"key", "value"})
