"""Bytes become text, extraction's damage is undone, and every character knows its place in the file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.reader.cleaning import cleaned
from playbooks.reader.formats import text_of
from playbooks.reader.reader import read_contract
from playbooks.reader.text import Text, part, replaced
from playbooks.reader.unreadable import MAX_BYTES, MAX_CHARACTERS, UnreadableContract
from tests.test_playbooks.contract_files import CLAUSE, blank_pdf, docx, pdf, word_paragraphs


def test_a_replaced_stretch_stands_for_all_that_it_replaced() -> None:
    text = replaced(Text("one &amp; two"), re.compile("&amp;"), lambda _: "&")
    assert text.characters == "one & two"
    assert text.span(4, 5) == (4, 9)
    assert text.span(6, 9) == (10, 13)
    assert text.quoted(0, 5) == "one &amp;"


def test_parts_keep_their_places_through_several_changes() -> None:
    whole = replaced(Text("aXXbXXc"), re.compile("XX"), lambda _: " ")
    both = part(whole, (4, 5), (0, 1))
    assert both.characters == "c a"
    assert (both.quoted(0, 1), both.quoted(2, 3)) == ("c", "a")


@given(st.text(alphabet="ab \n\u00a0\u2019\u00ad*-\ufb01", max_size=60))
def test_cleaning_never_points_outside_the_file(characters: str) -> None:
    text = cleaned(Text(characters))
    for at in range(len(text.characters)):
        begin, end = text.span(at, at + 1)
        assert 0 <= begin <= end <= len(characters)
    if text.characters:
        assert text.span(0, len(text.characters))[1] <= len(characters)


@pytest.mark.parametrize(
    ("messy", "clean"),
    [
        ("The Processor\u2019s duty", "The Processor's duty"),
        ("the Processor\u00e2\u0080\u0099s duty", "the Processor's duty"),
        ("the Processorâ€™s duty", "the Processor's duty"),
        ("donnÃ©es Ã  caractÃ¨re", "données à caractère"),
        ("the Processorâs duty", "the Processor's duty"),
        ("noti-\nfication", "notification"),
        ("noti\u00adfi\u00adcation", "notification"),
        ("noti\ufb01cation", "notification"),
        ("48\u00a0hours", "48 hours"),
        ("two   spaces \r\nand a line", "two spaces\nand a line"),
        ("**within** 48 hours", "within 48 hours"),
        ("[the policy](https://acme.example/policy) says", "the policy says"),
        ("within48 hours", "within 48 hours"),
    ],
)
def test_damage_is_undone(messy: str, clean: str) -> None:
    assert cleaned(Text(messy)).characters == clean


def test_running_headers_and_page_numbers_go() -> None:
    bodies = [f"Words of page {n} only, unlike others {'x' * n}" for n in range(1, 5)]
    pages = "\n\f\n".join(f"Acme, confidential\n{body}\nPage {n} of 4" for n, body in enumerate(bodies, start=1))
    text = cleaned(Text(pages)).characters
    assert "confidential" not in text
    assert "Page" not in text
    assert all(f"Words of page {n} only" in text for n in range(1, 5))


def test_html_spans_are_those_of_the_page() -> None:
    clause = CLAUSE.replace("24 hours", "24&nbsp;<b>hours</b>")
    page = f"<!doctype html><html><head><style>p {{}}</style></head><body><p>{clause}</p></body></html>"
    reading = read_contract(page.encode(), "page.html").primary
    assert reading is not None
    assert (reading.amount, reading.unit) == (24, "hours")
    begin, end = reading.span
    assert page[begin:end].startswith("within 24&nbsp;<b>hours</b>")
    assert reading.matched == page[begin:end]


def test_html_shows_what_a_browser_shows() -> None:
    head = b"<html><head><title>No</title></head>"
    page = head + b"<body><h1>Acme</h1>one\ntwo<ul><li>three</ul><script>no()</script></body></html>"
    assert text_of(page).characters.split() == ["Acme", "one", "two", "-", "three"]


def test_a_word_file_is_read_paragraph_by_paragraph() -> None:
    content = docx(word_paragraphs("6. Breaches", CLAUSE))
    assert text_of(content).characters == f"6. Breaches\n{CLAUSE}\n"
    reading = read_contract(content, "dpa.docx").primary
    assert reading is not None
    assert reading.amount == 24


def test_a_pdf_is_read() -> None:
    reading = read_contract(pdf("6. Personal data breaches", CLAUSE[:60], CLAUSE[60:]), "dpa.pdf").primary
    assert reading is not None
    assert (reading.amount, reading.unit, reading.hard) == (24, "hours", True)


def test_other_encodings_than_utf8_are_read() -> None:
    assert text_of("délai".encode("cp1252")).characters == "délai"
    assert text_of("délai".encode("utf-16")).characters == "délai"
    assert text_of("délai".encode("utf-8-sig")).characters == "délai"


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
BOMB = word_paragraphs(*["&#160;" * 1000] * 40_000)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no text"),
        (b" \n ", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\0", "is no text, HTML, PDF or Word (.docx) file"),
        (b"text\0text", "is no text, HTML, PDF or Word (.docx) file"),
        (b"\xff\xfea", "begins as UTF-16 text, but is none further on"),
        (blank_pdf(), "no text in this PDF: it is a scan; run OCR first"),
        (blank_pdf("secret"), "is an encrypted PDF"),
        (b"%PDF-1.7 but nothing more", "is a damaged PDF"),
        (b"PK\x03\x04 but nothing more", "is a damaged or protected Word file"),
        (docx("<w:document"), "is a damaged or protected Word file"),
        (docx(ENTITIES), "it declares a document type"),
        (docx(BOMB), "unpacks to more than 64 MiB"),
        (b"x" * (MAX_CHARACTERS + 1), "holds more than 2,000,000 characters"),
        (b"x" * (MAX_BYTES + 1), "is larger than 32 MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_contract_can_be_read_from_is_refused_in_one_line(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableContract, match=re.escape(why)) as refused:
        text_of(content)
    assert "\n" not in str(refused.value)
