"""The clocks of an incident under the laws that ship with the program."""

from dataclasses import replace
from typing import Any

from models.clocks import Clock
from models.explanation import explain
from models.organisation import Organisation
from tests.builders import shipped_rules
from tests.test_models.examples import Journal, opened
from tests.test_models.rulebook import clocks

NOW = "2026-11-20T12:00:00Z"
PARIS = {"country": "FR", "zone": "Europe/Paris"}
NOWHERE = Organisation()


def under_law(
    journal: Journal, now: str = NOW, organisation: Organisation = NOWHERE, assume: str | None = None
) -> dict[str, Clock]:
    """Return an incident's clocks by duty; `assume` names the proposal that is reckoned under."""
    return clocks(journal, now, organisation, replace(shipped_rules(), assumed=assume))


def ids(journal: Journal, organisation: Organisation = NOWHERE) -> list[str]:
    """Return the duties of an incident, in their order."""
    return list(under_law(journal, organisation=organisation))


def known(sector: str, moments: dict[str, Any], **record: Any) -> Journal:
    """Open an incident in Paris that no personal data are part of, of an organisation in one sector."""
    return opened(**{"sectors": [sector], "personal_data": False, "place": PARIS, "moments": moments} | record)


def explained(clock: Clock, journal: Journal) -> str:
    """Return what is said of a clock's dates, in one text."""
    return "\n".join(explain(clock, journal.incident.calendar))
