"""What the tests of the screens share: the app on an empty, a rich and a hostile store, at an instant that stands."""

import asyncio
import shutil
import unicodedata
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import textual.app
import textual.pilot
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.samples import ORGANISATION, samples
from incident.settings import organisation_text
from incident.staged import Staged
from incident.store.protocol import Store
from incident.store.sqlite import open_existing, open_store
from models.moments import utc_text
from models.record import read_record
from models.vocabulary import Risk
from playbooks.texts import overlaid_texts, shipped_texts
from screens.app import IncidentApp
from screens.surroundings import Surroundings

NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
"""Sat 21 Nov 2026 20:14 in Paris."""

PARIS = ZoneInfo("Europe/Paris")
SHIPPED = Staged(Path("settings.toml"), organisation_text(ORGANISATION), shipped_texts())
"""The demonstration's settings, and the playbooks that ship."""

SIZES = ((120, 40), (80, 24), (40, 12))

HOSTILE = (
    "[/x] [ERROR] [@click=app.quit]q[/] [b]bold \x1b]0;owned\x07\x1b[2J\x9b31m \u202egpj.exe\u2066 \u200b\u2028"
    "Z\u0351\u0352\u0353alg\u0361o 漢字漢字 {{ 7*7 }} \ud83d\r\n# forged\ttab"
).replace("\ud83d", "")
"""Markup, escapes, C1, bidirectional and invisible signs, combining signs, wide cells, line breaks."""

LONG = "A long line without an end. " * 4000
"""More than 100 kB on one line."""


