"""The desk: what a person or a script can do with the record. The command line and the screens call it.

Every use case writes one transaction: the entries, and the incident's row on the board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from incident.errors import BadInput, Failure
from incident.in_force import InForce
from incident.look import Look, look_at
from incident.opening import external_ref
from incident.refresh import refresh
from incident.repeating import repeated
from incident.store.protocol import Store
from incident.taking_in import TakenIn, TakingIn, openings_of
from models.clocks import still_owed
from models.duty import US
from models.exemptions import Relied
from models.fact_names import read_fact_name
from models.incident import Incident
from models.journal import Entry, EntryKind, NewEntry
from models.moments import utc_text
from models.replay import BodyGoneError, replay
from models.retention import erasure_due, remains
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
        return look_at(self._replayed(reference, entries), self.in_force, self.now)

    def looks(self) -> Iterator[Look]:
        """Yield every incident known, in the order they were opened; of an erased one, only what remains of it."""
        for reference in self.store.references():
            entries = self.store.entries(reference, self.known_at)
            if entries and (self.known_at is None or all(entry.body is not None for entry in entries)):
                yield look_at(self._replayed(reference, entries), self.in_force, self.now)

    @repeated
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
            return TakingIn(transaction, {}, self.in_force, self.now).take(record, None).reference

    @repeated
    def take_in(self, records: Sequence[dict[str, Any]]) -> list[TakenIn]:
        """Take in imported records, all in one transaction: open new ones, record what is new in known ones."""
        named = [*filter(None, map(external_ref, records))]
        openings = openings_of(records, self.store.references_of(named), self.in_force, self.now)
        with self.store.write() as transaction:
            taking = TakingIn(transaction, transaction.references_of(named), self.in_force, self.now)
            return [taking.take(record, opened) for record, opened in zip(records, openings, strict=True)]

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

    def exempt(
        self,
        name: str,
        art_34_3: str,
        because: str | None,
        by: str,
        dpo_advice: str | None,
        *,
        with_risk: bool,
    ) -> Look:
        """Record why data subjects are not told one by one though the risk is high (Art. 34(3) GDPR).

        Args:
            art_34_3: `a`, `b`, `c` or `national:<law>`, as `models.exemptions` reads it.
            with_risk: the high risk is decided in the same entry; otherwise it was decided before.

        Raises:
            BadInput: no such ground, no reasons, or the risk was not decided to be high.
        """
        try:
            Relied.read(art_34_3)
        except ValueError as error:
            raise BadInput(f"--art-34-3: {error}") from None
        decision = self.look(name).incident.decision
        if not with_risk and (decision is None or decision.risk is not Risk.HIGH):
            raise BadInput("Art. 34(3) is about a high risk: decide that with it: --risk high")
        if not (because or "").strip():
            raise BadInput("a decision not to tell people one by one needs its reasons: --because TEXT")
        risk = {"breach": True, "risk": Risk.HIGH.value} if with_risk else {}
        said = {"art_34_3": art_34_3, "because": because, "by": by, "dpo_advice": dpo_advice}
        return self._append(name, EntryKind.DECIDED, risk | said)

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

    @repeated
    def link(self, name: str, other: str) -> tuple[str, str]:
        """Link two incidents: the same event seen twice, or in another capacity. Both say so afterwards."""
        first, second = self.look(name).incident.reference, self.look(other).incident.reference
        if first == second:
            raise BadInput(f"{first} cannot be linked with itself")
        with self.store.write() as transaction:
            for one, another in ((first, second), (second, first)):
                transaction.append(NewEntry(one, EntryKind.LINKED, {"other": another}))
                refresh(transaction, one, self.in_force, self.now)
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

    @repeated
    def erase(self, name: str, because: str) -> Look:
        """Erase what is written of a closed incident whose time has come by the settings' rule of retention.

        What remains is in `models.retention`; the chain still verifies, and an entry says what was erased, and why.

        Raises:
            Failure: it is open or erased already, no rule is set, or its time has not come.
            BadInput: without reasons.
        """
        if not because.strip():
            raise BadInput("erasing needs its reasons: --because TEXT")
        before = self.look(name).incident
        reference, months = before.reference, self.in_force.organisation.retention_months
        if before.erased_at is not None:
            raise Failure(f"{reference} is erased already")
        if before.closing is None:
            raise Failure(f"{reference} is open: only a closed incident is erased")
        due = erasure_due(before, months)
        if due is None:
            raise Failure("no rule of retention is set: write retention_months into the settings first")
        if due > self.now:
            raise Failure(f"{reference} is kept until {due:%Y-%m-%d} by the settings' rule ({months} months)")
        with self.store.write() as transaction:
            kept = remains(replay(transaction.entries(reference)))
            erased = transaction.erase_bodies(reference)
            body = {"because": because, "entries": erased, **kept}
            transaction.append(NewEntry(reference, EntryKind.ERASED, body))
            incident = refresh(transaction, reference, self.in_force, self.now)
        return look_at(incident, self.in_force, self.now)

    def record_files(
        self, name: str, kind: EntryKind, files: Sequence[dict[str, Any]], staged: Sequence[tuple[Path, Path]]
    ) -> None:
        """Record written drafts or attachments, and put the staged files in their places if they are recorded.

        Args:
            files: of each draft `kind`, `file`, `sha256`, `format`, `language` and `as_of`; of each attachment
                `sha256`, `size`, `name`, and `about` where it was said.
            staged: (staged file, its place) of each; where one cannot be put there, nothing is recorded.
        """
        reference = self._kept(name)
        with self.store.write() as transaction:
            for file in files:
                transaction.append(NewEntry(reference, kind, file))
            refresh(transaction, reference, self.in_force, self.now)
            for temporary, place in staged:
                temporary.replace(place)

    def _replayed(self, reference: str, entries: Sequence[Entry]) -> Incident:
        try:
            return replay(entries)
        except BodyGoneError as gone:
            known = "what was known at that time was erased since" if self.known_at else f"{gone}"
            raise Failure(f"{reference}: {known}; `incident verify` tells whether an erasure is recorded") from None

    def _kept(self, name: str) -> str:
        """Return the reference of an incident that can still be added to."""
        known = self.look(name).incident
        if known.erased_at is not None:
            raise Failure(f"{known.reference} was erased: nothing more is recorded there; open another incident")
        return known.reference

    @repeated
    def _append(self, name: str, kind: EntryKind, body: dict[str, Any]) -> Look:
        reference = self._kept(name)
        said = {key: value for key, value in body.items() if value is not None}
        with self.store.write() as transaction:
            transaction.append(NewEntry(reference, kind, said))
            incident = refresh(transaction, reference, self.in_force, self.now)
        return look_at(incident, self.in_force, self.now)
