"""The commands about duties: adding one, recording a notification, linking, closing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from incident.cli.desks import changing, warn_of
from incident.cli.session import instant, session, shared_options
from incident.errors import BadInput
from incident.evidence import evidence_of
from models.moments import MomentName, utc_text
from models.periods import Unit

COUNTED = (Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS)
"""What an added duty may be counted in."""


@click.group()
@shared_options
def duty() -> None:
    """Duties that no playbook knows."""


@duty.command("add")
@click.argument("ref")
@click.option("--title", metavar="TEXT", help="What is owed.")
@click.option("--to", "recipient", metavar="NAME", required=True, help="Who must be told.")
@click.option("--from", "debtor", metavar="NAME", default="us", show_default=True, help="Who must tell.")
@click.option("--due", metavar="TIME", help="The date that was set.")
@click.option("--hours", type=click.IntRange(1, Unit.HOURS.most), help="How many hours from the trigger.")
@click.option("--days", type=click.IntRange(1, Unit.DAYS.most), help="How many days from the trigger.")
@click.option("--working-days", type=click.IntRange(1, Unit.WORKING_DAYS.most), help="How many working days.")
@click.option("--months", type=click.IntRange(1, Unit.MONTHS.most), help="How many months, by date.")
@click.option("--soft", metavar="PHRASE", help="The words, where there is no number.")
@click.option("--trigger", metavar="MOMENT", default="aware", show_default=True, help="The moment it runs from.")
@click.option("--source", metavar="TEXT", required=True, help="On what it rests: a letter, a policy, a side letter.")
@click.option("--place", metavar="TEXT", help="Where in the source.")
@click.option("--basis", type=click.Choice(["contract", "law", "authority", "policy"]), default="contract")
@shared_options
@click.pass_context
def add_duty(context: click.Context, /, ref: str, **options: Any) -> None:
    """Add a duty: an authority's letter, an insurer, one customer's side letter."""
    body: dict[str, Any] = {
        "title": options["title"] or f"Tell {options['recipient']}",
        "from": options["debtor"],
        "to": options["recipient"],
        "basis": options["basis"],
        "source": options["source"],
        "place": options["place"] or "",
    }
    with changing(session(context)) as desk:
        look = desk.add_duty(ref, body | _duty_time(options, desk.in_force.organisation.time_zone))
    click.echo(f"added:{len(look.incident.added_duties)}")


@duty.command("drop")
@click.argument("ref")
@click.argument("duty_id", metavar="added:N")
@click.option("--because", metavar="TEXT", required=True, help="Why it is not owed.")
@shared_options
@click.pass_context
def drop_duty(context: click.Context, ref: str, duty_id: str, because: str) -> None:
    """Drop a duty that was added by mistake, or that was lifted."""
    with changing(session(context)) as desk:
        desk.drop_duty(ref, duty_id, because)


@click.command()
@click.argument("ref")
@click.argument("duty_id", metavar="DUTY")
@click.option("--at", metavar="TIME", required=True, help="When it was made.")
@click.option("--channel", metavar="CHANNEL", help="How: portal, email, phone, post …")
@click.option("--to", metavar="NAME", help="Who was told.")
@click.option("--incomplete", is_flag=True, help="More is still to come (Art. 33(4) GDPR).")
@click.option("--reference", metavar="TEXT", help="The number the recipient gave it.")
@click.option("--because", metavar="TEXT", help="The reasons for the delay, where it is late.")
@click.option("--evidence", metavar="FILE", help="A proof; its name and SHA-256 are recorded. To keep it: attach.")
@click.option("--attempted", "status", flag_value="attempted", help="It failed: stops no clock.")
@click.option("--acknowledged", "status", flag_value="acknowledged", help="The recipient confirmed it.")
@click.option("--withdrawn", "status", flag_value="withdrawn", help="It was taken back: the clock counts again.")
@shared_options
@click.pass_context
def sent(context: click.Context, /, ref: str, duty_id: str, **options: Any) -> None:
    """Record that a notification was made; stops that duty's clock."""
    from incident.left_to_do import left_to_do

    body = {
        "duty": duty_id,
        "status": options["status"] or "made",
        "complete": not options["incomplete"],
        "evidence": evidence_of(Path(options["evidence"])) if options["evidence"] is not None else None,
        **{key: options[key] for key in ("channel", "to", "reference", "because")},
    }
    with changing(session(context)) as desk:
        at = instant(options["at"], "--at", desk.in_force.organisation.time_zone)
        look = desk.sent(ref, body | {"at": utc_text(at)})
    warn_of(left_to_do(look, duty_id))
    warn_of(look.warnings)


@click.command()
@click.argument("ref")
@click.argument("other", metavar="REF")
@shared_options
@click.pass_context
def link(context: click.Context, ref: str, other: str) -> None:
    """Link two incidents: the same event seen twice, or in another capacity."""
    with changing(session(context)) as desk:
        first, second = desk.link(ref, other)
    click.echo(f"{first} and {second} are linked")


@click.command()
@click.argument("ref")
@click.option("--because", metavar="TEXT", required=True, help="Why it can be closed.")
@click.option("--despite", metavar="DUTY", multiple=True, help="A duty that others owe us and never met.")
@shared_options
@click.pass_context
def close(context: click.Context, ref: str, because: str, despite: Sequence[str]) -> None:
    """Close an incident; refused while a duty is open or undecided."""
    with changing(session(context)) as desk:
        desk.close(ref, because, despite)


@click.command()
@click.argument("ref")
@click.option("--because", metavar="TEXT", help="Why it is taken up again.")
@shared_options
@click.pass_context
def reopen(context: click.Context, ref: str, because: str | None) -> None:
    """Reopen a closed incident."""
    with changing(session(context)) as desk:
        desk.reopen(ref, because)


def _duty_time(options: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    counted = {unit: options[unit.value.replace("-", "_")] for unit in COUNTED}
    given = [*(options[name] for name in ("due", "soft")), *counted.values()]
    if sum(value is not None for value in given) != 1:
        raise BadInput("a duty has one of --due TIME, --hours N, --days N, --working-days N, --months N, --soft PHRASE")
    if options["trigger"] not in set(MomentName):
        raise BadInput(f"--trigger {options['trigger']}: it is one of {', '.join(MomentName)}")
    if options["due"] is not None:
        return {"due_at": utc_text(instant(options["due"], "--due", zone))}
    periods = [{"unit": unit.value, "amount": amount} for unit, amount in counted.items() if amount is not None]
    return {"period": (periods or [{"unit": "soft", "phrase": options["soft"]}])[0], "trigger": options["trigger"]}
