"""The commands for setting up: who we are, where things lie, the shape of a record, completion for the shell."""

import sys
from dataclasses import fields
from pathlib import Path, PurePath

import click

from incident.cli.desks import warn
from incident.cli.output import print_json
from incident.cli.questions import QUESTIONS, AnswerError, Answers, Question, answered_by_options, misfits
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput, Failure
from incident.store.address import Address
from incident.text import visible

INSTALL = {
    "bash": 'put  eval "$(incident completion bash)"  into ~/.bashrc',
    "zsh": 'put  eval "$(incident completion zsh)"  into ~/.zshrc, behind compinit',
    "fish": "incident completion fish > ~/.config/fish/completions/incident.fish",
}
"""How each shell learns of the completion."""

PLAYBOOK_FOLDERS = {"authority": "authorities", "contract": "vendors"}
"""The settings that name a playbook, and the folder where it would be."""


@click.command()
@answered_by_options
@click.option("--no-input", is_flag=True, help="Ask nothing: take only the options.")
@as_json
@shared_options
@click.pass_context
def init(context: click.Context, /, no_input: bool, json_wanted: bool, **options: str | tuple[str, ...] | None) -> None:
    """Say who we are: asked on a terminal or taken from options, and written into the settings file.

    What the file says already stays unless it is answered anew. Nothing has to be answered.
    """
    from incident.cli.interview import confirmed, interview
    from incident.settings import read_organisation, settings_text, write_organisation

    places = session(context).places
    path = places.settings
    organisation = read_organisation(settings_text(path), path)
    given = {question: text for question in QUESTIONS if (text := _given(options[question.parameter])) is not None}
    answers, wrong = _read(given)
    wrong += [f"{option}: {reason}" if option else reason for option, reason in misfits(organisation, answers)]
    if wrong:
        raise BadInput(*wrong)
    asking = not no_input and sys.stdin.isatty()
    if asking:
        answers = interview(organisation, answers, given)
    elif not answers:
        raise BadInput("nothing to write: give options, such as --name (--help lists them), or run it on a terminal")
    _warn_of_strangers(answers, places.playbooks)
    if answers:
        if asking and not confirmed(organisation, answers, path):
            raise Failure(f"nothing was written to {path}")
        write_organisation(path, answers)
    if json_wanted:
        written = read_organisation(settings_text(path), path)
        print_json({"settings": str(path), "set": written.model_dump(mode="json", exclude_unset=True)})
    else:
        click.echo(f"{visible(str(path), one_line=True)}: {'written' if answers else 'nothing changed'}")


@click.command()
@as_json
@shared_options
@click.pass_context
def where(context: click.Context, json_wanted: bool) -> None:
    """Show the places of store, settings, the user's playbooks, drafts and attachments, and which exist."""
    places = session(context).places
    named = {field.name: getattr(places, field.name) for field in fields(places)} | {"attachments": places.attachments}
    found = {name: (place, _exists(place)) for name, place in named.items()}
    if json_wanted:
        print_json({name: {"path": str(path), "exists": exists} for name, (path, exists) in found.items()})
        return
    for name, (path, exists) in found.items():
        state = {True: "there", False: "not there yet", None: "out of reach"}[exists]
        click.echo(f"{name:<11}  {state:<13}  {visible(str(path), one_line=True)}")


@click.command()
@shared_options
def schema() -> None:
    """Print the JSON Schema of the import record."""
    from incident.schema_document import schema_document

    print_json(schema_document())


@click.command(epilog="\b\nTo install:\n" + "\n".join(f"  {shell:<5} {how}" for shell, how in INSTALL.items()))
@click.argument("shell", type=click.Choice(list(INSTALL)))
@shared_options
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets the shell complete commands and options."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise Failure(f"this version of click knows no completion for {shell}")
    script = kind(context.find_root().command, {}, "incident", "_INCIDENT_COMPLETE").source()
    click.echo(f"{script.rstrip()}\n# To install: {INSTALL[shell]}")


def _given(option: str | tuple[str, ...] | None) -> str | None:
    """Return what an option says, or None where it was not given; values given one by one are parted by commas."""
    if isinstance(option, tuple):
        return ",".join(option) if option else None
    return option


def _read(given: dict[Question, str]) -> tuple[Answers, list[str]]:
    """Read the options' answers; also say what cannot be read, option by option."""
    answers: Answers = {}
    wrong: list[str] = []
    for question, text in given.items():
        try:
            answers |= question.read(text)
        except AnswerError as error:
            wrong.append(f"{question.option}: {error}")
    return answers, wrong


def _warn_of_strangers(answers: Answers, folder: Path) -> None:
    """Warn of playbooks that are not there: they are accepted, for they may come later."""
    from playbooks.texts import PlaybookError, overlaid_texts

    try:
        names = [PurePath(name) for name in overlaid_texts(folder)]
    except PlaybookError as error:
        warn(f"{error}; so it is not known which playbooks there are")
        return
    for key, kind in PLAYBOOK_FOLDERS.items():
        known = sorted(name.stem for name in names if name.parent.name == kind)
        if key in answers and answers[key] not in known:
            warn(f"{key} {answers[key]!r}: there is no such playbook yet in {kind}; known: {', '.join(known)}")


def _exists(place: Address) -> bool | None:
    """Say whether there is something at a place; None where we may not look, or reach."""
    from incident.store.opening import exists

    try:
        return exists(place)
    except (OSError, Failure):
        return None
