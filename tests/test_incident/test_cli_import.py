"""`incident import`: whole records or none, again and again, from files, standard input, in every format."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import Outcome, Terminal, incident

NOW = "2026-10-25T12:00Z"
ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    monkeypatch.chdir(tmp_path)


def write(name: str, *records: dict[str, Any] | str) -> str:
    """Write records as JSON Lines, texts as they are."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def record(ref: str, **more: Any) -> dict[str, Any]:
    return {"source": "soc", "ref": ref, "title": f"Record {ref}", **more}


def imported(*arguments: str, piped: bytes = b"") -> Any:
    return incident("import", "--json", *arguments, piped=piped).json


def counts(document: dict[str, Any]) -> tuple[int, int, int, int]:
    return document["opened"], document["changed"], document["unchanged"], document["rejected"]


def journal_length() -> int:
    length: int = incident("verify", "--json").json["entries"]
    return length


def facts(reference: str = ONE) -> dict[str, Any]:
    found: dict[str, Any] = incident("show", reference, "--json").json["facts"]
    return {name: fact["value"] for name, fact in found.items()}


class TestManyAtOnce:
    def test_the_document(self) -> None:
        source = write("a.jsonl", record("1"), {"title": "No name"})
        assert imported(source) == {
            "opened": 2,
            "changed": 0,
            "unchanged": 0,
            "rejected": 0,
            "dry_run": False,
            "incidents": [
                {"incident": "INC-2026-0001", "ref": "soc:1", "status": "opened", "changes": [], "warnings": []},
                {"incident": "INC-2026-0002", "ref": None, "status": "opened", "changes": [], "warnings": []},
            ],
            "rejects": [],
        }

    def test_the_text(self) -> None:
        outcome = incident("import", write("a.jsonl", record("1"), record("2")))
        assert (outcome.code, outcome.out, outcome.err) == (
            0,
            "2 opened, 0 changed, 0 unchanged, 0 rejected\n",
            "",
        )

    def test_standard_input(self) -> None:
        assert counts(imported("-", piped=b'{"title": "Piped"}')) == (1, 0, 0, 0)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.json", '[{"title": "T", "ref": "1", "facts": {"subjects_count": {"value": 7}}}]'),
            ("a.json", '{"title": "T", "ref": "1",\n "facts": {"subjects_count": {"value": 7}}}'),
            ("a.jsonl", '{"title": "T", "ref": "1", "facts": {"subjects_count": {"value": 7}}}'),
            ("a.csv", "title;ref;facts.subjects_count\nT;1;7\n"),
        ],
    )
    def test_every_format_says_the_same(self, name: str, content: str) -> None:
        Path(name).write_text(content)
        assert counts(imported(name)) == (1, 0, 0, 0)
        assert counts(imported(name)) == (0, 0, 1, 0)
        assert facts() == {"subjects_count": {"value": 7}}

    def test_several_sources_are_one_import(self) -> None:
        first, second = write("a.jsonl", record("1")), write("b.jsonl", record("2"))
        assert counts(imported(first, second)) == (2, 0, 0, 0)

    def test_a_source_named_twice_is_counted_twice(self) -> None:
        source = write("a.jsonl", record("1"), {"title": ""})
        outcome = incident("import", source, source)
        assert (outcome.code, outcome.out) == (3, "1 opened, 0 changed, 1 unchanged, 2 rejected\n")

    def test_a_record_that_comes_twice_in_one_source_is_one_incident(self) -> None:
        source = write("a.jsonl", record("1"), record("1", summary="Twice"), record("1", summary="Twice"))
        assert counts(imported(source)) == (1, 1, 1, 0)
        assert incident("list", "--json").json["total"] == 1

    def test_without_a_reference_each_is_an_incident_of_its_own(self) -> None:
        source = write("a.jsonl", {"title": "One"})
        imported(source)
        assert counts(imported(source)) == (1, 0, 0, 0)

    def test_the_same_reference_of_another_source_is_another_record(self) -> None:
        source = write("a.jsonl", record("1"), record("1") | {"source": "helpdesk"})
        assert counts(imported(source)) == (2, 0, 0, 0)


