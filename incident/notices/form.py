"""What of ours answers an authority's question. A form file names it (`answers`); here is every name there is.

`fact:<name>`, `moment:<name>`, `organisation:<path>` and `contact:<part>` are what they say. Of facts, `words:<name>`
is one in words, `texts:<name>+<name>` are several, of which the first must be there, `any:<name>+<name>` as many as
there are; `beside:<name>` leaves the answer open, with a fact beside it. `figure:<name>` is the number of a count,
`precision:<name>` how sure it is; `instant:<name>` and `day:<name>` are a time and nothing wider. `named:<fact>` is a
yes-or-no whose yes is a list of names; `reach:<whom>` says how to reach us, `bodies:<part>` one thing of each other
body involved.
"""

from collections.abc import Callable, Mapping

from incident.errors import BadInput
from incident.notices.answers import dates, facts, filing, parties, places, risk
from incident.notices.filling import Filling
from incident.notices.notice import Item
from models.dossier import FACTS
from models.moments import MomentName


def answer(name: str, filling: Filling) -> Item | None:
    """Return the answer to a question, or None where the question is not asked in this case.

    Args:
        name: what the form file calls the answer.

    Raises:
        BadInput: nothing of ours has that name.
    """
    kind, _, part = name.partition(":")
    try:
        return ANSWERS[kind](part, filling)
    except (KeyError, AttributeError, ValueError) as error:
        raise BadInput(f"answers: {name!r} names nothing that the program knows") from error


def facts_behind(name: str) -> tuple[str, ...]:
    """Return the facts that an answer is made from; none where settings, moments or a decision give it."""
    kind, _, part = name.partition(":")
    return FACTS_BEHIND.get(kind) or tuple(fact for fact in part.split("+") if fact in FACTS)


ANSWERS: Mapping[str, Callable[[str, Filling], Item | None]] = {
    "fact": lambda name, filling: filling.fact(name),
    "moment": lambda name, filling: filling.moment(MomentName(name)),
    "notification-type": filing.notification_type,
    "new-or-follow-up": filing.new_or_follow_up,
    "completeness": filing.completeness,
    "previous-reference": filing.previous_reference,
    "own-reference": filing.own_reference,
    "laws": filing.laws,
    "organisation": parties.organisation,
    "address": parties.address,
    "identifier": parties.identifier,
    "identifier-type": parties.identifier_type,
    "contact": parties.contact,
    "contact-role": parties.contact_role,
    "further-contact": parties.further_contact,
    "reach": parties.reach,
    "dpo-designated": parties.dpo_designated,
    "outside-eea": places.outside_eea,
    "eea-representative": places.eea_representative,
    "competent-authority": places.competent_authority,
    "other-bodies": parties.other_bodies,
    "other-bodies-involved": parties.other_bodies_involved,
    "bodies": parties.bodies,
    "bodies-by-name": parties.bodies_by_name,
    "period-known": dates.period_known,
    "ongoing": dates.ongoing,
    "period": dates.period,
    "dates-estimated": dates.dates_estimated,
    "instant": dates.instant,
    "day": dates.day,
    "awareness": dates.awareness,
    "discovered": dates.discovered,
    "vendor-notice": dates.vendor_notice,
    "date-comments": dates.date_comments,
    "discovery": dates.discovery,
    "discovered-by": dates.discovered_by,
    "words": facts.words,
    "figure": facts.figure,
    "precision": facts.precision,
    "data": facts.data,
    "texts": facts.texts,
    "any": facts.any_of,
    "beside": facts.beside,
    "several-countries": places.several_countries,
    "countries": places.countries,
    "eea-countries": places.eea_countries,
    "people-by-country": places.people_by_country,
    "cross-border": places.cross_border,
    "cross-border-in-eea": places.cross_border_in_eea,
    "named": facts.named,
    "told-elsewhere": facts.told_elsewhere,
    "risk": risk.risk,
    "high-risk": risk.high_risk,
    "risk-reasons": risk.risk_reasons,
    "communication": risk.communication,
    "communication-and-risk": risk.communication_and_risk,
    "all-informed": risk.all_informed,
}
"""What answers a question, by the name that a form file gives it."""

FACTS_BEHIND: Mapping[str, tuple[str, ...]] = {
    "all-informed": ("informed_count", "subjects_count"),
    "bodies": ("other_parties",),
    "bodies-by-name": ("other_parties",),
    "communication": ("subjects_informed_status", "not_informed_reason"),
    "communication-and-risk": ("subjects_informed_status",),
    "countries": ("countries", "people_by_country"),
    "data": facts.DATA,
    "date-comments": ("date_comments",),
    "discovery": ("discovery_circumstances",),
    "eea-countries": ("countries", "people_by_country"),
    "other-bodies": ("other_parties",),
    "other-bodies-involved": ("other_parties",),
    "own-reference": ("own_reference",),
    "people-by-country": ("people_by_country",),
    "risk-reasons": ("severity_reason",),
    "several-countries": ("countries", "people_by_country"),
    "told-elsewhere": ("police_report", "other_regulators"),
}
"""The facts behind the answers that do not name them."""
