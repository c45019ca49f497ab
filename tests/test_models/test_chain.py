"""The chain of parties: which arrows there are, and which clock speaks for each."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.chain import Chain, chain
from models.clocks import clock
from models.counterparties import vendor_name
from models.duties import duties_for
from models.journal import EntryKind
from tests.builders import incident, organisation, shipped_rules

NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)


def drawn(record: dict[str, Any], *bodies: tuple[EntryKind, dict[str, Any]], **settings: Any) -> Chain:
    found = incident({"title": "x", **record}, *bodies)
    clocks = [clock(duty, found, NOW) for duty in duties_for(found, shipped_rules(), organisation(**settings))]
    return chain(found, clocks, vendor_name(found, shipped_rules()))


def test_a_controller_is_told_and_tells_authority_and_people() -> None:
    moments = {"vendor_aware": "2026-10-24T01:00Z", "vendor_told_us": "2026-10-24T07:00Z"}
    found = drawn({"vendor": "kavkom", "moments": moments})
    (inward,) = found.inward
    assert (inward.debtor, inward.creditor, inward.told_after) == ("Kavkom", "us", timedelta(hours=6))
    assert [arrow.creditor for arrow in found.outward] == ["CNIL", "data subjects"]
    assert found.outward[0].lead.duty.id == "gdpr-33-1"


def test_a_notice_before_its_trigger_took_no_time_that_can_be_said() -> None:
    moments = {"vendor_aware": "2026-10-24T08:00Z", "vendor_told_us": "2026-10-24T07:00Z"}
    assert drawn({"vendor": "kavkom", "moments": moments}).inward[0].told_after is None


def test_a_processor_tells_its_customers_the_most_urgent_first() -> None:
    customers = [{"id": "b", "name": "B", "contract": "convious"}, {"id": "a", "name": "A", "contract": "kavkom"}]
    found = drawn({"role": "processor", "customers": customers, "moments": {"aware": "2026-10-24T07:00Z"}})
    assert [(arrow.creditor, arrow.lead.duty.id) for arrow in found.outward] == [
        ("A", "contract:kavkom@a"),
        ("B", "contract:convious@b"),
    ]
    assert found.inward == ()


def test_our_own_targets_speak_for_no_arrow() -> None:
    moments = {"aware": "2026-10-24T07:00Z"}
    found = drawn({"moments": moments}, targets={"gdpr-33-1": 1})
    assert [one.duty.id for one in found.outward[0].clocks] == ["gdpr-33-1"]


def test_the_party_behind_the_vendor() -> None:
    behind = {"name": "Carrier", "aware": "2026-10-24T01:00Z", "told_vendor": "2026-10-24T04:00Z"}
    found = drawn({"vendor": "kavkom", "subprocessor": behind}).behind
    assert found is not None
    assert (found.name, found.told, found.told_after) == ("Carrier", True, timedelta(hours=3))


def test_duties_between_others_stand_apart() -> None:
    body = {"title": "x", "from": "A", "to": "B", "basis": "contract", "source": "s", "due_at": "2026-10-26T00:00:00Z"}
    found = drawn({}, (EntryKind.DUTY_ADDED, body))
    assert [(arrow.debtor, arrow.creditor) for arrow in found.others] == [("A", "B")]
