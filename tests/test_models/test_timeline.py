"""The timeline's scale, and the events on it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.clocks import clock
from models.duties import duties_for
from models.journal import EntryKind
from models.timeline import Scale, events, scale
from tests.builders import incident, organisation, sent, shipped_rules

Body = Mapping[str, Any]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)
TOLD: dict[str, Any] = {"title": "x", "vendor": "deskhero", "moments": {"vendor_told_us": "2026-10-24T07:00:00Z"}}


def shown(record: Body, *bodies: tuple[EntryKind, Body], now: datetime = NOW) -> tuple[list[tuple[str, str]], Scale]:
    found = incident(record, *bodies, zone="Europe/Paris")
    clocks = [clock(duty, found, now) for duty in duties_for(found, shipped_rules(), organisation())]
    marks = events(found, clocks, "Deskhero", now)
    return [(event.kind.value, event.words) for event in marks], scale(marks, clocks)


def test_everything_that_has_a_time_is_on_it_in_order() -> None:
    marks, _ = shown(TOLD, sent("gdpr-33-1", "2026-10-24T10:00:00Z", status="attempted", complete=True))
    assert marks == [
        ("moment", "Deskhero told us"),
        ("filing", "tried CNIL"),
        ("now", "now"),
        ("deadline", "Art. 33(1) CNIL"),
        ("outer limit", "Art. 33(1) outer limit"),
    ]


def test_the_scale_reaches_from_the_first_event_beyond_the_last_deadline() -> None:
    _, found = shown(TOLD)
    assert found.begins == datetime(2026, 10, 24, 7, tzinfo=UTC)
    assert found.ends > datetime(2026, 10, 27, 8, tzinfo=UTC)


def test_a_stray_date_does_not_flatten_the_rest() -> None:
    moments = {**TOLD["moments"], "occurred_from": "1900-01-02"}
    _, found = shown({**TOLD, "moments": moments}, now=NOW + timedelta(days=900))
    assert found.begins == datetime(2026, 10, 17, 7, tzinfo=UTC)
    assert found.ends < datetime(2026, 11, 6, tzinfo=UTC)
    assert found.place(datetime(1900, 1, 1, tzinfo=UTC)) == 0.0
    assert not found.holds(NOW + timedelta(days=900))


def test_midnights_are_local_ones_through_a_change_of_the_clocks() -> None:
    span = Scale(datetime(2026, 10, 24, 7, tzinfo=UTC), datetime(2026, 10, 27, 7, tzinfo=UTC))
    assert span.midnights(PARIS, 10) == (
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        datetime(2026, 10, 25, 23, tzinfo=UTC),
        datetime(2026, 10, 26, 23, tzinfo=UTC),
    )
    assert span.midnights(PARIS, 2) == (datetime(2026, 10, 25, 23, tzinfo=UTC),)


@given(st.integers(-125 * 365, 170 * 365))
def test_the_scale_always_has_a_length(days: int) -> None:
    _, found = shown(TOLD, now=NOW + timedelta(days=days))
    assert found.begins < found.ends
    assert len(found.midnights(PARIS, 8)) <= 8
