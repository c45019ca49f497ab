"""Explanations: the exact lines by which a second person can redo a clock on paper."""

from typing import Any

import pytest

from models.calendars import Calendar
from models.explanation import explain
from models.journal import EntryKind
from models.organisation import Organisation
from models.periods import instant_words
from tests.test_models.examples import PARIS, UTC_ZONE, Journal, opened
from tests.test_models.rulebook import RULES, US_AT_HOME, clause, clocks, hours, rules, source, vendor

KAVKOM_SOURCE = "source: Kavkom text, 6.1, checked 2026-11-01 (contract)"
GDPR_33_1_SOURCE = "source: Gdpr text, gdpr-33-1, checked 2026-11-01 (law)"
UNDECIDED = "whether the breach brings a risk is undecided: the clock alarms all the same"
OUTER_LIMIT = (
    "outer limit 2026-11-20 10:00 +01:00 (09:00 UTC), for information: 72 hours from "
    "2026-11-17 10:00 +01:00 (09:00 UTC), for the hour of the event is not counted (Reg. 1182/71 Art. 3(1))"
)
SUNDAY = "not moved for Sunday: hours run through weekends and public holidays"
IN_PARIS, AT_UTC = Calendar(PARIS, "FR"), Calendar(UTC_ZONE)


def lines(
    journal: Journal, duty: str, now: str = "2026-11-21T12:00Z", place: Calendar = IN_PARIS, **more: Any
) -> tuple[str, ...]:
    return explain(clocks(journal, now, **more)[duty], place)


def test_the_example_of_the_public_contract() -> None:
    explained = lines(opened(vendor="kavkom", moments={"vendor_aware": "2026-11-20T09:00+01:00"}), "contract:kavkom")
    assert explained == (
        "vendor_aware 2026-11-20 09:00 +01:00 (08:00 UTC)",
        "+ 48 hours elapsed",
        "= 2026-11-22 09:00 +01:00 (08:00 UTC)",
        SUNDAY,
        "still owed with it: any useful documentation",
        KAVKOM_SOURCE,
        "due 2026-11-22 09:00 +01:00 (08:00 UTC)",
    )


def test_the_outer_limit_is_information_and_a_weekday_needs_no_excuse() -> None:
    assert lines(opened(moments={"aware": "2026-11-17T09:20+01:00"}), "gdpr-33-1") == (
        "aware 2026-11-17 09:20 +01:00 (08:20 UTC)",
        "+ 72 hours elapsed",
        "= 2026-11-20 09:20 +01:00 (08:20 UTC)",
        OUTER_LIMIT,
        UNDECIDED,
        GDPR_33_1_SOURCE,
        "due 2026-11-20 09:20 +01:00 (08:20 UTC)",
    )


def test_the_times_are_those_of_the_place() -> None:
    journal = opened(moments={"aware": "2026-10-23T15:30+02:00"})
    in_paris, at_utc = lines(journal, "gdpr-33-1"), lines(journal, "gdpr-33-1", place=AT_UTC)
    assert in_paris[2:4] == (
        "= 2026-10-26 14:30 +01:00 (13:30 UTC)",
        (
            "the clocks change in between, from +02:00 to +01:00: "
            "hours are counted as they elapse, so the local hour differs"
        ),
    )
    assert at_utc[2] == "= 2026-10-26 13:30 +00:00 (13:30 UTC)"
    assert at_utc[3].startswith("outer limit 2026-10-26 14:00 +00:00 (14:00 UTC), ")
    assert at_utc[-1] == "due 2026-10-26 13:30 +00:00 (13:30 UTC)"


def test_a_moment_not_recorded_runs_nothing() -> None:
    assert (
        lines(opened(vendor="kavkom"), "contract:kavkom")[0] == "vendor_aware has not been recorded: nothing runs yet"
    )


def test_a_presumption_is_marked() -> None:
    journal = opened(moments={"vendor_told_us": "2026-11-17T09:20+01:00"})
    assert lines(journal, "gdpr-33-1")[0] == "aware 2026-11-17 09:20 +01:00 (08:20 UTC), presumed from vendor_told_us"


def test_a_soft_term_is_quoted_and_no_date_is_computed() -> None:
    explained = lines(
        opened(vendor="konverso", moments={"vendor_aware": "2026-11-20T09:00+01:00"}), "contract:konverso"
    )
    assert explained == (
        "vendor_aware 2026-11-20 09:00 +01:00 (08:00 UTC)",
        "“without undue delay”: the source gives no number, so no date is computed",
        "1 d 04 h have passed since; the last recorded action was 0 s ago",
        "source: Konverso text, 6.1, checked 2026-11-01 (contract)",
    )


