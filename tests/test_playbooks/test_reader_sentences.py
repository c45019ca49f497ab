"""What the reader makes of single sentences in its seven languages: `reader_sentences.toml`."""

import tomllib
from pathlib import Path

import pytest

from playbooks.reader.lexicon import LANGUAGES
from playbooks.reader.reader import read_contract

SENTENCES = tomllib.loads(Path(__file__).with_name("reader_sentences.toml").read_text("utf-8"))


def cases(kind: str) -> list[object]:
    return [pytest.param(one, id=f"{one['language']}: {one['text'][:60]}") for one in SENTENCES[kind]]


@pytest.mark.parametrize("case", cases("hard"))
def test_a_promised_number_is_read(case: dict[str, str]) -> None:
    reading = read_contract(case["text"].encode(), "x")
    assert reading.languages == (case["language"],)
    assert reading.primary is not None
    assert (f"{reading.primary.amount} {reading.primary.unit}", reading.primary.hard) == (case["reads"], True)


@pytest.mark.parametrize("case", cases("soft"))
def test_soft_words_aims_and_open_choices_give_no_promised_number(case: dict[str, str]) -> None:
    reading = read_contract(case["text"].encode(), "x").primary
    assert reading is not None
    assert not reading.hard
    said = {
        "unfilled": "filled in" in " ".join(reading.why) or "nobody has made" in " ".join(reading.why),
        "contradiction": "two different numbers" in " ".join(reading.why),
    }
    assert said.get(case["reads"], case["reads"] in {reading.phrase, f"{reading.amount} {reading.unit}"})


@pytest.mark.parametrize("case", cases("none"))
def test_what_is_no_breach_clause_is_not_taken_for_one(case: dict[str, str]) -> None:
    reading = read_contract(case["text"].encode(), "x")
    assert reading.primary is None
    assert reading.gaps[0] == "no breach clause: Art. 33(2) applies"


@pytest.mark.parametrize("case", cases("trap"))
def test_no_number_is_promised_that_the_text_does_not_promise(case: dict[str, str]) -> None:
    assert [one for one in read_contract(case["text"].encode(), "x").readings if one.hard] == []


def test_every_language_has_its_sentences() -> None:
    for kind in ("hard", "soft", "none", "trap"):
        assert {one["language"] for one in SENTENCES[kind]} == set(LANGUAGES)
