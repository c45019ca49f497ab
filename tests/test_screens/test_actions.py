"""The one table of actions: every row can be done by its key, by its name in the palette, and is in the help."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static, TextArea

from screens.actions import ACTIONS, EVERYWHERE, Action, actions_on
from screens.board import BoardScreen
from screens.help import TITLES, HelpScreen
from tests.test_playbooks.contract_files import AGREEMENT
from tests.test_screens.conftest import Terminal

WAY_TO = {
    "board": (),
    "incident": ("enter",),
    "page": ("c",),
    "playbooks": ("p",),
    "contract": ("p", "r", *"dpa.txt", "enter"),
    "form": ("d",),
    "fact": ("f", "enter"),
    "draft": ("w", "end", "up", "up", "enter"),
    "answers": ("w", "end", "up", "up", "enter", "a"),
    "search": ("ctrl+f", *"mailbox", "enter"),
}
"""The keys that lead from the board to a screen of each kind."""

LEADS_TO = {
    ("board", "open_incident"): "IncidentScreen",
    ("board", "take_call"): "TakeCallScreen",
    ("board", "record_fact"): "RecordFactScreen",
    ("board", "record_moment"): "RecordMomentScreen",
    ("board", "note"): "NoteScreen",
    ("board", "decide"): "DecideScreen",
    ("board", "write_draft"): "WriteDraftScreen",
    ("board", "record_sent"): "RecordSentScreen",
    ("board", "contacts"): "ContactsScreen",
    ("board", "playbooks"): "PlaybooksScreen",
    ("board", "search"): "SearchScreen",
    ("board", "help"): "HelpScreen",
    ("incident", "record_fact"): "RecordFactScreen",
    ("incident", "record_moment"): "RecordMomentScreen",
    ("incident", "note"): "NoteScreen",
    ("incident", "decide"): "DecideScreen",
    ("incident", "write_draft"): "WriteDraftScreen",
    ("incident", "record_sent"): "RecordSentScreen",
    ("incident", "explain"): "ExplanationScreen",
    ("incident", "ask"): "NoteScreen",
    ("incident", "contacts"): "ContactsScreen",
    ("incident", "show_journal"): "JournalScreen",
    ("incident", "playbooks"): "PlaybooksScreen",
    ("draft", "answers"): "AnswersScreen",
    ("draft", "record_sent"): "RecordSentScreen",
    ("draft", "write_files"): "WriteFilesScreen",
    ("search", "open_incident"): "IncidentScreen",
    ("page", "note"): "NoteScreen",
    ("playbooks", "note"): "NoteScreen",
    ("playbooks", "read_contract"): "ReadContractScreen",
    ("playbooks", "lint"): "ReadinessScreen",
    ("playbooks", "adopt"): "AdoptScreen",
    ("contract", "note"): "NoteScreen",
    ("contract", "write_playbook"): "WritePlaybookScreen",
    ("contract", "adopt"): "AdoptScreen",
    ("answers", "note"): "NoteScreen",
}
"""What comes up when an action is done on a screen."""


@pytest.fixture(autouse=True)
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a contract lie in the current folder."""
    (tmp_path / "dpa.txt").write_text(AGREEMENT, "utf-8")
    monkeypatch.chdir(tmp_path)


def heard(terminal: Terminal, action: Action, calls: list[str]) -> None:
    """Have an action say that it was done, and do nothing."""
    doer: object = terminal.app if EVERYWHERE in action.screens else terminal.app.screen
    method = f"action_{action.name}"
    assert callable(getattr(doer, method))
    setattr(doer, method, lambda: calls.append(action.name))


def to_do(terminal: Terminal, kind: str) -> list[Action]:
    """Return what can be done now: there is no next draft where there is one (see the tests of drafts)."""
    actions = [one for one in actions_on(kind) if terminal.app.screen.check_action(one.name, ())]
    assert {one.name for one in actions_on(kind)} - {one.name for one in actions} <= {"next_draft"}
    return actions


