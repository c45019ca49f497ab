"""`incident doctor`: each kind of damage is found, told, and mended where it may be."""

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.test_incident.command_line import Outcome, incident

WELL = ["database", "tables", "journal", "board", "search-index", "attachments", "files", "space"]
ANEW = "incident doctor --repair makes the board and its search index anew from the journal"
RESTORE = "restore a backup: incident restore FILE"
CHANGED = f"somebody has changed the file: {RESTORE}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a store that holds two incidents, one with an attachment."""
    made = tmp_path / "data"
    monkeypatch.setenv("INCIDENT_STORE", str(made / "incidents.db"))
    monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
    evidence = tmp_path / "evidence.txt"
    evidence.write_text("seen on the portal")
    incident("open", "--title", "Recordings", "--aware", "2026-11-18T14:30Z")
    incident("open", "--title", "Another")
    incident("attach", "INC-2026-0001", str(evidence))
    return made


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "incidents.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def wrong(outcome: Outcome) -> list[tuple[str, str, str]]:
    """Return what is wrong, as check, what was found and remedy; exit code and standard error must say so too."""
    found = [
        (check["check"], check["found"], check["remedy"])
        for check in json.loads(outcome.out)["checks"]
        if not check["well"]
    ]
    assert json.loads(outcome.out)["well"] is not bool(found)
    names = ", ".join(dict.fromkeys(check for check, _, _ in found))
    assert (outcome.code, outcome.err) == ((1, f"incident: not all is well: {names}\n") if found else (0, ""))
    return found


def board() -> Any:
    return incident("list", "--json", "--now", "2026-11-19T12:00Z", "--search", "recordings").json


def test_all_is_well(folder: Path) -> None:
    outcome = incident("doctor")
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[:2] for line in lines] == [["well", check] for check in WELL]
    assert lines[2] == "well   journal        the chain of 4 entries holds"
    document = incident("doctor", "--json").json
    assert document["well"] is True
    assert document["repaired"] == []
    assert [check["check"] for check in document["checks"]] == WELL
    assert document["checks"][3] == {
        "check": "board",
        "well": True,
        "found": "every row is as the journal says",
        "remedy": None,
        "repairable": False,
    }
    assert folder.exists()


def test_without_a_record_there_is_nothing_to_find(tmp_path: Path) -> None:
    outcome = incident("doctor", "--store", str(tmp_path / "none" / "incidents.db"))
    assert (outcome.code, outcome.err) == (0, "")
    assert "no record is kept there yet" in outcome.out
    assert not (tmp_path / "none").exists()


FORGET = """
    INSERT INTO board_fts (board_fts, rowid, search_text)
    SELECT 'delete', id, search_text FROM board WHERE reference = 'INC-2026-0001'"""
FORGED = """
    INSERT INTO board (reference, title, role, state, answered, required, search_text)
    VALUES ('INC-2026-0009', 'Forged', 'controller', 'closed', 0, 9, '')"""

PROJECTIONS = {
    "a row changed": (
        ["UPDATE board SET required = 1 WHERE reference = 'INC-2026-0002'"],
        [("board", "not as the journal says: INC-2026-0002", ANEW)],
    ),
    "a deadline changed": (
        ["UPDATE board SET next_due_at = '2030-01-01T00:00:00Z' WHERE reference = 'INC-2026-0001'"],
        [("board", "not as the journal says: INC-2026-0001", ANEW)],
    ),
    "a row removed": (
        [
            FORGET,
            "DELETE FROM board WHERE reference = 'INC-2026-0001'",
        ],
        [("board", "not as the journal says: INC-2026-0001", ANEW)],
    ),
    "a row put in": (
        [
            FORGED,
            "INSERT INTO board_fts (rowid, search_text) SELECT id, '' FROM board WHERE reference = 'INC-2026-0009'",
        ],
        [("board", "not as the journal says: INC-2026-0009", ANEW)],
    ),
    "a word taken out of the index": (
        [
            FORGET,
        ],
        [("search-index", "not as the board says", ANEW)],
    ),
    "an index removed": (
        ["DROP INDEX board_by_urgency"],
        [("tables", "index board_by_urgency is missing", ANEW)],
    ),
    "a column added": (
        ["ALTER TABLE meta ADD COLUMN more TEXT"],
        [("tables", "table meta was changed", ANEW)],
    ),
    "a trigger put in": (
        ["CREATE TRIGGER hides AFTER INSERT ON board BEGIN DELETE FROM board WHERE id = new.id; END"],
        [("tables", "trigger hides is not ours", ANEW)],
    ),
    "the board removed": (
        ["DROP TABLE board"],
        [
            ("tables", "index board_by_urgency is missing", ANEW),
            ("tables", "index idx_board_external_ref is missing", ANEW),
            ("tables", "index idx_board_reference is missing", ANEW),
            ("tables", "table board is missing", ANEW),
        ],
    ),
}


