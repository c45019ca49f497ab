"""Checks that help: they warn about what looks wrong in an incident, and never block."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise

from models.applicable_law import judged_on, laws_for
from models.duty import Duty
from models.duty_ids import is_owed_to_us
from models.incident import Incident
from models.moments import MomentName, utc_text
from models.organisation import Organisation
from models.playbook import Rules
from models.vocabulary import Certainty, FilingStatus, Risk

IN_ORDER = (
    (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO),
    (MomentName.OCCURRED_FROM, MomentName.DETECTED),
    (MomentName.OCCURRED_FROM, MomentName.VENDOR_AWARE),
    (MomentName.VENDOR_AWARE, MomentName.VENDOR_TOLD_US),
    (MomentName.DETECTED, MomentName.AWARE),
    (MomentName.CONTAINED, MomentName.RESOLVED),
)
"""Pairs of moments of which the first should not come after the second."""


def warnings(incident: Incident, now: datetime) -> tuple[str, ...]:
    """Return what looks wrong at `now` (UTC), each in one line."""
    return (
        *_out_of_order(incident),
        *_not_yet(incident, now),
        *_rival_awareness(incident),
        *_figures(incident),
        *_special_without_risk(incident),
        *_receipts(incident),
        *_reopened(incident),
    )


def rule_warnings(
    incident: Incident, rules: Rules, organisation: Organisation, duties: Iterable[Duty]
) -> tuple[str, ...]:
    """Return where an incident and the rules do not meet: a date before the law, a vendor or duty nobody knows."""
    return (
        *_before_the_law(incident, rules, organisation),
        *_nearly_a_vendor(incident, rules),
        *_strangers(incident, duties),
    )


def _before_the_law(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    for regime in laws_for(incident, rules, organisation):
        day = judged_on(regime, incident)
        if regime.applies != "assumed" and all(rule.valid_from > day for rule in regime.duties):
            yield f"{regime.name} was not in force on {day}, so none of its clocks run: is the date right?"


def _nearly_a_vendor(incident: Incident, rules: Rules) -> Iterator[str]:
    vendor = incident.vendor
    given = (vendor.playbook or vendor.name or "") if vendor else ""
    if not given or given in rules.vendors:
        return
    near = get_close_matches(given.casefold(), rules.vendors, n=1, cutoff=0.75)
    if near:
        yield f"no playbook is named {given!r}: did you mean {near[0]}? Its clocks do not run"


def _strangers(incident: Incident, duties: Iterable[Duty]) -> Iterator[str]:
    known = {duty.id for duty in duties}
    for filing in incident.filings:
        if filing.duty not in known:
            yield f"a notification is recorded under {filing.duty}, which is no duty of this incident"


def _out_of_order(incident: Incident) -> Iterator[str]:
    for first, second in IN_ORDER:
        before, after = incident.instant(first), incident.instant(second)
        if before and after and before > after and not _same_day(incident, first, second):
            yield f"{first} ({utc_text(before)}) is after {second} ({utc_text(after)})"


def _same_day(incident: Incident, first: MomentName, second: MomentName) -> bool:
    """A moment of which only the day is known may lie anywhere in it."""
    one, other = incident.moment(first), incident.moment(second)
    return bool(one and other and other.moment.until and one.moment.at <= other.moment.until)


def _not_yet(incident: Incident, now: datetime) -> Iterator[str]:
    for name in incident.moments:
        instant = incident.instant(name)
        if instant is not None and instant > now:
            yield f"{name} ({utc_text(instant)}) is later than now"
    for filing in incident.filings:
        if filing.at > now:
            yield f"the notification under {filing.duty} ({utc_text(filing.at)}) is later than now"


def _rival_awareness(incident: Incident) -> Iterator[str]:
    stated, told = incident.instant(MomentName.AWARE), incident.instant(MomentName.VENDOR_TOLD_US)
    if stated and told and stated > told:
        yield (
            f"aware ({utc_text(stated)}) is later than the vendor's notice ({utc_text(told)}): the earlier one counts"
        )
    candidates = [one.moment.at for one in incident.stated(MomentName.AWARE)]
    for earlier, later in pairwise(candidates):
        if later > earlier:
            yield f"aware was stated as {utc_text(earlier)} and later as {utc_text(later)}: the earlier one counts"


def _receipts(incident: Incident) -> Iterator[str]:
    told = incident.instant(MomentName.VENDOR_TOLD_US)
    earlier = [one for one in incident.filings if is_owed_to_us(one.duty) and one.status is FilingStatus.MADE]
    for filing in earlier:
        if told is not None and filing.at < told and filing in incident.filings_under(filing.duty):
            yield (
                f"vendor_told_us ({utc_text(told)}) is later than the notice recorded under {filing.duty} "
                f"({utc_text(filing.at)}): withdraw that one if it was not made"
            )


def _reopened(incident: Incident) -> Iterator[str]:
    if incident.reopened is not None and incident.closing is None:
        yield f"the incident was closed, and is open again: {incident.reopened}"


def _figures(incident: Incident) -> Iterator[str]:
    facts = incident.current_facts()
    subjects, records = facts.get("subjects_count"), facts.get("records_count")
    if not subjects or not records or subjects.certainty is Certainty.UNKNOWN:
        return
    if subjects.value and subjects.value == records.value:
        yield "subjects_count and records_count are the same: people and records are counted apart"


def _special_without_risk(incident: Incident) -> Iterator[str]:
    special = incident.current_facts().get("special_categories")
    decision = incident.decision
    if special and special.value and decision and decision.risk is Risk.UNLIKELY:
        yield "special categories of data are affected, yet the risk was decided to be unlikely: see the reasons"
