"""Drafts written down: inert whatever was recorded, alike in every format, and by the user's own templates."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from incident.errors import BadInput
from incident.notices.compose import DraftRequest, compose
from incident.notices.markdown import escaped, fenced
from incident.notices.plain import plain_text
from incident.notices.render import render
from incident.text import visible
from tests.builders import incident, organisation, shipped_rules
from tests.test_incident.draft_examples import (
    HOSTILE,
    KAVKOM_LATE,
    NOW,
    PROCESSOR,
    RICH,
    drafts,
)

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))
PIECES = [
    *("# ", "\n", "\n\n", "- ", "1. ", "> ", "```", "~~~", "---", "===", "    ", "\t", "*", "_", "`", "|", "\\"),
    *("[a](b)", "![a](b)", "[x]: http://e.example", "https://e.example", "www.e.example", "<b>", "</script>", "&amp;"),
    *("text", " ", "+ ", "2) ", "<!-- ", " -->", "\x1b[0m", "\u202e", "$$", "[ ] ", ":::", "a_b"),
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)

PROSE = {"root", "paragraph", "inline", "text", "hardbreak", "bullet_list", "list_item", "strong"}


def parsed(markdown: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown))


def shown(markdown: str) -> str:
    """The characters that a reader sees, a newline for each hard break."""
    return "".join(
        "\n" if node.type == "hardbreak" else node.content if node.type == "text" else ""
        for node in parsed(markdown).walk()
    )


@given(ANYTHING | MARKUP)
def test_escaped_text_shows_its_characters_and_does_nothing(text: str) -> None:
    markdown = f"- **Label** — {escaped(text)}\n- next"
    assert {node.type for node in parsed(markdown).walk()} <= PROSE
    lines = [line.strip() for line in visible(text).strip().split("\n")]
    said = "\n".join(line for line in lines if line)
    assert shown(markdown).replace(" \n", "\n").rstrip() == f"Label — {said}next".rstrip() or not said


@given(ANYTHING | MARKUP)
def test_escaped_on_one_line_is_one_line(text: str) -> None:
    assert "\n" not in escaped(text, one_line=True)
    assert {node.type for node in parsed(f"# {escaped(text, one_line=True)}").walk()} <= PROSE | {"heading"}


@given(ANYTHING | MARKUP)
def test_a_block_keeps_every_character_and_nothing_leaves_it(text: str) -> None:
    (block,) = parsed(fenced(text)).children
    assert (block.type, block.content) == ("fence", visible(text) + "\n")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, 1,200 of them (about)", "plain words, 1,200 of them (about)"),
        ("snake_case stays", "snake_case stays"),
        ("_not_ *this*", r"\_not\_ \*this\*"),
        ("+33 1 00", "+33 1 00"),
        ("- item", r"\- item"),
        ("1. one", r"1\. one"),
        ("a\n\nb", "a\\\nb"),
        ("https://e.example", r"https\://e.example"),
        ("www.e.example", r"www\.e.example"),
    ],
)
def test_text_is_escaped_no_more_than_it_must_be(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_hostile_text_is_there_for_the_person_to_read() -> None:
    evil, _ = drafts("controller", HOSTILE, PROCESSOR, languages=("en",))
    text = render(evil, "txt")
    assert "<script>alert('x')</script> &lt;b&gt; **bold** `code`" in text
    assert r"\x1b]52;c;ZWNobw==\x07 \u202egnp.exe \u200b {{ notice }} {% raw %}" in text


def test_every_format_says_the_same() -> None:
    (notice,) = drafts("cnil", RICH)
    markdown, text, document = render(notice, "md"), render(notice, "txt"), json.loads(render(notice, "json"))
    words = " ".join(shown(markdown).split())
    for item in notice.items:
        assert " ".join(item.label.split()) in words
        if not item.block and not item.ticks:
            assert " ".join(item.text.split()) in " ".join(text.split())
    assert document["answers"] == json.loads(json.dumps(notice.answers))
    assert document["missing"] == [one.field for one in notice.missing]


def own_template(folder: Path, text: str, name: str = "vendor/en.md.j2") -> Path:
    file = folder / "notices" / name
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return folder


def from_own(folder: Path, language: str = "en") -> str:
    request = DraftRequest("vendor", (language,))
    (notice,) = compose(request, incident(KAVKOM_LATE), shipped_rules(), organisation(), NOW, folder)
    return render(notice, "md", folder)


def test_the_users_template_comes_before_ours(tmp_path: Path) -> None:
    own = own_template(tmp_path, "# {{ notice.title }}\n\nOurs, to {{ notice.recipient }}.\n")
    assert from_own(own) == "# Personal data breach: request for information\n\nOurs, to Kavkom.\n"


def test_the_users_template_may_use_our_parts(tmp_path: Path) -> None:
    own = own_template(
        tmp_path,
        '{% import "shared/parts.md.j2" as parts %}\n{{ parts.items(notice.section["known"][2:]) }}',
    )
    assert from_own(own) == (
        "- **Description** — Recordings of our calls could be played by others.\n"
        "- **Nature of the breach** — loss of confidentiality\n"
    )


def test_a_language_of_the_users_own_is_found(tmp_path: Path) -> None:
    own = own_template(tmp_path, "Beste {{ notice.recipient }}\n", "vendor/nl.md.j2")
    labels = own / "notices" / "labels" / "nl.toml"
    labels.parent.mkdir()
    shipped = Path(__file__).parents[2] / "playbooks" / "notices" / "labels" / "en.toml"
    labels.write_text(shipped.read_text("utf-8"), "utf-8")
    assert from_own(own, "nl") == "Beste Kavkom\n"


def test_of_the_users_labels_those_that_are_there_come_before_ours(tmp_path: Path) -> None:
    own_template(tmp_path, '[facts]\ndescription = "Account of it"\n', "labels/en.toml")
    text = from_own(tmp_path)
    assert "- **Account of it** — Recordings of our calls could be played by others.\n" in text
    assert "- **Nature of the breach** — loss of confidentiality\n" in text


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("[facts]\ndescripton = 'x'", r"^notices/labels/en\.toml: facts\.descripton: we know no such label$"),
        ("facts = 'x'", r"^notices/labels/en\.toml: facts: must be a table of labels$"),
        ("[facts]\ndescription = 3", r"^notices/labels/en\.toml: facts\.description: has no words; add them$"),
        ("[facts.description]\nx = 'x'", r"^notices/labels/en\.toml: facts\.description: has no words; add them$"),
    ],
)
def test_a_fault_in_the_users_labels_is_one_line(tmp_path: Path, labels: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_own(own_template(tmp_path, labels, "labels/en.toml"))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% if %}", r"^notices/vendor/en\.md\.j2, line 1: Expected an expression"),
        ("one\n{{ notice.nothing }}", r"^notices/vendor/en\.md\.j2: .* has no attribute 'nothing'$"),
        ("{{ notice.customer }}", r"^notices/vendor/en\.md\.j2: prints a value that is not there$"),
        ("{{ notice.__class__ }}", r"^notices/vendor/en\.md\.j2: access to attribute '__class__' .* is unsafe\.$"),
        ("{{ notice.title|safe }}", r"^notices/vendor/en\.md\.j2, line 1: No filter named 'safe'\.$"),
        ('{% include "vendor/xx.md.j2" %}', r"^notices/vendor/en\.md\.j2: there is no file 'vendor/xx.md.j2' in"),
        (
            '{% include "vendor/en.md.j2" %}',
            r"^notices/vendor/en\.md\.j2: calls itself without end, or is nested too deeply$",
        ),
        ("{{ 1 // 0 }}", r"^notices/vendor/en\.md\.j2: integer division or modulo by zero$"),
        ("{% for one in range(10 ** 9) %}{% endfor %}", r"^notices/vendor/en\.md\.j2: Range too big\. "),
        ('{{ notice.title.encode("xyz") }}', r"^notices/vendor/en\.md\.j2: unknown encoding: xyz$"),
    ],
)
def test_a_fault_in_the_users_template_is_one_line(tmp_path: Path, template: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_own(own_template(tmp_path, template))


def test_a_users_template_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    own = own_template(tmp_path, "x")
    file = own / "notices" / "vendor" / "en.md.j2"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"en\.md\.j2: is not UTF-8 text \(byte 1\)$"):
        from_own(own)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="is a symbolic link"):
        from_own(own)


def test_plain_text_wraps_and_keeps_lists_and_blocks() -> None:
    markdown = (
        "# Title\n\n> **DRAFT** quoted\n\nA paragraph "
        "that goes on and on and on and on and on and on and on and on and on.\n\n"
        "- one\n- [x] two\\\nsecond line\n\n9. nine\n10. ten\n    - under ten\n\n```\n  kept   as it is\n```\n\n---\n"
    )
    assert plain_text(markdown) == (
        "Title\n=====\n\n  DRAFT quoted\n\n"
        "A paragraph that goes on and on and on and on and on and on and on and on and\non.\n\n"
        "- one\n- [x] two\n  second line\n\n9. nine\n10. ten\n    - under ten\n\n      kept   as it is\n\n"
        + "-" * 78
        + "\n"
    )
