"""The commands for playbooks: which there are, what one says, and what is wrong with a file that is to be one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incident.cli.adopting import adopt
from incident.cli.desks import warn_of
from incident.cli.linting import lint
from incident.cli.output import print_json, print_lines
from incident.cli.playbook_files import (
    PARTLY_DONE,
    fault_document,
    file_of,
    known,
    named,
    origin,
    texts_on_disk,
)
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput
from incident.playbook_file import fault_line, read_file, read_fitting

if TYPE_CHECKING:
    from incident.playbook_pages.overview import Listed


@click.group(invoke_without_command=True)
@as_json
@shared_options
@click.pass_context
def playbooks(context: click.Context, json_wanted: bool) -> None:
    """The vendors, regimes and authorities known. Alone: list them."""
    if context.invoked_subcommand is None:
        context.invoke(list_playbooks, json_wanted=json_wanted)
    elif json_wanted:
        raise click.UsageError(f"put --json behind {context.invoked_subcommand}")


playbooks.add_command(adopt)
playbooks.add_command(lint)


@playbooks.command("list")
@as_json
@shared_options
@click.pass_context
def list_playbooks(context: click.Context, json_wanted: bool) -> None:
    """List them: id, name, time for telling of a breach, shipped or yours, when it was checked."""
    from incident.playbook_pages.overview import overview

    listed, faults = known(session(context).places)
    if json_wanted:
        print_json({"playbooks": [_row(one) for one in listed], "faults": [fault_document(one) for one in faults]})
    else:
        print_lines(overview(listed))
    warn_of(f"not listed: {fault_line(fault)}" for fault in faults)
    if faults:
        context.exit(PARTLY_DONE)


@playbooks.command("show")
@click.argument("playbook_id", metavar="ID")
@as_json
@shared_options
@click.pass_context
def show_playbook(context: click.Context, playbook_id: str, json_wanted: bool) -> None:
    """Show what one says. Where two kinds share an id, write vendors/ID, regimes/ID or authorities/ID."""
    from incident.playbook_pages.layout import laid_out
    from incident.playbook_pages.page import playbook_page

    places = session(context).places
    texts = texts_on_disk(places)
    name = named(playbook_id, texts)
    playbook = read_fitting(file_of(name, places), texts[name])
    if json_wanted:
        print_json(playbook.model_dump(mode="json"))
    else:
        print_lines(laid_out(playbook_page(playbook, origin(name, places))))


@playbooks.command("check")
@click.argument("file")
@as_json
@shared_options
@click.pass_context
def check(context: click.Context, file: str, json_wanted: bool) -> None:
    """Say whether FILE can be a playbook: it fits, or each fault with its line and key, and exit 2."""
    from incident.text import visible
    from playbooks.loader import DRAFT, check_playbook, is_draft

    playbook, faults = check_playbook(file, read_file(file))
    draft = is_draft(playbook)
    if json_wanted:
        print_json(
            {"file": file, "fits": not faults, "draft": draft, "faults": [fault_document(one) for one in faults]}
        )
    elif not faults:
        click.echo(f"{visible(file, one_line=True)}: fits{'; it ' + DRAFT if draft else ''}")
    else:
        for fault in faults:
            click.echo(visible(fault_line(fault), one_line=True), err=True)
    if faults:
        context.exit(BadInput.exit_code)


@playbooks.command("read")
@click.argument("file", metavar="FILE|-")
@click.option("--explain", "explained", is_flag=True, help="Show every candidate, and why it was taken or not.")
@click.option("-o", "--output", metavar="FILE", help="Write a vendor playbook to review, its reasons as comments.")
@as_json
@shared_options
@click.pass_context
def read(context: click.Context, file: str, explained: bool, output: str | None, json_wanted: bool) -> None:
    """Read the breach clause out of a contract: text, Markdown, HTML, PDF or Word. Nothing comes into force."""
    from incident.contract_document import contract_document
    from incident.contract_file import read_contract_file, write_draft
    from incident.playbook_pages.contract import contract_page
    from incident.playbook_pages.layout import laid_out
    from incident.text import visible

    reading = read_contract_file(file, sys.stdin.buffer)
    if output is not None:
        write_draft(reading, Path(output), session(context).now.date())
    if json_wanted:
        print_json(contract_document(reading, explained=explained))
    elif output is None:
        print_lines(laid_out(contract_page(reading, explained=explained)))
    else:
        click.echo(visible(output, one_line=True))


def _row(one: "Listed") -> dict[str, Any]:
    from incident.playbook_pages.overview import term_words

    return {
        "id": one.playbook.id,
        "kind": one.playbook.kind,
        "name": one.playbook.name,
        "term": term_words(one.playbook),
        "origin": one.origin,
        "checked_on": one.checked_on.isoformat(),
    }
