"""The panes of one incident as pure functions: nothing overlaps, nothing leaves its width."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from models.incident import Attachment
from screens.incident import PANES
from screens.panes.chain import chain_blocks
from screens.panes.clocks import clock_blocks
from screens.panes.notices import notice_blocks
from screens.sight import Sight, read_sight
from screens.widgets.timeline import Mark, drawn, lay_out
from tests.test_screens.conftest import NOW, new_desk

WIDE_CELLS = "漢字"

labels = st.text(alphabet=f"abc {WIDE_CELLS}", max_size=30).map(Content)


@st.composite
def scales(draw: st.DrawFn) -> tuple[list[Mark], int, int]:
    width = draw(st.integers(1, 60))
    columns = st.integers(0, width - 1)
    marks = st.builds(Mark, columns, st.just("◆"), labels, st.just(""), st.integers(0, 3))
    return draw(st.lists(marks, max_size=25)), width, draw(st.integers(1, 6))


@given(scales())
def test_marks_stand_where_they_belong_and_never_touch(scale: tuple[list[Mark], int, int]) -> None:
    marks, width, rows = scale
    placed, left_out = lay_out(marks, width, rows)
    assert len(placed) + left_out == len(marks)
    lines = drawn(placed)
    assert len(lines) <= rows
    for line in lines:
        assert line.cell_length <= width
    for one in placed:
        assert 0 <= one.start <= one.mark.column < one.end <= width
        cells = "".join(f"{sign}\0" if sign in WIDE_CELLS else sign for sign in lines[one.row].plain)
        assert cells[one.mark.column] == "◆"
        for other in placed:
            if other is not one and other.row == one.row:
                assert other.end < one.start or one.end < other.start


def test_what_must_not_be_missed_has_its_words_first() -> None:
    now = Mark(5, "▲", Content("now"), "", 0)
    notes = [Mark(5, "·", Content(f"note {number}"), "", 5) for number in range(9)]
    placed, left_out = lay_out([*notes, now], 20, 3)
    assert [line.plain for line in drawn(placed)] == ["     ▲ now", "     · note 0", "     · note 1"]
    assert left_out == 7


def test_a_label_at_the_right_edge_stands_before_its_mark() -> None:
    placed, _ = lay_out([Mark(19, "┃", Content("22:14 CNIL"), "", 0)], 20, 1)
    assert [line.plain for line in drawn(placed)] == ["        22:14 CNIL ┃"]


def test_a_label_that_finds_no_room_leaves_its_mark() -> None:
    placed, left_out = lay_out([Mark(0, "◆", Content("began"), "", 0), Mark(9, "◇", Content("x" * 40), "", 1)], 10, 1)
    assert [line.plain for line in drawn(placed)] == ["◆ began  ◇"]
    assert left_out == 0


@pytest.fixture(scope="module")
def sights(rich_store: Path, hostile_store: Path) -> list[Sight]:
    found = []
    for store in (rich_store, hostile_store):
        desk = new_desk(store)
        found += [read_sight(desk, name, NOW, ascii_only=False) for name in desk.store.references()]
        desk.store.close()
    return found


@pytest.mark.parametrize("name", PANES)
@pytest.mark.parametrize("width", [37, 44, 57, 78, 118])
def test_no_line_of_a_pane_is_wider_than_the_pane(sights: list[Sight], name: str, width: int) -> None:
    for sight in sights:
        for block in PANES[name].draw(sight, width):
            for line in block.lines:
                assert line.cell_length <= width
                assert "\n" not in line.plain


def test_attached_files_stand_below_the_notifications_and_act_on_nothing(sights: list[Sight]) -> None:
    one = Attachment("ab" * 32, 17, "receipt\x1b[2J.pdf", NOW, "anna", "[/x] the receipt")
    incident = replace(sights[0].look.incident, attachments=(one,))
    look = replace(sights[0].look, incident=incident)
    *_, title, block = notice_blocks(replace(sights[0], look=look), 78)
    assert (title.lines[0].plain, block.key) == ("attached", "attachment 0")
    assert [line.plain for line in block.lines] == ["receipt\\x1b[2J.pdf  [/x] the receipt"]


@pytest.mark.parametrize("name", ["clocks", "timeline", "chain", "notices"])
def test_glyphs_are_ascii_when_asked(sights: list[Sight], name: str) -> None:
    rich = [replace(sight, ascii_only=True) for sight in sights[:13]]
    for sight in rich:
        for block in PANES[name].draw(sight, 200):
            for line in block.lines:
                assert set("✖▲●○✔█░─▸├└┃◆◇→≈") & set(line.plain) == set()


def test_the_most_urgent_clock_comes_first(sights: list[Sight]) -> None:
    late = next(sight for sight in sights if sight.look.incident.title == "Registrar intrusion")
    keys = [block.key for block in clock_blocks(late, 80) if block.key]
    assert keys == ["gdpr-33-1", "gdpr-33-5", "gdpr-34", "contract:quicktalk", "gdpr-33-2"]
    assert [line.plain for line in clock_blocks(late, 80)[0].lines] == [
        "✖ OVERDUE 8 h 00 min          we → CNIL                            Art. 33(1)",
        "  ███████████                 due Sat 21 Nov 12:14 CET",
        "  late: notify now, with reasons",
        "  outer limit; the duty is without undue delay",
    ]


def test_the_chain_breaks_into_arrows_where_it_does_not_fit(sights: list[Sight]) -> None:
    late = next(sight for sight in sights if sight.look.incident.title == "Registrar intrusion")
    (wide,), (narrow,) = chain_blocks(late, 100), chain_blocks(late, 60)
    assert [line.plain for line in wide.lines] == [
        "Number carrier ── Quicktalk ──told 10 h 00 min──▸ us ──✖ OVERDUE 8 h 00 min──▸ CNIL",
        "                                                    └──? waiting──▸ people",
    ]
    assert [line.plain for line in narrow.lines] == [
        "Number carrier ── Quicktalk",
        "Quicktalk ──told 10 h 00 min──▸ us",
        "us ──✖ OVERDUE 8 h 00 min──▸ CNIL",
        "us ──? waiting──▸ people",
    ]