@pytest.mark.parametrize("damage", PROJECTIONS)
def test_a_projection_is_mended_from_the_journal(folder: Path, damage: str) -> None:
    statements, expected = PROJECTIONS[damage]
    before, verified = board(), incident("verify", "--json").json
    change(folder, *statements)
    assert wrong(incident("doctor", "--json")) == expected
    assert wrong(incident("doctor", "--json")) == expected, "looking mends nothing"
    repaired = incident("doctor", "--repair", "--json")
    assert wrong(repaired) == []
    assert [(one["check"], one["found"], one["remedy"]) for one in repaired.json["repaired"]] == expected
    assert wrong(incident("doctor", "--json")) == []
    assert board() == before
    assert incident("verify", "--json").json == verified, "nothing is recorded"


JOURNAL = {
    "a body changed": (
        ["DROP TRIGGER bodies_refuse_update", "UPDATE bodies SET body = '{}' WHERE sequence = 2"],
        [
            ("tables", "trigger bodies_refuse_update is missing", CHANGED),
            (
                "journal",
                "the chain does not hold: entry 2 its body was changed",
                f"find out who could write it, then {RESTORE}",
            ),
        ],
    ),
    "a body without its entry": (
        ["PRAGMA foreign_keys = OFF", "INSERT INTO bodies VALUES (99, x'00', '{}')"],
        [("database", "bodies row 99 belongs to no journal", RESTORE)],
    ),
    "an index removed": (
        ["DROP INDEX journal_rules"],
        [("tables", "index journal_rules is missing", CHANGED)],
    ),
    "the journal removed": (
        ["PRAGMA foreign_keys = OFF", "DROP TRIGGER journal_refuses_delete", "DROP TABLE journal"],
        None,
    ),
}


@pytest.mark.parametrize("damage", JOURNAL)
def test_the_journal_is_never_mended(folder: Path, damage: str) -> None:
    statements, expected = JOURNAL[damage]
    change(folder, *statements, "UPDATE board SET title = 'Forged too'")
    found = wrong(incident("doctor", "--json"))
    assert found == expected or (expected is None and ("tables", "table journal is missing", CHANGED) in found)
    repaired = incident("doctor", "--repair", "--json")
    assert wrong(repaired) == found
    with closing(sqlite3.connect(folder / "incidents.db")) as connection:
        assert connection.execute("SELECT DISTINCT title FROM board").fetchall() == [("Forged too",)]


def test_a_board_of_other_rules_is_made_anew_by_the_next_command_anyway(folder: Path) -> None:
    change(folder, "UPDATE meta SET value = '2:other'")
    document = incident("doctor", "--json").json
    assert document["checks"][3]["found"].startswith("the next command makes it anew")
    assert folder.exists()


def test_a_damaged_file_is_one_line(folder: Path) -> None:
    path = folder / "incidents.db"
    path.write_bytes(b"\xff" * 9000)
    said = f"{path}: it is no SQLite database, so no store of this program; name another file"
    assert wrong(incident("doctor", "--json")) == [("database", said, "put that right, then look again")]


