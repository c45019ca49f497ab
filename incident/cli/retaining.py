"""The commands about retention: what is due to be erased by the settings' rule, and erasing it."""

from datetime import datetime
from pathlib import Path

import click

from incident.cli.desks import NothingYet, changing, reading, warn_of
from incident.cli.output import print_json, print_lines
from incident.cli.session import as_json, session, shared_options


@click.command()
@as_json
@shared_options
@click.pass_context
def retention(context: click.Context, json_wanted: bool = False) -> None:
    """List what is due to be erased: closed incidents whose time is over by the settings' rule (retention_months)."""
    from incident.desk import Desk
    from incident.text import visible
    from models.moments import utc_text
    from models.retention import erasure_due

    def due_ones(desk: Desk) -> list[tuple[str, str, datetime, datetime]]:
        months = desk.in_force.organisation.retention_months
        found = []
        for look in desk.looks():
            due, closing = erasure_due(look.incident, months), look.incident.closing
            if closing is not None and due is not None and due <= desk.now:
                found.append((look.incident.reference, look.incident.title, closing.recorded_at, due))
        return sorted(found, key=lambda one: one[3])

    here = session(context)
    try:
        with reading(here) as desk:
            months, found = desk.in_force.organisation.retention_months, due_ones(desk)
    except NothingYet:
        months, found = None, []
    if json_wanted:
        due_document = [
            {"incident": reference, "closed_at": utc_text(closed), "due_at": utc_text(due)}
            for reference, _, closed, due in found
        ]
        print_json({"as_of": utc_text(here.now), "retention_months": months, "due": due_document})
        return
    if months is None:
        click.echo("no rule of retention is set: retention_months in the settings says how long after closing")
    elif not found:
        click.echo(f"nothing is due: closed incidents are kept for {months} months")
    print_lines(
        f"{reference}  due {due:%Y-%m-%d}, closed {closed:%Y-%m-%d}  {visible(title, one_line=True)}"
        for reference, title, closed, due in found
    )


@click.command()
@click.argument("ref")
@click.option("--because", metavar="TEXT", required=True, help="The reasons; they stay on record.")
@shared_options
@click.pass_context
def erase(context: click.Context, ref: str, because: str) -> None:
    """Erase what is written of a closed incident whose time is over. This cannot be undone.

    Figures, dates, notifications and decisions without their reasons remain, and the hash chain still verifies.
    Files attached to it are deleted, unless another incident has them too.
    """
    from incident.attachments import delete_unreferenced
    from incident.store.backup import copies_beside

    here = session(context)
    with changing(here) as desk:
        before = desk.look(ref).incident
        drafts, attached = [draft.file for draft in before.drafts], {one.sha256 for one in before.attachments}
        look = desk.erase(ref, because)
        deleted = delete_unreferenced(desk.store, here.places.attachments, sorted(attached))
    click.echo(f"{look.incident.reference} is erased; what remains: incident show {look.incident.reference}")
    if deleted:
        click.echo(f"deleted with it: {len(deleted)} attached file{'' if len(deleted) == 1 else 's'}")
    if kept := len(attached) - len(deleted):
        click.echo(f"kept, for other incidents have them too: {kept} attached file{'' if kept == 1 else 's'}")
    left = [here.places.drafts / file for file in dict.fromkeys(drafts) if (here.places.drafts / file).exists()]
    warn_of(f"{path}: a draft of it lies there still: delete it" for path in left)
    store = here.places.store
    if isinstance(store, Path):
        warn_of(f"{path}: a copy of the store, which still holds it: delete it" for path in copies_beside(store))
    else:
        warn_of([f"{store}: its server holds it until it vacuums its tables, and in its own logs and backups"])
    warn_of(["copies of the store (backups) still hold it: delete those, or make new ones"])
