"""The desk: every use case is one transaction, the entries and the row on the board together."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.opening import external_ref
from incident.taking_in import TakenIn
from models.journal import EntryKind
from models.record import read_patch
from models.statements import Change
from models.vocabulary import Certainty, ClockState, Risk
from tests.test_incident.desk_examples import NOW, new_desk, record, rows
from tests.test_incident.store_examples import RECORDED, Clock, open_sqlite

ONE, TWO = "INC-2026-0001", "INC-2026-0002"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    with closing(desk.store):
        yield desk


def kinds(desk: Desk, reference: str = ONE) -> list[str]:
    return [entry.kind.value for entry in desk.store.entries(reference)]


def changes(desk: Desk, **said: Any) -> dict[str, Any]:
    return {"changes": read_patch(said, desk.in_force.organisation.time_zone)}


class TestOpening:
    def test_references_count_within_the_year_that_is_now(self, desk: Desk) -> None:
        next_year = replace(desk, now=datetime(2027, 1, 1, tzinfo=UTC))
        opened = [one.open(record(one)) for one in (desk, desk, next_year, desk)]
        assert opened == [ONE, TWO, "INC-2027-0001", "INC-2026-0003"]

    def test_it_is_one_entry_whatever_it_says(self, desk: Desk) -> None:
        desk.open(record(desk, facts={"description": "d"}, moments={"aware": "2026-10-24T07:00:00Z"}, tags=["a"]))
        assert kinds(desk) == ["opened"]

    def test_the_settings_fill_in_what_the_record_leaves_open(self) -> None:
        ours = 'role = "processor"\ncontract = "kavkom"\nzone = "Europe/Paris"\nsectors = ["insured"]\n'
        desk = new_desk(ours + '[address]\ncountry = "BE"\n')
        with closing(desk.store):
            desk.open(record(desk))
            (entry,) = desk.store.entries(ONE)
            assert entry.body == {
                "record": {
                    "title": "Recordings",
                    "role": "processor",
                    "contract": "kavkom",
                    "sectors": ["insured"],
                    "place": {"zone": "Europe/Paris", "country": "BE"},
                }
            }

    def test_a_controller_has_no_contract_of_its_own_to_fill_in(self) -> None:
        desk = new_desk('contract = "kavkom"\n')
        with closing(desk.store):
            desk.open(record(desk))
            assert desk.look(ONE).incident.contract is None

    def test_the_main_establishment_outdoes_the_address(self) -> None:
        desk = new_desk('main_establishment = "FR"\n[address]\ncountry = "BE"\n')
        with closing(desk.store):
            desk.open(record(desk))
            assert desk.look(ONE).incident.place.country == "FR"

    def test_a_known_reference_is_not_opened_again(self, desk: Desk) -> None:
        desk.open(record(desk, source="soc", ref="17"))
        with pytest.raises(Failure, match="soc:17 is INC-2026-0001 already"):
            desk.open(record(desk, source="soc", ref="17", summary="Other"))
        assert desk.store.references() == [ONE]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"source": "soc", "ref": "17"}, "soc:17"),
        ({"ref": "17"}, "17"),
        ({"source": "soc"}, None),
        ({}, None),
    ],
)
def test_what_names_a_record_to_its_sender(said: dict[str, Any], name: str | None) -> None:
    assert external_ref(said) == name


class TestTakingIn:
    def test_each_record_gets_its_answer_in_one_transaction(self, desk: Desk) -> None:
        desk.open(record(desk, ref="1"))
        before = desk.store.head()[0]
        taken = desk.take_in(
            [
                record(desk, ref="1"),
                record(desk, ref="2"),
                record(desk, ref="1", summary="More"),
                record(desk),
                record(desk, ref="2"),
            ]
        )
        assert taken == [
            TakenIn("unchanged", ONE),
            TakenIn("opened", TWO),
            TakenIn("changed", ONE, (Change("summary", None, "More"),)),
            TakenIn("opened", "INC-2026-0003"),
            TakenIn("unchanged", TWO),
        ]
        assert desk.store.head()[0] == before + 3

    def test_a_change_is_kept_with_all_that_the_source_has_said(self, desk: Desk) -> None:
        desk.take_in([record(desk, ref="1", facts={"description": "a", "harms": ["fraud"]})])
        desk.take_in([record(desk, ref="1", facts={"description": "b"})])
        (_, entry) = desk.store.entries(ONE)
        assert entry.kind is EntryKind.IMPORTED
        assert entry.body is not None
        assert entry.body["changes"] == {"facts": {"description": "b"}}
        assert entry.body["record"]["facts"] == {"description": "b", "harms": ["fraud"]}

    def test_nothing_to_take_in_writes_nothing(self, desk: Desk) -> None:
        before = desk.store.head()
        assert desk.take_in([]) == []
        assert desk.store.head() == before

    def test_a_person_who_opened_the_incident_and_a_source_that_knows_it_do_not_mix(self, desk: Desk) -> None:
        desk.open(record(desk))
        assert desk.take_in([record(desk, ref="1")]) == [TakenIn("opened", TWO)]


class TestLooking:
    def test_by_reference_or_by_the_senders_name(self, desk: Desk) -> None:
        desk.open(record(desk, source="soc", ref="17"))
        assert desk.look(ONE).incident == desk.look("soc:17").incident

    def test_there_is_no_such_incident(self, desk: Desk) -> None:
        with pytest.raises(Failure, match="no incident soc:18; incident list shows those there are"):
            desk.look("soc:18")

    def test_all_in_the_order_they_were_opened(self, desk: Desk) -> None:
        for day in (24, 20):
            desk.open(record(desk, moments={"aware": f"2026-10-{day}T07:00:00Z"}))
        assert [look.incident.reference for look in desk.looks()] == [ONE, TWO]

    def test_at_an_instant_only_what_was_recorded_by_then_is_known(self, desk: Desk, tmp_path: Path) -> None:
        clock = Clock()
        with closing(open_sqlite(tmp_path, clock)) as store:
            desk = replace(desk, store=store)
            desk.open(record(desk))
            clock.instant = RECORDED + timedelta(hours=1)
            desk.decide(ONE, Risk.HIGH, None, "anna", None)
            desk.open(record(desk))
            then = replace(desk, known_at=RECORDED)
            assert then.look(ONE).incident.decision is None
            assert [look.incident.reference for look in then.looks()] == [ONE]
            with pytest.raises(Failure, match=f"{TWO} was not recorded yet at that time"):
                then.look(TWO)
            decision = desk.look(ONE).incident.decision
            assert decision is not None
            assert decision.risk is Risk.HIGH

    def test_the_file_is_held_against_each_customers_own_notification(self, desk: Desk) -> None:
        customers = [
            {"name": "Acme", "facts": {"description": "Fax", "subjects_count": {"value": 5}}},
            {"name": "Beta"},
            {"name": "Gamma", "affected": False},
        ]
        facts = {"breach_types": ["integrity"], "subjects_count": {"value": 9}}
        desk.open(record(desk, role="processor", contract="konverso", customers=customers, facts=facts))
        look = desk.look(ONE)
        acme, beta = (set(look.completeness_for(one).missing) for one in ("acme", "beta"))
        assert beta - acme == {"description", "subjects_count"}
        assert acme < beta
        assert "breach_types" not in beta
        assert look.completeness_for("gamma").required == 0

    def test_a_notification_under_no_duty_of_the_incident_is_pointed_out(self, desk: Desk) -> None:
        desk.open(record(desk, filings=[{"duty": "gdpr-33", "at": "2026-10-24T07:00:00Z"}]))
        assert desk.look(ONE).warnings == (
            "a notification is recorded under gdpr-33, which is no duty of this incident",
        )

    def test_the_vendors_name_is_that_of_its_playbook(self, desk: Desk) -> None:
        for vendor in ("kavkom", "no-such", {"name": "Nimbus"}, None):
            desk.open(record(desk, vendor=vendor))
        assert [look.vendor for look in desk.looks()] == ["Kavkom", "no-such", "Nimbus", None]


class TestRecording:
    def test_it_returns_the_incident_as_it_is_now(self, desk: Desk) -> None:
        desk.open(record(desk))
        look = desk.record(ONE, changes(desk, facts={"description": "d"}) | {"certainty": "estimated", "source": None})
        fact = look.incident.current_facts()["description"]
        assert (fact.value, fact.certainty, fact.source, fact.actor) == ("d", Certainty.ESTIMATED, None, "anna")
        assert desk.store.entries(ONE)[1].body == {
            "changes": {"facts": {"description": "d"}},
            "certainty": "estimated",
        }

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ({"ref": "18"}, "ref: cannot be changed: it names the incident"),
            ({"source": "helpdesk"}, "source: cannot be changed: it names the incident"),
            (
                {"filings": [{"duty": "gdpr-33-1", "at": "2026-10-24T07:00:00Z"}]},
                "filings: record a notification with: incident sent REF DUTY --at …",
            ),
            (
                {"customers": [{"id": "acme", "affected": True}]},
                "customers.acme: is new and needs a name: customers.acme.name=…",
            ),
        ],
    )
    def test_what_cannot_be_changed_so(self, desk: Desk, said: dict[str, Any], reason: str) -> None:
        desk.open(record(desk, source="soc", ref="17"))
        with pytest.raises(BadInput) as refused:
            desk.record(ONE, changes(desk, **said))
        assert refused.value.lines == (reason,)
        assert kinds(desk) == ["opened"]

    def test_a_note_without_a_time_was_made_now(self, desk: Desk) -> None:
        desk.open(record(desk))
        look = desk.note(ONE, "Called", None, "Kavkom", "phone")
        (note,) = look.incident.notes
        assert (note.text, note.at, note.party, note.channel) == ("Called", NOW, "Kavkom", "phone")


class TestClosing:
    def test_what_waits_on_the_vendor_does_not_hold_it_up(self, desk: Desk) -> None:
        desk.open(record(desk, vendor="kavkom"))
        desk.decide(ONE, Risk.UNLIKELY, "encrypted", "anna", None)
        facts = {"description": "d", "likely_consequences": "l", "measures_remedy": "m"}
        look = desk.record(ONE, changes(desk, facts=facts))
        waiting = [clock.duty.id for clock in look.clocks if clock.state is ClockState.WAITING]
        assert waiting == ["contract:kavkom", "gdpr-33-2"]
        closed = desk.close(ONE, "done", ())
        assert closed.incident.closing is not None
        assert (closed.incident.closing.because, closed.incident.closing.despite) == ("done", ())

    def test_an_added_duty_of_ours_does(self, desk: Desk) -> None:
        desk.open(record(desk, personal_data=False))
        body = {"title": "Tell", "from": "us", "to": "Acme", "basis": "contract", "source": "letter", "place": ""}
        desk.add_duty(ONE, body | {"due_at": "2027-01-01T00:00:00Z"})
        with pytest.raises(Failure, match=r"cannot be closed while this is owed or undecided: added:1 \(running\)"):
            desk.close(ONE, "done", ())
        desk.sent(ONE, {"duty": "added:1", "at": "2026-10-25T08:00:00Z", "status": "made", "complete": True})
        desk.close(ONE, "done", ())
        assert rows(desk.store)[0].state == "closed"

    def test_a_customer_not_told_holds_it_up(self, desk: Desk) -> None:
        desk.open(record(desk, role="processor", contract="konverso", customers=[{"name": "Acme"}]))
        with pytest.raises(Failure, match=r"contract:konverso@acme \(waiting\), gdpr-33-2@acme \(waiting\)"):
            desk.close(ONE, "done", ())
        with pytest.raises(BadInput, match="contract:konverso@acme is our own duty"):
            desk.close(ONE, "done", ("contract:konverso@acme",))


DRAFT = {"kind": "vendor", "file": "a.md", "sha256": "00", "format": "md", "language": "en", "as_of": "x"}


class TestDrafts:
    def test_a_file_is_put_in_its_place_with_its_entry(self, desk: Desk, tmp_path: Path) -> None:
        desk.open(record(desk))
        (tmp_path / ".a.md.new").write_text("draft")
        desk.record_files(ONE, EntryKind.DRAFTED, [DRAFT], [(tmp_path / ".a.md.new", tmp_path / "a.md")])
        assert (tmp_path / "a.md").read_text() == "draft"
        assert [draft.file for draft in desk.look(ONE).incident.drafts] == ["a.md"]

    def test_where_one_cannot_be_placed_none_is_recorded(self, desk: Desk, tmp_path: Path) -> None:
        desk.open(record(desk))
        with pytest.raises(FileNotFoundError):
            desk.record_files(ONE, EntryKind.DRAFTED, [DRAFT], [(tmp_path / "missing", tmp_path / "a.md")])
        assert kinds(desk) == ["opened"]
