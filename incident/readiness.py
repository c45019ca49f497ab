"""What each vendor's playbook would cost us: graded, and rehearsed at the place that our settings name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from incident.playbook_pages.overview import Listed
from models.organisation import Organisation
from models.playbook import Rules, VendorPlaybook
from models.readiness import Readiness, readiness
from models.regime import RegimePlaybook
from models.rehearsal import Rehearsal, rehearse
from playbooks.readiness import scale


@dataclass(frozen=True, slots=True)
class Judged:
    """One vendor's playbook, judged and rehearsed.

    Attributes:
        origin: whose file it is: `shipped` or `yours`.
    """

    vendor: VendorPlaybook
    origin: str
    readiness: Readiness
    rehearsal: Rehearsal


def judged(listed: Iterable[Listed], organisation: Organisation, now: datetime, at: datetime) -> Sequence[Judged]:
    """Judge every vendor's playbook, the worst grade first.

    Args:
        listed: every playbook there is; the laws among them give our own 72 hours.
        now: from when the age of a reading is counted (UTC).
        at: when the vendor becomes aware of the breach that is rehearsed (UTC).
    """
    known = list(listed)
    vendors = [(one.playbook, one.origin) for one in known if isinstance(one.playbook, VendorPlaybook)]
    regimes = {one.playbook.id: one.playbook for one in known if isinstance(one.playbook, RegimePlaybook)}
    rules = Rules({vendor.id: vendor for vendor, _ in vendors}, regimes)
    today = now.astimezone(organisation.time_zone).date()
    found = [
        Judged(
            vendor,
            origin,
            readiness(vendor, scale(), organisation.mailboxes, today),
            rehearse(vendor, rules, organisation, at),
        )
        for vendor, origin in vendors
    ]
    order = [grade.grade for grade in scale().grades]
    return sorted(found, key=lambda one: (-order.index(one.readiness.grade.grade), one.vendor.id))
