"""What the server itself refuses, whoever asks for it: a stolen client cannot rewrite the journal."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from incident.errors import Failure
from incident.store.protocol import Store
from models.journal import EntryKind, NewEntry, StoredEntry, body_digest, chained, first_fault, header_digest
from tests.test_incident.postgres_server import connected, member
from tests.test_incident.store_examples import Clock, open_postgres, record_one

pytestmark = pytest.mark.usefixtures("store")
APPEND = "INSERT INTO incident.journal (sequence, header, header_digest, body_digest, hash) VALUES (%s, %s, %s, %s, %s)"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a record of one entry, set up by its owner."""
    with closing(open_postgres(tmp_path, Clock())) as fresh:
        record_one(fresh)
        yield fresh


REFUSED = "permission denied"
ZOE = 'Zoé "Z"'


@pytest.mark.parametrize(
    ("statement", "to_a_member", "to_its_owner"),
    [
        ("UPDATE incident.journal SET header = header", REFUSED, "an entry of the journal is never changed"),
        ("DELETE FROM incident.journal", REFUSED, "an entry of the journal is never deleted"),
        ("TRUNCATE incident.journal, incident.bodies", REFUSED, "an entry of the journal is never deleted"),
        ("UPDATE incident.bodies SET body = body", REFUSED, "the body of an entry is never changed"),
        ("TRUNCATE incident.bodies", REFUSED, "the body of an entry is never changed"),
        ("DELETE FROM incident.bodies", REFUSED, None),
        ("UPDATE incident.head SET length = 0", REFUSED, None),
        ("UPDATE incident.form SET version = 9", REFUSED, None),
        ("DROP TRIGGER journal_follows ON incident.journal", "must be owner", None),
        ("SET session_replication_role = replica", REFUSED, None),
        ("CREATE TABLE incident.other ()", REFUSED, None),
    ],
)
def test_what_was_recorded_refuses_a_change(
    tmp_path: Path, store: Store, statement: str, to_a_member: str, to_its_owner: str | None
) -> None:
    import psycopg

    before = list(store.stored_entries())
    with (
        connected(tmp_path, member(tmp_path, "anna")) as anna,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match=to_a_member),
    ):
        anna.execute(statement)
    if to_its_owner is not None:
        with connected(tmp_path) as owner, pytest.raises(psycopg.IntegrityError, match=to_its_owner):
            owner.execute(statement)
    assert list(store.stored_entries()) == before


def forged(store: Store, **changes: Any) -> StoredEntry:
    """Return an entry that a client might forge for role anna, right but for what is changed."""
    length, last = store.head()
    header = changes.get("header", b'{"actor":"x","incident":"INC-2026-0001","kind":"noted","role":"anna"}')
    digests = header_digest(header), body_digest(b"salt", b"{}")
    right = StoredEntry(
        length + 1, header, digests[0], b"salt", b"{}", digests[1], chained(changes.pop("previous", last), *digests)
    )
    return right._replace(**changes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sequence": 3}, "entry 3 does not follow"),
        ({"sequence": 1}, "duplicate key"),
        ({"sequence": 0}, "entry 0 does not follow"),
        ({"previous": bytes(32)}, "entry 2 does not follow"),
        ({"hash": bytes(32)}, "entry 2 does not follow"),
        ({"header_digest": bytes(32)}, "entry 2 does not follow"),
        ({"body_digest": bytes(32)}, "entry 2 does not follow"),
        ({"header": b'{"actor":"x","role":"owner"}'}, "names another role"),
        ({"header": b'{"actor":"\\"role\\":\\"anna\\""}'}, "names another role"),
    ],
)
def test_an_entry_that_does_not_follow_is_refused(
    tmp_path: Path, store: Store, changes: dict[str, Any], reason: str
) -> None:
    import psycopg

    one = forged(store, **changes)
    with connected(tmp_path, member(tmp_path, "anna")) as anna, pytest.raises(psycopg.IntegrityError, match=reason):
        anna.execute(APPEND, [one.sequence, one.header.decode(), one.header_digest, one.body_digest, one.hash])
    assert store.head()[0] == 1


def test_the_head_follows_an_entry_whoever_wrote_it_and_a_body_has_to_be_its_own(tmp_path: Path, store: Store) -> None:
    import psycopg

    one = forged(store)
    with connected(tmp_path, member(tmp_path, "anna")) as anna:
        anna.execute(APPEND, [one.sequence, one.header.decode(), one.header_digest, one.body_digest, one.hash])
        with pytest.raises(psycopg.IntegrityError, match="a body is not that of its entry"):
            anna.execute("INSERT INTO incident.bodies VALUES (2, %s, %s)", [one.salt, '{"a":1}'])
        anna.execute("INSERT INTO incident.bodies VALUES (2, %s, %s)", [one.salt, "{}"])
    assert store.head() == (2, one.hash)
    assert first_fault(store.stored_entries(), store.head()) is None


def test_a_member_records_and_reads_as_the_owner_does_and_is_named_beside_the_actor(tmp_path: Path) -> None:
    with closing(open_postgres(tmp_path, Clock(), member(tmp_path, ZOE))) as store:
        with store.write() as transaction:
            transaction.append(NewEntry("INC-2026-0001", EntryKind.NOTED, {"n": 2}))
            assert transaction.erase_bodies("INC-2026-0001") == [1, 2]
            transaction.append(NewEntry("INC-2026-0001", EntryKind.ERASED, {"entries": [1, 2]}))
            transaction.replace_board([], "rules")
        entries = store.entries("INC-2026-0001")
        assert [(entry.actor, entry.role, entry.body is None) for entry in entries] == [
            ("anna", "owner", True),
            ("anna", ZOE, True),
            ("anna", ZOE, False),
        ]
        assert first_fault(store.stored_entries(), store.head()) is None


def test_a_role_that_is_no_member_is_told_what_it_lacks(tmp_path: Path) -> None:
    with connected(tmp_path) as owner:
        owner.execute("DROP ROLE IF EXISTS stranger")
        owner.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(Failure, match="this role may not do that; have its owner run: GRANT incident_app TO "):
        open_postgres(tmp_path, Clock(), "stranger")
