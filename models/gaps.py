"""What nobody has told us yet about the rules themselves: contracts not known, documents that keep silent."""

from collections.abc import Iterator

from models.applicable_law import fits, is_out_of_reach, our_countries
from models.counterparties import contract_of, owed_customers, vendor_name
from models.duty_ids import UNNAMED_CUSTOMER
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules


def gaps(incident: Incident, rules: Rules, organisation: Organisation) -> tuple[str, ...]:
    """Return, in words, what is not known about who owes what, and what to ask for."""
    laws = (*_regime_gaps(incident, rules, organisation), *_sector_gaps(incident, rules))
    if incident.personal_data is False:
        return laws
    return (
        *_data_gaps(incident),
        *_vendor_gaps(incident, rules),
        *_customer_gaps(incident, rules, organisation),
        *laws,
        *_reach_gaps(incident, rules, organisation),
        *_authority_gaps(incident, rules, organisation),
    )


def _data_gaps(incident: Incident) -> Iterator[str]:
    if incident.personal_data is None:
        yield "whether personal data are affected is not known yet: the clocks alarm all the same"


def _vendor_gaps(incident: Incident, rules: Rules) -> Iterator[str]:
    name = vendor_name(incident, rules)
    if incident.vendor is None or name is None:
        return
    playbook = rules.vendors.get(incident.vendor.playbook or "")
    if playbook is None:
        yield f"no contract known with {name}: Art. 33(2) applies; ask for the data processing agreement"
        return
    if not playbook.duties:
        yield f"no breach clause known of {name}: Art. 33(2) applies, a shorter term may exist"
    for gap in playbook.gaps:
        yield f"{name} does not say: {gap.missing}"


def _customer_gaps(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    for customer in owed_customers(incident):
        if customer.id == UNNAMED_CUSTOMER:
            yield "no customer recorded: each affected customer is owed notice; record them with customers.<id>.name"
        contract = contract_of(customer, incident, organisation)
        if contract not in rules.vendors:
            known = f"the playbook {contract!r} is not known" if contract else "no contract known"
            yield f"{known} for {customer.name}: Art. 33(2) applies; a shorter term may exist"


def _regime_gaps(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    for name in incident.regimes or organisation.regimes:
        if name not in rules.regimes:
            yield f"the regime {name!r} was named, but no rules for it are known: its clocks are NOT shown"
        elif rules.regimes[name].applies == "assumed":
            yield f"{rules.regimes[name].name} is not law: it is never reckoned because a record names it"
    for regime in rules.regimes.values():
        if incident.regimes and regime.id not in incident.regimes and fits(regime, incident, organisation):
            yield f"{regime.name} fits our sector or country, but the regimes named leave it out: its clocks do not run"


def _sector_gaps(incident: Incident, rules: Rules) -> Iterator[str]:
    known = {sector for regime in rules.regimes.values() for sector in regime.all_sectors}
    for sector in incident.sectors:
        if sector not in known:
            yield f"no law known is about the sector {sector!r}; those are: {', '.join(sorted(known)) or 'none'}"


def _reach_gaps(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    for regime in rules.regimes.values():
        if regime.applies == "personal-data" and is_out_of_reach(regime, incident, rules, organisation):
            where = ", ".join(sorted(our_countries(incident, organisation)))
            yield (
                f"what the {regime.name} owes authorities and people is left out: we are in {where}, other laws were "
                f"named, and nobody concerned is recorded in its territory; name {regime.id} too if it reaches us"
            )


def _authority_gaps(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[str]:
    if not incident.role.decides:
        return
    if organisation.authority is None:
        yield "the competent supervisory authority is not in the settings; run: incident init"
    elif organisation.authority not in rules.authorities:
        yield f"no form is known for the authority {organisation.authority!r}: notify on its own portal"
