"""How a URL is asked: within which bounds, with which token, and by what the pages of its answer are turned."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from incident.errors import BadInput
from incident.intake.decoding import MIB

if TYPE_CHECKING:
    import httpx

    from models.foreign_format import ForeignFormat

SECONDS = 120
"""What all of a URL may take, its pages and the waiting between them included."""
MOST = 256 * MIB
"""Bytes. More than this, as sent, is not taken from a URL."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def _sleep(seconds: float) -> None:
    import asyncio  # which costs as much as a cold start may

    await asyncio.sleep(seconds)


def _no_mapping(_: Any) -> None:
    return None


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Asking:
    """How a URL is asked.

    Attributes:
        seconds: what all of it may take.
        most: bytes, as sent, that are taken at most.
        plain_http: whether hosts other than this machine may be asked without encryption. Never with a token.
        headers: what bears the token, if there is one. Never shown.
        token_env: the environment variable that a token is, or would be, taken from.
        mapping_of: says by which mapping a decoded JSON answer is read: it knows how its pages follow each other.
        tell: told in a line when the server is waited for.
        transport: in place of the network, for tests; as are the three that follow.
        sleep: waits for so many seconds.
        clock: seconds that only ever go forward.
        now: the time of day (UTC), for servers that name an instant to wait for.
    """

    seconds: float = SECONDS
    most: int = MOST
    plain_http: bool = False
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    token_env: str = ""
    mapping_of: "Callable[[Any], ForeignFormat | None]" = _no_mapping
    tell: Callable[[str], None] = _silent
    transport: "httpx.AsyncBaseTransport | None" = None
    sleep: Callable[[float], Awaitable[None]] = _sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _utc_now


def token_headers(header: str, value: str, env: str) -> dict[str, str]:
    """Return the header that bears a token.

    Raises:
        BadInput: it holds what no header can.
    """
    if not value.isascii() or not value.isprintable():
        raise BadInput(f"{env}: holds what no token holds, such as a line end; set it anew")
    return {header: value}
