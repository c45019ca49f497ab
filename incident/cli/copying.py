"""The commands about copies of the record: a backup of it, and the record restored from one."""

from pathlib import Path

import click

from incident.cli.desks import reading, warn
from incident.cli.output import print_json
from incident.cli.session import as_json, session, shared_options
from incident.errors import Failure
from incident.text import visible


@click.command()
@click.argument("file")
@shared_options
@click.pass_context
def backup(context: click.Context, file: str) -> None:
    """Write a consistent, verified copy of the record to a new file, while others write.

    Attachments are copied to a folder beside it, FILE.attachments.
    """
    from incident.attachments import copy_missing
    from incident.places import attachments_beside

    here = session(context)
    with reading(here) as desk:
        desk.store.backup(Path(file))
        wrong = copy_missing(desk.store, here.places.attachments, attachments_beside(Path(file)))
    click.echo(visible(file, one_line=True))
    if wrong:
        raise Failure(f"{file} holds the record, but not all its attachments:", *wrong)


@click.command()
@click.argument("file")
@click.option(
    "--replace",
    "may_lose",
    is_flag=True,
    help="Also over entries that the backup lacks, or a damaged record; they are kept in a file beside it.",
)
@as_json
@shared_options
@click.pass_context
def restore(context: click.Context, file: str, may_lose: bool, json_wanted: bool) -> None:
    """Put a backup in the record's place, attachments too; the backup is verified first, and what lay there is kept."""
    from incident.attachments import copy_missing
    from incident.places import attachments_beside
    from incident.store.restore import restore as put_back
    from incident.store.sqlite import open_existing
    from models.moments import utc_text

    here = session(context)
    restored = put_back(Path(file), here.places.store_file, may_lose=may_lose)
    store = open_existing(here.places.store_file, actor=here.actor, stated_now=here.stated_now)
    wrong: tuple[str, ...] = ()
    if store is not None:
        try:
            wrong = copy_missing(store, attachments_beside(Path(file)), here.places.attachments)
        finally:
            store.close()
    last = utc_text(restored.recorded_at.replace(microsecond=0)) if restored.recorded_at else None
    if json_wanted:
        print_json(
            {
                "entries": restored.length,
                "head": restored.last.hex(),
                "last_recorded_at": last,
                "kept": str(restored.kept) if restored.kept else None,
                "attachments_missing": len(wrong),
            }
        )
    else:
        click.echo(f"restored: {restored.length} entries, the last of {last or '(none)'}, head {restored.last.hex()}")
    if restored.kept is not None and not json_wanted:
        warn(f"what lay there is kept in {restored.kept}: delete it once you need it no more")
    if wrong:
        raise Failure("the record is restored, but not all its attachments:", *wrong)
