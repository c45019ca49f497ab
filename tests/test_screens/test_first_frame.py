"""What the way to the first frame must not import: it would be paid for before anything is seen."""

import subprocess
import sys
from pathlib import Path

NOT_YET = (
    "pydantic",
    "jinja2",
    "babel",
    "httpx",
    "tomlkit",
    "sqlite_utils",
    "dateutil",
    "holidays",
    "markdown_it",
    "incident.desk",
    "models.clocks",
    "playbooks.loader",
)

PROGRAM = """
import sys
import incident.cli.terminal, incident.store.sqlite, incident.staged, incident.unsaved, screens.run
assert "screens.board" in sys.modules
print(*[name for name in sys.argv[1:] if name in sys.modules])
"""


def test_only_what_paints_the_board_is_imported_before_it_is_painted() -> None:
    command = [sys.executable, "-c", PROGRAM, *NOT_YET]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert outcome.stdout.split() == []