class TestAgain:
    RECORD = record(
        "1",
        vendor="kavkom",
        moments={"vendor_aware": "2026-10-23T13:30:00Z", "vendor_told_us": "2026-10-24T07:00:00Z"},
        facts={"subjects_count": {"value": 1200}, "description": "Anyone could listen."},
        customers=[{"name": "Acme SAS", "facts": {"subjects_count": {"value": 7}}}],
        filings=[{"duty": "gdpr-33-1", "at": "2026-10-24T09:00:00Z"}],
        related=["INC-2025-0001"],
        personal_data=None,
    )

    def test_the_same_changes_nothing(self) -> None:
        source = write("a.jsonl", self.RECORD)
        imported(source)
        before = incident("verify", "--json").json
        shown = incident("show", ONE, "--json").json
        assert counts(imported(source)) == (0, 0, 1, 0)
        assert counts(imported(source)) == (0, 0, 1, 0)
        assert incident("verify", "--json").json == before
        assert incident("show", ONE, "--json").json == shown

    def test_the_same_opened_by_hand_is_unchanged_too(self) -> None:
        source = write("a.json", self.RECORD)
        incident("open", "--from", source)
        before = journal_length()
        assert counts(imported(source)) == (0, 0, 1, 0)
        assert journal_length() == before

    def test_other_content_records_the_difference_and_only_that(self) -> None:
        imported(write("a.jsonl", self.RECORD))
        changed = self.RECORD | {
            "summary": "More is known.",
            "facts": {"subjects_count": {"value": 900}, "description": "Anyone could listen."},
            "filings": [*self.RECORD["filings"], {"duty": "gdpr-33-4", "at": "2026-10-25T09:00:00Z"}],
        }
        assert counts(imported(write("b.jsonl", changed))) == (0, 1, 0, 0)
        last = incident("journal", ONE, "--json").json["entries"][-1]
        assert (last["kind"], last["body"]["source"]) == ("imported", "import of soc:1")
        assert last["body"]["changes"] == {
            "summary": "More is known.",
            "facts": {"subjects_count": {"value": 900}},
            "filings": [{"duty": "gdpr-33-4", "at": "2026-10-25T09:00:00Z", "complete": True}],
        }
        assert counts(imported("b.jsonl")) == (0, 0, 1, 0)
        assert counts(imported("a.jsonl")) == (0, 1, 0, 0)

    def test_what_a_record_leaves_out_stays(self) -> None:
        imported(write("a.jsonl", self.RECORD))
        assert counts(imported(write("b.jsonl", record("1")))) == (0, 0, 1, 0)
        assert facts()["subjects_count"] == {"value": 1200}

    def test_a_persons_correction_is_not_undone_by_the_old_value(self) -> None:
        source = write("a.jsonl", self.RECORD)
        imported(source)
        incident("set", ONE, "facts.subjects_count=950", "--source", "counted by hand")
        assert counts(imported(source)) == (0, 0, 1, 0)
        assert facts()["subjects_count"] == {"value": 950}

    def test_nor_by_something_else_that_is_new(self) -> None:
        imported(write("a.jsonl", self.RECORD))
        incident("set", ONE, "facts.subjects_count=950")
        imported(write("b.jsonl", self.RECORD | {"summary": "More is known."}))
        assert facts()["subjects_count"] == {"value": 950}

    def test_a_new_value_is_a_new_fact(self) -> None:
        imported(write("a.jsonl", self.RECORD))
        incident("set", ONE, "facts.subjects_count=950")
        outcome = incident("import", write("b.jsonl", self.RECORD | {"facts": {"subjects_count": {"value": 2000}}}))
        assert outcome.err == (
            "incident: INC-2026-0001: facts.subjects_count: 950, recorded by a person, gives way to 2000, "
            "which the source has not said before\n"
        )
        assert facts()["subjects_count"] == {"value": 2000}
        outcome = incident("import", write("c.jsonl", self.RECORD | {"facts": {"subjects_count": {"value": 3000}}}))
        assert outcome.err == ""
        assert facts()["subjects_count"] == {"value": 3000}

    def test_an_old_value_does_not_come_back_over_a_correction_by_way_of_another(self) -> None:
        first = write("a.jsonl", self.RECORD)
        second = write("b.jsonl", self.RECORD | {"summary": "New", "facts": {"subjects_count": {"value": 2000}}})
        imported(first)
        imported(second)
        incident("set", ONE, "facts.subjects_count=950", "title=Ours")
        before = incident("verify", "--json").json
        assert counts(imported(first)) == (0, 0, 1, 0)
        assert counts(imported(second)) == (0, 0, 1, 0)
        assert incident("verify", "--json").json == before
        assert facts()["subjects_count"] == {"value": 950}

    def test_nor_over_what_a_person_said_is_not_known(self) -> None:
        imported(write("a.jsonl", self.RECORD))
        imported(write("b.jsonl", self.RECORD | {"facts": {"description": "Two queues."}}))
        incident("set", ONE, "facts.description", "--unknown")
        assert counts(imported("a.jsonl")) == (0, 0, 1, 0)
        assert facts()["description"] is None

    def test_an_earlier_awareness_is_not_moved_by_a_later_one(self) -> None:
        imported(write("a.jsonl", record("1", moments={"aware": "2026-10-24T07:00:00Z"})))
        outcome = incident("import", write("b.jsonl", record("1", moments={"aware": "2026-10-25T07:00:00Z"})))
        assert outcome.err == (
            "incident: INC-2026-0001: aware was stated as 2026-10-24 07:00 +00:00 (07:00 UTC) and later as "
            "2026-10-25 07:00 +00:00 (07:00 UTC): the earlier one counts\n"
        )
        assert incident("list", "--json").json["incidents"][0]["next"]["due_at"] == "2026-10-27T07:00:00Z"


