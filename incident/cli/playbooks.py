"""The commands for playbooks: which there are, what one says, and what is wrong with a file that is to be one."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from incident.cli.desks import warn_of
from incident.cli.output import print_json, print_lines
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput, Failure
from incident.places import Places

if TYPE_CHECKING:
    from incident.playbook_pages.overview import Listed
    from playbooks.faults import Fault

PARTLY_DONE = 3


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


@playbooks.command("list")
@as_json
@shared_options
@click.pass_context
def list_playbooks(context: click.Context, json_wanted: bool) -> None:
    """List them: id, name, time for telling of a breach, shipped or yours, when it was checked."""
    from incident.playbook_pages.overview import overview

    listed, faults = _known(session(context).places)
    if json_wanted:
        print_json({"playbooks": [_row(one) for one in listed], "faults": [_fault(one) for one in faults]})
    else:
        print_lines(overview(listed))
    warn_of(f"not listed: {_fault_line(fault)}" for fault in faults)
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
    from playbooks.loader import check_playbook

    places = session(context).places
    texts = _texts(places)
    name = _named(playbook_id, texts)
    playbook, faults = check_playbook(_file(name, places), texts[name])
    if playbook is None:
        raise BadInput(*map(_fault_line, faults))
    if json_wanted:
        print_json(playbook.model_dump(mode="json"))
    else:
        print_lines(laid_out(playbook_page(playbook, _origin(name, places))))


@playbooks.command("check")
@click.argument("file")
@as_json
@shared_options
@click.pass_context
def check(context: click.Context, file: str, json_wanted: bool) -> None:
    """Say whether FILE can be a playbook: it fits, or each fault with its line and key, and exit 2."""
    from incident.text import visible
    from playbooks.loader import check_playbook
    from playbooks.texts import PlaybookError, read_text

    try:
        text = read_text(Path(file))
    except PlaybookError as error:
        raise BadInput(str(error)) from None
    _, faults = check_playbook(file, text)
    if json_wanted:
        print_json({"file": file, "fits": not faults, "faults": [_fault(one) for one in faults]})
    elif not faults:
        click.echo(f"{visible(file, one_line=True)}: fits")
    else:
        for fault in faults:
            click.echo(visible(_fault_line(fault), one_line=True), err=True)
    if faults:
        context.exit(BadInput.exit_code)


def _texts(places: Places) -> dict[str, str]:
    """Return the playbooks on disk, the user's own laid over the shipped ones: their texts by name."""
    from playbooks.texts import PlaybookError, overlaid_texts

    try:
        return overlaid_texts(places.playbooks)
    except PlaybookError as error:
        raise BadInput(str(error)) from None


def _known(places: Places) -> "tuple[list[Listed], list[Fault]]":
    """Read every playbook; one that does not fit is no reason to withhold the others."""
    from incident.playbook_pages.overview import Listed
    from playbooks.loader import check_playbook

    listed: list[Listed] = []
    faults: list[Fault] = []
    for name, text in sorted(_texts(places).items()):
        playbook, found = check_playbook(_file(name, places), text)
        faults.extend(found)
        if playbook is not None:
            listed.append(Listed(playbook, _origin(name, places)))
    return listed, faults


def _named(playbook_id: str, texts: dict[str, str]) -> str:
    """Return the name of the one playbook that an id means.

    Raises:
        Failure: there is none.
        BadInput: there are several.
    """
    found = [name for name in texts if playbook_id in _ids(name)]
    if len(found) > 1:
        ways = ", ".join(name.removesuffix(".toml") for name in sorted(found))
        raise BadInput(f"{playbook_id!r} may be one of several: write one of {ways}")
    if not found:
        raise Failure(f"there is no playbook {playbook_id!r}; {_nearest(playbook_id, texts)}")
    return found[0]


def _ids(name: str) -> tuple[str, str]:
    return PurePath(name).stem, name.removesuffix(".toml")


def _nearest(playbook_id: str, texts: dict[str, str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(PurePath(playbook_id.lower()).name, sorted({PurePath(name).stem for name in texts}))
    return f"did you mean {' or '.join(near)}?" if near else "`incident playbooks` lists those there are"


def _origin(name: str, places: Places) -> str:
    return "yours" if (places.playbooks / name).exists() else "shipped"


def _file(name: str, places: Places) -> str:
    """Return what a fault calls a playbook's file: the user's by its path, so that it is found at once."""
    path = places.playbooks / name
    return str(path) if path.exists() else name


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


def _fault(fault: "Fault") -> dict[str, Any]:
    return {"file": fault.file, "line": fault.line, "key": fault.key or None, "reason": fault.reason}


def _fault_line(fault: "Fault") -> str:
    parts = (f"{fault.file}:{fault.line}" if fault.line else fault.file, fault.key, fault.reason)
    return ": ".join(filter(None, parts))
