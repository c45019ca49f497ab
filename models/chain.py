"""The chain of parties: who tells whom, with the clocks on each arrow. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from models.clocks import Clock, urgency
from models.duty import US
from models.incident import Incident
from models.periods import Period, duration_words
from models.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Arrow:
    """One party that owes another notice, and every clock between them, the most urgent first."""

    debtor: str
    creditor: str
    clocks: tuple[Clock, ...]

    @property
    def lead(self) -> Clock:
        """The clock that speaks for the arrow."""
        return self.clocks[0]

    @property
    def told_after(self) -> timedelta | None:
        """How long the telling took from its trigger, or None where that cannot be said."""
        clock = self.lead
        if clock.done_at is None or clock.trigger is None or clock.done_at < clock.trigger.at:
            return None
        return clock.done_at - clock.trigger.at

    @property
    def allowed(self) -> Period | None:
        """The counted period that the telling had; None for a soft term, or a date that was set."""
        period = self.lead.period
        return period if period is not None and period.amount is not None else None


@dataclass(frozen=True, slots=True)
class Behind:
    """The party behind the vendor; `told_after` is None while either of its instants is not known."""

    name: str
    told: bool
    told_after: timedelta | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The parties of one breach as arrows: towards us, from us, and between others, each most urgent first."""

    behind: Behind | None
    vendor: str | None
    inward: tuple[Arrow, ...]
    outward: tuple[Arrow, ...]
    others: tuple[Arrow, ...]

    @property
    def both_sides(self) -> str | None:
        """What the vendor's contract allowed, what was used of it, and what is left to us, in one line."""
        told = next((arrow for arrow in self.inward if arrow.told_after is not None), None)
        if told is None or told.told_after is None:
            return None
        allowed = f"was allowed {told.allowed.words()}" if told.allowed else "was given no number"
        ours = next((arrow.lead.remaining for arrow in self.outward if arrow.lead.remaining is not None), None)
        left = ""
        if ours is not None:
            words = "are left to us" if ours >= timedelta() else "too late by now for our own next duty"
            left = f"; {duration_words(ours)} {words}"
        return f"{told.debtor} {allowed}, and used {duration_words(told.told_after)}{left}"


def chain(incident: Incident, clocks: Iterable[Clock], vendor: str | None) -> Chain:
    """Put the clocks on the arrows between the parties. Our register is no party, our own targets no duty."""
    between: dict[tuple[str, str], list[Clock]] = {}
    for clock in sorted(clocks, key=urgency):
        if clock.duty.recipient != "register" and clock.duty.basis is not Basis.POLICY:
            between.setdefault((clock.duty.debtor, clock.duty.creditor), []).append(clock)
    arrows = [Arrow(debtor, creditor, tuple(found)) for (debtor, creditor), found in between.items()]
    return Chain(
        behind=_behind(incident),
        vendor=vendor,
        inward=tuple(arrow for arrow in arrows if arrow.creditor == US),
        outward=tuple(arrow for arrow in arrows if arrow.debtor == US and arrow.creditor != US),
        others=tuple(arrow for arrow in arrows if US not in {arrow.debtor, arrow.creditor}),
    )


def _behind(incident: Incident) -> Behind | None:
    party = incident.subprocessor
    if party is None:
        return None
    after = party.told_vendor - party.aware if party.told_vendor and party.aware else None
    return Behind(party.name, party.told_vendor is not None, after)
