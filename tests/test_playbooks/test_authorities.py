"""The forms that ship: whole, sourced, each key of ours given an option or said to have none."""

import re
import string
from collections.abc import Iterator
from datetime import date
from itertools import groupby

import pytest

from models.authority import AuthorityPlaybook, FormField
from models.periods import Period, Unit
from models.vocabulary import Confidence
from playbooks.loader import rules_from_texts
from playbooks.texts import shipped_texts
from tests.vocabularies import VOCABULARIES

FORMS = rules_from_texts(shipped_texts()).authorities

BESIDE = {
    "fact:not_informed_reason": {
        "no_high_risk",
        "art34_3_a_protected",
        "art34_3_b_mitigated",
        "art34_3_c_disproportionate_public_notice",
        "national_exemption",
    },
    "fact:data_unintelligible": {"yes", "no"},
    "notification-type": {"initial", "complete", "follow-up", "withdrawal"},
    "new-or-follow-up": {"new", "follow-up"},
    "completeness": {"complete", "incomplete", "withdrawal"},
    "identifier-type": {"company_number", "vat_number"},
    "contact-role": {"dpo", "legal_representative", "other"},
    "further-contact": {"dpo", "reporting_person", "other"},
    "period": {"one_day", "several_days"},
    "discovered-by": {"processor"},
    "precision:subjects_count": {"exact", "approximate", "unknown"},
    "precision:records_count": {"exact", "approximate", "unknown"},
    "risk": {"high", "risk", "unlikely"},
    "high-risk": {"yes", "no"},
    "communication": {"informed", "planned", "undecided", "not_informed_no_high_risk", "not_informed_exempted"},
    "communication-and-risk": {
        "informed_high_risk",
        "informed_no_high_risk",
        "planned",
        "undecided",
        "not_informed_no_high_risk",
    },
    "all-informed": {"all", "not_all"},
    "other-bodies-involved": {"yes", "no"},
    "outside-eea": {"no"},
    "cross-border-in-eea": {"no"},
    "named:police_report": {"yes", "no", "unknown"},
    "named:other_regulators": {"yes", "no", "unknown"},
}
"""The keys that an answer can have, where its options are no vocabulary of the record."""


def questions(form: AuthorityPlaybook) -> Iterator[FormField]:
    """The questions of a form that offer options."""
    return (question for question in form.fields if question.list is not None)


def keys_of(form: AuthorityPlaybook, answer: str) -> set[str]:
    """The keys of ours that some question with an answer gives an option, or says to have none for."""
    asked = [question for question in questions(form) if question.answers == answer]
    keys = {option.key for question in asked for option in form.options_of(question) if option.key}
    return keys | {key for question in asked for key in question.no_option_for}


def vocabulary_of(answer: str) -> set[str] | None:
    if answer == "data":
        return {key.value for name in ("data_categories", "special_categories") for key in VOCABULARIES[name]}
    members = VOCABULARIES.get(answer.removeprefix("fact:"))
    return {member.value for member in members} if members else None


