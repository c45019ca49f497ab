"""Carrying a record from a file to a server and back, its chain intact."""

from pathlib import Path

import pytest

from tests.test_incident.command_line import Outcome, incident
from tests.test_incident.postgres_server import address_for, member

NOW = "2026-10-25T12:00Z"
LETTER = b"Dear customer"


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a record in a file: two incidents, one with an attachment."""
    letter = tmp_path / "letter.txt"
    letter.write_bytes(LETTER)
    file = str(tmp_path / "incidents.db")
    for command in (
        ("open", "--title", "Recordings"),
        ("open", "--title", "Mailbox"),
        ("attach", "INC-2026-0001", str(letter)),
    ):
        outcome = incident(*command, "--store", file, "--now", NOW)
        assert (outcome.code, outcome.err) == (0, "")
    return file


def on(store: str, *command: str) -> Outcome:
    return incident(*command, "--store", store, "--now", NOW)


def test_to_a_server_and_back_and_on_from_there(file: str, tmp_path: Path) -> None:
    server, back = address_for(tmp_path).secret, str(tmp_path / "back.db")
    before = on(file, "verify", "--json").json
    moved = on(file, "move", "--to", server)
    assert moved.code == 0
    assert moved.out == f"{server} holds the record: {before['entries']} entries, head {before['head']}\n"
    assert "attachments are kept on this machine, not on the server" in moved.err
    assert f"{file}: record nothing more there: from now on, --store names the new one\n" in moved.err
    assert on(server, "verify", "--json").json == before
    assert on(server, "list", "--json").json == on(file, "list", "--json").json
    assert on(server, "show", "INC-2026-0001", "--json").json == on(file, "show", "INC-2026-0001", "--json").json
    assert on(server, "attachment", "INC-2026-0001", "letter.txt", "-o", str(tmp_path / "copy")).code == 0
    assert (tmp_path / "copy").read_bytes() == LETTER

    assert on(server, "note", "INC-2026-0002", "Called the vendor").code == 0
    assert on(server, "open", "--title", "Laptop").out == "INC-2026-0003\n"
    entries = on(server, "journal", "INC-2026-0002", "--json").json["entries"]
    assert [entry["role"] for entry in entries] == [None, "owner"]
    assert "(role owner)" in on(server, "journal", "INC-2026-0002").out

    after = on(server, "verify", "--json").json
    assert on(server, "move", "--to", back).code == 0
    assert on(back, "verify", "--json").json == after
    assert on(back, "list", "--json").json == on(server, "list", "--json").json
    assert on(back, "open", "--title", "Folder").out == "INC-2026-0004\n"


def test_nothing_is_mixed_with_another_record(file: str, tmp_path: Path) -> None:
    server = address_for(tmp_path).secret
    assert on(server, "open", "--title", "Another").code == 0
    before = on(server, "verify", "--json").json
    refused = on(file, "move", "--to", server)
    assert (refused.code, refused.out) == (1, "")
    assert "there is a record already, and none is ever mixed with another; name an empty store" in refused.err
    assert on(server, "verify", "--json").json == before
    assert "exists already" in on(server, "move", "--to", file).err


def test_only_the_owner_enters_what_others_have_recorded(file: str, tmp_path: Path) -> None:
    address_for(tmp_path)
    server = address_for(tmp_path).secret
    assert on(server, "list").code == 0
    assert on(str(tmp_path / "none.db"), "move", "--to", server).code == 1
    from tests.test_incident.store_examples import Clock, open_postgres

    open_postgres(tmp_path, Clock()).close()
    refused = on(file, "move", "--to", address_for(tmp_path, member(tmp_path, "anna")).secret)
    assert (refused.code, refused.out) == (1, "")
    assert "only the owner carries records over" in refused.err


def test_a_backup_of_a_server_is_a_store_in_a_file(file: str, tmp_path: Path) -> None:
    server, backup = address_for(tmp_path).secret, str(tmp_path / "backup.db")
    assert on(file, "move", "--to", server).code == 0
    assert on(server, "backup", backup).out == f"{backup}\n"
    assert on(backup, "verify", "--json").json == on(server, "verify", "--json").json
    assert "exists already" in on(server, "backup", backup).err


@pytest.mark.parametrize("command", [("doctor",), ("restore", "backup.db")])
def test_what_looks_after_a_file_says_so_of_a_server(command: tuple[str, ...]) -> None:
    outcome = on("postgresql://anna:secret@/x?host=/nowhere", *command)
    named = "postgresql://anna:***@/x?host=/nowhere"
    said = f"{named}: is on a server, and this is for a file; incident move carries a record to one"
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"incident: {said}\n")


def test_a_rehearsal_on_a_server_leaves_no_trace(tmp_path: Path) -> None:
    server, records = address_for(tmp_path).secret, tmp_path / "records.jsonl"
    records.write_text('{"title": "Recordings", "source": "soc", "ref": "1"}\n')
    assert on(server, "import", str(records)).code == 0
    before = on(server, "verify", "--json").json
    records.write_text('{"title": "Recordings", "source": "soc", "ref": "1"}\n{"title": "New"}\n')
    rehearsed = on(server, "import", "--dry-run", str(records))
    assert "would skip INC-2026-0001" in rehearsed.out
    assert "would open INC-2026-0002" in rehearsed.out
    assert on(server, "verify", "--json").json == before


def test_where_a_record_on_a_server_is(tmp_path: Path) -> None:
    server = address_for(tmp_path).secret
    masked = server.replace("owner@", "owner:***@")
    given = server.replace("owner@", "owner:secret@")
    for exists in (False, True):
        store = on(given, "where", "--json").json["store"]
        assert store == {"path": masked, "exists": exists}
        assert on(given, "open", "--title", "One").code == 0
    away = on("postgresql://anna:secret@/x?host=/nowhere", "where", "--json").json["store"]
    assert away == {"path": "postgresql://anna:***@/x?host=/nowhere", "exists": None}
