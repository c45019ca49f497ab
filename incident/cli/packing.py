"""The command that hands over the evidence of one incident, in an archive that proves itself."""

from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import click

from incident.cli.desks import reading, warn_of
from incident.cli.session import session, shared_options
from incident.cli.verifying import check_signatures, read_checkpoints
from incident.text import visible


@click.command()
@click.argument("ref")
@click.option("-o", "--output", "file", metavar="FILE.zip", required=True, help="Write to this new file.")
@click.option(
    "--checkpoint",
    "checkpoints",
    metavar="CHECKPOINT",
    multiple=True,
    help="Add a checkpoint that was kept elsewhere: the line itself, or a file of such lines.",
)
@click.option(
    "--leave-out",
    metavar="NUMBER|KIND",
    multiple=True,
    help="Leave out what an entry says, by its number in the journal or by kind. The chain still holds.",
)
@shared_options
@click.pass_context
def pack(context: click.Context, ref: str, file: str, checkpoints: tuple[str, ...], leave_out: tuple[str, ...]) -> None:
    """Write the evidence of one incident for an authority, and print the archive's SHA-256.

    Its entries with their place in the journal's chain (nothing of other incidents), drafts, attachments, the rules in
    force, how every clock was reckoned, and a small verifier that needs Python alone. Read it before you pass it on.
    """
    from incident.pack.writing import PackRequest, write_pack

    here = session(context)
    kept = [checkpoint for given in checkpoints for checkpoint in read_checkpoints(given, "--checkpoint")]
    check_signatures(kept, None)
    request = PackRequest(kept, leave_out, here.places.drafts, here.places.attachments, datetime.now(UTC))
    with reading(here) as desk:
        absent = write_pack(desk, ref, Path(file), request)
    with Path(file).open("rb") as stream:
        click.echo(f"{file_digest(stream, 'sha256').hexdigest()}  {visible(file, one_line=True)}")
    warn_of(f"not in the pack: {one}" for one in absent)
    warn_of(["what was left out may still stand in drafts and attachments: read those too"] if leave_out else [])
