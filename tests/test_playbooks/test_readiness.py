"""The scale that ships: every check has words that a person can act on, and the grades grow worse in order."""

from models.readiness_scale import Check, Severity
from playbooks.readiness import scale


def test_every_check_and_no_other_has_its_words() -> None:
    assert set(scale().findings) == set(Check)


def test_the_grades_are_a_to_e_and_each_allows_more_than_the_one_before() -> None:
    grades = scale().grades
    assert "".join(grade.grade for grade in grades) == "ABCDE"
    allowed = [(grade.severe, grade.high, grade.medium) for grade in grades]
    assert allowed == sorted(allowed)
    assert allowed[:4] == [(0, 0, 0), (0, 0, 2), (0, 0, 99), (0, 1, 99)]


def test_it_says_that_it_is_no_law() -> None:
    assert scale().about == "Our own grades, not law: A is best. They say whom to ask first, and what for."


def test_what_lets_the_vendor_choose_the_date_is_high() -> None:
    high = {check.value for check, cost in scale().findings.items() if cost.severity is Severity.HIGH}
    assert high == {
        "no-number",
        "best-effort",
        "from-confirmation",
        "working-time",
        "tells-authority",
        "tells-subjects",
    }
