"""Whole drafts as a data protection officer read and accepted them; `--update-golden` writes them anew."""

from collections.abc import Callable
from typing import Any

import pytest

from incident.notices.render import file_name, render
from models.organisation import Organisation
from tests.builders import organisation
from tests.test_incident.draft_examples import (
    DESKHERO_TOLD,
    HOSTILE,
    KAVKOM_LATE,
    KONVERSO_SILENT,
    PARIS,
    PROCESSOR,
    RICH,
    TWO_CUSTOMERS,
    drafts,
)

ALMOST_NOTHING = {"title": "Something happened", "place": PARIS, "summary": "A customer called."}
NOBODY = Organisation()
US = organisation()

CASES: dict[str, tuple[str, dict[str, Any], Organisation, tuple[str, ...]]] = {
    "two": ("controller", TWO_CUSTOMERS, PROCESSOR, ()),
    "two-in-english": ("controller", TWO_CUSTOMERS, PROCESSOR, ("en",)),
    "hostile": ("controller", HOSTILE, PROCESSOR, ("en",)),
    "nothing": ("controller", {**ALMOST_NOTHING, "role": "processor"}, NOBODY, ("en", "fr", "it")),
    "kavkom-late": ("vendor", KAVKOM_LATE, US, ("en", "fr", "it")),
    "konverso-silent": ("vendor", KONVERSO_SILENT, US, ()),
    "deskhero-told": ("vendor", DESKHERO_TOLD, US, ()),
    "rich-and-late": ("cnil", RICH, US, ()),
    "hostile-at-home": ("cnil", {**HOSTILE, "role": "controller"}, US, ()),
    "almost-nothing": ("cnil", ALMOST_NOTHING, NOBODY, ()),
}


@pytest.mark.parametrize("case", CASES)
def test_drafts_in_markdown(case: str, golden: Callable[[str, str], None]) -> None:
    kind, record, us, languages = CASES[case]
    for notice in drafts(kind, record, us, languages=languages):
        golden(f"drafts/{case}/{file_name(notice, 'md')}", render(notice, "md"))


@pytest.mark.parametrize("case", ["two", "hostile", "deskhero-told", "rich-and-late"])
def test_drafts_in_plain_text(case: str, golden: Callable[[str, str], None]) -> None:
    kind, record, us, languages = CASES[case]
    notice = drafts(kind, record, us, languages=languages)[0]
    golden(f"drafts/{case}/{file_name(notice, 'txt')}", render(notice, "txt"))


@pytest.mark.parametrize("case", ["two", "kavkom-late", "rich-and-late"])
def test_drafts_in_json(case: str, golden: Callable[[str, str], None]) -> None:
    kind, record, us, languages = CASES[case]
    notice = drafts(kind, record, us, languages=languages)[0]
    golden(f"drafts/{case}/{file_name(notice, 'json')}", render(notice, "json"))
