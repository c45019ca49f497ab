"""Adopting a vendor's playbook: a person confirms a file, and it comes into force with that name beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from incident.bring_into_force import adopt_into_force
from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.in_force import InForce
from incident.placing import beside, put_in_place, write_beside
from incident.playbook_file import read_file, read_fitting
from incident.staged import Staged
from incident.store.protocol import Store
from models.clocks import clock
from models.contract_changes import Change, contract_changes
from models.counterparties import contract_of, owed_customers
from models.deadline_changes import DeadlineChange, deadline_changes
from models.duties import duties_for
from models.incident import Incident
from models.journal import Entry
from models.playbook import VendorPlaybook
from playbooks.loader import DRAFT, is_draft
from playbooks.positions import line_of


@dataclass(frozen=True)
class Proposal:
    """A vendor's playbook that a person means to put in force, read and without fault, and its file's text."""

    playbook: VendorPlaybook
    text: str

    @property
    def name(self) -> str:
        """Its name in a library."""
        return f"vendors/{self.playbook.id}.toml"

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file, in hexadecimal digits."""
        return sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a file, and when that was recorded (UTC)."""

    confirmed_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """An open incident whose deadlines the proposal moves, at least one of them."""

    incident: Incident
    deadlines: tuple[DeadlineChange, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What putting a proposal in force would change.

    Attributes:
        before: the playbook of that id in force; None where there is none.
        changes: what the proposal says otherwise; empty where there is none in force.
        confirmation: who confirmed this very file, where it is in force and somebody did.
    """

    before: VendorPlaybook | None
    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]
    confirmation: Confirmation | None


def read_proposal(file: str) -> Proposal:
    """Read the file of a vendor's playbook that is to be put in force; it may be a draft still.

    Raises:
        BadInput: it is none, or does not fit; every fault, one line each.
    """
    text = read_file(file)
    playbook = read_fitting(file, text)
    if not isinstance(playbook, VendorPlaybook):
        raise BadInput(f"{file}: kind: is {playbook.kind!r}; a vendor's playbook alone is adopted")
    return Proposal(playbook, text)


def refuse_draft(file: str, proposal: Proposal) -> None:
    """Refuse what a person has still to review.

    Raises:
        BadInput: the file that the proposal was read from says so.
    """
    if is_draft(proposal.playbook):
        raise BadInput(f"{file}:{line_of(proposal.text, ('review',))}: review: {DRAFT}")


def effect_of(desk: Desk, proposal: Proposal) -> Effect:
    """Return what putting a proposal in force would change. Nothing is written."""
    before = desk.in_force.rules.vendors.get(proposal.playbook.id)
    in_force = desk.in_force.texts.get(proposal.name) == proposal.text
    return Effect(
        before=before,
        changes=contract_changes(before, proposal.playbook) if before else (),
        touched=tuple(_touched(desk, proposal)),
        confirmation=_confirmation(desk.store.rules(), proposal) if in_force else None,
    )


def put_in_force(store: Store, in_force: InForce, staged: Staged, proposal: Proposal, confirmed_by: str) -> None:
    """Put a proposal in force, in the user's folder and in the journal: both, or neither.

    Args:
        in_force: what the proposal was compared with.
        staged: what lies on disk.

    Raises:
        BadInput: another file on disk has a fault.
        Failure: a file that is not in force lies in its place, or something cannot be written.
    """
    place = staged.playbooks / proposal.name
    if staged.texts.get(proposal.name) not in {in_force.texts.get(proposal.name), proposal.text}:
        raise Failure(f"{place}: holds what is not in force; look at it, then move it away and adopt again")
    write_beside(place, proposal.text)
    after = replace(staged, texts={**staged.texts, proposal.name: proposal.text})
    try:
        adopt_into_force(store, after, _adopted(proposal, confirmed_by))
    except Failure:
        beside(place).unlink(missing_ok=True)
        raise
    put_in_place(place)


def put_shown_in_force(desk: Desk, staged: Staged, proposal: Proposal, shown: Effect, confirmed_by: str) -> None:
    """Put a proposal in force, as it was shown to the person who confirms it some time later.

    Raises:
        BadInput, Failure: as `put_in_force`; or what it changes is not what was shown any more.
    """
    effect = effect_of(desk, proposal)
    if _in_substance(effect) != _in_substance(shown):
        raise Failure(f"{proposal.playbook.id}: what it would change is not what you were shown any more; look again")
    put_in_force(desk.store, desk.in_force, staged, proposal, confirmed_by)


def _in_substance(effect: Effect) -> tuple[object, ...]:
    """Return what a person judges an effect by: whatever the clock alone changes is left out."""
    deadlines = [
        (one.incident.reference, change.duty, *(clock and clock.due_at for clock in (change.before, change.after)))
        for one in effect.touched
        for change in one.deadlines
    ]
    return effect.before, deadlines, effect.confirmation


def _adopted(proposal: Proposal, confirmed_by: str) -> Mapping[str, Any]:
    """Return what the journal holds of an adoption."""
    return {
        "playbook": proposal.playbook.id,
        "sha256": proposal.sha256,
        "confirmed_by": confirmed_by,
        "documents": [document.model_dump(mode="json") for document in proposal.playbook.documents],
    }


def _confirmation(entries: Sequence[Entry], proposal: Proposal) -> Confirmation | None:
    for entry in reversed(entries):
        adopted = (entry.body or {}).get("adopted", {})
        if (adopted.get("playbook"), adopted.get("sha256")) == (proposal.playbook.id, proposal.sha256):
            return Confirmation(adopted["confirmed_by"], entry.recorded_at)
    return None


def _touched(desk: Desk, proposal: Proposal) -> Iterator[Touched]:
    in_force, playbook = desk.in_force, proposal.playbook
    rules = replace(in_force.rules, vendors={**in_force.rules.vendors, playbook.id: playbook})
    for look in desk.looks():
        incident = look.incident
        if incident.closing is None and _rests_on(incident, playbook.id, in_force):
            after = (clock(duty, incident, desk.now) for duty in duties_for(incident, rules, in_force.organisation))
            found = deadline_changes(look.clocks, after)
            if found:
                yield Touched(incident, found)


def _rests_on(incident: Incident, playbook: str, in_force: InForce) -> bool:
    """True where the playbook is the contract of the incident's vendor, or ours with one of its customers."""
    if incident.vendor is not None and incident.vendor.playbook == playbook:
        return True
    return any(contract_of(one, incident, in_force.organisation) == playbook for one in owed_customers(incident))
