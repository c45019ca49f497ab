"""The commands that read: board, one incident, clocks, journal."""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from incident.cli.desks import NothingYet, existing_store, reading
from incident.cli.output import print_json, print_lines, read_span
from incident.cli.session import Session, as_json, as_known_at, assume, session, shared_options
from incident.errors import Failure

if TYPE_CHECKING:
    from incident.look import Look
    from incident.store.protocol import BoardQuery, BoardRow


@click.command("list")
@click.option("--due-within", metavar="TIME", help="Only what is overdue or due within this time, such as 24h.")
@click.option("--vendor", metavar="ID", help="Only incidents of this vendor.")
@click.option("--state", metavar="STATE", help="open, closed, or a clock state: overdue, due-soon, running, waiting.")
@click.option("--search", metavar="TEXT", help="Only incidents in which all these words occur.")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(0, 1_000_000_000), help="How many; 0 means all."
)
@as_known_at
@as_json
@shared_options
@click.pass_context
def board(
    context: click.Context,
    due_within: str | None = None,
    vendor: str | None = None,
    state: str | None = None,
    search: str | None = None,
    limit: int = 50,
    as_known_at: str | None = None,
    json_wanted: bool = False,
) -> None:
    """Show the incidents, by next deadline."""
    from incident.board_document import list_document
    from incident.board_page import board_page, time_is_set
    from incident.store.protocol import BoardQuery

    here = session(context)
    due_before = here.now + (read_span(due_within) if due_within else timedelta())
    query = BoardQuery(here.now, state, vendor, due_before if due_within else None, search, limit)
    total, rows = _board(here, query, as_known_at)
    if json_wanted:
        print_json(list_document(here.now, total, rows))
        return
    print_lines(time_is_set(here.stated_now, here.zone))
    print_lines(board_page(here.now, total, rows, here.zone))


@click.command()
@click.argument("ref")
@assume
@as_known_at
@as_json
@shared_options
@click.pass_context
def show(context: click.Context, ref: str, assumed: str | None, as_known_at: str | None, json_wanted: bool) -> None:
    """Show one incident: facts, what is missing, clocks, notifications."""
    from incident.board_page import time_is_set
    from incident.documents import show_document
    from incident.pages import incident_page

    here = session(context)
    with reading(here, as_known_at, assumed) as desk:
        look = desk.look(ref)
    if json_wanted:
        print_json(show_document(look))
        return
    print_lines(time_is_set(here.stated_now, look.incident.zone))
    print_lines(incident_page(look))


@click.command()
@click.argument("ref", required=False)
@click.option("--explain", "explained", is_flag=True, help="Show how each date was reckoned.")
@assume
@as_known_at
@as_json
@shared_options
@click.pass_context
def clocks(
    context: click.Context,
    ref: str | None,
    explained: bool,
    assumed: str | None,
    as_known_at: str | None,
    json_wanted: bool,
) -> None:
    """Show every duty with its clock; without REF, of all open incidents."""
    from incident.board_page import time_is_set
    from incident.documents import clocks_document
    from incident.pages import clocks_page
    from models.moments import utc_text

    here = session(context)
    looks = _looks(here, ref, as_known_at, assumed)
    if json_wanted:
        documents = [clocks_document(look, explained=explained) for look in looks]
        print_json(documents[0] if ref else {"as_of": utc_text(here.now), "incidents": documents})
        return
    print_lines(time_is_set(here.stated_now, here.zone))
    for look in looks:
        print_lines(clocks_page(look, explained=explained))


@click.command()
@click.argument("ref")
@as_known_at
@as_json
@shared_options
@click.pass_context
def journal(context: click.Context, ref: str, as_known_at: str | None, json_wanted: bool) -> None:
    """Show what was recorded of one incident, when, by whom."""
    from incident.board_page import time_is_set
    from incident.documents import journal_document
    from incident.pages import journal_page

    here = session(context)
    with reading(here, as_known_at) as desk:
        incident = desk.look(ref).incident
        entries = desk.store.entries(incident.reference, desk.known_at)
    if json_wanted:
        print_json(journal_document(incident.reference, entries))
        return
    print_lines(time_is_set(here.stated_now, incident.zone))
    print_lines(journal_page(entries, incident.zone))


def _board(here: Session, query: "BoardQuery", as_known_at: str | None) -> "tuple[int, list[BoardRow]]":
    """Read the board; with no store yet it is empty.

    Where nothing that clocks depend on has changed, the board is read as it stands, without reading the rules.
    """
    from incident.staged import staged
    from incident.store.opening import NewerStore

    if as_known_at is not None:
        return _board_as_known(here, query, as_known_at)
    with suppress(NewerStore):  # that it can only be read is said where the rules are read
        store = existing_store(here)
        if store is None:
            return 0, []
        try:
            with suppress(Failure):  # what cannot be read on disk is said there, too
                if store.fingerprint() == staged(here.places.settings, here.places.playbooks).fingerprint:
                    return store.board(query)
        finally:
            store.close()
    with reading(here) as desk:
        return desk.store.board(query)


def _board_as_known(here: Session, query: "BoardQuery", instant: str) -> "tuple[int, list[BoardRow]]":
    """Make the board anew, in memory, from what was recorded by an instant."""
    from incident.board import board_row
    from incident.store.opening import copy_in_memory

    with suppress(NothingYet), reading(here, instant) as desk:
        then = copy_in_memory(None, actor=here.actor, stated_now=here.stated_now)
        try:
            with then.write() as transaction:
                rows = (board_row(look.incident, desk.in_force) for look in desk.looks())
                transaction.replace_board(rows, "")
            return then.board(query)
        finally:
            then.close()
    return 0, []


def _looks(here: Session, ref: str | None, as_known_at: str | None, assumed: str | None) -> "list[Look]":
    from incident.store.opening import exists

    if ref is None and not exists(here.places.store):
        return []
    if ref is not None:
        with reading(here, as_known_at, assumed) as desk:
            return [desk.look(ref)]
    with suppress(NothingYet), reading(here, as_known_at, assumed) as desk:
        return [look for look in desk.looks() if look.incident.closing is None]
    return []
