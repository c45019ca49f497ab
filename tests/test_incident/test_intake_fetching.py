"""URLs: what is asked and what is not, within bounds, and no error names a secret."""

import asyncio
import gzip
import io
import logging
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import MagicMock

import httpx
import pytest

from incident.errors import BadInput, Failure
from incident.intake.asking import Asking, token_headers
from incident.intake.decoding import MIB
from incident.intake.formats import RawRecord, read_records
from incident.intake.sources import open_source
from tests.test_incident.network import SHOWN, URL, asking, failure, fetch, ok

TOKEN = {"Authorization": "Bearer s3cr3t"}


def unused(_: httpx.Request) -> httpx.Response:
    raise AssertionError("nothing was to be asked")


def test_a_url_is_fetched_whole_with_its_query_and_token() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return ok(b'{"title":"a"}')

    assert fetch(answer, headers=TOKEN) == b'{"title":"a"}'
    assert [(request.method, request.url.raw_path) for request in asked] == [("GET", b"/key/feed.jsonl?token=hidden")]
    assert asked[0].headers["Authorization"] == "Bearer s3cr3t"
    assert asked[0].headers["Accept-Encoding"] == "gzip"
    assert asked[0].headers["Accept"].startswith("application/json,")


def test_a_token_is_not_shown_by_what_bears_it() -> None:
    assert "s3cr3t" not in repr(Asking(headers=TOKEN))


@pytest.mark.parametrize("token", ["s3cr3t\nX-More: 1", "s3cr3t\N{ZERO WIDTH SPACE}"])
def test_what_no_header_can_hold_is_no_token(token: str) -> None:
    with pytest.raises(BadInput, match=r"^MY_TOKEN: holds what no token holds, such as a line end; set it anew$"):
        token_headers("Authorization", token, "MY_TOKEN")


def test_a_body_packed_on_its_way_is_unpacked_by_the_reading() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return ok(gzip.compress(b'{"title":"a"}'), **{"Content-Encoding": "gzip"})

    with open_source(URL, io.BytesIO(), asking(answer)) as stream:
        assert list(read_records(stream, URL, "auto")) == [RawRecord(1, {"title": "a"}, '{"title":"a"}')]


class TestWhatMayBeAsked:
    @pytest.mark.parametrize("user", ["user:secret", "user", ":secret"])
    def test_a_user_or_password_in_it_is_refused(self, user: str) -> None:
        with pytest.raises(BadInput) as refused:
            fetch(unused, f"https://{user}@soc.example/key")
        hint = "names a user or a password; take it out, and set INCIDENT_IMPORT_TOKEN to a token"
        assert str(refused.value) == f"https://soc.example/…: {hint}"

    @pytest.mark.parametrize("url", ["http://soc.example/key", "http://127.1/key", "http://localhost.example/key"])
    def test_what_is_not_encrypted_must_be_accepted(self, url: str) -> None:
        hint = "would be read without encryption; use https, or accept that with --allow-http"
        with pytest.raises(BadInput, match=hint):
            fetch(unused, url)
        assert fetch(lambda _: ok(b"read"), url, plain_http=True) == b"read"

    @pytest.mark.parametrize("url", ["http://localhost:8/a", "http://127.0.0.2/a", "http://[::1]:8/a"])
    def test_this_machine_may_be_asked_without_and_never_through_a_proxy(
        self, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "odd://proxy.example")
        assert fetch(lambda _: ok(b"read"), url, headers=TOKEN) == b"read"

    def test_a_token_is_never_sent_without_encryption(self) -> None:
        with pytest.raises(BadInput) as refused:
            fetch(unused, "http://soc.example/key", plain_http=True, headers=TOKEN)
        hint = "would show the token to everybody on the way; use https, or unset INCIDENT_IMPORT_TOKEN"
        assert str(refused.value) == f"http://soc.example/…: {hint}"

    @pytest.mark.parametrize("url", ["https://", "https:///key", "https://soc.example:secret/key"])
    def test_what_is_no_url_is_bad_input(self, url: str) -> None:
        with pytest.raises(BadInput, match=r"^https://[a-z.]*/…: is not a URL that can be read$"):
            fetch(unused, url)


