"""Recording a notification: the form, what it says back, and what it records."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from incident.store.sqlite import open_existing
from models.journal import EntryKind
from screens.board import BoardScreen
from screens.confirm import ConfirmScreen
from screens.record_sent import RecordSentScreen
from tests.test_screens.conftest import NOW, SIZES, Terminal

Golden = Callable[[str, str], None]

OVERDUE, SETTLED, TO_CUSTOMERS = "INC-2026-0004", "INC-2026-0007", "INC-2026-0011"
CONFIRM = ("ctrl+s", "right", "enter")


async def sent_about(terminal: Terminal, reference: str, *keys: str) -> RecordSentScreen:
    app = terminal.app
    screen = RecordSentScreen(app.surroundings, app.desk, reference)
    await app.push_screen(screen)
    await terminal.settle()
    await terminal.press(*keys)
    return screen


def notified(tmp_path: Path, reference: str) -> list[dict[str, Any]]:
    """Return what was recorded of notifications since the samples were."""
    store = open_existing(tmp_path / "test.db", actor="anna", stated_now=None)
    assert store is not None
    entries = store.entries(reference)
    store.close()
    return [dict(entry.body or {}) for entry in entries if entry.kind is EntryKind.NOTIFIED]


def told(terminal: Terminal) -> str:
    return "\n".join(message.message for message in terminal.app._notifications)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_form_as_it_reads(rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await sent_about(terminal, OVERDUE)
        golden(f"screens/sent-{size[0]}x{size[1]}.txt", terminal.text)

    rich.run(responder, size)


def test_the_duty_that_burns_is_picked_and_what_is_settled_comes_last(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, OVERDUE)
        assert screen.field("duty").typed == "gdpr-33-1"
        assert next(iter(screen._clocks)) == "gdpr-33-1"
        settled = [clock.state.settled for clock in screen._clocks.values()]
        assert settled == sorted(settled)
        assert {True, False} == set(settled)

    rich.run(responder)


def test_everything_is_said_back_confirmed_and_recorded(rich: Terminal, tmp_path: Path) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("s")
        assert isinstance(terminal.app.screen, RecordSentScreen)
        await terminal.press("enter", *"-2h", "enter", "enter", *"portal", "enter", *"CNIL", "enter", *"A1", "enter")
        await terminal.press("right", "enter", *"late")
        assert "= Sat 21 Nov 18:14 CET (17:14 UTC), after the deadline: give the reasons" in terminal.text
        await terminal.press("ctrl+s")
        assert isinstance(terminal.app.screen, ConfirmScreen)
        for line in (
            "made, Sat 21 Nov 18:14 CET (17:14 UTC)",
            "under gdpr-33-1: We notify CNIL (Art. 33(1) GDPR)",
            "incomplete: more is still to come (Art. 33(4) GDPR)",
            "how: portal",
            "to: CNIL",
            "reference: A1",
            "reasons for delay: late",
        ):
            assert line in terminal.text
        assert notified(tmp_path, OVERDUE) == []
        await terminal.press("right", "enter")
        assert isinstance(terminal.app.screen, BoardScreen)
        assert "Recorded under gdpr-33-1." in told(terminal)

    rich.run(responder)
    assert notified(tmp_path, OVERDUE) == [
        {
            "duty": "gdpr-33-1",
            "at": "2026-11-21T17:14:00Z",
            "status": "made",
            "complete": False,
            "channel": "portal",
            "to": "CNIL",
            "reference": "A1",
            "because": "late",
        }
    ]


class TestEvidence:
    """The same rules as `incident sent --evidence`: name and hash are recorded, the file itself is not."""

    TO_IT = ("enter", *"-1h", *["enter"] * 7)
    """From the duty to the field."""

    def test_is_confirmed_and_recorded_by_name_and_hash(
        self, rich: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        proof, digest = Path("receipt.pdf"), sha256(b"received").hexdigest()
        proof.write_bytes(b"received")

        def change_it_meanwhile() -> None:
            proof.write_bytes(b"another one")

        async def responder(terminal: Terminal) -> None:
            screen = await sent_about(terminal, OVERDUE, *self.TO_IT)
            assert screen.field("evidence").has_focus_within
            await terminal.press(*str(proof), "enter")
            assert isinstance(terminal.app.screen, ConfirmScreen)
            assert "evidence: receipt.pdf SHA-256" in terminal.text
            assert digest in terminal.text
            assert notified(tmp_path, OVERDUE) == []
            change_it_meanwhile()
            await terminal.press("right", "enter")

        rich.run(responder)
        (body,) = notified(tmp_path, OVERDUE)
        assert body["evidence"] == f"receipt.pdf SHA-256 {digest}"

    def test_a_home_is_found_as_a_shell_finds_it(
        self, rich: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / "proof.txt").write_bytes(b"")

        async def responder(terminal: Terminal) -> None:
            await sent_about(terminal, OVERDUE, *self.TO_IT, *"~/proof.txt", *CONFIRM)

        rich.run(responder)
        (body,) = notified(tmp_path, OVERDUE)
        assert body["evidence"] == f"proof.txt SHA-256 {sha256(b'').hexdigest()}"

    @pytest.mark.parametrize(
        ("named", "reason"),
        [
            ("gone.pdf", "gone.pdf: cannot be read: No such file or directory"),
            ("proofs", "proofs: is no file; name the file that proves it"),
            ("~nobody-here/a.pdf", "~nobody-here/a.pdf: cannot be read: No such file or directory"),
        ],
    )
    def test_that_cannot_be_read_is_told_at_the_field_and_nothing_is_recorded(
        self, rich: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, reason: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("proofs").mkdir()

        async def responder(terminal: Terminal) -> None:
            screen = await sent_about(terminal, OVERDUE, *self.TO_IT, *named, "ctrl+s")
            assert terminal.app.screen is screen
            assert reason in terminal.text
            assert screen.field("evidence").has_focus_within
            assert screen.field("evidence").typed == named

        rich.run(responder)
        assert notified(tmp_path, OVERDUE) == []

    def test_on_the_smallest_screen_both_refusal_and_confirmation_are_read_with_their_keys(
        self, rich: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        digest = sha256(b"").hexdigest()
        Path("a.pdf").touch()

        async def responder(terminal: Terminal) -> None:
            await sent_about(terminal, OVERDUE, *self.TO_IT, *"a.pd", "ctrl+s")
            assert "a.pd: cannot be read: No such" in terminal.text
            await terminal.press("f", "ctrl+s")
            assert "Back             Record" in terminal.text
            assert digest[-10:] not in terminal.text
            await terminal.press("down", "down")
            assert digest[-10:] in terminal.text
            await terminal.press("up", "up")
            assert "Record this?" in terminal.text

        rich.run(responder, (40, 12))

    def test_nothing_named_is_no_evidence(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await sent_about(terminal, OVERDUE, *self.TO_IT, "ctrl+s")
            assert isinstance(terminal.app.screen, ConfirmScreen)
            assert "evidence" not in terminal.text.partition("Record this?")[2]
            await terminal.press("right", "enter")

        rich.run(responder)
        (body,) = notified(tmp_path, OVERDUE)
        assert "evidence" not in body


def test_enter_alone_records_nothing(rich: Terminal, tmp_path: Path) -> None:
    """The confirmation's default is the way back."""

    async def responder(terminal: Terminal) -> None:
        await sent_about(terminal, OVERDUE, "enter", *"now", "ctrl+s", "enter")
        assert isinstance(terminal.app.screen, RecordSentScreen)
        await terminal.press("ctrl+s", "escape")
        assert isinstance(terminal.app.screen, RecordSentScreen)
        assert terminal.app.screen.field("at").typed == "2026-11-21T19:14:00Z"

    rich.run(responder)
    assert notified(tmp_path, OVERDUE) == []


