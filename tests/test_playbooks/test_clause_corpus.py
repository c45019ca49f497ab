"""The reader of contracts on clauses that it was not written from: seven languages, with and without a deadline."""

from collections import Counter
from typing import Any

import pytest

from incident.contract_document import contract_document
from playbooks.reader.reader import read_contract
from tests.test_playbooks.clause_cases import FOLDER, Case, cases, clause_files
from tests.test_playbooks.clause_scoring import Reading, folded, invents_a_deadline, verdicts

CASES = cases()
MISSED = frozenset(
    {
        "de/bemueht-sich",
        "de/ohne-schuldhaftes-zoegern",
        "en/discovery-named-parties",
        "en/immediately-in-terms-of-service",
        "en/words-and-digits-full-contents",
        "es/a-la-mayor-brevedad",
        "fr/sans-delai",
        "fr/soupcon-raisonnable",
        "it/nel-piu-breve-tempo-possibile",
        "it/quarantotto-ore",
        "nl/eerste-melding-en-rapport",
        "nl/herstel",
        "nl/vermoeden",
        "nl/zo-mogelijk",
        "sv/omgaende-i-villkor",
    }
)
"""What the reader does not get right yet, in one field or several; never a deadline that is not there."""

every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def read(case: Case) -> Reading:
    """What the reader makes of a case: the one place that knows the reader."""
    return contract_document(read_contract(case.text.encode(), "clause.txt"), explained=False)


@pytest.mark.parametrize("name", CASES)
def test_the_reader_finds_what_a_careful_reading_finds(name: str) -> None:
    case = CASES[name]
    wrong = [field for field, right in verdicts(case, read(case)).items() if not right]
    if name in MISSED:
        assert wrong, "it is read right by now: take it off the list of what is missed"
    else:
        assert wrong == [], case.why


@every_case
def test_the_reader_never_states_a_hard_deadline_that_the_text_does_not_give(case: Case) -> None:
    reading = read(case)
    assert not invents_a_deadline(case, reading), f"{case.why} It read {reading['primary']['matched']!r}."


def test_nine_cases_of_ten_are_read_right_in_every_field() -> None:
    assert set(CASES) >= MISSED
    assert len(MISSED) * 10 < len(CASES)


def test_the_corpus_covers_every_language_and_is_a_third_without_a_deadline() -> None:
    languages = Counter(name.partition("/")[0] for name in CASES)
    without = Counter(name.partition("/")[0] for name, case in CASES.items() if case.expect.none)
    assert set(languages) == {"en", "fr", "it", "nl", "de", "es", "sv"}
    assert languages.total() >= 120
    assert all(without[language] >= 8 for language in languages)
    assert without.total() * 3 >= languages.total()


def test_a_case_has_a_name_and_a_text_of_its_own() -> None:
    files = clause_files()
    assert len(CASES) == sum(len(file.case) for file in files)
    assert len({folded(case.text) for case in CASES.values()}) == len(CASES)
    assert [file.language for file in files] == sorted(path.stem for path in FOLDER.glob("*.toml"))


@every_case
def test_the_words_expected_of_a_reading_are_in_the_text(case: Case) -> None:
    expect = case.expect
    periods = (*expect.readings, *([expect.primary] if expect.primary else []))
    words = (expect.channel, expect.place, *expect.exclusions, *(period.phrase for period in periods))
    assert [word for word in words if word and folded(word) not in folded(case.text)] == []


@every_case
def test_a_perfect_reading_is_right_in_every_field_and_an_empty_one_in_none_it_owes(case: Case) -> None:
    assert all(verdicts(case, perfect_reading(case)).values())
    assert not invents_a_deadline(case, perfect_reading(case))
    assert verdicts(case, EMPTY)["deadline"] is (case.expect.primary is None)


@every_case
def test_one_hour_too_many_is_an_invented_deadline(case: Case) -> None:
    primary = case.expect.primary
    amount = (primary.amount or 0) + 1 if primary else 72
    assert invents_a_deadline(
        case, EMPTY | {"primary": {"unit": "hours", "amount": amount, "phrase": None, "hard": True}}
    )


EMPTY: dict[str, Any] = {
    "languages": [],
    "primary": None,
    "readings": [],
    "contents": [],
    "exclusions": [],
    "channel": None,
    "notifies_authority_itself": False,
    "governing_law": None,
}


def perfect_reading(case: Case) -> dict[str, Any]:
    """The document that would answer a case to the letter."""
    expect = case.expect
    said = expect.model_dump(by_alias=True, exclude_none=True, exclude={"none", "without_value", "primary"})
    law = {"governing_law": None} if expect.governing_law == "none" else {}
    primary = expect.primary and {**expect.primary.model_dump(by_alias=True), "place": expect.place}
    readings = [period.model_dump() for period in expect.readings]
    return EMPTY | said | law | {"primary": primary, "readings": readings}
