"""Which breaches a register is asked for: those of some days, those of one vendor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from incident.look import Look
from models.moments import MomentName


@dataclass(frozen=True, slots=True)
class RegisterChoice:
    """What is wanted; what is None limits nothing.

    Attributes:
        since, until: the first and the last day, both included, on which we became aware.
        vendor: the id of a playbook, or a vendor's name, whatever its case.
    """

    since: date | None = None
    until: date | None = None
    vendor: str | None = None


def chosen(looks: Iterable[Look], choice: RegisterChoice, zone: ZoneInfo) -> Iterator[Look]:
    """Yield the incidents that are wanted; days are those of `zone`."""
    for look in looks:
        day = entry_day(look, zone)
        early = choice.since is not None and day < choice.since
        late = choice.until is not None and day > choice.until
        if not early and not late and _is_of(look, choice.vendor):
            yield look


def entry_day(look: Look, zone: ZoneInfo) -> date:
    """Return the day on which we became aware, as stated or presumed; before that is known, the day it was opened."""
    triggers = (one.trigger for one in look.clocks if one.duty.trigger.moment is MomentName.AWARE)
    aware = min((trigger.at for trigger in triggers if trigger), default=look.incident.opened_at)
    return aware.astimezone(zone).date()


def _is_of(look: Look, vendor: str | None) -> bool:
    if vendor is None:
        return True
    recorded = look.incident.vendor
    names = {look.vendor, recorded.playbook if recorded else None}
    return vendor.casefold() in {name.casefold() for name in names if name}
