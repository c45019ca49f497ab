"""What only a process shows: what is imported, from where, and what becomes of its streams."""

import json
import os
import sys
from pathlib import Path
from subprocess import PIPE, CompletedProcess, run
from typing import IO

import pytest

from incident import VERSION

ROOT = Path(__file__).parents[2]
NOW = ("--now", "2026-10-25T12:00Z")

NOT_NEEDED_TO_READ = {
    "babel", "dateutil", "docx", "holidays", "httpx", "jinja2", "jmespath", "markdown_it", "openpyxl", "psycopg",
    "pypdf",
    "screens", "sqlite_utils", "textual", "tomlkit", "typst",
}  # fmt: skip
"""What costs time to import, and what neither help nor board use."""

REPORTING_IMPORTS = f"""\
import sys
sys.argv[0] = "incident"
from incident.__main__ import main
try:
    main()
finally:
    print(*sorted({NOT_NEEDED_TO_READ!r} & sys.modules.keys()), file=sys.stderr)
"""


def python(
    *arguments: str | bytes, folder: Path = ROOT, stdout: int | IO[bytes] = PIPE, **environment: str
) -> CompletedProcess[bytes]:
    """Run Python in a folder, with our packages in reach."""
    return run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=stdout,
        stderr=PIPE,
        check=False,
        timeout=60,
    )


@pytest.fixture
def opened() -> None:
    outcome = python("-m", "incident", "open", "--title", "Recordings", *NOW)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, b"INC-2026-0001\n", b"")


def test_a_hostile_module_in_the_current_folder_is_not_ours(tmp_path: Path) -> None:
    for name in ("models.py", "playbooks.py", "screens.py", "click.py", "sqlite_utils.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')\n")
    outcome = python("-m", "incident", "open", "--title", "Recordings", *NOW, folder=tmp_path)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, b"INC-2026-0001\n", b"")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("command", "first_line"),
    [
        (["--help"], b"Usage: incident [OPTIONS] [COMMAND] [ARGS]..."),
        (["list"], b"? waiting                INC-2026-0001  Recordings"),
        ([], b"? waiting                INC-2026-0001  Recordings"),
        (["list", "--json"], b"{"),
    ],
)
def test_help_and_board_import_nothing_they_do_not_use(command: list[str], first_line: bytes) -> None:
    outcome = python("-c", REPORTING_IMPORTS, *command)
    assert (outcome.returncode, outcome.stderr) == (0, b"\n")
    assert outcome.stdout.splitlines()[0] == first_line


def test_clocks_in_hours_need_neither_holidays_nor_month_ends() -> None:
    dated = ("--vendor", "kavkom", "--vendor-aware", "2026-10-23T15:30+02:00", "--aware", "2026-10-24T09:00+02:00")
    python("-m", "incident", "open", "--title", "Recordings", *dated, *NOW)
    outcome = python("-c", REPORTING_IMPORTS, "clocks", "--json", *NOW)
    due = [clock["due_at"] for clock in json.loads(outcome.stdout)["incidents"][0]["clocks"]]
    assert due == ["2026-10-25T13:30:00Z", "2026-10-27T07:00:00Z", None, None, None]
    assert not {b"holidays", b"dateutil"} & set(outcome.stderr.split())


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("command", [("list",), ("show", "INC-2026-0001"), ("schema",)], ids=" ".join)
def test_a_reader_that_goes_away_gets_no_traceback(command: tuple[str, ...]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        outcome = python("-m", "incident", *command, stdout=write_end)
    finally:
        os.close(write_end)
    assert (outcome.returncode, outcome.stderr) == (1, b"")


@pytest.mark.usefixtures("opened")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_that_takes_no_more_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = python("-m", "incident", "list", stdout=full)
    assert (outcome.returncode, outcome.stderr) == (1, b"incident: No space left on device\n")


def test_what_the_output_cannot_encode_is_shown_as_an_escape() -> None:
    python("-m", "incident", "open", "--title", "Déjà vu ✖", "personal_data=false", *NOW)
    outcome = python("-m", "incident", "list", PYTHONIOENCODING="latin-1")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    first = outcome.stdout.decode("latin-1").splitlines()[0]
    assert first == r"\u2714 nothing owed           INC-2026-0001  Déjà vu \u2716"


@pytest.mark.usefixtures("opened")
def test_an_argument_that_is_no_text_is_kept_and_shown_as_an_escape() -> None:
    outcome = python(b"-m", b"incident", b"note", b"INC-2026-0001", b"caf\xe9")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    text = python("-m", "incident", "show", "INC-2026-0001")
    assert (text.returncode, text.stderr) == (0, b"")
    assert rb": caf\udce9 (" in text.stdout
    document = json.loads(python("-m", "incident", "show", "INC-2026-0001", "--json").stdout)
    assert document["notes"][0]["text"] == "caf\udce9"


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Good"}\n{}\n')
    commands: tuple[tuple[str, ...], ...] = (
        ("list",),
        ("show", "INC-2026-0001"),
        ("lst",),
        ("import", "a.jsonl"),
    )
    codes = [python("-m", "incident", *command, folder=tmp_path).returncode for command in commands]
    assert codes == [0, 1, 2, 3]


def test_version() -> None:
    outcome = python("-m", "incident", "--version")
    assert (outcome.returncode, outcome.stdout) == (0, f"incident, version {VERSION}\n".encode())
