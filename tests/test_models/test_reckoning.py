"""The steps of a reckoning: exact words and instants, by which a second person can redo it on paper."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from models.calendars import Calendar, holiday_table
from models.periods import CountingRule, Period, Unit
from tests.test_models.examples import PARIS, utc
from tests.test_models.places import BERLIN, IN_ALSACE, IN_FRANCE, IN_GERMANY, explained, reckoning

TABLE = holiday_table()
EU, DORA = CountingRule.REG_1182_71, CountingRule.DORA
NOT_FOR_HOURS = "Art. 3(4) of Reg. 1182/71 does not apply to periods in hours"
NOR_3_5 = "; the authorities that spoke on it say the same of the two working days of Art. 3(5)"
RUN_ON = "hours run through weekends and public holidays"
GERMAN_DAYS = f"working days: Monday to Friday, in Europe/Berlin, less the public holidays of DE ({TABLE})"
FRENCH_DAYS = f"working days: Monday to Friday, in Europe/Paris, less the public holidays of FR ({TABLE})"


def lines(
    unit: Unit, amount: int, start: str, counting: CountingRule | None = None, calendar: Calendar = IN_FRANCE
) -> list[str]:
    """Return every step as a line."""
    return explained(reckoning(Period(unit, amount), utc(start), counting, calendar))


class TestHours:
    def test_easter_monday_in_paris(self) -> None:
        assert lines(Unit.HOURS, 72, "2026-04-03T18:40+02:00", EU) == [
            "+ 72 hours elapsed",
            "= 2026-04-06 18:40 +02:00 (16:40 UTC)",
            f"not moved for Easter Monday (public holiday of FR, {TABLE}): {NOT_FOR_HOURS}{NOR_3_5}",
            (
                "outer limit 2026-04-06 19:00 +02:00 (17:00 UTC), for information: 72 hours from "
                "2026-04-03 19:00 +02:00 (17:00 UTC), for the hour of the event is not counted (Reg. 1182/71 Art. 3(1))"
            ),
        ]

    @pytest.mark.parametrize(
        ("start", "calendar", "end", "change"),
        [
            ("2026-10-23T15:30+02:00", IN_FRANCE, "2026-10-26 14:30 +01:00 (13:30 UTC)", "+02:00 to +01:00"),
            ("2027-03-26T10:15+01:00", IN_FRANCE, "2027-03-29 11:15 +02:00 (09:15 UTC)", "+01:00 to +02:00"),
            (
                "2026-04-03T10:00+11:00",
                Calendar(ZoneInfo("Australia/Lord_Howe")),
                "2026-04-06 09:30 +10:30 (2026-04-05 23:00 UTC)",
                "+11:00 to +10:30",
            ),
        ],
    )
    def test_a_clock_change_is_told_with_both_offsets(
        self, start: str, calendar: Calendar, end: str, change: str
    ) -> None:
        assert lines(Unit.HOURS, 72, start, None, calendar)[1:3] == [
            f"= {end}",
            (
                f"the clocks change in between, from {change}: "
                "hours are counted as they elapse, so the local hour differs"
            ),
        ]

    @pytest.mark.parametrize(
        ("start", "calendar", "day"),
        [
            ("2026-12-24T16:05+01:00", IN_GERMANY, "Sunday"),
            ("2026-11-18T00:30+01:00", IN_GERMANY, "Saturday"),
            ("2026-12-22T12:00+01:00", IN_GERMANY, f"Christmas Day (public holiday of DE, {TABLE})"),
            (
                "2026-12-23T12:00+01:00",
                IN_GERMANY,
                f"Saturday, Second Day of Christmas (public holiday of DE, {TABLE})",
            ),
            ("2026-03-31T12:00+02:00", IN_ALSACE, f"Good Friday (public holiday of FR, 6AE, {TABLE})"),
        ],
    )
    def test_an_end_on_a_day_of_rest_says_why_it_stays(self, start: str, calendar: Calendar, day: str) -> None:
        assert f"not moved for {day}: {NOT_FOR_HOURS}{NOR_3_5}" in lines(Unit.HOURS, 72, start, EU, calendar)
        assert f"not moved for {day}: {RUN_ON}" in lines(Unit.HOURS, 72, start, None, calendar)

    @pytest.mark.parametrize(
        ("start", "calendar"),
        [
            ("2026-11-17T09:20+01:00", IN_FRANCE),
            # A holiday of another country, or of a place that nobody named.
            ("2026-12-22T12:00+01:00", Calendar(PARIS)),
            ("2026-03-31T12:00+02:00", IN_FRANCE),
        ],
    )
    def test_an_end_on_any_other_day_needs_no_excuse(self, start: str, calendar: Calendar) -> None:
        assert not [line for line in lines(Unit.HOURS, 72, start, EU, calendar) if "not moved" in line]

    def test_the_two_working_days_are_no_matter_for_less_than_two_days(self) -> None:
        assert lines(Unit.HOURS, 47, "2026-11-20T00:30+01:00", EU)[2] == f"not moved for Saturday: {NOT_FOR_HOURS}"
        assert lines(Unit.HOURS, 48, "2026-11-20T00:30+01:00", EU)[2].endswith(NOR_3_5)

    def test_the_relief_under_dora(self) -> None:
        assert lines(Unit.HOURS, 24, "2026-12-24T10:00+01:00", DORA, IN_GERMANY) == [
            "+ 24 hours elapsed",
            "= 2026-12-25 10:00 +01:00 (09:00 UTC)",
            f"not moved for Christmas Day (public holiday of DE, {TABLE}): {RUN_ON}",
            (
                "outer limit 2026-12-28 12:00 +01:00 (11:00 UTC), for information: noon of the next working day, "
                "Mon 2026-12-28, for the time falls on Fri 2026-12-25 (Christmas Day, DE) "
                "(Art. 5(4) of Delegated Reg. (EU) 2025/301)"
            ),
            GERMAN_DAYS,
        ]

    def test_without_the_relief_nothing_is_said_of_working_days(self) -> None:
        assert lines(Unit.HOURS, 24, "2026-11-23T10:00+01:00", DORA, IN_GERMANY) == [
            "+ 24 hours elapsed",
            "= 2026-11-24 10:00 +01:00 (09:00 UTC)",
        ]


class TestDays:
    def test_the_last_day_is_rolled_and_two_working_days_are_assured(self) -> None:
        assert lines(Unit.DAYS, 3, "2026-12-24T15:00+01:00", EU, IN_GERMANY) == [
            "+ 3 days, ending at the same local time",
            "= 2026-12-27 15:00 +01:00 (14:00 UTC)",
            (
                "outer limit 2026-12-30 00:00 +01:00 (2026-12-29 23:00 UTC), for information: the last hour of "
                "Tue 2026-12-29, the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(b))"
            ),
            "the last day would be Sun 2026-12-27: the next working day is Mon 2026-12-28 (Art. 3(4))",
            (
                "only one working day, Mon 2026-12-28, lies within it, and two must: "
                "the second one is Tue 2026-12-29 (Art. 3(5))"
            ),
            GERMAN_DAYS,
            "public holidays met: Fri 2026-12-25 (Christmas Day, DE), Sat 2026-12-26 (Second Day of Christmas, DE)",
        ]

    def test_one_day_is_rolled_and_no_more(self) -> None:
        assert lines(Unit.DAYS, 1, "2026-04-05T09:00+02:00", EU) == [
            "+ 1 day, ending at the same local time",
            "= 2026-04-06 09:00 +02:00 (07:00 UTC)",
            (
                "outer limit 2026-04-08 00:00 +02:00 (2026-04-07 22:00 UTC), for information: the last hour of "
                "Tue 2026-04-07, the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(b))"
            ),
            (
                "the last day would be Mon 2026-04-06 (Easter Monday, FR): "
                "the next working day is Tue 2026-04-07 (Art. 3(4))"
            ),
            FRENCH_DAYS,
            "public holidays met: Mon 2026-04-06 (Easter Monday, FR)",
        ]

    def test_a_contract_without_a_counting_rule_has_one_end(self) -> None:
        assert lines(Unit.DAYS, 2, "2026-12-24T15:00+01:00", None, IN_GERMANY) == [
            "+ 2 days, ending at the same local time",
            "= 2026-12-26 15:00 +01:00 (14:00 UTC)",
        ]

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            (
                "2026-10-24T15:30+02:00",
                "= 2026-10-25 15:30 +01:00 (14:30 UTC)",
                [
                    (
                        "the clocks change in between, from +02:00 to +01:00: "
                        "the local time stays the same, so the elapsed hours differ"
                    )
                ],
            ),
            (
                "2026-10-24T02:30+02:00",
                "= 2026-10-25 02:30 +02:00 (00:30 UTC)",
                ["02:30 comes twice on that day: the first pass counts"],
            ),
            (
                "2027-03-27T02:30+01:00",
                "= 2027-03-28 03:00 +02:00 (01:00 UTC)",
                [
                    (
                        "the clocks change in between, from +01:00 to +02:00: "
                        "the local time stays the same, so the elapsed hours differ"
                    ),
                    "the clocks jump over 02:30 at its end: the period ends with the jump",
                ],
            ),
            ("2026-10-23T02:30+02:00", "= 2026-10-24 02:30 +02:00 (00:30 UTC)", []),
        ],
    )
    def test_a_clock_change_is_told(self, start: str, end: str, said: list[str]) -> None:
        assert lines(Unit.DAYS, 1, start) == ["+ 1 day, ending at the same local time", end, *said]

    def test_half_an_hour_that_comes_twice(self) -> None:
        lord_howe = Calendar(ZoneInfo("Australia/Lord_Howe"))
        assert lines(Unit.DAYS, 1, "2026-04-04T01:45+11:00", None, lord_howe)[1:] == [
            "= 2026-04-05 01:45 +11:00 (2026-04-04 14:45 UTC)",
            "01:45 comes twice on that day: the first pass counts",
        ]


class TestWeeksAndMonths:
    @pytest.mark.parametrize(("amount", "words"), [(1, "1 week (7 days)"), (2, "2 weeks (14 days)")])
    def test_weeks_say_their_days(self, amount: int, words: str) -> None:
        told = lines(Unit.WEEKS, amount, "2026-11-18T09:00+01:00", EU)
        assert told[0] == f"+ {words}, ending at the same local time"
        assert told[2].endswith("the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(c))")

    def test_a_month_that_lacks_the_date_ends_with_its_last_day(self) -> None:
        assert lines(Unit.MONTHS, 1, "2027-01-31T10:00+01:00", EU, IN_GERMANY) == [
            "+ 1 month by date, ending at the same local time",
            "February 2027 has no day 31: its last day ends the period",
            "= 2027-02-28 10:00 +01:00 (09:00 UTC)",
            (
                "outer limit 2027-03-02 00:00 +01:00 (2027-03-01 23:00 UTC), for information: the last hour of "
                "Mon 2027-03-01, the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(c))"
            ),
            "the last day would be Sun 2027-02-28: the next working day is Mon 2027-03-01 (Art. 3(4))",
            GERMAN_DAYS,
        ]

    @pytest.mark.parametrize(
        ("start", "said"),
        [
            ("2028-02-29T10:00+01:00", "February 2029 has no day 29: its last day ends the period"),
            ("2028-02-28T10:00+01:00", None),
            ("2026-11-30T10:00+01:00", None),
        ],
    )
    def test_only_a_month_that_lacks_it(self, start: str, said: str | None) -> None:
        told = lines(Unit.MONTHS, 12, start)
        assert (told[1] == said) if said else told[1].startswith("= ")


class TestWorkingDays:
    def test_each_is_named_and_so_is_each_that_is_not_worked(self) -> None:
        assert lines(Unit.WORKING_DAYS, 3, "2026-12-23T17:00+01:00", EU, IN_GERMANY) == [
            "+ 3 working days, the day of the event not counted, ending at the same local time",
            "counted: Thu 2026-12-24, Mon 2026-12-28, Tue 2026-12-29",
            (
                "not worked: Fri 2026-12-25 (Christmas Day, DE), Sat 2026-12-26 (Second Day of Christmas, DE), "
                "Sun 2026-12-27"
            ),
            "= 2026-12-29 17:00 +01:00 (16:00 UTC)",
            (
                "outer limit 2026-12-30 00:00 +01:00 (2026-12-29 23:00 UTC), for information: the last hour of "
                "Tue 2026-12-29, the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(b))"
            ),
            GERMAN_DAYS,
        ]

    def test_many_are_counted_by_kind(self) -> None:
        assert lines(Unit.WORKING_DAYS, 30, "2026-11-24T10:00+01:00", None, IN_GERMANY)[:6] == [
            "+ 30 working days, the day of the event not counted, ending at the same local time",
            "days from Wed 2026-11-25 to Thu 2027-01-07: 44",
            "Saturdays and Sundays among them: 12",
            (
                "public holidays on other days: 2, namely Fri 2026-12-25 (Christmas Day, DE), "
                "Fri 2027-01-01 (New Year's Day, DE)"
            ),
            "left: 30",
            "= 2027-01-07 10:00 +01:00 (09:00 UTC)",
        ]

    def test_many_with_saturdays_worked_and_no_holiday_met(self) -> None:
        six_days = Calendar(PARIS, "FR", saturdays=True)
        assert lines(Unit.WORKING_DAYS, 12, "2026-11-12T10:00+01:00", None, six_days) == [
            "+ 12 working days, the day of the event not counted, ending at the same local time",
            "days from Fri 2026-11-13 to Thu 2026-11-26: 14",
            "Sundays among them: 2",
            "left: 12",
            "= 2026-11-26 10:00 +01:00 (09:00 UTC)",
            (f"working days: Monday to Saturday, in Europe/Paris, less the public holidays of FR ({TABLE})"),
        ]

    def test_a_long_list_of_holidays_is_cut_and_says_so(self) -> None:
        told = lines(Unit.WORKING_DAYS, 600, "2026-11-20T10:00+01:00", None, IN_GERMANY)
        met = next(line for line in told if line.startswith("public holidays on other days: "))
        assert met.startswith("public holidays on other days: 17, namely Fri 2026-12-25 (Christmas Day, DE), Fri 2027")
        assert met.endswith(", Mon 2028-06-05 (Pentecost Monday, DE), 5 more, and Mon 2029-04-02 (Easter Monday, DE)")
        assert met.count("(") == 12


class TestBusinessHours:
    def test_each_day_says_from_when_to_when_and_how_much(self) -> None:
        office = Calendar(PARIS, "FR", "6AE", opens=time(9), closes=time(17))
        assert lines(Unit.BUSINESS_HOURS, 16, "2026-04-01T16:30+02:00", EU, office) == [
            "+ 16 business hours, counted on working days only",
            (
                "counted: Wed 2026-04-01 16:30 to 17:00 (30 min), Thu 2026-04-02 09:00 to 17:00 (8 h), "
                "Tue 2026-04-07 09:00 to 16:30 (7 h 30 min)"
            ),
            (
                "not worked: Fri 2026-04-03 (Good Friday, FR), Sat 2026-04-04, Sun 2026-04-05, "
                "Mon 2026-04-06 (Easter Monday, FR)"
            ),
            "= 2026-04-07 16:30 +02:00 (14:30 UTC)",
            (
                "working days: Monday to Friday, 09:00 to 17:00, in Europe/Paris, "
                f"less the public holidays of FR, 6AE ({TABLE})"
            ),
        ]

    def test_whole_days_end_at_24(self) -> None:
        assert lines(Unit.BUSINESS_HOURS, 20, "2026-11-20T16:30:15+01:00")[1:4] == [
            (
                "counted: Fri 2026-11-20 16:30:15 to 24:00 (7 h 29 min 45 s), Mon 2026-11-23 00:00 to 12:30:15 "
                "(12 h 30 min 15 s)"
            ),
            "not worked: Sat 2026-11-21, Sun 2026-11-22",
            "= 2026-11-23 12:30:15 +01:00 (11:30:15 UTC)",
        ]

    def test_a_start_on_a_day_that_is_not_worked(self) -> None:
        office = Calendar(PARIS, "FR", opens=time(9), closes=time(17))
        assert lines(Unit.BUSINESS_HOURS, 1, "2026-11-22T10:00+01:00", None, office)[1:3] == [
            "counted: Mon 2026-11-23 09:00 to 10:00 (1 h)",
            "not worked: Sun 2026-11-22",
        ]


class TestCalendar:
    @pytest.mark.parametrize(
        ("calendar", "said"),
        [
            (
                Calendar(PARIS),
                (
                    "Monday to Friday, in Europe/Paris; "
                    "no country is recorded for the place, so no public holiday is known"
                ),
            ),
            (
                Calendar(PARIS, "ZZ"),
                f"Monday to Friday, in Europe/Paris; the table has no public holidays of ZZ ({TABLE})",
            ),
            (
                Calendar(PARIS, "FR", "75"),
                (
                    f"Monday to Friday, in Europe/Paris, less the public holidays of FR ({TABLE}); "
                    "the table has none of 75's own"
                ),
            ),
            (
                Calendar(BERLIN, "DE", "BY", saturdays=True),
                f"Monday to Saturday, in Europe/Berlin, less the public holidays of DE, BY ({TABLE})",
            ),
        ],
    )
    def test_what_is_known_of_the_place_is_said(self, calendar: Calendar, said: str) -> None:
        assert lines(Unit.WORKING_DAYS, 1, "2026-11-23T10:00+01:00", None, calendar)[-1] == f"working days: {said}"
