"""`incident import URL`: token and options from whoever runs it, pages, and no secret anywhere afterwards."""

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from incident.intake.asking import Asking
from tests.test_incident.command_line import incident, refused
from tests.test_incident.foreign_examples import ISSUE
from tests.test_incident.network import NOW, Answer, Time, ok

FEED = "https://soc.example/feed?api_key=hidden"
Net = Callable[[Answer], Time]


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_NOW", "2026-11-22T12:00Z")
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    """Let a function answer for the network, and nobody wait."""

    def answered_by(answer: Answer) -> Time:
        time = Time()
        asked = partial(
            Asking,
            transport=httpx.MockTransport(answer),
            sleep=time.sleep,
            clock=lambda: time.seconds,
            now=lambda: NOW,
        )
        monkeypatch.setattr("incident.cli.fetching.Asking", asked)
        return time

    return answered_by


def test_nothing_secret_is_printed_or_stored(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return ok(b'{"title": "Ours", "ref": "1", "source": "soc"}\n{"title": 7}\n')

    net(answer)
    monkeypatch.setenv("INCIDENT_IMPORT_TOKEN", " s3cr3t\n")
    outcome = incident("import", FEED, "--store", "a.db", "--rejects", "bad.jsonl")
    assert (outcome.code, outcome.out) == (3, "1 opened, 0 changed, 0 unchanged, 1 rejected\n")
    assert outcome.err.startswith("incident: https://soc.example/…: line 2: title: ")
    assert asked[0].headers["Authorization"] == "Bearer s3cr3t"
    with sqlite3.connect("a.db") as store:
        kept = "\n".join(store.iterdump()) + Path("bad.jsonl").read_text("utf-8")
    store.close()
    for secret in ("hidden", "s3cr3t", "api_key"):
        assert secret not in kept + outcome.out + outcome.err


def test_a_mapping_says_how_the_token_is_borne(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers)
        return ok(b'{"id": "1", "what": "Seen"}')

    net(answer)
    Path("m.toml").write_text(
        'id = "m"\nname = "M"\n[keys]\nref = "id"\ntitle = "what"\n'
        '[fetch]\ntoken_env = "MY_TOKEN"\nheader = "X-Api-Key"\nvalue = "{token}"\n'
    )
    monkeypatch.setenv("MY_TOKEN", "s3cr3t")
    monkeypatch.setenv("INCIDENT_IMPORT_TOKEN", "of another")
    assert incident("import", FEED, "--map", "m.toml", "--json").json["opened"] == 1
    assert (asked[0]["X-Api-Key"], asked[0].get("Authorization")) == ("s3cr3t", None)


def test_pages_are_followed_and_a_repeat_changes_nothing(net: Net) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        second = request.url.params.get("nextPageToken") == "2"
        page = {"issues": [{**ISSUE, "key": "SEC-2"}]} if second else {"issues": [ISSUE], "nextPageToken": "2"}
        return ok(json.dumps(page).encode())

    net(answer)
    first = incident("import", FEED, "--json").json
    assert [one["ref"] for one in first["incidents"]] == ["jira:SEC-12", "jira:SEC-2"]
    again = incident("import", FEED, "--format", "jira", "--json").json
    assert (again["opened"], again["unchanged"]) == (0, 2)


def test_where_a_page_fails_nothing_of_its_list_is_imported(net: Net) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        gone = "nextPageToken" in request.url.params
        return httpx.Response(410) if gone else ok(json.dumps({"issues": [ISSUE], "nextPageToken": "2"}).encode())

    net(answer)
    outcome = incident("import", FEED)
    assert (outcome.code, outcome.out) == (1, "0 opened, 0 changed, 0 unchanged, 0 rejected\n")
    assert outcome.err == "incident: https://soc.example/…: answered 410 Gone\n"
    assert incident("list", "--json").json["total"] == 0


def test_a_server_is_waited_for_aloud(net: Net) -> None:
    answers = iter([httpx.Response(429, headers={"Retry-After": "5"}), ok(b'{"title": "Ours"}')])
    time = net(lambda _: next(answers))
    outcome = incident("import", FEED)
    said = "answered 429 Too Many Requests; waiting 5 s, as the server asks"
    assert (outcome.code, outcome.err) == (0, f"incident: https://soc.example/…: {said}\n")
    assert time.waited == [5]


def test_it_may_take_longer_and_be_larger_than_usual(net: Net) -> None:
    net(lambda _: httpx.Response(503, headers={"Retry-After": "200"}))
    outcome = incident("import", FEED, "--fetch-timeout", "90")
    assert "to wait 200 s is more than the 90 s left" in outcome.err
    net(lambda _: ok(b'{"title": "Ours"}' + b" " * 1024 * 1024))
    outcome = incident("import", FEED, "--fetch-limit", "1")
    refused_line = "incident: https://soc.example/…: is larger than 1 MiB; ask for less, or raise --fetch-limit\n"
    assert (outcome.code, outcome.err) == (1, refused_line)
    assert incident("import", FEED, "--fetch-limit", "2", "--json").json["opened"] == 1


def test_http_is_asked_for(net: Net) -> None:
    net(lambda _: ok(b'{"title": "Ours"}'))
    outcome = incident("import", "http://soc.example/feed")
    hint = "would be read without encryption; use https, or accept that with --allow-http"
    assert (outcome.code, outcome.err) == (2, f"incident: http://soc.example/…: {hint}\n")
    assert incident("import", "http://soc.example/feed", "--allow-http", "--json").json["opened"] == 1


def test_a_token_that_is_none_is_told_before_anything_is_asked(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked(_: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing was to be asked")

    net(unasked)
    monkeypatch.setenv("INCIDENT_IMPORT_TOKEN", "s3cr\n3t")
    reason = "INCIDENT_IMPORT_TOKEN: holds what no token holds, such as a line end; set it anew"
    refused(incident("import", FEED), 2, reason)


def test_a_token_goes_to_one_host_alone(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    net(lambda _: ok(b'{"title": "Ours", "ref": "1", "source": "soc"}'))
    both = (FEED, "https://other.example/feed")
    assert incident("import", *both, "--json").json["unchanged"] == 1
    monkeypatch.setenv("INCIDENT_IMPORT_TOKEN", "s3cr3t")
    reason = "the token in INCIDENT_IMPORT_TOKEN is for one host; import from each in a command of its own"
    refused(incident("import", *both), 2, reason)
    assert incident("import", FEED, "https://soc.example/other", "--json").json["unchanged"] == 2


def test_one_incident_is_opened_and_a_list_explained_from_a_url(net: Net) -> None:
    net(lambda _: ok(b'{"title": "Ours", "ref": "1", "source": "soc"}'))
    assert incident("open", "--from", FEED).code == 0
    shown = incident("import", FEED, "--explain").out.splitlines()
    assert shown[0] == "https://soc.example/…: line 1: is our own record: there is nothing to map"


def test_a_form_that_is_named_has_no_pages(net: Net) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return ok(json.dumps({"issues": [ISSUE], "nextPageToken": "2"}).encode())

    net(answer)
    assert incident("import", FEED, "--format", "json").code == 2
    assert len(asked) == 1
