"""Taking a call and writing a note, through the keyboard."""

from contextlib import suppress
from typing import Any

import pytest
from textual.widgets import Input
from textual.worker import WorkerFailed

from incident.desk import Desk
from incident.errors import Failure
from incident.look import Look
from models.moments import MomentName
from models.vocabulary import ClockState
from screens.board import BoardScreen
from screens.incident import IncidentScreen
from screens.note import NoteScreen
from screens.take_call import TakeCallScreen
from tests.test_screens.conftest import NOW, SIZES, Terminal

REF = "INC-2026-0003"


async def look(terminal: Terminal, reference: str) -> Look:
    """Return an incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(reference))


class TestTakingACall:
    def test_four_answers_open_the_incident_and_show_it(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", *"kav", "enter", "enter", "2", "enter", *"Recordings", "enter")
            taken = (await look(t, "INC-2026-0001")).incident
            assert taken.title == "Recordings"
            assert taken.vendor is not None
            assert taken.vendor.playbook == "kavkom"
            assert taken.instant(MomentName.VENDOR_TOLD_US) == NOW
            assert taken.instant(MomentName.DETECTED) == NOW
            assert isinstance(t.app.screen, IncidentScreen)
            assert "INC-2026-0001" in t.text

        empty.run(responder)

    def test_a_suspicion_starts_no_72_hours_and_says_so(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", *"Deskhero", "enter", "enter", "1")
            assert "no 72 hours run on a suspicion" in t.text
            await t.press("enter", *"Odd", "ctrl+s")
            taken = await look(t, "INC-2026-0001")
            assert taken.incident.instant(MomentName.SUSPECTED) == NOW
            assert taken.incident.instant(MomentName.VENDOR_TOLD_US) is None
            assert taken.incident.personal_data is None
            states = {clock.duty.id: clock.state for clock in taken.clocks}
            assert states["gdpr-33-1"] is ClockState.WAITING

        empty.run(responder)

    def test_a_vendor_is_marked_with_the_arrows(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", "down", "down", "down", "up", "enter")
            assert t.app.screen.query(Input)[0].value == "Deskhero"
            assert "= Deskhero, a vendor with a playbook" in t.text

        empty.run(responder)

    def test_a_free_name_is_a_vendor_without_a_playbook(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", *"Carrier SA")
            assert "a vendor without a playbook: Art. 33(2) GDPR" in t.text
            await t.press("enter", "enter", "2", "enter", "x", "enter")
            taken = (await look(t, "INC-2026-0001")).incident
            assert taken.vendor is not None
            assert (taken.vendor.playbook, taken.vendor.name) == (None, "Carrier SA")

        empty.run(responder)

    def test_nobody_else_and_another_time(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", "enter", *["backspace"] * 3, *"18:40")
            assert "= Sat 21 Nov 18:40 CET (17:40 UTC)" in t.text
            await t.press("enter", "2", "enter", "x", "enter")
            taken = (await look(t, "INC-2026-0001")).incident
            assert taken.vendor is None
            assert f"{taken.instant(MomentName.AWARE):%H:%M}" == "17:40"

        empty.run(responder)

    def test_open_questions_are_told_at_their_fields(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("n", "enter", *["backspace"] * 3, *"soon", "ctrl+s")
            assert "'soon' is no time; write now, -2h" in t.text
            assert "suspected or confirmed? press 1 or 2" in t.text
            assert "one line of what happened" in t.text
            assert isinstance(t.app.screen, TakeCallScreen)
            with pytest.raises(Failure):
                await look(t, "INC-2026-0001")

        empty.run(responder)


class TestANote:
    def test_is_recorded_with_party_channel_and_time(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("full_stop", *"Asked", "tab", *"Deskhero", "enter", *"phone", "enter")
            await t.press(*["backspace"] * 3, *"-2h", "enter")
            note = (await look(t, REF)).incident.notes[-1]
            assert (note.text, note.party, note.channel, note.actor) == ("Asked", "Deskhero", "phone", "anna")
            assert f"{note.at:%d %H:%M}" == "21 17:14"
            assert isinstance(t.app.screen, IncidentScreen)

        rich.run(responder)

    def test_the_time_is_that_at_which_it_was_begun(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("full_stop", *"Call")
            t.now = NOW.replace(minute=40)
            await t.press("ctrl+s")
            assert isinstance(t.app.screen, BoardScreen)
            reference = t.app.screen.selected_reference()
            assert reference is not None
            assert (await look(t, reference)).incident.notes[-1].at == NOW

        rich.run(responder)

    def test_can_be_written_from_any_page_and_is_about_the_incident_below(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f", "full_stop")
            assert isinstance(t.app.screen, NoteScreen)
            assert t.app.screen.selected_reference() == REF

        rich.run(responder)

    def test_needs_words(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            before = len((await look(t, REF)).incident.notes)
            await t.open(REF)
            await t.press("full_stop", "ctrl+s")
            assert "a note needs words" in t.text
            assert len((await look(t, REF)).incident.notes) == before

        rich.run(responder)

    def test_asks_for_facts_of_which_the_missing_ones_stand_first(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("full_stop", *"Asked", "tab", *"Deskhero", "tab", "tab", "tab")
            offered = [line.partition("[ ] ")[2].strip(" ▂▁") for line in t.text.splitlines() if "[ ] " in line]
            assert offered[:6] == [
                "missing: Description",
                "missing: Number of data subjects",
                "missing: Categories of personal data",
                "missing: Effects seen or expected",
                "missing: Possible consequences",
                "Nature of the breach",
            ]
            await t.press("down", "down", "space", "up", "up", "enter", "down", "down", "down", "down", "down", "space")
            assert "[x] missing: Description" in t.text
            await t.press("ctrl+s")
            note = (await look(t, REF)).incident.notes[-1]
            assert note.about == ("breach_types", "description", "data_categories")
            assert "✖ missing  Description  asked: Deskhero" in t.text

        rich.run(responder)

    def test_says_who_was_asked(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            before = len((await look(t, REF)).incident.notes)
            await t.open(REF)
            await t.press("a", *"Asked", "ctrl+s")
            assert "say who was asked" in t.text
            assert len((await look(t, REF)).incident.notes) == before
            await t.press(*"Deskhero", "ctrl+s")
            assert (await look(t, REF)).incident.notes[-1].about == ("description",)

        rich.run(responder)

    def test_asks_for_the_fact_selected_in_the_file(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("tab", "down", "down", "down", "a")
            form = t.app.screen
            assert isinstance(form, NoteScreen)
            assert form.field("about").typed == ["consequences", "likely_consequences"]
            await t.press("escape")
            assert isinstance(t.app.screen, IncidentScreen)
            assert "what you typed is kept" not in t.text

        rich.run(responder)

    def test_asks_for_no_moment(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("tab", "down", "down", "down", "down", "a")
            assert isinstance(t.app.screen, IncidentScreen)
            assert "Select a fact in the file" in t.text

        rich.run(responder)

    def test_what_was_typed_before_comes_back_beside_the_fact_that_is_asked_for(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("full_stop", *"Call", "escape", "tab", "down", "a")
            assert isinstance(t.app.screen, NoteScreen)
            assert t.app.screen.field("text").typed == "Call"
            assert t.app.screen.field("about").typed == ["subjects_count"]
            await t.press("escape", "full_stop")
            assert t.app.screen.field("about").typed == ["subjects_count"]

        rich.run(responder)

    def test_needs_an_incident(self, empty: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.press("full_stop")
            assert not isinstance(t.app.screen, NoteScreen)
            assert "No incident is selected." in t.text

        empty.run(responder)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("key", ["n", "full_stop", "f", "m", "d"])
def test_forms_look_as_they_were_accepted(rich: Terminal, golden: Any, size: tuple[int, int], key: str) -> None:
    async def responder(t: Terminal) -> None:
        if key != "n":
            await t.open(REF)
        await t.press(key)
        golden(f"screens/form-{key}-{size[0]}x{size[1]}.txt", t.text)

    rich.run(responder, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_form_lets_hostile_text_through(hostile: Terminal, size: tuple[int, int]) -> None:
    async def responder(t: Terminal) -> None:
        for key in ("full_stop", "f", "m", "d"):
            await t.press(key)
            acting = [c for c in t.text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c == "\u202e")]
            assert acting == []
            assert "INC-2026-0001" in t.text
            await t.press("escape")

    hostile.run(responder, size)


def test_what_fails_unforeseen_is_told_and_nothing_typed_is_lost(
    rich: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Look:
        raise RuntimeError("[/x] broken")

    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("full_stop", *"call")
        monkeypatch.setattr(Desk, "note", broken)
        with suppress(WorkerFailed):
            await t.press("ctrl+s")
        await t.settle()
        assert "not expected: RuntimeError('[/x] broken')" in " ".join(t.text.replace("▌", " ").split())
        assert isinstance(t.app.screen, NoteScreen)
        monkeypatch.undo()
        await t.press("ctrl+s")
        assert (await look(t, REF)).incident.notes[-1].text == "call"

    rich.run(responder, (200, 40))
