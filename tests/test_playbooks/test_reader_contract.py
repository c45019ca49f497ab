"""A whole contract read: places, spans, contents, document, gaps, and the playbook drafted from it."""

import time
import tomllib
from datetime import date

import pytest

from models.playbook import VendorPlaybook
from playbooks.loader import check_playbook, is_draft
from playbooks.reader.clauses import paragraphs, sentences
from playbooks.reader.deadlines import counted_terms
from playbooks.reader.draft import drafted, vendor_id
from playbooks.reader.languages import languages_of
from playbooks.reader.lexicon import LANGUAGES, lexicon, small_words
from playbooks.reader.phrases import Phrases
from playbooks.reader.reader import read_contract
from playbooks.reader.reading import ContractReading, Found
from playbooks.reader.text import Text
from tests.test_playbooks.contract_files import AGREEMENT

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def reading() -> ContractReading:
    return read_contract(AGREEMENT.encode(), "acme-dpa.md")


def value(found: Found | None) -> str | None:
    return found.value if found else None


def test_the_clock_is_read_with_its_place_and_its_words(reading: ContractReading) -> None:
    one = reading.primary
    assert one is not None
    assert (one.unit, one.amount, one.hard, one.phrase) == ("hours", 24, True, "without undue delay")
    assert (one.trigger, one.scope, one.teller, one.told) == ("aware", "suspected", "vendor", "customer")
    assert (one.place, one.confidence) == ("6.1 Personal data breaches", "high")
    assert one.matched == "within 24 hours of becoming aware"
    assert AGREEMENT[slice(*one.span)] == one.matched
    assert one.why[0] == "the vendor tells its customer"


def test_what_else_the_contract_says_is_read(reading: ContractReading) -> None:
    assert [one.value for one in reading.contents] == [
        "nature",
        "subject_categories",
        "subjects_count",
        "likely_consequences",
        "measures",
    ]
    assert [one.value for one in reading.exclusions] == [
        "This clause shall not apply to security incidents caused by the Controller."
    ]
    assert value(reading.channel) == "by e-mail"
    assert value(reading.notifies_authority_itself) == "false"
    assert value(reading.governing_law) == "IE"
    assert value(reading.contact) == "dpo@acme.example"
    assert (value(reading.version), value(reading.dated)) == ("2.1", "3 March 2026")
    assert value(reading.prevailing_language) == "en"
    for found in (*reading.contents, reading.channel, reading.governing_law, reading.contact):
        assert found is not None
        assert " ".join(AGREEMENT[slice(*found.span)].split()) == found.matched


def test_what_is_missing_is_said(reading: ContractReading) -> None:
    assert reading.gaps == ("contents lack the categories of data, the number of records, a contact point",)


def test_every_other_time_is_a_candidate_with_its_reason(reading: ContractReading) -> None:
    refused = {one.matched: one.reason for one in reading.candidates if not one.taken}
    assert "30 days" in refused
    assert "sub-process" in refused["30 days"]


def test_nothing_found_is_said_plainly() -> None:
    reading = read_contract(b"The customer pays within 30 days. This agreement is governed by the laws of France.", "x")
    assert (reading.primary, reading.readings) == (None, ())
    assert reading.gaps[0] == "no breach clause: Art. 33(2) applies"
    assert value(reading.governing_law) == "FR"


def test_the_law_of_standard_clauses_is_not_that_of_the_document() -> None:
    text = "Under Clause 17 of the Standard Contractual Clauses these are governed by the laws of Ireland."
    assert read_contract(text.encode(), "x").governing_law is None


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("This agreement shall be governed by the laws of the State of California, United States.", "US-CA"),
        ("These terms are governed by the laws of the Province of Ontario and the laws of Canada.", "CA-ON"),
        ("La présente convention est régie par le droit français et interprétée selon celui-ci.", "FR"),
        ("Il presente contratto è disciplinato dalla legge italiana e le parti lo accettano.", "IT"),
        ("Op deze overeenkomst is uitsluitend Nederlands recht van toepassing en geen ander.", "NL"),
        ("Dieser Vertrag unterliegt dem Recht der Bundesrepublik Deutschland und keinem anderen.", "DE"),
        ("El presente contrato se regirá por la legislación española y no por otra.", "ES"),
        ("Svensk rätt ska tillämpas på detta avtal och det är vad som gäller för parterna.", "SE"),
    ],
)
def test_the_governing_law_is_read_in_every_language(text: str, law: str) -> None:
    assert value(read_contract(text.encode(), "x").governing_law) == law


