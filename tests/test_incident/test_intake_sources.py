"""Sources: a file, standard input, a URL; an error says what is wrong and never a secret."""

import asyncio
import gzip
import io
import logging
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from unittest.mock import MagicMock

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput, Failure
from incident.intake.formats import RawRecord, read_records
from incident.intake.sources import display_name, open_source

URL = "https://user:secret@soc.example:8443/key/feed.jsonl?token=hidden#part"
SHOWN = "https://soc.example:8443/…"
STDIN = io.BytesIO(b"from a pipe")

Answer = Callable[[httpx.Request], httpx.Response]


def ok(body: bytes) -> httpx.Response:
    """Answer as a server does: with a body still to be read."""
    return httpx.Response(200, stream=httpx.ByteStream(body))


def fetch(answer: Answer, url: str = URL, deadline: float = 60.0) -> bytes:
    with open_source(url, STDIN, transport=httpx.MockTransport(answer), deadline=deadline) as stream:
        return stream.read()


def failure(answer: Answer, url: str = URL, deadline: float = 60.0) -> str:
    with pytest.raises(Failure) as failed:
        fetch(answer, url, deadline)
    assert not any(secret in str(failed.value) for secret in ("user", "secret", "key", "hidden", "token"))
    return str(failed.value)


def test_a_file_is_read_and_closed(tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(b"\x00\xff")
    with open_source(str(tmp_path / "feed"), STDIN) as stream:
        assert stream.read() == b"\x00\xff"
    assert stream.closed


def test_standard_input_is_read_and_left_open() -> None:
    with open_source("-", STDIN) as stream:
        assert stream.read() == b"from a pipe"
    assert not STDIN.closed


def test_what_is_no_file_is_said_in_one_line(tmp_path: Path) -> None:
    for name, reason in (
        ("none\x1b", r"none\x1b: there is no such file"),
        ("", ": is a folder; name a file in it"),
    ):
        with pytest.raises(BadInput) as refused, open_source(f"{tmp_path}/{name}", STDIN):
            pass
        assert str(refused.value) == f"{tmp_path}/{reason}"


def test_a_file_that_may_not_be_read_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Failure) as failed, open_source("feed", STDIN):
        pass
    assert str(failed.value) == "feed: cannot be opened: Permission denied"
    assert failed.value.exit_code == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("-", "standard input"),
        ("a\x1b[2J\nb", r"a\x1b[2J\nb"),
        (URL, SHOWN),
        ("HTTP://u:p@SOC.example", "http://SOC.example/…"),
        ("https://u:p@[2001:db8::1]:8/key", "https://[2001:db8::1]:8/…"),
        ("https://u:p/q@soc.example/key", "https:///…"),
        ("https://u:1/2@soc.example/key", "https:///…"),
        ("https://u:p@q@soc.example/key", "https:///…"),
        ("https://[u:p@bad/key", "https://bad/…"),
        ("https://\x1b[2J/key", "https:///…"),
        ("https:///key", "https:///…"),
        ("ftp://u:p@soc.example/key", "ftp://soc.example/…"),
    ],
)
def test_a_source_is_shown_without_its_secrets(name: str, shown: str) -> None:
    assert display_name(name) == shown


@given(password=st.text(max_size=12))
def test_no_password_is_shown_however_it_is_written(password: str) -> None:
    assert display_name(f"https://user:{password}@soc.example/feed") in {"https://soc.example/…", "https:///…"}


def test_a_url_is_fetched_whole_with_the_credentials_it_names() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return ok(b'{"title":"a"}')

    assert fetch(answer) == b'{"title":"a"}'
    assert [(request.method, request.url.raw_path) for request in asked] == [("GET", b"/key/feed.jsonl?token=hidden")]
    assert asked[0].headers["Authorization"] == "Basic dXNlcjpzZWNyZXQ="
    assert asked[0].headers["Accept-Encoding"] == "gzip"


def test_a_body_packed_on_its_way_is_unpacked_by_the_reading() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        packed = httpx.ByteStream(gzip.compress(b'{"title":"a"}'))
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=packed)

    with open_source(URL, STDIN, transport=httpx.MockTransport(answer)) as stream:
        assert list(read_records(stream, URL, "auto")) == [RawRecord(1, {"title": "a"}, '{"title":"a"}')]


@pytest.mark.parametrize("where", ["/moved", "https://soc.example:8443/moved"])
def test_a_redirect_on_the_same_host_is_followed(where: str) -> None:
    carried: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/moved":
            carried.append(request.headers["Authorization"])
            return ok(b"here")
        return httpx.Response(302, headers={"Location": where})

    assert fetch(answer) == b"here"
    assert carried == ["Basic dXNlcjpzZWNyZXQ="]


