"""What the law has us, and the parties around us, notify: the regimes' duties, with the parties named.

Law is taken as of the incident's awareness, not as of today.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.authority import AuthorityPlaybook
from models.counterparties import authority_name, owed_customers, people_by_country, vendor_name
from models.duty import US, Citation, Duty, Reading, Trigger
from models.duty_ids import for_country, for_customer, without_party
from models.incident import Incident
from models.moments import MomentName
from models.organisation import Organisation
from models.periods import CountingRule
from models.playbook import Playbook, Rules
from models.regime import LegalDuty, LegalTrigger, RegimePlaybook
from models.sourced import Source
from models.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class _Case:
    """One incident under one set of rules: what every legal duty of it is made from."""

    incident: Incident
    rules: Rules
    organisation: Organisation


def owed_by_law(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[Duty]:
    """Yield the duties of every law that applies to the incident, as the law stood at the awareness."""
    case = _Case(incident, rules, organisation)
    day = judged_on(incident)
    applying = [regime for regime in rules.regimes.values() if applies(regime, incident, organisation)]
    covered = {duty: regime for regime in applying if regime.covers for duty in regime.covers.duties}
    proposal = rules.regimes.get(rules.assumed or "")
    if proposal is not None:
        applying = [_amended(regime, proposal) for regime in applying] + [proposal]
    for regime in applying:
        for rule in regime.duties:
            if rule.in_force(day) and incident.role in rule.roles and _arises(rule, incident):
                for duty in _named(regime, rule, case):
                    yield _covered(duty, covered.get(without_party(duty.id)))


def judged_on(incident: Incident) -> date:
    """The law is that of the awareness, not of today: its local day, or that of the opening while unknown."""
    known = [incident.instant(name) for name in (MomentName.AWARE, MomentName.VENDOR_TOLD_US)]
    known = [instant for instant in known if instant] or [incident.instant(MomentName.INCIDENT_AWARE)]
    aware = min((instant for instant in known if instant), default=incident.opened_at)
    return aware.astimezone(incident.zone).date()


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
    return regime.id in named or (not incident.regimes and _fits(regime, incident, organisation))


def cited(playbook: Playbook, source: Source) -> Citation:
    """Return where a fact of a playbook stands, with the document's title and the date it was checked."""
    document = playbook.document(source.document)
    return Citation(document.title, source.place, source.confidence, playbook.checked_on(source))


def _amended(regime: RegimePlaybook, proposal: RegimePlaybook) -> RegimePlaybook:
    """Take out of a law the duties that a proposal would put its own in place of."""
    if regime.id != proposal.replaces:
        return regime
    replaced = {duty.id for duty in proposal.duties}
    return regime.model_copy(update={"duties": tuple(duty for duty in regime.duties if duty.id not in replaced)})


def _fits(regime: RegimePlaybook, incident: Incident, organisation: Organisation) -> bool:
    if not regime.sectors and not regime.countries:
        return False
    in_sector = not regime.sectors or bool(set(regime.sectors) & set(incident.sectors))
    ours = {organisation.country, incident.place.country}
    return in_sector and (not regime.countries or bool(set(regime.countries) & ours))


def _arises(rule: LegalDuty, incident: Incident) -> bool:
    """What is owed after an incomplete notification exists only once one was made."""
    if not rule.trigger.incomplete:
        return True
    begun = rule.trigger.filing
    return any(not filing.complete and without_party(filing.duty) == begun for filing in incident.filings)


def _named(regime: RegimePlaybook, rule: LegalDuty, case: _Case) -> Iterator[Duty]:
    """Yield a rule's duty to each party that it is owed to."""
    debtor = vendor_name(case.incident, case.rules) if rule.debtor == "vendor" else US
    if debtor is None:
        return
    if rule.creditor == "customer":
        for customer in owed_customers(case.incident):
            yield _legal_duty(regime, rule, case, debtor, (customer.name, for_customer(rule.id, customer.id)))
    elif rule.creditor == "authority":
        yield from _to_authorities(regime, rule, case, debtor)
    else:
        names = {"us": US, "subjects": "data subjects", "register": "our register", "body": rule.body or ""}
        yield _legal_duty(regime, rule, case, debtor, (names[rule.creditor], rule.id))