def screen_text(app: IncidentApp) -> str:
    """Return the screen as text, as it is painted."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips()) + "\n"


def acting_signs(text: str) -> set[str]:
    """Return the signs that act on a terminal, or hide: all but letters, marks and the like."""
    return {
        sign for sign in text if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    }


def is_idle() -> bool:
    """True where no task on the event loop can go on: each waits for a message, for time or for a thread."""
    loop: Any = asyncio.get_running_loop()
    return not loop._ready


async def until_idle(*_: float) -> None:
    """Wait until every other task waits."""
    while True:
        await asyncio.sleep(0)
        if is_idle():
            return


@pytest.fixture(autouse=True)
def idle_as_soon_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """See at once that the app is idle, where Textual would infer it from a fiftieth of a second without work."""
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", until_idle)


@dataclass
class Terminal:
    """A responder's terminal: the app, the keys, and a clock that goes when it is told to."""

    app: IncidentApp
    now: datetime
    pilot: Pilot[None] | None = None

    @property
    def text(self) -> str:
        """What is on the screen."""
        return screen_text(self.app)

    async def settle(self) -> None:
        """Wait until everything begun is done; what a screen that is left had begun, Textual cancels."""
        assert self.pilot is not None
        while True:
            await self.pilot.pause()
            if self.app.workers:
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete()
            elif is_idle():
                return

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        assert self.pilot is not None
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def open(self, reference: str) -> None:
        """Show one incident."""
        self.app.open_incident(reference)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        assert self.pilot is not None
        await self.pilot.resize_terminal(width, height)
        self.app._check_resize()  # Textual would gather for some milliseconds what other sizes there are
        await self.settle()

    def run(self, responder: Callable[["Terminal"], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
        """Let a responder work at a terminal of a size."""

        async def work() -> None:
            async with self.app.run_test(size=size, notifications=True) as pilot:
                self.pilot = pilot
                await self.settle()
                await responder(self)

        asyncio.run(work())


def new_store(path: Path) -> Store:
    """Open a store whose machine's clock stands."""
    return open_store(path, actor="anna", stated_now=None, machine_clock=lambda: NOW)


def new_desk(path: Path) -> Desk:
    """Return a desk on the store at `path`, under the demonstration's settings and the playbooks that ship."""
    return desk_on(new_store(path), NOW)


def desk_on(store: Store, now: datetime, staged: Staged = SHIPPED) -> Desk:
    """Return a desk on an open store."""
    return Desk(store, bring_into_force(store, staged), now)


def on_disk(folder: Path) -> Staged:
    """Return the demonstration's settings, and the playbooks that ship with those of a folder laid over them."""
    return replace(SHIPPED, settings_file=folder / "settings.toml", texts=overlaid_texts(folder / "playbooks"))


def terminal_on(path: Path) -> Terminal:
    """Return a terminal on the store at `path`."""
    surroundings = Surroundings(
        open_store=lambda: new_store(path),
        desk_on=lambda store, _warn: desk_on(store, terminal.now, on_disk(path.parent)),
        staged=lambda: on_disk(path.parent),
        open_reader=lambda: open_existing(path, actor="anna", stated_now=None, machine_clock=lambda: NOW),
        now=lambda: terminal.now,
        stated_now=None,
        zone=PARIS,
        actor="anna",
        store_name="test.db",
        drafts=path.parent / "drafts",
        playbooks=path.parent / "playbooks",
        unsaved=path.parent / "unsaved",
    )
    terminal = Terminal(IncidentApp(surroundings), NOW)
    return terminal


@pytest.fixture
def empty(tmp_path: Path) -> Terminal:
    """A terminal on a store that nothing was recorded in yet."""
    return terminal_on(tmp_path / "test.db")


@pytest.fixture
def rich(rich_store: Path, tmp_path: Path) -> Terminal:
    """A terminal on the sample incidents, the first of which was worked on."""
    return terminal_on(_copied(rich_store, tmp_path))


@pytest.fixture
def hostile(hostile_store: Path, tmp_path: Path) -> Terminal:
    """A terminal on an incident with hostile text in every place that takes any."""
    return terminal_on(_copied(hostile_store, tmp_path))


@pytest.fixture(scope="session")
def rich_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "test.db"
    desk = new_desk(path)
    for sample in samples(NOW):
        reference = desk.open(read_record(sample.record, PARIS))
        if sample.decision is not None:
            outcome, because = sample.decision
            desk.decide(reference, Risk(outcome) if outcome else None, because, "demo", None)
        for filing in sample.sent:
            desk.sent(reference, {"status": "made", "complete": True, **filing})
    _worked_on(desk, "INC-2026-0003")
    desk.store.close()
    return path


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "test.db"
    desk = new_desk(path)
    reference = desk.open(read_record(_hostile_record(), PARIS))
    desk.note(reference, HOSTILE, None, HOSTILE, HOSTILE)
    desk.note(reference, LONG, None, None, None)
    desk.decide(reference, Risk.RISK, HOSTILE, HOSTILE, HOSTILE)
    soft = {"unit": "soft", "phrase": HOSTILE}
    duty = {"title": HOSTILE, "from": HOSTILE, "to": HOSTILE, "basis": "contract", "source": HOSTILE, "place": HOSTILE}
    desk.add_duty(reference, {**duty, "period": soft})
    said = {"channel": HOSTILE, "to": HOSTILE, "reference": HOSTILE, "because": HOSTILE}
    at = "2026-11-20T12:00:00Z"
    desk.sent(reference, {"duty": "gdpr-33-1", "at": at, "status": "attempted", "complete": True, **said})
    desk.store.close()
    return path


def _copied(store: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(store, folder / "test.db"))


def _worked_on(desk: Desk, reference: str) -> None:
    """Record what a night's work leaves behind."""
    facts = {"records_count": {"min": 5000, "max": 9000}, "subject_categories": ["customers"]}
    record = {"facts": facts, "moments": {"aware": [{"at": "2026-11-19T09:30+01:00", "why": "Checked by security"}]}}
    changes = read_record({"title": "x", **record}, PARIS)
    del changes["title"]
    desk.record(reference, {"changes": changes, "source": "SOC", "certainty": "estimated"})
    desk.note(reference, "Asked how many are concerned.", _at("14:02"), "Deskhero", "telephone", ["subjects_count"])
    desk.note(reference, "Token withdrawn on our side.", _at("10:15"), None, None)
    desk.sent(
        reference,
        {
            "duty": "gdpr-33-1",
            "at": utc_text(_at("13:00")),
            "status": "attempted",
            "complete": False,
            "channel": "portal",
            "because": "The portal did not answer.",
        },
    )


def _at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{time}+01:00").astimezone(UTC)


def _hostile_record() -> dict[str, object]:
    return {
        "title": HOSTILE,
        "summary": HOSTILE,
        "source": HOSTILE,
        "ref": HOSTILE,
        "vendor": {"name": HOSTILE},
        "subprocessor": {"name": HOSTILE, "aware": "2026-11-18T08:00Z", "told_vendor": "2026-11-18T09:00Z"},
        "customers": [{"id": "evil", "name": HOSTILE, "contact": HOSTILE, "facts": {"description": HOSTILE}}],
        "facts": {
            "description": LONG,
            "measures_remedy": HOSTILE,
            "other_parties": [{"name": HOSTILE, "role": HOSTILE, "contact": HOSTILE}],
            "other_dpas": [HOSTILE],
        },
        "moments": {
            "occurred_from": "1900-01-02",
            "vendor_told_us": "2026-11-19T07:00:00Z",
            "aware": [{"at": "2026-11-19T08:00:00Z", "why": HOSTILE}],
        },
        "related": [HOSTILE],
        "tags": [HOSTILE],
    }
