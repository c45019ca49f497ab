"""`incident demo`: the whole job on a throw-away store with sample incidents."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from incident.cli.desks import warn
from incident.cli.output import print_lines
from incident.cli.session import Session, session, shared_options

if TYPE_CHECKING:
    from incident.desk import Desk
    from incident.samples import Sample

FOLDER = Path("incident-demo")


@click.command()
@click.option("--plain", is_flag=True, help="As text, on a terminal too.")
@shared_options
@click.pass_context
def demo(context: click.Context, plain: bool) -> int:
    """Show the whole job on a throw-away store with sample incidents of the five vendors.

    On a terminal: the screens. Otherwise, or with --plain: the board as text, and the drafts in ./incident-demo/.
    """
    from incident.cli.terminal import at_a_terminal, show_demonstration

    if at_a_terminal() and not plain:
        return show_demonstration(session(context))
    _print_demonstration(session(context))
    return 0


def _print_demonstration(here: Session) -> None:
    from incident.board_page import board_page, time_is_set
    from incident.bring_into_force import bring_into_force
    from incident.desk import Desk
    from incident.pages import clocks_page
    from incident.samples import ORGANISATION, samples
    from incident.settings import organisation_text
    from incident.staged import Staged
    from incident.store.protocol import BoardQuery
    from incident.store.sqlite import open_store
    from playbooks.texts import shipped_texts

    with TemporaryDirectory(prefix="incident-demo-") as folder:
        store = open_store(Path(folder) / "demo.db", actor="demo", stated_now=here.stated_now)
        try:
            staged = Staged(Path(folder) / "settings.toml", organisation_text(ORGANISATION), shipped_texts())
            desk = Desk(store, bring_into_force(store, staged), here.now)
            opened = [(play(desk, sample), sample) for sample in samples(here.now)]
            zone = desk.in_force.organisation.time_zone
            total, rows = store.board(BoardQuery(here.now))
            print_lines(time_is_set(here.stated_now, zone))
            print_lines(board_page(here.now, total, rows, zone))
            click.echo("\nOne of them, and how its dates were reckoned:\n")
            print_lines(clocks_page(desk.look(opened[0][0]), explained=True))
            click.echo("\nThe drafts, to be read, completed and sent by people:\n")
            for reference, sample in opened:
                _draft(desk, reference, sample)
        finally:
            store.close()


def play(desk: "Desk", sample: "Sample") -> str:
    """Open one sample incident and record what was done since."""
    from models.record import read_record
    from models.vocabulary import Risk

    reference = desk.open(read_record(sample.record, desk.in_force.organisation.time_zone))
    if sample.decision is not None:
        outcome, because = sample.decision
        desk.decide(reference, Risk(outcome) if outcome else None, because, "demo", None)
    for filing in sample.sent:
        desk.sent(reference, {"status": "made", "complete": True, **filing})
    return reference


def _draft(desk: "Desk", reference: str, sample: "Sample") -> None:
    from incident.drafts import write_drafts
    from incident.notices.compose import DraftRequest

    if not sample.drafts:
        return
    requests = [DraftRequest(kind) for kind in sample.drafts]
    for old in FOLDER.glob(f"{reference}-*.md"):
        old.unlink()  # of an earlier demonstration: its store is gone, and with it the record of them
    written = write_drafts(desk, reference, requests, ("md",), FOLDER, None)
    for path in written.paths:
        click.echo(str(path))
    for warning in written.warnings:
        warn(warning)
