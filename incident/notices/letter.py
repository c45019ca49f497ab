"""What letters to a vendor and to a customer share: their terms, how sure the breach is, what to look at first."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from incident.notices.case import Case
from incident.notices.hiding import Mask
from incident.notices.items import one_line
from incident.notices.notice import Item, Reference, Standing, Term
from incident.notices.seen import Seen
from incident.notices.wording import Wording
from models.clocks import Clock
from models.counterparties import vendor_name
from models.incident import Filing, Incident
from models.moments import MomentName
from models.periods import Unit
from models.vocabulary import Basis, Certainty, ClockState, Confidence


def term(clock: Clock, wording: Wording, now: datetime) -> Term:
    """Return a duty and its clock in words."""
    period, started = clock.duty.period, clock.trigger
    owed = clock.state is not ClockState.NOT_REQUIRED
    ended = clock.done_at or now
    elapsed = ended - started.at if started and owed and ended >= started.at else None
    return Term(
        duty=clock.duty.id,
        reference=reference(clock),
        by_contract=clock.duty.basis is Basis.CONTRACT,
        by_law=clock.duty.basis is Basis.LAW,
        law=wording.law(clock.duty.id),
        length=wording.period(period) if period and period.amount is not None else "",
        hours=wording.number(period.amount) if period and period.amount and period.unit is Unit.HOURS else "",
        phrase=(period.phrase or "") if period else "",
        started=wording.instant(started.at) if started else "",
        due=wording.instant(clock.due_at) if clock.due_at else "",
        done=wording.instant(clock.done_at) if clock.done_at else "",
        late=wording.duration(clock.late_by) if clock.late_by else "",
        elapsed=wording.duration(elapsed) if elapsed is not None else "",
    )


def reference(clock: Clock) -> Reference:
    """Return a duty's source as a notice cites it."""
    source = clock.duty.source
    return Reference(source.document, source.place, source.confidence is Confidence.CHECKED)


def references(clocks: Iterable[Clock]) -> tuple[Reference, ...]:
    """Return the sources of several duties, each once."""
    return tuple(dict.fromkeys(reference(clock) for clock in clocks))


def standing(incident: Incident) -> Standing:
    """Return how sure the breach is, from what somebody stated; nothing is concluded from detection."""
    if incident.moment(MomentName.AWARE) is not None:
        return Standing.CONFIRMED
    if incident.moment(MomentName.VENDOR_TOLD_US) is not None:
        return Standing.REPORTED
    if incident.moment(MomentName.SUSPECTED) is not None:
        return Standing.SUSPECTED
    return Standing.UNSTATED


def earlier(told: Iterable[Filing], wording: Wording) -> tuple[str, ...]:
    """Return when the recipient was told before, in words, each instant once."""
    return tuple(dict.fromkeys(wording.instant(filing.at) for filing in told))


def behind_us(case: Case, vendor_phrase: str, wording: Wording) -> Iterator[Item]:
    """Yield the party that owes us notice, under the phrase that names it, and the one behind it, where recorded."""
    vendor, behind = vendor_name(case.incident, case.rules), case.incident.subprocessor
    if vendor:
        yield Item("vendor", wording.phrase(vendor_phrase), one_line(vendor), Certainty.KNOWN, value=vendor)
    if behind:
        label = wording.phrase("behind_sub_processor")
        yield Item("subprocessor", label, one_line(behind.name), Certainty.KNOWN, value=behind.name)


def mask_in(wording: Wording) -> Mask:
    """Return the words that stand where a name or a figure was hidden."""
    return Mask(wording.phrase("hidden_name"), wording.phrase("hidden_figure"))


def checks(case: Case, wording: Wording) -> Iterator[str]:
    """Yield what a person must look at before any draft of this incident goes out."""
    decision = case.incident.decision
    if decision is not None and not decision.breach:
        yield wording.phrase("check_not_a_breach")
    yield from open_points(case, wording)


def open_points(case: Case, wording: Wording) -> Iterator[str]:
    """Yield what is not established yet.

    A summary is no answer: where the description is missing, it is shown to the person and not to the recipient.
    """
    if case.incident.personal_data is None:
        yield wording.phrase("check_personal_data")
    described = case.incident.current_facts().get("description")
    if case.incident.summary and (described is None or not described.answers):
        yield wording.phrase("check_summary", summary=case.incident.summary)


def awareness_checks(clock: Clock, wording: Wording) -> Iterator[str]:
    """Yield what to look at where our awareness is presumed, or was stated more than once."""
    if clock.trigger and clock.trigger.presumed_from:
        told = clock.trigger.presumed_from is MomentName.VENDOR_TOLD_US
        yield wording.phrase("check_presumed" if told else "check_presumed_from_signs")
    if len(clock.candidates) > 1:
        yield wording.phrase("check_rivals")


def hidden_checks(seen: Seen, shown: set[str], wording: Wording) -> Iterator[str]:
    """Yield where something was hidden, among the facts that the draft shows."""
    names = [
        wording.phrase("incident_title") if name == "title" else wording.fact(name)
        for name in seen.hidden
        if name in shown
    ]
    if names:
        yield wording.phrase("check_hidden", facts=wording.listed(names))
