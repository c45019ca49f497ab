"""Recording moments through the keyboard: said back live, and told where an earlier one counts."""

from datetime import date, datetime
from typing import Any

import pytest

from incident.look import Look
from models.moments import Moment, MomentName
from screens.moment_form import MomentForm
from screens.record_moment import RecordMomentScreen
from screens.words import MOMENT_WORDS
from tests.test_screens.conftest import SIZES, Terminal

REF = "INC-2026-0003"
"""Detected Wed 18 Nov 19:14 CET; the vendor told us Wed 18 Nov 22:14; aware Thu 19 Nov 09:30."""


async def look(terminal: Terminal) -> Look:
    """Return the incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(REF))


async def counted(terminal: Terminal, name: MomentName) -> Moment:
    """Return the time of a moment that counts."""
    recorded = (await look(terminal)).incident.moment(name)
    assert recorded is not None
    return recorded.moment


def utc(time: str) -> datetime:
    """Return an instant of the day on which the tests stand."""
    return datetime.fromisoformat(f"2026-11-21T{time}Z")


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
        await t.press(*["enter"] * 3, *"SOC", "enter")
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
            await t.press(*"18/11 20:00", *["enter"] * 4, *"wrong log")
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
            await t.press(*"20/11 10:00", *["enter"] * 5, *"mistyped")
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
        await t.press(*"18/11 21:00", *["enter"] * 3, *"Mail was read", "ctrl+s")
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


class TestBetweenTwoTimes:
    def test_both_are_said_back_and_recorded(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-3h", "enter", *"-2h")
            assert "= Sat 21 Nov 17:14 CET (16:14 UTC)" in t.text
            assert "= Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text
            await t.press("ctrl+s")
            assert await counted(t, MomentName.CONTAINED) == Moment(utc("16:14"), until=utc("17:14"))
            assert "contained: Sat 21 Nov 17:14 CET (16:14 UTC) to Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text

        rich.run(responder)

    def test_the_earlier_one_is_what_counts(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.AWARE)
            await t.press(*"18/11 21:00", "enter", *"20/11 08:00")
            assert "An earlier one counts" not in t.text
            await t.press("ctrl+s")
            assert f"{(await look(t)).incident.instant(MomentName.AWARE):%d %H:%M}" == "18 20:00"

        rich.run(responder)

    def test_what_is_stated_already_is_said_with_both(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-3h", "enter", *"-2h", "enter", "2", "ctrl+s", "enter")
            said = "stated: about Sat 21 Nov 17:14 CET (16:14 UTC) to Sat 21 Nov 18:14 CET (17:14 UTC), anna"
            assert said in t.text

        rich.run(responder)

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ("-4h", "this is before Sat 21 Nov 17:14 CET (16:14 UTC): the earlier time comes first"),
            ("21/11", "21/11 is a day without a time (Sat 21 Nov 2026)"),
            ("25/10 02:30", "exists twice in Europe/Paris"),
        ],
    )
    def test_what_is_wrong_with_the_second_is_told_there(self, rich: Terminal, typed: str, reason: str) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-3h", "enter", *typed, "enter", "ctrl+s")
            form = t.app.screen
            assert isinstance(form, MomentForm)
            assert reason in t.text
            assert form.field("until").has_focus_within
            assert MomentName.CONTAINED not in (await look(t)).incident.moments

        rich.run(responder)

    def test_the_second_is_offered_again_as_the_instant_it_was(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-3h", "enter", *"-2h", "enter", "2", "escape", "enter")
            form = t.app.screen
            assert isinstance(form, MomentForm)
            assert form.typed() == {
                "at": "2026-11-21T16:14:00Z",
                "until": "2026-11-21T17:14:00Z",
                "sure": "approximate",
                "source": "",
            }

        rich.run(responder)


class TestHowSure:
    def test_an_instant_may_be_approximate(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-2h", "enter", "enter", "right", "ctrl+s")
            assert await counted(t, MomentName.CONTAINED) == Moment(utc("17:14"), approximate=True)
            assert "contained: about Sat 21 Nov 18:14 CET (17:14 UTC)" in t.text

        rich.run(responder)

    def test_it_is_sure_unless_said_otherwise(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.CONTAINED)
            await t.press(*"-2h", "ctrl+s")
            assert await counted(t, MomentName.CONTAINED) == Moment(utc("17:14"))

        rich.run(responder)

    def test_a_reason_of_its_own_goes_with_one_sure_time_alone(self, rich: Terminal) -> None:
        """The record has no place for a reason beside a range: nothing typed is dropped in silence."""

        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.AWARE)
            await t.press(*"18/11 21:00", "enter", "enter", "2", "enter", *"Mail", "ctrl+s")
            form = t.app.screen
            assert isinstance(form, MomentForm)
            assert "goes with one sure time; beside two, or about one, write it as the source" in t.text
            assert form.field("why").has_focus_within

        rich.run(responder)

    @pytest.mark.parametrize(
        ("keys", "field", "reason"),
        [
            ([*"-2h"], "until", "goes with a time, not with a day alone"),
            (["enter", "2"], "sure", "a day alone already says that the time is not known"),
        ],
    )
    def test_nothing_more_is_said_of_a_day_alone(
        self, rich: Terminal, keys: list[str], field: str, reason: str
    ) -> None:
        async def responder(t: Terminal) -> None:
            await open_moment(t, MomentName.OCCURRED_TO)
            await t.press(*"17/11", "enter", *keys, "ctrl+s")
            form = t.app.screen
            assert isinstance(form, MomentForm)
            assert reason in t.text
            assert form.field(field).has_focus_within
            assert MomentName.OCCURRED_TO not in (await look(t)).incident.moments

        rich.run(responder)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_form_as_it_reads(rich: Terminal, golden: Any, size: tuple[int, int]) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.AWARE)
        await t.press(*"18/11 21:00", "enter", *"20/11 08:00")
        golden(f"screens/moment-{size[0]}x{size[1]}.txt", t.text)

    rich.run(responder, size)


@pytest.mark.parametrize("typed", ["25/10 02:30", ""])
def test_what_cannot_be_read_is_told_at_the_field(rich: Terminal, typed: str) -> None:
    async def responder(t: Terminal) -> None:
        await open_moment(t, MomentName.CONTAINED)
        await t.press(*typed, "ctrl+s")
        assert ("exists twice in Europe/Paris" if typed else "is no time; write now") in t.text
        assert isinstance(t.app.screen, MomentForm)

    rich.run(responder)