class TestRedirects:
    @pytest.mark.parametrize("where", ["/moved", "https://soc.example:8443/moved"])
    def test_one_on_the_same_host_is_followed_with_the_token(self, where: str) -> None:
        carried: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/moved":
                carried.append(request.headers["Authorization"])
                return ok(b"here")
            return httpx.Response(302, headers={"Location": where})

        assert fetch(answer, headers=TOKEN) == b"here"
        assert carried == ["Bearer s3cr3t"]

    @pytest.mark.parametrize(
        ("where", "elsewhere"),
        [
            ("https://other.example/key", "https://other.example/…"),
            ("http://soc.example:8443/key", "http://soc.example:8443/…"),
            ("https://soc.example:9/key", "https://soc.example:9/…"),
            ("https://user:secret@soc.example:8443/key", SHOWN),
            ("ftp://soc.example/key", r"ftp://soc.example/…"),
            ("file:///etc/key", "file://soc.example/…"),
        ],
    )
    def test_one_elsewhere_is_not_followed(self, where: str, elsewhere: str) -> None:
        asked: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url.host))
            return httpx.Response(301, headers={"Location": where})

        assert failure(answer) == f"{SHOWN}: sends on to {elsewhere}; if you trust that, give its address"
        assert asked == ["soc.example"]

    def test_one_to_what_is_no_address(self) -> None:
        said = failure(lambda _: httpx.Response(302, headers={"Location": "https://soc.example:key/"}))
        assert said == f"{SHOWN}: sends on to what is no address"

    def test_a_circle_of_them_ends(self) -> None:
        said = failure(lambda _: httpx.Response(307, headers={"Location": "/key/round"}))
        assert said == f"{SHOWN}: sends on more than 5 times"


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (httpx.Response(404), "answered 404 Not Found"),
            (httpx.Response(304), "answered 304 Not Modified"),
            (httpx.Response(500, extensions={"reason_phrase": b"\x1b[2J"}), "answered 500 \\x1b[2J"),
            (
                ok(b"x", **{"Content-Encoding": "deflate"}),
                "answers in a coding that was not asked for; download the file yourself",
            ),
        ],
    )
    def test_one_that_is_no_file_is_a_failure(self, answer: httpx.Response, reason: str) -> None:
        assert failure(lambda _: answer) == f"{SHOWN}: {reason}"

    def test_where_a_token_is_wanted_its_variable_is_named(self) -> None:
        variable = "the environment variable INCIDENT_IMPORT_TOKEN"
        said = failure(lambda _: httpx.Response(401))
        assert said == f"{SHOWN}: answered 401 Unauthorized; a token is taken from {variable}, which is not set"
        said = failure(lambda _: httpx.Response(403), headers=TOKEN)
        assert said == f"{SHOWN}: answered 403 Forbidden; the token in {variable} was not enough"

    @pytest.mark.parametrize("page", [b"<!DOCTYPE html><p>Sign in", b"\n <HTML lang=en>"])
    def test_a_web_page_is_told_from_records(self, page: bytes) -> None:
        source = open_source(URL, io.BytesIO(), asking(lambda _: ok(page)))
        with source as stream, pytest.raises(BadInput) as refused:
            list(read_records(stream, URL, "auto"))
        hint = "is its address right, and is a login or a token needed?"
        assert str(refused.value) == f"{SHOWN}: is a web page (HTML), not records: {hint}"


class TestBounds:
    def test_a_download_that_is_too_large_ends(self) -> None:
        sent: list[int] = []

        async def endless() -> AsyncIterator[bytes]:
            while True:
                sent.append(1)
                yield b"x" * MIB

        said = failure(lambda _: httpx.Response(200, content=endless()), most=2 * MIB)
        assert said == f"{SHOWN}: is larger than 2 MiB; ask for less, or raise --fetch-limit"
        assert len(sent) == 3

    def test_what_it_unpacks_to_is_bounded_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.decoding.MAX_UNPACKED", MIB)
        bomb = gzip.compress(b" " * (MIB + 1))
        assert len(bomb) < 2000
        source = open_source(URL, io.BytesIO(), asking(lambda _: ok(bomb), most=2000))
        with (
            source as stream,
            pytest.raises(BadInput, match="expands to more than 1 MiB; unpack it and import its parts"),
        ):
            list(read_records(stream, URL, "auto"))

    def test_a_download_that_drips_for_ever_ends_at_its_deadline(self) -> None:
        async def drip() -> AsyncIterator[bytes]:
            yield b"x"
            await asyncio.Event().wait()

        said = failure(lambda _: httpx.Response(200, content=drip()), seconds=0.02)
        assert said == f"{SHOWN}: took too long; ask for less, or raise --fetch-timeout"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            httpx.ConnectError("[Errno 111] Connection refused\n"),
            "cannot be reached: [Errno 111] Connection refused\\n",
        ),
        (httpx.ReadTimeout(f"no answer from {URL}"), "took too long; ask for less, or raise --fetch-timeout"),
        (httpx.ProxyError(f"{URL} is odd"), "the transfer failed (ProxyError)"),
    ],
)
def test_a_network_that_fails_is_said_in_one_line(error: httpx.TransportError, reason: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    assert failure(answer) == f"{SHOWN}: {reason}"


def test_no_log_line_holds_the_url(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fetch(lambda _: ok(b""))
    assert "soc.example" not in caplog.text


class TestEnvironment:
    def test_proxies_come_from_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def unknown(host: bytes | str, *_: object, **__: object) -> None:
            asked.append(host if isinstance(host, str) else host.decode())
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setenv("HTTPS_PROXY", "http://u:p@proxy.example:3128")
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(Failure) as failed, open_source(URL, io.BytesIO(), Asking()):
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
    def test_one_that_cannot_be_used_is_said(self, monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
        monkeypatch.setenv(variable, value)
        with pytest.raises(Failure) as failed, open_source(URL, io.BytesIO(), Asking()):
            pass
        assert str(failed.value) == f"{SHOWN}: the proxy or certificates that the environment names cannot be used"

    def test_a_netrc_is_not_read(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / ".netrc").write_text("machine soc.example login user password secret\n")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        asked: list[httpx.Headers] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request.headers)
            return ok(b"")

        fetch(answer)
        assert "Authorization" not in asked[0]


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    full = MagicMock()
    file = full.return_value.__enter__.return_value
    file.tell.return_value = 0
    file.write.side_effect = OSError(28, "No space left on device")
    monkeypatch.setattr("incident.intake.sources.tempfile.TemporaryFile", full)
    assert failure(lambda _: ok(b"x")) == f"{SHOWN}: cannot be kept on this machine: No space left on device"
