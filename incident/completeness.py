"""Completeness per notification: for each one we still owe, what its own form, law or contract requires of us."""

from dataclasses import replace

from incident.errors import BadInput
from incident.look import Look
from incident.notices.authority import required_of
from incident.notices.case import Case
from models.authority import AuthorityPlaybook
from models.clocks import still_owed, urgency
from models.disclosure import facts_for
from models.duty import US, Duty
from models.duty_ids import country_of, without_party
from models.notification_file import NotificationFile, file_by_facts
from models.organisation import Organisation
from models.playbook import Rules
from models.vocabulary import Basis


def notification_files(look: Look) -> tuple[NotificationFile, ...]:
    """Return a file for each notification of ours that is owed or undecided, the most urgent first.

    Our own targets have none beside that of the duty they are about; nor has what requires nothing that is a fact.
    """
    owed = (clock.duty for clock in sorted(still_owed(look.clocks), key=urgency) if clock.duty.debtor == US)
    duties = [duty for duty in owed if duty.basis is not Basis.POLICY] if look.incident.closing is None else []
    return tuple(file for duty in duties for file in [_file(duty, look)] if file.fields)


def form_of(duty: Duty, rules: Rules, organisation: Organisation) -> AuthorityPlaybook | None:
    """Return the form that a notification is made on: the authority's own, else the only one there is for it."""
    named, country = without_party(duty.id), country_of(duty.id)
    forms = [one for one in rules.authorities.values() if named in {one.duties.first, one.duties.rest}]
    if country is not None:
        forms = [one for one in forms if one.country == country]
    own = [one for one in forms if one.id == organisation.authority]
    return (own or forms)[0] if own or len(forms) == 1 else None


def _file(duty: Duty, look: Look) -> NotificationFile:
    incident, organisation = look.incident, look.in_force.organisation
    by_facts = file_by_facts(duty, facts_for(incident, organisation, incident.customer(duty.customer)), incident)
    form = form_of(duty, look.in_force.rules, organisation)
    if form is None:
        return by_facts
    case = Case(incident, look.in_force.rules, organisation, look.now, None)
    try:
        return NotificationFile(duty, form.id, tuple(required_of(case, form, duty)))
    except BadInput as error:  # somebody's own form file: its fault is told, and the law still says what is missing
        return replace(by_facts, fault=str(error))
