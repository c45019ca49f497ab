"""Drafts in every format: the same words, inert whatever was recorded, the same bytes for the same draft."""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from pypdf import PdfReader

from incident.errors import BadInput, Failure
from incident.notices import pdf as pdf_room
from incident.notices.blocks import Heading, Paragraph, Points, Run, Terms, Ticks, blocks_of
from incident.notices.html_page import html_page
from incident.notices.markdown import escaped
from incident.notices.notice import Notice
from incident.notices.page import Page
from incident.notices.pdf import pdf
from incident.notices.plain import plain_text
from incident.notices.render import FORMATS, draft_file, render
from incident.notices.word import word
from tests.test_incident.draft_examples import KAVKOM_LATE, NOW, PROCESSOR, RICH, TWO_CUSTOMERS, drafts, only
from tests.test_incident.format_texts import (
    html_tags,
    in_html,
    in_markdown,
    in_pdf,
    in_word,
    mail_in,
    packed,
    pdf_pages,
)
from tests.test_incident.test_notices_golden import CASES
from tests.test_incident.test_notices_render import ANYTHING, MARKUP

EVIL = (
    '#read("/etc/passwd") #panic("x") #import "@preview/evil:0.1.0": * #eval("1") $x^2$ // gone\n'
    '/* gone */ <label> @reference ~ \\ "]); #sys.inputs \\u{41}\n'
    "</title></style></pre><img src=x onerror=alert(1)><svg/onload=alert(1)> url(//evil.example) @import\n"
    "\r\nBcc: all@evil.example\r\n\r\n--draft-0\r\nContent-Type: text/html\n"
    "=HYPERLINK(1) \x00\x01\x0b\x0c\x1b\ufffe\uffff ]]> &amp; <w:t> [x] ticked {{ notice }} 中文"
)
"""Markup of typst, HTML, mail headers, XML and spreadsheets, with characters that XML does not allow."""

WORD = "Weltverschwörung" * 6_250
"""One word of 100,000 characters."""


def told(text: str) -> Notice:
    """A notice in which somebody's text stands wherever a text may stand."""
    customer = {"id": "evil", "name": text, "contact": text, "facts": {"description": text}}
    facts = TWO_CUSTOMERS["facts"] | {"systems_affected": text, "measures_remedy": text, "contact_point": text}
    record = TWO_CUSTOMERS | {"title": text, "vendor": {"name": text}, "customers": [customer], "facts": facts}
    return only(drafts("controller", record, PROCESSOR, languages=("en",)))


def page(markdown: str) -> Page:
    return Page("Title", "en", "DRAFT, not sent", "INC-2026-0001", "as known now", NOW, blocks_of(markdown))


def catalogue(reader: PdfReader) -> Any:
    """The root of a PDF's objects."""
    return reader.trailer["/Root"]


def every_format(notice: Notice) -> dict[str, str]:
    paper = draft_file(notice, "pdf")
    message = mail_in(draft_file(notice, "eml"))
    parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
    assert parts["application/pdf"] == paper
    assert parts["text/plain"].replace("\r\n", "\n") == render(notice, "txt")
    return {
        "html": in_html(render(notice, "html")),
        "docx": in_word(draft_file(notice, "docx")),
        "pdf": in_pdf(paper),
        "eml": in_html(parts["text/html"]),
    }


class TestTheSameWords:
    @pytest.mark.parametrize("case", CASES)
    def test_in_every_draft_that_was_read_and_accepted(self, case: str) -> None:
        kind, record, us, languages = CASES[case]
        notices = drafts(kind, record, us, languages=languages)
        # One letter in every language; of the others the first, for a format knows no more of a language than its name.
        for notice in notices[:5] if case == "two" else notices[:1]:
            words = in_markdown(render(notice, "md"))
            assert notice.incident in words
            texts = every_format(notice)
            assert texts == dict.fromkeys(texts, words)

    @settings(max_examples=25)
    @given(ANYTHING | MARKUP)
    def test_whatever_somebody_wrote(self, text: str) -> None:
        markdown = f"# Title\n\n- **Label** — {escaped(text)}\n- **Next** — {escaped(text)}\n"
        expected = in_markdown(markdown)
        assert in_html(html_page(page(markdown))) == expected
        assert in_word(word(page(markdown))) == expected

    def test_a_word_of_100_kilobytes_is_whole_and_leaves_no_page(self) -> None:
        markdown = f"- **Label** — before {WORD} after\n"
        expected = f"Labelbefore{WORD}after"
        assert in_html(html_page(page(markdown))) == expected
        assert in_word(word(page(markdown))) == expected
        paper = pdf(page(markdown))
        assert in_pdf(paper) == expected
        assert max(len(line) for text in pdf_pages(paper)[1:] for line in text.splitlines()) < 90


