"""Circumstances: what of an incident decides which duties bear on it. Incidents alike in them have the same duties."""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from datetime import date, timedelta

from models.applicable_law import judged_on
from models.counterparties import people_by_country
from models.incident import Incident
from models.playbook import Rules


def turning_days(rules: Rules) -> tuple[date, ...]:
    """Return, in order, the days from which other rules are law than on the day before."""
    duties = [duty for regime in rules.regimes.values() for duty in regime.duties]
    ended = {duty.valid_to + timedelta(days=1) for duty in duties if duty.valid_to is not None}
    return tuple(sorted({duty.valid_from for duty in duties} | ended))


def circumstances(incident: Incident, turns: Sequence[date]) -> Hashable | None:
    """Return what decides an incident's duties, under whatever rules; None where it is like no other.

    That is so where notifications were made, for some duties exist only after them, and where a person added duties.

    Args:
        turns: the `turning_days` of the rules.
    """
    if incident.filings or incident.added_duties:
        return None
    customers = tuple((one.id, one.name, one.role, one.contract, one.affected) for one in incident.customers)
    return (
        incident.role,
        incident.personal_data,
        incident.vendor,
        incident.contract,
        customers,
        incident.regimes,
        incident.sectors,
        incident.place,
        tuple(people_by_country(incident).items()),
        bisect_right(turns, judged_on("personal-data", incident)),
        bisect_right(turns, judged_on("incident", incident)),
    )
