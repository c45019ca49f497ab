"""Fetching from a URL: which may be asked, and every way in which that can fail, told in a line without secrets."""

import asyncio
import logging
from ipaddress import ip_address
from typing import TYPE_CHECKING, BinaryIO

from incident.errors import BadInput, Failure
from incident.intake.asking import Asking
from incident.intake.names import display_name
from incident.intake.paging import download_pages
from incident.text import visible

if TYPE_CHECKING:
    import httpx

_STEP = 15.0
"""Seconds without any answer after which a download is given up."""
_HEADERS = {"Accept": "application/json, text/csv;q=0.9, */*;q=0.8", "Accept-Encoding": "gzip"}


def fetch(url: str, sent: BinaryIO, joined: BinaryIO, asking: Asking) -> BinaryIO:
    """Fetch what a URL answers, all its pages included, and return the one of two files that it was put into.

    Redirects and further pages stay on the scheme, host and port that were named. The environment is trusted for
    proxies and certificates (`HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`), as an organisation's network needs it; a
    `.netrc` is not read, and certificates are always checked. No error names more of a URL than its scheme and host.

    Raises:
        BadInput: the URL is none that may be asked.
        Failure: it cannot be had; one line says why.
    """
    return asyncio.run(_fetch(url, sent, joined, asking))


async def _fetch(url: str, sent: BinaryIO, joined: BinaryIO, asking: Asking) -> BinaryIO:
    import httpx

    for chatty in ("httpx", "httpcore"):  # they log whole URLs, tokens in them included
        logging.getLogger(chatty).setLevel(logging.WARNING)
    shown = display_name(url)
    target = _target(url, asking)
    # nothing for this machine itself goes through a proxy: what is not encrypted could be read there
    trusted = target.scheme == "https" or not _is_this_machine(target.host)
    try:
        client = httpx.AsyncClient(
            transport=asking.transport, timeout=_STEP, trust_env=trusted, follow_redirects=False, headers=_HEADERS
        )
    except (httpx.InvalidURL, ImportError, OSError, ValueError):
        raise Failure(f"{shown}: the proxy or certificates that the environment names cannot be used") from None
    try:
        async with asyncio.timeout(asking.seconds), client:
            return await download_pages(client, target, sent, joined, asking, asking.clock() + asking.seconds)
    except (TimeoutError, httpx.TimeoutException):
        raise Failure(f"{shown}: took too long; ask for less, or raise --fetch-timeout") from None
    except httpx.ConnectError as error:
        raise Failure(f"{shown}: cannot be reached: {visible(str(error), one_line=True)}") from None
    except httpx.TransportError as error:
        raise Failure(f"{shown}: the transfer failed ({type(error).__name__})") from None
    except OSError as error:
        raise Failure(f"{shown}: cannot be kept on this machine: {error.strerror or error}") from None


def _target(url: str, asking: Asking) -> "httpx.URL":
    """Return the address that is asked, if it may be."""
    import httpx

    shown = display_name(url)
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL:
        target = httpx.URL("")
    if not target.host:
        raise BadInput(f"{shown}: is not a URL that can be read")
    if target.userinfo:
        raise BadInput(f"{shown}: names a user or a password; take it out, and set {asking.token_env} to a token")
    if target.scheme == "http" and not _is_this_machine(target.host):
        if not asking.plain_http:
            raise BadInput(f"{shown}: would be read without encryption; use https, or accept that with --allow-http")
        if asking.headers:
            raise BadInput(
                f"{shown}: would show the token to everybody on the way; use https, or unset {asking.token_env}"
            )
    return target


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
