"""What the law has us, and the parties around us, notify: the regimes' duties, with the parties named."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.applicable_law import is_out_of_reach, laws_for, rules_in_force
from models.authority import AuthorityPlaybook
from models.counterparties import authority_name, owed_customers, people_by_country, vendor_name
from models.duty import US, Citation, Duty, Reading, Trigger
from models.duty_ids import for_country, for_customer, without_party
from models.incident import Incident
from models.moments import MomentName
from models.organisation import Organisation
from models.playbook import Rules
from models.regime import LegalDuty, LegalTrigger, NationalLaw, RegimePlaybook, ReliefRefused, Remark
from models.sourced import Source, SourcedFile
from models.vocabulary import Basis, Confidence

CREDITORS = {
    "us": US,
    "subjects": "data subjects",
    "subscribers": "subscribers and individuals concerned",
    "register": "our register",
}
"""How the parties are called that no record and no playbook names."""

OUTSIDE = frozenset({"authority", "subjects"})
"""To whom nothing is owed under a law that does not reach us."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One incident under one set of rules: what every legal duty of it is made from."""

    incident: Incident
    rules: Rules
    organisation: Organisation


def owed_by_law(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[Duty]:
    """Yield the duties of every law that applies to the incident, as the law stood at the awareness."""
    case = _Case(incident, rules, organisation)
    laws = laws_for(incident, rules, organisation)
    covering = {duty: law for law in laws if law.covers for duty in law.covers.duties}
    for law in laws:
        beyond = OUTSIDE if is_out_of_reach(law, incident, rules, organisation) else frozenset[str]()
        for rule in rules_in_force(law, incident):
            if incident.role in rule.roles and rule.creditor not in beyond and _may_arise(rule, incident):
                for duty in _named(law, rule, case):
                    if _arises(duty, incident):
                        yield _covered(duty, covering.get(without_party(duty.id)))


def cited(playbook: SourcedFile, source: Source) -> Citation:
    """Return where a fact of a playbook stands, with the document's title and the date it was checked."""
    document = playbook.document(source.document)
    return Citation(document.title, source.place, source.confidence, playbook.checked_on(source))


def _may_arise(rule: LegalDuty, incident: Incident) -> bool:
    """Without any notification nothing is owed after one: most incidents need not look further."""
    return not rule.trigger.incomplete or bool(incident.filings)


def _arises(duty: Duty, incident: Incident) -> bool:
    """What is owed after an incomplete notification exists only while one stands."""
    begun = duty.trigger.filing if duty.trigger.incomplete else None
    return begun is None or any(not filing.complete for filing in incident.filings_under(begun))


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
        yield _legal_duty(regime, rule, case, debtor, (rule.body or CREDITORS[rule.creditor], rule.id))


def _to_authorities(regime: RegimePlaybook, rule: LegalDuty, case: _Case, debtor: str) -> Iterator[Duty]:
    """To the lead authority of our main establishment; without one in the territory, to each country's authority."""
    spread, home = regime.cross_border, case.organisation.country
    name = rule.body or authority_name(case.organisation, case.rules)
    lead = _legal_duty(regime, rule, case, debtor, (name, rule.id))
    if rule.body is not None:
        yield lead
        return
    lead = _with_complement(lead, case.rules.authorities.get(case.organisation.authority or ""))
    if spread is None or rule.id not in spread.duties:
        yield lead
        return
    people = {
        country: told for country, told in people_by_country(case.incident).items() if country in spread.territory
    }
    if home is None or home in spread.territory:
        others = [f"{country} ({told})" if told else country for country, told in people.items() if country != home]
        crossing = others if home or len(others) > 1 else []
        yield _noted(lead, f"{_marked(spread.lead)} {', '.join(others)}.") if crossing else lead
        return
    if not people:
        yield _noted(lead, f"{_marked(spread.each)} Record the countries of the people concerned.")
    for country, told in people.items():
        authority = _authority_of(country, case)
        name = authority.name if authority else f"the supervisory authority of {country}"
        duty = _legal_duty(regime, rule, case, debtor, (name, for_country(rule.id, country)))
        counted = f"{_marked(spread.each)} In {country}: {told}." if told else _marked(spread.each)
        yield _noted(_with_complement(duty, authority), counted)


def _authority_of(country: str, case: _Case) -> AuthorityPlaybook | None:
    """Return a country's authority: our own there, or the only one known; several are for a person to choose from."""
    known = [one for one in case.rules.authorities.values() if one.country == country]
    own = [one for one in known if one.id == case.organisation.authority]
    return (own or known)[0] if own or len(known) == 1 else None


def _legal_duty(regime: RegimePlaybook, rule: LegalDuty, case: _Case, debtor: str, owed: tuple[str, str]) -> Duty:
    creditor, duty = owed
    title = rule.title.replace("{from}", "we" if debtor == US else debtor).replace("{to}", creditor)
    if regime.applies == "assumed":
        title = f"if {regime.name} were law: {title}"
    refused = _relief_refused(rule, case.incident)
    others = [*_others(regime, rule, case.incident, duty), *_national_readings(regime, rule, case, duty)]
    if refused:
        others = [replace(other, counting=None) for other in others]
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
        others=tuple(others),
        requires=rule.requires,
        may_follow=rule.may_follow,
        notes=(*rule.notes, *([_marked(refused)] if refused else []), *_national_remarks(regime, rule, case)),
        of_incident=regime.about == "incident",
        assumed=regime.name if regime.applies == "assumed" else None,
    )


