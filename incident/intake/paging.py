"""Pages: an answer that comes in several is fetched whole, and read as one JSON document with a page a line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from incident.errors import Failure
from incident.intake.asking import Asking
from incident.intake.decoding import MIB, Unreadable, plain
from incident.intake.download import download, host_shown, origin
from incident.intake.json_records import MAX_DOCUMENT

if TYPE_CHECKING:
    import httpx

    from models.foreign_fetch import Pages
    from models.foreign_format import ForeignFormat

MAX_PAGE = 64 * MIB
"""Bytes, unpacked. A larger answer is read record by record, but is no page of others."""


class _Page(NamedTuple):
    data: Any
    text: bytes


async def download_pages(
    client: "httpx.AsyncClient", url: "httpx.URL", sent: BinaryIO, joined: BinaryIO, asking: Asking, ends: float
) -> BinaryIO:
    """Fetch what an address answers, and the pages that follow it where the mapping says how they do.

    Args:
        sent: takes the answers as they were sent.
        joined: takes the pages, where there are several, as one array.
        ends: when, on the clock of `asking`, all must be done.

    Returns:
        `sent` for an answer alone, else `joined`.

    Raises:
        Failure: a page could not be had, or leads elsewhere or nowhere. Nothing is read then.
    """
    shown = host_shown(url)
    answer = await download(client, url, sent, asking, ends)
    page = _page(sent, 0)
    mapping = asking.mapping_of(page.data if page else None)
    pages = mapping.fetch.pages if mapping else None
    if mapping is None or pages is None or page is None:
        if pages is not None and sent.tell() > MAX_PAGE:
            raise Failure(f"{shown}: page 1 is larger than {MAX_PAGE // MIB} MiB; ask for fewer records a page")
        return sent
    turned = _Turned(joined, url)
    while following := _following(pages, mapping, page.data, answer, url, shown):
        turned.take(page)
        turned.check(following, pages.most)
        url, start = following, sent.tell()
        answer = await download(client, url, sent, asking, ends)
        page = _page(sent, start)
        if page is None:
            raise Failure(f"{shown}: page {turned.number + 1} is no JSON document of at most {MAX_PAGE // MIB} MiB")
    if not turned.number:
        return sent
    turned.take(page)
    joined.write(b"\n]\n")
    return joined


class _Turned:
    """The pages so far, and what tells that they go in a circle.

    Attributes:
        number: how many pages were taken.
    """

    def __init__(self, joined: BinaryIO, first: "httpx.URL") -> None:
        self.number = 0
        self._joined = joined
        self._shown = host_shown(first)
        self._home = origin(first)
        self._seen = {_digest(str(first).encode())}

    def take(self, page: _Page) -> None:
        """Write one more page: of an array its elements, each page on a line of its own.

        Raises:
            Failure: it came before, or all of them are too much.
        """
        self.number += 1
        digest = _digest(page.text)
        if digest in self._seen:
            raise Failure(f"{self._shown}: page {self.number} is one that came before: the pages go in a circle")
        self._seen.add(digest)
        line = b" ".join(page.text.split(b"\n")).replace(b"\r", b" ").strip()
        if isinstance(page.data, list):
            line = line[1:-1].strip()
        if line:
            self._joined.write((b",\n" if self._joined.tell() else b"[") + line)
        if self._joined.tell() > MAX_DOCUMENT:
            raise Failure(f"{self._shown}: its pages come to more than {MAX_DOCUMENT // MIB} MiB; ask for less")

    def check(self, following: "httpx.URL", most: int) -> None:
        """Refuse to go on where that leads to another host, back, or on without end."""
        if origin(following) != self._home:
            raise Failure(f"{self._shown}: page {self.number} leads on to {host_shown(following)}, which was not asked")
        if self.number >= most:
            raise Failure(f"{self._shown}: has more than {most} pages; ask for more records a page")
        digest = _digest(str(following).encode())
        if digest in self._seen:
            raise Failure(f"{self._shown}: page {self.number} leads back to one that was read")
        self._seen.add(digest)


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()


def _page(sent: BinaryIO, start: int) -> _Page | None:
    """Decode the answer that begins there and ends with the file; None where it is no JSON document."""
    sent.seek(start)
    try:
        text = plain(sent).read(MAX_PAGE + 1)
        return _Page(json.loads(text), text) if len(text) <= MAX_PAGE else None
    except (Unreadable, ValueError, RecursionError):
        return None
    finally:
        sent.seek(0, 2)


def _following(
    pages: "Pages", mapping: "ForeignFormat", page: Any, answer: "httpx.Response", url: "httpx.URL", shown: str
) -> "httpx.URL | None":
    """Return the address of the page that follows, or None after the last."""
    import httpx

    from models.expressions import ExpressionError

    try:
        if pages.header is not None:
            link = next(_next_links(answer), "")
            return url.join(link) if link else None
        if pages.offset is not None:
            return _after_records(pages.offset, mapping, page, url)
        picked = pages.following(page)
        if not picked:
            return None
        return url.join(picked) if isinstance(picked, str) else url.copy_merge_params(picked)
    except ExpressionError as error:
        raise Failure(f"{shown}: the page that follows cannot be found: {error}") from None
    except (httpx.InvalidURL, ValueError):
        raise Failure(f"{shown}: the page that follows cannot be found: its address is none") from None


def _next_links(answer: "httpx.Response") -> Iterator[str]:
    """Yield what the answer's `Link` header calls the next page."""
    with suppress(ValueError):
        for relation, link in answer.links.items():
            if "next" in (relation or "").lower().split():
                yield link["url"]


def _after_records(parameter: str, mapping: "ForeignFormat", page: Any, url: "httpx.URL") -> "httpx.URL | None":
    from incident.intake.foreign import count_in

    count = count_in(page, mapping)
    return url.copy_set_param(parameter, int(url.params.get(parameter, 0)) + count) if count else None
