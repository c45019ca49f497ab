"""What every command shares: the options before or after its name, and what they open.

This is the edge: only here are the clock, the environment and the user's name read.
"""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from incident.errors import BadInput
from incident.places import Places, places

Command = TypeVar("Command", bound=Callable[..., Any])

_KEY = "incident.options"


def _remember(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None and option.name is not None:
        context.find_root().meta.setdefault(_KEY, {})[option.name] = value


def _option(name: str, metavar: str, text: str, env: str | None) -> Callable[[Command], Command]:
    return click.option(
        f"--{name}",
        metavar=metavar,
        help=text,
        envvar=env,
        expose_value=False,
        callback=_remember,
        is_eager=True,
    )


SHARED = (
    ("store", "PATH|ADDRESS", "The record: a file, or postgresql://… on a server.", "INCIDENT_STORE"),
    ("settings", "FILE", "The settings file.", "INCIDENT_SETTINGS"),
    ("actor", "NAME", "Who records.", "INCIDENT_ACTOR"),
    ("now", "ISO8601", "Judge clocks at this instant; it never dates what is recorded.", "INCIDENT_NOW"),
)


def shared_options(command: Command) -> Command:
    """Give a command the options that may stand before or after its name."""
    for name, metavar, text, _ in reversed(SHARED):
        command = _option(name, metavar, text, None)(command)
    return command


def shared_options_of_program(command: Command) -> Command:
    """Give the program itself the same options; here the environment speaks where the command line does not."""
    for name, metavar, text, env in reversed(SHARED):
        command = _option(name, metavar, text, env)(command)
    return command


def as_json(command: Command) -> Command:
    """Give a reading command `--json`."""
    return click.option("--json", "json_wanted", is_flag=True, help="One JSON document on standard output.")(command)


def as_known_at(command: Command) -> Command:
    """Give a reading command `--as-known-at`."""
    return click.option("--as-known-at", metavar="ISO8601", help="Replay only what was recorded by then.")(command)


def assume(command: Command) -> Command:
    """Give a reading command `--assume`."""
    return click.option(
        "--assume", "assumed", metavar="PROPOSAL", help="Reckon as if a proposed law were law, such as omnibus."
    )(command)


@dataclass(frozen=True)
class Session:
    """What the shared options say."""

    places: Places
    actor: str
    stated_now: datetime | None
    zone: ZoneInfo

    @property
    def now(self) -> datetime:
        """The instant at which clocks are judged: the stated one, else the machine's (UTC, whole seconds)."""
        return self.stated_now or datetime.now(UTC).replace(microsecond=0)


def session(context: click.Context) -> Session:
    """Return what the shared options of this run say."""
    said: dict[str, str] = context.find_root().meta.get(_KEY, {})
    here = places(said.get("store"), said.get("settings"))
    zone = _zone(here)
    stated = instant(said["now"], "--now", zone) if "now" in said else None
    return Session(here, said.get("actor") or _user(), stated, zone)


def instant(text: str, what: str, zone: ZoneInfo) -> datetime:
    """Read an instant given on the command line; a local time is read in `zone`.

    Raises:
        BadInput: it cannot be read; the message begins with what it was given for.
    """
    from models.moments import MomentError, read_instant

    try:
        return read_instant(text, zone)
    except MomentError as error:
        raise BadInput(f"{what}: {error}") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _zone(here: Places) -> ZoneInfo:
    """Return the settings' time zone; the settings' own reading says what is wrong with them, if anything."""
    import tomllib

    from incident.settings import settings_text

    try:
        return ZoneInfo(tomllib.loads(settings_text(here.settings) or "").get("zone", "UTC"))
    except (tomllib.TOMLDecodeError, RecursionError, KeyError, TypeError, ValueError, OSError):
        return ZoneInfo("UTC")
