"""Deciding through the keyboard: nothing is decided by one key, and a decision not to notify has its reasons."""

import pytest

from incident.look import Look
from models.exemptions import Ground
from models.risk_factors import RISK_FACTORS
from models.vocabulary import Risk
from screens.confirm import ConfirmScreen
from screens.decide import RISK_WORDS, DecideScreen
from tests.test_screens.conftest import Terminal

REF = "INC-2026-0003"
OVERDUE = "INC-2026-0004"


async def look(terminal: Terminal, reference: str = REF) -> Look:
    """Return an incident as the store has it."""
    return await terminal.app.desk.do(lambda desk: desk.look(reference))


def said(terminal: Terminal) -> str:
    """Return what is on the screen as running text."""
    return " ".join(terminal.text.replace("│", " ").split())


def test_a_decision_is_shown_whole_and_recorded_when_that_is_confirmed(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", "1", "enter", "3", "enter", *"Mail was read", "tab", "tab", *"Tell them", "ctrl+s")
        assert isinstance(t.app.screen, ConfirmScreen)
        for line in (
            f"{REF}: high risk",
            "reasons: Mail was read",
            "decided by: anna",
            "the DPO's advice: Tell them",
            "and the people without undue delay (Art. 34)",
        ):
            assert line in said(t)
        assert (await look(t)).incident.decision is None
        await t.press("tab", "enter")
        decision = (await look(t)).incident.decision
        assert decision is not None
        assert (decision.risk, decision.because) == (Risk.HIGH, "Mail was read")
        assert (decision.by, decision.dpo_advice) == ("anna", "Tell them")

    rich.run(responder)


def test_the_default_answer_to_the_summary_records_nothing(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", "1", "enter", "2", "ctrl+s", "enter")
        assert isinstance(t.app.screen, DecideScreen)
        assert (await look(t)).incident.decision is None
        assert t.app.screen.typed()["risk"] == "risk"

    rich.run(responder)


@pytest.mark.parametrize("keys", [["1", "enter", "1"], ["2"]], ids=["unlikely", "no breach"])
def test_a_decision_not_to_notify_needs_its_reasons(rich: Terminal, keys: list[str]) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", *keys, "ctrl+s")
        assert "a decision not to notify needs its reasons" in t.text
        await t.press(*"Encrypted", "ctrl+s", "tab", "enter")
        decision = (await look(t)).incident.decision
        assert decision is not None
        assert decision.because == "Encrypted"
        assert decision.breach is (keys[0] == "1")

    rich.run(responder)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [([], "is it a personal data breach?"), (["1"], "unlikely, risk or high?")],
    ids=["breach", "risk"],
)
def test_nothing_is_decided_for_the_responder(rich: Terminal, keys: list[str], reason: str) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", *keys, "ctrl+s")
        assert isinstance(t.app.screen, DecideScreen)
        assert reason in t.text

    rich.run(responder)


def test_the_factors_stand_beside_it(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d")
        assert "EDPB Guidelines 9/2022" in t.text
        for factor in RISK_FACTORS:
            assert f"- {factor.name}" in t.text

    rich.run(responder)


def test_an_expired_notification_reads_late_notify_now_with_reasons(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(OVERDUE)
        await t.press("d")
        assert "late: notify now, with reasons (8 h 00 min overdue)" in said(t)
        await t.press("escape", "escape")
        await t.open(REF)
        await t.press("d")
        assert "late:" not in t.text

    rich.run(responder, (80, 40))


def test_lateness_is_judged_now_and_not_when_the_program_was_started(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        t.now = t.now.replace(day=22)
        await t.open(REF)
        await t.press("d")
        assert "late: notify now, with reasons (22 h 00 min overdue)" in said(t)

    rich.run(responder, (80, 40))


def test_the_last_decision_is_shown_and_can_be_taken_again(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open("INC-2026-0009")
        await t.press("d")
        assert "decided: unlikely to result in a risk, demo" in t.text
        await t.press("1", "enter", "2", "ctrl+s", "tab", "enter")
        decisions = (await look(t, "INC-2026-0009")).incident.decisions
        assert [decision.risk for decision in decisions] == [Risk.UNLIKELY, Risk.RISK]

    rich.run(responder)


def test_a_processor_is_told_whose_decision_it_is(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open("INC-2026-0011")
        await t.press("d")
        assert "We are the processor: the risk is for the controller to decide." in t.text

    rich.run(responder)


def test_whom_a_high_risk_is_told_to_is_asked_with_it_and_needs_reasons(rich: Terminal) -> None:
    async def responder(t: Terminal) -> None:
        await t.open(REF)
        await t.press("d", "1", "enter", "2")
        assert "Art. 34(3)" not in t.text
        await t.press("3", "enter", "tab", "tab", "tab", "2", "ctrl+s")
        assert "say why people are not told one by one" in t.text
        await t.press(*"Encrypted", "ctrl+s")
        assert "told under Art. 34(3): nobody: unintelligible data, (a)" in said(t)
        assert "the people need not be told (Art. 34)" in said(t)
        await t.press("tab", "enter")
        exemption = (await look(t)).incident.exemption
        assert exemption is not None
        assert (exemption.relied.ground, exemption.because) == (Ground.PROTECTED, "Encrypted")

    rich.run(responder, (80, 40))


def test_nobody_ever_reads_no_risk() -> None:
    assert not any(words.startswith("no ") for words in RISK_WORDS.values())
