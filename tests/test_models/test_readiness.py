"""What each term of a contract would cost us, and the grade that follows by our own table."""

from datetime import date
from typing import Any

import pytest

from models.playbook import VendorPlaybook
from models.readiness import Readiness, readiness
from models.readiness_scale import Check, Cost, Grade, Scale, Severity
from tests.test_models.rulebook import clause, hours, soft, source, vendor

TODAY = date(2026, 11, 21)
CONTACT = {"role": "Night desk", "email": "night@acme.example", "use": "Breaches.", "source": source()}
CONTENTS = [{"text": "the data", "source": source()}]
GOOD: dict[str, Any] = {"scope": "suspected", "channel": "by e-mail to breach@us.example", "contents": CONTENTS}
"""A clause that costs nothing, in 24 hours."""

SEVERITIES = {Check.NO_CLAUSE: Severity.SEVERE, Check.NO_NUMBER: Severity.HIGH, Check.GAP: Severity.LOW}
SCALE = Scale(
    about="ours",
    long_after_hours=48,
    old_after_days=365,
    grades=(
        Grade(grade="A", means="best", severe=0, high=0, medium=0),
        Grade(grade="B", means="good", severe=0, high=0, medium=1),
        Grade(grade="C", means="fair", severe=0, high=1, medium=9),
        Grade(grade="D", means="poor", severe=0, high=0, medium=0),
    ),
    findings={
        check: Cost(severity=SEVERITIES.get(check, Severity.MEDIUM), title=check.value, why="why", ask="ask")
        for check in Check
    },
)


def judge(playbook: VendorPlaybook, *ours: str, today: date = TODAY) -> Readiness:
    return readiness(playbook, SCALE, ours or ("breach@us.example",), today)


def of_clause(period: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, str]]:
    """Return what is found in a good clause that was changed in part."""
    playbook = vendor("acme", clause(period or hours(24), **(GOOD | more)), contacts=[CONTACT])
    return [(finding.check.value, finding.said) for finding in judge(playbook).findings]


def test_a_good_clause_costs_nothing() -> None:
    assert of_clause() == []


@pytest.mark.parametrize(
    ("period", "more", "found"),
    [
        (soft("promptly"), {}, ("no-number", "“promptly”")),
        (soft("if possible"), {"aim": hours(24)}, ("best-effort", "“if possible”, 24 hours")),
        ({"unit": "working-days", "amount": 2}, {}, ("working-time", "2 working days")),
        ({"unit": "business-hours", "amount": 8}, {}, ("working-time", "8 business hours")),
        (hours(49), {}, ("long", "49 hours")),
        ({"unit": "days", "amount": 3}, {}, ("long", "3 days")),
        ({"unit": "weeks", "amount": 1}, {}, ("long", "1 week")),
        ({"unit": "months", "amount": 1}, {}, ("long", "1 month")),
        (hours(24), {"trigger": "confirmation"}, ("from-confirmation", "")),
        (hours(24), {"trigger": "discovery"}, ("from-discovery", "")),
        (hours(24), {"trigger": "unstated"}, ("from-unstated", "")),
        (hours(24), {"scope": "confirmed"}, ("only-confirmed", "")),
        (hours(24), {"channel": None}, ("no-channel", "")),
        (hours(24), {"channel": "by telephone"}, ("no-address", "by telephone")),
        (hours(24), {"channel": "to old@us.example."}, ("mailbox-not-ours", "old@us.example")),
        (hours(24), {"contents": []}, ("no-contents", "")),
        (hours(24), {"source": source(confidence="inferred")}, ("clause-unconfirmed", "inferred")),
    ],
)
def test_a_term_that_costs(period: dict[str, Any], more: dict[str, Any], found: tuple[str, str]) -> None:
    others = {("facts-unconfirmed", "1")}
    assert [one for one in of_clause(period, **more) if one not in others] == [found]


@pytest.mark.parametrize("period", [hours(48), {"unit": "days", "amount": 2}])
def test_48_hours_are_not_long(period: dict[str, Any]) -> None:
    assert of_clause(period) == []


@pytest.mark.parametrize("trigger", ["aware", "suspicion"])
def test_awareness_and_suspicion_cost_nothing(trigger: str) -> None:
    assert of_clause(trigger=trigger) == []


def test_an_address_of_ours_is_known_in_any_case() -> None:
    assert of_clause(channel="to old@us.example or BREACH@US.example") == []


def test_contents_under_another_clause_come_later() -> None:
    report = clause(soft("later"), clause="report", contents=[{"text": "the numbers"}], source=source(place="6.2"))
    playbook = vendor("acme", clause(hours(24), **(GOOD | {"contents": []})), report, contacts=[CONTACT])
    (found,) = judge(playbook).findings
    assert (found.check, found.said) == (Check.CONTENTS_LATER, "the numbers")
    assert [citation.place for citation in found.citations] == ["6.2"]


