"""Retention: what is due, what an erasure takes for good, what remains, and that the chain holds all the same."""

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.register import entry, register_rows
from incident.store.sqlite import open_existing
from models.clocks import still_owed
from models.journal import first_fault
from models.vocabulary import Risk
from tests.test_incident.command_line import done, incident, refused
from tests.test_incident.desk_examples import NOW, SETTINGS, new_desk, record, rows, under
from tests.test_incident.store_examples import Clock, open_sqlite

KEPT_5_YEARS = "retention_months = 60\n" + SETTINGS
SAID = {
    "description": "Recordings of Zyra Quist were readable",
    "likely_consequences": "Zyra Quist may be called",
    "measures_remedy": "Access was shut by Zyra Quist",
    "breach_types": ["confidentiality"],
    "subjects_count": {"value": 1200, "approximate": True},
    "countries": ["FR", "BE"],
    "severity": "limited",
}
PLACES = {
    "moments": {"occurred_from": "2026-10-20", "aware": "2026-10-24T07:00:00Z"},
    "filings": [{"duty": "gdpr-33-1", "at": "2026-10-24T10:00:00Z", "to": "Zyra Quist", "reference": "FR-2026-77"}],
}


def closed(desk: Desk, **more: Any) -> str:
    """Open an incident full of a person's name, and close it: nothing is owed."""
    said = {"title": "Zyra Quist's recordings", "source": "soc", "ref": "7", "facts": SAID, **PLACES, **more}
    reference = desk.open(record(desk, **said))
    desk.note(reference, "Zyra Quist called", None, "Zyra Quist", None)
    desk.decide(reference, Risk.RISK, "Zyra Quist was named", "Zyra Quist", "Zyra Quist says yes")
    desk.close(reference, "Zyra Quist was told", ())
    return reference