def test_rivals_are_shown_with_who_stated_them_why_and_the_band_of_deadlines() -> None:
    candidates = [
        {"at": "2026-11-17T12:00Z", "why": "the report"},
        {"at": "2026-11-17T09:00Z"},
        {"at": "2026-11-17T11:00Z"},
    ]
    journal = opened(moments={"aware": candidates, "vendor_told_us": "2026-11-17T10:00Z"})
    explained = lines(journal, "gdpr-33-1", place=AT_UTC)
    start = explained.index(
        "not used, because later: 2026-11-17 10:00 +00:00 (10:00 UTC), presumed from vendor_told_us; "
        "from there it would end 2026-11-20 10:00 +00:00 (10:00 UTC)"
    )
    assert explained[start + 1 : start + 5] == (
        (
            "not used, because later: 2026-11-17 11:00 +00:00 (11:00 UTC), stated by anna; "
            "from there it would end 2026-11-20 11:00 +00:00 (11:00 UTC)"
        ),
        (
            "not used, because later: 2026-11-17 12:00 +00:00 (12:00 UTC), stated by anna: the report; "
            "from there it would end 2026-11-20 12:00 +00:00 (12:00 UTC)"
        ),
        (
            "defensible deadlines: 2026-11-20 09:00 +00:00 (09:00 UTC) to 2026-11-20 12:00 +00:00 (12:00 UTC); "
            "the earliest moment drives the alarm"
        ),
        UNDECIDED,
    )


def test_rivals_of_a_soft_term_have_no_deadlines() -> None:
    journal = opened(moments={"aware": [{"at": "2026-11-17T12:00Z"}, {"at": "2026-11-17T09:00Z"}]}).decide("high")
    told = [line for line in lines(journal, "gdpr-34", place=AT_UTC) if "deadlines" in line or "not used" in line]
    assert told == ["not used, because later: 2026-11-17 12:00 +00:00 (12:00 UTC), stated by anna"]


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
    source = next(at for at, line in enumerate(explained) if line.startswith("source: "))
    assert explained[source - 1] == told
    assert not [line for line in explained if "no risk" in line]


def test_a_condition_that_is_met_needs_no_words() -> None:
    journal = opened(moments={"aware": "2026-11-17T09:20+01:00"}).decide("high")
    assert lines(journal, "gdpr-34") == (
        "aware 2026-11-17 09:20 +01:00 (08:20 UTC)",
        "“without undue delay”: the source gives no number, so no date is computed",
        "4 d 03 h have passed since; the last recorded action was 0 s ago",
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
    assert lines(journal, "gdpr-33-1")[-3] == told


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
        "due 2026-11-20 09:00 +01:00 (08:00 UTC)",
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
        "due 2026-12-01 12:00 +01:00 (11:00 UTC)",
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
        "due 2026-11-22 11:00 +01:00 (10:00 UTC)",
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
        "due 2026-11-18 09:20 +01:00 (08:20 UTC)",
    )


def test_notes_stand_before_the_source_and_a_doubtful_source_says_so() -> None:
    promise = clause(
        hours(1),
        notes=["Read with clause 7."],
        source=source(confidence="unconfirmed", checked_on="2026-10-01"),
    )
    doubtful = rules(vendor("doubtful", promise))
    journal = opened(vendor="doubtful", moments={"vendor_aware": "2026-11-18T09:00Z"})
    assert lines(journal, "contract:doubtful", place=AT_UTC, under=doubtful) == (
        "vendor_aware 2026-11-18 09:00 +00:00 (09:00 UTC)",
        "+ 1 hour elapsed",
        "= 2026-11-18 10:00 +00:00 (10:00 UTC)",
        "Read with clause 7.",
        "source: Doubtful text, 6.1, checked 2026-10-01, unconfirmed (contract)",
        "due 2026-11-18 10:00 +00:00 (10:00 UTC)",
    )


def test_every_clock_of_an_incident_ends_with_its_source_and_with_its_date_where_it_has_one() -> None:
    journal = opened(vendor="convious", moments={"vendor_told_us": "2026-11-17T09:20+01:00"})
    for one in clocks(journal, "2026-11-21T12:00Z", US_AT_HOME, RULES).values():
        explained = explain(one, IN_PARIS)
        if one.due_at is None:
            assert explained[-1].startswith("source: ")
        else:
            assert explained[-2].startswith("source: ")
            assert explained[-1] == f"due {instant_words(one.due_at, PARIS)}"
