"""`incident list --search` finds everything that was recorded in words, wherever it was recorded."""

import json
from pathlib import Path

import pytest

from tests.test_incident.command_line import incident

ONE, TWO = "INC-2026-0001", "INC-2026-0002"

RECORD = {
    "ref": "reffed",
    "source": "sourced",
    "title": "titled",
    "summary": "summarised",
    "role": "processor",
    "vendor": {"name": "vendored"},
    "subprocessor": {"name": "subprocessed"},
    "customers": [
        {
            "id": "identified",
            "name": "Customised",
            "contact": "contacted@acme.example",
            "facts": {"measures_before": "customers-own"},
        }
    ],
    "moments": {
        "vendor_told_us": "2026-10-24T07:00:00Z",
        "aware": [{"at": "2026-10-24T08:00:00Z", "why": "awareness"}],
    },
    "facts": {
        "description": "described",
        "systems_affected": "systematic",
        "special_categories": ["health"],
        "people_by_country": {"LU": {"value": 9}},
        "other_parties": [{"name": "partied", "role": "rolled", "contact": "cabled"}],
        "other_dpas": ["Datatilsynet"],
    },
    "regimes": ["dora"],
    "sectors": ["sectorial"],
    "filings": [{"duty": "gdpr-33-2@identified", "at": "2026-10-25T08:00:00Z", "to": "addressed", "reference": "R-77"}],
    "related": ["relating"],
    "tags": ["tagged"],
}

FOUND = {
    "titled": "the title",
    "summarised": "the summary",
    "sourced:reffed": "the source's reference",
    "vendored": "the vendor",
    "subprocessed": "the sub-processor",
    "tagged": "a tag",
    "relating": "a link",
    "dora": "a regime",
    "sectorial": "a sector",
    "Customised": "a customer's name",
    "identified": "a customer's id",
    "contacted@acme.example": "a customer's contact",
    "customers-own": "a customer's fact",
    "customers-source": "where a customer's fact comes from",
    "described": "a fact",
    "redescribed": "a fact's later value",
    "describer": "a fact's source",
    "inapplicable": "why a fact does not apply",
    "health": "an option of a fact",
    "LU": "a country with its people",
    "partied": "another party",
    "rolled": "another party's role",
    "cabled": "another party's contact",
    "Datatilsynet": "another authority",
    "awareness": "why we count as aware",
    "detector": "a moment's source",
    "mistyped": "why a moment was corrected",
    "noted": "a note",
    "colleague": "a note's party",
    "switchboard": "a note's channel",
    "addressed": "whom a record's filing went to",
    "R-77": "a record's filing's number",
    "recipient": "who was told",
    "pigeon": "a filing's channel",
    "N-4711": "a filing's number",
    "belated": "why a filing was late",
    "proof.txt": "the name of the evidence",
    "recalled": "why a filing was withdrawn",
    "undecided": "an earlier decision's reasons",
    "reasoned": "a decision's reasons",
    "director": "who decided",
    "advised": "the DPO's advice",
    "insured-duty": "an added duty",
    "insurer": "whom an added duty is owed to",
    "debtor": "who owes an added duty",
    "policy-letter": "what an added duty rests on",
    "clause-9": "where in it",
    "forthwith": "an added duty's soft term",
    "dropping": "why it was dropped",
    "closing-words": "why it was closed",
    "reopening-words": "why it was reopened",
}
"""A word of each kind, and where it was recorded."""

NOT_RECORDED = ("searchable", "redescribed titled elsewhere")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A store with words in every place that takes any, and with another incident; return what names it."""
    folder = tmp_path_factory.mktemp("search")
    where = ["--store", str(folder / "a.db"), "--settings", str(folder / "none.toml"), "--now", "2026-10-25T12:00Z"]
    duty = "gdpr-33-2@identified"
    (folder / "proof.txt").write_text("sent")

    def did(*arguments: str, piped: bytes = b"") -> None:
        assert incident(*arguments, *where, "--actor", "anna", piped=piped).code == 0

    did("open", "--from", "-", piped=json.dumps(RECORD).encode())
    did("open", "--title", "Another", "personal_data=false")
    did("set", ONE, "facts.description=redescribed", "--source", "describer")
    did("set", ONE, "customers.identified.facts.harms=fraud", "--source", "customers-source")
    did("set", ONE, "facts.informed_content", "--not-applicable", "inapplicable")
    did("set", ONE, "moments.detected=2026-10-23T10:00Z", "--source", "detector")
    did("set", ONE, "moments.contained=2026-10-24T10:00Z", "--correcting", "mistyped")
    did("note", ONE, "noted", "--party", "colleague", "--channel", "switchboard")
    sent = ("--at", "2026-10-25T09:00Z", "--reference", "N-4711")
    said = ("--to", "recipient", "--channel", "pigeon", "--because", "belated", "--evidence", str(folder / "proof.txt"))
    did("sent", ONE, duty, *sent, *said)
    did("sent", ONE, duty, *sent, "--withdrawn", "--because", "recalled")
    did("decide", ONE, "--risk", "unlikely", "--because", "undecided")
    did("decide", ONE, "--risk", "risk", "--because", "reasoned", "--by", "director", "--dpo-advice", "advised")
    added = ("--title", "insured-duty", "--to", "insurer", "--from", "debtor", "--soft", "forthwith")
    did("duty", "add", ONE, *added, "--source", "policy-letter", "--place", "clause-9")
    did("duty", "drop", ONE, "added:1", "--because", "dropping")
    did("close", TWO, "--because", "closing-words")
    did("reopen", TWO, "--because", "reopening-words")
    return where


def found(word: str, place: list[str]) -> list[str]:
    return [one["incident"] for one in incident("list", "--search", word, "--json", *place).json["incidents"]]


@pytest.mark.parametrize("word", FOUND, ids=lambda word: FOUND[word])
def test_each_kind_of_recorded_words_is_found(place: list[str], word: str) -> None:
    assert found(word, place) == [TWO if word.endswith("ing-words") else ONE]


@pytest.mark.parametrize("word", NOT_RECORDED)
def test_what_was_not_recorded_is_not(place: list[str], word: str) -> None:
    assert found(word, place) == []


def test_nor_before_it_was_recorded(place: list[str]) -> None:
    assert found("tagged", [*place, "--as-known-at", "2020-01-01T00:00Z"]) == []


def test_a_board_made_by_a_program_that_recorded_other_rows_is_made_anew_once(
    place: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ["--store", str(tmp_path / "a.db"), *place[2:]]
    with monkeypatch.context() as older:
        older.setattr("incident.board.search_text", lambda incident, _vendor: incident.title)
        older.setattr("incident.staged.ROW_FORM", 1)
        incident("open", "--title", "Old", "--vendor", "kavkom", "tags=nightly", *here)
        assert found("nightly", here) == []
    entries = incident("verify", "--json", *here).json["entries"]
    assert found("nightly", here) == [ONE]
    assert incident("verify", "--json", *here).json["entries"] == entries

    def never(*_: object) -> None:
        raise AssertionError("it was made anew again")

    monkeypatch.setattr("incident.bring_into_force.board_row", never)
    assert found("nightly", here) == [ONE]
