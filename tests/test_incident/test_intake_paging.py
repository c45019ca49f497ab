"""Pages: followed as the mapping says, on the host that was asked, to an end; read as one source."""

import gzip
import io
import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident.errors import Failure
from incident.intake.foreign import recognised_json
from incident.intake.formats import RawRecord, Reject, read_records
from incident.intake.sources import open_source
from models.foreign_format import ForeignFormat
from playbooks.mappings import read_mapping, shipped_mapping
from tests.test_incident.foreign_examples import ISSUE, TICKET
from tests.test_incident.network import SHOWN, Answer, Time, asking, failure, fetch, ok

START = "https://soc.example:8443/list?token=hidden"


def mapping(pages: str, records: str = "rows") -> ForeignFormat:
    return read_mapping(
        "m.toml",
        f'id="m"\nname="M"\n[[shapes]]\nrecords="{records}"\n[keys]\nref="r"\ntitle="t"\n[fetch.pages]\n{pages}\n',
    )


def by(form: ForeignFormat) -> dict[str, Any]:
    return {"mapping_of": lambda _: form}


def row(number: int) -> dict[str, Any]:
    return {"r": f"r{number}", "t": f"T{number}"}


class Server:
    """Answers what stands under the path and query of a request, and keeps what was asked."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.raw_path.decode()
        self.asked.append(asked)
        answer = self._answers[asked]
        return answer if isinstance(answer, httpx.Response) else ok(json.dumps(answer).encode())


def read(server: Answer, form: ForeignFormat, url: str = START) -> list[RawRecord | Reject]:
    with open_source(url, io.BytesIO(), asking(server, **by(form))) as stream:
        return list(read_records(stream, url, "auto", form, ZoneInfo("UTC")))


NEXT = mapping('next = "next"')
FIRST = "/list?token=hidden"


def lines_and_refs(found: list[RawRecord | Reject]) -> list[tuple[int, str]]:
    return [(item.line, item.data["ref"] if isinstance(item, RawRecord) else item.reason) for item in found]


class TestWays:
    """Each way of naming the page that follows; the line of a record is its page."""

    def test_a_link_in_the_page(self) -> None:
        server = Server(
            {
                FIRST: {"rows": [row(1), row(2)], "next": "?after=b"},
                "/list?after=b": {"rows": [row(3)], "next": "https://soc.example:8443/list?after=c"},
                "/list?after=c": {"rows": [row(4)], "next": None},
            }
        )
        assert lines_and_refs(read(server, NEXT)) == [(1, "r1"), (1, "r2"), (2, "r3"), (3, "r4")]

    def test_a_cursor_is_a_parameter_and_the_others_stay(self) -> None:
        form = mapping('next = "{cursor: cursor, all: more}"')
        server = Server(
            {
                FIRST: {"rows": [row(1)], "cursor": "a b&c", "more": True},
                "/list?token=hidden&cursor=a+b%26c&all=true": {"rows": [row(2)]},
            }
        )
        assert lines_and_refs(read(server, form)) == [(1, "r1"), (2, "r2")]

    def test_the_header_of_the_answer(self) -> None:
        form = mapping('header = "link"', records="[@]")
        links = '<https://soc.example:8443/list?p=0>; rel="first", </list?p=2>; rel="next last"'
        first = ok(json.dumps([row(1), row(2)], indent=1).encode(), Link=links)
        server = Server({FIRST: first, "/list?p=2": [row(3)]})
        assert lines_and_refs(read(server, form)) == [(1, "r1"), (1, "r2"), (2, "r3")]

    def test_an_offset_counts_the_records_until_there_are_none(self) -> None:
        form = mapping('offset = "skip"')
        server = Server(
            {
                "/list?limit=2": {"rows": [row(1), row(2)]},
                "/list?limit=2&skip=2": {"rows": [row(3)]},
                "/list?limit=2&skip=3": {"rows": []},
            }
        )
        found = read(server, form, "https://soc.example:8443/list?limit=2")
        assert lines_and_refs(found) == [(1, "r1"), (1, "r2"), (2, "r3")]
        elements = mapping('offset = "skip"', records="[@]")
        server = Server({"/list?n": [row(1), row(2)], "/list?n=&skip=2": [row(3)], "/list?n=&skip=3": []})
        assert lines_and_refs(read(server, elements, "https://soc.example:8443/list?n"))[2:] == [(2, "r3")]
        begun = Server({"/list?skip=7": {"rows": [row(8)]}, "/list?skip=8": {"rows": []}})
        assert lines_and_refs(read(begun, form, "https://soc.example:8443/list?skip=7")) == [(1, "r8")]


class TestReading:
    def test_a_page_alone_is_read_as_it_was_sent(self) -> None:
        page = json.dumps({"rows": [row(1), row(2)]}, indent=1).encode()
        assert fetch(lambda _: ok(page), START, **by(NEXT)) == page
        assert [item.line for item in read(lambda _: ok(page), NEXT)] == [3, 7]

    def test_a_source_that_is_no_json_document_has_no_pages(self) -> None:
        for content in (b"r,t\n1,a\n", b'{"r": 1}\n{"r": 2}\n', b"", b"[" * 100_000):
            assert fetch(Server({FIRST: ok(content)}), START, **by(NEXT)) == content

    def test_packed_pages_and_pages_in_utf_16(self) -> None:
        first = gzip.compress(json.dumps({"rows": [row(1)], "next": "/2"}, indent=2).encode())
        second = "\r\n".join(json.dumps({"rows": [row(2)]}, indent=2).splitlines()).encode("utf-16")
        server = Server({FIRST: ok(first, **{"Content-Encoding": "gzip"}), "/2": ok(second)})
        assert lines_and_refs(read(server, NEXT)) == [(1, "r1"), (2, "r2")]

    def test_what_is_bad_in_a_page_is_told_by_its_line(self) -> None:
        server = Server(
            {FIRST: {"rows": [row(1)], "next": "/2"}, "/2": {"error": "quota"}, "/3": {"rows": [{"r": "r3"}]}}
        )
        assert lines_and_refs(read(server, NEXT)) == [(1, "r1"), (2, "holds no list of records at rows")]

    def test_the_same_ref_on_two_pages_is_noticed_as_in_a_file(self) -> None:
        form = read_mapping(
            "m.toml",
            'id="m"\nname="M"\nrepeated="refuse"\n[[shapes]]\nrecords="rows"\n[keys]\nref="r"\ntitle="t"\n'
            '[fetch.pages]\nnext="next"',
        )
        server = Server({FIRST: {"rows": [row(1)], "next": "/2"}, "/2": {"rows": [{"r": "r1", "t": "Other"}]}})
        reason = "came at line 1 with other content; give one of the two a ref of its own"
        assert lines_and_refs(read(server, form)) == [(1, "r1"), (2, reason)]


class TestBounds:
    @pytest.mark.parametrize(
        ("following", "shown"),
        [
            ("https://other.example/list", "https://other.example/…"),
            ("//other.example/list", "https://other.example/…"),
            ("http://soc.example:8443/list", "http://soc.example:8443/…"),
            ("https://user:secret@soc.example:8443/list", SHOWN),
            ("file:///etc/key", "file:///…"),
        ],
    )
    def test_a_page_elsewhere_is_refused(self, following: str, shown: str) -> None:
        server = Server({FIRST: {"rows": [row(1)], "next": following}})
        said = failure(server, START, **by(NEXT))
        assert said == f"{SHOWN}: page 1 leads on to {shown}, which was not asked"
        assert server.asked == [FIRST]

    def test_pages_in_a_circle_are_noticed(self) -> None:
        server = Server({FIRST: {"rows": [row(1)], "next": "/b"}, "/b": {"rows": [row(2)], "next": "/b"}})
        assert failure(server, START, **by(NEXT)) == f"{SHOWN}: page 2 leads back to one that was read"
        back = Server({FIRST: {"rows": [row(1)], "next": FIRST}})
        assert failure(back, START, **by(NEXT)) == f"{SHOWN}: page 1 leads back to one that was read"
        assert (len(server.asked), len(back.asked)) == (2, 1)

    def test_a_server_that_does_not_turn_the_page_is_noticed(self) -> None:
        said = failure(lambda _: ok(json.dumps({"rows": [row(1)]}).encode()), START, **by(mapping('offset = "skip"')))
        assert said == f"{SHOWN}: page 2 is one that came before: the pages go in a circle"

    def test_pages_without_end(self) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            number = int(request.url.params.get("p", 0)) + 1
            return ok(json.dumps({"rows": [row(number)], "next": f"?p={number}"}).encode())

        said = failure(answer, START, **by(mapping('next = "next"\nmost = 3')))
        assert said == f"{SHOWN}: has more than 3 pages; ask for more records a page"

    def test_the_size_is_that_of_all_pages(self) -> None:
        server = Server({FIRST: {"rows": [row(1)], "next": "/2"}, "/2": {"rows": [row(2)]}})
        reason = "is larger than 0 MiB; ask for less, or raise --fetch-limit"
        assert failure(server, START, most=80, **by(NEXT)) == f"{SHOWN}: {reason}"

    def test_and_so_is_what_they_unpack_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.paging.MAX_DOCUMENT", 50_000)
        server = Server(
            {
                FIRST: ok(gzip.compress(json.dumps({"x": "a" * 40_000, "next": "/2"}).encode())),
                "/2": ok(gzip.compress(json.dumps({"x": "b" * 40_000}).encode())),
            }
        )
        said = failure(server, START, most=1000, **by(NEXT))
        assert said == f"{SHOWN}: its pages come to more than 0 MiB; ask for less"

    def test_a_page_is_bounded_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.paging.MAX_PAGE", 100)
        large = {"rows": [row(number) for number in range(20)]}
        said = failure(Server({FIRST: large}), START, **by(NEXT))
        assert said == f"{SHOWN}: page 1 is larger than 0 MiB; ask for fewer records a page"
        server = Server({FIRST: {"rows": [row(1)], "next": "/2"}, "/2": large})
        assert failure(server, START, **by(NEXT)) == f"{SHOWN}: page 2 is no JSON document of at most 0 MiB"

    @pytest.mark.parametrize("picked", [7, ["/2"], {"cursor": {"a": 1}}, "https://soc.example:port/"])
    def test_a_page_that_cannot_be_found(self, picked: Any) -> None:
        said = failure(Server({FIRST: {"rows": [row(1)], "next": picked}}), START, **by(NEXT))
        reason = "its address is none" if isinstance(picked, str) else "gives neither an address nor parameters"
        assert said == f"{SHOWN}: the page that follows cannot be found: {reason}"

    def test_an_offset_that_is_no_number(self) -> None:
        said = failure(Server({"/list?skip=x": {"rows": [row(1)]}}), "https://soc.example:8443/list?skip=x",
                       **by(mapping('offset = "skip"')))  # fmt: skip
        assert said == f"{SHOWN}: the page that follows cannot be found: its address is none"

    def test_a_busy_server_between_pages_is_waited_for_and_nothing_is_doubled(self) -> None:
        pages = {FIRST: ok(json.dumps({"rows": [row(1)], "next": "/2"}).encode())}
        busy = iter([httpx.Response(429, headers={"Retry-After": "3"}), ok(json.dumps({"rows": [row(2)]}).encode())])
        time = Time()

        def answer(request: httpx.Request) -> httpx.Response:
            return pages.get(request.url.raw_path.decode()) or next(busy)

        content = json.loads(fetch(answer, START, time, **by(NEXT)))
        assert [page["rows"] for page in content] == [[row(1)], [row(2)]]
        assert time.waited == [3]


class TestShipped:
    """The tools whose lists come in pages, recognised by their first."""

    def refs(self, server: Server, url: str) -> list[str]:
        with open_source(url, io.BytesIO(), asking(server, mapping_of=recognised_json)) as stream:
            found = list(read_records(stream, url, "auto", None, ZoneInfo("UTC")))
        return [item.data["ref"] for item in found if isinstance(item, RawRecord)]

    def issues(self, *numbers: int) -> list[dict[str, Any]]:
        return [{**ISSUE, "key": f"SEC-{number}"} for number in numbers]

    def test_jira_by_token(self) -> None:
        server = Server(
            {
                "/search/jql?jql=x": {"issues": self.issues(1, 2), "nextPageToken": "T+2", "isLast": False},
                "/search/jql?jql=x&nextPageToken=T%2B2": {"issues": self.issues(3), "isLast": True},
            }
        )
        assert self.refs(server, "https://jira.example/search/jql?jql=x") == ["SEC-1", "SEC-2", "SEC-3"]

    def test_jira_by_count(self) -> None:
        server = Server(
            {
                "/search": {"startAt": 0, "maxResults": 2, "total": 3, "issues": self.issues(1, 2)},
                "/search?startAt=2": {"startAt": 2, "maxResults": 2, "total": 3, "issues": self.issues(3)},
            }
        )
        assert self.refs(server, "https://jira.example/search") == ["SEC-1", "SEC-2", "SEC-3"]

    def test_jira_by_a_count_that_shrinks_meanwhile(self) -> None:
        server = Server(
            {
                "/search": {"startAt": 0, "maxResults": 2, "total": 3, "issues": self.issues(1, 2)},
                "/search?startAt=2": {"startAt": 2, "maxResults": 2, "total": 2, "issues": []},
            }
        )
        assert self.refs(server, "https://jira.example/search") == ["SEC-1", "SEC-2"]

    def test_servicenow_by_header(self) -> None:
        link = (
            '<https://now.example/t?sysparm_offset=0>;rel="first",<https://now.example/t?sysparm_offset=1>;rel="next"'
        )
        first = ok(json.dumps({"result": [TICKET]}).encode(), Link=link)
        server = Server({"/t": first, "/t?sysparm_offset=1": {"result": [{**TICKET, "number": "INC2"}]}})
        assert self.refs(server, "https://now.example/t") == ["INC0010023", "INC2"]

    def test_pagerduty_by_offset(self) -> None:
        def page(offset: int, more: str, *ids: str) -> dict[str, Any]:
            listed = [
                {"id": one, "type": "incident", "title": one, "created_at": "2026-10-02T18:45:22Z"} for one in ids
            ]
            return {"incidents": listed, "offset": offset, "limit": 2, "more": more == "more", "total": None}

        server = Server({"/incidents": page(0, "more", "P1", "P2"), "/incidents?offset=2": page(2, "last", "P3")})
        assert self.refs(server, "https://api.example/incidents") == ["P1", "P2", "P3"]

    @pytest.mark.parametrize(
        ("name", "header"),
        [("jira", "Bearer t"), ("pagerduty", "Token token=t"), ("thehive", "Bearer t"), ("veris", "Bearer t")],
    )
    def test_how_each_takes_a_token(self, name: str, header: str) -> None:
        how = shipped_mapping(name).fetch
        assert (how.header, how.bearing("t"), how.bearing("Basic eA==")) == ("Authorization", header, "Basic eA==")


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("jira", {"issues": [], "total": 0}),
        ("pagerduty", {"incidents": [], "more": False}),
        ("servicenow", {"result": []}),
        ("dfir-iris", {"status": "success", "data": []}),
        ("thehive", []),
    ],
)
def test_an_answer_without_records_is_no_fault(name: str, empty: Any) -> None:
    assert list(read_records(io.BytesIO(json.dumps(empty).encode()), "a", name)) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["next", "rows"]), inner),
    max_leaves=5,
)
BODIES = st.binary(max_size=9) | VALUES.map(lambda value: json.dumps(value).encode())
LINKS = st.binary(max_size=20) | st.from_regex(rb"<[^>]{0,20}>; rel=next", fullmatch=True)


@settings(max_examples=40)
@given(
    form=st.sampled_from([NEXT, mapping('header = "link"\nmost = 3'), mapping('offset = "o"\nmost = 3')]),
    body=BODIES,
    status=st.sampled_from([200, 204, 302, 401, 429, 999]),
    headers=st.fixed_dictionaries({b"Link": LINKS, b"Location": st.binary(), b"Retry-After": st.binary(max_size=9)}),
)
def test_whatever_a_server_answers_is_kept_or_told_in_a_line(
    form: ForeignFormat, body: bytes, status: int, headers: dict[bytes, bytes]
) -> None:
    statuses = iter([status])

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(next(statuses, 200), headers=list(headers.items()), stream=httpx.ByteStream(body))

    said = ""
    try:
        fetch(answer, START, **by(form))
    except Failure as failed:
        said = str(failed)
    assert "hidden" not in said
    assert said.isprintable()
