"""The one table of actions: footer, command palette and help are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a responder can do.

    Attributes:
        name: the action's name: the screen or the app has `action_<name>`.
        keys: the keys that do it, joined by commas as Textual has them; the first one is shown.
        shown: how the footer writes the key.
        label: one or two words, for the footer and the palette.
        help: one sentence, for the help screen and the palette.
        screens: where it can be done: names of screens, or `everywhere`.
        in_footer: stands in the footer; the rest is in palette and help.
    """

    name: str
    keys: str
    shown: str
    label: str
    help: str
    screens: tuple[str, ...]
    in_footer: bool = False


ACTIONS: tuple[Action, ...] = (
    Action(
        "open_incident", "enter", "enter", "open", "Open the selected incident.", ("board", "search"), in_footer=True
    ),
    Action(
        "take_call",
        "n",
        "n",
        "take a call",
        "Open an incident from a call, in four answers.",
        ("board",),
        in_footer=True,
    ),
    Action(
        "record_fact", "f", "f", "fact", "Record a fact of the Art. 33 file.", ("board", "incident"), in_footer=True
    ),
    Action("record_moment", "m", "m", "moment", "Record when something happened.", ("board", "incident")),
    Action(
        "note",
        "full_stop",
        ".",
        "note",
        "Note an action or a call.",
        ("board", "incident", "page", "playbooks", "contract", "form", "fact", "draft", "answers", "search"),
        in_footer=True,
    ),
    Action("decide", "d", "d", "decide", "Decide: breach or not, and the risk.", ("board", "incident"), in_footer=True),
    Action(
        "write_draft",
        "w",
        "w",
        "write",
        "Write a draft, read it, and copy its answers.",
        ("board", "incident"),
        in_footer=True,
    ),
    Action(
        "record_sent",
        "s",
        "s",
        "sent",
        "Record that a notification was made.",
        ("board", "incident", "draft"),
        in_footer=True,
    ),
    Action(
        "next_phase",
        "p",
        "p",
        "phase",
        "Show the draft as a first notice, follow-up, last one, withdrawal.",
        ("draft",),
    ),
    Action("explain", "x", "x", "explain", "Show how the selected clock was reckoned.", ("incident",), in_footer=True),
    Action(
        "ask", "a", "a", "ask", "Note who is asked for the fact selected in the file.", ("incident",), in_footer=True
    ),
    Action("contacts", "c", "c", "contacts", "Show who to reach tonight.", ("board", "incident")),
    Action("show_journal", "j", "j", "journal", "Show what was recorded, when, by whom.", ("incident",)),
    Action("next_pane", "tab", "tab", "next pane", "Go to the next pane.", ("incident",)),
    Action("previous_pane", "shift+tab", "shift+tab", "previous pane", "Go to the pane before.", ("incident",)),
    Action("filter", "slash", "/", "filter", "Filter the board as you type: words, vendor:…, state:….", ("board",)),
    Action("playbooks", "p", "p", "playbooks", "Show what we rely on: vendors, laws, forms.", ("board", "incident")),
    Action(
        "read_contract",
        "r",
        "r",
        "read",
        "Read the breach clause out of a contract.",
        ("playbooks",),
        in_footer=True,
    ),
    Action(
        "lint",
        "l",
        "l",
        "lint",
        "Show what the selected vendor's promise would cost you.",
        ("playbooks",),
        in_footer=True,
    ),
    Action(
        "write_playbook",
        "w",
        "w",
        "draft",
        "Write a vendor playbook to review; nothing comes into force.",
        ("contract",),
        in_footer=True,
    ),
    Action(
        "adopt",
        "a",
        "a",
        "adopt",
        "Put a reviewed vendor playbook in force, under a name.",
        ("playbooks", "contract"),
        in_footer=True,
    ),
    Action("refresh", "r", "r", "refresh", "Read everything again.", ("board", "incident")),
    Action(
        "back",
        "escape",
        "esc",
        "back",
        "Go back; nothing typed is lost.",
        ("incident", "page", "playbooks", "contract", "form", "fact", "draft", "answers", "search"),
        in_footer=True,
    ),
    Action("save", "ctrl+s", "ctrl+s", "save", "Record what the form says.", ("form", "fact"), in_footer=True),
    Action("next_certainty", "f2", "f2", "certainty", "Say how sure it is.", ("fact",), in_footer=True),
    Action("go_to_source", "f3", "f3", "source", "Say where it comes from.", ("fact",), in_footer=True),
    Action("discard", "f4", "f4", "discard", "Throw away what was typed and not saved.", ("form", "fact")),
    Action("answers", "a", "a", "answers", "Go through the form's questions one by one.", ("draft",), in_footer=True),
    Action(
        "copy", "c", "c", "copy", "Copy the draft or the answer to the clipboard.", ("draft", "answers"), in_footer=True
    ),
    Action(
        "copy_to_file", "f", "f", "to a file", "Write it to a file to copy from.", ("draft", "answers"), in_footer=True
    ),
    Action("write_files", "w", "w", "write files", "Write the drafts to a folder.", ("draft",), in_footer=True),
    Action("next_draft", "n", "n", "next draft", "Show the draft to the next recipient.", ("draft",), in_footer=True),
    Action("search", "ctrl+f", "ctrl+f", "search", "Search everything recorded.", (EVERYWHERE,)),
    Action("high_contrast", "f9", "f9", "contrast", "Switch high contrast on or off.", (EVERYWHERE,)),
    Action("help", "question_mark", "?", "help", "Show every key.", (EVERYWHERE,), in_footer=True),
)
"""Every action. A test holds that each one is bound, in the palette, and in the help."""


def actions_on(screen: str) -> tuple[Action, ...]:
    """Return the actions of one screen, those that can be done everywhere included."""
    return tuple(action for action in ACTIONS if screen in action.screens or EVERYWHERE in action.screens)


def bindings_on(screen: str) -> list[BindingType]:
    """Return the key bindings of one screen."""
    return _bindings(action for action in ACTIONS if screen in action.screens)


def bindings_everywhere() -> list[BindingType]:
    """Return the key bindings of the app."""
    return _bindings(action for action in ACTIONS if EVERYWHERE in action.screens)


def _bindings(actions: Iterable[Action]) -> list[BindingType]:
    return [
        Binding(
            action.keys,
            action.name,
            action.label,
            show=action.in_footer,
            key_display=action.shown,
            tooltip=action.help,
            id=action.name,
        )
        for action in actions
    ]
