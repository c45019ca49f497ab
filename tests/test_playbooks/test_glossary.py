"""The legal terms per language."""

import pytest

from playbooks.glossary import glossary


@pytest.mark.parametrize("language", ["en", "fr", "it", "nl", "sv"])
def test_every_term_has_a_form_in_every_language_of_the_notices(language: str) -> None:
    assert [term for term, forms in glossary().terms.items() if not forms.get(language)] == []


@pytest.mark.parametrize(
    ("term", "language", "form"),
    [
        ("controller", "fr", "responsable du traitement"),
        ("controller", "it", "titolare del trattamento"),
        ("controller", "es", "responsable del tratamiento"),
        ("processor", "it", "responsabile del trattamento"),
        ("processor", "fr", "sous-traitant"),
        ("sub_processor", "fr", "sous-traitant ultérieur"),
        ("personal_data_breach", "nl", "inbreuk in verband met persoonsgegevens"),
        ("notification", "it", "notifica"),
        ("communication", "it", "comunicazione"),
        ("without_undue_delay_33", "nl", "zonder onredelijke vertraging"),
        ("without_undue_delay_34", "nl", "onverwijld"),
        ("without_undue_delay_33", "sv", "utan onödigt dröjsmål"),
        ("supervisory_authority", "sv", "tillsynsmyndighet"),
    ],
)
def test_the_form_to_write_comes_first(term: str, language: str, form: str) -> None:
    assert glossary().terms[term][language][0] == form


def test_the_same_word_is_the_controller_in_one_language_and_the_processor_in_another() -> None:
    meanings = {(friend.word, friend.language): friend.means for friend in glossary().false_friends}
    assert meanings["responsable", "fr"] == meanings["responsable", "es"] == "controller"
    assert meanings["responsabile", "it"] == "processor"
    assert meanings["subcontractor", "en"].startswith("processor")
    assert meanings["Werktag", "de"] == meanings["jour ouvrable", "fr"]


def test_no_form_stands_for_both_the_controller_and_the_processor_in_one_language() -> None:
    terms = glossary().terms
    for language, forms in terms["controller"].items():
        assert not set(forms) & set(terms["processor"][language])
