"""A folder as a source: which files are taken, what is passed over, and each file with its own lines."""

import gzip
from pathlib import Path

import pytest

from incident.errors import BadInput, Failure
from incident.intake.folders import files_in
from incident.intake.sources import single_sources
from tests.test_incident.command_line import incident, refused

OURS = b'{"title": "%s"}\n'


@pytest.fixture(autouse=True)
def exports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder as an export leaves it, with what else gathers in one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-22T12:00Z")
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    folder = Path("exports")
    (folder / "older").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden.jsonl").write_bytes(b"{")
    (folder / "b.csv").write_bytes(b"title\nFrom CSV\n")
    (folder / "a.JSONL").write_bytes(OURS % b"First")
    (folder / "c.json.gz").write_bytes(gzip.compress(OURS % b"Packed"))
    (folder / "d.gz").write_bytes(gzip.compress(OURS % b"Packed, no form named"))
    (folder / "notes.txt").write_bytes(b"{")
    (folder / "z.csv").symlink_to(folder.resolve() / "b.csv")
    (folder / "z.json").mkdir()
    return folder


SKIPPED = [
    "exports/notes.txt: skipped: is in no form that is known; name the file itself if it is",
    "exports/older: skipped: is a folder in a folder; name it as well",
    "exports/z.csv: skipped: is a link, and links in a folder are not followed",
    "exports/z.json: skipped: is a folder in a folder; name it as well",
]


def test_the_files_of_known_form_are_taken_in_order_and_the_others_are_named() -> None:
    said: list[str] = []
    taken = single_sources(["-", "exports", "https://soc.example/feed", "exports/notes.txt"], said.append)
    files = ["exports/a.JSONL", "exports/b.csv", "exports/c.json.gz", "exports/d.gz"]
    assert taken == ["-", *files, "https://soc.example/feed", "exports/notes.txt"]
    assert said == SKIPPED


def test_all_of_them_are_imported() -> None:
    outcome = incident("import", "exports")
    assert (outcome.code, outcome.out) == (0, "4 opened, 0 changed, 0 unchanged, 0 rejected\n")
    assert outcome.err.splitlines() == [f"incident: {line}" for line in SKIPPED]


def test_each_file_has_its_own_lines_and_faults(exports: Path) -> None:
    for name in ("older", "z.json"):
        (exports / name).rmdir()
    for name in ("notes.txt", "z.csv", "a.JSONL", "c.json.gz", "d.gz"):
        (exports / name).unlink()
    (exports / "b.csv").write_bytes(b"title,role\nGood,\nBad,boss\n")
    (exports / "c.jsonl").write_bytes(b'{"title": "Good"}\n{"title": 1}\n')
    outcome = incident("import", "exports")
    assert (outcome.code, outcome.out) == (3, "2 opened, 0 changed, 0 unchanged, 2 rejected\n")
    first, second = outcome.err.splitlines()
    assert first.startswith("incident: exports/b.csv: line 3: role: ")
    assert second.startswith("incident: exports/c.jsonl: line 2: title: ")


def test_it_is_explained_as_its_files_are() -> None:
    lines = incident("import", "exports/", "--explain").out.splitlines()
    assert lines[:2] == [
        "exports/a.JSONL: line 1: is our own record: there is nothing to map",
        "exports/b.csv: line 2: is our own record: there is nothing to map",
    ]


def test_one_that_holds_nothing_to_import_is_bad_input_and_leaves_no_store() -> None:
    said = "exports/older: holds no file to import; those taken end in .json, .jsonl, .ndjson, .csv, .xlsx, .gz"
    refused(incident("import", "exports/older", "--store", "new.db"), 2, said)
    assert not Path("new.db").exists()
    Path("exports/older/\x1b.txt").touch()
    with pytest.raises(BadInput, match="holds no file to import"):
        files_in(Path("exports/older"))


def test_one_that_cannot_be_listed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Failure, match=r"^exports: cannot be listed: Permission denied$"):
        files_in(Path("exports"))
