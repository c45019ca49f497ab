"""NIS 2: 24 hours, 72 hours, a month after what was filed; trust services; what countries reckon otherwise."""

from typing import Any

import pytest

from models.vocabulary import ClockState
from tests.test_models.examples import utc
from tests.test_playbooks.lawful import NOW, explained, ids, known, under_law

ENTITY = "essential-entity"
DETECTED, AWARE, INCIDENT_AWARE = "2026-11-18T07:00:00Z", "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z"
STAGES = ["nis2-early-warning", "nis2-notification", "nis2-final"]


def at(country: str) -> dict[str, Any]:
    return {"place": {"country": country, "zone": "UTC"}}


@pytest.mark.parametrize(
    ("moments", "starts", "presumed_from"),
    [
        ({"incident_aware": INCIDENT_AWARE, "detected": DETECTED}, INCIDENT_AWARE, None),
        ({"detected": DETECTED, "aware": AWARE}, DETECTED, "detected"),
        ({"detected": INCIDENT_AWARE, "aware": AWARE}, AWARE, "aware"),
        ({"aware": AWARE}, AWARE, "aware"),
    ],
)
def test_it_runs_from_awareness_of_the_incident_else_from_what_was_known_first(
    moments: dict[str, str], starts: str, presumed_from: str | None
) -> None:
    warning = under_law(known(ENTITY, moments))["nis2-early-warning"]
    assert warning.trigger is not None
    assert (warning.trigger.at, warning.trigger.presumed_from) == (utc(starts), presumed_from)


def test_24_and_72_elapsed_hours_without_an_outer_limit() -> None:
    found = under_law(known("important-entity", {"incident_aware": INCIDENT_AWARE}))
    assert list(found) == STAGES
    assert [found[stage].due_at for stage in STAGES[:2]] == [utc("2026-11-19T11:00Z"), utc("2026-11-21T11:00Z")]
    assert [clock.latest_at for clock in found.values()] == [None, None, None]
    assert {clock.duty.creditor for clock in found.values()} == {"the CSIRT or competent authority"}


def test_the_final_report_runs_from_the_notification_that_was_made_not_from_when_it_was_due() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE})
    assert under_law(journal)["nis2-final"].state is ClockState.WAITING
    journal.sent("nis2-notification", "2026-11-20T10:30:00Z")
    assert under_law(journal)["nis2-final"].due_at == utc("2026-12-20T10:30Z")
    assert "No counting rule" in explained(under_law(journal)["nis2-final"], journal)


def test_a_notification_that_is_withdrawn_takes_the_final_reports_date_with_it() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE}).sent("nis2-notification", "2026-11-20T10:30:00Z")
    journal.sent("nis2-notification", "2026-11-20T11:00:00Z", status="withdrawn")
    found = under_law(journal, "2026-11-22T00:00:00Z")
    assert (found["nis2-notification"].state, found["nis2-final"].state) == (ClockState.OVERDUE, ClockState.WAITING)
    journal.sent("nis2-notification", "2026-11-23T08:00:00Z")
    found = under_law(journal, "2026-11-24T00:00:00Z")
    assert found["nis2-notification"].state is ClockState.MET_LATE
    assert found["nis2-final"].due_at == utc("2026-12-23T08:00Z")


def test_an_attempt_stops_nothing() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE})
    journal.sent("nis2-early-warning", "2026-11-18T12:00:00Z", status="attempted")
    assert under_law(journal)["nis2-early-warning"].state is ClockState.OVERDUE


def test_trust_services_have_24_hours_for_the_notification_too() -> None:
    found = under_law(known("trust-service", {"incident_aware": INCIDENT_AWARE}))
    assert list(found) == ["eidas-24", *STAGES]
    notification = found["nis2-notification"]
    assert notification.due_at == utc("2026-11-19T11:00Z")
    assert [end.due_at for end in notification.unused] == [utc("2026-11-21T11:00Z")]


@pytest.mark.parametrize("country", ["FI", "SK", "SI"])
def test_where_detection_is_the_anchor_it_drives_the_alarm(country: str) -> None:
    moments = {"detected": DETECTED, "incident_aware": INCIDENT_AWARE}
    found = under_law(known(ENTITY, moments, **at(country)))
    assert [found[stage].due_at for stage in STAGES[:2]] == [utc("2026-11-19T07:00Z"), utc("2026-11-21T07:00Z")]
    assert [end.due_at for end in found["nis2-early-warning"].unused] == [utc("2026-11-19T11:00Z")]
    undetected = under_law(known(ENTITY, {"incident_aware": INCIDENT_AWARE}, **at(country)))
    assert undetected["nis2-early-warning"].due_at == utc("2026-11-19T11:00Z")