def test_two_clauses_with_two_times_are_both_shown_and_the_shorter_counts() -> None:
    text = (
        "1. Security\nThe Processor shall notify the Controller of a personal data breach within 72 hours.\n\n"
        "2. Breaches\nThe Processor shall notify the Controller of a personal data breach within 36 hours.\n"
    )
    reading = read_contract(text.encode(), "x")
    assert [one.amount for one in reading.readings] == [72, 36]
    assert reading.primary is not None
    assert reading.primary.amount == 36
    assert "several clauses give different times: ask which of them holds" in reading.gaps


def test_a_clause_on_other_incidents_is_not_the_clock_for_personal_data() -> None:
    text = (
        "1. Service\nThe Provider shall notify the Customer of any security incident within 4 hours.\n\n"
        "2. Privacy\nThe Provider shall notify the Customer of a personal data breach without undue delay.\n"
    )
    reading = read_contract(text.encode(), "x")
    assert [(one.amount, one.applies_to) for one in reading.readings] == [
        (4, "security incidents, personal data or not"),
        (None, "personal data breach"),
    ]
    assert reading.primary is not None
    assert reading.primary.amount is None


def test_a_security_incident_that_is_defined_by_personal_data_is_a_personal_data_breach() -> None:
    text = (
        '1. Terms\n"Security Incident" means any loss of, or unauthorised access to, personal data.\n\n'
        "2. Notice\nThe Provider shall notify the Customer of any Security Incident within 4 hours.\n"
    )
    primary = read_contract(text.encode(), "x").primary
    assert primary is not None
    assert (primary.amount, primary.applies_to) == (4, "personal data breach")


def test_the_full_report_has_its_own_time() -> None:
    text = (
        "The Processor shall notify the Controller of a data breach within 24 hours of discovery. "
        "The Processor shall provide the Controller with a written report on it within 5 business days."
    )
    reading = read_contract(text.encode(), "x")
    assert [(one.amount, one.unit, one.applies_to) for one in reading.readings] == [
        (24, "hours", "personal data breach"),
        (5, "working-days", "the full report"),
    ]


def test_aware_and_confirmed_runs_from_the_confirmation() -> None:
    text = "The Processor shall notify the Controller upon becoming aware of and confirming a personal data breach."
    primary = read_contract(text.encode(), "x").primary
    assert primary is not None
    assert primary.trigger == "confirmation"


def test_a_document_in_two_languages_is_read_clause_by_clause() -> None:
    text = (
        "1. Oggetto\nIl Responsabile tratta i dati personali per conto del Titolare secondo le sue istruzioni.\n\n"
        "2. Notice\nThe Processor shall notify the Controller of any personal data breach within 24 hours.\n"
    )
    reading = read_contract(text.encode(), "x")
    assert set(reading.languages) == {"it", "en"}
    assert reading.primary is not None
    assert (reading.primary.amount, reading.primary.language) == (24, "en")


def test_items_of_a_list_know_the_words_that_open_it() -> None:
    text = (
        "The Processor shall:\n- delete the data within 30 days;\n"
        "- notify the Controller of any data breach within 24 hours;\n- pay.\n"
    )
    primary = read_contract(text.encode(), "x").primary
    assert primary is not None
    assert primary.amount == 24
    assert text[slice(*primary.span)] == "within 24 hours"


def test_paragraphs_know_their_number_and_heading() -> None:
    text = "# 6. Breaches\n\n6.1 One thing\nthat goes on here.\n\n6.2 Another:\n- an item\n"
    found = paragraphs(Text(text))
    shown = [(text[one.start : one.end], one.number, len(one.lead)) for one in found]
    assert shown == [
        ("Breaches", "6", 0),
        ("One thing\nthat goes on here.", "6.1", 0),
        ("Another:", "6.2", 0),
        ("an item", "6.2", 1),
    ]
    assert all(one.heading and text[slice(*one.heading)] == "Breaches" for one in found)


def test_sentences_are_not_cut_at_abbreviations() -> None:
    text = "See Art. 33 of the law. Then act."
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "See Art. 33 of the law. ",
        "Then act.",
    ]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("within forty-eight (48) hours", (48, None)),
        ("within 48 (forty-eight) hours", (48, None)),
        ("within one week", (7, None)),
        ("within 24 to 48 hours", (48, None)),
        ("within forty-eight (24) hours", (24, "“forty-eight (24) hours” says two different numbers")),
        ("within 24/48 hours", (None, "“24/48 hours” is a choice nobody has made")),
        ("within [48 hours]", (None, "“[48 hours]” is a choice nobody has made")),
        ("within ___ hours", (None, "“___ hours” is left to be filled in")),
    ],
)
def test_numbers_are_read_in_digits_and_words(words: str, read: tuple[int | None, str | None]) -> None:
    [term] = counted_terms(words, lexicon("en"))
    assert (term.amount, term.fault) == read
    assert term.limits


