"""What of ours answers an authority's question. A form file names it (`answers`); here is what each name means.

`fact:<name>`, `moment:<name>`, `organisation:<path>` and `contact:<part>` are what they say. `informed:`, `planned:`,
`told:` and `not-informed:` name a fact that is asked only if data subjects were, will be or will not be told.
`named:<fact>` is a yes-or-no whose yes is a list of names; `consequences:<breach type>` those of that type.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from incident.errors import BadInput
from incident.notices.filling import Filling
from incident.notices.items import one_line
from incident.notices.notice import Item
from models.counterparties import vendor_name
from models.moments import MomentName, utc_text
from models.vocabulary import Certainty, SubjectsInformedStatus


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


def _organisation(path: str, filling: Filling) -> Item:
    value: Any = filling.case.organisation
    for step in path.split("."):
        value = getattr(value, step)
    if not value:
        return filling.missing()
    return filling.known(filling.wording.country(value) if path.endswith("country") else str(value), value)


def _contact(part: str, filling: Filling) -> Item:
    """The contact of Art. 33(3)(b): from the settings; one recorded for this incident is shown beside it."""
    organisation = filling.case.organisation
    contact = organisation.breach_contact
    value = str(getattr(contact, part))
    if part == "function" and not value and contact == organisation.dpo and contact.reachable:
        value = filling.wording.phrase("data_protection_officer")
    item = filling.known(value, value) if value else filling.missing()
    recorded = filling.facts.get("contact_point")
    if part != "name" or recorded is None or not recorded.value:
        return item
    return replace(item, remarks=(filling.wording.phrase("recorded_contact", contact=str(recorded.value)),))


def _notification_type(_: str, filling: Filling) -> Item:
    return filling.known("", filling.phase.value)


def _previous_reference(_: str, filling: Filling) -> Item | None:
    if filling.previous is None:
        return None
    told = filling.wording.phrase("told_on", instant=filling.wording.instant(filling.previous.at))
    number = filling.previous.reference
    return replace(filling.known(number, number) if number else filling.missing(), remarks=(told,))


def _other_bodies(_: str, filling: Filling) -> Item:
    """The vendor, who stands behind it, and the other parties that were recorded, a line each."""
    incident, wording = filling.case.incident, filling.wording
    vendor = vendor_name(incident, filling.case.rules)
    bodies = [{"name": vendor, "role": wording.phrase("processor")}] if vendor else []
    if incident.subprocessor:
        bodies.append({"name": incident.subprocessor.name, "role": wording.phrase("sub_processor")})
    recorded = filling.facts.get("other_parties")
    bodies += recorded.value if recorded and recorded.value else []
    if not bodies:
        return filling.missing()
    lines = (", ".join(one_line(body[key]) for key in ("name", "role", "contact") if body.get(key)) for body in bodies)
    return replace(filling.known("\n".join(lines), bodies), block=True)


def _period_known(_: str, filling: Filling) -> Item:
    """Yes where both ends were recorded; an end that was not recorded does not make it a no."""
    ends = [filling.moment(name).answered for name in (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO)]
    return filling.yes() if all(ends) else filling.missing()


def _ongoing(_: str, filling: Filling) -> Item:
    """Over only where an end was recorded; that it was contained does not say so, but helps to judge."""
    ended = filling.case.incident.instant(MomentName.OCCURRED_TO)
    if ended is not None and ended <= filling.case.now:
        return filling.no()
    contained = filling.moment(MomentName.CONTAINED)
    remarks = (filling.labelled(contained),) if contained.answered else ()
    return replace(filling.missing(), remarks=remarks)


def _awareness(_: str, filling: Filling) -> Item:
    if not filling.awareness:
        return filling.missing()
    counted = filling.awareness[0]
    item = filling.known(filling.wording.instant(counted.at), utc_text(counted.at))
    if counted.presumed_from is None:
        return item
    return replace(item, certainty=Certainty.ESTIMATED, mark=filling.wording.phrase("presumed"))


def _vendor_notice(_: str, filling: Filling) -> Item:
    return filling.moment(MomentName.VENDOR_TOLD_US) if filling.case.incident.vendor else filling.aside("no_vendor")


def _date_comments(_: str, filling: Filling) -> Item:
    """What was recorded on the dates, then why they differ: awareness is not detection, nor the vendor's awareness."""
    recorded = filling.facts.get("date_comments")
    lines = [str(recorded.value)] if recorded and recorded.value else []
    lines += _dates(filling)
    if not lines:
        return filling.aside("no_comment")
    return replace(filling.known("\n".join(lines), "\n".join(lines)), block=True)


