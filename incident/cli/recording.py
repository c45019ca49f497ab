"""The commands that record what is known: opening, facts and moments, notes, decisions."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from incident.cli.desks import changing, warn_of, writing
from incident.cli.session import instant, session, shared_options
from incident.errors import BadInput

if TYPE_CHECKING:
    from incident.desk import Desk


@click.command("open")
@click.option("--from", "source", metavar="FILE", help="One import record as JSON; - for standard input.")
@click.option("--title", metavar="TEXT", help="One line of what happened.")
@click.option("--vendor", metavar="ID|NAME", help="The party that owes us notice: a playbook's id, or its name.")
@click.option("--role", metavar="ROLE", help="Ours: controller, joint-controller, processor, sub-processor.")
@click.option("--detected", metavar="TIME", help="First signs.")
@click.option("--vendor-aware", metavar="TIME", help="When the vendor became aware.")
@click.option("--vendor-told-us", metavar="TIME", help="When its notice reached us.")
@click.option("--aware", metavar="TIME", help="When we became aware: reasonable certainty that data were compromised.")
@click.argument("pairs", metavar="[KEY=VALUE]...", nargs=-1)
@shared_options
@click.pass_context
def open_incident(context: click.Context, /, source: str | None, pairs: tuple[str, ...], **options: str | None) -> None:
    """Open one incident, from options or from one import record, and print its reference."""
    from models.record import read_record

    here = session(context)
    given = {**_as_keys(options), **_split(pairs)}
    if source and given:
        raise BadInput("--from and options do not go together: put everything into the record")
    with writing(here) as desk, _refused():
        data = _record_from(source) if source else _from_dotted(given, desk)
        reference = desk.open(read_record(data, desk.in_force.organisation.time_zone))
        look = desk.look(reference)
    click.echo(reference)
    warn_of(look.warnings)


@click.command("set")
@click.argument("ref")
@click.argument("pairs", metavar="KEY=VALUE...", nargs=-1, required=True)
@click.option("--source", metavar="TEXT", help="Where this comes from.")
@click.option("--estimate", is_flag=True, help="The values are estimates.")
@click.option("--unknown", is_flag=True, help="The named facts are not known (KEY without a value).")
@click.option("--not-applicable", metavar="WHY", help="The named facts do not apply (KEY without a value).")
@click.option("--correcting", metavar="WHY", help="A moment stated before was wrong: this one replaces it.")
@shared_options
@click.pass_context
def set_facts(
    context: click.Context,
    ref: str,
    pairs: tuple[str, ...],
    source: str | None,
    estimate: bool,
    unknown: bool,
    not_applicable: str | None,
    correcting: str | None,
) -> None:
    """Record facts and moments of an incident.

    Keys are those of the import record: facts.subjects_count.value=1200, moments.aware=2026-11-18T09:00+01:00.
    Of the moments that duties run from, the earliest one stated counts, unless --correcting says why it was wrong.
    """
    here = session(context)
    if sum((estimate, unknown, not_applicable is not None)) > 1:
        raise BadInput("--estimate, --unknown and --not-applicable exclude each other")
    with changing(here) as desk, _refused():
        if unknown or not_applicable is not None:
            certainty = "unknown" if unknown else "not-applicable"
            body: dict[str, Any] = {
                "changes": {},
                "without_value": _fact_names(pairs),
                "certainty": certainty,
            }
            body["why"] = not_applicable
        else:
            body = {"changes": _changes(pairs, desk), "certainty": "estimated" if estimate else None}
        look = desk.record(ref, body | {"source": source, "correcting": correcting})
    warn_of(look.warnings)


@click.command()
@click.argument("ref")
@click.argument("text")
@click.option("--at", metavar="TIME", help="When it happened; now by default.")
@click.option("--party", metavar="NAME", help="Who it was with.")
@click.option("--channel", metavar="CHANNEL", help="How: phone, email, portal …")
@click.option("--about", metavar="FACT", multiple=True, help="A fact that the party is asked for; may be repeated.")
@shared_options
@click.pass_context
def note(
    context: click.Context,
    ref: str,
    text: str,
    at: str | None,
    party: str | None,
    channel: str | None,
    about: tuple[str, ...],
) -> None:
    """Record an action or a call, and which facts somebody was asked for."""
    if not text.strip():
        raise BadInput("a note needs words")
    asked = _fact_names(about)
    with changing(session(context)) as desk:
        when = instant(at, "--at", desk.in_force.organisation.time_zone) if at else None
        desk.note(ref, text, when, party, channel, asked)


@click.command()
@click.argument("ref")
@click.option("--not-a-breach", is_flag=True, help="No personal data breach happened; needs --because.")
@click.option("--risk", type=click.Choice(["unlikely", "risk", "high"]), help="To the rights and freedoms of people.")
@click.option("--because", metavar="TEXT", help="The reasons; owed where nobody will be notified.")
@click.option(
    "--art-95",
    type=click.Choice(["covered", "separate"]),
    help="Whether another law's notification covers the same data (Art. 95 GDPR).",
)
@click.option(
    "--art-34-3",
    metavar="a|b|c|national:LAW",
    help="Why people are not told one by one though the risk is high, decided with it or before.",
)
@click.option("--by", metavar="NAME", help="Who decided; the actor by default.")
@click.option("--dpo-advice", metavar="TEXT", help="What the data protection officer advised.")
@shared_options
@click.pass_context
def decide(
    context: click.Context,
    ref: str,
    not_a_breach: bool,
    risk: str | None,
    because: str | None,
    art_95: str | None,
    art_34_3: str | None,
    by: str | None,
    dpo_advice: str | None,
) -> None:
    """Record a human decision with its reasons. Reassessing is deciding again."""
    from models.vocabulary import Risk

    here = session(context)
    who = by or here.actor
    if art_34_3 is not None and (not_a_breach or risk not in {None, "high"}):
        raise BadInput("Art. 34(3) is about a high risk: decide that with it: --risk high")
    if art_34_3 is not None and art_95:
        raise BadInput("--art-95 and --art-34-3 are two decisions: record one after the other")
    if art_34_3 is None and not_a_breach == (risk is not None):
        raise BadInput("decide either --not-a-breach or --risk unlikely|risk|high")
    covered = art_95 == "covered" if art_95 else None
    with changing(here) as desk:
        if art_34_3 is not None:
            look = desk.exempt(ref, art_34_3, because, who, dpo_advice, with_risk=risk is not None)
        else:
            look = desk.decide(ref, Risk(risk) if risk else None, because, who, dpo_advice, covered)
    warn_of(look.warnings)


def _record_from(name: str) -> Any:
    """Read one JSON record from a file or standard input."""
    from incident.cli.fetching import asking
    from incident.intake.formats import RawRecord, read_records
    from incident.intake.names import display_name
    from incident.intake.sources import open_source

    shown = display_name(name)
    with open_source(name, sys.stdin.buffer, asking([name], "json", None)) as stream:
        found = list(read_records(stream, name, "json"))
    if len(found) != 1:
        raise BadInput(f"{shown}: holds {len(found)} records; open takes one, import takes many")
    record = found[0]
    if not isinstance(record, RawRecord):
        key = f"{record.key}: " if record.key else ""
        raise BadInput(f"{shown}: line {record.line}: {key}{record.reason}")
    return record.data


def _as_keys(options: dict[str, str | None]) -> dict[str, str]:
    keys = {name: f"moments.{name}" for name in ("detected", "vendor_aware", "vendor_told_us", "aware")}
    return {keys.get(name, name): value for name, value in options.items() if value is not None}


def _split(pairs: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for pair in pairs:
        key, mark, value = pair.partition("=")
        if not mark or not key or not value.strip():
            raise BadInput(f"{pair!r} is not KEY=VALUE; write it as facts.subjects_count.value=1200")
        if key in named:
            raise BadInput(f"{key} is given twice")
        named[key] = value
    return named


def _changes(pairs: Sequence[str], desk: "Desk") -> dict[str, Any]:
    from models.record import read_patch

    return read_patch(_from_dotted(_split(pairs), desk), desk.in_force.organisation.time_zone)


def _from_dotted(named: dict[str, str], desk: "Desk") -> dict[str, Any]:
    """Build a record's data; on the command line a vendor without a playbook may be given by its name."""
    from models.dotted import from_dotted

    data = from_dotted(named)
    vendor = data.get("vendor")
    if isinstance(vendor, str) and vendor not in desk.in_force.rules.vendors:
        data["vendor"] = {"name": vendor}
    return data


@contextmanager
def _refused() -> Iterator[None]:
    """Turn what is wrong with a record into one line per key."""
    from models.record import RecordError

    try:
        yield
    except RecordError as error:
        raise BadInput(*(f"{key}: {reason}" if key else reason for key, reason in error.problems)) from None


def _fact_names(given: Sequence[str]) -> list[str]:
    """Return the facts that are named, each once, with or without `facts.` before them.

    Raises:
        BadInput: a name is no fact's; it says the nearest one.
    """
    from models.dossier import FACTS
    from models.fact_names import fact_name, read_fact_name

    named = list(dict.fromkeys(read_fact_name(name) for name in given))
    unknown = [fact for fact, _ in named if fact not in FACTS]
    if unknown:
        raise BadInput(*(f"{fact} is no fact; {_nearest_fact(fact)}" for fact in unknown))
    return [fact_name(fact, customer) for fact, customer in named]


def _nearest_fact(name: str) -> str:
    from difflib import get_close_matches

    from models.dossier import FACTS

    key, mark, _ = name.partition("=")
    near = get_close_matches(key, FACTS, n=1)
    if near:
        return f"write {near[0]}, without a value" if mark else f"the nearest is {near[0]}"
    return "incident schema lists them"
