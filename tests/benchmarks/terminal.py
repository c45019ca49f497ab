"""How fast the terminal interface is, as ratios to a yardstick measured in the same run: `make benchmarks`.

Nothing here passes or fails: machines differ, ratios tell. The terminals are pseudo-terminals of 120 by 40.
"""

import asyncio
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from incident.bring_into_force import bring_into_force
from incident.cli.session import Session
from incident.cli.terminal import record_surroundings
from incident.places import Places
from incident.staged import staged
from incident.store.opening import open_store
from incident.store.protocol import BoardRow
from screens.app import IncidentApp
from screens.board import BoardScreen

ROOT = Path(__file__).resolve().parents[2]
MANY, FEW = 100_000, 100
RUNS, KEYS, TICKS = 7, 90, 50
NOW = datetime.now(UTC)

BARE = """
from textual.app import App
from textual.widgets import Footer, Header
class Bare(App):
    TITLE = "bare"
    def compose(self):
        yield Header()
        yield Footer()
Bare().run()
"""
"""The yardstick of a start: an app that shows nothing but its name and its keys."""


def main() -> None:
    """Measure everything and print one line each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many, few = places(folder / "many"), places(folder / "few")
        fill(many, MANY)
        fill(few, FEW)
        measure_start(folder, many)
        asyncio.run(measure_keys(many, few))


def places(folder: Path) -> Places:
    """Return where a record of its own lies."""
    folder.mkdir()
    return Places(folder / "a.db", folder / "settings.toml", folder / "playbooks", folder / "drafts")


def fill(here: Places, count: int) -> None:
    """Make a store with so many rows on its board, without a journal behind them."""
    store = open_store(here.store, actor="bench", stated_now=None)
    bring_into_force(store, staged(here.settings, here.playbooks))
    with store.write() as transaction:
        for number in range(1, count + 1):
            transaction.put_row(row(number))
    store.close()


def row(number: int) -> BoardRow:
    """Return one row; deadlines are days apart, so that no state changes while it is measured."""
    due = NOW + timedelta(hours=12, minutes=number)
    reference, title = f"INC-2026-{number:06}", f"Incident {number}"
    return BoardRow(
        reference=reference,
        external_ref=None,
        title=title,
        vendor="kavkom",
        role="controller",
        state="open",
        next_duty="gdpr-33-1",
        next_due_at=due,
        next_due_soon_at=due - timedelta(hours=4),
        next_undated_state=None,
        next_basis="law",
        next_parties="we → CNIL",
        answered=3,
        required=9,
        risk=None,
        search_text=f"{reference}\n{title}",
    )


def measure_start(folder: Path, many: Places) -> None:
    """Start the program cold until its board is painted, against a bare app, in turn."""
    ours = [sys.executable, "-m", "incident", "--store", str(many.store)]
    bare = [sys.executable, "-c", BARE]
    starts = [(painted(ours, b"Incident 12", folder), painted(bare, b"bare", folder)) for _ in range(RUNS)]
    board, yardstick = (min(one) for one in zip(*starts, strict=True))
    say(f"start to the board of {MANY:,}", board, "a bare Textual app", yardstick)


def painted(command: list[str], sentinel: bytes, folder: Path) -> float:
    """Return how many seconds it takes until the sentinel is painted."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    ours = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={"PATH": os.environ["PATH"], **ours}, cwd=folder
    )
    output = b""
    while sentinel not in output:
        if not select.select([master], [], [], 30)[0]:
            raise SystemExit(f"{sentinel!r} was never painted: {output[-500:]!r}")
        output += os.read(master, 65536)
    took = time.perf_counter() - began
    process.kill()
    process.wait()
    os.close(master)
    os.close(slave)
    return took


async def measure_keys(many: Places, few: Places) -> None:
    """Press keys until what they do is painted, on both boards in turn; then let the clock tick."""
    large, small = terminal(many), terminal(few)
    async with large.run_test(size=(120, 40)) as one, small.run_test(size=(120, 40)) as other:
        for pilot in (one, other):
            await pilot.pause()
        slow, fast = list[float](), list[float]()
        for _ in range(KEYS):
            for app, times in ((large, slow), (small, fast)):
                times.append(key_to_paint(app))
        median = KEYS // 2
        say(f"key to paint among {MANY:,}", sorted(slow)[median], f"among {FEW}", sorted(fast)[median])
        spent = time.process_time()
        for _ in range(TICKS):
            tick(large)
        print(f"a tick of {MANY:,}: {(time.process_time() - spent) / TICKS * 1000:.1f} ms of the processor")


def terminal(here: Places) -> IncidentApp:
    """Return the app on a store."""
    return IncidentApp(record_surroundings(Session(here, "bench", None, ZoneInfo("Europe/Paris"))))


def key_to_paint(app: IncidentApp) -> float:
    """Return how many seconds a step down takes until its lines are drawn."""
    began = time.perf_counter()
    board_of(app).incidents.action_move(1)
    draw(app)
    return time.perf_counter() - began


def tick(app: IncidentApp) -> None:
    """Let a second pass, and draw what it changes."""
    board_of(app).tick()
    draw(app)


def draw(app: IncidentApp) -> None:
    """Draw the screen as the compositor does."""
    app.screen._compositor.render_strips()


def board_of(app: IncidentApp) -> BoardScreen:
    """Return the board of an app that shows it."""
    screen = app.screen
    if not isinstance(screen, BoardScreen):
        raise SystemExit("the board is not shown")
    return screen


def say(what: str, seconds: float, yardstick: str, unit: float) -> None:
    """Print one ratio."""
    print(f"{what}: {seconds * 1000:.1f} ms, {seconds / unit:.2f} times {yardstick} ({unit * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
