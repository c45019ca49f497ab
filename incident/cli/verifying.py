"""The commands by which the record proves itself: its whole chain verified, and a checkpoint of it kept elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident.cli.desks import readable_store
from incident.cli.output import print_json
from incident.cli.session import Session, as_json, session, shared_options
from incident.errors import BadInput, Failure
from incident.text import visible

if TYPE_CHECKING:
    from models.checkpoint import Checkpoint
    from models.journal import ChainFault

LARGEST = 1_000_000
"""Bytes of a file of checkpoints; a line has some 300."""


@click.command()
@click.option(
    "--against",
    multiple=True,
    metavar="CHECKPOINT",
    help="Hold it against a checkpoint too: the line itself, or a file of such lines. May be given several times.",
)
@click.option("--signed-by", metavar="KEY", help="Only take checkpoints that this public key has signed.")
@as_json
@shared_options
@click.pass_context
def verify(
    context: click.Context,
    against: tuple[str, ...] = (),
    signed_by: str | None = None,
    json_wanted: bool = False,
) -> None:
    """Check the whole journal's hash chain; exit 1 and the first bad entry if it does not hold."""
    if signed_by is not None and not against:
        raise BadInput("--signed-by says who signed a checkpoint; name the checkpoint: --against CHECKPOINT")
    checkpoints = [checkpoint for given in against for checkpoint in read_checkpoints(given, "--against")]
    check_signatures(checkpoints, signed_by)
    (length, last), fault = _verified(session(context), checkpoints)
    if json_wanted:
        found = {"sequence": fault.sequence, "reason": fault.reason} if fault else None
        print_json(
            {
                "holds": fault is None,
                "entries": length,
                "head": last.hex(),
                "first_fault": found,
                "checkpoints": [one.length for one in checkpoints],
            }
        )
    elif fault is None:
        click.echo(f"the journal holds: {length} entries, head {last.hex()}")
        for one in checkpoints:
            by = f", signed by {one.key.hex()}" if one.key else ", not signed"
            click.echo(f"it holds the {one.length} entries of the checkpoint of {one.at:%Y-%m-%d %H:%M} UTC{by}")
    if fault is not None:
        raise Failure(f"the journal does not hold: entry {fault.sequence} {fault.reason}")


@click.command()
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Sign it with the key in this file.")
@click.option(
    "--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Make a key in a new file; make no checkpoint."
)
@as_json
@shared_options
@click.pass_context
def checkpoint(
    context: click.Context, key: Path | None = None, new_key: Path | None = None, json_wanted: bool = False
) -> None:
    """Print the journal's length and last hash in one line, to be kept where nobody who can write the store can write.

    The whole journal is verified first. Later, `incident verify --against` holds the journal against the line.
    """
    from datetime import UTC, datetime

    from incident.signing import make_key, sign
    from models.checkpoint import Checkpoint

    if new_key is not None:
        if key is not None:
            raise BadInput("--new-key makes a key and --key uses one; give one of them")
        public = make_key(new_key).hex()
        if json_wanted:
            print_json({"key": public})
        else:
            shown = visible(str(new_key), one_line=True)
            click.echo(f"{shown} holds a new key: keep it secret. Its public half, for --signed-by:\n{public}")
        return
    (length, last), fault = _verified(session(context), [])
    if fault is not None:
        raise Failure(f"no checkpoint of a journal that does not hold: entry {fault.sequence} {fault.reason}")
    made = Checkpoint(length, last, datetime.now(UTC).replace(microsecond=0))
    made = sign(made, key) if key is not None else made
    if json_wanted:
        print_json(
            {
                "length": made.length,
                "hash": made.hash.hex(),
                "at": f"{made.at:%Y-%m-%dT%H:%M:%SZ}",
                "key": made.key.hex() if made.key else None,
                "signature": made.signature.hex() if made.signature else None,
                "line": made.line(),
            }
        )
    else:
        click.echo(made.line())


def _verified(here: Session, checkpoints: "list[Checkpoint]") -> "tuple[tuple[int, bytes], ChainFault | None]":
    """Return the journal's recorded head, and its first fault."""
    from models.journal import first_fault

    store = readable_store(here)
    if store is None:
        raise Failure(f"{here.places.store}: no record is kept there yet: nothing to verify")
    try:
        with store.snapshot():
            head = store.head()
            return head, first_fault(store.stored_entries(), head, {one.length: one.hash for one in checkpoints})
    finally:
        store.close()


def read_checkpoints(given: str, option: str) -> "list[Checkpoint]":
    """Read a checkpoint's line, or a file of such lines.

    Args:
        option: by which it was given, to say where a fault is.

    Raises:
        BadInput: it is no checkpoint, or no file of them.
    """
    if given.lstrip().startswith("incident-checkpoint"):
        return [_read(given, option)]
    path = Path(given)
    try:
        with path.open(encoding="utf-8") as stream:
            lines = stream.read(LARGEST).splitlines()
    except OSError as error:
        raise BadInput(f"{option}: {given}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{option}: {given}: is no text") from None
    found = [_read(line, f"{path}: line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise BadInput(f"{option}: {given}: holds no checkpoint")
    return found


def _read(line: str, where: str) -> "Checkpoint":
    from models.checkpoint import read_checkpoint

    try:
        return read_checkpoint(line)
    except ValueError as error:
        raise BadInput(f"{where}: {error}") from None


def check_signatures(checkpoints: "list[Checkpoint]", signed_by: str | None) -> None:
    """Check the signatures that there are, by a public key where one is asked for, and that none contradicts another.

    Raises:
        Failure: a signature does not hold or is another's, or two checkpoints are of two records.
    """
    from incident.signing import check_signature, read_public_key

    expected = read_public_key(signed_by) if signed_by is not None else None
    for one in checkpoints:
        if expected is not None or one.signature is not None:
            check_signature(one, expected)
    hashes = {one.length: one.hash for one in checkpoints}
    for one in checkpoints:
        if hashes[one.length] != one.hash:
            raise Failure(f"two checkpoints of {one.length} entries contradict each other: they are of two records")
