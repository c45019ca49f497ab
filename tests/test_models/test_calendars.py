"""Calendars: which days are worked at a place, under which public holidays, and when its days end."""

from datetime import date, datetime, time
from importlib.metadata import version
from zoneinfo import ZoneInfo

import pytest

from models.calendars import Calendar, days_within, end_of_day, first_reading, holiday_table, subdivisions
from tests.test_models.examples import PARIS, UTC_ZONE, utc


def at(country: str | None, subdivision: str | None = None, *, saturdays: bool = False) -> Calendar:
    return Calendar(UTC_ZONE, country, subdivision, saturdays)


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestPublicHolidays:
    @pytest.mark.parametrize(
        ("country", "subdivision", "on", "name"),
        [
            ("FR", None, "2026-04-03", None),
            ("FR", "6AE", "2026-04-03", "Good Friday"),
            ("FR", "Alsace", "2026-04-03", "Good Friday"),
            ("FR", None, "2026-04-06", "Easter Monday"),
            ("FR", None, "2026-12-26", None),
            ("FR", "6AE", "2026-12-26", "Saint Stephen's Day"),
            ("FR", "57", "2026-12-26", "Saint Stephen's Day"),
            ("DE", None, "2026-12-24", None),
            ("DE", None, "2026-12-26", "Second Day of Christmas"),
            ("DE", None, "2027-01-06", None),
            ("DE", "BY", "2027-01-06", "Epiphany"),
            ("DE", "BY", "2026-06-04", "Corpus Christi"),
            ("DE", "BE", "2026-06-04", None),
            ("GB", "ENG", "2026-04-06", "Easter Monday"),
            ("GB", "SCT", "2026-04-06", None),
            ("GB", None, "2026-12-28", "Boxing Day (observed)"),
            ("NL", None, "2026-04-27", "King's Day"),
            ("SE", None, "2026-06-20", "Midsummer Day"),
            ("IT", None, "2026-04-06", "Easter Monday"),
            ("ES", None, "2026-04-06", None),
            ("ES", "CT", "2026-04-06", "Easter Monday"),
        ],
    )
    def test_they_are_those_of_the_country_and_its_part(
        self, country: str, subdivision: str | None, on: str, name: str | None
    ) -> None:
        assert at(country, subdivision).holiday(day(on)) == name

    def test_without_a_country_there_are_none(self) -> None:
        assert at(None).holiday(day("2026-12-25")) is None
        assert not at(None).knows_holidays
        assert not at(None, "BY").knows_subdivision

    def test_a_country_that_the_table_has_not_has_none(self) -> None:
        nowhere = at("ZZ", "BY")
        assert nowhere.holiday(day("2026-12-25")) is None
        assert not nowhere.knows_holidays
        assert not nowhere.knows_subdivision
        assert subdivisions("ZZ") == ()

    def test_a_part_that_the_table_has_not_has_the_country_s(self) -> None:
        assert at("FR", "75").holiday(day("2026-04-06")) == "Easter Monday"
        assert at("FR", "75").knows_holidays
        assert not at("FR", "75").knows_subdivision
        assert at("FR", "6AE").knows_subdivision
        assert not at("FR").knows_subdivision

    def test_the_table_is_named_with_its_version(self) -> None:
        assert holiday_table() == f"holidays {version('holidays')}"

    def test_those_met_lie_after_the_first_day_up_to_the_last(self) -> None:
        christmas = [(day("2026-12-25"), "Christmas Day"), (day("2026-12-26"), "Second Day of Christmas")]
        assert list(at("DE").holidays_within(day("2026-12-24"), day("2026-12-26"))) == christmas
        assert list(at("DE").holidays_within(day("2026-12-25"), day("2027-01-01"))) == [
            christmas[1],
            (day("2027-01-01"), "New Year's Day"),
        ]


class TestWorkingDays:
    @pytest.mark.parametrize("on", ["2026-11-20", "2026-12-24"])
    def test_weekdays_are_worked(self, on: str) -> None:
        assert at("FR").is_worked(day(on))

    @pytest.mark.parametrize("on", ["2026-11-21", "2026-11-22", "2026-11-11", "2026-08-15"])
    def test_saturdays_sundays_and_public_holidays_are_not(self, on: str) -> None:
        assert not at("FR").is_worked(day(on))

    def test_saturdays_are_where_they_count_as_such_unless_they_are_holidays(self) -> None:
        days = ("2026-11-21", "2026-11-22", "2026-08-15")
        assert [at("FR", saturdays=True).is_worked(day(on)) for on in days] == [True, False, False]
        assert [at("FR", saturdays=True).is_weekend(day(on)) for on in days] == [False, True, False]
        assert [at("FR").is_weekend(day(on)) for on in days] == [True, True, True]

    def test_a_holiday_is_worked_where_no_country_is_known(self) -> None:
        assert at(None).is_worked(day("2026-11-11"))

    def test_from_a_day_on_and_after_it(self) -> None:
        assert at("DE").worked_from(day("2026-12-24")) == day("2026-12-24")
        assert at("DE").worked_from(day("2026-12-25")) == day("2026-12-28")
        assert at("DE").worked_after(day("2026-12-24"), 1) == day("2026-12-28")
        assert at("DE").worked_after(day("2026-12-24"), 5) == day("2027-01-04")
        assert at("DE", saturdays=True).worked_after(day("2026-12-24"), 5) == day("2027-01-02")

    def test_days_within_leave_out_the_first_and_keep_the_last(self) -> None:
        assert list(days_within(day("2026-12-30"), day("2027-01-01"))) == [day("2026-12-31"), day("2027-01-01")]
        assert list(days_within(day("2026-12-30"), day("2026-12-30"))) == []


