"""Starting the terminal interface: what it works with comes from the shared options and the environment."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from incident.cli import desks
from incident.cli.session import Session
from incident.errors import Failure
from incident.places import Places

if TYPE_CHECKING:
    from incident.desk import Desk
    from incident.staged import Staged
    from incident.store.address import Address
    from incident.store.protocol import Store
    from screens.surroundings import Surroundings, Warn

DEMONSTRATION = "demonstration: nothing here is real, and nothing is kept"
READ_ONLY = "read only: the file or its folder cannot be written; nothing can be recorded"
NEWER = "read only: a newer version of this program made this store; install it to record"


def at_a_terminal() -> bool:
    """True where a person sits at a terminal that can show screens: they are drawn on standard error."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def show_record(here: Session) -> int:
    """Show the record until the person leaves; return the exit code."""
    from screens.run import run

    return run(record_surroundings(here))


def show_demonstration(here: Session) -> int:
    """Show sample incidents until the person leaves; return the exit code. What is recorded is thrown away."""
    from screens.run import run

    with demonstration(here) as surroundings:
        return run(surroundings)


def record_surroundings(here: Session) -> "Surroundings":
    """Return what the screens work with: the record, for writing where that is possible.

    Raises:
        Failure: the record's file is there and cannot be read.
    """
    from incident.staged import staging_mark
    from incident.store.opening import NewerStore, open_existing, open_newer, open_store, writable
    from incident.store.waiting import AT_ONCE

    address = here.places.store

    def ours() -> "Store":
        return open_store(address, actor=here.actor, stated_now=here.stated_now)

    def existing() -> "Store | None":
        return open_existing(address, actor=here.actor, stated_now=here.stated_now, waiting=AT_ONCE)

    def newer() -> "Store":
        return open_newer(address, actor=here.actor, stated_now=here.stated_now)

    def desk_on(store: "Store", warn: "Warn") -> "Desk":
        return _desk_on(store, here, warn)

    def mark() -> object:
        return staging_mark(here.places.settings, here.places.playbooks)

    try:
        store = existing()
    except NewerStore:
        newer().close()
        return _surroundings(here, newer, _reading_desk_on(here), newer, NEWER)
    if store is None:
        return _surroundings(here, ours, desk_on, existing, None, mark)
    store.close()
    if not writable(address):
        return _surroundings(here, lambda: _there(existing(), address), _reading_desk_on(here), existing, READ_ONLY)
    return _surroundings(here, ours, desk_on, existing, None, mark)


@contextmanager
def demonstration(here: Session) -> Iterator["Surroundings"]:
    """Make a throw-away store with sample incidents, and return what the screens work with there."""
    from dataclasses import replace

    from incident.cli.demo import play
    from incident.samples import ORGANISATION, samples
    from incident.settings import organisation_text
    from incident.store.opening import open_existing, open_store

    with TemporaryDirectory(prefix="incident-demo-") as name:
        folder = Path(name)
        file = folder / "demo.db"
        places = Places(file, folder / "settings.toml", folder / "playbooks", folder / "drafts")
        places.settings.write_text(organisation_text(ORGANISATION), "utf-8")
        invented = replace(here, places=places, actor="demo")

        def ours() -> "Store":
            return open_store(file, actor="demo", stated_now=here.stated_now)

        def existing() -> "Store | None":
            return open_existing(file, actor="demo", stated_now=here.stated_now)

        def desk_on(store: "Store", warn: "Warn") -> "Desk":
            return _desk_on(store, invented, warn)

        with closing(ours()) as store:
            desk = desk_on(store, desks.warn)
            for sample in samples(here.now):
                play(desk, sample)
            zone = desk.in_force.organisation.time_zone
        yield _surroundings(replace(invented, zone=zone), ours, desk_on, existing, DEMONSTRATION)


def _surroundings(
    here: Session,
    open_store: "Callable[[], Store]",
    desk_on: "Callable[[Store, Warn], Desk]",
    open_reader: "Callable[[], Store | None]",
    banner: str | None,
    staging_mark: "Callable[[], object]" = lambda: None,
) -> "Surroundings":
    from screens.surroundings import Surroundings

    return Surroundings(
        open_store=open_store,
        desk_on=desk_on,
        staged=lambda: _staged(here),
        open_reader=open_reader,
        now=lambda: here.now,
        stated_now=here.stated_now,
        zone=here.zone,
        actor=here.actor,
        store_name=here.places.store.name,
        drafts=here.places.drafts,
        playbooks=here.places.playbooks,
        banner=banner,
        ascii_only=os.environ.get("INCIDENT_ASCII", "0") not in {"", "0"},
        unsaved=here.places.unsaved,
        staging_mark=staging_mark,
    )


def _staged(here: Session) -> "Staged":
    from incident.staged import staged

    return staged(here.places.settings, here.places.playbooks)


def _desk_on(store: "Store", here: Session, warn: "Warn") -> "Desk":
    """Return a desk for writing, with what is staged on disk brought into force."""
    from incident.desk import Desk

    return Desk(store, desks.in_force_on(store, lambda: _staged(here), warn), here.now)


def _reading_desk_on(here: Session) -> "Callable[[Store, Warn], Desk]":
    """Return what makes a desk that goes by the rules recorded: those staged cannot be brought into force."""
    from incident.desk import Desk
    from incident.in_force import recorded

    def desk_on(store: "Store", _warn: "Warn") -> "Desk":
        in_force = recorded(store.rules())
        if in_force is None:
            raise Failure(f"{here.places.store}: nothing is recorded there yet, and nothing can be")
        return Desk(store, in_force, here.now)

    return desk_on


def _there(store: "Store | None", address: "Address") -> "Store":
    if store is None:
        raise Failure(f"{address}: is not there any more")
    return store
