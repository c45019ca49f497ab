"""`incident import`: many incidents from files, standard input or a URL."""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident.cli.desks import rehearsing, warn, writing
from incident.cli.fetching import asking, fetch_options
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput, Failure

if TYPE_CHECKING:
    from incident.cli.import_account import Account
    from incident.desk import Desk
    from incident.intake.asking import Asking
    from incident.intake.run import Dealt, Keep, ValidRecord
    from models.foreign_format import ForeignFormat

PARTLY_DONE = 3
"""The exit code when some records were taken and others rejected."""

STOPPED = "what was reported is kept; import the same again to complete it"
"""What a person who interrupts an import needs to know."""

FORMATS = (
    "auto", "json", "jsonl", "csv", "xlsx",
    "cnil", "dfir-iris", "hhs-ocr", "jira", "pagerduty", "register", "servicenow", "thehive", "veris",
)  # fmt: skip
"""As `incident.intake.formats.FORMS` and the mappings that ship, which are loaded only when something is imported."""


@click.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--map", "mapping_file", metavar="FILE", help="A mapping of your own tool's format.")
@click.option(
    "--explain", "explained", is_flag=True, help="Show what a mapping makes of a few records; import nothing."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; the record stays as it is.")
@click.option("--rejects", "rejects_file", metavar="FILE", help="Write the rejected records here, to be mended.")
@fetch_options
@as_json
@shared_options
@click.pass_context
def import_records(
    context: click.Context,
    sources: tuple[str, ...],
    form: str,
    mapping_file: str | None,
    explained: bool,
    dry_run: bool,
    rejects_file: str | None,
    json_wanted: bool,
    seconds: int,
    mebibytes: int,
    plain_http: bool,
) -> None:
    """Import incidents from files, folders, - (standard input) or http(s) URLs. Doing it again changes nothing.

    Our own records, and those of tools whose format is known; --map reads any other tool's. Each record is taken
    whole or not at all; bad ones are listed, and exit code 3 says so.
    """
    from incident.cli.import_account import Account
    from incident.intake.rejects import check_rejects_path
    from incident.intake.sources import single_sources

    mapping = _mapping(mapping_file, form) if mapping_file is not None else None
    single = single_sources(sources, warn)
    asked = asking(single, form, mapping, seconds=seconds, mebibytes=mebibytes, plain_http=plain_http)
    if explained:
        if rejects_file is not None:
            raise BadInput("--explain imports nothing, so there are no rejects to write: leave out --rejects")
        from incident.cli.import_explained import explain_sources

        explain_sources(single, asked, form, mapping, session(context).zone, json_wanted=json_wanted)
        return
    if rejects_file is not None:
        check_rejects_path(Path(rejects_file))
    opened = rehearsing if dry_run else writing
    tell = _foresee if dry_run and not json_wanted else _say_nothing
    with closing(Account()) as account:
        try:
            with opened(session(context)) as desk:
                _import_all(desk, single, asked, form, mapping, account, tell)
        except KeyboardInterrupt:
            raise Failure(f"stopped: {'nothing was imported' if dry_run else STOPPED}") from None
        finally:
            _report(account, rejects_file, foreseen=dry_run, json_wanted=json_wanted)
        rejected = account.counts["rejected"]
        if rejected:
            context.exit(PARTLY_DONE if account.read > rejected else BadInput.exit_code)


def _mapping(file: str, form: str) -> "ForeignFormat":
    """Read a person's own mapping.

    Raises:
        BadInput: it does not fit, or a shipped one is named beside it.
    """
    from incident.intake.formats import FORMS
    from playbooks.mappings import mapping_from_file
    from playbooks.texts import PlaybookError

    if form not in FORMS:
        raise BadInput(f"--map and --format {form} name two mappings; give one of them")
    try:
        return mapping_from_file(Path(file))
    except PlaybookError as error:
        raise BadInput(f"--map: {error}") from None


def _import_all(
    desk: "Desk",
    sources: Sequence[str],
    asked: "Asking",
    form: str,
    mapping: "ForeignFormat | None",
    account: "Account",
    tell: "Callable[[Dealt], None]",
) -> None:
    from incident.cli.import_progress import progress
    from incident.intake.formats import read_records
    from incident.intake.names import display_name
    from incident.intake.run import run_import
    from incident.intake.sources import open_source

    zone = desk.in_force.organisation.time_zone
    with progress() as shown:
        for source in sources:
            with open_source(source, sys.stdin.buffer, asked) as stream:
                for batch in run_import(read_records(stream, source, form, mapping, zone), zone, _keeper(desk)):
                    account.enter(display_name(source), batch)
                    for dealt in batch:
                        tell(dealt)
                    shown.show(account.read, stream)


def _keeper(desk: "Desk") -> "Keep":
    """Let the desk take in a batch, and say what became of each record."""
    from incident.intake.run import Outcome
    from incident.opening import external_ref

    def keep(records: Sequence["ValidRecord"]) -> list[Outcome]:
        taken = desk.take_in([record.data for record in records])
        return [
            Outcome(
                one.status,
                one.reference,
                external_ref(record.data),
                title=record.data["title"],
                changes=one.changes,
                warnings=one.warnings,
            )
            for one, record in zip(taken, records, strict=True)
        ]

    return keep


def _say_nothing(_: "Dealt") -> None:
    """What is done is counted, and told at the end."""


def _foresee(dealt: "Dealt") -> None:
    """Print what would become of a record, and what of it would change."""
    from incident.intake.found import Reject
    from incident.text import visible
    from models.values import value_words

    if isinstance(dealt, Reject):
        return
    verb = {"opened": "open", "changed": "change", "unchanged": "skip"}[dealt.status]
    named = " ".join(part for part in (dealt.reference, dealt.ref, dealt.title) if part)
    click.echo(visible(f"would {verb} {named}", one_line=True))
    for change in dealt.changes:
        old = value_words(change.old) or "nothing"
        click.echo(visible(f"  {change.key}: {old} → {value_words(change.new) or 'nothing'}", one_line=True))


def _report(account: "Account", rejects_file: str | None, *, foreseen: bool, json_wanted: bool) -> None:
    from incident.intake.rejects import write_rejects

    try:
        if rejects_file is not None:
            write_rejects(Path(rejects_file), account.rejects)
    finally:
        if json_wanted:
            account.print_document(foreseen=foreseen)
        else:
            account.print_counts(foreseen=foreseen)
        account.warn_of_trouble()
