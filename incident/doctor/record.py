"""The record looked at: the database, its tables, the journal's chain, the projections, the attachments."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from incident.attachments import faults as attachment_faults
from incident.board import board_row
from incident.doctor.finding import Finding, repairable
from incident.errors import Failure
from incident.in_force import recorded
from incident.places import Places
from incident.staged import staged
from incident.store import board, journal
from incident.store.database import open_existing, reading, writing
from incident.store.failures import explained
from incident.store.protocol import BoardRow
from incident.store.soundness import chain_fault, database_faults, is_projection, table_faults
from incident.store.sqlite import open_existing as open_store
from models.replay import replay

_MOST = 5
"""Faults of one kind that are named."""

_RESTORE = "restore a backup: incident restore FILE"
_ANEW = "makes the board and its search index anew from the journal"


def record_findings(places: Places) -> Iterator[Finding]:
    """Yield what is found of the record, of one instant of it, whoever writes meanwhile."""
    path = places.store_file
    try:
        connection = open_existing(path)
        if connection is None:
            yield Finding("database", f"{path}: no record is kept there yet")
            return
        with explained(path), closing(connection):
            with reading(connection):
                tables = [*table_faults(connection)]
                found = [*_database_findings(connection), *_table_findings(tables)]
                if not any(fault.startswith("table") and not is_projection(table) for table, fault in tables):
                    found.append(_journal_finding(connection))
                sound = all(finding.well for finding in found)
                found += _board_findings(connection, places) if sound else ()
            yield from found
            if sound:
                yield _index_finding(connection)
                yield from _attachment_findings(places)
    except Failure as failure:
        yield Finding("database", str(failure), "put that right, then look again")


def make_projections_anew(path: Path) -> None:
    """Drop the board and its search index, and make them from the journal, under the rules that it says are in force.

    Raises:
        Failure: there is no store, or it cannot be written.
    """
    from sqlite_utils import Database

    from incident.store.migrations import renew_projections

    connection = open_existing(path)
    if connection is None:
        raise Failure(f"{path}: no record is kept there")
    with explained(path), closing(connection), writing(connection):
        readable = not any(is_projection(table) for table, _ in table_faults(connection))
        made_under = board.fingerprint(connection) if readable else None
        renew_projections(Database(connection, execute_plugins=False, strict=True))
        # Without the note of the rules, the next command makes it once more, under what is staged on disk.
        board.replace(connection, _rows(connection), made_under or "")


def _database_findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    holds = True
    for found in database_faults(connection):
        holds = False
        if "board" in found:  # the projections' tables and indexes, and no others, bear that name
            yield repairable("database", found, _ANEW)
        else:
            yield Finding("database", found, _RESTORE)
    if holds:
        yield Finding("database", "SQLite's own check and the foreign keys hold")


def _table_findings(wrong: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    for table, found in wrong:
        if is_projection(table):
            yield repairable("tables", found, _ANEW)
        else:
            yield Finding("tables", found, f"somebody has changed the file: {_RESTORE}")
    if not wrong:
        yield Finding("tables", "tables, indexes and triggers are as this version makes them")


def _journal_finding(connection: sqlite3.Connection) -> Finding:
    wrong = chain_fault(connection)
    if wrong is not None:
        return Finding("journal", f"the chain does not hold: {wrong}", f"find out who could write it, then {_RESTORE}")
    return Finding("journal", f"the chain of {journal.head(connection)[0]} entries holds")


def _board_findings(connection: sqlite3.Connection, places: Places) -> Iterator[Finding]:
    try:
        ours = staged(places.settings, places.playbooks).fingerprint
    except Failure as failure:
        yield Finding("board", f"not compared: {failure}", "put that right, then look again")
        return
    if board.fingerprint(connection) != ours:
        yield Finding("board", "the next command makes it anew: settings, playbooks or the program have changed")
        return
    differing = [*islice(board.differing(connection, _rows(connection)), _MOST)]
    if differing:
        yield repairable("board", f"not as the journal says: {', '.join(differing)}", _ANEW)
    else:
        yield Finding("board", "every row is as the journal says")


def _rows(connection: sqlite3.Connection) -> Iterator[BoardRow]:
    in_force = recorded(journal.rules(connection))
    if in_force is not None:
        for reference in journal.references(connection):
            yield board_row(replay(journal.entries(connection, reference)), in_force)


def _index_finding(connection: sqlite3.Connection) -> Finding:
    try:
        holds = board.index_holds(connection)
    except sqlite3.OperationalError:
        return Finding("search-index", "not compared: the file cannot be written now")
    if holds:
        return Finding("search-index", "every word of the board is in it, and no other")
    return repairable("search-index", "not as the board says", _ANEW)


def _attachment_findings(places: Places) -> Iterator[Finding]:
    store = open_store(places.store_file, actor="", stated_now=None)
    if store is None:
        return
    with closing(store):
        wrong = [*islice(attachment_faults(store, places.attachments), _MOST)]
    for fault in wrong:
        if fault.reason == "unreferenced":
            yield Finding("attachments", f"{fault.place}: no incident names it", "look what it is, and delete it")
        else:
            found = f"{fault.place}: {fault.reason}, and {fault.incident} names it"
            yield Finding("attachments", found, _RESTORE)
    if not wrong:
        yield Finding("attachments", "all that the journal names are there, unchanged")
