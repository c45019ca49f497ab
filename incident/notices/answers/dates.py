"""Answers about when: the breach, awareness, and what was seen before it."""

from dataclasses import replace
from datetime import datetime

from incident.notices.filling import Filling
from incident.notices.notice import Item
from models.moments import Moment, MomentName, utc_text
from models.vocabulary import Certainty


def period_known(_: str, filling: Filling) -> Item:
    """Yes where both ends were recorded; an end that was not recorded does not make it a no."""
    ends = [filling.moment(name).answered for name in (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO)]
    return filling.yes() if all(ends) else filling.missing()


def ongoing(_: str, filling: Filling) -> Item:
    """Over only where an end was recorded; that it was contained does not say so, but helps to judge."""
    ended = filling.case.incident.instant(MomentName.OCCURRED_TO)
    if ended is not None and ended <= filling.case.now:
        return filling.no()
    return replace(filling.missing(), remarks=_contained(filling))


def period(_: str, filling: Filling) -> Item:
    """Answer with one day or several, where both ends were recorded; without an end a person says what holds."""
    first, last = _recorded(MomentName.OCCURRED_FROM, filling), _recorded(MomentName.OCCURRED_TO, filling)
    if first is None or last is None:
        return replace(filling.missing(), remarks=_contained(filling))
    zone = filling.case.incident.zone
    days = {at.astimezone(zone).date() for end in (first, last) for at in (end.at, end.until or end.at)}
    return filling.key("one_day" if len(days) == 1 else "several_days")


def dates_estimated(_: str, filling: Filling) -> Item:
    """Yes where one of the recorded ends of the breach is no exact instant, no where all are."""
    ends = [_recorded(name, filling) for name in (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO)]
    known = [end for end in ends if end is not None]
    if not known:
        return filling.missing()
    return filling.no() if all(_exact(end) for end in known) else filling.yes()


def instant(name: str, filling: Filling) -> Item:
    """Answer with one instant; where only a day or a range is known, it stands beside, for a person to choose in."""
    item, moment = filling.moment(MomentName(name)), _recorded(MomentName(name), filling)
    if moment is None or (moment.day is None and moment.until is None):
        return item
    return filling.to_choose(item, "one_instant")


def day(name: str, filling: Filling) -> Item:
    """Answer with the local day of a moment, or of a fact that is an instant."""
    moments = {moment.value for moment in MomentName}
    if name not in moments:
        fact = filling.fact(name)
        if not isinstance(fact.value, str):
            return replace(fact, value=None)
        return _on_day(datetime.fromisoformat(fact.value), filling)
    moment = _recorded(MomentName(name), filling)
    if moment is None:
        return filling.missing()
    if moment.until is not None and moment.day is None:
        return filling.to_choose(filling.moment(MomentName(name)), "one_instant")
    return _on_day(moment.at, filling)


def awareness(_: str, filling: Filling) -> Item:
    """Answer with the earliest instant of awareness: it counts."""
    if not filling.awareness:
        return filling.missing()
    counted = filling.awareness[0]
    item = filling.known(filling.wording.instant(counted.at), utc_text(counted.at))
    if counted.presumed_from is None:
        return item
    if counted.presumed_from is not MomentName.VENDOR_TOLD_US:
        return replace(item, certainty=Certainty.ESTIMATED, mark=filling.wording.phrase("presumed_from_signs"))
    return replace(item, certainty=Certainty.ESTIMATED, mark=filling.wording.phrase("presumed"))


def discovered(_: str, filling: Filling) -> Item:
    """Answer a form that says "discovered" and means awareness: with awareness, the other dates beside it."""
    return replace(awareness("", filling), remarks=tuple(_dates(filling)))


def vendor_notice(_: str, filling: Filling) -> Item:
    """Answer with when the vendor's notice reached us."""
    return filling.moment(MomentName.VENDOR_TOLD_US) if filling.case.incident.vendor else filling.aside("no_vendor")


def date_comments(_: str, filling: Filling) -> Item:
    """What was recorded on the dates, then why they differ: awareness is not detection, nor the vendor's awareness."""
    recorded = filling.facts.get("date_comments")
    lines = [str(recorded.value)] if recorded and recorded.value else []
    lines += _dates(filling)
    if not lines:
        return filling.aside("no_comment")
    return replace(filling.known("\n".join(lines), "\n".join(lines)), block=True)


def discovery(_: str, filling: Filling) -> Item:
    """Answer with how it was discovered, then when the first signs were seen."""
    item = filling.fact("discovery_circumstances")
    detected = filling.case.incident.moment(MomentName.DETECTED)
    if not item.answered or detected is None:
        return item
    signs = filling.wording.phrase("first_signs", instant=filling.wording.moment(detected.moment))
    return replace(item, text=f"{item.text}\n{signs}")


def discovered_by(_: str, filling: Filling) -> Item:
    """The processor, where its notice came and we had seen nothing before; else a person says who."""
    told = filling.case.incident.instant(MomentName.VENDOR_TOLD_US)
    seen = [filling.case.incident.instant(name) for name in (MomentName.DETECTED, MomentName.SUSPECTED)]
    if told is None or any(one is not None and one < told for one in seen):
        return filling.missing()
    return filling.key("processor")


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
    if counted and counted.presumed_from is MomentName.VENDOR_TOLD_US:
        lines.append(wording.phrase("dates_presumed", instant=wording.instant(counted.at)))
    for rival in filling.awareness[1:]:
        if counted and rival.at != counted.at:
            why = wording.phrase("because", why=rival.why) if rival.why and not rival.presumed_from else ""
            lines.append(wording.phrase("dates_rival", instant=wording.instant(rival.at), why=why))
    return lines


def _recorded(name: MomentName, filling: Filling) -> Moment | None:
    recorded = filling.case.incident.moment(name)
    return recorded.moment if recorded else None


def _exact(moment: Moment) -> bool:
    return moment.day is None and moment.until is None and not moment.approximate


def _on_day(at: datetime, filling: Filling) -> Item:
    local = at.astimezone(filling.case.incident.zone).date()
    return filling.known(filling.wording.day(local), local.isoformat())


def _contained(filling: Filling) -> tuple[str, ...]:
    contained = filling.moment(MomentName.CONTAINED)
    return (filling.labelled(contained),) if contained.answered else ()
