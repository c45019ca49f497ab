"""Our notice to a customer: how sure, how late, and what is missing."""

import pytest

from incident.notices.notice import Phase, Standing
from tests.builders import decided, incident, recorded, sent
from tests.test_incident.draft_examples import PROCESSOR, TWO_CUSTOMERS, drafts, letter, only


@pytest.mark.parametrize(
    ("moments", "standing"),
    [
        ({}, Standing.UNSTATED),
        ({"detected": "2026-10-20T10:00Z"}, Standing.UNSTATED),
        ({"suspected": "2026-10-20T10:00Z"}, Standing.SUSPECTED),
        ({"suspected": "2026-10-20T10:00Z", "vendor_told_us": "2026-10-20T11:00Z"}, Standing.REPORTED),
        ({"vendor_told_us": "2026-10-20T11:00Z", "aware": "2026-10-20T12:00Z"}, Standing.CONFIRMED),
    ],
)
def test_how_sure_the_breach_is_follows_from_what_was_stated(moments: dict[str, str], standing: Standing) -> None:
    notice = drafts("controller", {**TWO_CUSTOMERS, "moments": moments}, PROCESSOR)[0]
    assert letter(notice).standing is standing


def test_a_presumed_awareness_is_told_as_presumed_and_not_as_confirmed() -> None:
    record = {**TWO_CUSTOMERS, "moments": {"vendor_told_us": "2026-10-24T09:00+02:00"}}
    notice = drafts("controller", record, PROCESSOR, languages=("en",))[0]
    (awareness,) = (item for item in notice.items if item.field == "moments.aware")
    assert awareness.text == "24 October 2026 at 09:00 (Europe/Paris, UTC+02:00; 07:00 UTC)"
    assert awareness.mark == "presumed from the notice we received"
    assert "We became aware" in letter(notice).estimated
    assert "We became aware" not in letter(notice).confirmed


def test_a_customer_told_before_gets_a_letter_that_says_so() -> None:
    told = incident(TWO_CUSTOMERS, sent("contract:kavkom@acme", "2026-10-24T15:00Z", complete=False))
    acme, borgo = drafts("controller", told, PROCESSOR, languages=("en",))
    assert (acme.phase, borgo.phase) == (Phase.FOLLOW_UP, Phase.INITIAL)
    assert letter(acme).earlier == ("24 October 2026 at 17:00 (Europe/Paris, UTC+02:00; 15:00 UTC)",)
    (clause,) = letter(acme).clauses
    assert (clause.done, clause.late) == (letter(acme).earlier[0], "")


def test_lateness_is_frozen_where_the_customer_was_told() -> None:
    told = incident(TWO_CUSTOMERS, sent("contract:kavkom@acme", "2026-10-25T15:00Z"))
    notice = drafts("controller", told, PROCESSOR)[0]
    assert letter(notice).clauses[0].late == "1 h 30 min"


def test_a_decision_that_it_is_no_breach_is_put_before_the_person() -> None:
    nothing = incident(TWO_CUSTOMERS, decided(breach=False, because="Test data only."))
    notice = drafts("controller", nothing, PROCESSOR, languages=("en",))[0]
    assert notice.to_check[0].startswith("It was decided that this is no personal data breach")
    assert letter(notice).clauses[0].late == ""


def test_what_the_contract_promises_is_missing_from_our_notice_until_it_is_known() -> None:
    bare = {"title": "x", "role": "processor", "contract": "convious", "customers": [{"name": "Acme"}]}
    fields = [one.field for one in only(drafts("controller", bare)).missing]
    assert fields == [
        "recipient_contact",
        "moments.aware",
        "breach_types",
        "description",
        "subject_categories",
        "subjects_count",
        "data_categories",
        "records_count",
        "likely_consequences",
        "measures_remedy",
        "next_update",
    ]


def test_an_alternative_that_is_answered_leaves_nothing_missing() -> None:
    facts = {**TWO_CUSTOMERS["facts"], "consequences": ["c_misuse"]}
    record = {**TWO_CUSTOMERS, "contract": "konverso", "facts": facts}
    fields = [one.field for one in drafts("controller", record, PROCESSOR)[0].missing]
    assert "likely_consequences" not in fields
    assert "consequences" not in fields


def test_unknown_and_estimated_answers_are_told_as_such() -> None:
    _, borgo = drafts("controller", TWO_CUSTOMERS, PROCESSOR, languages=("en",))
    items = {item.field: item for item in borgo.items}
    assert (items["subjects_count"].text, items["subjects_count"].mark) == ("about 3,400", "estimate")
    assert items["records_count"].text == "not known yet: to follow"
    missing = {one.field: one.unknown for one in borgo.missing}
    assert missing["records_count"]
    assert not missing["likely_consequences"]


def test_a_fact_that_does_not_apply_is_told_with_its_reason() -> None:
    entry = recorded({}, certainty="not-applicable", without_value=["systems_affected"], why="paper only")
    notice = drafts("controller", incident(TWO_CUSTOMERS, entry), PROCESSOR, languages=("en",))[0]
    (item,) = (item for item in notice.items if item.field == "systems_affected")
    assert item.text == "does not apply: paper only"
