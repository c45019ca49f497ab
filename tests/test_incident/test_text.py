"""Whatever an attacker writes, `visible` leaves nothing that acts on a terminal or hides from the eye."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.text import visible

VISIBLE_FORMAT_CHARACTERS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Signs that Unicode calls format characters, but that are drawn."""

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\x7fb", r"a\x7fb"),
        ("invoice\u202egpj.exe", r"invoice\u202egpj.exe"),
        ("\u2066left\u2069", r"\u2066left\u2069"),
        ("pay\u200bpal \u2060 \ufeff", r"pay\u200bpal \u2060 \ufeff"),
        ("soft\u00adhyphen", r"soft\xadhyphen"),
        ("\U000e0041 tag", r"\U000e0041 tag"),
        ("one\u2028two\u2029three", r"one\u2028two\u2029three"),
        ("lone \ud83d surrogate", r"lone \ud83d surrogate"),
        ("bare\rreturn", r"bare\rreturn"),
        ("Hangul \u3164 filler", r"Hangul \u3164 filler"),
        ("smuggled\ufe00\U000e0101", r"smuggled\ufe00\U000e0101"),
    ],
)
def test_what_acts_or_hides_is_shown(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown
    assert visible(hostile, one_line=True) == shown


@pytest.mark.parametrize(
    "plain",
    [
        "",
        "Zażółć gęślą jaźń, 東京, مرحبا, שלום, 👩 ☎",
        "1\u202f200 €\u00a0",
        "two\nlines\tand a tab",
        r"C:\x1b",
        "[/x] <b>",
    ],
)
def test_plain_text_stays_as_it_is(plain: str) -> None:
    assert visible(plain) == plain


def test_a_windows_line_end_is_a_newline() -> None:
    assert visible("one\r\ntwo") == "one\ntwo"
    assert visible("one\r\ntwo", one_line=True) == r"one\ntwo"


def test_on_one_line_newline_and_tab_are_shown_too() -> None:
    assert visible("one\ntwo\tthree", one_line=True) == r"one\ntwo\tthree"


@given(ANYTHING)
def test_nothing_harmful_is_left(text: str) -> None:
    left = visible(text)
    for character in left:
        harmful = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert not harmful or character in f"\n\t{VISIBLE_FORMAT_CHARACTERS}"
    left.encode("utf-8")


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(visible(text, one_line=True), one_line=True) == visible(text, one_line=True)


@given(ANYTHING)
def test_one_line_is_one_line(text: str) -> None:
    assert len(visible(text, one_line=True).splitlines()) <= 1


def test_every_control_format_and_surrogate_character_is_covered() -> None:
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and chr(code) not in f"\n\t{VISIBLE_FORMAT_CHARACTERS}"
        and visible(chr(code)) == chr(code)
    ]
    assert missed == []


def test_cleaning_text_costs_no_other_import() -> None:
    code = "import sys, re; old = set(sys.modules); import incident.text; print(sorted(set(sys.modules) - old))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['incident', 'incident.text']"