def later(desk: Desk, months: int) -> Desk:
    """Return the desk so many months of 31 days later."""
    return Desk(desk.store, desk.in_force, desk.now + timedelta(days=31 * months))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk on a store in a file; closed incidents are kept for 60 months."""
    store = open_sqlite(tmp_path, Clock())
    return Desk(store, under(store, KEPT_5_YEARS), NOW)


class TestErasing:
    def test_the_chain_holds_and_an_entry_says_what_was_erased_and_why(self, desk: Desk) -> None:
        reference = closed(desk)
        later(desk, 61).erase(reference, "the rule of five years")
        assert first_fault(desk.store.stored_entries(), desk.store.head()) is None
        entries = desk.store.entries(reference)
        assert [(one.kind.value, one.body is None) for one in entries] == [
            ("opened", True),
            ("noted", True),
            ("decided", True),
            ("closed", True),
            ("erased", False),
        ]
        assert entries[-1].body is not None
        assert entries[-1].body["because"] == "the rule of five years"
        assert entries[-1].body["entries"] == [one.sequence for one in entries[:-1]]

    def test_nothing_that_was_written_is_left_in_the_files(self, desk: Desk, tmp_path: Path) -> None:
        reference = closed(desk)
        files = [path for path in tmp_path.iterdir() if path.name.startswith("incidents.db")]
        assert any(b"Zyra" in path.read_bytes() or b"zyra" in path.read_bytes() for path in files)
        later(desk, 61).erase(reference, "the rule")
        for path in tmp_path.iterdir():
            assert b"zyra" not in path.read_bytes().lower()
            assert b"quist" not in path.read_bytes().lower()

    def test_figures_dates_options_notifications_and_decisions_remain(self, desk: Desk) -> None:
        reference = closed(desk)
        look = later(desk, 61).erase(reference, "the rule")
        left = look.incident
        assert (left.reference, left.external_ref, left.title) == (reference, "soc:7", "(erased)")
        assert {name: fact[-1].value for name, fact in left.facts.items()} == {
            "breach_types": ["confidentiality"],
            "subjects_count": {"value": 1200, "approximate": True},
            "countries": ["FR", "BE"],
            "severity": "limited",
            "description": None,
            "likely_consequences": None,
            "measures_remedy": None,
        }
        [filing] = left.filings
        assert (filing.duty, filing.reference, filing.to) == ("gdpr-33-1", "FR-2026-77", None)
        assert [(one.risk, one.because, one.by) for one in left.decisions] == [(Risk.RISK, "(erased)", "(erased)")]
        assert left.notes == ()
        assert still_owed(look.clocks, ()) == []

    def test_the_register_keeps_a_row_without_a_name(self, desk: Desk) -> None:
        reference = closed(desk)
        before = entry(desk.look(reference))
        look = later(desk, 61).erase(reference, "the rule")
        [row] = register_rows([look])
        assert "Zyra" not in str(row)
        same = ["incident", "ref", "state", "role", "aware", "occurred_from", "subjects_count", "breach_types"]
        same += ["decision", "authority_notified_at", "authority_late_by_seconds"]
        assert {name: row[name] for name in same} == {name: before[name] for name in same}

    def test_the_board_keeps_it_closed_and_finds_it_by_no_word(self, desk: Desk) -> None:
        reference = closed(desk)
        later(desk, 61).erase(reference, "the rule")
        [row] = rows(desk.store)
        assert (row.reference, row.state, row.title) == (reference, "closed", "(erased)")
        assert "Zyra" not in row.search_text

    @pytest.mark.parametrize(("typed", "left"), [("a", "a"), ("national:Zyra's act", "national:(erased)")])
    def test_why_people_were_not_told_remains_without_its_reasons(self, desk: Desk, typed: str, left: str) -> None:
        reference = desk.open(record(desk, facts=SAID, **PLACES))
        desk.exempt(reference, typed, "Zyra Quist says so", "Zyra Quist", None, with_risk=True)
        desk.close(reference, "done", ())
        exemption = later(desk, 61).erase(reference, "the rule").incident.exemption
        assert exemption is not None
        assert (exemption.relied.typed, exemption.because, exemption.by) == (left, "(erased)", "(erased)")


class TestRefused:
    def test_while_it_is_open(self, desk: Desk) -> None:
        reference = desk.open(record(desk))
        with pytest.raises(Failure, match=rf"^{reference} is open: only a closed incident is erased$"):
            desk.erase(reference, "the rule")

    def test_before_its_time(self, desk: Desk) -> None:
        reference = closed(desk)
        with pytest.raises(Failure, match=r"is kept until 2031-11-21 by the settings' rule \(60 months\)$"):
            later(desk, 58).erase(reference, "the rule")

    def test_without_a_rule(self) -> None:
        desk = new_desk()
        reference = closed(desk)
        with pytest.raises(Failure, match=r"^no rule of retention is set"):
            later(desk, 1000).erase(reference, "the rule")

    def test_without_reasons(self, desk: Desk) -> None:
        with pytest.raises(BadInput, match=r"^erasing needs its reasons"):
            desk.erase(closed(desk), " ")

    def test_twice(self, desk: Desk) -> None:
        reference = closed(desk)
        later(desk, 61).erase(reference, "the rule")
        with pytest.raises(Failure, match=rf"^{reference} is erased already$"):
            later(desk, 61).erase(reference, "the rule")


class TestAfterwards:
    def test_nothing_more_is_recorded_there(self, desk: Desk) -> None:
        reference = closed(desk)
        later(desk, 61).erase(reference, "the rule")
        with pytest.raises(Failure, match=rf"^{reference} was erased: nothing more is recorded there"):
            desk.note(reference, "Zyra Quist", None, None, None)

    def test_importing_it_again_takes_nothing_in(self, desk: Desk) -> None:
        reference = closed(desk)
        later(desk, 61).erase(reference, "the rule")
        again = record(desk, title="Zyra Quist's recordings", source="soc", ref="7", facts=SAID, **PLACES)
        [taken] = desk.take_in([again])
        assert (taken.status, taken.reference) == ("unchanged", reference)
        assert taken.warnings == (f"{reference} was erased: nothing is taken in again",)

    def test_what_was_known_before_cannot_be_shown_any_more_and_says_so(self, desk: Desk) -> None:
        reference = closed(desk)
        known_at = desk.store.entries(reference)[-1].recorded_at
        clock = desk.store._recorder.machine_clock  # type: ignore[attr-defined]
        clock.instant = known_at + timedelta(days=61 * 31)
        later(desk, 61).erase(reference, "the rule")
        then = Desk(desk.store, desk.in_force, desk.now, known_at)
        with pytest.raises(Failure, match=r"what was known at that time was erased since"):
            then.look(reference)
        assert list(then.looks()) == []


class TestCommands:
    @pytest.fixture(autouse=True)
    def settings(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
        monkeypatch.setenv("INCIDENT_ACTOR", "anna")
        (tmp_path / "settings.toml").write_text("retention_months = 12\n")
        monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
        incident("open", "--title", "Harmless\x1b[2J", "personal_data=false")
        incident("close", "INC-2026-0001", "--because", "nothing personal")

    def test_nothing_is_due_yet(self) -> None:
        assert incident("retention").out == "nothing is due: closed incidents are kept for 12 months\n"

    def test_what_is_due_is_listed_and_erased(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("INCIDENT_NOW", "2036-01-01T12:00Z")
        [due] = incident("retention", "--json").json["due"]
        assert due["incident"] == "INC-2026-0001"
        day = due["due_at"][:10]
        store = Path(incident("where", "--json").json["store"]["path"])
        saved = store.with_name("saved.db")
        incident("backup", str(saved))
        incident("restore", str(saved))
        listed = incident("retention").out
        assert listed.startswith(f"INC-2026-0001  due {day}, closed ")
        assert listed.endswith("  Harmless\\x1b[2J\n")
        outcome = incident("erase", "INC-2026-0001", "--because", "the rule")
        assert outcome.out == "INC-2026-0001 is erased; what remains: incident show INC-2026-0001\n"
        assert outcome.err == (
            f"incident: {store}.replaced: a copy of the store, which still holds it: delete it\n"
            "incident: copies of the store (backups) still hold it: delete those, or make new ones\n"
        )
        assert incident("retention", "--json").json["due"] == []
        assert incident("verify").code == 0
        kinds = [one["kind"] for one in incident("journal", "INC-2026-0001", "--json").json["entries"]]
        assert kinds == ["opened", "closed", "erased"]

    def test_drafts_that_lie_there_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drafts = Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "drafts")
        incident("open", "--title", "Recordings", "--vendor", "kavkom")
        incident("draft", "INC-2026-0002", "vendor", "-o", str(drafts))
        incident("decide", "INC-2026-0002", "--not-a-breach", "--because", "a test")
        owed_by_others = ["--despite", "contract:kavkom", "--despite", "gdpr-33-2"]
        done(incident("close", "INC-2026-0002", "--because", "a test", *owed_by_others))
        monkeypatch.setenv("INCIDENT_NOW", "2036-01-01T12:00Z")
        said = incident("erase", "INC-2026-0002", "--because", "the rule").err
        assert f"incident: {drafts}/INC-2026-0002-vendor-en.md: a draft of it lies there still: delete it\n" in said

    def test_a_body_taken_away_is_a_fault_and_no_traceback(self) -> None:
        store = open_existing(
            Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "incidents.db"), actor="x", stated_now=None
        )
        assert store is not None
        with closing(store), store.write() as transaction:
            transaction.erase_bodies("INC-2026-0001")
        refused(
            incident("show", "INC-2026-0001"),
            1,
            "INC-2026-0001: the body of entry 2 is gone; `incident verify` tells whether an erasure is recorded",
        )
        refused(
            incident("verify"),
            1,
            "the journal does not hold: entry 2 its body is gone, and no entry says that it was erased",
        )
