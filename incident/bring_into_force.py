"""Bringing what is staged on disk into force: recorded in the journal, and the board made anew under it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from incident.board import board_row
from incident.in_force import InForce, change, read_staged, recorded
from incident.placing import finish_interrupted
from incident.staged import Staged, has_our_rows
from incident.store.protocol import Store
from models.replay import replay


def bring_into_force(store: Store, staged: Staged) -> InForce:
    """Record settings and playbooks in the journal where they changed, and return what is in force.

    A missing settings file is no statement: what the journal has stays in force. A board whose rows are in the form
    of another version of the program is made anew, though nothing is recorded then.

    Raises:
        BadInput: a fault in what is staged; nothing is recorded then.
        Failure: the store cannot be written.
    """
    entries, made_under = store.rules(), store.fingerprint()
    before = recorded(entries)
    if before is not None and made_under == staged.fingerprint:
        return before
    staged = replace(staged, texts=finish_interrupted(entries, staged.texts, staged.playbooks))
    after = _read_after(before, staged)
    if change(before, after) is not None or not has_our_rows(made_under):
        _record(store, staged, after, None)
    return after


def adopt_into_force(store: Store, staged: Staged, adopted: Mapping[str, Any]) -> None:
    """Record what is staged with the confirmation of one of its files, even where the file itself is in force.

    Args:
        adopted: what was confirmed, and by whom (`incident.adoption`).

    Raises:
        BadInput: a fault in what is staged; nothing is recorded then.
        Failure: the store cannot be written.
    """
    _record(store, staged, _read_after(recorded(store.rules()), staged), adopted)


def _read_after(before: InForce | None, staged: Staged) -> InForce:
    after = read_staged(staged)
    if staged.settings is None and before is not None:
        return InForce(before.settings, after.texts, after.program)
    return after


def _record(store: Store, staged: Staged, after: InForce, adopted: Mapping[str, Any] | None) -> None:
    with store.write() as transaction:
        new = change(recorded(transaction.rules()), after, adopted)
        if new is not None:
            transaction.append(new)
        rows = (board_row(replay(transaction.entries(name)), after) for name in store.references())
        transaction.replace_board(rows, staged.fingerprint)
