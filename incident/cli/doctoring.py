"""The command that looks whether the record and the files around it are well."""

from typing import TYPE_CHECKING

import click

from incident.cli.output import print_json, print_lines
from incident.cli.session import as_json, session, shared_options
from incident.errors import Failure
from incident.text import visible

if TYPE_CHECKING:
    from incident.doctor.finding import Finding
    from incident.places import Places


@click.command()
@click.option(
    "--repair", "repairing", is_flag=True, help="Mend what may be mended: projections, and modes of our files."
)
@as_json
@shared_options
@click.pass_context
def doctor(context: click.Context, repairing: bool, json_wanted: bool) -> None:
    """Say of the record and the files around it what is well and what is wrong, and what to do; exit 1 if anything is.

    The journal itself is never repaired: what does not hold there is restored from a backup.
    """
    places = session(context).places
    findings = _examined(places)
    repaired: list[Finding] = []
    if repairing and any(finding.repairable for finding in findings):
        _repair(places, findings)
        before, findings = findings, _examined(places)
        repaired = [finding for finding in before if finding.repairable and finding not in findings]
    wrong = [finding for finding in findings if not finding.well]
    if json_wanted:
        print_json(
            {
                "well": not wrong,
                "checks": [_document(finding) for finding in findings],
                "repaired": [_document(finding) for finding in repaired],
            }
        )
    else:
        print_lines(_line("mended", finding) for finding in repaired)
        for finding in findings:
            click.echo(_line("well" if finding.well else "wrong", finding))
            if finding.remedy is not None:
                click.echo(f"{'':22}{visible(finding.remedy, one_line=True)}")
    if wrong:
        raise Failure(f"not all is well: {', '.join(dict.fromkeys(finding.check for finding in wrong))}")


def _examined(places: "Places") -> "list[Finding]":
    from incident.doctor.files import file_findings
    from incident.doctor.record import record_findings

    return [*record_findings(places), *file_findings(places)]


def _repair(places: "Places", findings: "list[Finding]") -> None:
    """Mend the modes of our files, and the projections unless there is something wrong with what they are made from."""
    from incident.doctor.files import close_to_others
    from incident.doctor.record import make_projections_anew

    close_to_others(places)
    record = [
        finding for finding in findings if finding.check in {"database", "tables", "journal", "board", "search-index"}
    ]
    if any(finding.repairable for finding in record) and all(finding.well or finding.repairable for finding in record):
        make_projections_anew(places.store_file)


def _line(state: str, finding: "Finding") -> str:
    return f"{state:<7}{finding.check:<15}{visible(finding.found, one_line=True)}"


def _document(finding: "Finding") -> dict[str, object]:
    return {
        "check": finding.check,
        "well": finding.well,
        "found": finding.found,
        "remedy": finding.remedy,
        "repairable": finding.repairable,
    }
