"""The commands that write documents: drafts, and the register."""

from datetime import datetime
from pathlib import Path

import click

from incident.cli.desks import reading, warn_of
from incident.cli.session import as_json, as_known_at, session, shared_options
from incident.errors import BadInput
from incident.text import visible

FORMATS = ("md", "txt", "html", "pdf", "docx", "eml", "json")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("ref")
@click.argument("kinds", metavar="KIND...", nargs=-1, required=True)
@click.option("--lang", "languages", metavar="LANGUAGE", multiple=True, help="Instead of the recipient's language.")
@click.option("--authority", metavar="ID", help="Instead of the settings' authority.")
@click.option("--regime", metavar="ID", help="subjects: under this law, such as eprivacy-611 (to subscribers).")
@click.option("--for", "readers", metavar="READERS", help="subjects: minors, in plain language for them.")
@click.option(
    "--phase",
    type=click.Choice(["initial", "follow-up", "complete", "withdrawal"]),
    help="Instead of what follows from what was notified before.",
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("md",),
    show_default=True,
    help="May be given several times: a file for each.",
)
@click.option("-o", "--output", "folder", metavar="DIR", help="Where to write; the drafts folder by default.")
@shared_options
@click.pass_context
def draft(
    context: click.Context,
    ref: str,
    kinds: tuple[str, ...],
    languages: tuple[str, ...],
    authority: str | None,
    regime: str | None,
    readers: str | None,
    phase: str | None,
    forms: tuple[str, ...],
    folder: str | None,
) -> None:
    """Write drafts, one file each, and print their paths. Nothing is sent.

    KIND is controller (to each affected customer), vendor (to the party that owes us notice), subjects (to the people
    concerned), authority or cnil (a sheet for its online form), or register (the entry under Art. 33(5) GDPR).
    """
    from incident.drafts import write_drafts
    from incident.notices.compose import DraftRequest

    here = session(context)
    target = Path(folder) if folder else here.places.drafts
    if (regime or readers) and "subjects" not in kinds:
        raise BadInput("--regime and --for are about the draft to the people concerned: subjects")
    requests = [DraftRequest(kind, languages, authority, phase, regime, readers) for kind in dict.fromkeys(kinds)]
    with reading(here) as desk:
        written = write_drafts(desk, ref, requests, forms, target, here.places.playbooks)
    for path in written.paths:
        click.echo(visible(str(path), one_line=True))
    warn_of(written.warnings)


@click.command()
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", "file", metavar="FILE", help="Write to this new file instead of standard output.")
@click.option("--since", type=DAY, metavar="DAY", help="Only breaches we became aware of on this day or later.")
@click.option("--until", type=DAY, metavar="DAY", help="Only breaches we became aware of on this day or before.")
@click.option("--vendor", metavar="ID", help="Only breaches at this vendor.")
@click.option("--anonymise", "anonymous", is_flag=True, help="Leave out the names that the record knows.")
@as_known_at
@as_json
@shared_options
@click.pass_context
def register(
    context: click.Context,
    form: str,
    file: str | None,
    since: datetime | None,
    until: datetime | None,
    vendor: str | None,
    anonymous: bool,
    as_known_at: str | None,
    json_wanted: bool,
) -> None:
    """Write the register of personal data breaches (Art. 33(5) GDPR)."""
    from incident.board_page import time_is_set
    from incident.new_file import new_file
    from incident.register import WRITERS, register_rows
    from incident.register_choice import RegisterChoice, chosen
    from incident.register_names import anonymous_rows
    from incident.register_workbook import register_workbook

    form = "json" if json_wanted else form
    if form == "xlsx" and file is None:
        raise BadInput("--format xlsx is no text for a terminal: name the file to write with -o FILE")
    if since and until and until < since:
        raise BadInput(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}: name the earlier day first")
    here = session(context)
    choice = RegisterChoice(since and since.date(), until and until.date(), vendor)
    with reading(here, as_known_at) as desk:
        looks = chosen(desk.looks(), choice, here.zone)
        rows = anonymous_rows(looks) if anonymous else register_rows(looks)
    if form != "json":
        warn_of(time_is_set(here.stated_now, here.zone))
        nothing = not rows and choice != RegisterChoice()
        warn_of(["no breach in the register fits --since, --until or --vendor as given"] if nothing else [])
        warn_of(["names that stand in a text only are still there: read it before you pass it on"] if anonymous else [])
    if file is not None:
        with new_file(Path(file)) as stream:
            stream.write(register_workbook(rows) if form == "xlsx" else WRITERS[form](rows).encode())
        click.echo(visible(file, one_line=True))
    else:
        text = WRITERS[form](rows)
        click.echo(text, nl=not text.endswith("\n"))
