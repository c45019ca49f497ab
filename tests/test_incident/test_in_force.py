"""Settings and playbooks enter the journal when they change, and only then; clocks go by what the journal holds."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident import VERSION
from incident.bring_into_force import bring_into_force
from incident.errors import BadInput, Failure
from incident.holiday_table import installed_table
from incident.in_force import InForce, change, differing, recorded
from incident.staged import Staged, staged, staging_mark
from incident.store.protocol import Store
from models.calendars import holiday_table
from models.journal import Entry, EntryKind, NewEntry
from playbooks.texts import shipped_texts
from tests.test_incident.command_line import incident
from tests.test_incident.store_examples import Clock, open_sqlite

ONE = "INC-2026-0001"
FILE = Path("settings.toml")


def entry(sequence: int, new: NewEntry) -> Entry:
    at = datetime(2026, 11, 21, 12, sequence, tzinfo=UTC)
    return Entry(sequence, f"e{sequence}", None, new.kind, "anna", at, None, new.body)


def rules_entry(sequence: int, **body: Any) -> Entry:
    return entry(sequence, NewEntry(None, EntryKind.RULES, body))


class TestFolding:
    def test_nothing_recorded_is_nothing_in_force(self) -> None:
        assert recorded([]) is None

    def test_later_entries_change_what_they_name_and_leave_the_rest(self) -> None:
        found = recorded(
            [
                rules_entry(1, settings={"name": "A"}, playbooks={"a": "1", "b": "1"}, program="1"),
                rules_entry(2, playbooks={"b": "2", "c": "1"}),
                rules_entry(3, settings={"name": "B"}, removed=["a"], program="2"),
            ]
        )
        assert found == InForce({"name": "B"}, {"b": "2", "c": "1"}, "2")

    def test_the_first_change_holds_everything(self) -> None:
        new = change(None, InForce({"name": "A"}, {"a": "1"}, "1"))
        assert new == NewEntry(
            None, EntryKind.RULES, {"settings": {"name": "A"}, "playbooks": {"a": "1"}, "program": "1"}
        )

    @pytest.mark.parametrize(
        ("after", "body"),
        [
            (InForce({"name": "A"}, {"a": "1", "b": "1"}, "1"), None),
            (InForce({"name": "B"}, {"a": "1", "b": "1"}, "1"), {"settings": {"name": "B"}}),
            (InForce({"name": "A"}, {"a": "2", "b": "1"}, "1"), {"playbooks": {"a": "2"}}),
            (InForce({"name": "A"}, {"b": "1"}, "1"), {"removed": ["a"]}),
            (InForce({"name": "A"}, {"a": "1", "b": "1"}, "2"), {"program": "2"}),
        ],
    )
    def test_a_later_change_holds_only_what_differs(self, after: InForce, body: dict[str, Any] | None) -> None:
        new = change(InForce({"name": "A"}, {"a": "1", "b": "1"}, "1"), after)
        assert new == (NewEntry(None, EntryKind.RULES, body) if body else None)

    @given(
        st.lists(
            st.builds(
                InForce,
                st.fixed_dictionaries({"name": st.sampled_from("AB")}),
                st.dictionaries(st.sampled_from("abc"), st.sampled_from("12")),
                st.sampled_from("12"),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_whatever_changes_the_fold_of_the_changes_is_what_is_in_force(self, stages: list[InForce]) -> None:
        entries: list[Entry] = []
        for stage in stages:
            new = change(recorded(entries), stage)
            if new is not None:
                entries.append(entry(len(entries) + 1, new))
            assert recorded(entries) == stage


class TestBringingIntoForce:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with closing(open_sqlite(tmp_path, Clock())) as fresh:
            yield fresh

    def test_it_is_recorded_once(self, store: Store) -> None:
        on_disk = Staged(FILE, 'name = "Bonsai"\n', shipped_texts())
        first = bring_into_force(store, on_disk)
        assert (first.organisation.name, first.program) == ("Bonsai", VERSION)
        assert set(first.rules.vendors) == {"convious", "deskhero", "kavkom", "konverso", "quicktalk"}
        again = bring_into_force(store, on_disk)
        assert (again.settings, again.texts, again.program) == (first.settings, first.texts, first.program)
        assert [each.kind for each in store.rules()] == [EntryKind.RULES]
        assert store.fingerprint() == on_disk.fingerprint

    def test_what_changed_is_recorded_and_no_more(self, store: Store) -> None:
        bring_into_force(store, Staged(FILE, None, shipped_texts()))
        texts = {**shipped_texts(), "vendors/kavkom.toml": shipped_texts()["vendors/kavkom.toml"] + "# seen\n"}
        bring_into_force(store, Staged(FILE, None, texts))
        assert store.rules()[1].body == {"playbooks": {"vendors/kavkom.toml": texts["vendors/kavkom.toml"]}}

    def test_a_change_that_means_nothing_is_not_recorded(self, store: Store) -> None:
        bring_into_force(store, Staged(FILE, 'name = "Bonsai"\n', shipped_texts()))
        bring_into_force(store, Staged(FILE, '# ours\nname   = "Bonsai"\n', shipped_texts()))
        assert store.head()[0] == 1

    def test_a_missing_settings_file_is_no_statement(self, store: Store) -> None:
        bring_into_force(store, Staged(FILE, 'name = "Bonsai"\n', shipped_texts()))
        later = bring_into_force(store, Staged(FILE, None, shipped_texts()))
        assert later.organisation.name == "Bonsai"
        assert store.head()[0] == 1

    def test_an_empty_settings_file_is_one(self, store: Store) -> None:
        bring_into_force(store, Staged(FILE, 'name = "Bonsai"\n', shipped_texts()))
        assert bring_into_force(store, Staged(FILE, "", shipped_texts())).organisation.name == ""
        assert store.head()[0] == 2

    def test_a_newer_program_is_recorded(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        bring_into_force(store, Staged(FILE, None, shipped_texts()))
        monkeypatch.setattr("incident.staged.VERSION", "99.0")
        monkeypatch.setattr("incident.in_force.VERSION", "99.0")
        bring_into_force(store, Staged(FILE, None, shipped_texts()))
        assert store.rules()[1].body == {"program": "99.0"}

    @pytest.mark.parametrize(
        ("on_disk", "line"),
        [
            (Staged(FILE, "nmae = 1\n", {}), "settings.toml: nmae: unknown key"),
            (
                Staged(Path("ours/settings.toml"), None, {"vendors/x.toml": 'kind = "vendor"\n'}),
                "ours/playbooks: vendors/x.toml: id: is required (and 3 more)",
            ),
        ],
    )
    def test_a_fault_is_named_and_nothing_is_recorded(self, store: Store, on_disk: Staged, line: str) -> None:
        with pytest.raises(BadInput) as refused:
            bring_into_force(store, on_disk)
        assert refused.value.lines == (line,)
        assert store.head()[0] == 0

    @pytest.mark.parametrize(
        "other",
        [
            Staged(FILE, "", {"a": "1"}),
            Staged(FILE, None, {"a": "2"}),
            Staged(FILE, None, {"b": "1"}),
            Staged(FILE, None, {}),
        ],
    )
    def test_the_fingerprint_tells_every_change(self, other: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
        one = Staged(FILE, None, {"a": "1"})
        assert one.fingerprint == Staged(Path("elsewhere.toml"), None, {"a": "1"}).fingerprint
        assert one.fingerprint != other.fingerprint
        before = one.fingerprint
        monkeypatch.setattr("incident.staged.VERSION", "99.0")
        assert Staged(FILE, None, {"a": "1"}).fingerprint != before

    def test_another_table_of_holidays_is_another_fingerprint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = Staged(FILE, None, {}).fingerprint
        monkeypatch.setattr("incident.staged.installed_table", lambda: "holidays-99.0.dist-info")
        assert Staged(FILE, None, {}).fingerprint != before

    def test_the_table_is_the_one_that_the_explanations_name(self) -> None:
        assert installed_table() == f"{holiday_table().replace(' ', '-')}.dist-info"


class TestStaged:
    def test_what_lies_on_disk(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text("name = 'B'\n")
        (tmp_path / "playbooks" / "vendors").mkdir(parents=True)
        (tmp_path / "playbooks" / "vendors" / "kavkom.toml").write_text("ours")
        found = staged(tmp_path / "settings.toml", tmp_path / "playbooks")
        assert found.settings == "name = 'B'\n"
        assert found.texts == shipped_texts() | {"vendors/kavkom.toml": "ours"}

    def test_nothing_there_is_what_ships(self, tmp_path: Path) -> None:
        found = staged(tmp_path / "settings.toml", tmp_path / "playbooks")
        assert (found.settings, found.texts) == (None, shipped_texts())


class TestOnTheCommandLine:
    @pytest.fixture(autouse=True)
    def ours(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
        monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
        monkeypatch.chdir(tmp_path)
        FILE.write_text('zone = "Europe/Paris"\nauthority = "cnil"\n')
        incident("open", "--title", "Recordings", "--vendor", "kavkom", "--vendor-told-us", "2026-10-24T09:00")

    def length(self) -> int:
        found: int = incident("verify", "--json").json["entries"]
        return found

    def test_reading_and_writing_under_the_same_rules_records_none(self) -> None:
        before = self.length()
        for command in (("list",), ("show", ONE), ("clocks",), ("journal", ONE), ("register",)):
            assert incident(*command).code == 0
        assert self.length() == before
        incident("note", ONE, "words")
        assert self.length() == before + 1

    def test_a_changed_setting_is_recorded_with_the_next_command_even_one_that_reads(self) -> None:
        before = self.length()
        FILE.write_text('zone = "Europe/Paris"\nauthority = "cnil"\n[targets]\ngdpr-33-1 = 24\n')
        assert incident("list", "--json").json["incidents"][0]["next"] == {
            "duty": "policy:gdpr-33-1",
            "due_at": "2026-10-25T07:00:00Z",
            "state": "overdue",
        }
        assert self.length() == before + 1
        incident("list")
        assert self.length() == before + 1

    def test_changed_rules_rebuild_the_board(self) -> None:
        Path("playbooks/regimes").mkdir(parents=True)
        text = shipped_texts()["regimes/gdpr.toml"].replace("amount = 72", "amount = 24")
        Path("playbooks/regimes/gdpr.toml").write_text(text)
        assert incident("list", "--json").json["incidents"][0]["next"]["due_at"] == "2026-10-25T07:00:00Z"
        Path("playbooks/regimes/gdpr.toml").unlink()
        assert incident("list", "--json").json["incidents"][0]["next"]["due_at"] == "2026-10-27T07:00:00Z"

    def test_a_settings_file_that_is_gone_changes_nothing(self) -> None:
        before, shown = self.length(), incident("clocks", ONE, "--json").json
        assert [clock["to"] for clock in shown["clocks"] if clock["duty"] == "gdpr-33-1"] == ["CNIL"]
        FILE.unlink()
        assert incident("clocks", ONE, "--json").json == shown
        assert self.length() == before
        incident("note", ONE, "words")
        assert self.length() == before + 1

    def test_nor_the_zone_in_which_local_times_are_read(self) -> None:
        FILE.unlink()
        incident("note", ONE, "words", "--at", "2026-10-24T09:30")
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-24T10:00")
        incident("set", ONE, "moments.contained=2026-10-24T11:00")
        incident("duty", "add", ONE, "--to", "CNIL", "--due", "2026-10-24T12:00", "--source", "letter")
        shown = incident("show", ONE, "--json").json
        assert shown["notes"][0]["at"] == "2026-10-24T07:30:00Z"
        assert shown["notifications"][0]["at"] == "2026-10-24T08:00:00Z"
        assert shown["moments"]["contained"][0]["at"] == "2026-10-24T09:00:00Z"
        assert shown["clocks"][-1]["due_at"] == "2026-10-24T10:00:00Z"

    def test_where_the_store_cannot_be_written_what_it_holds_is_used_and_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read_only(*_: object) -> None:
            raise Failure("a.db: read-only")

        before = incident("clocks", ONE, "--json").json
        FILE.write_text("[targets]\ngdpr-33-1 = 24\n")
        monkeypatch.setattr("incident.bring_into_force.bring_into_force", read_only)
        outcome = incident("clocks", ONE, "--json")
        assert (outcome.code, json.loads(outcome.out)) == (0, before)
        assert outcome.err == ("incident: changed settings or playbooks are not used: a.db: read-only\n")

    def test_an_incident_keeps_the_defaults_of_the_day_it_was_opened(self) -> None:
        FILE.write_text('zone = "Asia/Tokyo"\nrole = "processor"\ncontract = "kavkom"\nsectors = ["insured"]\n')
        incident("open", "--title", "Two")
        shown = {name: incident("show", name, "--json").json for name in (ONE, "INC-2026-0002")}
        assert [(one["role"], one["contract"], one["sectors"], one["place"]["zone"]) for one in shown.values()] == [
            ("controller", None, [], "Europe/Paris"),
            ("processor", "kavkom", ["insured"], "Asia/Tokyo"),
        ]

    def test_what_a_record_says_outdoes_the_settings(self) -> None:
        FILE.write_text('role = "processor"\ncontract = "kavkom"\nmain_establishment = "FR"\n')
        record = b'{"title": "Two", "role": "sub-processor", "contract": "convious", "place": {"country": "BE"}}'
        incident("open", "--from", "-", piped=record)
        shown = incident("show", "INC-2026-0002", "--json").json
        assert (shown["role"], shown["contract"]) == ("sub-processor", "convious")
        assert shown["place"] == {"country": "BE", "subdivision": None, "zone": "UTC"}


def test_what_differs_is_named_by_key_and_file() -> None:
    before = InForce({"name": "A", "zone": "UTC"}, {"a": "1", "b": "1"}, "1")
    assert differing(before, before) == ()
    after = InForce({"name": "B", "sector": "S", "zone": "UTC"}, {"b": "2", "c": "1"}, "2")
    assert differing(before, after) == ("settings (name, sector)", "a (removed)", "b", "c")


def test_the_mark_of_the_files_differs_with_each_change_and_not_without(tmp_path: Path) -> None:
    settings, playbooks = tmp_path / "settings.toml", tmp_path / "playbooks"
    vendor = playbooks / "vendors" / "a.toml"

    def make() -> None:
        settings.write_text("name = 'A'")

    def lay() -> None:
        vendor.parent.mkdir(parents=True)
        vendor.write_text("one")

    changes = (make, lay, lambda: vendor.write_text("other"), lambda: os.utime(settings, ns=(1, 1)), vendor.unlink)
    marks = [staging_mark(settings, playbooks)]
    for one in changes:
        one()
        marks.append(staging_mark(settings, playbooks))
        assert marks[-1] == staging_mark(settings, playbooks)
    assert len(set(marks[:5])) == 5
    (playbooks / "vendors" / "notes.txt").write_text("no playbook")
    assert staging_mark(settings, playbooks) == marks[-1]
