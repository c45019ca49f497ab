"""Two imports and a responder at the screens, on one store at once: all succeed."""

import asyncio
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

from incident.desk import external_ref
from incident.intake.formats import Found, read_records
from incident.intake.run import Outcome, run_import
from models.journal import first_fault
from screens.live_page import LivePage
from tests.test_screens.conftest import PARIS, Terminal, new_desk

RECORDS = 16
BATCH = 2


def held(found: Iterable[Found], released: Event) -> Iterator[Found]:
    """Yield what a source holds, the last of it only when it is released."""
    for number, item in enumerate(found):
        if number == RECORDS - BATCH:
            assert released.wait(timeout=30)
        yield item


def import_all(path: Path, source: str, released: Event) -> list[str]:
    """Import the records of one source; return what became of each."""
    lines = b"".join(
        json.dumps({"source": source, "ref": str(ref), "title": f"{source} {ref}"}).encode() + b"\n"
        for ref in range(RECORDS)
    )
    desk = new_desk(path)
    with closing(desk.store):
        done = run_import(
            held(read_records(io.BytesIO(lines), source, "jsonl"), released),
            PARIS,
            lambda batch: [
                Outcome(one.status, one.reference, external_ref(record.data))
                for one, record in zip(desk.take_in([record.data for record in batch]), batch, strict=True)
            ],
            batch=BATCH,
        )
        return [one.status for dealt in done for one in dealt if isinstance(one, Outcome)]


def test_two_imports_and_a_responder_at_once(empty: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "test.db"

    released = Event()

    async def responder(t: Terminal) -> None:
        imports = [
            asyncio.create_task(asyncio.to_thread(import_all, path, source, released)) for source in ("soc", "helpdesk")
        ]
        try:
            await t.press("n", *"kav", "enter", "enter", "2", "enter", *"Odd", "enter")
            assert "Odd" in t.text
        finally:
            released.set()
        assert await asyncio.gather(*imports) == [["opened"] * RECORDS] * 2
        await t.press("escape")
        page = t.app.screen
        assert isinstance(page, LivePage)
        page.tick()
        await t.settle()
        assert f"0 overdue · 0 due soon · 1 running · {2 * RECORDS} undecided" in t.text

    empty.run(responder)
    with closing(new_desk(path).store) as store:
        assert len(store.references()) == 2 * RECORDS + 1
        assert first_fault(store.stored_entries(), store.head()) is None
