"""The words of the drafts: complete in every language, and the legal terms of the glossary, no others."""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from incident.notices.compose import KINDS
from incident.notices.sources import languages_of
from incident.notices.vendor import QUESTIONS
from models.conditions import EXEMPTIONS
from models.dossier import FACTS
from models.moments import MomentName
from playbooks.glossary import glossary
from tests.vocabularies import VOCABULARIES

LANGUAGES = ("en", "fr", "it", "nl", "sv")
LETTERS = ("controller", "vendor")
ALIKE = {"information"}
"""Forms of one language that are everyday words of another."""

NOTICES = files("playbooks").joinpath("notices")


def labels(language: str) -> dict[str, Any]:
    return tomllib.loads(NOTICES.joinpath("labels", f"{language}.toml").read_text("utf-8"))


def letter(kind: str, language: str) -> str:
    """A letter's own words, lower case, without what a template computes."""
    text = NOTICES.joinpath(kind, f"{language}.md.j2").read_text("utf-8")
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", text, flags=re.DOTALL).lower()


def every_text(language: str) -> Iterator[tuple[str, str]]:
    """Every text that is in a language, by its name."""
    yield from ((kind, letter(kind, language)) for kind in (*LETTERS, "authority") if written(kind, language))
    for path, words in paths(labels(language)):
        yield f"labels: {'.'.join(path)}", words.lower()


def written(kind: str, language: str) -> bool:
    """True where a kind of draft is written in a language."""
    return language in languages_of(kind, None)


def paths(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from paths(value, (*above, key))
        else:
            yield (*above, key), value


def uses(text: str, forms: tuple[str, ...]) -> bool:
    """True where one of a term's forms is in the text, as words of their own; an ellipsis stands for any words."""
    patterns = (re.escape(form.lower()).replace(re.escape("…"), ".{1,40}") for form in forms)
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", text) for pattern in patterns)


def test_the_letters_are_there_in_each_language() -> None:
    assert {kind: languages_of(kind, None) for kind in LETTERS} == dict.fromkeys(LETTERS, LANGUAGES)
    assert languages_of("authority", None) == LANGUAGES
    assert languages_of("no-such-kind", None) == ()
    assert set(KINDS) == {*LETTERS, "authority", "cnil"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_moment_question_and_option_has_words(language: str) -> None:
    words = labels(language)
    assert set(words["facts"]) == set(FACTS)
    assert set(words["moments"]) == {name.value for name in MomentName}
    assert set(words["questions"]) == set(QUESTIONS)
    assert {fact: set(options) for fact, options in words["options"].items() if fact in VOCABULARIES} == {
        fact: {member.value for member in members} for fact, members in VOCABULARIES.items()
    }
    assert set(words["options"]["not_informed_reason"]) > EXEMPTIONS
    assert all(text.strip() for _, text in paths(words))


@pytest.mark.parametrize("language", ["fr", "it", "nl", "sv"])
def test_the_languages_have_the_same_words_with_the_same_places(language: str) -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    here, english = dict(paths(labels(language))), dict(paths(labels("en")))
    assert set(here) == set(english)
    assert {path: places(text) for path, text in here.items()} == {path: places(text) for path, text in english.items()}


def test_every_phrase_is_used() -> None:
    folder = Path(str(files("incident").joinpath("notices")))
    code = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    assert [key for key in labels("en")["phrases"] if f'"{key}"' not in code] == []


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("language", ["fr", "it", "nl", "sv"])
@pytest.mark.parametrize(
    "term",
    [
        "controller",
        "processor",
        "sub_processor",
        "data_subjects",
        "supervisory_authority",
        "without_undue_delay_33",
        "data_protection_officer",
        "high_risk",
        "risk_unlikely",
    ],
)
def test_a_letter_uses_a_term_wherever_the_english_one_does(kind: str, language: str, term: str) -> None:
    forms = glossary().terms[term]
    assert uses(letter(kind, language), forms[language]) == uses(letter(kind, "en"), forms["en"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", ["supervisory_authority", "notification", "initial", "follow_up"])
def test_a_sheet_uses_the_terms_of_its_language(language: str, term: str) -> None:
    assert uses(letter("authority", language), glossary().terms[term][language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "term"),
    [
        (("phrases", "processor"), "processor"),
        (("phrases", "sub_processor"), "sub_processor"),
        (("phrases", "data_protection_officer"), "data_protection_officer"),
        (("phrases", "check_risk_unlikely"), "risk_unlikely"),
        (("facts", "subjects_count"), "data_subjects"),
        (("facts", "delay_reasons"), "reasons_for_delay"),
        (("questions", "capacity"), "controller"),
        (("questions", "capacity"), "processor"),
        (("options", "not_informed_reason", "no_high_risk"), "high_risk"),
    ],
)
def test_labels_use_the_terms_of_their_language(language: str, path: tuple[str, ...], term: str) -> None:
    assert uses(dict(paths(labels(language)))[path].lower(), glossary().terms[term][language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_draft_speaks_of_a_personal_data_breach(language: str) -> None:
    titles = labels(language)["titles"]
    for kind in LETTERS:
        assert uses(titles[kind].lower(), glossary().terms["personal_data_breach"][language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_of_another_language_is_used(language: str) -> None:
    terms = glossary().terms.values()
    own = {form.lower() for forms in terms for form in forms[language]}
    foreign = {form.lower() for forms in terms for other in LANGUAGES for form in forms[other]}
    foreign -= own | ALIKE
    for name, text in every_text(language):
        assert [form for form in foreign if uses(text, (form,))] == [], name


@pytest.mark.parametrize(
    ("language", "friend", "right"),
    [
        ("fr", r"\bresponsables?\b", r"responsables? du traitement|responsable (conjoint|légal)"),
        ("it", r"\bresponsabil[ei]\b", r"responsabil[ei] (del trattamento|della protezione dei dati)"),
        ("it", r"\btitolar[ei]\b", r"titolare del trattamento|(sono|è) del titolare"),
    ],
)
def test_a_false_friend_is_never_left_alone(language: str, friend: str, right: str) -> None:
    for name, text in every_text(language):
        alone = re.findall(friend, re.sub(right, "", text))
        assert alone == [], f"{name}: {alone}"


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("en", r"subcontractor|data controller|data processor|notif(y|ied) (the |your |any )?(data subjects|people)"),
        ("fr", r"contrôleur|processeur|sous-contractant|notifier? (aux|les) personnes|fuite de données|brèche"),
        ("it", r"controllore|processore|notific\w+ (agli|gli) interessati|data breach|incaricato del trattamento"),
        ("nl", r"bewerker|verantwoordelijke voor de verwerking|meld\w* (aan )?de betrokkenen|data breach"),
        ("sv", r"registeransvarig|databehandlare|anmäl\w* till de registrerade|dataintrång|data breach"),
    ],
)
def test_words_that_the_law_does_not_use_are_not_used(language: str, wrong: str) -> None:
    for name, text in every_text(language):
        assert re.search(wrong, text) is None, name


def test_nobody_is_ever_told_that_there_is_no_risk() -> None:
    said = {
        "en": r"\bno risk\b|without risk",
        "fr": r"pas de risque(?! élevé)|aucun risque|sans risque",
        "it": r"nessun rischio(?! elevato)|senza rischi",
        "nl": r"geen (enkel )?risico|zonder risico",
        "sv": r"ingen risk|utan risk|riskfri",
    }
    for language, pattern in said.items():
        for name, text in every_text(language):
            assert re.search(pattern, text) is None, (language, name)
