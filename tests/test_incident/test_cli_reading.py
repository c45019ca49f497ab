"""The commands that read: the board, one incident, its journal, the verification; and what was known when."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.test_incident.command_line import incident, refused
from tests.test_incident.store_examples import RECORDED, Clock

NOW = "2026-10-25T12:00Z"
ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")


def opened(title: str, *arguments: str) -> str:
    return incident("open", "--title", title, *arguments).out.strip()


def store() -> Path:
    return Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "incidents.db")


class TestList:
    @pytest.fixture
    def board(self) -> None:
        """Fill the board: references by urgency are 3 (overdue), 2 (due soon), 4 (running), 1 (undated)."""
        opened("Chat export", "--vendor", "konverso", "--vendor-aware", "2026-10-25T06:00Z", "personal_data=null")
        incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted")
        opened("Recordings", "--vendor", "kavkom", "--vendor-told-us", "2026-10-23T00:00Z")
        opened("Booking page", "--vendor", "convious", "--vendor-told-us", "2026-10-20T00:00Z")
        record = (
            b'{"title": "Fax archive", "source": "soc", "ref": "4", "role": "processor", "vendor": {"name": "Nimbus"},'
            b' "customers": [{"name": "Acme"}], "contract": "kavkom", "moments": {"aware": "2026-10-25T00:00Z"}}'
        )
        incident("open", "--from", "-", piped=record)

    @pytest.mark.usefixtures("board")
    def test_the_document(self) -> None:
        document = incident("list", "--json").json
        assert list(document) == ["as_of", "total", "incidents"]
        assert (document["as_of"], document["total"]) == ("2026-10-25T12:00:00Z", 4)
        assert document["incidents"] == [
            {
                "incident": "INC-2026-0003",
                "ref": None,
                "title": "Booking page",
                "vendor": "convious",
                "role": "controller",
                "state": "open",
                "next": {"duty": "gdpr-33-1", "due_at": "2026-10-23T00:00:00Z", "state": "overdue"},
                "completeness": {"answered": 0, "required": 9},
                "risk": None,
            },
            {
                "incident": "INC-2026-0002",
                "ref": None,
                "title": "Recordings",
                "vendor": "kavkom",
                "role": "controller",
                "state": "open",
                "next": {"duty": "gdpr-33-1", "due_at": "2026-10-26T00:00:00Z", "state": "due-soon"},
                "completeness": {"answered": 0, "required": 9},
                "risk": None,
            },
            {
                "incident": "INC-2026-0004",
                "ref": "soc:4",
                "title": "Fax archive",
                "vendor": "Nimbus",
                "role": "processor",
                "state": "open",
                "next": {"duty": "contract:kavkom@acme", "due_at": "2026-10-27T00:00:00Z", "state": "running"},
                "completeness": {"answered": 0, "required": 9},
                "risk": None,
            },
            {
                "incident": "INC-2026-0001",
                "ref": None,
                "title": "Chat export",
                "vendor": "konverso",
                "role": "controller",
                "state": "open",
                "next": {"duty": "contract:konverso", "due_at": None, "state": "open"},
                "completeness": {"answered": 0, "required": 9},
                "risk": "unlikely",
            },
        ]

    @pytest.mark.usefixtures("board")
    def test_the_text(self) -> None:
        assert incident("list").out == (
            "time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)\n"
            "✖ OVERDUE 2 d 12 h       INC-2026-0003  Booking page\n"
            "                         we → the competent supervisory authority · gdpr-33-1"
            " · due 2026-10-23 00:00 +00:00 (00:00 UTC) · file 0/9 · risk undecided\n"
            "▲ due-soon, 12 h 00 min  INC-2026-0002  Recordings\n"
            "                         we → the competent supervisory authority · gdpr-33-1"
            " · due 2026-10-26 00:00 +00:00 (00:00 UTC) · file 0/9 · risk undecided\n"
            "● running, 1 d 12 h      INC-2026-0004  Fax archive\n"
            "                         we → Acme · contract:kavkom@acme"
            " · due 2026-10-27 00:00 +00:00 (00:00 UTC) · file 0/9\n"
            "○ open, no date          INC-2026-0001  Chat export\n"
            "                         Konverso → us · contract:konverso · file 0/9 · risk unlikely\n"
        )

    @pytest.mark.usefixtures("board")
    def test_without_a_command_it_is_the_same(self) -> None:
        assert incident() == incident("list")
        assert incident().out.count("INC-2026-") == 4

    @pytest.mark.parametrize(
        ("arguments", "numbers"),
        [
            (("--due-within", "12h"), [3, 2]),
            (("--due-within", "719min"), [3]),
            (("--due-within", "2d"), [3, 2, 4]),
            (("--vendor", "kavkom"), [2]),
            (("--vendor", "Nimbus"), [4]),
            (("--state", "overdue"), [3]),
            (("--state", "due-soon"), [2]),
            (("--state", "running"), [4]),
            (("--state", "closed"), []),
            (("--state", "open"), [3, 2, 4, 1]),
            (("--search", "fax nimbus"), [4]),
            (("--search", "soc:4"), [4]),
            (("--limit", "1"), [3]),
            (("--limit", "0"), [3, 2, 4, 1]),
        ],
    )
    @pytest.mark.usefixtures("board")
    def test_part_of_it(self, arguments: tuple[str, ...], numbers: list[int]) -> None:
        rows = incident("list", "--json", *arguments).json["incidents"]
        assert [int(row["incident"][-1]) for row in rows] == numbers

    @pytest.mark.usefixtures("board")
    def test_a_cut_is_said(self) -> None:
        assert incident("list", "--limit", "3").out.endswith("3 of 4 shown; --limit 0 shows all\n")
        assert incident("list", "--limit", "3", "--json").json["total"] == 4

    def test_nothing_owed_any_more(self) -> None:
        opened("A drill", "personal_data=false")
        assert incident("list", "--json").json["incidents"][0]["next"] is None
        assert incident("list").out.splitlines()[1] == "✔ nothing owed           INC-2026-0001  A drill"

    def test_without_a_store_the_board_is_empty_and_none_is_made(self) -> None:
        assert incident("list", "--json").json == {"as_of": "2026-10-25T12:00:00Z", "total": 0, "incidents": []}
        assert incident("list").out.splitlines()[1:] == ["no incidents"]
        assert not store().parent.exists()

    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            (("--due-within", "soon"), "'soon' is not a length of time; write it as 24h, 90min or 3d"),
            (("--limit", "-1"), "Invalid value for '--limit': -1 is not in the range 0<=x<=1000000000."),
        ],
    )
    def test_what_it_does_not_take(self, arguments: tuple[str, ...], line: str) -> None:
        refused(incident("list", *arguments), 2, line)

    @pytest.mark.usefixtures("board")
    def test_a_state_there_is_not(self) -> None:
        refused(
            incident("list", "--state", "late"),
            2,
            "'late' is no state to list by; choose one of open, closed, overdue, due-soon, running, waiting, undated",
        )


class TestShow:
    @pytest.mark.usefixtures("machine_clock")
    def test_the_document(self) -> None:
        record = b"""{
            "title": "Recordings", "summary": "Tenants could listen.", "source": "soc", "ref": "17",
            "vendor": "kavkom", "subprocessor": {"name": "Carrier SA"}, "tags": ["voice"], "sectors": ["insured"],
            "moments": {"occurred_from": "2026-10-20", "vendor_told_us": "2026-10-24T07:00:00Z"},
            "facts": {"subjects_count": {"value": 1200, "approximate": true}, "subject_categories": ["customers"]},
            "place": {"country": "FR", "zone": "Europe/Paris"}}"""
        incident("open", "--from", "-", piped=record)

        document = incident("show", "soc:17", "--json").json

        assert list(document) == [
            "incident", "ref", "as_of", "title", "summary", "state", "role", "personal_data", "vendor",
            "subprocessor", "contract", "customers", "regimes", "sectors", "place", "moments", "facts",
            "history", "hooks", "completeness", "completeness_by_notification", "missing",
            "decision", "exemption", "clocks", "notifications", "notes", "drafts", "attachments",
            "related", "tags", "suggestions", "gaps", "warnings",
        ]  # fmt: skip
        assert document["clocks"] == incident("clocks", "soc:17", "--json").json["clocks"]
        assert document["gaps"] == incident("clocks", "soc:17", "--json").json["gaps"]
        assert document["moments"]["occurred_from"] == [
            {
                "at": "2026-10-19T22:00:00Z",
                "until": "2026-10-20T21:59:59Z",
                "day": "2026-10-20",
                "approximate": False,
                "why": None,
                "correcting": None,
                "source": "soc:17",
                "recorded_at": "2026-11-21T12:00:00Z",
                "by": "anna",
            }
        ]
        assert document["facts"]["subjects_count"] == {
            "value": {"value": 1200, "approximate": True},
            "certainty": "estimated",
            "source": "soc:17",
            "why": None,
            "recorded_at": "2026-11-21T12:00:00Z",
            "by": "anna",
        }
        assert (document["completeness"], document["missing"]) == (
            {"answered": 2, "required": 9},
            [
                "breach_types", "description", "data_categories", "records_count", "contact_point",
                "likely_consequences|consequences", "measures_remedy",
            ],
        )  # fmt: skip
        plain = ("incident", "ref", "as_of", "title", "summary", "state", "role", "personal_data", "vendor",
                 "subprocessor", "place", "sectors", "tags", "decision", "related", "customers")  # fmt: skip
        assert {key: document[key] for key in plain} == {
            "incident": "INC-2026-0001",
            "ref": "soc:17",
            "as_of": "2026-10-25T12:00:00Z",
            "title": "Recordings",
            "summary": "Tenants could listen.",
            "state": "open",
            "role": "controller",
            "personal_data": True,
            "vendor": "Kavkom",
            "subprocessor": "Carrier SA",
            "place": {"country": "FR", "subdivision": None, "zone": "Europe/Paris"},
            "sectors": ["insured"],
            "tags": ["voice"],
            "decision": None,
            "related": [],
            "customers": [],
        }

    @pytest.mark.usefixtures("machine_clock")
    def test_earlier_values_of_a_fact_stay_to_be_seen(self) -> None:
        opened("Recordings", "facts.harms=fraud")
        incident("set", ONE, "facts.subjects_count.min=500", "facts.subjects_count.max=900", "--source", "first call")
        incident("set", ONE, "facts.subjects_count", "--unknown")
        incident("set", ONE, "facts.subjects_count=1200", "--actor", "ben")
        document = incident("show", ONE, "--json").json
        said = [
            (one["value"], one["certainty"], one["source"], one["by"]) for one in document["history"]["subjects_count"]
        ]
        assert said == [
            ({"min": 500, "max": 900}, "estimated", "first call", "anna"),
            (None, "unknown", None, "anna"),
            ({"value": 1200}, "known", None, "ben"),
        ]
        assert document["history"]["subjects_count"][-1] == document["facts"]["subjects_count"]
        assert [len(values) for values in document["history"].values()] == [1, 3]
        when = "2026-11-21 12:00 +00:00 (12:00 UTC)"
        assert (
            "  ✔ known     subjects_count: 1200  [GDPR, Art. 33(3)(a)]\n"
            f"      was unknown:  (anna, {when})\n"
            f"      was estimated: 500 to 900 (anna, {when}, first call)\n"
        ) in incident("show", ONE).out

    def test_who_asks_for_what_was_recorded(self) -> None:
        opened("Recordings", "facts.countries=FR", "facts.delay_reasons=The mailbox was not read.")
        assert incident("show", ONE, "--json").json["hooks"] == {
            "countries": {
                "kind": "lines",
                "document": "GDPR",
                "place": "Art. 56",
                "confidence": "inferred",
                "checked_on": "2026-10-10",
            },
            "delay_reasons": {
                "kind": "text",
                "document": "GDPR",
                "place": "Art. 33(1)",
                "confidence": "checked",
                "checked_on": "2026-10-10",
            },
        }

    def test_what_the_vendors_documents_name_is_to_be_confirmed_and_no_answer(self) -> None:
        opened("Recordings", "--vendor", "kavkom", "facts.data_categories=name")
        document = incident("show", ONE, "--json").json
        assert {one["fact"] for one in document["suggestions"]} == {"subject_categories"}
        assert document["suggestions"][0]["values"] == ["customers", "employees", "suppliers_contacts"]
        assert "subject_categories" in document["missing"]
        assert (
            "  to confirm: subject_categories may be customers, employees, suppliers_contacts "
            "(Details of the processing operations)\n"
        ) in incident("show", ONE).out

    def test_the_text_says_what_is_missing_before_what_is_known(self) -> None:
        opened("Recordings", "--vendor-told-us", "2026-10-24T07:00Z", "facts.subjects_count=1200", "summary=Tenants.")
        assert incident("show", ONE).out.splitlines()[:16] == [
            "time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)",
            "INC-2026-0001  Recordings",
            "  open · we are the controller · vendor none",
            "  Tenants.",
            "  risk undecided: decide with incident decide",
            "the file for the next notification: 1 of 9 answered",
            "  ✖ missing   breach_types",
            "  ✖ missing   description",
            "  ✖ missing   subject_categories",
            "  ✖ missing   data_categories",
            "  ✖ missing   records_count",
            "  ✖ missing   contact_point",
            "  ✖ missing   likely_consequences or consequences",
            "  ✖ missing   measures_remedy",
            "  ✔ known     subjects_count: 1200  [GDPR, Art. 33(3)(a)]",
            "  ◆ vendor_told_us: 2026-10-24 07:00 +00:00 (07:00 UTC)",
        ]

    def test_without_a_store_it_says_how_to_begin(self) -> None:
        refused(
            incident("show", ONE), 1, f"{store()}: no record is kept there yet; begin with: incident open, or import"
        )
        assert not store().exists()


class TestJournal:
    def test_every_entry_with_who_and_when(self, machine_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
        opened("Recordings")
        machine_clock.instant = RECORDED + timedelta(hours=1)
        monkeypatch.delenv("INCIDENT_NOW")
        incident("note", ONE, "Called the vendor", "--at", "2026-10-25T08:00Z", "--actor", "ben")

        document = incident("journal", ONE, "--json").json

        assert (document["incident"], len(document["entries"])) == (ONE, 2)
        first, second = document["entries"]
        assert len(first.pop("id")) == 36
        assert first == {
            "sequence": 2,
            "kind": "opened",
            "recorded_at": "2026-11-21T12:00:00Z",
            "stated_now": "2026-10-25T12:00:00Z",
            "actor": "anna",
            "role": None,
            "body": {"record": {"place": {"zone": "UTC"}, "role": "controller", "sectors": [], "title": "Recordings"}},
        }
        assert (second["sequence"], second["kind"], second["recorded_at"], second["stated_now"], second["actor"]) == (
            3,
            "noted",
            "2026-11-21T13:00:00Z",
            None,
            "ben",
        )
        assert second["body"] == {"text": "Called the vendor", "at": "2026-10-25T08:00:00Z"}

    @pytest.mark.usefixtures("machine_clock")
    def test_the_text_keeps_the_stated_time_beside_the_real_one(self) -> None:
        opened("Recordings")
        assert incident("journal", ONE).out == (
            "time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)\n"
            "     2  2026-11-21 12:00 +00:00 (12:00 UTC)  anna  opened"
            " (time was set to 2026-10-25 12:00 +00:00 (12:00 UTC))\n"
            '        {"record": {"place": {"zone": "UTC"}, "role": "controller", "sectors": [],'
            ' "title": "Recordings"}}\n'
        )
