"""Adopting, whatever the contract says: once it is in force, nothing is left to change."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident.adoption import Proposal, effect_of, put_in_force, put_shown_in_force
from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.errors import Failure
from incident.staged import Staged, staged
from incident.store.sqlite import memory_store
from models.playbook import VendorPlaybook
from playbooks.loader import read_playbook
from tests.test_incident.desk_examples import NOW, SETTINGS, record

PERIODS = ['{ unit = "hours", amount = 24 }', '{ unit = "soft", phrase = "promptly" }', '{ unit = "days", amount = 3 }']
CONTRACT = """\
id = "{vendor}"
kind = "vendor"
name = "Vendor"
does = "Calls."

[[documents]]
id = "dpa"
title = "DPA"
language = "en"
checked_on = 2026-11-21

[[duties]]
trigger = "{trigger}"
scope = "{scope}"
period = {period}
source = {{ document = "dpa", place = "5", confidence = "checked" }}
"""


@settings(max_examples=20)
@given(
    vendor=st.sampled_from(["kavkom", "deskhero", "acme"]),
    trigger=st.sampled_from(["aware", "confirmation", "unstated"]),
    scope=st.sampled_from(["confirmed", "potential"]),
    period=st.sampled_from(PERIODS),
    ending=st.sampled_from(["", "\n# seen\n", "\r\n", "# é\n"]),
)
def test_what_is_in_force_changes_nothing_again(
    vendor: str, trigger: str, scope: str, period: str, ending: str
) -> None:
    text = CONTRACT.format(vendor=vendor, trigger=trigger, scope=scope, period=period) + ending
    playbook = read_playbook(f"vendors/{vendor}.toml", text)
    assert isinstance(playbook, VendorPlaybook)
    proposal = Proposal(playbook, text)
    with TemporaryDirectory() as name:
        file = Path(name) / "settings.toml"
        file.write_text(SETTINGS, "utf-8")
        before = staged(file, file.parent / "playbooks")
        store = memory_store(actor="anna", stated_now=NOW, copy_of=None)
        desk = Desk(store, bring_into_force(store, before), NOW)
        desk.open(record(desk, vendor=vendor, moments={"vendor_aware": "2026-10-24T09:00:00Z"}))

        put_in_force(store, desk.in_force, before, proposal, "Privacy team")

        on_disk = staged(file, file.parent / "playbooks")
        recorded = store.head()
        desk = replace(desk, in_force=bring_into_force(store, on_disk))
        again = effect_of(desk, proposal)
        assert store.head() == recorded
        assert store.fingerprint() == on_disk.fingerprint
        assert desk.in_force.texts[proposal.name] == text
        assert (on_disk.playbooks / proposal.name).read_bytes() == text.encode("utf-8")
        assert (again.before, again.changes, again.touched) == (playbook, (), ())
        assert again.confirmation is not None
        assert again.confirmation.confirmed_by == "Privacy team"


class TestAsShown:
    """Between the look at what changes and the confirmation time passes; others work meanwhile."""

    @pytest.fixture
    def desk(self, tmp_path: Path) -> Desk:
        (tmp_path / "settings.toml").write_text(SETTINGS, "utf-8")
        store = memory_store(actor="anna", stated_now=NOW, copy_of=None)
        return Desk(store, bring_into_force(store, self.on_disk(tmp_path)), NOW)

    def on_disk(self, folder: Path) -> Staged:
        return staged(folder / "settings.toml", folder / "playbooks")

    def proposal(self, period: str) -> Proposal:
        text = CONTRACT.format(vendor="kavkom", trigger="aware", scope="confirmed", period=period)
        playbook = read_playbook("vendors/kavkom.toml", text)
        assert isinstance(playbook, VendorPlaybook)
        return Proposal(playbook, text)

    def test_what_was_shown_comes_into_force(self, desk: Desk, tmp_path: Path) -> None:
        proposal = self.proposal(PERIODS[0])
        shown = effect_of(desk, proposal)
        later = replace(desk, now=NOW + timedelta(hours=1))
        put_shown_in_force(later, self.on_disk(tmp_path), proposal, shown, "Privacy team")
        assert (tmp_path / "playbooks" / proposal.name).read_text("utf-8") == proposal.text

    def test_an_incident_that_was_not_shown_is_to_be_looked_at_first(self, desk: Desk, tmp_path: Path) -> None:
        proposal = self.proposal(PERIODS[0])
        shown = effect_of(desk, proposal)
        desk.open(record(desk, vendor="kavkom", moments={"vendor_aware": "2026-10-24T09:00:00Z"}))
        with pytest.raises(Failure, match=r"^kavkom: what it would change is not what you were shown any more"):
            put_shown_in_force(desk, self.on_disk(tmp_path), proposal, shown, "Privacy team")
        assert not (tmp_path / "playbooks").exists()

    def test_rules_that_changed_meanwhile_are_to_be_looked_at_first(self, desk: Desk, tmp_path: Path) -> None:
        proposal, other = self.proposal(PERIODS[0]), self.proposal(PERIODS[2])
        shown = effect_of(desk, proposal)
        put_in_force(desk.store, desk.in_force, self.on_disk(tmp_path), other, "somebody else")
        later = replace(desk, in_force=bring_into_force(desk.store, self.on_disk(tmp_path)))
        with pytest.raises(Failure, match="look again"):
            put_shown_in_force(later, self.on_disk(tmp_path), proposal, shown, "Privacy team")
        assert (tmp_path / "playbooks" / other.name).read_text("utf-8") == other.text
