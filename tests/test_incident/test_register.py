"""The register of Art. 33(5) GDPR."""

import csv
import io
import json
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incident.desk import Desk
from incident.register import COLUMNS, register_csv, register_json, register_markdown, register_rows
from models.record import read_patch
from models.vocabulary import Risk
from tests.test_incident.command_line import incident
from tests.test_incident.desk_examples import new_desk, record

ONE = "INC-2026-0001"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk(now=datetime(2026, 12, 1, tzinfo=UTC))
    with closing(desk.store):
        yield desk


def register(desk: Desk) -> list[dict[str, str]]:
    return register_rows(desk.looks())


FULL: dict[str, Any] = {
    "source": "soc",
    "ref": "17",
    "vendor": "kavkom",
    "moments": {
        "occurred_from": "2026-10-20T08:00:00Z",
        "occurred_to": "2026-10-21T08:00:00Z",
        "detected": "2026-10-23T08:00:00Z",
        "vendor_told_us": "2026-10-24T07:00:00Z",
    },
    "facts": {
        "breach_types": ["confidentiality", "integrity"],
        "description": "Anyone could listen.",
        "subject_categories": ["customers"],
        "subjects_count": {"value": 1200, "approximate": True},
        "data_categories": ["contact_phone"],
        "special_categories": ["health"],
        "records_count": {"min": 5000, "max": 9000},
        "likely_consequences": "Unwanted calls.",
        "consequences": ["c_misuse"],
        "harms": ["fraud"],
        "measures_remedy": "The tenant was closed.",
        "measures_prevent": "Access is reviewed.",
        "delay_reasons": "The notice lay in a closed mailbox.",
        "subjects_informed_status": "informed",
        "informed_at": "2026-10-26T09:00:00Z",
    },
}


class TestEntry:
    def test_facts_effects_remedial_action_and_the_reasons(self, desk: Desk) -> None:
        desk.open(record(desk, **FULL))
        desk.decide(ONE, Risk.HIGH, "health data", "CISO", "tell them")
        sent = {"duty": "gdpr-33-1", "at": "2026-10-27T08:00:00Z", "status": "made", "complete": True}
        desk.sent(ONE, sent)
        assert register(desk) == [
            {
                "incident": ONE,
                "ref": "soc:17",
                "state": "open",
                "title": "Recordings",
                "role": "controller",
                "vendor": "Kavkom",
                "occurred_from": "2026-10-20T08:00:00Z",
                "occurred_to": "2026-10-21T08:00:00Z",
                "detected": "2026-10-23T08:00:00Z",
                "aware": "2026-10-24T07:00:00Z (presumed)",
                "facts": "Anyone could listen.",
                "breach_types": "confidentiality, integrity",
                "subject_categories": "customers",
                "subjects_count": "about 1200",
                "data_categories": "contact_phone",
                "special_categories": "health",
                "records_count": "5000 to 9000",
                "effects": "Unwanted calls. / c_misuse",
                "harms": "fraud",
                "remedial_action": "The tenant was closed. / Access is reviewed.",
                "decision": "high",
                "decision_reasons": "health data",
                "decided_by": "CISO",
                "dpo_advice": "tell them",
                "authority_notified_at": "2026-10-27T08:00:00Z",
                "authority_late_by_seconds": "3600",
                "delay_reasons": "The notice lay in a closed mailbox.",
                "subjects_informed_at": "2026-10-26T09:00:00Z",
                "not_informed_reason": "",
                "missing": "",
            }
        ]

    def test_what_is_not_known_is_empty_and_named(self, desk: Desk) -> None:
        desk.open(record(desk, summary="Something happened."))
        (row,) = register(desk)
        assert set(row) == set(COLUMNS)
        assert {name: row[name] for name in ("facts", "decision", "aware", "authority_notified_at")} == {
            "facts": "Something happened.",
            "decision": "undecided",
            "aware": "",
            "authority_notified_at": "",
        }
        assert row["missing"] == (
            "breach_types, description, subject_categories, subjects_count, data_categories, records_count, "
            "likely_consequences|consequences, measures_remedy"
        )

    def test_a_stated_awareness_is_not_called_presumed(self, desk: Desk) -> None:
        desk.open(record(desk, moments={"aware": "2026-10-24T07:00:00Z"}))
        assert register(desk)[0]["aware"] == "2026-10-24T07:00:00Z"

    def test_reasons_given_with_the_notification_stand_for_the_fact(self, desk: Desk) -> None:
        desk.open(record(desk, moments={"aware": "2026-10-20T07:00:00Z"}))
        body = {"duty": "gdpr-33-1", "at": "2026-10-27T08:00:00Z", "status": "made", "complete": True}
        desk.sent(ONE, body | {"because": "holidays"})
        assert register(desk)[0]["delay_reasons"] == "holidays"
        desk.record(
            ONE, {"changes": read_patch({"facts": {"delay_reasons": "a closed mailbox"}}, desk.look(ONE).incident.zone)}
        )
        assert register(desk)[0]["delay_reasons"] == "a closed mailbox"


