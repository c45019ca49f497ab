"""Checks of the file: figures, dates and judgements that do not fit together, each with what to do."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.clocks import clock
from models.duties import duties_for
from models.file_checks import delay_warnings, file_warnings
from models.organisation import Organisation
from tests.builders import shipped_rules
from tests.test_models.examples import AWARE, DUE, Journal, aware, opened, utc

NOW = utc("2026-11-21T12:00Z")
TELL = "see that it is no slip, and tell whoever was given the range"


def warned(facts: dict[str, Any], **record: Any) -> tuple[str, ...]:
    return file_warnings(opened(facts=facts, **record).incident, NOW)


@pytest.mark.parametrize(
    ("subjects", "records", "figures"),
    [
        ({"value": 1200}, {"value": 300}, ("1200", "300")),
        ({"min": 400, "max": 900}, {"min": 100, "max": 399}, ("400 to 900", "100 to 399")),
        ({"min": 400}, {"value": 399}, ("at least 400", "399")),
        ({"min": 400, "max": 900}, {"value": 400}, None),
        ({"value": 400}, {"min": 100}, None),
        ({"value": 400}, {"unknown": True}, None),
    ],
)
def test_more_people_than_records(subjects: Any, records: Any, figures: tuple[str, str] | None) -> None:
    expected = figures and (
        f"more people ({figures[0]}) than records ({figures[1]}): a person has a record or more as a rule; "
        "see that the two are not interchanged"
    )
    assert warned({"subjects_count": subjects, "records_count": records}) == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("earlier", "later", "said"),
    [
        ({"min": 2000, "max": 3000}, {"value": 5400}, ("5400", "2000 to 3000")),
        ({"min": 2000, "max": 3000}, {"value": 1999}, ("1999", "2000 to 3000")),
        ({"min": 2000}, {"min": 5, "max": 1999}, ("5 to 1999", "at least 2000")),
        ({"min": 2000, "max": 3000}, {"value": 3000}, None),
        ({"min": 2000, "max": 3000}, {"min": 3000, "max": 4000}, None),
        ({"value": 2000}, {"value": 5400}, None),
    ],
)
def test_a_figure_outside_the_range_before_it(earlier: Any, later: Any, said: tuple[str, str] | None) -> None:
    journal = opened(facts={"records_count": earlier}).record({"facts": {"records_count": later}})
    expected = said and f"records_count is now {said[0]}, outside the range recorded before ({said[1]}): {TELL}"
    assert file_warnings(journal.incident, NOW) == ((expected,) if expected else ())


def test_a_range_is_compared_with_the_last_one_before_it_and_what_was_unknown_meanwhile_is_passed_over() -> None:
    journal = opened(facts={"records_count": {"min": 1, "max": 2}})
    journal.record({"facts": {"records_count": {"unknown": True}}})
    journal.record({"facts": {"records_count": {"value": 9}}})
    assert len(file_warnings(journal.incident, NOW)) == 1
    journal.record({"facts": {"records_count": {"value": 10}}})
    assert file_warnings(journal.incident, NOW) == ()


def test_more_people_told_than_concerned() -> None:
    facts = {"subjects_count": {"value": 10}, "informed_count": {"value": 11}}
    assert warned(facts) == (
        "more people were told (11) than are concerned (10): correct informed_count or subjects_count",
    )
    assert warned({**facts, "informed_count": {"value": 10}}) == ()


def customers(*counts: Any, affected: bool = True) -> list[dict[str, Any]]:
    facts = [{"subjects_count": count} if count else {} for count in counts]
    ids = ("acme", "beta")
    return [
        {"id": one, "name": one.title(), "affected": affected, "facts": own}
        for one, own in zip(ids, facts, strict=True)
    ]


@pytest.mark.parametrize(
    ("total", "own", "said"),
    [
        (4600, (1200, 3400), None),
        (4599, (1200, 3400), "add up to 4600, all together is 4599: lower a customer's, or raise the total"),
        (4601, (1200, 3400),
         "add up to 4600, all together is 4601: a customer is missing, or one of the figures is wrong"),
        (4601, (1200, None), None),
        (1199, (1200, None), "add up to 1200, all together is 1199: lower a customer's, or raise the total"),
    ],
)  # fmt: skip
def test_the_customers_figures_add_up_to_the_total(total: int, own: tuple[int | None, ...], said: str | None) -> None:
    counts = [{"value": one} if one else None for one in own]
    found = warned({"subjects_count": {"value": total}}, role="processor", customers=customers(*counts))
    assert found == ((f"subjects_count: the customers' own {said}",) if said else ())


def test_an_approximate_figure_or_a_customer_not_affected_proves_nothing() -> None:
    own = customers({"value": 1}, {"value": 2})
    about = {"subjects_count": {"value": 9, "approximate": True}}
    assert warned(about, role="processor", customers=own) == ()
    spared = customers({"value": 1}, {"value": 2}, affected=False)
    assert warned({"subjects_count": {"value": 1}}, role="processor", customers=spared) == ()


def test_a_customers_own_figures_are_checked_under_its_name() -> None:
    own = [{"name": "Acme SAS", "facts": {"subjects_count": {"value": 9}, "records_count": {"value": 3}}}]
    (said,) = warned({}, role="processor", customers=own)
    assert said.startswith("Acme SAS: more people (9) than records (3)")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"countries": ["FR"], "people_by_country": {"FR": {"value": 1}, "DE": {"value": 2}}},
         "people_by_country counts people in DE, which countries leaves out: add it there"),
        ({"subjects_count": {"value": 2}, "people_by_country": {"FR": {"value": 1}, "DE": {"value": 2}}},
         "people_by_country adds up to 3, subjects_count is 2: correct one"),
        ({"subjects_count": {"value": 4}, "people_by_country": {"FR": {"value": 1}, "DE": {"value": 2}}},
         "people_by_country adds up to 3, subjects_count is 4: a country is missing, or one of the figures is wrong"),
        ({"subjects_count": {"value": 4}, "people_by_country": {"FR": {"value": 1}, "DE": {"unknown": True}}}, None),
        ({"subjects_count": {"min": 2, "max": 4}, "people_by_country": {"FR": {"value": 3}}}, None),
        ({"countries": ["FR", "DE"], "people_by_country": {"FR": {"value": 1}}}, None),
    ],
)  # fmt: skip
def test_the_people_of_each_country(facts: dict[str, Any], said: str | None) -> None:
    assert warned(facts) == ((said,) if said else ())


BEGAN = {"occurred_from": "2026-11-17T08:00Z"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"subjects_informed_status": "informed"},
         "the people are said to be informed, and not when: record informed_at"),
        ({"subjects_informed_status": "planned", "informed_at": "2026-11-18T08:00Z"},
         "informed_at is recorded, and subjects_informed_status is planned: correct one of them"),
        ({"informed_at": "2026-11-17T07:59Z"},
         ("informed_at 2026-11-17 07:59 +00:00 (07:59 UTC) is before the breach began: "
         "see which of the two dates is right")),
        ({"informed_at": "2026-11-21T12:01Z"},
         ("informed_at 2026-11-21 12:01 +00:00 (12:01 UTC) is later than now: what is only planned is "
         "informed_planned_at")),
        ({"subjects_informed_status": "planned", "informed_planned_at": "2026-11-21T11:59Z"},
         "informed_planned_at 2026-11-21 11:59 +00:00 (11:59 UTC) is past: record informed_at, or the new date"),
        ({"subjects_informed_status": "planned", "informed_planned_at": "2026-11-21T12:00Z"}, None),
        ({"subjects_informed_status": "informed", "informed_at": "2026-11-17T08:00Z",
          "informed_planned_at": "2026-11-17T09:00Z"}, None),
    ],
)  # fmt: skip
def test_telling_the_people(facts: dict[str, Any], said: str | None) -> None:
    assert warned(facts, moments=BEGAN) == ((said,) if said else ())


UNLIKELY = "affected, yet the risk was decided to be unlikely: see the reasons"
NEGLIGIBLE = "affected, yet the severity is negligible: record severity_reason, or raise it"


@pytest.mark.parametrize(
    ("facts", "risk", "said"),
    [
        ({"data_categories": ["name", "bank_account"], "subject_categories": ["minors"]}, "unlikely",
         (f"bank_account, minors: {UNLIKELY}",)),
        ({"data_categories": ["bank_account"], "data_unintelligible": True}, "unlikely", ()),
        ({"data_categories": ["name"], "subject_categories": ["customers"]}, "unlikely", ()),
        ({"data_categories": ["bank_account"]}, "risk", ()),
        ({"special_categories": ["health"], "severity": "negligible"}, None, (f"health: {NEGLIGIBLE}",)),
        ({"data_categories": ["national_id"], "severity": "negligible"}, None, (f"national_id: {NEGLIGIBLE}",)),
        ({"data_categories": ["national_id"], "severity": "limited"}, None, ()),
        ({"data_categories": ["national_id"], "severity": "negligible", "severity_reason": "Shredded."}, None, ()),
    ],
)  # fmt: skip
def test_delicate_data_or_people_and_a_light_judgement(
    facts: dict[str, Any], risk: str | None, said: tuple[str, ...]
) -> None:
    journal = opened(facts=facts)
    assert file_warnings((journal.decide(risk) if risk else journal).incident, NOW) == said


SAFE = {"breach_types": ["confidentiality"], "data_unintelligible": True}
HOLDS = "see that the protection holds"


@pytest.mark.parametrize(
    ("facts", "risk", "said"),
    [
        ({**SAFE, "severity": "maximal"}, None,
         (f"the data are unintelligible to others, yet the severity is maximal: {HOLDS}, and what the harm would be",)),
        (SAFE, "high",
         ((f"the data are unintelligible to others, yet the risk was decided to be high: {HOLDS}; Art. 34(3)(a) may "
          "spare telling the people"),)),
        ({**SAFE, "severity": "limited"}, "risk", ()),
        ({**SAFE, "data_unintelligible": False, "severity": "maximal"}, "high", ()),
        ({**SAFE, "breach_types": ["confidentiality", "availability_permanent"], "severity": "maximal"}, "high", ()),
    ],
)  # fmt: skip
def test_unintelligible_data_and_a_grave_judgement(
    facts: dict[str, Any], risk: str | None, said: tuple[str, ...]
) -> None:
    journal = opened(facts=facts)
    assert file_warnings((journal.decide(risk) if risk else journal).incident, NOW) == said


def delays(journal: Journal, now: datetime) -> tuple[str, ...]:
    found, us = journal.incident, Organisation(authority="cnil", main_establishment="FR")
    clocks = [clock(duty, found, now) for duty in duties_for(found, shipped_rules(), us)]
    return tuple(delay_warnings(found, clocks))


GO_WITH_IT = "the reasons go with it (Art. 33(1) GDPR); record facts.delay_reasons"
IN_VAIN = "facts.delay_reasons is recorded, but no notification is late: the forms leave it out until one is"


def test_reasons_for_a_delay_are_missed_from_the_first_second_after_the_term_and_not_before() -> None:
    second = timedelta(seconds=1)
    assert delays(aware(AWARE), utc(DUE)) == ()
    assert delays(aware(AWARE), utc(DUE) + second) == (f"gdpr-33-1 is overdue: {GO_WITH_IT}",)
    reasoned = aware(AWARE, facts={"delay_reasons": "The vendor told us late."})
    assert delays(reasoned, utc(DUE)) == (IN_VAIN,)
    assert delays(reasoned, utc(DUE) + second) == ()


def test_reasons_recorded_with_the_late_notification_will_do() -> None:
    late = "2026-11-21T09:00:01Z"
    assert delays(aware(AWARE).sent("gdpr-33-1", late), NOW) == (f"gdpr-33-1 was met late: {GO_WITH_IT}",)
    assert delays(aware(AWARE).sent("gdpr-33-1", late, because="The facts had to be checked."), NOW) == ()


def test_where_no_authority_is_owed_anything_no_reasons_are_asked_for() -> None:
    reasoned = {"delay_reasons": "The vendor told us late."}
    assert delays(aware(AWARE, facts=reasoned).decide("unlikely"), NOW) == ()
    assert delays(aware(AWARE, role="processor", facts=reasoned), NOW) == ()