class TestWorkedHours:
    OFFICE = Calendar(PARIS, "FR", opens=time(9), closes=time(17, 30))

    @pytest.mark.parametrize(
        ("start", "hours", "spans"),
        [
            ("2026-11-20T16:00+01:00", 1, ["2026-11-20T15:00Z 2026-11-20T16:00Z"]),
            ("2026-11-23T07:00+01:00", 2, ["2026-11-23T08:00Z 2026-11-23T10:00Z"]),
            (
                "2026-11-20T17:00+01:00",
                10,
                [
                    "2026-11-20T16:00Z 2026-11-20T16:30Z",
                    "2026-11-23T08:00Z 2026-11-23T16:30Z",
                    "2026-11-24T08:00Z 2026-11-24T09:00Z",
                ],
            ),
            ("2026-11-20T17:30+01:00", 1, ["2026-11-23T08:00Z 2026-11-23T09:00Z"]),
            ("2026-11-22T12:00+01:00", 1, ["2026-11-23T08:00Z 2026-11-23T09:00Z"]),
            # Armistice Day.
            (
                "2026-11-10T17:00+01:00",
                1,
                ["2026-11-10T16:00Z 2026-11-10T16:30Z", "2026-11-12T08:00Z 2026-11-12T08:30Z"],
            ),
            # Over the clock change: nine o'clock is nine o'clock.
            (
                "2026-10-23T17:00+02:00",
                1,
                ["2026-10-23T15:00Z 2026-10-23T15:30Z", "2026-10-26T08:00Z 2026-10-26T08:30Z"],
            ),
        ],
    )
    def test_they_are_counted_day_by_day(self, start: str, hours: int, spans: list[str]) -> None:
        counted = list(self.OFFICE.worked_spans(utc(start), hours))
        assert counted == [(utc(begun), utc(ended)) for begun, ended in (span.split() for span in spans)]
        assert self.OFFICE.after_worked_hours(utc(start), hours) == counted[-1][1]

    def test_a_day_ends_on_its_closing_hour(self) -> None:
        office = Calendar(PARIS, "FR", opens=time(9), closes=time(17))
        assert office.after_worked_hours(utc("2026-11-23T09:00+01:00"), 8) == utc("2026-11-23T17:00+01:00")

    def test_without_opening_hours_the_whole_day_is_worked(self) -> None:
        assert list(Calendar(PARIS, "FR").worked_spans(utc("2026-11-20T16:30+01:00"), 20)) == [
            (utc("2026-11-20T16:30+01:00"), utc("2026-11-21T00:00+01:00")),
            (utc("2026-11-23T00:00+01:00"), utc("2026-11-23T12:30+01:00")),
        ]

    def test_a_day_of_25_hours_counts_25(self) -> None:
        # In Cairo, 24:00 of Thursday 29 October 2026 is put back to 23:00.
        cairo = Calendar(ZoneInfo("Africa/Cairo"))
        assert list(cairo.worked_spans(utc("2026-10-29T00:00+03:00"), 26)) == [
            (utc("2026-10-29T00:00+03:00"), utc("2026-10-30T00:00+02:00")),
            (utc("2026-10-30T00:00+02:00"), utc("2026-10-30T01:00+02:00")),
        ]


class TestLocalTimes:
    @pytest.mark.parametrize(
        ("local", "zone", "instant"),
        [
            ("2026-11-20T09:00", "Europe/Paris", "2026-11-20T09:00+01:00"),
            ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T02:30+02:00"),
            ("2027-03-28T02:30", "Europe/Paris", "2027-03-28T03:00+02:00"),
            ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-05T01:45+11:00"),
            ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T02:30+11:00"),
            ("2026-03-29T00:00", "Asia/Beirut", "2026-03-29T01:00+03:00"),
            ("2026-03-29T00:59:59", "Asia/Beirut", "2026-03-29T01:00+03:00"),
            ("2011-12-30T00:00", "Pacific/Apia", "2011-12-31T00:00+14:00"),
            ("2011-12-30T10:00", "Pacific/Apia", "2011-12-31T00:00+14:00"),
            ("2011-12-30T23:59:59", "Pacific/Apia", "2011-12-31T00:00+14:00"),
        ],
    )
    def test_a_repeated_hour_counts_on_its_first_pass_and_a_skipped_one_with_the_jump(
        self, local: str, zone: str, instant: str
    ) -> None:
        assert first_reading(datetime.fromisoformat(local), ZoneInfo(zone)) == utc(instant)

    @pytest.mark.parametrize(
        ("on", "zone", "end"),
        [
            ("2026-12-31", "Europe/Paris", "2027-01-01T00:00+01:00"),
            ("2026-11-18", "Asia/Kolkata", "2026-11-19T00:00+05:30"),
            # Midnight is skipped, comes twice, or is put back into the day before.
            ("2026-03-28", "Asia/Beirut", "2026-03-29T01:00+03:00"),
            ("2026-10-31", "America/Havana", "2026-11-01T00:00-04:00"),
            ("2018-02-17", "America/Sao_Paulo", "2018-02-18T00:00-03:00"),
            ("2010-11-06", "America/St_Johns", "2010-11-07T00:00-02:30"),
            ("2011-12-29", "Pacific/Apia", "2011-12-31T00:00+14:00"),
        ],
    )
    def test_the_end_of_a_day_is_midnight_as_the_place_has_it(self, on: str, zone: str, end: str) -> None:
        assert end_of_day(day(on), ZoneInfo(zone)) == utc(end)
