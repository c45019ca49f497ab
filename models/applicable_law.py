"""Which laws apply to an incident, and as of which day. Pure.

Law is taken as of the incident's awareness, not as of today.
"""

from datetime import date
from typing import Literal

from models.counterparties import people_by_country
from models.incident import Incident
from models.moments import MomentName
from models.organisation import Organisation
from models.playbook import Rules
from models.regime import LegalDuty, RegimePlaybook

BREACH_KNOWN = (MomentName.AWARE, MomentName.VENDOR_TOLD_US)
FIRST_KNOWN = (MomentName.DETECTED, *BREACH_KNOWN)


def laws_for(incident: Incident, rules: Rules, organisation: Organisation) -> tuple[RegimePlaybook, ...]:
    """Return the laws that apply, first those on every breach of personal data.

    A proposal that is assumed for planning stands in for what it would replace, where that applies.
    """
    found = [regime for regime in rules.regimes.values() if applies(regime, incident, organisation)]
    found.sort(key=lambda regime: regime.applies != "personal-data")
    proposal = rules.regimes.get(rules.assumed or "")
    if proposal is None:
        return tuple(found)
    return tuple(law for regime in found for law in _amended(regime, proposal))


def applies(regime: RegimePlaybook, incident: Incident, organisation: Organisation) -> bool:
    """True where a law applies: by its own reach, because it is named, or because sector and country fit.

    What an incident names stands; only where it names nothing do the settings speak. The GDPR applies to every
    breach of personal data, whatever else is named.
    """
    if regime.applies == "assumed" or (regime.about == "personal-data" and incident.personal_data is False):
        return False
    if regime.applies == "personal-data":
        return True
    named = incident.regimes or organisation.regimes
    return regime.id in named or (not incident.regimes and fits(regime, incident, organisation))


def fits(regime: RegimePlaybook, incident: Incident, organisation: Organisation) -> bool:
    """True where a law is about our sectors and countries, as the incident and the settings have them."""
    if regime.applies != "named" or not (regime.sectors or regime.countries):
        return False
    in_sector = not regime.sectors or bool(set(regime.sectors) & set(incident.sectors))
    return in_sector and (not regime.countries or bool(set(regime.countries) & our_countries(incident, organisation)))


def our_countries(incident: Incident, organisation: Organisation) -> set[str]:
    """Return where we are: the establishment of the settings, and the incident's place."""
    return {country for country in (organisation.country, incident.place.country) if country}


def is_out_of_reach(regime: RegimePlaybook, incident: Incident, rules: Rules, organisation: Organisation) -> bool:
    """True where a law on every breach was left out by name, and nothing recorded lies in its territory.

    A person named other laws on personal data and not this one, our country is known and outside, and so are the
    people concerned. Its authorities and people are then not ours to tell; what parties owe each other stands.
    """
    named = incident.regimes or organisation.regimes
    ours = our_countries(incident, organisation)
    if regime.cross_border is None or regime.id in named or not ours:
        return False
    laws = (rules.regimes.get(name) for name in named)
    if not any(law is not None and law.about == "personal-data" for law in laws):
        return False
    return not (ours | set(people_by_country(incident))) & set(regime.cross_border.territory)


def rules_in_force(regime: RegimePlaybook, incident: Incident) -> tuple[LegalDuty, ...]:
    """Return a regime's rules that were law on the day that counts; what is assumed for planning has no such day."""
    if regime.applies == "assumed":
        return regime.duties
    day = judged_on(regime.about, incident)
    return tuple(rule for rule in regime.duties if rule.in_force(day))


def judged_on(about: Literal["personal-data", "incident"], incident: Incident) -> date:
    """Return the local day whose law counts: that of the awareness; of the opening while nobody stated any.

    A law about incidents looks to the awareness of the incident, else to the first that was known of it.
    """
    stated = incident.instant(MomentName.INCIDENT_AWARE)
    if about == "incident":
        known = [stated] if stated else [incident.instant(name) for name in FIRST_KNOWN]
    else:
        known = [incident.instant(name) for name in BREACH_KNOWN]
        known = known if any(known) else [stated]
    aware = min((instant for instant in known if instant), default=incident.opened_at)
    return aware.astimezone(incident.zone).date()


def _amended(regime: RegimePlaybook, proposal: RegimePlaybook) -> tuple[RegimePlaybook, ...]:
    """Take out of a law the duties that a proposal would put its own in place of, and put those beside it."""
    if regime.id != proposal.replaces:
        return (regime,)
    replaced = {duty.id for duty in proposal.duties}
    kept = tuple(duty for duty in regime.duties if duty.id not in replaced)
    return (
        proposal.model_copy(update={"cross_border": regime.cross_border}),
        regime.model_copy(update={"duties": kept}),
    )
