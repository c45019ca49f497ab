"""Which earlier instants count in place of one that is being stated: nothing typed later moves a clock silently."""

from datetime import datetime

from models.incident import Incident
from models.moments import MomentName


def earlier_ones(incident: Incident, name: MomentName, at: datetime) -> tuple[tuple[MomentName, datetime], ...]:
    """Return the recorded instants (UTC) that are earlier than `at` and would count in its place, earliest first.

    Where duties run from a moment, the earliest instant stated counts; awareness is also presumed from the
    vendor's notice (Art. 33(2) GDPR). For every other moment the last one recorded counts: then there is none.
    """
    if not name.anchors_duties:
        return ()
    names = {name, MomentName.VENDOR_TOLD_US} if name is MomentName.AWARE else {name}
    counted = ((one, incident.instant(one)) for one in names)
    return tuple(sorted(((one, before) for one, before in counted if before and before < at), key=lambda pair: pair[1]))
