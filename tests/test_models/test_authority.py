"""The shape of a form: what its questions may depend on, and its words in several languages."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.authority import AuthorityPlaybook
from tests.test_models.rulebook import CNIL


def question(number: str, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "section": "A",
        "label": f"Question {number}",
        "type": "text",
        "confidence": "checked",
    } | more


def form(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    colours = [{"key": "red", "code": "a", "label": "Red", "confidence": "checked"}]
    colours += [{"code": "b", "label": "Blue", "confidence": "checked"}]
    return CNIL.model_dump(mode="json") | {"fields": list(fields), "options": {"colours": colours}} | more


def faults(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        AuthorityPlaybook.model_validate(data)
    return [(".".join(map(str, found["loc"])), found["msg"]) for found in refused.value.errors()]


CHOICE = question("1", type="choice", list="colours")


def test_a_question_may_depend_on_an_earlier_answer() -> None:
    depends = {"question": "1", "holds": ["red"], "while_open": True}
    found = AuthorityPlaybook.model_validate(form(CHOICE, question("2", only_if=depends))).fields[1].only_if
    assert found is not None
    assert (found.question, found.holds, found.while_open) == ("1", ("red",), True)
    yes = {"question": "1", "holds": ["yes"]}
    answered = AuthorityPlaybook.model_validate(form(question("1", type="yes-no"), question("2", only_if=yes)))
    assert answered.fields[1].only_if is not None


@pytest.mark.parametrize("number", ["2", "3", "9"])
def test_it_depends_on_no_later_question_nor_on_one_that_is_not_there(number: str) -> None:
    depends = {"question": number, "holds": ["red"]}
    later = question("3", type="choice", list="colours")
    assert faults(form(CHOICE, question("2", only_if=depends), later)) == [
        ("fields.1.only_if.question", f"'{number}' is the number of no earlier question")
    ]


def test_it_depends_on_an_answer_that_the_earlier_one_can_have() -> None:
    depends = {"question": "1", "holds": ["red", "green", "blue"]}
    assert faults(form(CHOICE, question("2", only_if=depends))) == [
        ("fields.1.only_if.holds", "question 1 is never answered with 'blue', 'green'")
    ]
    assert [key for key, _ in faults(form(CHOICE, question("2", only_if={"question": "1", "holds": []})))] == [
        "fields.1.only_if.holds"
    ]


def test_two_questions_have_two_numbers() -> None:
    assert faults(form(CHOICE, question("2"), question("1"))) == [("fields.2.number", "'1' is another question's")]


WORDS = {
    "the authority's portal": "le portail",
    "2023": "2023",
    "A": "A",
    "Question 1": "Question 1 en français",
    "Mind this.": "Attention.",
    "Red": "Rouge",
    "Blue": "Bleu",
}


def test_a_form_in_several_languages_has_the_words_of_each() -> None:
    noted = CHOICE | {"note": "Mind this."}
    read = AuthorityPlaybook.model_validate(form(noted, languages=["en", "fr"], translations={"fr": WORDS}))
    french = read.in_language("fr")
    assert (french.channel, french.portal) == ("le portail", "authority.example")
    assert (french.fields[0].label, french.fields[0].note) == ("Question 1 en français", "Attention.")
    assert [(option.label, option.code) for option in french.options["colours"]] == [("Rouge", "a"), ("Bleu", "b")]
    assert read.in_language("en") is read
    assert read.fields[0].label == "Question 1"


def test_words_that_a_language_lacks_are_named() -> None:
    short = {text: words for text, words in WORDS.items() if text != "Blue"}
    assert faults(form(CHOICE, languages=["en", "fr"], translations={"fr": short})) == [
        ("translations.fr", "has no words for 'Blue'")
    ]
    assert len(faults(form(CHOICE, languages=["en", "fr"]))) == 6


def test_without_a_word_a_form_is_filed_under_the_gdpr_and_belongs_to_no_country() -> None:
    data = {key: value for key, value in form(CHOICE).items() if key not in {"duties", "country"}}
    read = AuthorityPlaybook.model_validate(data)
    assert (read.duties.first, read.duties.rest, read.country) == ("gdpr-33-1", "gdpr-33-4", None)
