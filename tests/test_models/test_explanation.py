"""Explanations: the exact lines by which a second person can redo a clock on paper."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.explanation import explain, steps
from models.journal import EntryKind
from models.organisation import Organisation
from tests.test_models.examples import PARIS, UTC_ZONE, Journal, opened
from tests.test_models.rulebook import RULES, US_AT_HOME, clause, clocks, hours, rules, source, vendor

KAVKOM_SOURCE = "source: Kavkom text, 6.1, checked 2026-11-01 (contract)"
GDPR_33_1_SOURCE = "source: Gdpr text, gdpr-33-1, checked 2026-11-01 (law)"
UNDECIDED = "whether the breach brings a risk is undecided: the clock alarms all the same"
OUTER_LIMIT = (
    "outer limit 2026-11-20 10:00 +01:00 (09:00 UTC), for information: "
    "the hour of the event is not counted (Reg. 1182/71 Art. 3(1))"
)
SUNDAY = "not moved for the weekend: Art. 3(4) of Reg. 1182/71 does not apply to periods in hours"
CHANGE = "the clocks change in between: hours are counted as they elapse, so the local hour differs"


def lines(
    journal: Journal, duty: str, now: str = "2026-11-21T12:00Z", zone: ZoneInfo = PARIS, **more: Any
) -> tuple[str, ...]:
    return explain(clocks(journal, now, **more)[duty], zone)


def test_the_example_of_the_public_contract() -> None:
    explained = lines(opened(vendor="kavkom", moments={"vendor_aware": "2026-11-20T09:00+01:00"}), "contract:kavkom")
    assert explained == (
        "vendor_aware 2026-11-20 09:00 +01:00 (08:00 UTC)",
        "+ 48 hours elapsed",
        "= 2026-11-22 09:00 +01:00 (08:00 UTC)",
        SUNDAY,
        "still owed with it: any useful documentation",
        KAVKOM_SOURCE,
    )


def test_the_outer_limit_is_information_and_a_weekday_needs_no_excuse() -> None:
    assert lines(opened(moments={"aware": "2026-11-17T09:20+01:00"}), "gdpr-33-1") == (
        "aware 2026-11-17 09:20 +01:00 (08:20 UTC)",
        "+ 72 hours elapsed",
        "= 2026-11-20 09:20 +01:00 (08:20 UTC)",
        OUTER_LIMIT,
        UNDECIDED,
        GDPR_33_1_SOURCE,
    )


@pytest.mark.parametrize(
    ("aware", "zone", "reckoning"),
    [
        (
            "2026-10-23T15:30+02:00",
            "Europe/Paris",
            (
                "aware 2026-10-23 15:30 +02:00 (13:30 UTC)",
                "+ 72 hours elapsed",
                "= 2026-10-26 14:30 +01:00 (13:30 UTC)",
                CHANGE,
            ),
        ),
        (
            "2027-03-26T10:15+01:00",
            "Europe/Rome",
            (
                "aware 2027-03-26 10:15 +01:00 (09:15 UTC)",
                "+ 72 hours elapsed",
                "= 2027-03-29 11:15 +02:00 (09:15 UTC)",
                CHANGE,
            ),
        ),
        (
            "2026-12-24T16:05+01:00",
            "Europe/Berlin",
            (
                "aware 2026-12-24 16:05 +01:00 (15:05 UTC)",
                "+ 72 hours elapsed",
                "= 2026-12-27 16:05 +01:00 (15:05 UTC)",
                SUNDAY,
            ),
        ),
        (
            "2026-10-22T23:30+02:00",
            "Europe/Paris",
            (
                "aware 2026-10-22 23:30 +02:00 (21:30 UTC)",
                "+ 72 hours elapsed",
                "= 2026-10-25 22:30 +01:00 (21:30 UTC)",
                CHANGE,
                SUNDAY,
            ),
        ),
        (
            "2026-11-18T00:30+01:00",
            "Europe/Paris",
            (
                "aware 2026-11-18 00:30 +01:00 (2026-11-17 23:30 UTC)",
                "+ 72 hours elapsed",
                "= 2026-11-21 00:30 +01:00 (2026-11-20 23:30 UTC)",
                SUNDAY,
            ),
        ),
    ],
)
def test_clock_changes_and_weekends_are_told(aware: str, zone: str, reckoning: tuple[str, ...]) -> None:
    explained = lines(opened(moments={"aware": aware}), "gdpr-33-1", zone=ZoneInfo(zone))
    assert explained[: len(reckoning)] == reckoning
    assert explained[len(reckoning)].startswith("outer limit ")


def test_weekend_and_change_are_those_of_the_zone_shown() -> None:
    journal = opened(moments={"aware": "2026-11-18T00:30+01:00"})
    assert SUNDAY not in lines(journal, "gdpr-33-1", zone=UTC_ZONE)
    across_the_change = opened(moments={"aware": "2026-10-23T15:30+02:00"})
    assert CHANGE not in lines(across_the_change, "gdpr-33-1", zone=UTC_ZONE)


def test_a_moment_not_recorded_runs_nothing() -> None:
    assert (
        lines(opened(vendor="kavkom"), "contract:kavkom")[0] == "vendor_aware has not been recorded: nothing runs yet"
    )


def test_a_presumption_is_marked() -> None:
    journal = opened(moments={"vendor_told_us": "2026-11-17T09:20+01:00"})
    assert lines(journal, "gdpr-33-1")[0] == "aware 2026-11-17 09:20 +01:00 (08:20 UTC), presumed from vendor_told_us"


def test_people_read_moments_in_words() -> None:
    journal = opened(
        vendor="kavkom", moments={"vendor_aware": "2026-11-17T09:00Z", "vendor_told_us": "2026-11-17T09:20Z"}
    )
    journal.sent("gdpr-33-1", "2026-11-18T10:00:00Z", complete=False)
    said = {duty: str(steps(clock, UTC_ZONE)[0]) for duty, clock in clocks(journal, "2026-11-21T12:00Z").items()}
    assert said["gdpr-33-1"] == "aware 2026-11-17 09:20 +00:00 (09:20 UTC), presumed from vendor told us"
    assert said["contract:kavkom"] == "vendor aware 2026-11-17 09:00 +00:00 (09:00 UTC)"
    assert said["gdpr-33-4"] == "notified under gdpr-33-1 2026-11-18 10:00 +00:00 (10:00 UTC)"


def test_a_soft_term_is_quoted_and_no_date_is_computed() -> None:
    explained = lines(
        opened(vendor="konverso", moments={"vendor_aware": "2026-11-20T09:00+01:00"}), "contract:konverso"
    )
    assert explained == (
        "vendor_aware 2026-11-20 09:00 +01:00 (08:00 UTC)",
        "“without undue delay”: the source gives no number, so no date is computed",
        "source: Konverso text, 6.1, checked 2026-11-01 (contract)",
    )


def test_rivals_are_shown_with_who_stated_them_and_why() -> None:
    candidates = [
        {"at": "2026-11-17T12:00Z", "why": "the report"},
        {"at": "2026-11-17T09:00Z"},
        {"at": "2026-11-17T11:00Z"},
    ]
    journal = opened(moments={"aware": candidates, "vendor_told_us": "2026-11-17T10:00Z"})
    rivals = [line for line in lines(journal, "gdpr-33-1", zone=UTC_ZONE) if line.startswith("not used")]
    assert rivals == [
        "not used, because later: 2026-11-17 10:00 +00:00 (10:00 UTC), presumed from vendor_told_us",
        "not used, because later: 2026-11-17 11:00 +00:00 (11:00 UTC), stated by anna",
        "not used, because later: 2026-11-17 12:00 +00:00 (12:00 UTC), stated by anna: the report",
    ]


def test_the_same_instant_again_is_no_rival() -> None:
    journal = opened(moments={"aware": "2026-11-17T09:00Z", "vendor_told_us": "2026-11-17T09:00Z"})
    assert not [line for line in lines(journal, "gdpr-33-1") if line.startswith("not used")]


@pytest.mark.parametrize(
    ("risk", "duty", "told"),
    [
        (None, "gdpr-33-1", UNDECIDED),
        (None, "gdpr-34", "whether the breach brings a high risk is undecided: it waits for the decision"),
        ("unlikely", "gdpr-33-1", "not required: that was decided, and the journal says by whom and why"),
        ("risk", "gdpr-34", "not required: that was decided, and the journal says by whom and why"),
    ],
)
def test_a_condition_is_told_unless_it_is_met(risk: str | None, duty: str, told: str) -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"})
    explained = lines(journal.decide(risk) if risk else journal, duty)
    assert explained[-2] == told
    assert not [line for line in explained if "no risk" in line]


def test_a_condition_that_is_met_needs_no_words() -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"}).decide("high")
    assert lines(journal, "gdpr-34") == (
        "aware 2026-11-17 09:20 +01:00 (08:20 UTC)",
        "“without undue delay”: the source gives no number, so no date is computed",
        "source: Gdpr text, gdpr-34, checked 2026-11-01 (law)",
    )


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("2026-11-20T08:20:00Z", "done 2026-11-20 09:20 +01:00 (08:20 UTC)"),
        ("2026-11-20T08:20:30Z", "done 2026-11-20 09:20:30 +01:00 (08:20:30 UTC), 30 s late"),
        ("2026-11-23T05:20:00Z", "done 2026-11-23 06:20 +01:00 (05:20 UTC), 2 d 21 h late"),
    ],
)
def test_what_was_done_and_how_late(sent: str, told: str) -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"}).decide("risk").sent("gdpr-33-1", sent)
    assert lines(journal, "gdpr-33-1")[-2] == told


def test_what_was_done_without_a_beginning_cannot_be_judged() -> None:
    journal = opened(vendor="konverso", moments={"vendor_told_us": "2026-11-20T09:00+01:00"})
    assert lines(journal, "contract:konverso") == (
        "vendor_aware has not been recorded: nothing runs yet",
        "done 2026-11-20 09:00 +01:00 (08:00 UTC): in time or late cannot be said without it",
        "source: Konverso text, 6.1, checked 2026-11-01 (contract)",
    )


def test_what_still_must_come_is_told_though_the_notice_came_in_time() -> None:
    moments = {"vendor_aware": "2026-11-18T09:00+01:00", "vendor_told_us": "2026-11-20T08:00+01:00"}
    assert lines(opened(vendor="kavkom", moments=moments), "contract:kavkom") == (
        "vendor_aware 2026-11-18 09:00 +01:00 (08:00 UTC)",
        "+ 48 hours elapsed",
        "= 2026-11-20 09:00 +01:00 (08:00 UTC)",
        "done 2026-11-20 08:00 +01:00 (07:00 UTC)",
        "still owed with it: any useful documentation",
        KAVKOM_SOURCE,
    )


def test_a_date_that_was_set() -> None:
    body = {
        "title": "Answer the letter",
        "from": "us",
        "to": "CNIL",
        "basis": "authority",
        "source": "Letter of 20 November",
        "place": "p. 2",
        "due_at": "2026-12-01T11:00:00Z",
    }
    rivals = [{"at": "2026-11-17T12:00Z"}, {"at": "2026-11-17T09:00Z"}]
    journal = opened(moments={"aware": rivals}).add(EntryKind.DUTY_ADDED, body)
    assert lines(journal, "added:1") == (
        "= 2026-12-01 12:00 +01:00 (11:00 UTC), the date that was set",
        "source: Letter of 20 November, p. 2 (authority)",
    )
    journal.sent("added:1", "2026-12-01T12:00:00Z")
    assert lines(journal, "added:1")[1] == "done 2026-12-01 13:00 +01:00 (12:00 UTC), 1 h 00 min late"


def test_the_rest_is_explained_from_its_filing_as_the_authoritys_own_time() -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"})
    journal.sent("gdpr-33-1", "2026-11-19T10:00:00Z", complete=False)
    assert lines(journal, "gdpr-33-4") == (
        "filed:gdpr-33-1 2026-11-19 11:00 +01:00 (10:00 UTC)",
        "+ 72 hours elapsed",
        "= 2026-11-22 11:00 +01:00 (10:00 UTC)",
        SUNDAY,
        "source: Cnil text, complement, checked 2026-11-01 (authority)",
    )


def test_a_target_says_that_it_is_ours() -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"}).decide("risk")
    ours = Organisation(targets={"gdpr-33-1": 24})
    assert lines(journal, "policy:gdpr-33-1", organisation=ours) == (
        "aware 2026-11-17 09:20 +01:00 (08:20 UTC)",
        "+ 24 hours elapsed",
        "= 2026-11-18 09:20 +01:00 (08:20 UTC)",
        "an internal target of ours, not a deadline",
        "source: our settings, targets.gdpr-33-1 (policy)",
    )


def test_notes_stand_before_the_source_and_a_doubtful_source_says_so() -> None:
    promise = clause(
        hours(1),
        notes=["Read with clause 7."],
        source=source(confidence="unconfirmed", checked_on="2026-10-01"),
    )
    doubtful = rules(vendor("doubtful", promise))
    journal = opened(vendor="doubtful", moments={"vendor_aware": "2026-11-18T09:00Z"})
    assert lines(journal, "contract:doubtful", zone=UTC_ZONE, under=doubtful) == (
        "vendor_aware 2026-11-18 09:00 +00:00 (09:00 UTC)",
        "+ 1 hour elapsed",
        "= 2026-11-18 10:00 +00:00 (10:00 UTC)",
        "Read with clause 7.",
        "source: Doubtful text, 6.1, checked 2026-10-01, unconfirmed (contract)",
    )


def test_every_clock_of_an_incident_can_be_explained() -> None:
    journal = opened(vendor="convious", moments={"vendor_told_us": "2026-11-17T09:20+01:00"})
    for one in clocks(journal, "2026-11-21T12:00Z", US_AT_HOME, RULES).values():
        assert explain(one, PARIS)[-1].startswith("source: ")
