"""A network for tests: a function answers each request, and nobody waits."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from incident.errors import Failure
from incident.intake.asking import Asking
from incident.intake.sources import open_source

URL = "https://soc.example:8443/key/feed.jsonl?token=hidden#part"
SHOWN = "https://soc.example:8443/…"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

Answer = Callable[[httpx.Request], httpx.Response]

SECRETS = ("user", "secret", "key", "hidden", "token=", "s3cr3t")


def ok(body: bytes, **headers: str) -> httpx.Response:
    """Answer as a server does: with a body still to be read."""
    return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))


async def endless(piece: bytes) -> AsyncIterator[bytes]:
    """A body that never ends."""
    while True:
        yield piece


@dataclass
class Time:
    """A clock that only waiting moves; what was said of it, and how long was waited."""

    seconds: float = 0.0
    waited: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Let the clock go on at once."""
        self.seconds += seconds
        self.waited.append(seconds)


def asking(answer: Answer, time: Time | None = None, **more: Any) -> Asking:
    """Ask as the command line would, but of a function."""
    time = time or Time()
    given = {"seconds": 60.0, "token_env": "INCIDENT_IMPORT_TOKEN", "tell": time.said.append, **more}
    return Asking(
        transport=httpx.MockTransport(answer),
        sleep=time.sleep,
        clock=lambda: time.seconds,
        now=lambda: NOW,
        **given,
    )


def fetch(answer: Answer, url: str = URL, time: Time | None = None, **more: Any) -> bytes:
    """Return what a URL gives."""
    with open_source(url, io.BytesIO(), asking(answer, time, **more)) as stream:
        return stream.read()


def failure(answer: Answer, url: str = URL, time: Time | None = None, **more: Any) -> str:
    """Return why a URL gives nothing; no part of that is a secret."""
    with pytest.raises(Failure) as failed:
        fetch(answer, url, time, **more)
    assert not any(secret in str(failed.value) for secret in SECRETS)
    return str(failed.value)
