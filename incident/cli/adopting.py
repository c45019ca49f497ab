"""The command by which a person puts a vendor's playbook in force."""

from typing import TYPE_CHECKING

import click

from incident.cli.desks import rehearsing, writing
from incident.cli.output import print_json, print_lines
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput
from incident.text import visible

if TYPE_CHECKING:
    from incident.adoption import Effect

NAMELESS = "--confirmed-by NAME is missing: say who has checked the file beside its document"


@click.command("adopt")
@click.argument("file")
@click.option("--confirmed-by", metavar="NAME", help="Who has checked FILE beside its document.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@as_json
@shared_options
@click.pass_context
def adopt(context: click.Context, file: str, confirmed_by: str | None, dry_run: bool, json_wanted: bool) -> None:
    """Put a vendor's playbook in force, as a person has confirmed it.

    FILE is a playbook as `read` drafts it or a person writes it, named as its id. What it changes is shown: clause by
    clause, and the deadlines of open incidents. A copy goes into your folder (`incident where`), and the journal
    records who confirmed it, its SHA-256 and its documents. A draft is refused until its key `review` is taken out.
    """
    from incident.adoption import effect_of, put_in_force, read_proposal, refuse_draft
    from incident.playbook_pages.adoption import adoption_document, adoption_page
    from incident.playbook_pages.layout import laid_out
    from incident.staged import staged

    confirming = None if dry_run else (confirmed_by or "").strip()
    if confirming == "":
        raise BadInput(NAMELESS)
    proposal = read_proposal(file)
    if not dry_run:
        refuse_draft(file, proposal)
    here = session(context)
    with rehearsing(here) if dry_run else writing(here) as desk:
        effect = effect_of(desk, proposal)
        if not json_wanted:
            print_lines(laid_out(adoption_page(proposal, effect)))
        if confirming and effect.confirmation is None:
            on_disk = staged(here.places.settings, here.places.playbooks)
            put_in_force(desk.store, desk.in_force, on_disk, proposal, confirming)
    if json_wanted:
        print_json(adoption_document(proposal, effect, confirming))
    else:
        click.echo(visible(f"{proposal.playbook.id}: {_outcome(effect, confirming)}", one_line=True))


def _outcome(effect: "Effect", confirming: str | None) -> str:
    known = effect.confirmation
    if known is not None:
        day = known.recorded_at.date()
        return f"in force already, as {known.confirmed_by} confirmed on {day}: nothing changes"
    return f"in force, as {confirming} confirms" if confirming else "nothing was changed: this was a rehearsal"
