"""Checks that help: they warn about what looks wrong in an incident, and never block."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import pairwise

from models.applicable_law import judged_on, laws_for
from models.clocks import Clock
from models.duty_ids import is_owed_to_us
from models.file_checks import delay_warnings, file_warnings
from models.incident import Incident
from models.moments import MomentName, moment_words
from models.organisation import Organisation
from models.periods import duration_words, instant_words
from models.playbook import Rules
from models.vocabulary import FilingStatus

SHORT_INVESTIGATION = timedelta(hours=24)
"""How long an investigation may take before somebody is asked why: a measure of ours, the law names none."""

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
        *_long_before(incident),
        *file_warnings(incident, now),
        *_national_exemption(incident),
        *_receipts(incident),
        *_reopened(incident),
    )


def rule_warnings(
    incident: Incident, rules: Rules, organisation: Organisation, clocks: Sequence[Clock]
) -> tuple[str, ...]:
    """Return where an incident and the rules do not meet: a date before the law, a stranger, a delay without reasons.

    Args:
        clocks: every clock of the incident.
    """
    return (
        *_before_the_law(incident, rules, organisation),
        *_nearly_a_vendor(incident, rules),
        *_strangers(incident, (clock.duty.id for clock in clocks)),
        *delay_warnings(incident, clocks),
    )


def _before_the_law(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    for regime in laws_for(incident, rules, organisation):
        day = judged_on(regime.about, incident)
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


def _strangers(incident: Incident, duties: Iterable[str]) -> Iterator[str]:
    known = set(duties)
    for filing in incident.filings:
        if filing.duty not in known:
            yield f"a notification is recorded under {filing.duty}, which is no duty of this incident"


def _out_of_order(incident: Incident) -> Iterator[str]:
    for first, second in IN_ORDER:
        before, after = incident.instant(first), incident.instant(second)
        if before and after and before > after and not _same_day(incident, first, second):
            yield f"{_said(incident, first)} is after {_said(incident, second)}"


def _said(incident: Incident, name: MomentName) -> str:
    """Say a moment and the time of it that counts, or the day where only that is known."""
    counted = incident.moment(name)
    when = (counted.moment.day or instant_words(counted.moment.at, incident.zone)) if counted else "not recorded"
    return f"“{moment_words(name)}” {when}"


def _same_day(incident: Incident, first: MomentName, second: MomentName) -> bool:
    """A moment of which only the day is known may lie anywhere in it."""
    one, other = incident.moment(first), incident.moment(second)
    return bool(one and other and other.moment.until and one.moment.at <= other.moment.until)


def _not_yet(incident: Incident, now: datetime) -> Iterator[str]:
    for name in incident.moments:
        instant = incident.instant(name)
        if instant is not None and instant > now:
            yield f"{_said(incident, name)} is later than now"
    for filing in incident.filings:
        if filing.at > now:
            when = instant_words(filing.at, incident.zone)
            yield f"the notification under {filing.duty}, {when}, is later than now"


def _rival_awareness(incident: Incident) -> Iterator[str]:
    stated, told = incident.instant(MomentName.AWARE), incident.instant(MomentName.VENDOR_TOLD_US)
    if stated and told and stated > told:
        aware, notice = _said(incident, MomentName.AWARE), _said(incident, MomentName.VENDOR_TOLD_US)
        yield f"{aware} is later than {notice}: the earlier one counts"
    candidates = [one.moment.at for one in incident.stated(MomentName.AWARE)]
    for earlier, later in pairwise(candidates):
        if later > earlier:
            before, after = instant_words(earlier, incident.zone), instant_words(later, incident.zone)
            yield f"aware was stated as {before} and later as {after}: the earlier one counts"


def _long_before(incident: Incident) -> Iterator[str]:
    """Ask why where more than a short investigation lies before awareness (EDPB Guidelines 9/2022 § 34)."""
    detected, aware = incident.instant(MomentName.DETECTED), incident.moment(MomentName.AWARE)
    if detected is None or aware is None or aware.why or aware.moment.at - detected <= SHORT_INVESTIGATION:
        return
    passed = duration_words(aware.moment.at - detected)
    yield f"{passed} lie between the first signs and awareness: record why, with `why` beside the time or in a note"


def _receipts(incident: Incident) -> Iterator[str]:
    told = incident.instant(MomentName.VENDOR_TOLD_US)
    earlier = [one for one in incident.filings if is_owed_to_us(one.duty) and one.status is FilingStatus.MADE]
    for filing in earlier:
        if told is not None and filing.at < told and filing in incident.filings_under(filing.duty):
            yield (
                f"{_said(incident, MomentName.VENDOR_TOLD_US)} is later than the notice recorded under "
                f"{filing.duty}, {instant_words(filing.at, incident.zone)}: withdraw that one if it was not made"
            )


def _reopened(incident: Incident) -> Iterator[str]:
    if incident.reopenings and incident.closing is None:
        yield f"the incident was closed, and is open again: {incident.reopenings[-1]}"


def _national_exemption(incident: Incident) -> Iterator[str]:
    """No national law is in our playbooks for this: a person looks at it."""
    law = incident.exemption.relied.law if incident.exemption else None
    if law:
        yield f"an exemption of national law from telling the data subjects is relied on ({law}): unconfirmed, read it"
