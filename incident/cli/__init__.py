"""The command line: the composition root.

Standard output belongs to data; what goes wrong is one line on standard error, and an exit code.
"""

import sys

import click

from incident import VERSION
from incident.cli.session import session, shared_options_of_program
from incident.errors import BadInput, Failure

LOADED_WHEN_USED = {
    "attach": "attaching:attach",
    "attachment": "attaching:attachment",
    "backup": "copying:backup",
    "checkpoint": "verifying:checkpoint",
    "clocks": "reading:clocks",
    "close": "obligations:close",
    "completion": "setup:completion",
    "decide": "recording:decide",
    "demo": "demo:demo",
    "doctor": "doctoring:doctor",
    "draft": "drafting:draft",
    "duty": "obligations:duty",
    "erase": "retaining:erase",
    "import": "importing:import_records",
    "init": "setup:init",
    "journal": "reading:journal",
    "link": "obligations:link",
    "list": "reading:board",
    "move": "moving:move",
    "note": "recording:note",
    "open": "recording:open_incident",
    "pack": "packing:pack",
    "playbooks": "playbooks:playbooks",
    "register": "drafting:register",
    "reopen": "obligations:reopen",
    "restore": "copying:restore",
    "retention": "retaining:retention",
    "schema": "setup:schema",
    "selfcheck": "selfcheck:selfcheck",
    "sent": "obligations:sent",
    "set": "recording:set_facts",
    "show": "reading:show",
    "verify": "verifying:verify",
    "where": "setup:where",
}
"""Every command, and where it is: loaded only when it is called, so that none pays for another."""


class _Program(click.Group):
    """The commands, each loaded when it is used."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name every command."""
        return list(LOADED_WHEN_USED)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, or return None for no such command."""
        from importlib import import_module

        if cmd_name not in LOADED_WHEN_USED:
            return None
        module, _, name = LOADED_WHEN_USED[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"incident.cli.{module}"), name)
        return command


@click.group(cls=_Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="incident")
@click.option("--plain", is_flag=True, help="The board as text, on a terminal too.")
@shared_options_of_program
@click.pass_context
def program(context: click.Context, plain: bool) -> int:
    """Track personal-data breaches: who must be told, by when, on which source, and what is still missing.

    Without a command: the screens on a terminal, else the board as text.
    Begin with `incident init`, or look at `incident demo`.
    """
    if context.invoked_subcommand is not None:
        if plain:
            raise click.UsageError("--plain stands alone, or behind demo")
        return 0
    from incident.cli.terminal import at_a_terminal, show_record

    if at_a_terminal() and not plain:
        return show_record(session(context))
    from incident.cli.reading import board

    context.invoke(board)
    return 0


def run() -> None:
    """Run the program and exit: 0 done, 1 it could not be done, 2 wrong usage or bad input, 3 partly done."""
    sys.exit(_run())


def _run() -> int:
    try:
        outcome = program.main(prog_name="incident", standalone_mode=False)
    except click.exceptions.Abort:
        return _failed(Failure("stopped"))
    except click.ClickException as error:
        return _failed(BadInput(error.format_message()))
    except Failure as failure:
        return _failed(failure)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(Failure(f"{where}{error.strerror or error}"))
    return outcome if isinstance(outcome, int) else 0


def _failed(failure: Failure) -> int:
    from incident.cli.desks import warn_of

    warn_of(failure.lines)
    return failure.exit_code
