"""The Cyber Resilience Act and eIDAS: 24 hours from awareness of the incident, and the Act's later stages."""

import pytest

from models.vocabulary import ClockState
from tests.test_models.examples import utc
from tests.test_playbooks.lawful import explained, ids, known, under_law

CRA = ["cra-early-warning", "cra-notification", "cra-final"]
AWARE = "2026-12-01T09:20:00+01:00"


def test_24_and_72_hours_from_awareness_with_the_outer_limit_of_an_eu_regulation() -> None:
    found = under_law(known("product-manufacturer", {"incident_aware": AWARE}))
    assert list(found) == CRA
    assert [(found[stage].due_at, found[stage].latest_at) for stage in CRA[:2]] == [
        (utc("2026-12-02T08:20Z"), utc("2026-12-02T09:00Z")),
        (utc("2026-12-04T08:20Z"), utc("2026-12-04T09:00Z")),
    ]
    assert found["cra-final"].state is ClockState.WAITING
    assert {clock.duty.creditor for clock in found.values()} == {"the CSIRT coordinator and ENISA"}


def test_of_a_vulnerability_the_final_report_has_14_days_from_the_measure() -> None:
    moments = {"incident_aware": AWARE, "measure_available": "2026-12-10T11:00:00+01:00"}
    final = under_law(known("product-manufacturer", moments))["cra-final"]
    assert (final.due_at, final.latest_at) == (utc("2026-12-24T10:00Z"), utc("2026-12-24T23:00Z"))


def test_of_a_severe_incident_it_has_a_month_from_the_notification_that_was_made() -> None:
    journal = known("product-manufacturer", {"incident_aware": AWARE})
    journal.sent("cra-notification", "2027-01-31T10:00:00+01:00")
    final = under_law(journal)["cra-final"]
    assert (final.due_at, final.latest_at) == (utc("2027-02-28T09:00Z"), utc("2027-03-01T23:00Z"))
    assert "a severe incident: one month" in explained(final, journal)


@pytest.mark.parametrize(
    ("available", "due_at", "unused"),
    [
        ("2026-12-10T11:00:00+01:00", "2026-12-24T10:00Z", "2027-01-03T08:00Z"),
        ("2026-12-29T11:00:00+01:00", "2027-01-03T08:00Z", "2027-01-12T10:00Z"),
    ],
)
def test_where_both_may_count_the_earlier_alarms(available: str, due_at: str, unused: str) -> None:
    journal = known("product-manufacturer", {"incident_aware": AWARE, "measure_available": available})
    journal.sent("cra-notification", "2026-12-03T09:00:00+01:00")
    final = under_law(journal)["cra-final"]
    assert (final.due_at, [end.due_at for end in final.unused]) == (utc(due_at), [utc(unused)])


@pytest.mark.parametrize(
    ("moments", "owed"),
    [
        ({"incident_aware": "2026-09-10T21:59:59Z"}, []),
        ({"incident_aware": "2026-09-10T22:00:00Z"}, CRA),
        ({"incident_aware": "2026-09-12T00:00:00Z", "detected": "2026-09-01T00:00:00Z"}, CRA),
        ({"incident_aware": "2026-09-01T00:00:00Z", "aware": "2026-09-12T00:00:00Z"}, []),
        ({"detected": "2026-09-10T00:00:00Z", "aware": "2026-09-12T00:00:00Z"}, []),
        ({"detected": "2026-09-12T00:00:00Z"}, CRA),
    ],
)
def test_reporting_is_law_from_11_september_2026_by_awareness_of_the_incident(
    moments: dict[str, str], owed: list[str]
) -> None:
    assert ids(known("product-manufacturer", moments)) == owed


@pytest.mark.parametrize(("aware", "owed"), [("2024-05-19T21:59:59Z", False), ("2024-05-19T22:00:00Z", True)])
def test_trust_services_report_within_24_hours_since_20_may_2024(aware: str, owed: object) -> None:
    found = under_law(known("trust-service", {"incident_aware": aware}))
    assert ("eidas-24" in found) == owed
    if owed:
        assert found["eidas-24"].due_at == utc("2024-05-20T22:00Z")
        assert found["eidas-24"].latest_at == utc("2024-05-20T23:00Z")
        assert found["eidas-24"].duty.creditor == "the supervisory body for trust services"