class TestInert:
    def test_it_is_all_there_to_be_read_and_in_each_format_alike(self) -> None:
        notice = told(EVIL)
        texts = every_format(notice)
        words = in_markdown(render(notice, "md"))
        shown = r'#read("/etc/passwd")#panic("x")#import"@preview/evil:0.1.0":*#eval("1")$x^2$//gone/*gone*/'
        assert words.count(packed(shown)) > 3
        assert r"\x00\x01\x0b\x0c\x1b\ufffe\uffff]]>&amp;<w:t>[x]ticked" in words
        assert {form: text.replace(r"\u4e2d\u6587", "中文") for form, text in texts.items()} == dict.fromkeys(
            texts, words
        )

    def test_html_has_our_tags_and_fetches_nothing(self) -> None:
        html = render(told(EVIL), "html")
        body = html_tags(html)[html_tags(html).index(("body", {})) :]
        assert {tag for tag, _ in body} <= {
            *("body", "h1", "h2", "p", "br", "ul", "li", "strong", "blockquote", "hr", "table", "tr", "th", "td"),
        }
        assert [attributes for _, attributes in body if attributes not in ({}, {"scope": "row"})] == []
        head = html[: html.index("<body>")]
        assert "url(" not in head
        assert "@import" not in head
        assert {tag for tag, _ in html_tags(head)} == {"html", "head", "meta", "title", "style"}

    def test_pdf_has_no_link_no_script_and_no_file(self) -> None:
        reader = PdfReader(io.BytesIO(draft_file(told(EVIL), "pdf")))
        assert {"/OpenAction", "/AA", "/AcroForm"}.isdisjoint(catalogue(reader))
        assert "/EmbeddedFiles" not in catalogue(reader).get("/Names", {})
        assert [one for one in reader.pages if "/Annots" in one or "/AA" in one] == []

    def test_word_has_no_link_and_no_field_but_page_numbers(self) -> None:
        data = draft_file(told(EVIL), "docx")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            relations = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
            document = archive.read("word/document.xml").decode()
        assert 'TargetMode="External"' not in relations
        assert "w:hyperlink" not in document
        assert "w:fldSimple" not in document
        assert "w:instrText" not in document

    def test_a_mail_has_our_headers_and_parts_and_no_other(self) -> None:
        message = mail_in(draft_file(told(EVIL), "eml"))
        assert set(message.keys()) == {"Subject", "X-Unsent", "Content-Language", "MIME-Version", "Content-Type"}
        assert [part.get_content_type() for part in message.walk()] == [
            *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"),
        ]

    def test_what_somebody_wrote_is_never_a_tick_of_a_form(self) -> None:
        ours, theirs = blocks_of("- [x] yes\n- [ ] no\n"), blocks_of(f"- {escaped('[x] yes')}\n")
        assert ours == (Ticks(((True, (Run("yes"),)), (False, (Run("no"),)))),)
        assert theirs == (Points(((Paragraph((Run("[x] yes"),)),),), None),)

    @pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname"])
    def test_not_even_our_template_reads_a_file_elsewhere(
        self, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        templates = tmp_path / "templates"
        templates.mkdir()
        (tmp_path / "secret.txt").write_text("secret")
        (templates / "page.typ").write_text(f'#read("{path}")')
        monkeypatch.setattr(pdf_room, "TEMPLATES", templates)
        with pytest.raises(Failure, match=r"^Title: cannot be set as PDF: .*; choose docx or html$"):
            pdf(page("words"))


class TestTheSameBytes:
    @pytest.mark.parametrize("form", FORMATS)
    def test_of_the_same_draft(self, form: str) -> None:
        notice = only(drafts("vendor", KAVKOM_LATE))
        assert draft_file(notice, form) == draft_file(notice, form)

    def test_dated_by_what_it_knows_and_not_by_the_clock(self) -> None:
        notice = only(drafts("vendor", KAVKOM_LATE))
        about = PdfReader(io.BytesIO(draft_file(notice, "pdf"))).metadata
        assert about is not None
        assert about.creation_date == about.modification_date == NOW
        file = draft_file(notice, "docx")
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            assert {part.date_time for part in archive.infolist()} == {(2026, 10, 28, 9, 0, 0)}
        known = docx.Document(io.BytesIO(file)).core_properties
        assert known.created == known.modified == datetime(2026, 10, 28, 9, 0, tzinfo=UTC)


class TestPdf:
    @pytest.fixture(scope="class")
    @staticmethod
    def sheet() -> PdfReader:
        return PdfReader(io.BytesIO(draft_file(only(drafts("cnil", RICH)), "pdf")))

    def test_it_says_what_it_is_in_which_language_and_not_who_wrote_it(self, sheet: PdfReader) -> None:
        assert sheet.metadata is not None
        assert sheet.metadata.title == "Fiche de transcription, INC-2026-0001"
        assert sheet.metadata.author is None
        assert catalogue(sheet)["/Lang"] == "fr"

    def test_it_is_tagged_for_screen_readers_and_made_for_archives(self, sheet: PdfReader) -> None:
        assert catalogue(sheet)["/MarkInfo"]["/Marked"]
        about = catalogue(sheet)["/Metadata"].get_data().decode()
        assert re.search(r"<pdfaid:part>2</pdfaid:part>", about)
        assert [str(entry["/Title"]) for entry in sheet.outline if not isinstance(entry, list)] == [
            "Fiche de transcription : notification à l'autorité de contrôle (CNIL)"
        ]

    def test_its_fonts_are_within_it(self, sheet: PdfReader) -> None:
        pages: Any = list(sheet.pages)
        fonts = [font.get_object() for one in pages for font in one["/Resources"]["/Font"].values()]
        inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        assert inner
        for font in inner:
            assert {"/FontFile2", "/FontFile3"} & set(font)
            assert "Libertinus" in font["/FontName"] or "DejaVu" in font["/FontName"]

    def test_every_page_says_that_it_is_a_draft_of_which_incident_and_instant(self, sheet: PdfReader) -> None:
        assert len(sheet.pages) > 4
        for number, one in enumerate(sheet.pages, start=1):
            head, *_, foot = one.extract_text().splitlines()
            assert head.split() == ["PROJET,", "non", "envoyé", "INC-2026-0001"]
            assert foot.startswith("état des connaissances au 28 octobre 2026 à 10:00 (Europe/Paris")
            assert foot.endswith(f"{number} / {len(sheet.pages)}")

    def test_a_character_that_no_font_shows_is_spelled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_room, "_fonts_of_the_machine", pdf_room._our_fonts)
        text = "".join(pdf_pages(pdf(page("A name: 中文 🙂 Zoë Ωμέγα"))))
        assert r"A name: \u4e2d\u6587 \U0001f642 Zoë Ωμέγα" in text