class TestWhatBelongs:
    @pytest.mark.parametrize(
        ("said", "belongs"),
        [
            ({}, True),
            ({"role": "joint-controller"}, True),
            ({"personal_data": None}, True),
            ({"personal_data": False}, False),
            ({"role": "processor"}, False),
            ({"role": "sub-processor"}, False),
        ],
    )
    def test_personal_data_breaches_of_ours(self, desk: Desk, said: dict[str, Any], belongs: bool) -> None:  # noqa: FBT001
        desk.open(record(desk, **said))
        assert [row["incident"] for row in register(desk)] == ([ONE] if belongs else [])

    def test_what_is_unlikely_to_harm_stays_and_what_is_no_breach_goes(self, desk: Desk) -> None:
        for _ in range(2):
            desk.open(record(desk))
        desk.decide(ONE, Risk.UNLIKELY, "encrypted", "anna", None)
        desk.decide("INC-2026-0002", None, "a drill", "anna", None)
        assert [(row["incident"], row["decision"], row["decision_reasons"]) for row in register(desk)] == [
            (ONE, "unlikely", "encrypted")
        ]

    def test_a_closed_breach_stays(self, desk: Desk) -> None:
        desk.open(record(desk, **FULL))
        desk.decide(ONE, Risk.UNLIKELY, "encrypted", "anna", None)
        desk.close(ONE, "done", ())
        assert [row["state"] for row in register(desk)] == ["closed"]

    def test_in_the_order_they_were_opened(self, desk: Desk) -> None:
        for day in (24, 20, 22):
            desk.open(record(desk, moments={"aware": f"2026-10-{day}T07:00:00Z"}))
        assert [row["incident"] for row in register(desk)] == [ONE, "INC-2026-0002", "INC-2026-0003"]


class TestFormats:
    def test_csv(self, desk: Desk) -> None:
        desk.open(record(desk, title='Line one\nand "two", too'))
        text = register_csv(register(desk))
        header, row = csv.reader(io.StringIO(text))
        assert tuple(header) == COLUMNS
        assert row[3] == 'Line one\nand "two", too'
        assert text.count("\r") == 0

    def test_without_a_breach_csv_is_its_header(self) -> None:
        assert register_csv([]) == ",".join(COLUMNS) + "\n"

    @pytest.mark.parametrize("title", ["=cmd()", "+1", "-1", "@x", "  =1", "\t=1", "\n@x"])
    def test_a_cell_that_a_spreadsheet_would_reckon_is_a_text(self, desk: Desk, title: str) -> None:
        desk.open(record(desk, title=title))
        _, row = csv.reader(io.StringIO(register_csv(register(desk))))
        assert row[3] == f"'{title}"

    @pytest.mark.parametrize("title", ["a=1", "1-2", "'=1", "mail@x.example"])
    def test_any_other_is_as_it_is(self, desk: Desk, title: str) -> None:
        desk.open(record(desk, title=title))
        _, row = csv.reader(io.StringIO(register_csv(register(desk))))
        assert row[3] == title

    def test_markdown(self, desk: Desk) -> None:
        desk.open(record(desk, facts={"description": "# not a heading"}))
        lines = register_markdown(register(desk)).split("\n")
        assert lines[:7] == [
            "# Register of personal data breaches",
            "",
            "Art. 33(5) GDPR: facts, effects, remedial action.",
            "",
            "## INC-2026-0001 Recordings",
            "",
            "- state: open",
        ]
        assert "- decision: undecided" in lines
        assert "- effects: —" in lines
        assert [text for text in lines if text.startswith("#")] == [lines[0], lines[4]]

    def test_json(self, desk: Desk) -> None:
        desk.open(record(desk, title="déjà \x1b"))
        rows = register(desk)
        assert register_json(rows).isascii()
        assert json.loads(register_json(rows)) == {"entries": rows}


class TestCommand:
    @pytest.fixture(autouse=True)
    def one(self) -> None:
        incident("open", "--title", "=Recordings")

    @pytest.mark.parametrize(
        ("arguments", "first"),
        [
            ((), "# Register of personal data breaches"),
            (("--format", "md"), "# Register of personal data breaches"),
            (("--format", "csv"), ",".join(COLUMNS)),
            (("--format", "json"), "{"),
            (("--json",), "{"),
            (("--json", "--format", "csv"), "{"),
        ],
    )
    def test_its_formats(self, arguments: tuple[str, ...], first: str) -> None:
        outcome = incident("register", *arguments)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.splitlines()[0] == first
        assert outcome.out.endswith("\n")
        assert not outcome.out.endswith("\n\n\n")

    def test_json_holds_entries(self) -> None:
        document = incident("register", "--json").json
        assert [entry["title"] for entry in document["entries"]] == ["=Recordings"]

    def test_to_a_new_file(self, tmp_path: Path) -> None:
        file = tmp_path / "register.csv"
        outcome = incident("register", "--format", "csv", "-o", str(file))
        assert (outcome.code, outcome.out, outcome.err) == (0, f"{file}\n", "")
        assert file.read_text() == incident("register", "--format", "csv").out
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_never_over_another(self, tmp_path: Path) -> None:
        file = tmp_path / "register.csv"
        file.write_text("mine")
        outcome = incident("register", "-o", str(file))
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err == f"incident: {file}: is there already; name a new file\n"
        assert file.read_text() == "mine"

    def test_where_it_cannot_be_written(self, tmp_path: Path) -> None:
        file = tmp_path / "missing" / "register.csv"
        outcome = incident("register", "-o", str(file))
        assert (outcome.code, outcome.err) == (
            1,
            f"incident: {file}: cannot be written: No such file or directory\n",
        )


class TestBackup:
    def test_a_copy_that_is_a_store_of_its_own(self, tmp_path: Path) -> None:
        incident("open", "--title", "One")
        copy = tmp_path / "copy.db"
        outcome = incident("backup", str(copy))
        assert (outcome.code, outcome.out, outcome.err) == (0, f"{copy}\n", "")
        before = incident("verify", "--json").json
        assert incident("verify", "--json", "--store", str(copy)).json == before
        incident("note", ONE, "words")
        assert incident("verify", "--json", "--store", str(copy)).json == before

    def test_never_over_another(self, tmp_path: Path) -> None:
        incident("open", "--title", "One")
        (tmp_path / "copy.db").write_text("mine")
        outcome = incident("backup", str(tmp_path / "copy.db"))
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
        assert (tmp_path / "copy.db").read_text() == "mine"
