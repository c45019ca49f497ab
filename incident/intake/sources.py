"""Sources: a file, standard input or a URL, opened as a stream of bytes."""

import logging
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from incident.errors import BadInput, Failure
from incident.intake.decoding import MIB
from incident.intake.folders import files_in
from incident.text import visible

if TYPE_CHECKING:
    import httpx

MAX_DOWNLOAD = 256 * MIB
"""Bytes. More than this is not taken from a URL."""
DEADLINE = 120.0
"""Seconds that a download may take from its first step to its last byte."""

_STEP = 15.0
"""Seconds without any answer after which a download is given up."""
_MAX_REDIRECTS = 5
_STDIN = "-"
_HOST = re.compile(r"(?:[^/?#\\@]*@)?([\w.-]*(?::\d+)?|\[[\da-fA-F:.]+\](?::\d+)?)(?:[/?#][^@]*)?")
"""All of a URL after its scheme. An `@` further on may belong to a password: then no host is certain."""


@contextmanager
def open_source(
    name: str,
    stdin: BinaryIO,
    *,
    transport: "httpx.AsyncBaseTransport | None" = None,
    deadline: float = DEADLINE,
) -> Iterator[BinaryIO]:
    """Open what a source's name stands for, as a stream of bytes.

    A URL is read whole before anything of it is imported. Redirects are followed on the same scheme, host and port
    only. The environment is trusted for proxies and certificates (`HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`), as an
    organisation's network needs it; a `.netrc` is not read. No error names more of a URL than its scheme and host.

    Args:
        name: a path, `-` for standard input, or an http(s) URL.
        stdin: standard input.
        transport: in place of the network, for tests.
        deadline: seconds that a download may take in all.

    Raises:
        BadInput: there is no such file, or it is a folder, or the URL is none.
        Failure: it cannot be read; one line says why.
    """
    if name == _STDIN:
        yield stdin
    elif _is_url(name):
        import asyncio

        with tempfile.TemporaryFile() as content:
            asyncio.run(_download(name, content, transport, deadline))
            content.seek(0)
            yield content
    else:
        with _open_file(name) as file:
            yield file


def single_sources(names: Iterable[str], on_skipped: Callable[[str], None]) -> list[str]:
    """Return the sources with each folder replaced by the files in it.

    Args:
        on_skipped: told in a line what of a folder is passed over, and why.

    Raises:
        BadInput: a folder holds nothing to import.
        Failure: a folder cannot be listed.
    """
    single: list[str] = []
    for name in names:
        if name == _STDIN or _is_url(name) or not Path(name).is_dir():
            single.append(name)
            continue
        taken, skipped = files_in(Path(name))
        for path, reason in skipped:
            on_skipped(f"{path}: skipped: {reason}")
        single += map(str, taken)
    return single


def display_name(name: str) -> str:
    """Return a source's name as people may see it: of a URL the scheme and host, for the rest may hold a secret."""
    if name == _STDIN:
        return "standard input"
    scheme, mark, rest = name.partition("://")
    if not mark:
        return visible(name, one_line=True)
    host = _HOST.fullmatch(rest)
    return visible(f"{scheme.lower()}://{host[1] if host else ''}/…", one_line=True)


def _is_url(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _open_file(name: str) -> BinaryIO:
    shown = display_name(name)
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        raise BadInput(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise BadInput(f"{shown}: is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise Failure(f"{shown}: cannot be opened: {getattr(error, 'strerror', None) or error}") from None


async def _download(url: str, into: BinaryIO, transport: "httpx.AsyncBaseTransport | None", deadline: float) -> None:
    import asyncio

    import httpx

    for chatty in ("httpx", "httpcore"):  # they log whole URLs, credentials and tokens included
        logging.getLogger(chatty).setLevel(logging.WARNING)
    shown = display_name(url)
    target = _target(url)
    try:
        client = httpx.AsyncClient(transport=transport, timeout=_STEP, trust_env=True, follow_redirects=False)
    except (httpx.InvalidURL, ImportError, OSError, ValueError):
        raise Failure(f"{shown}: the proxy or certificates that the environment names cannot be used") from None
    try:
        async with asyncio.timeout(deadline), client:
            await _fetch(client, client.build_request("GET", target, headers={"Accept-Encoding": "gzip"}), into)
    except (TimeoutError, httpx.TimeoutException):
        raise Failure(f"{shown}: took too long; download the file yourself and import it") from None
    except httpx.ConnectError as error:
        raise Failure(f"{shown}: cannot be reached: {visible(str(error), one_line=True)}") from None
    except httpx.TransportError as error:
        raise Failure(f"{shown}: the transfer failed ({type(error).__name__})") from None
    except OSError as error:
        raise Failure(f"{shown}: cannot be kept on this machine: {error.strerror or error}") from None


def _target(url: str) -> "httpx.URL":
    import httpx

    try:
        target = httpx.URL(url)
    except httpx.InvalidURL:
        target = httpx.URL("")
    if not target.host:
        raise BadInput(f"{display_name(url)}: is not a URL that can be read")
    return target


async def _fetch(client: "httpx.AsyncClient", request: "httpx.Request", into: BinaryIO) -> None:
    """Follow redirects that stay on their host, and write the answer's body as it was sent.

    A body packed with gzip stays packed: reading unpacks it within bounds.
    """
    shown = display_name(str(request.url))
    origin = _origin(request.url)
    for _ in range(_MAX_REDIRECTS + 1):
        answer = await client.send(request, stream=True)
        try:
            if answer.next_request is None:
                await _keep(answer, into, shown)
                return
            request = answer.next_request
        finally:
            await answer.aclose()
        if _origin(request.url) != origin:
            elsewhere = display_name(str(request.url))
            raise Failure(f"{shown}: sends on to {elsewhere}; if you trust that, give its address")
    raise Failure(f"{shown}: sends on more than {_MAX_REDIRECTS} times")


async def _keep(answer: "httpx.Response", into: BinaryIO, shown: str) -> None:
    if not answer.is_success:
        raise Failure(f"{shown}: answered {answer.status_code} {visible(answer.reason_phrase, one_line=True)}")
    coding = answer.headers.get("Content-Encoding", "identity").lower()
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise Failure(f"{shown}: answers in a coding that was not asked for; download the file yourself")
    size = 0
    async for piece in answer.aiter_raw():
        size += len(piece)
        if size > MAX_DOWNLOAD:
            raise Failure(f"{shown}: is larger than {MAX_DOWNLOAD // MIB} MiB; download and import its parts")
        into.write(piece)
    into.flush()


def _origin(url: "httpx.URL") -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