def test_the_forms_that_there_are() -> None:
    assert {form.id: (form.country, form.languages, len(form.fields)) for form in FORMS.values()} == {
        "ap": ("NL", ("nl",), 50),
        "cnil": ("FR", ("fr",), 57),
        "edpb": (None, ("en",), 100),
        "eprivacy-611": (None, ("en", "fr"), 20),
        "garante": ("IT", ("it",), 58),
        "ico": ("GB", ("en",), 37),
        "imy": ("SE", ("sv",), 39),
    }


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_form_says_when_it_was_checked_and_how_a_list_of_parties_calls_it(form: AuthorityPlaybook) -> None:
    assert {document.checked_on for document in form.documents} == {date(2026, 11, 21)}
    assert set(form.names) >= set(form.languages) | {"en"}
    assert form.form_version
    assert form.channel
    assert form.portal


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_key_of_ours_has_an_option_or_is_said_to_have_none(form: AuthorityPlaybook) -> None:
    for answer in {question.answers for question in questions(form) if question.answers}:
        known = vocabulary_of(answer)
        if known is not None:
            assert keys_of(form, answer) - {"unknown"} == known - {"unknown"}, answer
            assert "unknown" not in known or "unknown" in keys_of(form, answer), answer
        elif answer in BESIDE:
            possible = BESIDE[answer]
            assert keys_of(form, answer) >= possible, answer


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_what_no_option_says_has_a_note_that_says_what_to_do(form: AuthorityPlaybook) -> None:
    for question in form.fields:
        assert not question.no_option_for or question.note, question.number
        offered = {option.key for option in form.options_of(question)}
        assert offered.isdisjoint(question.no_option_for), question.number
        assert question.answers or question.note, question.number


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_the_nearest_option_is_our_reading(form: AuthorityPlaybook) -> None:
    for name, options in form.options.items():
        keys = [option.key for option in options if option.key]
        assert len(keys) == len(set(keys)), name
        for option in options:
            assert not (option.nearest and option.confidence is Confidence.CHECKED), (name, option.key)
            assert option.key or not option.nearest


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_list_is_used_and_the_sections_hang_together(form: AuthorityPlaybook) -> None:
    assert {question.list for question in questions(form)} == set(form.options)
    sections = [name for name, _ in groupby(question.section for question in form.fields)]
    assert len(sections) == len(set(sections))


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_the_reasons_for_a_delay_are_asked_of_a_late_notification_only(form: AuthorityPlaybook) -> None:
    late = [question.answers for question in form.fields if question.only_if_late]
    reasons = [question.answers for question in form.fields if (question.answers or "").endswith(":delay_reasons")]
    assert late == reasons
    assert len(late) == (0 if form.id == "eprivacy-611" else 1)


AT_ONCE = re.compile(
    r"notification-type|new-or-follow-up|completeness|previous-reference|laws|address|organisation:(?!main).*|contact.*|reach:.*"
    r"|dpo-designated|further-contact|eea-representative|words:contact_point|discovered|awareness|.*:delay_reasons"
    r"|fact:breach_types|(fact|words):description|texts:description\+systems_affected"
)
"""What identifies the breach and who reports it: no notification can leave that for later (Art. 33(4) GDPR)."""

BY_HAND = {("edpb", "5"), ("edpb", "35"), ("garante", "B (PEC)")}
"""What nothing of ours answers and is wanted at once all the same: a withdrawal's reasons, contact details."""


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_what_may_follow_is_what_a_first_notification_can_do_without(form: AuthorityPlaybook) -> None:
    if form.id == "eprivacy-611":
        assert not any(question.later for question in form.fields)  # its second part is a duty of its own
        return
    for question in form.fields:
        at_once = bool(AT_ONCE.fullmatch(question.answers or "")) or (form.id, question.number) in BY_HAND
        at_once = at_once and (form.id, question.number) != ("edpb", "59")
        if question.required:
            assert question.later != at_once, question.number


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_what_art_33_3_asks_is_required_by_every_form(form: AuthorityPlaybook) -> None:
    required = " ".join(question.answers or "" for question in form.fields if question.required)
    for fact in ("description", "subjects_count", "data", "measures_remedy", "contact", "organisation:name"):
        assert fact in required, fact


@pytest.mark.parametrize(
    ("form", "duties", "complement"),
    [
        ("ap", ("gdpr-33-1", "gdpr-33-4"), None),
        ("cnil", ("gdpr-33-1", "gdpr-33-4"), Period(Unit.HOURS, 72)),
        ("edpb", ("gdpr-33-1", "gdpr-33-4"), None),
        ("eprivacy-611", ("eprivacy-611-initial", "eprivacy-611-second"), None),
        ("garante", ("gdpr-33-1", "gdpr-33-4"), None),
        ("ico", ("uk-gdpr-33", "uk-gdpr-33-4"), None),
        ("imy", ("gdpr-33-1", "gdpr-33-4"), Period(Unit.WEEKS, 4)),
    ],
)
def test_what_is_notified_on_a_form_and_the_authoritys_own_time_for_the_rest(
    form: str, duties: tuple[str, str], complement: Period | None
) -> None:
    found = FORMS[form]
    assert (found.duties.first, found.duties.rest) == duties
    assert (found.complement.period.as_period() if found.complement else None) == complement