class TestDryRun:
    SAID = (
        "would change INC-2026-0001 soc:1 Record 1\n"
        "  summary: Old\\x1b → New\n"
        "  moments.aware: nothing → 2026-10-24T07:00:00Z\n"
        "would open INC-2026-0002 soc:2 Record 2\n"
        "would skip INC-2026-0002 soc:2 Record 2\n"
        "would be: 1 opened, 1 changed, 1 unchanged, 0 rejected\n"
    )

    def test_it_leaves_no_store(self) -> None:
        document = imported("--dry-run", write("a.jsonl", record("1"), record("1", summary="Again")))
        assert document["dry_run"] is True
        assert counts(document) == (1, 1, 0, 0)
        assert not Path(os.environ["XDG_DATA_HOME"]).exists()

    def test_it_leaves_no_entry(self) -> None:
        imported(write("a.jsonl", record("1", summary="Old\x1b")))
        before = incident("verify", "--json").json
        new = record("1", summary="New", moments={"aware": "2026-10-24T07:00:00Z"})
        outcome = incident("import", "--dry-run", write("b.jsonl", new, record("2"), record("2")))
        assert (outcome.code, outcome.out) == (0, self.SAID)
        assert incident("verify", "--json").json == before
        assert incident("list", "--json").json["total"] == 1

    def test_it_leaves_every_byte_of_the_store(self) -> None:
        imported(write("a.jsonl", record("1")))
        before = self.files()
        imported("--dry-run", write("b.jsonl", record("1", summary="New"), record("2")))
        assert self.files() == before

    def files(self) -> dict[str, bytes]:
        folder = Path(os.environ["XDG_DATA_HOME"])
        return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}

    def test_the_document_has_old_and_new(self) -> None:
        imported(write("a.jsonl", record("1", facts={"subjects_count": {"value": 7}})))
        incident("set", ONE, "facts.subjects_count=8")
        document = json.loads(
            incident(
                "import", "--json", "--dry-run", write("b.jsonl", record("1", facts={"subjects_count": {"value": 9}}))
            ).out
        )
        assert document["incidents"][0]["changes"] == [
            {"key": "facts.subjects_count", "old": {"value": 8}, "new": {"value": 9}}
        ]

    def test_nor_are_changed_settings_recorded(self) -> None:
        imported(write("a.jsonl", record("1")))
        before = journal_length()
        Path("s.toml").write_text('name = "Bonsai"\n')
        imported("--dry-run", "a.jsonl", "--settings", "s.toml")
        assert incident("verify", "--json").json["entries"] == before

    def test_it_says_what_would_be_rejected(self) -> None:
        outcome = incident("import", "--dry-run", write("a.jsonl", record("1"), {"titel": "x"}))
        assert (outcome.code, outcome.err) == (
            3,
            "incident: a.jsonl: line 2: title: is required; titel: unknown key\n",
        )