@pytest.mark.parametrize(
    ("where", "elsewhere"),
    [
        ("https://other.example/key", "https://other.example/…"),
        ("http://soc.example:8443/key", "http://soc.example:8443/…"),
        ("https://soc.example:9/key", "https://soc.example:9/…"),
        ("ftp://soc.example/key", r"ftp://soc.example/…"),
        ("file:///etc/key", "file://soc.example/…"),
    ],
)
def test_a_redirect_elsewhere_is_not_followed(where: str, elsewhere: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url.host))
        return httpx.Response(301, headers={"Location": where})

    assert failure(answer) == f"{SHOWN}: sends on to {elsewhere}; if you trust that, give its address"
    assert asked == ["soc.example"]


def test_a_circle_of_redirects_ends() -> None:
    said = failure(lambda _: httpx.Response(307, headers={"Location": "/key/round"}))
    assert said == f"{SHOWN}: sends on more than 5 times"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(404), "answered 404 Not Found"),
        (httpx.Response(304), "answered 304 Not Modified"),
        (httpx.Response(500, extensions={"reason_phrase": b"\x1b[2J"}), "answered 500 \\x1b[2J"),
        (
            httpx.Response(200, headers={"Content-Encoding": "deflate"}, stream=httpx.ByteStream(b"x")),
            "answers in a coding that was not asked for; download the file yourself",
        ),
    ],
)
def test_an_answer_that_is_no_file_is_a_failure(answer: httpx.Response, reason: str) -> None:
    assert failure(lambda _: answer) == f"{SHOWN}: {reason}"


def test_a_download_that_is_too_large_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident.intake.sources.MAX_DOWNLOAD", 2 * 1024 * 1024)
    sent: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            sent.append(1)
            yield b"x" * 1024 * 1024

    said = failure(lambda _: httpx.Response(200, content=endless()))
    assert said == f"{SHOWN}: is larger than 2 MiB; download and import its parts"
    assert len(sent) == 3


def test_a_download_that_drips_for_ever_ends_at_its_deadline() -> None:
    async def drip() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    said = failure(lambda _: httpx.Response(200, content=drip()), deadline=0.02)
    assert said == f"{SHOWN}: took too long; download the file yourself and import it"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            httpx.ConnectError("[Errno 111] Connection refused\n"),
            "cannot be reached: [Errno 111] Connection refused\\n",
        ),
        (httpx.ReadTimeout(f"no answer from {URL}"), "took too long; download the file yourself and import it"),
        (httpx.RemoteProtocolError(f"{URL} is odd"), "the transfer failed (RemoteProtocolError)"),
    ],
)
def test_a_network_that_fails_is_said_in_one_line(error: httpx.TransportError, reason: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    assert failure(answer) == f"{SHOWN}: {reason}"


@pytest.mark.parametrize("url", ["https://", "https:///key", "https://user:secret@", "https://soc.example:secret/key"])
def test_what_is_no_url_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput, match=r"^https://[a-z.]*/…: is not a URL that can be read$"):
        fetch(lambda _: httpx.Response(200), url)


def test_no_log_line_holds_the_url(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fetch(lambda _: ok(b""))
    assert "soc.example" not in caplog.text


def test_proxies_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def unknown(host: bytes | str, *_: object, **__: object) -> None:
        asked.append(host if isinstance(host, str) else host.decode())
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setenv("HTTPS_PROXY", "http://u:p@proxy.example:3128")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Failure) as failed, open_source(URL, STDIN):
        pass
    assert asked == ["proxy.example"]
    assert str(failed.value) == f"{SHOWN}: cannot be reached: [Errno -2] Name or service not known"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTPS_PROXY", "odd://u:secret@proxy.example"),
        ("HTTPS_PROXY", "http://u:secret@proxy.example:port"),
        ("SSL_CERT_FILE", "/none"),
    ],
)
def test_an_environment_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Failure) as failed, open_source(URL, STDIN):
        pass
    assert str(failed.value) == f"{SHOWN}: the proxy or certificates that the environment names cannot be used"


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    full = MagicMock()
    full.return_value.__enter__.return_value.write.side_effect = OSError(28, "No space left on device")
    monkeypatch.setattr("incident.intake.sources.tempfile.TemporaryFile", full)
    assert failure(lambda _: ok(b"x")) == f"{SHOWN}: cannot be kept on this machine: No space left on device"