def test_a_further_clause_neither_saves_nor_spoils_the_main_one() -> None:
    other = clause(soft("promptly"), clause="access", trigger="confirmation")
    playbook = vendor("acme", other, clause(hours(24), **GOOD), contacts=[CONTACT])
    assert judge(playbook).findings == ()


def test_without_a_clause_nothing_else_is_said_of_one() -> None:
    playbook = vendor("acme", contacts=[CONTACT])
    assert [(one.check, one.said) for one in judge(playbook).findings] == [(Check.NO_CLAUSE, "in Acme text")]


def test_what_the_vendor_may_do_past_us() -> None:
    own = [
        {"to": "authority", "text": "At its own choice.", "source": source(place="8")},
        {"to": "subjects", "text": "When it sees fit.", "source": source(place="9")},
    ]
    playbook = vendor("acme", clause(hours(24), **GOOD), own_notices=own, contacts=[CONTACT])
    assert [(one.check, one.said, one.citations[0].place) for one in judge(playbook).findings] == [
        (Check.TELLS_AUTHORITY, "At its own choice.", "8"),
        (Check.TELLS_SUBJECTS, "When it sees fit.", "9"),
    ]


def test_what_we_may_not_tell_others_is_found_and_what_binds_the_vendor_alone_is_not() -> None:
    limits = [
        ("telling-others", "customer"),
        ("confidentiality", "both"),
        ("form", "both"),
        ("telling-others", "vendor"),
    ]
    constraints = [
        {"topic": f"{at}", "text": f"{limit}, {binds}", "limits": limit, "binds": binds, "source": source()}
        for at, (limit, binds) in enumerate(limits)
    ]
    playbook = vendor("acme", clause(hours(24), **GOOD), constraints=constraints, contacts=[CONTACT])
    assert [(one.check, one.said) for one in judge(playbook).findings] == [
        (Check.BINDS_US, "telling-others, customer"),
        (Check.BINDS_US, "confidentiality, both"),
    ]


def test_facts_that_nobody_has_seen_are_counted_and_named() -> None:
    facts = [
        {"topic": place, "text": "x", "source": source(place=place, confidence=sure)}
        for place, sure in (("1", "checked"), ("2", "inferred"), ("3", "unconfirmed"), ("3", "unconfirmed"))
    ]
    playbook = vendor("acme", clause(hours(24), **GOOD), facts=facts, contacts=[CONTACT])
    (found,) = judge(playbook).findings
    assert (found.check, found.said) == (Check.FACTS_UNCONFIRMED, "3")
    assert [(one.place, one.confidence.value) for one in found.citations] == [("2", "inferred"), ("3", "unconfirmed")]


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2027, 11, 1), []), (date(2027, 11, 2), [(Check.OLD, "Acme text, last read on 2026-11-01")])],
)
def test_a_reading_is_old_after_a_year(today: date, said: list[tuple[Check, str]]) -> None:
    playbook = vendor("acme", clause(hours(24), **GOOD), contacts=[CONTACT])
    assert [(one.check, one.said) for one in judge(playbook, today=today).findings] == said


def test_a_gap_asks_in_its_own_words() -> None:
    gaps = [{"missing": "Court", "ask": "Which court?"}]
    playbook = vendor("acme", clause(hours(24), **GOOD), gaps=gaps, contacts=[CONTACT])
    (found,) = judge(playbook).findings
    assert (found.check, found.said, found.ask, found.citations) == (Check.GAP, "Court", "Which court?", ())


@pytest.mark.parametrize(
    ("more", "grade"),
    [
        ({}, "A"),
        ({"trigger": "discovery"}, "B"),
        ({"trigger": "discovery", "scope": "confirmed"}, "C"),
        ({"period": soft("promptly")}, "C"),
    ],
)
def test_the_first_grade_that_allows_the_findings(more: dict[str, Any], grade: str) -> None:
    gaps = [{"missing": str(one), "ask": "?"} for one in range(9)]
    playbook = vendor("acme", clause(hours(24)) | GOOD | more, contacts=[CONTACT], gaps=gaps)
    assert judge(playbook).grade.grade == grade


def test_the_last_grade_takes_what_no_other_does() -> None:
    assert judge(vendor("acme", contacts=[CONTACT])).grade.grade == "D"


def test_the_worst_comes_first() -> None:
    playbook = vendor("acme", clause(soft("promptly")), gaps=[{"missing": "Court", "ask": "?"}])
    found = judge(playbook)
    assert [one.severity.value for one in found.findings] == ["high", "medium", "medium", "medium", "medium", "low"]
    assert [found.count(severity) for severity in Severity] == [0, 1, 4, 1]


def test_a_scale_has_words_for_every_check() -> None:
    incomplete = SCALE.model_dump(mode="json")
    del incomplete["findings"]["old"], incomplete["findings"]["gap"]
    with pytest.raises(ValueError, match="findings: old, gap: is required"):
        Scale.model_validate(incomplete)
