"""Bringing what is staged on disk into force: recorded in the journal, and the board made anew under it."""

from incident.board import board_row
from incident.in_force import InForce, change, read_staged, recorded
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
    before, made_under = recorded(store.rules()), store.fingerprint()
    if before is not None and made_under == staged.fingerprint:
        return before
    after = read_staged(staged)
    if staged.settings is None and before is not None:
        after = InForce(before.settings, after.texts, after.program)
    if change(before, after) is None and has_our_rows(made_under):
        return after
    with store.write() as transaction:
        new = change(recorded(transaction.rules()), after)
        if new is not None:
            transaction.append(new)
        rows = (board_row(replay(transaction.entries(name)), after) for name in store.references())
        transaction.replace_board(rows, staged.fingerprint)
    return after