def test_an_attachment_changed_missing_or_unknown(folder: Path) -> None:
    (kept,) = (folder / "incidents.db.attachments").glob("*/*")
    kept.write_text("forged")
    stray = kept.with_name("stray")
    stray.write_text("?")
    assert wrong(incident("doctor", "--json")) == [
        ("attachments", f"{kept}: changed, and INC-2026-0001 names it", RESTORE),
        ("attachments", f"{stray}: no incident names it", "look what it is, and delete it"),
    ]
    stray.unlink()
    kept.unlink()
    assert wrong(incident("doctor", "--json")) == [
        ("attachments", f"{kept}: missing, and INC-2026-0001 names it", RESTORE),
    ]


TAKES = "incident doctor --repair takes that from them"


@pytest.mark.parametrize(
    ("place", "mode", "said", "after"),
    [
        ("incidents.db", 0o644, "{}: others can read it (0644)", 0o600),
        ("incidents.db", 0o620, "{}: others can change it (0620)", 0o600),
        ("incidents.db.version-2", 0o640, "{}: others can read it (0640)", 0o600),
        ("incidents.db.attachments", 0o755, "{}: others can read it (0755)", 0o700),
        ("incidents.db.unsaved", 0o755, "{}: others can read it (0755)", 0o700),
        ("drafts", 0o775, "{}: others can change it (0775)", 0o700),
        ("settings.toml", 0o644, "{}: others can read it (0644)", 0o600),
        ("playbooks", 0o777, "{}: others can change what clocks are reckoned by", 0o755),
    ],
)
def test_what_is_open_to_others_is_closed(folder: Path, place: str, mode: int, said: str, after: int) -> None:
    path = (folder.parent if place in {"settings.toml", "playbooks"} else folder) / place
    if path.suffix in {".toml", ".version-2"}:
        path.touch()
    elif not path.exists():
        path.mkdir()
    path.chmod(mode)
    assert wrong(incident("doctor", "--json")) == [("files", said.format(path), TAKES)]
    repaired = incident("doctor", "--repair", "--json")
    assert wrong(repaired) == []
    assert [one["found"] for one in repaired.json["repaired"]] == [said.format(path)]
    assert stat.S_IMODE(path.stat().st_mode) == after


def test_a_folder_that_a_person_chose_is_theirs_to_close(folder: Path) -> None:
    folder.chmod(0o755)
    assert wrong(incident("doctor", "--json")) == []
    folder.chmod(0o777)
    said = f"{folder}: others can put other files in the record's place (0777)"
    remedy = f"take that from them: chmod go-w {folder}; or keep it elsewhere"
    assert wrong(incident("doctor", "--repair", "--json")) == [("files", said, remedy)]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


def test_our_own_folder_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours = tmp_path / "breach-incident-tracker"
    monkeypatch.setenv("INCIDENT_STORE", str(ours / "incidents.db"))
    incident("open", "--title", "Recordings")
    ours.chmod(0o755)
    assert wrong(incident("doctor", "--json")) == [("files", f"{ours}: others can read it (0755)", TAKES)]
    incident("doctor", "--repair")
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700


def test_a_link_in_place_of_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "drafts").symlink_to(tmp_path / "elsewhere")
    said = f"{folder / 'drafts'}: is a symbolic link"
    assert wrong(incident("doctor", "--repair", "--json")) == [("files", said, "put there what it leads to")]


def test_a_folder_of_another_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(folder, 65534, -1)  # what belongs to the superuser is trusted
    else:
        monkeypatch.setattr("os.geteuid", lambda: 4711)
    (found,) = wrong(incident("doctor", "--json"))
    assert found == (
        "files",
        f"{folder}: belongs to another user, who can put other files in the record's place",
        "keep the record in a folder of your own",
    )


def test_too_little_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=99_000_000))
    assert wrong(incident("doctor", "--json")) == [
        ("space", "99 MB are free on the record's disk", "free some: 100 MB leave room to write and for a copy")
    ]
    assert folder.exists()


def test_a_hostile_title_does_nothing_to_the_terminal(folder: Path) -> None:
    change(folder, 'CREATE TRIGGER "\x1b[31mred" AFTER INSERT ON board BEGIN SELECT 1; END')
    assert "\x1b" not in incident("doctor").out
