"""`incident import`: many incidents from files, standard input or a URL."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident.cli.desks import rehearsing, warn, warn_of, writing
from incident.cli.fetching import asking, fetch_options
from incident.cli.output import print_json
from incident.cli.session import as_json, session, shared_options
from incident.errors import BadInput

if TYPE_CHECKING:
    from incident.desk import Desk
    from incident.intake.asking import Asking
    from incident.intake.found import Reject
    from incident.intake.run import Keep, Summary, ValidRecord
    from models.foreign_format import ForeignFormat

PARTLY_DONE = 3
"""The exit code when some records were taken and others rejected."""

WARNINGS_SHOWN = 20
"""Warnings about records that were taken; the rest is counted."""

LINE_EVERY = 10_000
"""Records between two lines of progress where there is no terminal."""

FORMATS = (
    "auto", "json", "jsonl", "csv", "xlsx",
    "cnil", "dfir-iris", "hhs-ocr", "jira", "pagerduty", "register", "servicenow", "thehive", "veris",
)  # fmt: skip
"""As `incident.intake.formats.FORMS` and the mappings that ship, which are loaded only when something is imported."""


@dataclass
class _Run:
    """What the whole command has done so far, over all its sources."""

    summaries: list[tuple[str, "Summary"]] = field(default_factory=list)

    @property
    def rejects(self) -> list[tuple[str, "Reject"]]:
        return [(name, reject) for name, summary in self.summaries for reject in summary.rejects]

    @property
    def counts(self) -> dict[str, int]:
        totals = dict.fromkeys(("opened", "changed", "unchanged", "rejected"), 0)
        for _, summary in self.summaries:
            for status, count in summary.counts.items():
                totals[status] += count
        return totals


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
    from incident.intake.rejects import check_rejects_path, write_rejects
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
    run = _Run()
    try:
        with (rehearsing if dry_run else writing)(session(context)) as desk:
            _import_all(desk, single, asked, form, mapping, run)
    finally:
        if rejects_file is not None and run.rejects:
            write_rejects(Path(rejects_file), [reject for _, reject in run.rejects])
        _report(run, foreseen=dry_run, json_wanted=json_wanted)
    if run.rejects:
        context.exit(PARTLY_DONE if sum(run.counts.values()) > len(run.rejects) else BadInput.exit_code)


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
    run: _Run,
) -> None:
    from incident.intake.formats import read_records
    from incident.intake.names import display_name
    from incident.intake.run import Summary, run_import
    from incident.intake.sources import open_source

    zone = desk.in_force.organisation.time_zone
    progress = _Progress(run)
    for source in sources:
        run.summaries.append((display_name(source), Summary()))
        with open_source(source, sys.stdin.buffer, asked) as stream:
            found = read_records(stream, source, form, mapping, zone)
            run_import(found, zone, _keeper(desk), on_progress=progress.show)
    progress.end()


def _keeper(desk: "Desk") -> "Keep":
    """Let the desk take in a batch, and say what became of each record."""
    from incident.desk import external_ref
    from incident.intake.run import Outcome

    def keep(records: Sequence["ValidRecord"]) -> list[Outcome]:
        taken = desk.take_in([record.data for record in records])
        return [
            Outcome(one.status, one.reference, external_ref(record.data), warnings=one.warnings)
            for one, record in zip(taken, records, strict=True)
        ]

    return keep


class _Progress:
    """How far the import is, on standard error: in place on a terminal, else a line now and then."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._began = time.monotonic()
        self._said = 0
        self._terminal = sys.stderr.isatty()

    def show(self, summary: "Summary") -> None:
        """Keep what the source at hand has come to, and say how many records were dealt with, and how fast."""
        self._run.summaries[-1] = (self._run.summaries[-1][0], summary)
        done = sum(self._run.counts.values())
        if done - self._said < (1 if self._terminal else LINE_EVERY):
            return
        self._said = done
        rate = done / max(time.monotonic() - self._began, 0.001)
        text = f"{done:,} records, {rate:,.0f} a second"
        click.echo(f"\r{text}" if self._terminal else f"incident: {text}", err=True, nl=not self._terminal)

    def end(self) -> None:
        """Leave the line that was written in place."""
        if self._terminal and self._said:
            click.echo(err=True)


def _report(run: _Run, *, foreseen: bool, json_wanted: bool) -> None:
    if json_wanted:
        print_json(
            run.counts
            | {
                "dry_run": foreseen,
                "incidents": [
                    {
                        "incident": outcome.reference,
                        "ref": outcome.ref,
                        "status": outcome.status,
                        "warnings": list(outcome.warnings),
                    }
                    for _, summary in run.summaries
                    for outcome in summary.outcomes
                ],
                "rejects": [
                    {"source": source, "line": reject.line, "key": reject.key, "reason": reject.reason}
                    for source, reject in run.rejects
                ],
            }
        )
    else:
        said = ", ".join(f"{count:,} {status}" for status, count in run.counts.items())
        click.echo(f"would be: {said}" if foreseen else said)
    warnings = [
        f"{outcome.reference}: {warning}"
        for _, summary in run.summaries
        for outcome in summary.outcomes
        for warning in outcome.warnings
    ]
    warn_of(warnings[:WARNINGS_SHOWN])
    if len(warnings) > WARNINGS_SHOWN:
        warn(f"{len(warnings) - WARNINGS_SHOWN} more warnings; incident show REF has each")
    for source, reject in run.rejects:
        key = f"{reject.key}: " if reject.key else ""
        warn(f"{source}: line {reject.line}: {key}{reject.reason}")