@pytest.mark.parametrize(
    ("form", "number", "label", "confidence"),
    [
        ("ap", "4.2", "Wanneer is het incident ontdekt?", "checked"),
        ("ap", "5.2", "Aard van het incident", "checked"),
        ("ap", "10.1.6", "Waarom ziet u af van het melden van het datalek aan de betrokkenen?", "unconfirmed"),
        ("imy", "13", "När upphörde incidenten?", "checked"),
        ("imy", "26", "Vilken sorts personuppgifter har incidenten drabbat?", "checked"),
        ("imy", "(22)", "Hur många registrerade berörs?", "unconfirmed"),
        ("garante", "C4", "In caso di notifica oltre le 72 ore, quali sono i motivi del ritardo?", "unconfirmed"),
        ("garante", "C7", "Causa della violazione", "checked"),
        ("ico", "1.1", "ICO case reference", "checked"),
        ("edpb", "49", "Reasons for late notification of the personal data breach", "checked"),
        ("edpb", "97", "Has the personal data breach been communicated to data subjects?", "checked"),
        ("eprivacy-611", "8", "Relevant use of other providers (where applicable)", "checked"),
    ],
)
def test_a_question_in_the_authoritys_own_words(form: str, number: str, label: str, confidence: str) -> None:
    (question,) = [one for one in FORMS[form].fields if one.number == number]
    assert (question.label, question.confidence.value) == (label, confidence)


@pytest.mark.parametrize(
    ("form", "name", "key", "label"),
    [
        ("ap", "breach_types", "availability_temporary", "Persoonsgegevens tijdelijk niet beschikbaar"),
        ("ap", "incident_origin", "verbal_disclosure", "Overig"),
        ("ap", "data_categories", "national_id", "Burgerservicenummer (BSN)"),
        ("imy", "data", "secrecy_protected", "Uppgifter som omfattas av sekretess"),
        ("garante", "incident_cause", "external_malicious", "Azione intenzionale esterna"),
        ("garante", "harms", "third_party_knowledge", "Conoscenza da parte di terzi non autorizzati"),
        ("ico", "subject_categories", "minors", "Children"),
        (
            "edpb",
            "incident_origin",
            "cc_instead_of_bcc",
            "Sending email to multiple recipients without blind copy / with open distribution list",
        ),
    ],
)
def test_an_option_in_the_authoritys_own_words(form: str, name: str, key: str, label: str) -> None:
    assert [option.label for option in FORMS[form].options[name] if option.key == key] == [label]


def test_the_common_template_has_its_own_field_names_and_letters() -> None:
    edpb = FORMS["edpb"]
    assert [question.key for question in edpb.fields] == [f"field_{question.number}" for question in edpb.fields]
    numbers = [int(question.number) for question in edpb.fields]
    assert (numbers == sorted(set(numbers)), numbers[0], numbers[-1]) == (True, 3, 126)
    for name, options in edpb.options.items():
        letters = list(dict.fromkeys(option.code for option in options if option.code))
        assert letters == list(string.ascii_lowercase[: len(letters)]), name
    assert len(edpb.options["incident_origin"]) > len(string.ascii_lowercase[:25])


def test_the_fields_of_the_common_template_that_hold_several_values() -> None:
    several = {question.number for question in FORMS["edpb"].fields if question.type == "choices"}
    assert several == {"55", "65", "70", "75", "79", "81", "83", "85", "94", "125"}


def test_the_words_of_the_regulations_annex_in_french() -> None:
    french = FORMS["eprivacy-611"].in_language("fr")
    labels = {question.number: question.label for question in french.fields}
    assert labels["1"] == "Nom du fournisseur"
    assert labels["10"] == "Nombre d'abonnés ou de particuliers concernés"
    assert french.form_version == "annexe I, 24 juin 2013"
    assert [option.label for option in french.options["notification_type"]] == [
        "Première notification",
        "Première notification",
        "Seconde notification",
        "Seconde notification",
    ]
    assert FORMS["eprivacy-611"].in_language("en") is FORMS["eprivacy-611"]
