"""An incident's row on the board: a projection of the journal, the same in place as when it is made anew."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident.board import board_row
from incident.desk import Desk
from incident.errors import Failure
from incident.store.protocol import BoardRow
from incident.store.sqlite import memory_store
from models.record import read_patch
from models.replay import replay
from models.vocabulary import Risk
from tests.test_incident.desk_examples import SETTINGS, new_desk, record, rows, under

ONE = "INC-2026-0001"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = new_desk()
    with closing(desk.store):
        yield desk


def row(desk: Desk, **said: Any) -> BoardRow:
    """Open an incident and return its row."""
    reference = desk.open(record(desk, **said))
    return next(found for found in rows(desk.store) if found.reference == reference)


TOLD = {"vendor_told_us": "2026-10-24T07:00:00Z"}


class TestRow:
    def test_it_holds_all_that_the_board_shows(self, desk: Desk) -> None:
        assert row(desk, vendor="kavkom", source="soc", ref="17", moments=TOLD) == BoardRow(
            reference=ONE,
            external_ref="soc:17",
            title="Recordings",
            vendor="kavkom",
            role="controller",
            state="open",
            next_duty="gdpr-33-1",
            next_due_at=datetime(2026, 10, 27, 7, tzinfo=UTC),
            next_due_soon_at=datetime(2026, 10, 26, 13, tzinfo=UTC),
            next_undated_state=None,
            next_basis="law",
            next_parties="we → CNIL",
            answered=1,
            required=9,
            risk=None,
            search_text=f"{ONE}\nsoc:17\nRecordings\nKavkom",
        )

    def test_a_vendor_without_a_playbook_stands_by_its_name(self, desk: Desk) -> None:
        assert row(desk, vendor={"name": "Nimbus"}).vendor == "Nimbus"
        assert row(desk).vendor is None

    @pytest.mark.parametrize(
        ("said", "duty", "undated", "parties"),
        [
            ({"vendor": "kavkom"}, "contract:kavkom", "waiting", "Kavkom → us"),
            (
                {"vendor": "konverso", "moments": {"vendor_aware": "2026-10-24T07:00:00Z"}},
                "contract:konverso",
                "open",
                "Konverso → us",
            ),
            ({"personal_data": False}, None, None, None),
        ],
    )
    def test_without_a_date_it_says_whether_it_is_owed_or_waits(
        self, desk: Desk, said: dict[str, Any], duty: str | None, undated: str | None, parties: str | None
    ) -> None:
        found = row(desk, **said)
        assert (found.next_duty, found.next_due_at, found.next_due_soon_at) == (duty, None, None)
        assert (found.next_undated_state, found.next_parties) == (undated, parties)

    def test_what_is_dated_comes_before_what_is_owed_without_a_date(self, desk: Desk) -> None:
        found = row(desk, vendor="konverso", moments={"vendor_aware": "2026-10-24T07:00:00Z"})
        assert found.next_duty == "contract:konverso"
        desk.add_duty(ONE, duty(due_at="2027-01-01T00:00:00Z"))
        assert rows(desk.store)[0].next_duty == "added:1"

    @pytest.mark.parametrize(
        ("outcome", "risk"), [(Risk.UNLIKELY, "unlikely"), (Risk.HIGH, "high"), (None, "not-a-breach")]
    )
    def test_the_last_decision_stands_in_it(self, desk: Desk, outcome: Risk | None, risk: str) -> None:
        row(desk)
        desk.decide(ONE, Risk.RISK, None, "anna", None)
        desk.decide(ONE, outcome, "encrypted", "anna", None)
        assert rows(desk.store)[0].risk == risk

    def test_the_file_is_held_against_the_next_notification_of_ours(self, desk: Desk) -> None:
        assert (row(desk, moments=TOLD).answered, row(desk, moments=TOLD).required) == (1, 9)
        facts = {"description": "d", "likely_consequences": "l", "breach_types": ["integrity"]}
        assert (row(desk, moments=TOLD, facts=facts).answered, row(desk, facts=facts).required) == (4, 9)
        vendors_turn = row(desk, vendor="kavkom", moments={"vendor_aware": "2026-10-24T07:00:00Z"}, facts=facts)
        assert (vendors_turn.next_duty, vendors_turn.answered, vendors_turn.required) == ("contract:kavkom", 4, 9)

    def test_once_the_authority_knows_the_register_is_what_is_missing(self, desk: Desk) -> None:
        row(desk, moments=TOLD, facts={"description": "d"})
        desk.sent(ONE, {"duty": "gdpr-33-1", "at": "2026-10-25T08:00:00Z", "status": "made", "complete": True})
        desk.decide(ONE, Risk.RISK, None, "anna", None)
        (found,) = rows(desk.store)
        assert (found.next_duty, found.answered, found.required) == ("gdpr-33-5", 1, 3)

    def test_a_customers_file_is_its_own(self, desk: Desk) -> None:
        customers = [
            {"name": "Acme", "facts": {"subjects_count": {"value": 7}, "description": "d"}},
            {"name": "Bolt"},
        ]
        facts = {"subjects_count": {"value": 100}, "breach_types": ["integrity"]}
        found = row(
            desk, role="processor", contract="konverso", customers=customers, facts=facts,
            moments={"aware": "2026-10-24T07:00:00Z"},
        )  # fmt: skip
        assert (found.next_duty, found.answered, found.required) == ("contract:konverso@acme", 4, 9)

    def test_no_duty_asks_for_no_file(self, desk: Desk) -> None:
        found = row(desk, personal_data=False)
        assert (found.answered, found.required) == (0, 0)

    def test_nothing_in_it_depends_on_the_clock(self, desk: Desk) -> None:
        row(desk, vendor="kavkom", moments=TOLD)
        later = replace(desk, now=datetime(2030, 1, 1, tzinfo=UTC))
        found = row(later, vendor="kavkom", moments=TOLD)
        assert replace(found, reference=ONE, search_text="") == replace(rows(desk.store)[0], search_text="")

    def test_everything_recorded_can_be_searched(self, desk: Desk) -> None:
        row(
            desk, vendor="quicktalk", summary="A summary", tags=["voice"], source="soc", ref="17",
            facts={"description": "A description", "subjects_count": {"value": 7}},
            customers=[{"name": "Acme SAS"}],
            filings=[{"duty": "gdpr-33-1", "at": "2026-10-25T08:00:00Z", "reference": "N-17"}],
        )  # fmt: skip
        desk.note(ONE, "Called the vendor", None, None, None)
        (found,) = rows(desk.store)
        assert found.search_text.split("\n") == [
            ONE, "soc:17", "Recordings", "A summary", "Quicktalk", "voice", "Acme SAS", "acme-sas", "A description",
            "Called the vendor", "N-17",
        ]  # fmt: skip

    def test_a_closed_incident_owes_nothing_next(self, desk: Desk) -> None:
        row(desk, personal_data=False)
        desk.close(ONE, "a drill", ())
        (found,) = rows(desk.store)
        assert (found.state, found.next_duty, found.next_due_at, found.next_parties) == ("closed", None, None, None)


def duty(**time: Any) -> dict[str, Any]:
    return {"title": "Tell", "from": "us", "to": "Acme", "basis": "contract", "source": "letter", "place": ""} | time


Action = Callable[[Desk, str], object]
TIMES = st.integers(0, 96).map(lambda hour: f"2026-10-{20 + hour // 24:02}T{hour % 24:02}:00:00Z")
WORDS = st.sampled_from(["encrypted", "Anyone could listen.", "\x1b[2J\u202e", "déjà vu"])
VENDORS = st.sampled_from(["kavkom", "convious", "konverso", "deskhero", "quicktalk", {"name": "Nimbus"}])
CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["Acme", "Bolt"])},
        optional={"affected": st.booleans(), "contract": st.sampled_from(["kavkom", "convious"])},
    ),
    unique_by=lambda customer: str(customer["name"]),
    max_size=2,
)
RECORDS = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "ref": st.sampled_from(["1", "2", "3"]),
        "role": st.sampled_from(["controller", "joint-controller", "processor", "sub-processor"]),
        "personal_data": st.sampled_from([True, False, None]),
        "vendor": VENDORS,
        "contract": st.sampled_from(["kavkom", "konverso"]),
        "customers": CUSTOMERS,
        "moments": st.dictionaries(st.sampled_from(["vendor_aware", "vendor_told_us", "aware", "detected"]), TIMES),
        "facts": st.fixed_dictionaries({}, optional={"description": WORDS, "measures_remedy": WORDS}),
    },
)
DUTIES = st.sampled_from(["gdpr-33-1", "gdpr-33-2", "gdpr-33-4", "gdpr-34", "contract:kavkom", "added:1"])
PATCHES = st.one_of(
    st.builds(lambda words: {"facts": {"likely_consequences": words}}, WORDS),
    st.builds(lambda time: {"moments": {"aware": time}}, TIMES),
    st.builds(lambda vendor: {"vendor": vendor}, VENDORS),
)


def opening(said: dict[str, Any]) -> Action:
    return lambda desk, _: desk.open(record(desk, **said))


def importing(said: list[dict[str, Any]]) -> Action:
    return lambda desk, _: desk.take_in([record(desk, **one) for one in said])


def recording(patch: dict[str, Any], correcting: str | None) -> Action:
    return lambda desk, name: desk.record(
        name, {"changes": read_patch(patch, desk.in_force.organisation.time_zone), "correcting": correcting}
    )


def deciding(outcome: Risk | None) -> Action:
    return lambda desk, name: desk.decide(name, outcome, "reasons", "anna", None)


def sending(under_duty: str, at: str, status: str, complete: bool) -> Action:  # noqa: FBT001
    body = {"duty": under_duty, "at": at, "status": status, "complete": complete}
    return lambda desk, name: desk.sent(name, body)


ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(opening, RECORDS),
    st.builds(importing, st.lists(RECORDS, max_size=2)),
    st.builds(recording, PATCHES, st.sampled_from([None, "a wrong time zone"])),
    st.builds(deciding, st.sampled_from([None, *Risk])),
    st.builds(
        sending, DUTIES, TIMES, st.sampled_from(["made", "attempted", "acknowledged", "withdrawn"]), st.booleans()
    ),
    st.just(lambda desk, name: desk.note(name, "Called the vendor", None, None, None)),
    st.builds(lambda time: lambda desk, name: desk.add_duty(name, duty(due_at=time)), TIMES),
    st.just(lambda desk, name: desk.link(name, ONE)),
    st.just(lambda desk, name: desk.close(name, "done", ("gdpr-33-2", "contract:kavkom"))),
    st.just(lambda desk, name: desk.reopen(name, None)),
)


class TestMadeAnew:
    @settings(max_examples=60)
    @given(first=RECORDS, actions=st.lists(st.tuples(ACTIONS, st.integers(1, 3)), max_size=12), changed=st.booleans())
    def test_the_board_in_place_is_the_board_made_anew_from_the_journal(
        self,
        first: dict[str, Any],
        actions: list[tuple[Action, int]],
        changed: bool,  # noqa: FBT001
    ) -> None:
        desk = new_desk()
        with closing(desk.store):
            desk.open(record(desk, **first))
            for act, number in actions:
                refused = False
                length = desk.store.head()[0]
                try:
                    act(desk, f"INC-2026-{number:04}")
                except Failure:
                    refused = True
                assert not refused or desk.store.head()[0] == length
            in_force = desk.in_force
            if changed:
                in_force = under(desk.store, SETTINGS + "[targets]\ngdpr-33-1 = 24\n")

            with closing(memory_store(actor="ben", stated_now=None, copy_of=None)) as anew:
                with anew.write() as transaction:
                    made = (board_row(replay(desk.store.entries(name)), in_force) for name in desk.store.references())
                    transaction.replace_board(made, "anew")
                assert rows(desk.store) == rows(anew)

    def test_an_action_that_fails_half_way_leaves_neither_entry_nor_row(self, desk: Desk) -> None:
        desk.open(record(desk, ref="1"))
        before, length = rows(desk.store), desk.store.head()
        with pytest.raises(ValueError, match="Invalid isoformat"):
            desk.take_in([record(desk, ref="1", summary="new"), {"title": "Bad", "moments": {"aware": "now"}}])
        assert (rows(desk.store), desk.store.head()) == (before, length)