class TestWord:
    def test_it_says_what_it_is_in_which_language_and_not_who_wrote_it(self) -> None:
        document = docx.Document(io.BytesIO(draft_file(only(drafts("cnil", RICH)), "docx")))
        about = document.core_properties
        assert (about.title, about.language) == ("Fiche de transcription, INC-2026-0001", "fr")
        assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
        (spoken,) = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} - {None}
        assert spoken == "fr-FR"

    def test_counsel_finds_headings_and_tables(self) -> None:
        notice = drafts("controller", TWO_CUSTOMERS, PROCESSOR, languages=("en",))[0]
        document = docx.Document(io.BytesIO(draft_file(notice, "docx")))
        headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 2"]
        assert headings[:4] == [
            *("Missing: complete this first", "To be checked before this goes out"),
            *("What happened", "What is confirmed and what is not"),
        ]
        dates = document.tables[2]
        assert [cell.text for cell in dates.columns[0].cells] == [
            *("We became aware", "Beginning of the breach", "First signs detected", "Contained"),
        ]
        assert [round(column.width.mm) for column in dates.columns if column.width] == [54, 106]
        assert [round(cell.width.mm) for cell in dates.rows[0].cells if cell.width] == [54, 106]
        assert dates.cell(1, 1).text == "20 October 2026 (time of day not known)"

    def test_every_page_says_that_it_is_a_draft_and_has_a_number(self) -> None:
        document = docx.Document(io.BytesIO(draft_file(only(drafts("vendor", KAVKOM_LATE)), "docx")))
        section = document.sections[0]
        assert section.header.paragraphs[0].text == "DRAFT, not sent\tINC-2026-0001"
        foot = section.footer.paragraphs[0]
        assert foot.text.startswith("as known on 28 October 2026 at 10:00 (Europe/Paris")
        fields = [one.get(qn("w:instr")) for one in foot.paragraph_format.element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]

    def test_each_list_is_numbered_from_its_own_beginning(self) -> None:
        document = docx.Document(io.BytesIO(word(page("1. one\n2. two\n\nwords\n\n7. seven\n8. eight\n"))))
        ids = [one.paragraph_format.element.pPr.numPr.numId.val for one in document.paragraphs if one.text != "words"]
        assert ids[0] == ids[1] != ids[2] == ids[3]
        numberings = document.part.numbering_part.element
        starts = [numberings.num_having_numId(one).lvlOverride_lst[0].startOverride.val for one in (ids[0], ids[2])]
        assert starts == [1, 7]


