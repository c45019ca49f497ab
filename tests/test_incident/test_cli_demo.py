"""`incident demo`: the whole job, on a store that is thrown away."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incident.desk import Desk
from incident.look import Look
from incident.samples import ORGANISATION, samples
from incident.settings import organisation_text
from models.record import read_record
from models.vocabulary import ClockState, Risk, Role
from tests.test_incident.command_line import incident
from tests.test_incident.desk_examples import new_desk

NOW = "2026-10-25T12:00Z"


class TestSamples:
    """Whatever the instant it starts at: here an hour that clocks show twice, a leap day, a summer noon."""

    @pytest.fixture(params=["2026-10-25T01:30+00:00", "2028-02-29T23:59+00:00", "2026-07-01T12:00+00:00"])
    def looks(self, request: pytest.FixtureRequest) -> Iterator[list[Look]]:
        now = datetime.fromisoformat(request.param).astimezone(UTC)
        desk = new_desk(organisation_text(ORGANISATION), now)
        with closing(desk.store):
            yield [self.played(desk, number) for number in range(len(samples(now)))]

    def played(self, desk: Desk, number: int) -> Look:
        sample = samples(desk.now)[number]
        reference = desk.open(read_record(sample.record, desk.in_force.organisation.time_zone))
        if sample.decision is not None:
            outcome, because = sample.decision
            desk.decide(reference, Risk(outcome) if outcome else None, because, "demo", None)
        for filing in sample.sent:
            desk.sent(reference, {"status": "made", "complete": True, **filing})
        return desk.look(reference)

    def test_every_state_of_a_clock_appears(self, looks: list[Look]) -> None:
        assert {clock.state for look in looks for clock in look.clocks} == set(ClockState)

    def test_ten_incidents_or_more_of_the_five_vendors_in_the_three_roles(self, looks: list[Look]) -> None:
        assert len(looks) >= 10
        vendors = {look.incident.vendor.playbook for look in looks if look.incident.vendor}
        assert vendors >= {"kavkom", "convious", "konverso", "quicktalk", "deskhero"}
        assert {look.incident.role for look in looks} >= {Role.CONTROLLER, Role.PROCESSOR, Role.SUB_PROCESSOR}

    def test_nothing_lies_in_the_future(self, looks: list[Look]) -> None:
        for look in looks:
            assert not [warning for warning in look.warnings if "later than now" in warning]


class TestCommand:
    @pytest.fixture(autouse=True)
    def folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)

    def test_it_prints_the_board_explains_a_clock_and_writes_the_drafts(self, tmp_path: Path) -> None:
        outcome = incident("demo", "--now", NOW)
        assert outcome.code == 0
        board, explained, drafts = outcome.out.split("\n\n")[0], outcome.out, outcome.out.split("\n\n")[-1]
        assert board.startswith("time is set: clocks are judged at 2026-10-25 13:00 +01:00 (12:00 UTC)\n")
        assert board.count("INC-2026-") >= 10
        assert "      + 48 hours elapsed\n" in explained
        names = drafts.strip().splitlines()
        assert len(names) == len(set(names))
        assert {f"incident-demo/{file.name}" for file in (tmp_path / "incident-demo").iterdir()} == set(names)
        assert {name.split("-")[-1] for name in names} >= {"fr.md", "en.md", "it.md"}
        assert all(line.startswith("incident: INC-2026-") for line in outcome.err.splitlines())

    def test_it_touches_neither_our_store_nor_our_settings(self) -> None:
        incident("open", "--title", "Ours")
        before = incident("verify", "--json").json
        incident("demo", "--now", NOW)
        assert incident("verify", "--json").json == before
        assert not Path(os.environ["XDG_CONFIG_HOME"]).exists()

    def test_it_can_be_run_again_later(self) -> None:
        later = datetime.fromisoformat(NOW) + timedelta(days=3)
        first = incident("demo", "--now", NOW)
        again = incident("demo", "--now", later.isoformat())
        assert (first.code, again.code) == (0, 0)
        assert first.out.split("\n\n")[-1] == again.out.split("\n\n")[-1]
