"""Recording facts through the keyboard: what is missing first, errors at the field, two people at one fact."""

from typing import Any

import pytest

from incident.desk import Desk
from incident.look import Look
from models.dossier import FACTS, RecordedFact
from models.fact_kinds import FactKind, fact_kind
from models.vocabulary import Certainty
from screens.fact_form import FactForm
from screens.record_fact import RecordFactScreen, facts_by_need
from tests.test_screens.conftest import HOSTILE, NOW, Terminal

REF = "INC-2026-0003"


async def look(terminal: Terminal, reference: str = REF) -> Look:
    """Return an incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(reference))


async def last(terminal: Terminal, fact: str) -> RecordedFact:
    """Return the last recorded value of a fact."""
    return (await look(terminal)).incident.facts[fact][-1]


async def open_fact(terminal: Terminal, fact: str, reference: str = REF) -> None:
    """Open the form of one fact."""
    surroundings, desk = terminal.app.surroundings, terminal.app.desk
    terminal.app.push_screen(FactForm(surroundings, desk, await look(terminal, reference), fact))
    await terminal.settle()


def typed(terminal: Terminal) -> dict[str, Any]:
    """Return what stands in the form."""
    form = terminal.app.screen
    assert isinstance(form, FactForm)
    return form.typed()


class TestChoosing:
    def test_what_is_missing_stands_first(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f")
            assert isinstance(t.app.screen, RecordFactScreen)
            found = await look(t)
            ordered = facts_by_need(found)
            missing = [name for names in found.completeness.missing for name in names.split("|") if name in FACTS]
            assert ordered[: len(missing)] == missing
            assert sorted(ordered) == sorted(FACTS)
            assert "missing  Number of data subjects" in t.text

        rich.run(responder)

    def test_what_documents_name_is_suggested_but_never_ticked(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f")
            assert "documents name communications and traffic data" in t.text
            await open_fact(t, "data_categories")
            assert "documents name, to be confirmed: communications and traffic data" in t.text
            assert typed(t)["value"] == []

        rich.run(responder)

    def test_a_fact_is_chosen_and_the_list_comes_back_with_it(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f", "enter", *"A token in a log", "ctrl+s")
            assert isinstance(t.app.screen, RecordFactScreen)
            assert "Description: A token in a log (known)" in t.text
            assert (await last(t, "description")).value == "A token in a log"

        rich.run(responder)


class TestValues:
    @pytest.mark.parametrize(
        ("fact", "keys", "value"),
        [
            ("description", [*"Mailbox"], "Mailbox"),
            ("breach_types", ["down", "space"], ["confidentiality", "integrity"]),
            ("severity", ["3"], "significant"),
            ("data_unintelligible", ["2"], False),
            ("subjects_count", [*"1200"], {"value": 1200}),
            ("countries", [*"FR", "enter", *"BE"], ["FR", "BE"]),
            ("people_by_country", [*"FR ~300"], {"FR": {"value": 300, "approximate": True}}),
            ("other_parties", [*"Lab; expert"], [{"name": "Lab", "role": "expert"}]),
            ("informed_at", [*"-2h"], "2026-11-21T17:14:00Z"),
            ("not_informed_reason", ["2"], "art34_3_a_protected"),
        ],
    )
    def test_every_kind_of_fact_is_recorded(self, rich: Terminal, fact: str, keys: list[str], value: object) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, fact)
            await t.press(*keys, "ctrl+s")
            recorded = await last(t, fact)
            assert recorded.value == value
            assert recorded.certainty is Certainty.KNOWN

        rich.run(responder)

    def test_every_fact_has_a_form_that_opens(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            for fact in FACTS:
                await open_fact(t, fact)
                assert t.app.focused is not None
                await t.press("escape")
            assert not isinstance(t.app.screen, FactForm)

        rich.run(responder)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("~1200", "= about 1200"), ("5000-9000", "= 5000 to 9000"), ("5000-", "= at least 5,000"), ("x", "no count")],
    )
    def test_a_count_is_said_back(self, rich: Terminal, typed: str, said: str) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "subjects_count")
            await t.press(*typed)
            assert said in t.text

        rich.run(responder)

    def test_a_range_is_an_estimate_by_itself(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "subjects_count")
            await t.press(*"5-9", "ctrl+s")
            assert (await last(t, "subjects_count")).certainty is Certainty.ESTIMATED

        rich.run(responder)

    @pytest.mark.parametrize(
        ("fact", "keys", "reason"),
        [
            ("subjects_count", [*"9-5"], "'min' is greater than 'max'"),
            ("countries", [*"Frankreich"], "is not"),
            ("subjects_count", [], "nothing is answered"),
            ("other_parties", [*"; x"], "a party needs a name"),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field(self, rich: Terminal, fact: str, keys: list[str], reason: str) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, fact)
            await t.press(*keys, "ctrl+s")
            assert isinstance(t.app.screen, FactForm)
            assert reason in t.text
            assert fact not in (await look(t)).incident.facts

        rich.run(responder)


class TestCertaintyAndSource:
    def test_are_one_key_away(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "description")
            await t.press(*"Mailbox", "f2", "f3", *"SOC", "ctrl+s")
            recorded = await last(t, "description")
            assert (recorded.value, recorded.certainty, recorded.source) == ("Mailbox", Certainty.ESTIMATED, "SOC")

        rich.run(responder)

    def test_unknown_is_recorded_without_a_value(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "description")
            await t.press("f2", "f2", "ctrl+s")
            recorded = await last(t, "description")
            assert (recorded.value, recorded.certainty) == (None, Certainty.UNKNOWN)

        rich.run(responder)

    def test_what_does_not_apply_needs_its_reason(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "special_categories")
            await t.press("f2", "f2", "f2", "ctrl+s")
            assert "say why it does not apply" in t.text
            await t.press(*"none held", "ctrl+s")
            recorded = await last(t, "special_categories")
            assert (recorded.certainty, recorded.why) == (Certainty.NOT_APPLICABLE, "none held")

        rich.run(responder)

    def test_a_recorded_estimate_stays_one_until_that_is_changed(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "records_count")
            assert typed(t) == {"value": "5000-9000", "certainty": "estimated", "source": "", "why": ""}

        rich.run(responder)


class TestTwoPeopleAtOneFact:
    def test_the_second_is_told_and_both_stay(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "description")
            await t.press(*"Mine")
            body = {"changes": {"facts": {"description": "Theirs"}}, "source": "SOC"}
            await t.app.desk.do(lambda desk: desk.record(REF, body))
            await t.press("ctrl+s")
            assert isinstance(t.app.screen, FactForm)
            assert "Recorded meanwhile: Theirs (known, SOC), anna" in t.text
            assert (await last(t, "description")).value == "Theirs"
            await t.press("ctrl+s")
            values = [fact.value for fact in (await look(t)).incident.facts["description"]]
            assert values == ["Theirs", "Mine"]

        rich.run(responder, (200, 40))

    def test_what_was_recorded_in_the_same_instant_is_told_afterwards(
        self, rich: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record = Desk.record

        def after_theirs(desk: Desk, name: str, body: dict[str, Any]) -> Look:
            record(desk, name, {"changes": {"facts": {"description": "Theirs"}}})
            return record(desk, name, body)

        async def responder(t: Terminal) -> None:
            await open_fact(t, "description")
            await t.press(*"Mine")
            monkeypatch.setattr(Desk, "record", after_theirs)
            await t.press("ctrl+s")
            assert "Recorded at the same time: Theirs (known), anna" in " ".join(t.text.split())
            values = [fact.value for fact in (await look(t)).incident.facts["description"]]
            assert values == ["Theirs", "Mine"]

        rich.run(responder, (200, 40))


class TestHostileText:
    def test_no_form_of_a_fact_lets_it_through(self, hostile: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            for fact in FACTS:
                if fact_kind(fact) is FactKind.TICKS:
                    continue
                await open_fact(t, fact, "INC-2026-0001")
                assert not any(0x7F <= ord(c) < 0xA0 or ord(c) < 0x20 for c in t.text.replace("\n", ""))
                await t.press("escape")

        hostile.run(responder)

    def test_what_cannot_stand_in_a_field_unchanged_is_not_put_there(self, hostile: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "measures_remedy", "INC-2026-0001")
            assert typed(t)["value"] == ""
            assert "\\x1b]0;owned" in t.text

        hostile.run(responder)

    def test_what_is_pasted_is_made_visible(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            t.app.copy_to_clipboard(HOSTILE)
            await open_fact(t, "description")
            await t.press("ctrl+v", "f3", "ctrl+v")
            assert not any(0x7F <= ord(c) < 0xA0 or ord(c) < 0x20 for c in t.text.replace("\n", ""))
            await t.press("ctrl+s")
            recorded = await last(t, "description")
            assert "\x1b" not in str(recorded.value) + str(recorded.source)
            assert "\\x1b]0;owned" in str(recorded.value)

        rich.run(responder)


def test_a_time_still_to_come_is_said_to_be(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await open_fact(t, "informed_planned_at")
        await t.press(*f"{NOW:%d/%m} 23:00")
        assert "= Sat 21 Nov 23:00 CET (22:00 UTC), later than now" in t.text

    rich.run(responder)