class TestMail:
    def test_it_goes_to_the_recipient_from_nobody_at_no_time(self) -> None:
        notice = drafts("controller", TWO_CUSTOMERS, PROCESSOR)[0]
        message = mail_in(draft_file(notice, "eml"))
        assert message["To"] == "privacy@acme.example"
        assert message["Subject"] == (
            "PROJET, non envoyé: Notification d'une violation de données à caractère personnel, INC-2026-0001"
        )
        assert message["X-Unsent"] == "1"
        assert {"From", "Date", "Message-ID", "Sender", "Cc", "Bcc"}.isdisjoint(message.keys())
        (paper,) = message.iter_attachments()
        assert paper.get_filename() == "INC-2026-0001-controller-acme-fr.pdf"
        assert paper.get_content() == draft_file(notice, "pdf")
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == render(notice, "txt")

    @pytest.mark.parametrize(
        "contact",
        [
            None,
            "+33 1 00 00 00 00",
            "a@acme.example, b@acme.example",
            "Acme <privacy@acme.example>",
            "privacy@acme.example\nBcc: all@evil.example",
            "privacy@localhost",
            "é@acme.example",
        ],
    )
    def test_what_is_not_exactly_one_address_is_nobodys(self, contact: str | None) -> None:
        customer: dict[str, Any] = {"id": "acme", "name": "Acme SAS", "contact": contact}
        notice = only(drafts("controller", TWO_CUSTOMERS | {"customers": [customer]}, PROCESSOR))
        assert "To" not in mail_in(draft_file(notice, "eml"))


class TestHtml:
    def test_it_says_what_it_is_and_in_which_language(self) -> None:
        html = render(only(drafts("cnil", RICH)), "html")
        assert html.startswith('<!DOCTYPE html>\n<html lang="fr">\n')
        assert "<title>Fiche de transcription, INC-2026-0001</title>" in html
        assert "<li>☒ Notification initiale</li>" in html

    def test_what_stands_on_paper_cannot_end_its_string(self) -> None:
        html = html_page(Page("T", "en", 'a"; } </style>', "INC-2026-0001", "k", NOW, ()))
        assert r'content: "a\22 \3b  \7d  \3c \2f style\3e  \b7  INC\2d 2026\2d 0001"' in html


class TestBlocks:
    def test_a_list_of_terms_is_a_table_only_where_every_item_is_one(self) -> None:
        (terms,) = blocks_of("- **One** — first\\\nline\n- **Two** —\n")
        assert terms == Terms(
            (((Run("One", strong=True),), (Run("first\nline"),)), ((Run("Two", strong=True),), ())),
        )
        (points,) = blocks_of("- **One** — first\n- two\n")
        assert isinstance(points, Points)

    def test_marks_within_words(self) -> None:
        heading, paragraph = blocks_of("## A *b* `c`\n\nLast [d](https://e.example) ![f](g.png) <b>h</b>\n")
        assert heading == Heading(2, (Run("A "), Run("b", emphasis=True), Run(" "), Run("c", code=True)))
        assert paragraph == Paragraph((Run("Last d f <b>h</b>"),))

    def test_they_and_the_plain_text_say_the_same(self) -> None:
        markdown = "# T\n\n> q\n\n1. a\n   - b\n\n```\nc\n```\n\n---\n"
        assert in_html(html_page(page(markdown))) == packed(plain_text(markdown).replace("-", "").replace("=", ""))


def test_a_format_that_does_not_exist_is_refused() -> None:
    notice = only(drafts("vendor", KAVKOM_LATE))
    with pytest.raises(BadInput, match=r"^no format 'odt': choose md, txt, html, pdf, docx, eml, json$"):
        draft_file(notice, "odt")
    with pytest.raises(BadInput, match=r"^format 'pdf' is no text: choose md, txt, html, json$"):
        render(notice, "pdf")
