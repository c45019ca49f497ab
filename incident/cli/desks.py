"""Opening the desk for a command: for writing, or for reading, possibly as things were known at some instant."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from incident.cli.session import Session, instant
from incident.errors import Failure

if TYPE_CHECKING:
    from incident.desk import Desk
    from incident.in_force import InForce
    from incident.staged import Staged
    from incident.store.protocol import Store


class NothingYet(Failure):
    """At the instant that was asked for, nothing had been recorded: a list is empty then."""


def warn(message: str) -> None:
    """Say something beside the data, on standard error, in one line."""
    from incident.text import visible

    click.echo(f"incident: {visible(message, one_line=True)}", err=True)


def warn_of(messages: Iterable[str]) -> None:
    """Say several things beside the data, one line each."""
    for message in messages:
        warn(message)


def existing_store(session: Session) -> "Store | None":
    """Open the store, or return None where there is none yet; the caller closes it."""
    from incident.store.opening import open_existing
    from incident.store.waiting import PATIENTLY, Waiting

    here, waiting = session.places.store, Waiting(PATIENTLY.seconds, warn)
    return open_existing(here, actor=session.actor, stated_now=session.stated_now, waiting=waiting)


@contextmanager
def writing(session: Session) -> Iterator["Desk"]:
    """Open the store for writing, made where absent, with what is staged on disk brought into force."""
    from incident.desk import Desk
    from incident.in_force import read_staged
    from incident.staged import staged
    from incident.store.opening import exists, open_store
    from incident.store.waiting import PATIENTLY, Waiting

    if not exists(session.places.store):
        # no store is made under rules that cannot be read
        read_staged(staged(session.places.settings, session.places.playbooks))
    here, waiting = session.places.store, Waiting(PATIENTLY.seconds, warn)
    store = open_store(here, actor=session.actor, stated_now=session.stated_now, waiting=waiting)
    try:
        yield Desk(store, _in_force(store, session), session.now)
    finally:
        store.close()


@contextmanager
def changing(session: Session) -> Iterator["Desk"]:
    """Open the store for writing to what it already holds.

    Raises:
        Failure: there is no store yet.
    """
    from incident.store.opening import exists

    if not exists(session.places.store):
        raise no_store(session)
    with writing(session) as desk:
        yield desk


@contextmanager
def rehearsing(session: Session) -> Iterator["Desk"]:
    """Open a copy of the store in memory: what is done there leaves no trace."""
    from incident.desk import Desk
    from incident.store.opening import copy_in_memory

    store = existing_store(session)
    copy = copy_in_memory(store, actor=session.actor, stated_now=session.stated_now)
    if store is not None:
        store.close()
    try:
        yield Desk(copy, _in_force(copy, session), session.now)
    finally:
        copy.close()


@contextmanager
def reading(session: Session, as_known_at: str | None = None, assumed: str | None = None) -> Iterator["Desk"]:
    """Open the store for reading; with `as_known_at`, under the facts and the rules recorded by then.

    Args:
        assumed: a proposed law to reckon under, for planning.

    Raises:
        BadInput: no such proposal is known.
        Failure: there is no store yet, or it knew no rules by then.
    """
    from incident.desk import Desk
    from incident.in_force import recorded

    known_at = _known_by(as_known_at, session) if as_known_at else None
    store = readable_store(session)
    if store is None:
        raise no_store(session)
    try:
        if known_at is None:
            in_force = _in_force(store, session)
        else:
            then = recorded(store.rules(known_at))
            if then is None:
                raise NothingYet("nothing had been recorded by that time")
            in_force = then
        yield Desk(store, in_force.assuming(assumed) if assumed else in_force, session.now, known_at)
    finally:
        store.close()


def readable_store(session: Session) -> "Store | None":
    """Open the store to read it, one that a newer version made too, and say so; None where there is none."""
    from incident.store.opening import NewerStore, open_newer

    try:
        return existing_store(session)
    except NewerStore as failure:
        warn(f"only read: {failure}")
        return open_newer(session.places.store, actor=session.actor, stated_now=session.stated_now)


def _known_by(text: str, session: Session) -> datetime:
    """Times of recording are shown in whole seconds: all of the second that is named counts."""
    return instant(text, "--as-known-at", session.zone).replace(microsecond=999_999)


def _in_force(store: "Store", session: Session) -> "InForce":
    from incident.staged import staged

    return in_force_on(store, lambda: staged(session.places.settings, session.places.playbooks), warn)


def in_force_on(store: "Store", read: "Callable[[], Staged]", warn: Callable[[str], None]) -> "InForce":
    """Bring what is staged on disk into force; where that cannot be done, go by what the journal has, and say so.

    Args:
        read: reads what is staged.
        warn: is told in one line what is not used, and why.

    Raises:
        Failure: it cannot be done, and nothing is in force yet.
    """
    from incident.bring_into_force import bring_into_force
    from incident.in_force import recorded

    try:
        return bring_into_force(store, read())
    except Failure as failure:
        in_force = recorded(store.rules())
        if in_force is None:
            raise
        warn(f"changed settings or playbooks are not used: {failure}")
        return in_force


def no_store(session: Session) -> Failure:
    """Say that nothing is recorded yet, and how to begin."""
    return Failure(f"{session.places.store}: no record is kept there yet; begin with: incident open, or import")
