"""The server dies in the middle of the work, and a standby steps in: nothing acknowledged is lost."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.staged import Staged
from incident.store.address import ServerAddress
from incident.store.waiting import Waiting
from models.journal import EntryKind, first_fault
from models.record import read_record
from playbooks.texts import shipped_texts
from tests.test_incident.desk_examples import NOW
from tests.test_incident.postgres_server import Server, kill, primary_and_standby, promote

BATCHES, EACH = 24, 25
AWAY = 0.5
"""Seconds until somebody has the standby step in."""


@pytest.fixture
def servers() -> Iterator[tuple[Server, Server]]:
    with primary_and_standby() as both:
        yield both


def test_killed_in_the_middle_of_an_import_and_of_edits(
    servers: tuple[Server, Server], record_property: Callable[[str, object], None]
) -> None:
    from incident.store.postgres.store import open_store

    primary, standby = servers
    address = ServerAddress(f"postgresql://owner@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/postgres")
    told: list[str] = []
    under_way, edited, imported = Event(), list[str](), list[str]()

    def desk() -> Desk:
        store = open_store(address, actor="anna", stated_now=None, waiting=Waiting(30, told.append))
        return Desk(store, bring_into_force(store, Staged(Path("settings.toml"), None, shipped_texts())), NOW)

    def edit() -> None:
        """Note one call after the other, each in a form of its own."""
        here = desk()
        with closing(here.store):
            while len(imported) < BATCHES * EACH:
                here.note("INC-2026-0001", f"call {len(edited)}", None, None, None)
                edited.append(f"call {len(edited)}")

    def fail_over() -> float:
        under_way.wait(30)
        kill(primary)
        killed = time.monotonic()
        time.sleep(AWAY)
        promote(standby)
        return killed

    waits: list[tuple[float, float]] = []
    with ThreadPoolExecutor(2) as threads:
        here = desk()
        with closing(here.store):
            zone = here.in_force.organisation.time_zone
            here.open(read_record({"title": "Known before"}, zone))
            editing, failing = threads.submit(edit), threads.submit(fail_over)
            for batch in range(BATCHES):
                if batch == BATCHES // 3:
                    under_way.set()
                records = [
                    read_record({"title": "Recordings", "source": "soc", "ref": f"{batch}-{n}"}, zone)
                    for n in range(EACH)
                ]
                begun = time.monotonic()
                taken = here.take_in(records)
                waits.append((time.monotonic(), time.monotonic() - begun))
                imported += [f"soc:{record['ref']}" for record in records]
                assert [one.status for one in taken] == ["opened"] * EACH
            editing.result(30)
            killed = failing.result(30)

            assert {*here.store.references_of(imported)} == {*imported}
            assert here.store.head()[0] == 2 + len(imported) + len(edited)
            notes = [entry.body for entry in here.store.entries("INC-2026-0001") if entry.kind is EntryKind.NOTED]
            assert [note and note["text"] for note in notes] == edited
            assert first_fault(here.store.stored_entries(), here.store.head()) is None
    assert any(line.endswith("the connection is lost; waiting for it") for line in told)
    assert any(line.endswith("connected again") for line in told)
    seconds = next(done - killed for done, _ in waits if done > killed + AWAY)
    record_property("acknowledged", len(imported) + len(edited))
    record_property("seconds until it went on", round(seconds, 2))
