"""Answers about the notification itself: which of several it is, and under which law it is made."""

from dataclasses import replace

from incident.notices.filling import Filling
from incident.notices.notice import Item, Phase
from models.vocabulary import Certainty


def notification_type(_: str, filling: Filling) -> Item:
    """Answer with the phase; one that completes an earlier notification is a follow-up to every form."""
    if filling.phase is Phase.COMPLETE and filling.previous:
        return replace(filling.key(Phase.FOLLOW_UP.value), remarks=(filling.wording.phrase("completes"),))
    return filling.key(filling.phase.value)


def new_or_follow_up(_: str, filling: Filling) -> Item:
    """Answer whether there was a notification before this one."""
    return filling.key("follow-up" if filling.previous or filling.phase is Phase.FOLLOW_UP else "new")


def completeness(_: str, filling: Filling) -> Item:
    """Answer that it is complete only where a person asked for a complete one."""
    told = {Phase.COMPLETE: "complete", Phase.WITHDRAWAL: "withdrawal"}
    return filling.key(told.get(filling.phase, "incomplete"))


def previous_reference(_: str, filling: Filling) -> Item | None:
    """Answer with the number that the authority last gave; a first notification is not asked for one."""
    if not filling.previous:
        return filling.missing() if filling.phase is Phase.FOLLOW_UP else None
    told = filling.wording.phrase("told_on", instant=filling.wording.instant(filling.previous[-1].at))
    number = next((one.reference for one in reversed(filling.previous) if one.reference), None)
    return replace(filling.known(number, number) if number else filling.missing(), remarks=(told,))


def own_reference(_: str, filling: Filling) -> Item:
    """Answer with the reference recorded for this, or else the incident's own."""
    recorded = filling.fact("own_reference")
    if recorded.certainty is Certainty.KNOWN:
        return recorded
    return filling.known(filling.case.incident.reference, filling.case.incident.reference)


def laws(_: str, filling: Filling) -> Item:
    """Answer with the laws that the incident names, the GDPR first: it applies to every such breach."""
    return filling.known("", list(dict.fromkeys(("gdpr", *filling.case.incident.regimes))))
