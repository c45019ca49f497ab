"""What every draft is composed from: one incident under the rules in force, at one instant."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from incident.errors import BadInput
from incident.notices.labels import labels_in
from incident.notices.sources import languages_of
from incident.notices.wording import Wording
from models.clocks import Clock, clock
from models.duties import duties_for
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules, VendorPlaybook
from models.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Case:
    """An incident, the rules and settings in force, and the instant at which it is judged (UTC).

    Attributes:
        folder: the user's playbooks, whose templates and labels come before ours; None without.
    """

    incident: Incident
    rules: Rules
    organisation: Organisation
    now: datetime
    folder: Path | None

    @property
    def vendor_playbook(self) -> VendorPlaybook | None:
        """What the documents of the party that owes us notice say; None where there are none."""
        vendor = self.incident.vendor
        return self.rules.vendors.get(vendor.playbook or "") if vendor else None

    def of(self, incident: Incident) -> "Case":
        """Return the same case for the part of its incident that a recipient may see."""
        return replace(self, incident=incident)

    def clocks(self) -> tuple[Clock, ...]:
        """Return every clock but those of our own targets, which are nobody's business."""
        duties = duties_for(self.incident, self.rules, self.organisation)
        return tuple(clock(duty, self.incident, self.now) for duty in duties if duty.basis is not Basis.POLICY)

    def wording(self, language: str) -> Wording:
        """Return the words of a language, instants in the incident's zone."""
        return Wording(language, labels_in(language, self.folder), self.incident.zone)

    def languages(self, kind: str, wanted: tuple[str, ...], preferred: tuple[str | None, ...]) -> tuple[str, ...]:
        """Return the languages to write in: those wanted, else the first preferred one that there is, else English.

        Raises:
            BadInput: a wanted language has no template.
        """
        available = languages_of(kind, self.folder)
        for language in wanted:
            if language not in available:
                raise BadInput(f"no {kind} draft in {language!r}: there are {', '.join(available)}")
        if wanted:
            return tuple(dict.fromkeys(wanted))
        return (next((one for one in preferred if one in available), "en"),)
