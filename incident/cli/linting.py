"""The command that says what each vendor's playbook would cost us, and rehearses it."""

import click

from incident.cli.desks import warn_of
from incident.cli.output import print_json, print_lines
from incident.cli.playbook_files import (
    PARTLY_DONE,
    fault_document,
    file_of,
    known,
    named,
    texts_on_disk,
)
from incident.cli.session import as_json, instant, session, shared_options
from incident.errors import BadInput
from incident.places import Places
from incident.playbook_file import fault_line, read_fitting


@click.command("lint")
@click.argument("playbook_id", metavar="[ID]", required=False)
@click.option("--at", "rehearsed_at", metavar="ISO8601", help="Rehearse a breach at this instant.")
@as_json
@shared_options
@click.pass_context
def lint(context: click.Context, playbook_id: str | None, rehearsed_at: str | None, json_wanted: bool) -> None:
    """Say what each vendor's playbook would cost you, with a grade of ours and a rehearsal; with ID, one in full.

    Rehearsed is a breach on the Friday before Easter, 18:40 where your settings place you: by when you would hear of
    it, and what then is left of your 72 hours. Findings are information: the exit code is 0, whatever is found.
    """
    from incident.playbook_pages.layout import laid_out
    from incident.playbook_pages.readiness import readiness_document, readiness_overview, readiness_page
    from incident.readiness import judged
    from incident.settings import read_organisation, settings_text
    from models.rehearsal import friday_before_easter

    here = session(context)
    organisation = read_organisation(settings_text(here.places.settings), here.places.settings)
    zone = organisation.time_zone
    at = instant(rehearsed_at, "--at", zone) if rehearsed_at else friday_before_easter(here.now, zone)
    wanted = _vendor(playbook_id, here.places) if playbook_id else None
    listed, faults = known(here.places)
    found = [one for one in judged(listed, organisation, here.now, at) if wanted in {None, one.vendor.id}]
    if json_wanted:
        document = readiness_document(found, here.now, at)
        print_json(document | {"faults": [fault_document(fault) for fault in faults]})
    elif wanted is not None:
        print_lines(line for one in found for line in laid_out(readiness_page(one)))
    else:
        print_lines(readiness_overview(found, at, zone))
    if wanted is None:
        warn_of(f"not judged: {fault_line(fault)}" for fault in faults)
        if faults:
            context.exit(PARTLY_DONE)


def _vendor(playbook_id: str, places: Places) -> str:
    """Return the id of the vendor's playbook that is meant.

    Raises:
        Failure: there is none.
        BadInput: it is no vendor's, or does not fit.
    """
    texts = texts_on_disk(places)
    name = named(playbook_id, texts)
    playbook = read_fitting(file_of(name, places), texts[name])
    if playbook.kind != "vendor":
        raise BadInput(f"{playbook_id!r} is a playbook of the kind {playbook.kind!r}; a vendor's alone is judged")
    return playbook.id
