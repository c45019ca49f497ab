from datetime import UTC, datetime

import pytest

from models.calls import WHY_AWARE, Standing, call_record, consequence
from models.earlier import earlier_ones
from models.moments import MomentName
from tests.builders import incident, recorded

AT = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)


class TestACall:
    def test_a_suspicion_is_neither_notice_nor_awareness(self) -> None:
        taken = incident(call_record("Odd logins", "kavkom", AT, "suspected"))
        assert taken.instant(MomentName.SUSPECTED) == AT
        assert taken.instant(MomentName.VENDOR_TOLD_US) is None
        assert taken.instant(MomentName.AWARE) is None
        assert taken.personal_data is None
        assert taken.vendor is not None
        assert taken.vendor.playbook == "kavkom"

    def test_a_vendor_that_confirms_has_told_us(self) -> None:
        taken = incident(call_record("Recordings", {"name": "Carrier SA"}, AT, "confirmed"))
        assert taken.instant(MomentName.VENDOR_TOLD_US) == AT
        assert taken.instant(MomentName.DETECTED) == AT
        assert taken.instant(MomentName.AWARE) is None
        assert taken.personal_data is True
        assert taken.vendor is not None
        assert taken.vendor.name == "Carrier SA"

    def test_without_a_vendor_we_state_that_we_are_aware(self) -> None:
        taken = incident(call_record("Laptop stolen", None, AT, "confirmed"))
        aware = taken.moment(MomentName.AWARE)
        assert aware is not None
        assert (aware.moment.at, aware.why) == (AT, WHY_AWARE)
        assert taken.instant(MomentName.DETECTED) == AT
        assert taken.vendor is None

    @pytest.mark.parametrize(
        ("told_by", "standing", "words"),
        [
            ("kavkom", "suspected", "no 72 hours run on a suspicion"),
            ("kavkom", "confirmed", "presumed from the notice"),
            (None, "confirmed", "we state that we are aware"),
        ],
    )
    def test_what_follows_is_said_before(self, told_by: str | None, standing: Standing, words: str) -> None:
        assert words in consequence(told_by, standing)

    def test_nothing_follows_from_an_open_question(self) -> None:
        assert consequence("kavkom", None) == ""


STATED = {"title": "x", "moments": {"detected": "2026-11-20T10:00Z", "vendor_told_us": "2026-11-20T12:00Z"}}


class TestEarlierOnes:
    def at(self, hour: int) -> datetime:
        return datetime(2026, 11, 20, hour, tzinfo=UTC)

    def test_a_later_instant_yields_to_the_one_stated(self) -> None:
        found = earlier_ones(incident(STATED), MomentName.DETECTED, self.at(11))
        assert found == ((MomentName.DETECTED, self.at(10)),)

    def test_an_earlier_or_equal_instant_counts_itself(self) -> None:
        assert earlier_ones(incident(STATED), MomentName.DETECTED, self.at(10)) == ()

    def test_awareness_yields_to_the_vendors_notice(self) -> None:
        found = earlier_ones(incident(STATED), MomentName.AWARE, self.at(13))
        assert found == ((MomentName.VENDOR_TOLD_US, self.at(12)),)

    def test_the_earliest_comes_first(self) -> None:
        both = incident(STATED, recorded({"moments": {"aware": "2026-11-20T11:00:00Z"}}))
        found = earlier_ones(both, MomentName.AWARE, self.at(13))
        assert [name for name, _ in found] == [MomentName.AWARE, MomentName.VENDOR_TOLD_US]

    def test_where_the_last_one_counts_nothing_is_earlier(self) -> None:
        contained = incident({"title": "x", "moments": {"contained": "2026-11-20T10:00Z"}})
        assert earlier_ones(contained, MomentName.CONTAINED, self.at(11)) == ()