def _relief_refused(rule: LegalDuty, incident: Incident) -> ReliefRefused | None:
    refused = rule.relief_refused
    return refused if refused and set(refused.sectors) & set(incident.sectors) else None


def _trigger(trigger: LegalTrigger, rule: LegalDuty, duty: str) -> Trigger:
    """A vendor's duty runs from its own awareness; one owed to one country's authority from the filing there."""
    moment = trigger.moment
    if rule.debtor == "vendor" and moment is MomentName.AWARE:
        moment = MomentName.VENDOR_AWARE
    filing = trigger.filing and duty.replace(rule.id, trigger.filing, 1)
    return Trigger(moment, filing, trigger.incomplete, trigger.last, trigger.presumed_from)


def _others(regime: RegimePlaybook, rule: LegalDuty, incident: Incident, duty: str) -> Iterator[Reading]:
    for other in rule.others:
        if not other.sectors or set(incident.sectors) & set(other.sectors):
            source = cited(regime, other.source)
            trigger, period = _trigger(other.trigger, rule, duty), other.period.as_period()
            yield Reading(other.text, trigger, period, source, other.counting, other.lapses)


def _national(rule: LegalDuty, case: _Case) -> Iterator[NationalLaw]:
    country = case.incident.place.country or case.organisation.country
    return (law for law in rule.national if law.country == country)


def _national_readings(regime: RegimePlaybook, rule: LegalDuty, case: _Case, duty: str) -> Iterator[Reading]:
    """Yield what the country of the action reckons in its own way."""
    for law in _national(rule, case):
        if law.trigger is not None and law.period is not None:
            trigger, period = _trigger(law.trigger, rule, duty), law.period.as_period()
            yield Reading(law.text, trigger, period, cited(regime, law.source), law.counting)


def _national_remarks(regime: RegimePlaybook, rule: LegalDuty, case: _Case) -> Iterator[str]:
    """Yield what the country of the action says without a reckoning of its own."""
    for law in _national(rule, case):
        if law.trigger is None:
            yield f"{law.country}: {_marked(law)} [{regime.document(law.source.document).title}, {law.source.place}]"


def _marked(said: Remark | ReliefRefused | NationalLaw) -> str:
    """Return what is said, with its mark where nobody has seen it in its source."""
    sure = said.source.confidence is Confidence.CHECKED
    return said.text if sure else f"({said.source.confidence}) {said.text}"


def _noted(duty: Duty, note: str) -> Duty:
    return replace(duty, notes=(*duty.notes, note))


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
    return _noted(replace(duty, covered_by=regime.name), regime.covers.text)
