"""Which clocks of an incident run otherwise under other rules: the same facts, the same instant. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from models.clocks import Clock


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """One duty under the rules before and after.

    Attributes:
        before, after: its clock; None where there is no such duty under those rules.
    """

    duty: str
    before: Clock | None
    after: Clock | None

    @property
    def moved(self) -> timedelta | None:
        """By how much the deadline moves, negative where it comes earlier; None where either has no date."""
        if self.before is None or self.after is None or self.before.due_at is None or self.after.due_at is None:
            return None
        return self.after.due_at - self.before.due_at


def deadline_changes(before: Iterable[Clock], after: Iterable[Clock]) -> tuple[DeadlineChange, ...]:
    """Return the duties whose time, outer limit or promised contents differ, in the order of the clocks."""
    old, new = ({clock.duty.id: clock for clock in clocks} for clocks in (before, after))
    changes = (DeadlineChange(duty, old.get(duty), new.get(duty)) for duty in dict.fromkeys((*old, *new)))
    return tuple(change for change in changes if _said(change.before) != _said(change.after))


def _said(clock: Clock | None) -> tuple[object, ...] | None:
    """What a person would act on otherwise; the citation and the words of a title are not part of it."""
    if clock is None:
        return None
    duty = clock.duty
    return clock.period, clock.due_at, clock.latest_at, clock.runs_from, clock.counting, duty.worked, duty.contents
