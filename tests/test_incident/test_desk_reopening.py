"""A closed incident never hides what is owed again."""

import pytest

from incident.errors import BadInput
from models.vocabulary import ClockState, Risk
from tests.test_incident.desk_examples import NOW, new_desk, record, rows

AWARE = {"aware": "2026-10-24T07:00:00Z"}


def test_a_closed_incident_that_owes_again_is_open_and_says_why() -> None:
    desk = new_desk()
    harmless = record(desk, source="soc", ref="1", personal_data=False)
    reference = desk.open(harmless)
    desk.close(reference, "no personal data", ())
    desk.take_in([record(desk, source="soc", ref="1", personal_data=True, moments=AWARE)])
    look = desk.look(reference)
    assert look.incident.closing is None
    assert look.warnings == (
        (
            "the incident was closed, and is open again: what was recorded since leaves this owed: "
            "gdpr-33-1, gdpr-34, gdpr-33-5"
        ),
    )
    assert [(row.state, row.next_duty) for row in rows(desk.store)] == [("open", "gdpr-33-1")]
    kinds = [entry.kind.value for entry in desk.store.entries(reference)]
    assert kinds == ["opened", "closed", "imported", "reopened"]


def test_a_note_on_a_closed_incident_leaves_it_closed() -> None:
    desk = new_desk()
    reference = desk.open(record(desk, personal_data=False))
    desk.close(reference, "no personal data", ())
    desk.note(reference, "The press asked.", None, None, None)
    assert desk.look(reference).incident.closing is not None


def test_what_a_vendor_never_did_does_not_reopen() -> None:
    desk = new_desk()
    reference = desk.open(record(desk, vendor="konverso", moments={"vendor_aware": "2026-10-24T07:00:00Z"}))
    desk.decide(reference, Risk.UNLIKELY, "encrypted", "anna", None)
    facts = dict.fromkeys(("description", "likely_consequences", "measures_remedy"), "said")
    desk.record(reference, {"changes": {"facts": facts}})
    desk.close(reference, "done", ("contract:konverso", "gdpr-33-2"))
    desk.note(reference, "Still nothing.", None, None, None)
    assert desk.look(reference).incident.closing is not None


LETTER = {"title": "Answer", "from": "us", "to": "CNIL", "basis": "authority", "source": "letter", "place": ""}


class TestAddedDuties:
    def test_a_decision_on_the_breach_does_not_lift_them(self) -> None:
        desk = new_desk()
        reference = desk.open(record(desk, moments=AWARE))
        desk.add_duty(reference, {**LETTER, "due_at": "2026-10-30T12:00:00Z"})
        look = desk.decide(reference, None, "a test", "anna", None)
        assert {clock.duty.id: clock.state for clock in look.clocks}["added:1"] is ClockState.RUNNING

    def test_one_can_be_dropped_with_its_reasons(self) -> None:
        desk = new_desk()
        reference = desk.open(record(desk, personal_data=False))
        desk.add_duty(reference, {**LETTER, "due_at": "2026-10-30T12:00:00Z"})
        look = desk.drop_duty(reference, "added:1", "it was another incident's letter")
        assert [clock.state for clock in look.clocks] == [ClockState.NOT_REQUIRED]
        assert look.incident.added_duties[0].dropped == "it was another incident's letter"

    @pytest.mark.parametrize(
        ("duty", "because", "line"),
        [
            ("added:2", "why", "added:2 is no added duty that could be dropped; there are: added:1"),
            ("gdpr-33-1", "why", "gdpr-33-1 is no added duty that could be dropped; there are: added:1"),
            ("added:1", " ", "dropping a duty needs its reasons: --because TEXT"),
        ],
    )
    def test_nothing_else_can_be_dropped(self, duty: str, because: str, line: str) -> None:
        desk = new_desk()
        reference = desk.open(record(desk, moments=AWARE))
        desk.add_duty(reference, {**LETTER, "due_at": "2026-10-30T12:00:00Z"})
        with pytest.raises(BadInput) as refused:
            desk.drop_duty(reference, duty, because)
        assert refused.value.lines == (line,)


class TestWarnings:
    def test_an_awareness_before_the_law(self) -> None:
        desk = new_desk()
        look = desk.look(desk.open(record(desk, moments={"aware": "2016-10-24T09:00:00Z"})))
        assert look.clocks == ()
        assert look.warnings == ("GDPR was not in force on 2016-10-24, so none of its clocks run: is the date right?",)

    def test_a_vendor_that_is_nearly_one_we_know(self) -> None:
        desk = new_desk()
        look = desk.look(desk.open(record(desk, vendor="kavkomm")))
        assert look.warnings == ("no playbook is named 'kavkomm': did you mean kavkom? Its clocks do not run",)

    def test_two_receipts_that_disagree(self) -> None:
        desk = new_desk()
        reference = desk.open(record(desk, vendor="kavkom", moments={"vendor_aware": "2026-10-23T06:00:00Z"}))
        made = {"duty": "contract:kavkom", "at": "2026-10-24T06:00:00Z", "status": "made", "complete": True}
        desk.sent(reference, made)
        later = {"moments": {"vendor_told_us": "2026-10-24T10:00:00Z"}}
        look = desk.record(reference, {"changes": later, "correcting": "typing error"})
        assert look.warnings == (
            (
                "“vendor told us” 2026-10-24 12:00 +02:00 (10:00 UTC) is later than the notice recorded under "
                "contract:kavkom, 2026-10-24 08:00 +02:00 (06:00 UTC): withdraw that one if it was not made"
            ),
        )
        assert look.now == NOW

    def test_a_withdrawal_names_a_notification_there_is(self) -> None:
        desk = new_desk()
        reference = desk.open(record(desk, moments=AWARE))
        made = {"duty": "gdpr-33-1", "at": "2026-10-24T09:00:00Z", "complete": True, "reference": "N1"}
        desk.sent(reference, {**made, "status": "made"})
        with pytest.raises(BadInput) as refused:
            desk.sent(reference, {**made, "status": "withdrawn", "reference": "ZZZ"})
        assert refused.value.lines == ("no notification under gdpr-33-1 has the reference 'ZZZ'",)
