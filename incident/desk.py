"""The desk: what a person or a script can do with the record. The command line and the screens call it.

Every use case writes one transaction: the entries, and the incident's row on the board.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from incident.board import board_row
from incident.closed_elsewhere import closed_elsewhere
from incident.errors import BadInput, Failure
from incident.in_force import InForce
from incident.look import Look, look_at
from incident.store.protocol import Store, Transaction
from models.checks import warnings
from models.clocks import still_owed
from models.difference import difference, merged
from models.duty import US
from models.fact_names import read_fact_name
from models.incident import Incident
from models.journal import Entry, EntryKind, NewEntry
from models.moments import utc_text
from models.replay import replay
from models.statements import Change, changes_told, rivals, without_repeats
from models.values import value_words
from models.vocabulary import FilingStatus, Risk

_REASONS = {"why": "--not-applicable", "correcting": "--correcting"}
"""The reasons that go with what is recorded, and how the command line asks for them."""

_NOT_RECORDED = {
    "ref": "cannot be changed: it names the incident",
    "source": "cannot be changed: it names the incident",
    "closed": "close an incident with: incident close REF --because TEXT",
    "filings": "record a notification with: incident sent REF DUTY --at …",
}
"""Keys of a record that stand as they came, or have a command of their own."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one imported record, what of a known incident it changes, and what looks wrong in it."""

    status: Literal["opened", "changed", "unchanged"]
    reference: str
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, the rules in force, and the instants at which it is looked at.

    Attributes:
        now: when clocks are judged (UTC).
        known_at: only what was recorded by then is known; None for everything.
    """

    store: Store
    in_force: InForce
    now: datetime
    known_at: datetime | None = None

    def look(self, name: str) -> Look:
        """Return one incident with its clocks, by its reference or `source:ref`.

        Raises:
            Failure: there is no such incident.
        """
        reference = self.store.reference_of(name)
        if reference is None:
            raise Failure(f"no incident {name}; incident list shows those there are")
        entries = self.store.entries(reference, self.known_at)
        if not entries:
            raise Failure(f"{reference} was not recorded yet at that time")
        return look_at(replay(entries), self.in_force, self.now)

    def looks(self) -> Iterator[Look]:
        """Yield every incident known, in the order they were opened."""
        for reference in self.store.references():
            entries = self.store.entries(reference, self.known_at)
            if entries:
                yield look_at(replay(entries), self.in_force, self.now)

    def open(self, record: dict[str, Any]) -> str:
        """Open one incident from a normalised record and return its reference.

        Raises:
            Failure: its `source:ref` is already open.
        """
        with self.store.write() as transaction:
            external = external_ref(record)
            known = transaction.reference_of(external) if external else None
            if known:
                raise Failure(f"{external} is {known} already; change it with: incident set {known} KEY=VALUE")
            return self._opened(transaction, record).reference

    def take_in(self, records: Sequence[dict[str, Any]]) -> list[TakenIn]:
        """Take in imported records, all in one transaction: open new ones, record what is new in known ones."""
        with self.store.write() as transaction:
            return [self._taken_in(transaction, record) for record in records]

    def record(self, name: str, body: dict[str, Any]) -> Look:
        """Record facts and moments.

        Args:
            body: `changes` (a partial record, normalised), and as they apply `certainty`, `source`, `why`,
                `correcting`, and `without_value` (the facts stated to be unknown or not to apply, a customer's own
                as `customers.ID.facts.FACT`).

        Raises:
            BadInput: the changes name what cannot be changed so, or a reason is empty.
        """
        changes = body["changes"]
        for reason, option in _REASONS.items():
            if body.get(reason) is not None and not body[reason].strip():
                raise BadInput(f"{option} needs its reason: {option} WHY")
        for key, reason in _NOT_RECORDED.items():
            if key in changes:
                raise BadInput(f"{key}: {reason}")
        known = [customer.id for customer in self.look(name).incident.customers]
        for customer in changes.get("customers", ()):
            if customer["id"] not in known and "name" not in customer:
                raise BadInput(
                    f"customers.{customer['id']}: is new and needs a name: customers.{customer['id']}.name=…"
                )
        for fact in body.get("without_value", ()):
            _, whose = read_fact_name(fact)
            if whose is not None and whose not in known:
                raise BadInput(f"customers.{whose}: is no customer here; there are: {', '.join(known) or 'none'}")
        return self._append(name, EntryKind.RECORDED, body)

    def note(
        self,
        name: str,
        text: str,
        at: datetime | None,
        party: str | None,
        channel: str | None,
        about: Sequence[str] = (),
    ) -> Look:
        """Record an action or a call; without a time, it was now.

        Args:
            about: the facts that the party was asked for.

        Raises:
            BadInput: facts were asked for, and nobody is named who was asked.
        """
        if about and not (party or "").strip():
            raise BadInput("who was asked? name the party: --party NAME")
        said = {"text": text, "at": utc_text(at or self.now), "party": party, "channel": channel}
        body = said | ({"about": list(about)} if about else {})
        return self._append(name, EntryKind.NOTED, body)

    def decide(
        self,
        name: str,
        outcome: Risk | None,
        because: str | None,
        by: str,
        dpo_advice: str | None,
        covered_elsewhere: bool | None = None,  # noqa: FBT001
    ) -> Look:
        """Record a decision: the risk, or (`outcome` None) that there is no personal data breach.

        Args:
            covered_elsewhere: whether another law's notification covers the same data (Art. 95 GDPR); None says
                nothing of it.

        Raises:
            BadInput: a decision not to notify without its reasons (Art. 33(1), 33(5) GDPR).
        """
        if (outcome in {None, Risk.UNLIKELY} or covered_elsewhere) and not (because or "").strip():
            raise BadInput("a decision not to notify needs its reasons: --because TEXT")
        risk = outcome.value if outcome else None
        body: dict[str, Any] = {
            "breach": outcome is not None,
            "risk": risk,
            "because": because,
            "by": by,
            "dpo_advice": dpo_advice,
        }
        if covered_elsewhere is not None:
            body["covered_elsewhere"] = covered_elsewhere
        return self._append(name, EntryKind.DECIDED, body)

    def add_duty(self, name: str, body: dict[str, Any]) -> Look:
        """Add a duty that no playbook knows. `body` holds title, from, to, basis, source, and due_at or period."""
        return self._append(name, EntryKind.DUTY_ADDED, body)

    def drop_duty(self, name: str, duty: str, because: str) -> Look:
        """Drop a duty that a person added by mistake, or that was lifted; the reason stays on record.

        Raises:
            BadInput: there is no such added duty, or no reason.
        """
        added = {f"added:{one.number}": one.number for one in self.look(name).incident.added_duties if not one.dropped}
        if duty not in added:
            raise BadInput(f"{duty} is no added duty that could be dropped; there are: {', '.join(added) or 'none'}")
        if not because.strip():
            raise BadInput("dropping a duty needs its reasons: --because TEXT")
        return self._append(name, EntryKind.DUTY_DROPPED, {"number": added[duty], "because": because})

    def sent(self, name: str, body: dict[str, Any]) -> Look:
        """Record a notification: made, attempted, acknowledged or withdrawn.

        Args:
            body: `duty`, `at`, `status`, `complete`, and as known `channel`, `to`, `reference`, `because`, `evidence`.

        Raises:
            BadInput: the incident has no such duty, it is a target that another duty's notification meets, or
                nothing was made that could be acknowledged or withdrawn.
        """
        before = self.look(name)
        duties = {clock.duty.id: clock.duty for clock in before.clocks}
        duty = duties.get(body["duty"])
        if duty is None:
            raise BadInput(f"{before.incident.reference} has no duty {body['duty']}; it has: {', '.join(duties)}")
        if duty.settled_under != duty.id:
            raise BadInput(f"{duty.id} is met by a notification under {duty.settled_under}: record it there")
        answers_one = FilingStatus(body["status"]) in {FilingStatus.ACKNOWLEDGED, FilingStatus.WITHDRAWN}
        if answers_one and not before.incident.filings_under(body["duty"]):
            raise BadInput(f"no notification under {body['duty']} is recorded that could be {body['status']}")
        if body["status"] == FilingStatus.WITHDRAWN and body.get("reference"):
            known = [filing.reference for filing in before.incident.filings_under(body["duty"])]
            if body["reference"] not in known:
                raise BadInput(f"no notification under {body['duty']} has the reference {body['reference']!r}")
        return self._append(name, EntryKind.NOTIFIED, body)

    def link(self, name: str, other: str) -> tuple[str, str]:
        """Link two incidents: the same event seen twice, or in another capacity. Both say so afterwards."""
        first, second = self.look(name).incident.reference, self.look(other).incident.reference
        if first == second:
            raise BadInput(f"{first} cannot be linked with itself")
        with self.store.write() as transaction:
            for one, another in ((first, second), (second, first)):
                transaction.append(NewEntry(one, EntryKind.LINKED, {"other": another}))
                self._refresh(transaction, one)
        return first, second

    def close(self, name: str, because: str, despite: Sequence[str]) -> Look:
        """Close an incident.

        Args:
            despite: duties that others owe us and never met.

        Raises:
            Failure: a duty is open or undecided, or the incident is closed already.
            BadInput: without reasons, or `despite` names a duty of ours.
        """
        if not because.strip():
            raise BadInput("closing needs its reasons: --because TEXT")
        before = self.look(name)
        if before.incident.closing is not None:
            raise Failure(f"{before.incident.reference} is closed already")
        duties = {clock.duty.id: clock.duty for clock in before.clocks}
        for duty in despite:
            if duty not in duties:
                raise BadInput(f"{before.incident.reference} has no duty {duty}; it has: {', '.join(duties)}")
            if duties[duty].debtor == US:
                raise BadInput(f"{duty} is our own duty: it cannot be left undone; meet it or decide it")
        owed = still_owed(before.clocks, despite)
        if owed:
            named = ", ".join(f"{clock.duty.id} ({clock.state})" for clock in owed)
            raise Failure(f"{before.incident.reference} cannot be closed while this is owed or undecided: {named}")
        return self._append(name, EntryKind.CLOSED, {"because": because, "despite": list(despite)})

    def reopen(self, name: str, because: str | None) -> Look:
        """Reopen a closed incident.

        Raises:
            Failure: it is not closed.
        """
        before = self.look(name)
        if before.incident.closing is None:
            raise Failure(f"{before.incident.reference} is not closed")
        return self._append(name, EntryKind.REOPENED, {"because": because})

    def record_drafts(self, name: str, drafts: Sequence[dict[str, Any]], staged: Sequence[tuple[Path, Path]]) -> None:
        """Record written drafts, and put the staged files in their places if, and only if, they are recorded.

        Args:
            drafts: `kind`, `file`, `sha256`, `format`, `language` and `as_of` of each.
            staged: (staged file, its place) of each.
        """
        reference = self.look(name).incident.reference
        with self.store.write() as transaction:
            for draft in drafts:
                transaction.append(NewEntry(reference, EntryKind.DRAFTED, draft))
            self._refresh(transaction, reference)
            for temporary, place in staged:
                temporary.replace(place)

    def _append(self, name: str, kind: EntryKind, body: dict[str, Any]) -> Look:
        reference = self.look(name).incident.reference
        said = {key: value for key, value in body.items() if value is not None}
        with self.store.write() as transaction:
            transaction.append(NewEntry(reference, kind, said))
            incident = self._refresh(transaction, reference)
        return look_at(incident, self.in_force, self.now)

    def _refresh(self, transaction: Transaction, reference: str) -> Incident:
        """Write an incident's row anew; a closed one that owes something again is opened, and says why."""
        incident = replay(transaction.entries(reference))
        if incident.closing is not None:
            owed = still_owed(look_at(incident, self.in_force, self.now).clocks, incident.closing.despite)
            if owed:
                because = "what was recorded since leaves this owed: " + ", ".join(clock.duty.id for clock in owed)
                transaction.append(NewEntry(reference, EntryKind.REOPENED, {"because": because}))
                incident = replay(transaction.entries(reference))
        transaction.put_row(board_row(incident, self.in_force))
        return incident

    def _opened(self, transaction: Transaction, record: dict[str, Any]) -> TakenIn:
        reference = transaction.next_reference(self.now.year)
        body = {"record": self._with_defaults(record), "source": external_ref(record)}
        said = {key: value for key, value in body.items() if value is not None}
        entries = [transaction.append(NewEntry(reference, EntryKind.OPENED, said))]
        told = self._close_as_said(transaction, entries, record)
        incident = replay(entries)
        transaction.put_row(board_row(incident, self.in_force))
        return TakenIn("opened", reference, warnings=(*warnings(incident, self.now), *told))

    def _close_as_said(
        self, transaction: Transaction, entries: list[Entry], said: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Close an incident whose record says so; return what is to be said of it."""
        if "closed" not in said:
            return ()
        closing = closed_elsewhere(look_at(replay(entries), self.in_force, self.now), said)
        if closing.body is not None:
            entries.append(transaction.append(NewEntry(entries[0].incident, EntryKind.CLOSED, closing.body)))
        return closing.warnings

    def _taken_in(self, transaction: Transaction, record: dict[str, Any]) -> TakenIn:
        external = external_ref(record)
        reference = transaction.reference_of(external) if external else None
        if reference is None:
            return self._opened(transaction, record)
        entries = transaction.entries(reference)
        before = replay(entries).imported or {}
        changes = without_repeats(entries, difference(before, record))
        if not changes:
            return TakenIn("unchanged", reference)
        told = changes_told(entries, changes)
        body = {"record": merged(before, changes), "changes": changes, "source": f"import of {external}"}
        entries.append(transaction.append(NewEntry(reference, EntryKind.IMPORTED, body)))
        closing = self._close_as_said(transaction, entries, changes)
        changed = self._refresh(transaction, reference)
        said = (*warnings(changed, self.now), *closing, *map(_gives_way, rivals(told)))
        return TakenIn("changed", reference, told, said)

    def _with_defaults(self, record: dict[str, Any]) -> dict[str, Any]:
        """Fill in from the settings what the record leaves open, so that the journal holds it once and for all."""
        ours = self.in_force.organisation
        place = {"zone": ours.zone, "country": ours.main_establishment or ours.address.country}
        defaults: dict[str, Any] = {"role": ours.role.value, "sectors": list(ours.sectors)}
        filled = {**defaults, **record, "place": {**place, **record.get("place", {})}}
        filled["place"] = {key: value for key, value in filled["place"].items() if value is not None}
        if not filled.get("contract") and filled["role"] in {"processor", "sub-processor"} and ours.contract:
            filled["contract"] = ours.contract
        return filled


def _gives_way(change: Change) -> str:
    old, new = value_words(change.old) or "nothing", value_words(change.new)
    return f"{change.key}: {old}, recorded by a person, gives way to {new}, which the source has not said before"


def external_ref(record: Mapping[str, Any]) -> str | None:
    """Return what names the record to the script that sent it: `source:ref`, or `ref` alone, or None."""
    if not record.get("ref"):
        return None
    return f"{record['source']}:{record['ref']}" if record.get("source") else str(record["ref"])
