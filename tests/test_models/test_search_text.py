"""What a search looks in: everything recorded in words, each piece once, and no figure."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.dossier import FACTS
from models.fact_kinds import FactKind, fact_kind
from models.journal import EntryKind
from models.search_text import search_text
from tests.builders import decided, incident, recorded, sent

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=12).map(
    lambda text: f"x{text}"
)
TEXT_FACTS = st.sampled_from([name for name in FACTS if fact_kind(name) is FactKind.TEXT])
AT = "2026-10-24T07:00:00Z"


@st.composite
def sayings(draw: st.DrawFn) -> tuple[EntryKind, dict[str, Any]]:
    """Return an entry that records generated words in each text that it can hold."""
    fact, words = draw(TEXT_FACTS), draw(st.lists(WORDS, min_size=4, max_size=4))
    one, two, three, four = words
    of_customer = {"id": "acme", "name": "Acme", "facts": {fact: one}}
    duty = {"title": one, "from": two, "to": three, "source": four, "basis": "contract"}
    possible: list[tuple[EntryKind, dict[str, Any]]] = [
        recorded({"facts": {fact: one}}, source=two),
        recorded({}, without_value=[fact], certainty="not-applicable", why=one),
        recorded({"customers": [of_customer]}, source=two),
        recorded({"moments": {"aware": [{"at": AT, "why": one}]}}, source=two),
        recorded({"moments": {"contained": AT}}, correcting=one),
        sent("gdpr-33-1", AT, to=one, channel=two, reference=three, because=four),
        decided("risk", because=one, dpo_advice=two),
        (EntryKind.NOTED, {"text": one, "at": AT, "party": two, "channel": three}),
        (EntryKind.DUTY_ADDED, duty | {"period": {"unit": "soft", "phrase": "promptly"}}),
        (EntryKind.LINKED, {"other": one}),
        (EntryKind.CLOSED, {"because": one}),
        (EntryKind.REOPENED, {"because": one}),
    ]
    return possible[draw(st.integers(0, len(possible) - 1))]


def words_in(value: Any) -> set[str]:
    """Return the generated words among the leaves of plain JSON."""
    if isinstance(value, dict):
        return {word for one in value.values() for word in words_in(one)}
    if isinstance(value, list):
        return {word for one in value for word in words_in(one)}
    return {value} if isinstance(value, str) and value.startswith("x") else set()


@given(st.lists(sayings(), max_size=8))
def test_whatever_was_recorded_stands_on_a_line_of_its_own_and_once(bodies: list[tuple[EntryKind, Any]]) -> None:
    lines = search_text(incident({"title": "Leak"}, *bodies), None).split("\n")
    assert lines[:2] == ["INC-2026-0001", "Leak"]
    assert words_in([body for _, body in bodies]) <= set(lines)
    assert len(lines) == len(set(lines))
    assert "" not in lines


def test_figures_and_yes_and_no_are_no_words() -> None:
    facts = {
        "subjects_count": {"min": 7, "approximate": True},
        "records_count": {"unknown": True},
        "data_unintelligible": True,
        "people_by_country": {"LU": {"value": 9}, "FR": {"unknown": True}},
        "breach_types": ["confidentiality", "integrity"],
        "other_parties": [{"name": "Nimbus", "role": "host"}, {"name": "Cirrus"}],
    }
    assert search_text(incident({"title": "Leak", "facts": facts}), "Kavkom").split("\n") == [
        "INC-2026-0001",
        "Leak",
        "Kavkom",
        "confidentiality",
        "integrity",
        "LU 9, FR not known",
        "Nimbus, host",
        "Cirrus",
    ]


def test_a_piece_keeps_its_line_breaks() -> None:
    noted = (EntryKind.NOTED, {"text": "first\n\nsecond", "at": AT})
    assert search_text(incident({"title": "Leak"}, noted), None) == "INC-2026-0001\nLeak\nfirst\n\nsecond"
