"""Recording moments through the keyboard: said back live, and told where an earlier one counts."""

from datetime import date

import pytest

from incident.look import Look
from models.moments import MomentName
from screens.record_moment import MomentForm, RecordMomentScreen
from screens.words import MOMENT_WORDS
from tests.test_screens.conftest import Terminal

REF = "INC-2026-0003"
"""Detected Wed 18 Nov 19:14 CET; the vendor told us Wed 18 Nov 22:14; aware Thu 19 Nov 09:30."""


async def look(terminal: Terminal) -> Look:
    """Return the incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(REF))


async def open_moment(terminal: Terminal, name: MomentName) -> None:
    """Open the form of one moment."""
    await terminal.open(REF)
    await terminal.press("m", *["down"] * list(MomentName).index(name), "enter")
    assert isinstance(terminal.app.screen, MomentForm)


def test_every_moment_can_be_chosen_and_says_what_counts(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("m")
        assert isinstance(t.app.screen, RecordMomentScreen)
        for words in MOMENT_WORDS.values():
            assert words in t.text
        assert "first signs were seen: Wed 18 Nov 19:14 CET (18:14 UTC)" in t.text

    rich.run(responder)


def test_what_is_typed_is_said_back_before_it_is_recorded(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.CONTAINED)
        await t.press(*"-2h")
        assert "= Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text
        assert MomentName.CONTAINED not in (await look(t)).incident.moments
        await t.press("enter", *"SOC", "enter")
        recorded = (await look(t)).incident.moment(MomentName.CONTAINED)
        assert recorded is not None
        assert f"{recorded.moment.at:%d %H:%M}" == "21 17:14"
        assert recorded.source == "SOC"
        assert isinstance(t.app.screen, RecordMomentScreen)
        assert "contained: Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text

    rich.run(responder)


def test_what_was_said_back_is_recorded_however_late_that_is(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.CONTAINED)
        await t.press(*"-2h")
        t.now = t.now.replace(minute=50)
        await t.press("ctrl+s")
        assert f"{(await look(t)).incident.instant(MomentName.CONTAINED):%H:%M}" == "17:14"

    rich.run(responder)


class TestAnEarlierOne:
    def test_is_told_while_a_later_one_is_typed(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.DETECTED)
            await t.press(*"18/11 20:00")
            assert "An earlier one counts: first signs were seen, Wed 18 Nov 19:14 CET (18:14 UTC)." in t.text
            await t.press("ctrl+s")
            found = (await look(t)).incident
            assert f"{found.instant(MomentName.DETECTED):%d %H:%M}" == "18 18:14"
            assert len(found.stated(MomentName.DETECTED)) == 2

        rich.run(responder)

    def test_gives_way_where_it_is_corrected_with_a_reason(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.DETECTED)
            await t.press(*"18/11 20:00", "enter", "enter", *"wrong log")
            assert "An earlier one counts" not in t.text
            assert "This replaces what was stated before." in t.text
            await t.press("enter")
            found = (await look(t)).incident
            assert f"{found.instant(MomentName.DETECTED):%d %H:%M}" == "18 19:00"
            assert found.stated(MomentName.DETECTED)[0].correcting == "wrong log"

        rich.run(responder)

    def test_of_the_vendor_stands_even_where_our_own_is_corrected(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.AWARE)
            await t.press(*"20/11 10:00", "enter", "enter", "enter", *"mistyped")
            assert "An earlier one counts: the vendor's notice reached us, Wed 18 Nov 22:14 CET" in t.text

        rich.run(responder)

    def test_is_not_told_where_the_one_typed_is_the_earliest(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.DETECTED)
            await t.press(*"18/11 19:00")
            assert "An earlier one counts" not in t.text

        rich.run(responder)


def test_awareness_is_stated_with_its_reason(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.AWARE)
        await t.press(*"18/11 21:00", "enter", *"Mail was read", "ctrl+s")
        recorded = (await look(t)).incident.moment(MomentName.AWARE)
        assert recorded is not None
        assert (f"{recorded.moment.at:%d %H:%M}", recorded.why) == ("18 20:00", "Mail was read")

    rich.run(responder)


class TestDays:
    def test_a_day_will_do_for_when_it_began(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.OCCURRED_FROM)
            await t.press(*"17/11")
            assert "= Tue 17 Nov 2026, the time of day not known" in t.text
            await t.press("ctrl+s")
            recorded = (await look(t)).incident.moment(MomentName.OCCURRED_FROM)
            assert recorded is not None
            assert recorded.moment.day == date(2026, 11, 17)

        rich.run(responder)

    def test_and_for_nothing_else(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"17/11", "ctrl+s")
            assert "17/11 is a day without a time (Tue 17 Nov 2026)" in t.text
            assert MomentName.CONTAINED not in (await look(t)).incident.moments

        rich.run(responder)


@pytest.mark.parametrize("typed", ["25/10 02:30", ""])
def test_what_cannot_be_read_is_told_at_the_field(rich: Terminal, typed: str) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.CONTAINED)
        await t.press(*typed, "ctrl+s")
        assert ("exists twice in Europe/Paris" if typed else "is no time; write now") in t.text
        assert isinstance(t.app.screen, MomentForm)

    rich.run(responder)
