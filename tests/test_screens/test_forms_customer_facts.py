"""Recording a fact of a single customer through the keyboard: whose it is, is never in doubt."""

import json
from typing import Any

import pytest

from incident.look import Look
from models.dossier import FACTS, RecordedFact
from models.vocabulary import Certainty
from screens.customer_facts import CustomerFactsScreen
from screens.fact_form import FactForm
from screens.record_fact import RecordFactScreen, facts_by_need
from tests.test_screens.conftest import SIZES, Terminal

REF = "INC-2026-0011"
"""We are the processor of Atelier Nord (310 data subjects) and Bottega Sud (45), in this order."""

NORD, SUD = "atelier-nord-sas", "bottega-sud-s-r-l"
TO_SUD = ("f", "enter", "down", "enter")
"""From the incident to the facts of the second customer."""


async def look(terminal: Terminal, reference: str = REF) -> Look:
    """Return an incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(reference))


async def recorded(terminal: Terminal, fact: str) -> dict[str | None, RecordedFact]:
    """Return the last value of a fact, by whose it is; None stands for everybody."""
    incident = (await look(terminal)).incident
    return {whose: found[fact][-1] for whose in (None, NORD, SUD) if fact in (found := incident.facts_of(whose))}


async def open_fact(terminal: Terminal, fact: str, customer: str | None) -> FactForm:
    """Open the form of one fact, everybody's or one customer's own."""
    form = FactForm(terminal.app.surroundings, terminal.app.desk, await look(terminal), fact, customer)
    terminal.app.push_screen(form)
    await terminal.settle()
    return form


async def say(terminal: Terminal, changes: dict[str, Any], **said: Any) -> None:
    """Record something in another place."""
    await terminal.app.desk.do(lambda desk: desk.record(REF, {"changes": changes, **said}))


class TestChoosingWhose:
    def test_a_customer_is_chosen_from_the_list_and_its_fact_is_its_own(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f")
            assert "Record a fact for everybody" in t.text
            assert "for one customer alone: Atelier Nord SAS and 1 more" in t.text
            await t.press("enter")
            assert isinstance(t.app.screen, CustomerFactsScreen)
            assert "Atelier Nord SAS: 4 missing" in t.text
            await t.press("down", "enter")
            assert isinstance(t.app.screen, RecordFactScreen)
            assert "Record a fact for Bottega Sud S.r.l. alone" in t.text
            await t.press("enter")
            assert "For Bottega Sud S.r.l.: Description" in t.text
            assert "for Bottega Sud S.r.l. alone: no other customer is told it" in t.text
            await t.press(*"Fax", "ctrl+s")
            assert {whose: one.value for whose, one in (await recorded(t, "description")).items()} == {SUD: "Fax"}
            assert "recorded Description: Fax (known)" in t.text
            await t.press("escape")
            assert "Atelier Nord SAS: 4 missing" in t.text
            assert "Bottega Sud S.r.l.: 3 missing" in t.text
            await t.press("escape")
            assert "Record a fact for everybody" in t.text

        rich.run(responder)

    def test_everybodys_is_the_line_below(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press("f", "down", "enter")
            assert "For everybody: Description" in t.text
            assert "for everybody: every customer is told the same" in t.text
            await t.press(*"Fax", "ctrl+s")
            assert {whose: one.value for whose, one in (await recorded(t, "description")).items()} == {None: "Fax"}

        rich.run(responder)

    def test_nobody_is_asked_whose_where_we_have_no_customers(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open("INC-2026-0003")
            await t.press("f")
            assert "Record a fact   INC-2026-0003" in t.text
            assert "customer alone" not in t.text
            await t.press("enter")
            assert "everybody" not in t.text

        rich.run(responder)

    def test_a_customer_that_is_not_affected_is_said_to_be_so(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await say(t, {"customers": [{"id": SUD, "affected": False}]})
            await t.open(REF)
            await t.press("f", "enter")
            assert "Bottega Sud S.r.l.: not affected" in t.text

        rich.run(responder)


class TestTheListOfOneCustomer:
    def test_shows_its_own_values_and_what_it_is_told_with_everybody(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await t.open(REF)
            await t.press(*TO_SUD)
            assert "recorded Number of data subjects: 45 (known)" in t.text
            assert "for all  Categories of personal data: names; telephone numbers (known)" in t.text
            assert "310" not in t.text

        rich.run(responder)

    def test_puts_first_what_its_own_notification_lacks(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await say(t, {"customers": [{"id": NORD, "facts": {"description": "Theirs"}}]})
            found = await look(t)
            assert "description" not in found.completeness_for(NORD).missing
            assert found.completeness_for(SUD).missing[0] == "description"
            assert facts_by_need(found, SUD)[0] == "description"
            assert facts_by_need(found, NORD)[0] == "subject_categories"
            assert sorted(facts_by_need(found, NORD)) == sorted(FACTS)

        rich.run(responder)

    def test_a_total_is_no_customers_figure(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await say(t, {"facts": {"records_count": {"value": 9000}}})
            await t.open(REF)
            await t.press("f")
            assert "recorded Number of personal data records: 9,000 (known)" in t.text
            assert "         Number of data subjects: a customer is told its own only" in t.text
            await t.press("home", "enter", "enter")
            assert "missing  Number of personal data records" in t.text
            assert "9,000" not in t.text

        rich.run(responder)


class TestTheForm:
    @pytest.mark.parametrize(
        ("fact", "customer", "said"),
        [
            ("subjects_count", None, "for everybody: a customer is told a figure of its own only"),
            ("breach_types", None, "for everybody: every customer is told the same"),
            ("breach_types", NORD, "for Atelier Nord SAS alone: no other customer is told it"),
            ("breach_types", NORD, "for everybody, this one too until it has its own: loss of confidentiality (known)"),
            ("subjects_count", NORD, "now: 310 (known)"),
        ],
    )
    def test_says_whose_fact_it_is(self, rich: Terminal, fact: str, customer: str | None, said: str) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, fact, customer)
            assert said in t.text

        rich.run(responder)

    def test_begins_with_the_customers_own_value_and_with_no_other(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            assert (await open_fact(t, "subjects_count", SUD)).typed()["value"] == "45"
            assert (await open_fact(t, "data_categories", SUD)).typed()["value"] == []

        rich.run(responder)

    def test_what_is_not_known_of_one_customer_is_that_ones(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            await open_fact(t, "description", SUD)
            await t.press("f2", "f2", "f3", *"SOC", "ctrl+s")
            found = await recorded(t, "description")
            assert list(found) == [SUD]
            assert (found[SUD].value, found[SUD].certainty, found[SUD].source) == (None, Certainty.UNKNOWN, "SOC")

        rich.run(responder)

    def test_an_estimate_and_an_error_at_the_field_are_as_everywhere(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            form = await open_fact(t, "records_count", SUD)
            await t.press(*"9-5", "ctrl+s")
            assert t.app.screen is form
            assert "'min' is greater than 'max'" in t.text
            await t.press(*["backspace"] * 3, "7", "f2", "ctrl+s")
            found = await recorded(t, "records_count")
            assert {whose: (one.value, one.certainty) for whose, one in found.items()} == {
                SUD: ({"value": 7}, Certainty.ESTIMATED)
            }

        rich.run(responder)

    def test_another_at_the_same_customers_fact_is_told_and_at_anothers_is_not(self, rich: Terminal) -> None:
        async def responder(t: Terminal) -> None:
            form = await open_fact(t, "description", SUD)
            await t.press("X")
            await say(t, {"customers": [{"id": SUD, "facts": {"description": "Theirs"}}]})
            await say(t, {"customers": [{"id": NORD, "facts": {"description": "Of Nord"}}]})
            await t.press("ctrl+s")
            assert t.app.screen is form
            assert "Recorded meanwhile: Theirs (known), anna" in t.text
            assert "Of Nord" not in t.text
            await t.press("ctrl+s")
            history = (await look(t)).incident.facts_of(SUD)["description"]
            assert [one.value for one in history] == ["Theirs", "X"]

        rich.run(responder, (200, 40))


def test_what_is_not_saved_is_kept_apart_for_each_customer(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        for customer, typed in ((None, "a"), (NORD, "n"), (SUD, "s")):
            await open_fact(t, "description", customer)
            await t.press(typed, "escape")
        for customer, typed in ((None, "a"), (NORD, "n"), (SUD, "s")):
            assert (await open_fact(t, "description", customer)).typed()["value"] == typed
            await t.press("escape")
        await t.open(REF)
        await t.press(*TO_SUD)
        assert "missing  Description  typed, not saved" in t.text
        await t.press("enter", "ctrl+s")
        assert {whose: one.value for whose, one in (await recorded(t, "description")).items()} == {SUD: "s"}

    rich.run(responder)
    folder = rich.app.surroundings.unsaved
    assert folder is not None
    left = [json.loads(file.read_bytes())["typed"]["value"] for file in sorted(folder.glob("*description.json"))]
    assert left == ["n", "a"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_form_as_it_reads(rich: Terminal, golden: Any, size: tuple[int, int]) -> None:
    async def responder(t: Terminal) -> None:
        await open_fact(t, "data_categories", SUD)
        golden(f"screens/customer-fact-{size[0]}x{size[1]}.txt", t.text)

    rich.run(responder, size)


def test_a_hostile_name_is_harmless(hostile: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.app.desk.do(lambda desk: desk.record("INC-2026-0001", {"changes": {"role": "processor"}}))
        await t.open("INC-2026-0001")
        for key in ("f", "enter", "enter", "enter"):
            await t.press(key)
            acting = [c for c in t.text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c == "\u202e")]
            assert acting == []
            assert "[@click=app.quit]q[/]" in t.text
        assert isinstance(t.app.screen, FactForm)
        await t.press("space", "ctrl+s")
        assert "[@click=app.quit]q[/]" in str([one.message for one in t.app._notifications])

    hostile.run(responder)