def _to_authorities(regime: RegimePlaybook, rule: LegalDuty, case: _Case, debtor: str) -> Iterator[Duty]:
    """To the lead authority of our main establishment; without one in the territory, to each country's authority."""
    spread = regime.cross_border
    own = case.rules.authorities.get(case.organisation.authority or "")
    lead = (authority_name(case.organisation, case.rules), rule.id)
    if spread is None or rule.id not in spread.duties:
        yield _with_complement(_legal_duty(regime, rule, case, debtor, lead), own)
        return
    people = people_by_country(case.incident)
    hit = [country for country in people if country in spread.territory]
    home = case.organisation.main_establishment
    if home is None or home in spread.territory or not hit:
        duty = _with_complement(_legal_duty(regime, rule, case, debtor, lead), own)
        listed = ", ".join(hit)
        yield replace(duty, notes=(*duty.notes, f"{spread.lead} {listed}.")) if len(hit) > 1 else duty
        return
    for country in hit:
        authority = next((one for one in case.rules.authorities.values() if one.country == country), None)
        name = authority.name if authority else f"the supervisory authority of {country}"
        duty = _legal_duty(regime, rule, case, debtor, (name, for_country(rule.id, country)))
        counted = f"{spread.each} {country}: {people[country]}." if people[country] else spread.each
        yield replace(_with_complement(duty, authority), notes=(*duty.notes, counted))


def _legal_duty(regime: RegimePlaybook, rule: LegalDuty, case: _Case, debtor: str, owed: tuple[str, str]) -> Duty:
    creditor, duty = owed
    sectors = set(case.incident.sectors)
    title = rule.title.replace("{from}", "we" if debtor == US else debtor).replace("{to}", creditor)
    if regime.applies == "assumed":
        title = f"if {regime.name} were law: {title}"
    refused = rule.counting is CountingRule.DORA and bool(sectors & set(rule.relief_not_for))
    readings, remarks = _national(regime, rule, case)
    return Duty(
        id=duty,
        title=title[:1].upper() + title[1:],
        debtor=debtor,
        creditor=creditor,
        recipient=rule.creditor,
        basis=rule.basis,
        trigger=_trigger(rule.trigger, rule, duty),
        period=rule.period.as_period(),
        source=cited(regime, rule.source),
        settled_under=duty,
        counting=None if refused else rule.counting,
        needs=rule.condition,
        others=(*_others(regime, rule, sectors, duty), *readings),
        requires=rule.requires,
        notes=(*rule.notes, *remarks),
        of_incident=regime.about == "incident",
        assumed=regime.name if regime.applies == "assumed" else None,
    )


def _trigger(trigger: LegalTrigger, rule: LegalDuty, duty: str) -> Trigger:
    """A vendor's duty runs from its own awareness; one owed to one country's authority from the filing there."""
    moment = trigger.moment
    if rule.debtor == "vendor" and moment is MomentName.AWARE:
        moment = MomentName.VENDOR_AWARE
    filing = trigger.filing and duty.replace(rule.id, trigger.filing, 1)
    return Trigger(moment, filing, trigger.incomplete, trigger.last, trigger.presumed_from)


def _others(regime: RegimePlaybook, rule: LegalDuty, sectors: set[str], duty: str) -> Iterator[Reading]:
    for other in rule.others:
        if not other.sectors or sectors & set(other.sectors):
            source = cited(regime, other.source)
            trigger, period = _trigger(other.trigger, rule, duty), other.period.as_period()
            yield Reading(other.text, trigger, period, source, other.counting, other.lapses)


def _national(regime: RegimePlaybook, rule: LegalDuty, case: _Case) -> tuple[list[Reading], list[str]]:
    """Return what the country of the action says beside the rule: readings of its own, and remarks."""
    country = case.incident.place.country or case.organisation.country
    readings, remarks = [], []
    for law in rule.national:
        if law.country != country:
            continue
        source = cited(regime, law.source)
        if law.trigger is not None and law.period is not None:
            trigger = _trigger(law.trigger, rule, rule.id)
            readings.append(Reading(law.text, trigger, law.period.as_period(), source, law.counting))
        else:
            remarks.append(f"{law.text} ({source.document}, {source.place}, {source.confidence})")
    return readings, remarks


def _with_complement(duty: Duty, authority: AuthorityPlaybook | None) -> Duty:
    """Give a duty the competent authority's own indicative time, where it has one."""
    if authority is None or authority.complement is None or authority.complement.duty != without_party(duty.id):
        return duty
    return replace(
        duty,
        basis=Basis.AUTHORITY,
        period=authority.complement.period.as_period(),
        source=cited(authority, authority.complement.source),
    )


def _covered(duty: Duty, regime: RegimePlaybook | None) -> Duty:
    """Mark a duty that gives way to another law for the same data, until a person decides."""
    if regime is None or regime.covers is None:
        return duty
    return replace(duty, covered_by=regime.name, notes=(*duty.notes, regime.covers.text))