def test_a_late_one_without_reasons_asks_for_them_afterwards(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await sent_about(terminal, OVERDUE, "enter", *"now", *CONFIRM)
        assert "gdpr-33-1 was met late: the reasons go with it" in told(terminal)

    rich.run(responder)


@pytest.mark.parametrize(("steps", "status"), [(1, "attempted"), (2, "acknowledged"), (3, "withdrawn")])
def test_what_became_of_it(rich: Terminal, tmp_path: Path, steps: int, status: str) -> None:
    before = len(notified(tmp_path, SETTLED))

    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, SETTLED)
        screen.field("duty").restore("gdpr-33-1")
        await terminal.press("enter", *"now", "enter", *["right"] * steps, *CONFIRM)

    rich.run(responder)
    recorded = notified(tmp_path, SETTLED)[before:]
    assert [(body["duty"], body["status"]) for body in recorded] == [("gdpr-33-1", status)]


def test_what_the_desk_refuses_is_told_and_nothing_typed_is_lost(rich: Terminal, tmp_path: Path) -> None:
    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, OVERDUE, "enter", *"now", "enter", "3", "enter", *"post", *CONFIRM)
        assert "no notification under gdpr-33-1 is recorded that could be acknowledged" in told(terminal)
        assert terminal.app.screen is screen
        assert screen.field("channel").typed == "post"

    rich.run(responder)
    assert notified(tmp_path, OVERDUE) == []


@pytest.mark.parametrize("typed", ["", "soon", "25:00"])
def test_a_time_that_cannot_be_read_is_refused_at_its_field(rich: Terminal, typed: str) -> None:
    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, OVERDUE, "enter", *typed, "ctrl+s")
        assert terminal.app.screen is screen
        assert screen.field("at").has_focus_within

    rich.run(responder)


def test_what_was_typed_survives_escape(rich: Terminal, tmp_path: Path) -> None:
    rich.app.surroundings = replace(rich.app.surroundings, unsaved=tmp_path / "unsaved")

    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, TO_CUSTOMERS, "down", "enter", *"-1h")
        duty = screen.field("duty").typed
        await terminal.press("escape")
        terminal.now = NOW + timedelta(hours=3)
        again = await sent_about(terminal, TO_CUSTOMERS)
        assert again is not screen
        assert again.field("duty").typed == duty
        assert again.field("at").typed == "2026-11-21T18:14:00Z"

    rich.run(responder)


def test_a_form_that_nobody_touched_keeps_nothing(rich: Terminal, tmp_path: Path) -> None:
    rich.app.surroundings = replace(rich.app.surroundings, unsaved=tmp_path / "unsaved")

    async def responder(terminal: Terminal) -> None:
        await sent_about(terminal, OVERDUE, "escape")
        assert isinstance(terminal.app.screen, BoardScreen)
        assert told(terminal) == ""

    rich.run(responder)
    assert not list((tmp_path / "unsaved").glob("*"))


def test_hostile_text_is_harmless(hostile: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        screen = await sent_about(terminal, "INC-2026-0001")
        screen.field("duty").restore("added:1")
        await terminal.press("enter", *"now", "ctrl+s")
        assert isinstance(terminal.app.screen, ConfirmScreen)
        assert "[@click=app.quit]q[/]" in terminal.text
        assert "\\x1b]0;owned\\x07" in terminal.text
        assert not set(terminal.text) & set("\x1b\x07\x9b\u202e\u2066\u200b\u2028")

    hostile.run(responder)
