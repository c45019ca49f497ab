"""Pictures of the main screens for the README, from the sample incidents at an instant that stands.

Usage: screenshots.py [FOLDER]

Writes one SVG a screen into FOLDER, by default `tests/golden/screenshots`. They fetch nothing from anywhere.
"""

import asyncio
import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from incident.bring_into_force import bring_into_force
from incident.cli.demo import play
from incident.desk import Desk
from incident.samples import ORGANISATION, samples
from incident.settings import organisation_text
from incident.staged import Staged
from incident.store.protocol import Store
from incident.store.sqlite import open_store
from playbooks.texts import shipped_texts
from screens.app import IncidentApp
from screens.surroundings import Surroundings

NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
SIZE = (120, 36)
FOLDER = Path(__file__).parent / "golden" / "screenshots"

KEYS: Mapping[str, tuple[str, ...]] = {
    "board": ("down", "down"),
    "incident": ("down", "down", "enter"),
    "explain": ("down", "down", "enter", "x"),
    "draft": ("down", "down", "w", "end", "enter"),
    "answers": ("down", "down", "w", "end", "enter", "a", "down", "down"),
    "playbooks": ("p", "down", "down"),
}
"""What is pressed, from the start, to come to each screen."""

_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Write the pictures."""
    os.environ.pop("NO_COLOR", None)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        for picture, keys in KEYS.items():
            svg = asyncio.run(drawn(surroundings(Path(name) / f"{picture}.db"), keys))
            (folder / f"{picture}.svg").write_text(_FONTS.sub("", svg), "utf-8")


async def drawn(given: Surroundings, keys: tuple[str, ...]) -> str:
    """Return the screen that keys lead to, as SVG."""
    app = IncidentApp(given)
    async with app.run_test(size=SIZE) as pilot:
        for key in (None, *keys):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
        return app.export_screenshot(title="incident demo")


def surroundings(path: Path) -> Surroundings:
    """Make a store with the sample incidents at `path`, and return what the screens work with."""

    def opened() -> Store:
        return open_store(path, actor="anna", stated_now=None, machine_clock=lambda: NOW)

    staged = Staged(path.with_suffix(".toml"), organisation_text(ORGANISATION), shipped_texts())

    def desk_on(store: Store) -> Desk:
        return Desk(store, bring_into_force(store, staged), NOW)

    with closing(opened()) as store:
        for sample in samples(NOW):
            play(desk_on(store), sample)
    return Surroundings(
        open_store=opened,
        desk_on=lambda store, _warn: desk_on(store),
        staged=lambda: staged,
        open_reader=opened,
        now=lambda: NOW,
        stated_now=None,
        zone=ZoneInfo("Europe/Paris"),
        actor="anna",
        store_name="demo.db",
        drafts=path.parent / "drafts",
        playbooks=None,
        banner="demonstration: nothing here is real",
    )


if __name__ == "__main__":
    main()
