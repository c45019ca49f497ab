"""How ready a vendor's playbook is for a breach: what each of its terms would cost us, and a grade of ours. Pure.

The checks are here; their severity, their words and the rule of the grades are data (`playbooks/readiness.toml`).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.duty import Citation
from models.legal_duties import cited
from models.periods import Unit
from models.playbook import ContractDuty, VendorPlaybook
from models.readiness_scale import Check, Grade, Scale, Severity
from models.sourced import PeriodText, Source, sources
from models.vocabulary import Confidence

_ADDRESS = re.compile(r"[^\s@<>,;()]+@[^\s@<>,;()]+\.[^\s@<>,;().]+")
_WORKED = {Unit.BUSINESS_HOURS, Unit.WORKING_DAYS}
_HOURS = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WEEKS: 7 * 24, Unit.MONTHS: 30 * 24}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a playbook would cost us.

    Attributes:
        said: what the document says, in a few words; empty where it says nothing.
        ask: what to ask the vendor for.
        citations: where it stands; empty where nothing is said anywhere.
    """

    check: Check
    severity: Severity
    title: str
    said: str
    why: str
    ask: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """A playbook's findings, the worst first, and its grade."""

    findings: tuple[Finding, ...]
    grade: Grade

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a check found, before its words are put to it; `ask` in place of the scale's own."""

    check: Check
    said: str = ""
    sources: tuple[Source, ...] = ()
    ask: str | None = None


def readiness(vendor: VendorPlaybook, scale: Scale, our_addresses: Collection[str], today: date) -> Readiness:
    """Judge a vendor's playbook.

    Args:
        our_addresses: the e-mail addresses that our settings name as ours.
        today: the day from which the age of a reading is counted.
    """
    found = [*_of_clause(vendor, scale, our_addresses), *_of_vendor(vendor, scale, today)]
    order = list(Severity)
    findings = sorted((_finding(vendor, scale, one) for one in found), key=lambda one: order.index(one.severity))
    return Readiness(tuple(findings), _grade(findings, scale.grades))


def _grade(findings: Iterable[Finding], grades: tuple[Grade, ...]) -> Grade:
    severities = [finding.severity for finding in findings]
    severe, high, medium = (severities.count(one) for one in (Severity.SEVERE, Severity.HIGH, Severity.MEDIUM))
    fitting = (one for one in grades if severe <= one.severe and high <= one.high and medium <= one.medium)
    return next(fitting, grades[-1])


def _finding(vendor: VendorPlaybook, scale: Scale, found: _Found) -> Finding:
    cost = scale.findings[found.check]
    citations = tuple(cited(vendor, source) for source in found.sources)
    ask = found.ask or cost.ask
    return Finding(found.check, cost.severity, cost.title, found.said, cost.why, ask, citations)


def _of_clause(vendor: VendorPlaybook, scale: Scale, our_addresses: Collection[str]) -> Iterator[_Found]:
    """Look at the clause on the breach itself; a further clause never makes up for it, and never spoils it."""
    duty = vendor.main_duty
    if duty is None:
        yield _Found(Check.NO_CLAUSE, f"in {', '.join(document.title for document in vendor.documents)}")
        return
    here = (duty.source,)
    yield from _of_time(duty, scale)
    starts = {
        "confirmation": Check.FROM_CONFIRMATION,
        "discovery": Check.FROM_DISCOVERY,
        "unstated": Check.FROM_UNSTATED,
    }
    if duty.trigger in starts:
        yield _Found(starts[duty.trigger], sources=here)
    if duty.scope == "confirmed":
        yield _Found(Check.ONLY_CONFIRMED, sources=here)
    yield from _of_channel(duty, our_addresses)
    if not duty.contents:
        later = [(one.text, one.source or other.source) for other in vendor.duties for one in other.contents]
        if later:
            texts, stand = zip(*later, strict=True)
            yield _Found(Check.CONTENTS_LATER, "; ".join(texts), stand)
        else:
            yield _Found(Check.NO_CONTENTS, sources=here)
    if duty.source.confidence is not Confidence.CHECKED:
        yield _Found(Check.CLAUSE_UNCONFIRMED, duty.source.confidence.value, here)


def _of_time(duty: ContractDuty, scale: Scale) -> Iterator[_Found]:
    here, period = (duty.source,), duty.period
    if duty.aim is not None:
        yield _Found(Check.BEST_EFFORT, f"“{period.phrase}”, {_words(duty.aim)}", here)
    elif period.amount is None:
        yield _Found(Check.NO_NUMBER, f"“{period.phrase}”", here)
    elif period.unit in _WORKED:
        yield _Found(Check.WORKING_TIME, _words(period), here)
    elif period.amount * _HOURS[period.unit] > scale.long_after_hours:
        yield _Found(Check.LONG, _words(period), here)


def _of_channel(duty: ContractDuty, our_addresses: Collection[str]) -> Iterator[_Found]:
    here = (duty.source,)
    if duty.channel is None:
        yield _Found(Check.NO_CHANNEL, sources=here)
        return
    named = _ADDRESS.findall(duty.channel)
    ours = {address.casefold() for address in our_addresses}
    if not named:
        yield _Found(Check.NO_ADDRESS, duty.channel, here)
    elif not any(address.casefold() in ours for address in named):
        yield _Found(Check.MAILBOX_NOT_OURS, ", ".join(named), here)


def _of_vendor(vendor: VendorPlaybook, scale: Scale, today: date) -> Iterator[_Found]:
    own = {"authority": Check.TELLS_AUTHORITY, "subjects": Check.TELLS_SUBJECTS}
    for notice in vendor.own_notices:
        yield _Found(own[notice.to], notice.text, (notice.source,))
    for one in vendor.constraints:
        if one.limits in {"telling-others", "confidentiality"} and one.is_on("customer"):
            yield _Found(Check.BINDS_US, one.text, (one.source,))
    if not vendor.contacts:
        yield _Found(Check.NO_CONTACT)
    doubted = [source for _, source in sources(vendor) if source.confidence is not Confidence.CHECKED]
    if doubted:
        yield _Found(Check.FACTS_UNCONFIRMED, str(len(doubted)), tuple(dict.fromkeys(doubted)))
    for document in vendor.documents:
        if today - document.checked_on > timedelta(days=scale.old_after_days):
            yield _Found(Check.OLD, f"{document.title}, last read on {document.checked_on}")
    for gap in vendor.gaps:
        yield _Found(Check.GAP, gap.missing, ask=gap.ask)


def _words(period: PeriodText) -> str:
    return period.as_period().words()
