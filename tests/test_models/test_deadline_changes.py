"""The clocks of one incident under two versions of a contract: which deadlines move, and by how much."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.clocks import Clock, clock
from models.deadline_changes import deadline_changes
from models.duties import duties_for
from models.organisation import Organisation
from models.playbook import Rules
from tests.builders import incident
from tests.test_models.rulebook import clause, hours, soft, vendor

NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)
AWARE = {"moments": {"vendor_aware": "2026-10-24T09:00:00Z"}}


def clocks(*duties: dict[str, Any], **record: Any) -> list[Clock]:
    """Return an incident's clocks under a contract of the given clauses and no law."""
    known = incident({"title": "Recordings", "vendor": "acme", **record})
    rules = Rules(vendors={"acme": vendor("acme", *duties)})
    return [clock(duty, known, NOW) for duty in duties_for(known, rules, Organisation())]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (hours(48), hours(24), timedelta(hours=-24)),
        (hours(48), hours(72), timedelta(hours=24)),
        (hours(48), soft("promptly"), None),
        (soft("promptly"), hours(48), None),
        (hours(48), {"unit": "days", "amount": 2}, timedelta(0)),
    ],
)
def test_a_period_moves_the_deadline(before: dict[str, Any], after: dict[str, Any], moved: timedelta | None) -> None:
    (change,) = deadline_changes(clocks(clause(before), **AWARE), clocks(clause(after), **AWARE))
    assert (change.duty, change.moved) == ("contract:acme", moved)


def test_a_period_counts_before_it_begins() -> None:
    (change,) = deadline_changes(clocks(clause(hours(48))), clocks(clause(hours(24))))
    assert change.moved is None
    assert [one.period.words() for one in (change.before, change.after) if one and one.period] == [
        "48 hours",
        "24 hours",
    ]


def test_contents_count_too() -> None:
    before, after = clause(hours(48)), clause(hours(48), contents=[{"text": "the numbers"}])
    (change,) = deadline_changes(clocks(before, **AWARE), clocks(after, **AWARE))
    assert change.moved == timedelta(0)


def test_a_clause_comes_and_goes() -> None:
    one, two = clocks(clause(hours(48))), clocks(clause(hours(48)), clause(hours(24), clause="access"))
    (come,), (gone,) = deadline_changes(one, two), deadline_changes(two, one)
    assert (come.duty, come.before, come.after) == ("contract:acme/access", None, two[1])
    assert (gone.duty, gone.before, gone.after) == ("contract:acme/access", two[1], None)


def test_the_words_of_a_promise_touch_no_deadline() -> None:
    before, after = clause(hours(48)), clause(hours(48), about="of an incident", notes=["Read twice."])
    assert deadline_changes(clocks(before, **AWARE), clocks(after, **AWARE)) == ()
