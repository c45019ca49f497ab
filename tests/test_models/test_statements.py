"""What a source said and what a person recorded since: repeats, rivals, and what takes the place of what."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from models.journal import Entry, EntryKind
from models.statements import Change, changes_told, rivals, without_repeats
from tests.builders import entries, recorded

Said = tuple[EntryKind, Mapping[str, Any]]


def acme(**said: Any) -> dict[str, Any]:
    return {"customers": [{"id": "acme", **said}]}


def opened(record: Mapping[str, Any]) -> Said:
    return EntryKind.OPENED, {"record": {"title": "T", **record}}


def imported(changes: Mapping[str, Any]) -> Said:
    return EntryKind.IMPORTED, {"changes": changes, "record": {}}


def journal(*said: Said) -> list[Entry]:
    return entries(said)


OLD, NEW, MINE = {"value": 1}, {"value": 2}, {"value": 3}
PARTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "title": lambda value: {"title": value},
    "facts.subjects_count": lambda value: {"facts": {"subjects_count": value}},
    "place.zone": lambda value: {"place": {"zone": value}},
    "customers.acme.contact": lambda value: acme(contact=value),
    "customers.acme.facts.subjects_count": lambda value: acme(facts={"subjects_count": value}),
}


@pytest.mark.parametrize("key", PARTS)
def test_what_the_source_said_before_a_correction_is_a_repeat(key: str) -> None:
    part = PARTS[key]
    known = journal(opened(part(OLD)), imported(part(NEW)), recorded(part(MINE)))
    assert without_repeats(known, part(OLD)) == {}
    assert without_repeats(known, part(NEW)) == {}
    assert without_repeats(known, part({"value": 4})) == part({"value": 4})
    assert changes_told(known, part({"value": 4})) == (Change(key, MINE, {"value": 4}, corrected=True),)


@pytest.mark.parametrize("key", PARTS)
def test_without_a_correction_a_source_may_go_back_on_what_it_said(key: str) -> None:
    part = PARTS[key]
    known = journal(opened(part(OLD)), imported(part(NEW)))
    assert without_repeats(known, part(OLD)) == part(OLD)
    assert changes_told(known, part(OLD)) == (Change(key, NEW, OLD),)


def test_what_is_said_anew_beside_a_repeat_is_kept() -> None:
    known = journal(opened(acme(name="Acme", contact="a")), imported(acme(contact="b")), recorded(acme(contact="c")))
    said = {**acme(contact="a", language="fr"), "summary": "More", "filings": [{"duty": "gdpr-33-1"}]}
    assert without_repeats(known, said) == {**said, **acme(language="fr")}


def test_a_correction_may_be_that_a_fact_is_not_known() -> None:
    unknown = (EntryKind.RECORDED, {"changes": {}, "without_value": ["description"], "certainty": "unknown"})
    known = journal(opened({"facts": {"description": "A"}}), unknown)
    assert without_repeats(known, {"facts": {"description": "A"}}) == {}
    assert changes_told(known, {"facts": {"description": "B"}}) == (
        Change("facts.description", None, "B", corrected=True),
    )


def test_a_moment_that_duties_run_from_gives_way_to_none() -> None:
    moments = {"moments": {"aware": "a", "resolved": "a"}}
    known = journal(opened({}), recorded(moments))
    told = changes_told(known, {"moments": {"aware": "b", "resolved": "b"}, "filings": [{"duty": "x"}]})
    assert [change.key for change in told] == ["moments.aware", "moments.resolved", "filings"]
    assert [change.key for change in rivals(told)] == ["moments.resolved"]
