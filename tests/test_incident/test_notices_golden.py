"""Whole drafts as a data protection officer read and accepted them; `--update-golden` writes them anew."""

from collections.abc import Callable
from typing import Any

import pytest

from incident.notices.render import file_name, render
from models.organisation import Organisation
from tests.builders import organisation, shipped_rules
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
EVERY_LANGUAGE = ("fr", "en", "it", "nl", "sv")

FORMS = [
    (form.id, language)
    for form in shipped_rules().authorities.values()
    for language in form.languages
    if form.id != "cnil"
]
SHEETS: dict[str, tuple[dict[str, Any], Organisation]] = {
    "rich": (RICH, US),
    "almost-nothing": (ALMOST_NOTHING, NOBODY),
}

CASES: dict[str, tuple[str, dict[str, Any], Organisation, tuple[str, ...]]] = {
    "two": ("controller", TWO_CUSTOMERS, PROCESSOR, EVERY_LANGUAGE),
    "hostile": ("controller", HOSTILE, PROCESSOR, ("en",)),
    "nothing": ("controller", {**ALMOST_NOTHING, "role": "processor"}, NOBODY, EVERY_LANGUAGE),
    "kavkom-late": ("vendor", KAVKOM_LATE, US, ("en", "fr", "it", "nl", "sv")),
    "konverso-silent": ("vendor", KONVERSO_SILENT, US, ("en", "nl", "sv")),
    "deskhero-told": ("vendor", DESKHERO_TOLD, US, ("fr", "nl", "sv")),
    "vendor-without-playbook": ("vendor", {**ALMOST_NOTHING, "vendor": {"name": "No One Ltd"}}, NOBODY, EVERY_LANGUAGE),
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


@pytest.mark.parametrize(("authority", "language"), FORMS)
@pytest.mark.parametrize("case", SHEETS)
def test_sheets_in_markdown(case: str, authority: str, language: str, golden: Callable[[str, str], None]) -> None:
    record, us = SHEETS[case]
    (notice,) = drafts("authority", record, us, authority=authority, languages=(language,))
    golden(f"sheets/{case}/{authority}-{language}.md", render(notice, "md"))


def test_the_common_template_in_json(golden: Callable[[str, str], None]) -> None:
    (notice,) = drafts("authority", RICH, US, authority="edpb")
    golden("sheets/rich/edpb-en.json", render(notice, "json"))