def test_a_guide_with_six_hours_is_reckoned_and_stays_unconfirmed() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE}, **at("CY"))
    warning = under_law(journal)["nis2-early-warning"]
    assert warning.due_at == utc("2026-11-18T17:00Z")
    assert "unconfirmed" in explained(warning, journal)


@pytest.mark.parametrize(
    ("country", "moments", "filed", "duty", "due_at", "unused"),
    [
        (
            "IT",
            {"incident_aware": INCIDENT_AWARE},
            ("nis2-early-warning", "2026-11-19T10:00:00Z"),
            "nis2-notification",
            "2026-11-21T11:00Z",
            "2026-11-22T10:00Z",
        ),
        (
            "CZ",
            {"incident_aware": INCIDENT_AWARE, "classified": "2026-11-18T15:00:00Z"},
            None,
            "nis2-early-warning",
            "2026-11-19T11:00Z",
            "2026-11-19T15:00Z",
        ),
        (
            "CZ",
            {"incident_aware": INCIDENT_AWARE, "resolved": "2026-11-24T15:00:00Z"},
            ("nis2-notification", "2026-11-20T10:00:00Z"),
            "nis2-final",
            "2026-12-20T10:00Z",
            "2026-12-24T15:00Z",
        ),
        (
            "PT",
            {"incident_aware": INCIDENT_AWARE, "resolved": "2026-11-24T15:00:00Z"},
            ("nis2-notification", "2026-11-20T10:00:00Z"),
            "nis2-final",
            "2026-12-20T10:00Z",
            "2027-01-11T15:00Z",
        ),
        (
            "HR",
            {"incident_aware": "2027-02-01T11:00:00Z"},
            ("nis2-notification", "2027-02-03T10:00:00Z"),
            "nis2-final",
            "2027-03-03T10:00Z",
            "2027-03-05T10:00Z",
        ),
    ],
)
def test_what_a_country_has_later_is_shown_and_never_used(
    country: str, moments: dict[str, str], filed: tuple[str, str] | None, duty: str, due_at: str, unused: str
) -> None:
    journal = known(ENTITY, moments, **at(country))
    if filed:
        journal.sent(*filed)
    found = under_law(journal)[duty]
    assert (found.due_at, [end.due_at for end in found.unused]) == (utc(due_at), [utc(unused)])


def test_thirty_days_are_less_than_a_month_of_31() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE}, **at("HR"))
    journal.sent("nis2-notification", "2026-12-20T10:00:00Z")
    final = under_law(journal)["nis2-final"]
    assert (final.due_at, final.unused[0].due_at) == (utc("2027-01-19T10:00Z"), utc("2027-01-20T10:00Z"))


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("LV", "without a stated start"),
        ("IE", "Not transposed"),
        ("NO", "does not implement"),
        ("PT", "record that as incident_aware"),
        ("FR", "not verified as in force"),
    ],
)
def test_a_remark_on_a_country_is_said_there_and_moves_nothing(country: str, words: str) -> None:
    warning = under_law(known(ENTITY, {"incident_aware": INCIDENT_AWARE}, **at(country)))["nis2-early-warning"]
    assert warning.due_at == utc("2026-11-19T11:00Z")
    assert any(note.startswith(f"{country}: ") and words in note for note in warning.duty.notes)
    elsewhere = under_law(known(ENTITY, {"incident_aware": INCIDENT_AWARE}, **at("DE")))["nis2-early-warning"]
    assert not any(words in note for note in elsewhere.duty.notes)


def test_it_is_owed_without_personal_data_and_the_gdpr_is_not() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE}, sectors=[], regimes=["nis2"])
    assert ids(journal) == STAGES
    with_data = known(ENTITY, {"incident_aware": INCIDENT_AWARE}, personal_data=True)
    assert ids(with_data) == ["gdpr-33-1", "gdpr-34", "gdpr-33-5", *STAGES]


@pytest.mark.parametrize("role", ["controller", "joint-controller", "processor", "sub-processor"])
def test_it_is_owed_in_every_role(role: str) -> None:
    assert ids(known(ENTITY, {"incident_aware": INCIDENT_AWARE}, role=role)) == STAGES


def test_no_breach_of_personal_data_is_still_an_incident() -> None:
    journal = known(ENTITY, {"incident_aware": INCIDENT_AWARE}, personal_data=True).decide(None, "no data were hit")
    found = under_law(journal, NOW)
    assert found["gdpr-33-1"].state is ClockState.NOT_REQUIRED
    assert found["nis2-early-warning"].state is ClockState.OVERDUE


@pytest.mark.parametrize(("known_at", "owed"), [("2024-10-17T22:59:59Z", []), ("2024-10-17T23:00:00Z", STAGES)])
def test_it_is_law_from_its_local_day(known_at: str, owed: list[str]) -> None:
    lisbon = {"country": "PT", "zone": "Etc/GMT-1"}
    assert ids(known(ENTITY, {"incident_aware": known_at}, place=lisbon)) == owed
