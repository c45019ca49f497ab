"""One fact on a page of its own: what it is, who asks for it, every value it had, and who was asked."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from incident.desk import Desk
from models.dossier import FACTS
from screens.fact_history import FactHistoryScreen, fact_blocks
from screens.sight import Sight, read_sight
from screens.widgets.block_list import Block
from tests.test_incident.desk_examples import NOW, new_desk, record
from tests.test_screens.conftest import Terminal, acting_signs

HOSTILE = "\x1b[31m[bold]\u202eevil"


def said(blocks: Iterable[Block]) -> list[str]:
    return [line.plain.rstrip() for block in blocks for line in block.lines]


def sight_of(desk: Desk, reference: str) -> Sight:
    return read_sight(desk, reference, NOW, ascii_only=False)


def test_every_value_stands_with_its_certainty_source_time_and_author_the_latest_first() -> None:
    desk = new_desk()
    customers = [{"name": "Acme SAS", "facts": {"subjects_count": {"value": 7}}}]
    about = record(desk, role="processor", customers=customers, facts={"subjects_count": {"min": 500, "max": 900}})
    one = desk.open(about)
    desk.note(one, "How many?", NOW, "Kavkom", None, ["subjects_count"])
    desk.record(one, {"changes": {"facts": {"subjects_count": {"value": 1200}}}, "source": "second call"})
    sight = sight_of(desk, one)
    last = sight.look.incident.facts["subjects_count"][-1].recorded_at.astimezone(sight.look.incident.zone)
    lines = said(fact_blocks("subjects_count", sight, 200, None))
    assert [line.lstrip("─ ") for line in lines[1:5]] == [
        "The approximate number of data subjects concerned, where possible. People are not records.",
        "asked for by GDPR, Art. 33(3)(a)",
        "asked for by EDPB common template, fields 67 and 68",
        lines[4],
    ]
    assert lines[4].startswith(f"{last:%Y-%m-%d %H:%M}")
    assert lines[5] == "  1,200 (known, second call)"
    assert sorted((lines[7], lines[9])) == ["  500 to 900 (estimated)", "  7 (known)"]
    assert lines[-1].startswith("asked: Kavkom, ")
    assert sum("for Acme SAS alone" in line for line in lines) == 1


def test_a_fact_that_nobody_recorded_is_explained_all_the_same() -> None:
    desk = new_desk()
    sight = sight_of(desk, desk.open(record(desk)))
    for fact in FACTS:
        lines = said(fact_blocks(fact, sight, 60, None))
        assert lines[-1] == "nothing was recorded of it"
        assert any(line.startswith("asked for by ") for line in lines)


@pytest.mark.parametrize("width", [20, 38, 78])
def test_hostile_text_is_harmless_and_no_line_is_too_wide(width: int) -> None:
    desk = new_desk()
    one = desk.open(record(desk, facts={"description": HOSTILE * 40}))
    desk.note(one, HOSTILE, NOW, HOSTILE, None, ["description"])
    blocks = list(fact_blocks("description", replace(sight_of(desk, one), ascii_only=True), width, None))
    assert all(line.cell_length <= width for block in blocks for line in block.lines)
    assert acting_signs("".join(said(blocks))) == set()


def test_enter_on_a_fact_of_the_file_opens_its_history(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0003")
        await terminal.press("tab", "down", "down", "enter")
        assert isinstance(terminal.app.screen, FactHistoryScreen)
        assert "The categories of records and data concerned, where possible." in terminal.text
        assert "asked for by GDPR, Art. 33(3)(a)" in terminal.text
        assert "nothing was recorded of it" in terminal.text

    rich.run(responder)