@pytest.mark.parametrize("words", ["24 hours a day", "at least 30 days before", "for 24 hours", "every 24 hours"])
def test_lengths_and_rhythms_are_no_limits(words: str) -> None:
    assert [one.limits for one in counted_terms(words, lexicon("en"))] == [False]


def test_a_phrase_may_leave_words_open() -> None:
    phrases = Phrases({"a": ["give* … notice"], "b": ["sub-processor"]})
    found = phrases.hits("gives the other party due notice, as a subprocessor or sub processor does")
    assert [(one.kind, one.start) for one in found] == [("a", 0), ("b", 39), ("b", 55)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_loads_and_its_language_is_told(language: str) -> None:
    assert lexicon(language).language == language
    languages, spoken = languages_of([" ".join(sorted(small_words()[language]))])
    assert (languages, spoken) == ([language], [language])


def test_the_draft_is_a_playbook(reading: ContractReading) -> None:
    text = drafted(reading, "acme-dpa", TODAY)
    playbook, faults = check_playbook("acme-dpa.toml", text)
    assert faults == ()
    assert isinstance(playbook, VendorPlaybook)
    assert is_draft(playbook)
    [duty] = playbook.duties
    assert (duty.trigger, duty.scope, duty.period.unit, duty.period.amount) == ("aware", "suspected", "hours", 24)
    assert duty.source.confidence == "unconfirmed"
    assert [fact for one in duty.contents for fact in one.facts] == [
        "breach_types",
        "description",
        "subject_categories",
        "subjects_count",
        "likely_consequences",
        "measures_remedy",
    ]
    assert playbook.governing_law is not None
    assert playbook.governing_law.law == "IE"
    assert [one.email for one in playbook.contacts] == ["dpo@acme.example"]
    assert "30 days" in [one.term for one in playbook.other_terms]
    assert [(one.limits, one.binds) for one in playbook.constraints if one.limits] == [("telling-others", "vendor")]
    assert "# - the vendor tells its customer" in text


def test_an_aim_is_drafted_without_a_clock() -> None:
    text = "The Processor shall, where feasible, notify the Controller of a personal data breach within 48 hours."
    draft = drafted(read_contract(text.encode(), "aim.txt"), "aim", TODAY)
    period = tomllib.loads(draft)["duties"][0]["period"]
    assert period == {"unit": "soft", "phrase": "within 48 hours"}
    assert check_playbook("aim.toml", draft)[1] == ()


def test_a_draft_of_nothing_says_so() -> None:
    draft = drafted(read_contract(b"Nothing about it.", "none.txt"), "none", TODAY)
    playbook, faults = check_playbook("none.toml", draft)
    assert faults == ()
    assert isinstance(playbook, VendorPlaybook)
    assert playbook.duties == ()
    assert "no breach clause: Art. 33(2) applies" in draft


def test_hostile_words_stay_inside_their_string_in_the_draft() -> None:
    text = 'The Processor "\x1b[31m\u202e""" shall notify the Controller of a data breach within 24 hours.\n\n# x"""\n'
    draft = drafted(read_contract(text.encode(), 'a"\n[evil]\x1b.txt'), "evil", TODAY)
    assert check_playbook("evil.toml", draft)[1] == ()
    assert "\x1b" not in draft
    assert "\u202e" not in draft


def test_ids_are_made_of_file_names() -> None:
    assert vendor_id("Contracts/Acme DPA (2026).pdf") == "acme-dpa-2026"
    assert vendor_id("…") == "vendor"


@pytest.mark.parametrize(
    "text",
    [
        "notify " * 6_000,
        "a-" * 20_000,
        "[" * 40_000,
        "shall:\n" * 6_000,
        "the processor shall notify " + "x " * 20_000 + " the controller of a data breach",
        "## Data breach\nThe processor shall notify the customer of a data breach within 24 hours.\n" * 500,
        "<html>" + "<" * 40_000,
        "Ã" * 40_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_no_text_makes_the_reader_slow(text: str) -> None:
    """Forty kilobytes take a few hundredths of a second; a pattern that runs away would take minutes."""
    began = time.perf_counter()
    read_contract(text.encode(), "x")
    assert time.perf_counter() - began < 5