def _dates(filling: Filling) -> list[str]:
    wording, incident = filling.wording, filling.case.incident
    counted = filling.awareness[0] if filling.awareness else None
    lines = []
    for name, phrase in (
        (MomentName.DETECTED, "dates_detected"),
        (MomentName.SUSPECTED, "dates_suspected"),
        (MomentName.VENDOR_AWARE, "dates_vendor_aware"),
    ):
        recorded = incident.moment(name)
        if recorded and (counted is None or recorded.moment.at != counted.at):
            lines.append(wording.phrase(phrase, instant=wording.moment(recorded.moment)))
    if counted and counted.presumed_from:
        lines.append(wording.phrase("dates_presumed", instant=wording.instant(counted.at)))
    for rival in filling.awareness[1:]:
        if counted and rival.at != counted.at:
            why = wording.phrase("because", why=rival.why) if rival.why and not rival.presumed_from else ""
            lines.append(wording.phrase("dates_rival", instant=wording.instant(rival.at), why=why))
    return lines


def _discovery(_: str, filling: Filling) -> Item:
    item = filling.fact("discovery_circumstances")
    detected = filling.case.incident.moment(MomentName.DETECTED)
    if not item.answered or detected is None:
        return item
    signs = filling.wording.phrase("first_signs", instant=filling.wording.moment(detected.moment))
    return replace(item, text=f"{item.text}\n{signs}")


def _texts(*names: str) -> Callable[[str, Filling], Item]:
    """Answer with several facts, one after the other: how sure the whole is depends on the first."""

    def told(_: str, filling: Filling) -> Item:
        first, *rest = (filling.fact(name) for name in names)
        more = [filling.labelled(item) for item in rest if item.answered]
        if not more:
            return first
        return replace(first, text="\n".join([first.text, *more]), value="\n".join([first.text, *more]), block=True)

    return told


def _consequences(breach_type: str, filling: Filling) -> Item | None:
    """Asked for each type of breach that was recorded, and for every type while none was."""
    types = filling.facts.get("breach_types")
    recorded = types.value if types and types.value else None
    if recorded is not None and not any(str(one).startswith(breach_type) for one in recorded):
        return None
    return filling.fact("consequences")


def _if_status(*statuses: SubjectsInformedStatus) -> Callable[[str, Filling], Item | None]:
    """Ask for a fact only where data subjects are told, or not told, in one of these ways."""

    def told(name: str, filling: Filling) -> Item | None:
        status = filling.facts.get("subjects_informed_status")
        return filling.fact(name) if status and status.value in statuses else None

    return told


def _cross_border(_: str, filling: Filling) -> Item:
    """People in several states do not make the processing cross-border: a person says so, the countries beside it."""
    facts = filling.facts
    codes = {
        str(code) for name in ("countries", "people_by_country") if name in facts for code in facts[name].value or ()
    }
    names = [filling.wording.country(code) for code in sorted(codes)]
    return replace(filling.missing(), remarks=(filling.wording.listed(names),) if names else ())


def _named(name: str, filling: Filling) -> Item:
    fact = filling.facts.get(name)
    if fact is not None and fact.certainty is Certainty.NOT_APPLICABLE:
        return filling.no()
    if fact is None or fact.value is None:
        return filling.missing()
    return filling.yes(*(str(one) for one in fact.value)) if fact.value else filling.no()


STATUS = SubjectsInformedStatus

ANSWERS: Mapping[str, Callable[[str, Filling], Item | None]] = {
    "fact": lambda name, filling: filling.fact(name),
    "moment": lambda name, filling: filling.moment(MomentName(name)),
    "organisation": _organisation,
    "contact": _contact,
    "notification-type": _notification_type,
    "previous-reference": _previous_reference,
    "other-bodies": _other_bodies,
    "period-known": _period_known,
    "ongoing": _ongoing,
    "awareness": _awareness,
    "vendor-notice": _vendor_notice,
    "date-comments": _date_comments,
    "discovery": _discovery,
    "description": _texts("description", "systems_affected"),
    "measures-before": _texts("measures_before", "data_unintelligible"),
    "measures-after": _texts("measures_remedy", "measures_prevent"),
    "consequences": _consequences,
    "informed": _if_status(STATUS.INFORMED),
    "planned": _if_status(STATUS.PLANNED),
    "told": _if_status(STATUS.INFORMED, STATUS.PLANNED),
    "not-informed": _if_status(STATUS.NOT_INFORMED),
    "cross-border": _cross_border,
    "named": _named,
}
"""What answers a question, by the name that a form file gives it."""
