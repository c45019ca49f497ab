"""The commands that write documents: drafts, and the register."""

import os
from pathlib import Path

import click

from incident.cli.desks import reading, warn_of
from incident.cli.session import as_json, as_known_at, session, shared_options
from incident.errors import BadInput, Failure
from incident.text import visible

FORMATS = ("md", "txt", "html", "pdf", "docx", "eml", "json")


@click.command()
@click.argument("ref")
@click.argument("kinds", metavar="KIND...", nargs=-1, required=True)
@click.option("--lang", "languages", metavar="LANGUAGE", multiple=True, help="Instead of the recipient's language.")
@click.option("--authority", metavar="ID", help="Instead of the settings' authority.")
@click.option("--phase", type=click.Choice(["initial", "follow-up", "complete", "withdrawal"]))
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
    phase: str | None,
    forms: tuple[str, ...],
    folder: str | None,
) -> None:
    """Write drafts, one file each, and print their paths. Nothing is sent.

    KIND is controller (to each affected customer), vendor (to the party that owes us notice),
    authority, or cnil (a sheet for its online form).
    """
    from incident.drafts import write_drafts
    from incident.notices.compose import DraftRequest

    here = session(context)
    target = Path(folder) if folder else here.places.drafts
    requests = [DraftRequest(kind, languages, authority, phase) for kind in dict.fromkeys(kinds)]
    with reading(here) as desk:
        written = write_drafts(desk, ref, requests, forms, target, here.places.playbooks)
    for path in written.paths:
        click.echo(visible(str(path), one_line=True))
    warn_of(written.warnings)


@click.command()
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", "file", metavar="FILE", help="Write to this new file instead of standard output.")
@as_known_at
@as_json
@shared_options
@click.pass_context
def register(context: click.Context, form: str, file: str | None, as_known_at: str | None, json_wanted: bool) -> None:
    """Write the register of personal data breaches (Art. 33(5) GDPR)."""
    from incident.board_page import time_is_set
    from incident.register import WRITERS, register_rows

    if form == "xlsx":
        raise BadInput("--format xlsx is not there yet: choose csv, md or json")
    here = session(context)
    with reading(here, as_known_at) as desk:
        rows = register_rows(desk.looks())
    form = "json" if json_wanted else form
    text = WRITERS[form](rows)
    if form != "json":
        warn_of(time_is_set(here.stated_now, here.zone))
    if file is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        _write_new(Path(file), text)
        click.echo(visible(file, one_line=True))


@click.command()
@click.argument("file")
@shared_options
@click.pass_context
def backup(context: click.Context, file: str) -> None:
    """Write a consistent copy of the record to a new file, while others write."""
    with reading(session(context)) as desk:
        desk.store.backup(Path(file))
    click.echo(visible(file, one_line=True))


def _write_new(path: Path, text: str) -> None:
    """Write a new file that only its owner can read: it holds personal data."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            try:
                stream.write(text)
                stream.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        raise Failure(f"{path}: is there already; name a new file") from None
    except OSError as error:
        raise Failure(f"{path}: cannot be written: {error.strerror}") from None