def leave_text(terminal: Terminal) -> None:
    """Take the focus from a field of text: what it takes as text is no key there."""
    if isinstance(terminal.app.focused, Input | TextArea):
        terminal.app.set_focus(None)


def test_every_kind_of_screen_is_walked_to() -> None:
    kinds = {screen for action in ACTIONS for screen in action.screens} - {EVERYWHERE}
    assert kinds == set(WAY_TO)
    assert kinds | {EVERYWHERE} == set(TITLES)


@pytest.mark.parametrize("kind", WAY_TO)
def test_each_action_is_done_by_its_keys(rich: Terminal, kind: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press(*WAY_TO[kind])
        assert getattr(terminal.app.screen, "ACTIONS_OF", None) == kind
        here, calls = terminal.app.screen, list[str]()
        actions = to_do(terminal, kind)
        for action in actions:
            heard(terminal, action, calls)
        leave_text(terminal)
        keys = [(key, action.name) for action in actions for key in action.keys.split(",")]
        for key, _ in keys:
            await terminal.press(key)
        assert calls == [name for _, name in keys]
        assert terminal.app.screen is here

    rich.run(responder)


@pytest.mark.parametrize("kind", WAY_TO)
def test_each_action_is_done_from_the_palette(rich: Terminal, kind: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press(*WAY_TO[kind])
        here, calls = terminal.app.screen, list[str]()
        commands = {command.title: command for command in terminal.app.get_system_commands(here)}
        for action in to_do(terminal, kind):
            heard(terminal, action, calls)
            assert commands[action.label].help == action.help
            await commands[action.label].callback()
            assert calls.pop() == action.name

    rich.run(responder)


@pytest.mark.parametrize("action", ["take a call", "decide", "playbooks"])
def test_the_palette_is_worked_with_the_keyboard(rich: Terminal, action: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("ctrl+p", *action.replace(" ", ""), "enter", "enter")
        assert type(terminal.app.screen).__name__.startswith(action.title().replace(" A ", "").replace(" ", ""))

    rich.run(responder)


@pytest.mark.parametrize("way", LEADS_TO, ids="-".join)
def test_the_right_screen_comes_up_and_escape_comes_back(rich: Terminal, way: tuple[str, str]) -> None:
    kind, name = way
    key = next(action.keys for action in actions_on(kind) if action.name == name)

    async def responder(terminal: Terminal) -> None:
        await terminal.press(*WAY_TO[kind])
        here = terminal.app.screen
        await terminal.press(key)
        assert type(terminal.app.screen).__name__ == LEADS_TO[way]
        await terminal.press("escape")
        assert terminal.app.screen is here

    rich.run(responder)


@pytest.mark.parametrize("kind", WAY_TO)
def test_from_everywhere_escape_leads_to_the_board(rich: Terminal, kind: str) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press(*WAY_TO[kind])
        for _ in WAY_TO[kind]:
            if not isinstance(terminal.app.screen, BoardScreen):
                await terminal.press("escape")
        assert isinstance(terminal.app.screen, BoardScreen)

    rich.run(responder)


def test_the_help_says_every_action_under_its_screen(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("question_mark")
        assert isinstance(terminal.app.screen, HelpScreen)
        said = str(terminal.app.screen.query_one("#keys", Static).content).splitlines()
        titles = [f" {title}" for title in TITLES.values()]
        for screen, title in zip(TITLES, titles, strict=True):
            following = said[said.index(title) + 1 :]
            under = following[: next((n for n, line in enumerate(following) if line in titles), None)]
            for action in ACTIONS:
                row = [line for line in under if line.split()[:1] == [action.shown] and line.endswith(action.help)]
                assert len(row) == (1 if screen in action.screens else 0), (screen, action)

    rich.run(responder)


def test_no_key_means_two_things_on_a_screen() -> None:
    for kind in WAY_TO:
        keys = [key for action in actions_on(kind) for key in action.keys.split(",")]
        assert len(keys) == len(set(keys)), kind