class TestRejects:
    def test_bad_records_are_listed_and_good_ones_beside_them_are_kept(self) -> None:
        source = write("a.jsonl", record("1"), record("2", titel="x"), "{", record("3"))
        outcome = incident("import", source)
        assert (outcome.code, outcome.out) == (3, "2 opened, 0 changed, 0 unchanged, 2 rejected\n")
        assert outcome.err == (
            "incident: a.jsonl: line 2: titel: unknown key\n"
            "incident: a.jsonl: line 3: is not valid JSON: "
            "Expecting property name enclosed in double quotes (column 2)\n"
        )
        titles = [row["title"] for row in incident("list", "--json").json["incidents"]]
        assert titles == ["Record 1", "Record 3"]

    def test_all_bad_is_bad_input(self) -> None:
        outcome = incident("import", write("a.jsonl", {"titel": "x"}))
        assert (outcome.code, outcome.out) == (2, "0 opened, 0 changed, 0 unchanged, 1 rejected\n")
        assert incident("list", "--json").json["total"] == 0

    def test_beside_what_is_unchanged_it_is_partly_done(self) -> None:
        incident("import", write("a.jsonl", record("1")))
        assert incident("import", write("b.jsonl", record("1"), {"titel": "x"})).code == 3

    def test_the_document_names_source_line_key_and_reason(self) -> None:
        outcome = incident("import", "--json", write("a.jsonl", record("1"), record("2", titel="x")))
        assert outcome.code == 3
        assert json.loads(outcome.out)["rejects"] == [
            {"source": "a.jsonl", "line": 2, "key": "titel", "reason": "unknown key"}
        ]
        assert outcome.err == "incident: a.jsonl: line 2: titel: unknown key\n"

    def test_they_can_be_mended_and_imported_again(self) -> None:
        source = write("a.jsonl", record("1"), record("2", titel="x"))
        incident("import", source, "--rejects", "rejects.jsonl")
        rejects = Path("rejects.jsonl")
        rejects.write_text(rejects.read_text().replace('"titel": "x"', '"summary": "x"'))
        assert counts(imported("rejects.jsonl")) == (1, 0, 0, 0)

    def test_without_rejects_no_file_is_made(self) -> None:
        incident("import", write("a.jsonl", record("1")), "--rejects", "rejects.jsonl")
        assert not Path("rejects.jsonl").exists()

    def test_a_file_of_rejects_is_never_overwritten(self) -> None:
        Path("rejects.jsonl").write_text("mine")
        outcome = incident("import", write("a.jsonl", {"titel": "x"}), "--rejects", "rejects.jsonl")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "incident: rejects.jsonl: exists already; give rejects a file of their own\n"
        assert Path("rejects.jsonl").read_text() == "mine"

    def test_a_record_that_poses_as_one_of_our_incidents_changes_nothing(self) -> None:
        incident("open", "--title", "Ours")
        outcome = incident("import", write("a.jsonl", {"ref": ONE, "title": "Theirs"}))
        assert outcome.code == 2
        assert outcome.err == (
            "incident: a.jsonl: line 1: ref: 'INC-2026-0001' is how incidents are named here; "
            "say in source whose name it is\n"
        )
        assert incident("show", ONE, "--json").json["title"] == "Ours"
        assert counts(imported(write("b.jsonl", {"ref": ONE, "source": "sister", "title": "Theirs"}))) == (1, 0, 0, 0)

    def test_a_source_that_is_not_there_ends_the_import_and_what_came_before_is_kept(self) -> None:
        outcome = incident("import", write("a.jsonl", record("1")), "missing.jsonl")
        assert (outcome.code, outcome.out) == (2, "1 opened, 0 changed, 0 unchanged, 0 rejected\n")
        assert outcome.err == "incident: missing.jsonl: there is no such file\n"
        assert incident("list", "--json").json["total"] == 1


class TestProgress:
    def test_long_input_says_how_far_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.cli.import_progress.LINE_EVERY", 2)
        monkeypatch.setattr("incident.intake.run.run_import.__kwdefaults__", {"batch": 2})
        outcome = self.run()
        lines = outcome.err.splitlines()
        assert [line.partition(" records, ")[0] for line in lines] == ["incident: 2", "incident: 4"]
        assert all(line.endswith(" a second") for line in lines)
        assert json.loads(outcome.out)["opened"] == 5

    def test_on_a_terminal_it_is_one_line_written_in_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.run.run_import.__kwdefaults__", {"batch": 2})
        monkeypatch.setattr("tests.test_incident.command_line.StringIO", Terminal)
        text = self.run().err
        assert [part.partition(" records, ")[0] for part in text.split("\r")] == ["", "2", "4", "5"]
        assert (text.count("\n"), text[-1]) == (1, "\n")

    def test_short_input_does_not(self) -> None:
        assert self.run().err == ""

    def run(self) -> Outcome:
        return incident("import", "--json", write("a.jsonl", *(record(str(number)) for number in range(5))))
