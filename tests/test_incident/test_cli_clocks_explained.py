"""`incident clocks --explain`: how each date was reckoned, so that a second person can redo it on paper."""

import json
from pathlib import Path

import pytest

from models.calendars import holiday_table
from tests.test_incident.command_line import incident

OFFICE = """
id = "office"
kind = "vendor"
name = "Office Ltd"
does = "Keeps files."

[[documents]]
id = "terms"
title = "Office terms"
language = "en"
checked_on = 2026-11-20

[[duties]]
trigger = "aware"
scope = "confirmed"
period = { unit = "working-days", amount = 2 }
counting = "reg-1182-71"
calendar = { country = "DE", subdivision = "BY", zone = "Europe/Berlin" }
source = { document = "terms", place = "9", confidence = "checked" }

[[duties]]
clause = "desk"
trigger = "aware"
scope = "confirmed"
period = { unit = "business-hours", amount = 4 }
calendar = { country = "GB", subdivision = "ENG", zone = "Europe/London", opens = "09:00", closes = "17:30" }
source = { document = "terms", place = "10", confidence = "checked" }
"""


def opened(**record: object) -> None:
    """Open an incident from a record as a script hands it in."""
    piped = json.dumps({"title": "Recordings", **record}).encode()
    assert incident("open", "--from", "-", piped=piped).out == "INC-2026-0001\n"


def explained(duty: str, now: str) -> list[str]:
    """Return a clock's explanation; its text for people holds the same lines, in the same order."""
    arguments = ("clocks", "INC-2026-0001", "--explain", "--now", now)
    told = next(one for one in incident(*arguments, "--json").json["clocks"] if one["duty"] == duty)["explain"]
    assert "".join(f"      {line}\n" for line in told) in incident(*arguments).out
    return list(told)


def test_easter_monday_in_paris() -> None:
    opened(
        moments={"aware": "2026-04-03T18:40:00+02:00"},
        place={"country": "FR", "zone": "Europe/Paris"},
    )
    assert explained("gdpr-33-1", "2026-04-04T12:00Z") == [
        "aware 2026-04-03 18:40 +02:00 (16:40 UTC)",
        "+ 72 hours elapsed",
        "= 2026-04-06 18:40 +02:00 (16:40 UTC)",
        (
            f"not moved for Easter Monday (public holiday of FR, {holiday_table()}): "
            "Art. 3(4) of Reg. 1182/71 does not apply to periods in hours; "
            "the authorities that spoke on it say the same of the two working days of Art. 3(5)"
        ),
        (
            "outer limit 2026-04-06 19:00 +02:00 (17:00 UTC), for information: 72 hours from "
            "2026-04-03 19:00 +02:00 (17:00 UTC), for the hour of the event is not counted (Reg. 1182/71 Art. 3(1))"
        ),
        "whether the breach brings a risk is undecided: the clock alarms all the same",
        "72 hours are the outer limit: the notification is owed without undue delay.",
        (
            "What is not known yet may follow in phases (Art. 33(4) GDPR); "
            "after 72 hours the reasons for the delay go with it."
        ),
        ("Not owed only where a risk to the rights and freedoms of natural persons is unlikely: record the reasons."),
        "source: GDPR (Regulation (EU) 2016/679), Art. 33(1), 33(3), checked 2026-10-10 (law)",
        "due 2026-04-06 18:40 +02:00 (16:40 UTC)",
    ]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract of our own in working days and in business hours."""
    vendors = tmp_path / "playbooks" / "vendors"
    vendors.mkdir(parents=True)
    (vendors / "office.toml").write_text(OFFICE, "utf-8")
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    monkeypatch.setenv("INCIDENT_SETTINGS", str(settings))


@pytest.mark.usefixtures("office")
def test_a_contract_s_working_days_are_its_own_and_the_times_are_told_in_their_zone() -> None:
    opened(
        vendor="office",
        moments={"vendor_aware": "2027-01-05T15:00:00Z"},
        place={"country": "FR", "zone": "Europe/Lisbon"},
    )
    assert explained("contract:office", "2027-01-05T16:00Z") == [
        "vendor_aware 2027-01-05 16:00 +01:00 (15:00 UTC)",
        "+ 2 working days, the day of the event not counted, ending at the same local time",
        "counted: Thu 2027-01-07, Fri 2027-01-08",
        "not worked: Wed 2027-01-06 (Epiphany, DE)",
        "= 2027-01-08 16:00 +01:00 (15:00 UTC)",
        (
            "outer limit 2027-01-09 00:00 +01:00 (2027-01-08 23:00 UTC), for information: the last hour of "
            "Fri 2027-01-08, the day of the event not counted (Reg. 1182/71 Art. 3(1), 3(2)(b))"
        ),
        f"working days: Monday to Friday, in Europe/Berlin, less the public holidays of DE, BY ({holiday_table()})",
        "source: Office terms, 9, checked 2026-11-20 (contract)",
        "due 2027-01-08 15:00 +00:00 (15:00 UTC)",
    ]
    assert explained("contract:office/desk", "2027-01-05T16:00Z") == [
        "vendor_aware 2027-01-05 15:00 +00:00 (15:00 UTC)",
        "+ 4 business hours, counted on working days only",
        "counted: Tue 2027-01-05 15:00 to 17:30 (2 h 30 min), Wed 2027-01-06 09:00 to 10:30 (1 h 30 min)",
        "= 2027-01-06 10:30 +00:00 (10:30 UTC)",
        (
            "working days: Monday to Friday, 09:00 to 17:30, in Europe/London, "
            f"less the public holidays of GB, ENG ({holiday_table()})"
        ),
        "source: Office terms, 10, checked 2026-11-20 (contract)",
        "due 2027-01-06 10:30 +00:00 (10:30 UTC)",
    ]
