"""Carrying a record from one store to another: its bytes, its chain and its board, as they are."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from incident.errors import Failure
from incident.store import sqlite
from incident.store.protocol import BoardQuery, Store
from incident.store.recorder import machine_time
from models.journal import first_fault


def carry(source: Store, target: Store) -> None:
    """Copy a record into a store that holds none, and check that its chain came over whole.

    Raises:
        Failure: the target holds a record already, or the journal does not hold; then nothing is copied.
    """
    with source.snapshot():
        head = source.head()
        with target.write() as transaction:
            if target.head()[0]:
                raise Failure("there is a record already, and none is ever mixed with another; name an empty store")
            fault = first_fault(source.stored_entries(), head)
            if fault is not None:
                raise Failure(f"the journal does not hold: entry {fault.sequence} {fault.reason}; nothing was copied")
            transaction.take_over(source.stored_entries())
            _, rows = source.board(BoardQuery(machine_time(), limit=0))
            made_under = source.fingerprint()
            if made_under is not None:
                transaction.replace_board(rows, made_under)
    fault = first_fault(target.stored_entries(), head)
    if fault is not None:
        raise Failure(f"the copy does not hold: entry {fault.sequence} {fault.reason}; do not use it")


def copy_to_file(source: Store, target: Path) -> None:
    """Write a record to a new file, as a store of its own, by way of a throw-away one: no part of it is ever there.

    Raises:
        Failure: the file exists already or cannot be written, or the journal does not hold.
    """
    with (
        TemporaryDirectory(prefix="incident-") as folder,
        closing(sqlite.open_store(Path(folder) / "copy.db", actor="", stated_now=None)) as copy,
    ):
        carry(source, copy)
        copy.backup(target)
