"""Checks that help: they warn about what looks wrong in an incident, and never block."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from models.incident import Incident
from models.moments import MomentName, utc_text
from models.vocabulary import Certainty, Risk

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
        *_undecided_data(incident),
        *_out_of_order(incident),
        *_not_yet(incident, now),
        *_rival_awareness(incident),
        *_figures(incident),
        *_special_without_risk(incident),
    )


def _undecided_data(incident: Incident) -> Iterator[str]:
    if incident.personal_data is None:
        yield "whether personal data are affected is not known yet: the clocks alarm all the same"


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
