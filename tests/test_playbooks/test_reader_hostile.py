"""Contracts made to keep the reader busy or to hide from it: they are read in time, or refused in one line."""

import pytest

from playbooks.reader.formats import text_of
from playbooks.reader.html_text import without_tags
from playbooks.reader.reader import read_contract
from playbooks.reader.unreadable import UnreadableContract
from tests.test_playbooks.contract_files import CLAUSE, docx

LONG = 500_000
"""Characters. What takes time by the square of a page's length would take hours for these."""


@pytest.mark.parametrize("opening", ["<a ", "<a/", '<a x="', "<a = ", "<!--", "<![CDATA["])
def test_tags_that_never_close_keep_nobody_waiting(opening: str) -> None:
    page = f"<html><p>{CLAUSE}</p>{opening * (LONG // len(opening))}"
    assert CLAUSE in without_tags(text_of(page.encode())).characters


def test_what_opens_no_tag_is_shown_as_a_sign_like_it() -> None:
    shown = text_of(b"<html><p>from 3 < 4 to <b>5</b></p>").characters
    assert shown.split() == ["from", "3", "\u2039", "4", "to", "5"]


def test_a_comment_is_not_read_and_moves_nothing() -> None:
    page = f"<html><!-- within 1 hour > of <b> it\n--><p>{CLAUSE}</p>"
    reading = read_contract(page.encode(), "a.html")
    assert reading.primary is not None
    assert (reading.primary.amount, reading.primary.unit) == (24, "hours")
    start, end = reading.primary.span
    assert page[start:end] in CLAUSE
    assert "within 24 hours" in page[start:end]


@pytest.mark.parametrize(
    "content",
    [
        docx('<w:a xmlns:w="x">' * 20_000),
        b"%PDF-1.7\n" + b"<<" * 20_000,
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 20_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
    ],
    ids=["elements", "dictionaries", "lists", "circle"],
)
def test_what_is_nested_without_end_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(UnreadableContract) as refused:
        text_of(content)
    assert "\n" not in str(refused.value)
