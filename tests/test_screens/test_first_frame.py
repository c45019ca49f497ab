"""The way to the first frame: what it must not import, and what it must not wait for."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import RenderableType
from textual.screen import Screen

from incident.desk import Desk
from incident.store.protocol import Store
from incident.store.sqlite import SqliteStore
from screens.app import IncidentApp
from screens.desk_thread import DeskThread
from screens.surroundings import Warn
from tests.test_screens.conftest import Terminal

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
    "textual.widgets._text_area",
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


def test_the_list_is_painted_before_anything_is_counted_or_reckoned(
    rich: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    display, counts = IncidentApp._display, SqliteStore.counts

    def displayed(app: IncidentApp, screen: Screen[object], update: RenderableType | None) -> None:
        if update is not None and not app._batch_count:  # what is painted in a batch, Textual throws away
            happened.append("painted" if "Mailbox token" in rich.text else "blank")
        display(app, screen, update)

    def counted(store: SqliteStore, now: datetime, states: Sequence[str]) -> dict[str, int]:
        happened.append("counted")
        return counts(store, now, states)

    given = rich.app.surroundings

    def reckoned(store: Store, warn: Warn) -> Desk:
        happened.append("reckoned")
        return given.desk_on(store, warn)

    monkeypatch.setattr(IncidentApp, "_display", displayed)
    monkeypatch.setattr(SqliteStore, "counts", counted)
    rich.app.desk = DeskThread(replace(given, desk_on=reckoned), pytest.fail)

    async def responder(terminal: Terminal) -> None:
        assert happened[0] == "painted"
        assert {"counted", "reckoned"} <= set(happened)
        assert "2 overdue · 2 due soon" in terminal.text

    rich.run(responder)
