"""Polite retries: a busy server is asked again, after the time it names, and never past the deadline."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.test_incident.network import SHOWN, Time, failure, fetch, ok

READ = '{"title": "a"}'


class Busy:
    """A server that answers so many times that it is busy, and then as asked."""

    def __init__(self, times: int, status: int = 503, **headers: str) -> None:
        self.asked = 0
        self._times = times
        self._busy = (status, headers)

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        status, headers = self._busy
        return ok(READ.encode()) if self.asked > self._times else httpx.Response(status, headers=headers)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(status: int) -> None:
    time = Time()
    assert fetch(Busy(3, status), time=time) == READ.encode()
    assert time.waited == [1, 2, 4]
    answered = f"answered {status} {httpx.codes.get_reason_phrase(status)}"
    assert time.said == [f"{SHOWN}: {answered}; waiting {wait} s before asking again" for wait in (1, 2, 4)]


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        ("5", 5),
        ("0", 0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30),
        ("Sunday, 22-Nov-26 12:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
    ],
)
def test_it_is_given_the_time_that_it_asks_for(given: str, wait: int) -> None:
    time = Time()
    assert fetch(Busy(1, 429, **{"Retry-After": given}), time=time) == READ.encode()
    assert time.waited == [wait]
    assert time.said == [f"{SHOWN}: answered 429 Too Many Requests; waiting {wait} s, as the server asks"]


@pytest.mark.parametrize("given", ["soon", "-5", "", "1e9", "٣", "Sun, 99 Nov 2026 12:00:30 GMT"])
def test_a_time_that_is_none_is_passed_over(given: str) -> None:
    time = Time()
    header = [(b"Retry-After", given.encode())]
    answers = iter([httpx.Response(429, headers=header), ok(b"read")])
    assert fetch(lambda _: next(answers), time=time) == b"read"
    assert time.waited == [1]


def test_it_is_not_waited_for_past_the_deadline() -> None:
    time, server = Time(), Busy(1, 503, **{"Retry-After": "61"})
    said = failure(server, time=time)
    reason = "answered 503 Service Unavailable, and to wait 61 s is more than the 60 s left; try again later"
    assert said == f"{SHOWN}: {reason}"
    assert (server.asked, time.waited, time.said) == (1, [], [])


def test_all_the_waiting_counts() -> None:
    time, server = Time(), Busy(9, 429, **{"Retry-After": "25"})
    said = failure(server, time=time)
    reason = "answered 429 Too Many Requests, and to wait 25 s is more than the 10 s left; try again later"
    assert said == f"{SHOWN}: {reason}"
    assert (server.asked, time.waited) == (3, [25, 25])


def test_after_six_times_it_is_left_alone() -> None:
    time, server = Time(), Busy(99)
    assert failure(server, time=time) == f"{SHOWN}: answered 503 Service Unavailable, 6 times; try again later"
    assert (server.asked, time.waited) == (6, [1, 2, 4, 8, 16])


@pytest.mark.parametrize("error", [httpx.ReadError, httpx.RemoteProtocolError])
def test_a_connection_that_breaks_is_made_again_and_nothing_is_read_twice(error: type[httpx.TransportError]) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield READ[:5].encode()
        raise error("reset")

    time = Time()
    answers = iter([httpx.Response(200, content=broken()), ok(READ.encode())])
    assert fetch(lambda _: next(answers), time=time) == READ.encode()
    assert time.said == [f"{SHOWN}: the connection broke ({error.__name__}); waiting 1 s before asking again"]


@pytest.mark.parametrize("status", [400, 404, 500, 501])
def test_what_waiting_will_not_mend_is_not_waited_for(status: int) -> None:
    time, server = Time(), Busy(1, status)
    assert failure(server, time=time).startswith(f"{SHOWN}: answered {status} ")
    assert (server.asked, time.waited) == (1, [])
