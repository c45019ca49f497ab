"""The command that carries a record to another store."""

from contextlib import closing
from pathlib import Path

import click

from incident.cli.desks import existing_store, no_store, warn_of
from incident.cli.session import Session, session, shared_options
from incident.places import Places, places
from incident.store.protocol import Store
from incident.text import visible


@click.command()
@click.option("--to", "target", metavar="PATH|ADDRESS", required=True, help="The new store, which holds nothing yet.")
@shared_options
@click.pass_context
def move(context: click.Context, target: str) -> None:
    """Carry the whole record to another store, from a file to a server or back, its hash chain intact.

    What was copied is checked. The old store stays as it is: nothing more should be recorded there.
    """
    from incident.attachments import copy_missing

    here = session(context)
    there = places(target, None)
    source = existing_store(here)
    if source is None:
        raise no_store(here)
    with closing(source):
        length, last = _carried(source, here, there)
        missing = copy_missing(source, here.places.attachments, there.attachments)
        has_attachments = bool(source.attached())
    click.echo(f"{visible(str(there.store), one_line=True)} holds the record: {length} entries, head {last.hex()}")
    warn_of(missing)
    warn_of([kept_here(there.attachments)] if has_attachments and not isinstance(there.store, Path) else [])
    warn_of([f"{here.places.store}: record nothing more there: from now on, --store names the new one"])


def kept_here(folder: Path) -> str:
    """Say that a server does not keep the bytes of attachments."""
    return f"{folder}: attachments are kept on this machine, not on the server; share this folder with your team"


def _carried(source: Store, here: Session, there: Places) -> tuple[int, bytes]:
    """Carry the journal and the board over; return the length of the journal there, and its last hash."""
    from incident.store.carrying import carry, copy_to_file
    from incident.store.opening import open_store

    if isinstance(there.store, Path):
        copy_to_file(source, there.store)
        return source.head()
    with closing(open_store(there.store, actor=here.actor, stated_now=here.stated_now)) as target:
        carry(source, target)
        return target.head()
