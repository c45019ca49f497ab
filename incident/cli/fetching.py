"""How `incident import` asks a URL: its options, and the token from the environment."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from incident.cli.desks import warn
from incident.errors import BadInput
from incident.intake.asking import MOST, SECONDS, Asking, token_headers
from incident.intake.decoding import MIB
from incident.intake.names import display_name, is_url

if TYPE_CHECKING:
    from models.foreign_format import ForeignFormat

Command = TypeVar("Command", bound=Callable[..., Any])


def fetch_options(command: Command) -> Command:
    """Give a command the options that say how a URL is asked."""
    for option in (
        click.option("--allow-http", "plain_http", is_flag=True, help="Read http:// URLs, too; never with a token."),
        click.option("--fetch-limit", "mebibytes", metavar="MIB", type=click.IntRange(1), default=MOST // MIB,
                     show_default=True, help="Take no more than this from a URL."),
        click.option("--fetch-timeout", "seconds", metavar="SECONDS", type=click.IntRange(1), default=SECONDS,
                     show_default=True, help="Give up a URL, all its pages included, after this."),
    ):  # fmt: skip
        command = option(command)
    return command


def asking(
    sources: Iterable[str],
    form: str,
    mapping: "ForeignFormat | None",
    *,
    seconds: int = SECONDS,
    mebibytes: int = MOST // MIB,
    plain_http: bool = False,
) -> Asking:
    """Return how the URLs among the sources are asked.

    Args:
        form: as `--format` names it.
        mapping: as `--map` names it.

    Raises:
        BadInput: the environment holds what cannot be a token, or it would be sent to more than one host.
    """
    hosts = {display_name(source) for source in sources if is_url(source)}
    if not hosts:
        return Asking()
    from models.foreign_fetch import Fetch

    mapping_of = _mapping_of(form, mapping)
    named = mapping_of(None)
    how = named.fetch if named is not None else Fetch()
    token = os.environ.get(how.token_env, "").strip()
    if token and len(hosts) > 1:
        raise BadInput(f"the token in {how.token_env} is for one host; import from each in a command of its own")
    return Asking(
        seconds=seconds,
        most=mebibytes * MIB,
        plain_http=plain_http,
        headers=token_headers(how.header, how.bearing(token), how.token_env) if token else {},
        token_env=how.token_env,
        mapping_of=mapping_of,
        tell=warn,
    )


def _mapping_of(form: str, mapping: "ForeignFormat | None") -> "Callable[[Any], ForeignFormat | None]":
    """Return what tells by which mapping an answer is read: the one that is named, or the one it is recognised by."""
    from incident.intake.formats import AUTO, FORMS

    if mapping is None and form not in FORMS:
        from playbooks.mappings import shipped_mapping

        mapping = shipped_mapping(form)
    if mapping is not None or form != AUTO:
        return lambda _: mapping
    from incident.intake.foreign import recognised_json

    return recognised_json
