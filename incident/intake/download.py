"""Downloads: one address asked, patiently and within bounds, and its body kept as it was sent."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO

from incident.errors import Failure
from incident.intake.asking import Asking
from incident.intake.decoding import MIB
from incident.intake.names import display_name
from incident.text import visible

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 5

_PASSING = frozenset({429, 502, 503, 504})
"""Statuses that say: not now."""
_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try, where the server does not say how long to wait."""
_REFUSED = frozenset({401, 403})


class _Later(Exception):
    """What was asked may be had later.

    Attributes:
        wait: seconds that the server asks to wait, or None.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


async def download(
    client: "httpx.AsyncClient", url: "httpx.URL", into: BinaryIO, asking: Asking, ends: float
) -> "httpx.Response":
    """Append the body of an answer to a file as it was sent: one packed with gzip stays packed.

    Where the server is busy or the connection breaks, it is asked again, after the time that it names.

    Args:
        ends: when, on the clock of `asking`, all must be done.

    Returns:
        The answer, its body read.

    Raises:
        Failure: it could not be had; one line says why.
    """
    shown = host_shown(url)
    begun = into.tell()
    for pause in (*_PAUSES, None):
        try:
            return await _answer(client, url, into, asking, shown)
        except _Later as later:
            into.seek(begun)
            into.truncate()
            if pause is None:
                raise Failure(f"{shown}: {later}, {len(_PAUSES) + 1} times; try again later") from None
            await _wait(later, pause, asking, ends, shown)
    raise AssertionError("the last try returns or raises")


async def _wait(later: _Later, pause: float, asking: Asking, ends: float, shown: str) -> None:
    wait = pause if later.wait is None else later.wait
    left = max(ends - asking.clock(), 0.0)
    if wait > left:
        raise Failure(f"{shown}: {later}, and to wait {wait:.0f} s is more than the {left:.0f} s left; try again later")
    asked = ", as the server asks" if later.wait is not None else " before asking again"
    asking.tell(f"{shown}: {later}; waiting {wait:.0f} s{asked}")
    await asking.sleep(wait)


async def _answer(
    client: "httpx.AsyncClient", url: "httpx.URL", into: BinaryIO, asking: Asking, shown: str
) -> "httpx.Response":
    import httpx

    try:
        return await _followed(client, url, into, asking, shown)
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        if isinstance(error, httpx.ConnectError):
            raise
        if isinstance(error.__context__, httpx.InvalidURL):
            raise Failure(f"{shown}: sends on to what is no address") from None
        raise _Later(f"the connection broke ({type(error).__name__})") from None


async def _followed(
    client: "httpx.AsyncClient", url: "httpx.URL", into: BinaryIO, asking: Asking, shown: str
) -> "httpx.Response":
    """Follow redirects that stay on their scheme, host and port, and keep the body at their end."""
    request = client.build_request("GET", url, headers=asking.headers)
    for _ in range(MAX_REDIRECTS + 1):
        answer = await client.send(request, stream=True)
        try:
            if answer.next_request is None:
                _judge(answer, asking, shown)
                await _keep(answer, into, asking.most, shown)
                return answer
            request = answer.next_request
        finally:
            await answer.aclose()
        if origin(request.url) != origin(url):
            raise Failure(f"{shown}: sends on to {host_shown(request.url)}; if you trust that, give its address")
    raise Failure(f"{shown}: sends on more than {MAX_REDIRECTS} times")


def origin(url: "httpx.URL") -> tuple[str, str, int | None, bytes]:
    """Return what must stay the same from one request to the next: scheme, host and port, and that nobody is named."""
    return url.scheme, url.host, url.port, url.userinfo


def host_shown(url: "httpx.URL") -> str:
    """Return an address as people may see it."""
    return display_name(f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}")


def _judge(answer: "httpx.Response", asking: Asking, shown: str) -> None:
    said = f"answered {answer.status_code} {visible(answer.reason_phrase, one_line=True)}".rstrip()
    if answer.status_code in _PASSING:
        raise _Later(said, _retry_after(answer, asking.now()))
    if answer.status_code in _REFUSED and asking.token_env:
        held = "the token in" if asking.headers else "a token is taken from"
        raise Failure(f"{shown}: {said}; {held} the environment variable {asking.token_env}{_held(asking)}")
    if not answer.is_success:
        raise Failure(f"{shown}: {said}")
    coding = answer.headers.get("Content-Encoding", "identity").lower()
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise Failure(f"{shown}: answers in a coding that was not asked for; download the file yourself")


def _held(asking: Asking) -> str:
    return " was not enough" if asking.headers else ", which is not set"


def _retry_after(answer: "httpx.Response", now: datetime) -> float | None:
    """Return the seconds that a server asks to wait: it gives seconds, or an instant (RFC 9110, section 10.2.3)."""
    given = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", given, re.ASCII):
        return float(given)
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max((until - now) / timedelta(seconds=1), 0.0)


async def _keep(answer: "httpx.Response", into: BinaryIO, most: int, shown: str) -> None:
    async for piece in answer.aiter_raw():
        if into.tell() + len(piece) > most:
            raise Failure(f"{shown}: is larger than {most // MIB} MiB; ask for less, or raise --fetch-limit")
        into.write(piece)
    into.flush()
