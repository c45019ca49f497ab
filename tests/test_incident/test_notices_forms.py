"""The sheets for every authority's form: nothing asked is left out, nothing is invented, nothing does harm."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from incident.notices.form import ANSWERS
from incident.notices.labels import labels_in
from incident.notices.notice import Notice
from incident.notices.render import render
from incident.text import visible
from models.dossier import FACTS
from models.incident import Incident
from models.organisation import Organisation
from models.vocabulary import Confidence
from tests.builders import decided, incident, organisation, recorded, sent, shipped_rules
from tests.test_incident.draft_examples import HOSTILE, HOSTILE_TEXT, RICH, drafts
from tests.test_incident.sheets import items, sheet, ticked, with_facts
from tests.vocabularies import VOCABULARIES

FORMS = shipped_rules().authorities
EACH = [(form.id, language) for form in FORMS.values() for language in form.languages]

NOTHING = Organisation()
AMERICAN = organisation(main_establishment="US", address={"country": "US"}, dpo={}, authority=None)

UNKNOWN = recorded({}, certainty="unknown", without_value=list(FACTS))
NOT_APPLICABLE = recorded({}, certainty="not-applicable", without_value=list(FACTS), why="none of it")

CASES: dict[str, tuple[Incident, Organisation]] = {
    "rich": (incident(RICH), organisation()),
    "almost nothing": (incident({"title": "x"}), NOTHING),
    "nothing known": (incident({"title": "x"}, UNKNOWN), NOTHING),
    "nothing applies": (incident(RICH, NOT_APPLICABLE), organisation()),
    "outside the EEA": (incident(RICH), AMERICAN),
    "a follow-up": (incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False)), organisation()),
    "a follow-up of little": (
        incident(
            {"title": "x"}, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False), recorded({"facts": RICH["facts"]})
        ),
        organisation(),
    ),
    "told": (
        incident(
            with_facts(
                subjects_informed_status="informed",
                informed_at="2026-10-26T23:30:00Z",
                informed_count={"value": 1200},
                subjects_count={"value": 1200},
                police_report="Filed on 26 October.",
                other_regulators=["ANSSI", "DNB"],
                incident_origin=["hacking_malware_phishing", "wrong_file"],
                consequences=["other", "c_misuse"],
                harms=["other"],
            ),
            decided("high", because="Health data."),
        ),
        organisation(),
    ),
    "not told": (
        incident(
            with_facts(subjects_informed_status="not_informed", not_informed_reason="art34_3_a_protected"),
            decided("risk", because="Encrypted."),
        ),
        organisation(),
    ),
}

EMPTY = re.compile(r"\s*(-|>|#+|- \[[ x]\]|- \*{4}.*)\s*")
"""A line that is nothing but a mark: a bullet, a quotation, a heading or a box without words."""

KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\{[a-z]*\}|\b(?:gdpr|eprivacy|uk-gdpr)-\d")
"""What stands in our files and never on a sheet: neutral keys, places of phrases, ids of duties."""


def every_sheet(case: str) -> Iterator[tuple[str, Notice]]:
    what, us = CASES[case]
    for authority, language in EACH:
        for phase in (None, "complete"):
            (notice,) = drafts("authority", what, us, authority=authority, languages=(language,), phase=phase)
            yield authority, notice


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_question_is_answered_by_something_of_ours_or_says_why_not(form: Any) -> None:
    for question in form.fields:
        known = question.answers is not None and question.answers.partition(":")[0] in ANSWERS
        assert known or (question.answers is None and question.note), question.number


@pytest.mark.parametrize("case", CASES)
def test_every_question_that_is_asked_is_answered_or_listed_as_missing(case: str) -> None:
    for authority, notice in every_sheet(case):
        required = {question.number for question in FORMS[authority].fields if question.required}
        missing = {one.number: one for one in notice.missing}
        for item in notice.items:
            where = (authority, item.number)
            assert item.answered == (item.number not in missing), where
            assert item.text or item.ticks, where
            if item.number in required and not item.answered:
                one = missing[item.number]
                assert one.blocking or (
                    notice.phase.is_followed and (one.may_follow or (one.promised and one.unknown))
                ), where
            if item.number in required and item.answered:
                assert item.value not in (None, "", []), where
        order = [question.number for question in FORMS[authority].fields]
        asked = [item.number for item in notice.items]
        assert asked == sorted(asked, key=order.index)


@pytest.mark.parametrize("case", CASES)
def test_no_sheet_prints_a_hole_or_a_key(case: str) -> None:
    for authority, notice in every_sheet(case):
        markdown = render(notice, "md")
        assert "None" not in markdown, authority
        assert "\n\n\n" not in markdown.rstrip("\n"), authority
        lines = markdown.replace("\n>\n>", "\n>").splitlines()
        assert [
            line for line in lines if re.fullmatch(r"[-*>#\s]*(\[[ x]\])?[-*>\s]*", line) and line.strip("- ")
        ] == []
        assert KEY.findall(markdown.replace("informed_at", "")) == [], authority
        assert notice.as_of_words in " ".join(markdown.split())


@pytest.mark.parametrize(("authority", "language"), EACH)
def test_hostile_text_is_inert_on_every_sheet(authority: str, language: str) -> None:
    record = {**HOSTILE, "role": "controller", "vendor": {"name": HOSTILE_TEXT}}
    free = {"other_regulators": [HOSTILE_TEXT], "not_informed_reason": HOSTILE_TEXT, "police_report": HOSTILE_TEXT}
    record = {**record, "facts": {**record["facts"], **free, "subjects_informed_status": "not_informed"}}
    us = organisation(name=HOSTILE_TEXT, sector=HOSTILE_TEXT, dpo={"name": HOSTILE_TEXT, "phone": HOSTILE_TEXT})
    (notice,) = drafts("authority", record, us, authority=authority, languages=(language,), phase="complete")
    markdown = render(notice, "md")
    page = SyntaxTreeNode(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown))
    kinds = {node.type for node in page.walk()}
    assert kinds.isdisjoint({"html_block", "html_inline", "link", "image", "table", "s", "em", "code_inline"})
    headings = [node for node in page.walk() if node.type == "heading"]
    assert not any(node.children[0].content.startswith("Owned") for node in headings)
    for text in (markdown, render(notice, "txt")):
        assert visible(text) == text
    assert render(notice, "json").isascii()
    assert json.loads(render(notice, "json"))["authority"] == authority


@pytest.mark.parametrize(("ours", "language"), [(["fr", "en"], "fr"), (["de", "en"], "en"), (["de"], "en")])
def test_a_form_in_several_languages_is_written_in_the_first_of_ours(ours: list[str], language: str) -> None:
    assert sheet(RICH, organisation(languages=ours), authority="eprivacy-611").language == language


@pytest.mark.parametrize(("authority", "language"), EACH)
def test_unconfirmed_wording_is_marked_wherever_it_stands(authority: str, language: str) -> None:
    notice = sheet(RICH, authority=authority, languages=(language,))
    mark = labels_in(language, None).phrase("unconfirmed_label")
    form = FORMS[authority].in_language(language)
    questions = {question.number: question for question in form.fields}
    for item in notice.items:
        question = questions[item.number]
        assert (mark in item.remarks) == (question.confidence is not Confidence.CHECKED), item.number
        doubtful = {one.label for one in form.options_of(question) if one.confidence is Confidence.UNCONFIRMED}
        doubtful -= {one.label for one in form.options_of(question) if one.confidence is not Confidence.UNCONFIRMED}
        assert {tick.label for tick in item.ticks if not tick.confirmed} == doubtful, item.number
        for label in doubtful:
            assert f"{label} ({mark})\n" in render(notice, "md")


TICKED = {
    name: st.sets(st.sampled_from(sorted(VOCABULARIES[name])), min_size=1)
    for name in ("incident_origin", "breach_types", "subject_categories", "harms")
}


@given(st.fixed_dictionaries({}, optional=TICKED), st.sampled_from(EACH))
def test_what_was_recorded_is_ticked_and_nothing_else(recorded: dict[str, set[str]], form: tuple[str, str]) -> None:
    authority, language = form
    facts = {name: sorted(keys) for name, keys in recorded.items()}
    notice = sheet({"title": "x", "facts": facts}, authority=authority, languages=(language,), phase="complete")
    asked = FORMS[authority].in_language(language)
    for question in asked.fields:
        item = items(notice).get(question.number)
        keys = facts.get((question.answers or "").removeprefix("fact:"))
        if item is None or keys is None or question.list is None:
            continue
        options = [option for option in asked.options_of(question) if option.key in keys]
        wanted = {f"{one.code}) {one.label}" if one.code else one.label for one in options}
        if question.type == "choice" and len(wanted) > 1:
            assert (ticked(item), item.answered) == ([], False)
            assert any(all(label in remark for label in wanted) for remark in item.remarks)
        else:
            assert set(ticked(item)) == wanted
