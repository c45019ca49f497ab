"""The commands about attachments: keeping a file with an incident, and getting it back."""

from collections.abc import Sequence
from pathlib import Path

import click

from incident.cli.desks import changing, reading, warn
from incident.cli.moving import kept_here
from incident.cli.session import session, shared_options
from incident.errors import BadInput
from incident.text import visible
from models.incident import Attachment

_SHORTEST = 8
"""Digits of a SHA-256 that are enough to name an attachment by."""


@click.command()
@click.argument("ref")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--about", metavar="TEXT", help="What it is: the vendor's letter, the receipt, a log.")
@click.option("--largest", metavar="MB", default=100, show_default=True, type=click.IntRange(1), help="Refuse more.")
@shared_options
@click.pass_context
def attach(context: click.Context, ref: str, files: tuple[Path, ...], about: str | None, largest: int) -> None:
    """Keep copies of files with an incident, and print the SHA-256, size and name of each.

    The copies lie beside the store, each once; nothing in them is run, shown or unpacked.
    """
    from incident.attachments import MB
    from incident.attachments import attach as attach_files

    here = session(context)
    with changing(here) as desk:
        attached = attach_files(desk, ref, files, about, here.places.attachments, largest * MB)
    if not isinstance(here.places.store, Path):
        warn(kept_here(here.places.attachments))
    for one in attached:
        click.echo(f"{one.sha256}  {one.size}  {visible(one.name, one_line=True)}")


@click.command()
@click.argument("ref")
@click.argument("which", metavar="SHA256|NAME")
@click.option("-o", "--output", "file", metavar="FILE", required=True, help="Write to this new file.")
@shared_options
@click.pass_context
def attachment(context: click.Context, ref: str, which: str, file: str) -> None:
    """Write a file that was attached to a new file, checked against its SHA-256."""
    from incident.attachments import copy_out

    here = session(context)
    with reading(here) as desk:
        found = _named(which, desk.look(ref).incident.attachments)
    copy_out(found, here.places.attachments, Path(file))
    click.echo(visible(file, one_line=True))


def _named(which: str, attachments: Sequence[Attachment]) -> Attachment:
    """Return the attachment of a name, or of a SHA-256 or its first eight digits or more."""
    found = {
        one.sha256: one
        for one in attachments
        if which == one.name or (len(which) >= _SHORTEST and one.sha256.startswith(which))
    }
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        raise BadInput(f"several attachments are called {which!r}; name one by its SHA-256: {', '.join(found)}")
    names = ", ".join(f"{one.sha256[:12]} {one.name}" for one in attachments)
    raise BadInput(f"no attachment is called {which!r}; there are: {names or 'none'}")
