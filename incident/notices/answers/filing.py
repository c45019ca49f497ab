"""Answers about the notification itself: which of several it is, and under which law it is made."""

from dataclasses import replace

from incident.notices.filling import Filling
from incident.notices.notice import Item, Phase
from models.vocabulary import Certainty


def notification_type(_: str, filling: Filling) -> Item:
    """Answer with the phase: initial, follow-up or complete."""
    return filling.key(filling.phase.value)


def new_or_follow_up(_: str, filling: Filling) -> Item:
    """Answer whether there was a notification before this one."""
    follows = filling.previous is not None or filling.phase is Phase.FOLLOW_UP
    return filling.key("follow-up" if follows else "new")


def completeness(_: str, filling: Filling) -> Item:
    """Answer that it is complete only where a person asked for a complete one."""
    return filling.key("complete" if filling.phase is Phase.COMPLETE else "incomplete")


def previous_reference(_: str, filling: Filling) -> Item | None:
    """Answer with the number of the notification before; a first notification is not asked for one."""
    if filling.previous is None:
        return filling.missing() if filling.phase is Phase.FOLLOW_UP else None
    told = filling.wording.phrase("told_on", instant=filling.wording.instant(filling.previous.at))
    number = filling.previous.reference
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
