"""Notifying in phases (Art. 33(4) GDPR): which one a draft is, what is new in it, and what may still follow.

Whatever is notified to somebody takes its phase from what that recipient was told before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from incident.errors import BadInput
from incident.notices.case import Case
from incident.notices.items import fact_item, moment_item, one_line
from incident.notices.notice import Item, Missing, News, Phase, Section, Since
from incident.notices.wording import Wording
from models.changes import MOMENTS, Change, ChangeKind, changes
from models.counterparties import vendor_name
from models.incident import Filing, Incident
from models.moments import MomentName
from models.vocabulary import Certainty


def notifications(incident: Incident, told_under: Callable[[str], bool]) -> tuple[Filing, ...]:
    """Return the notifications to one recipient that stand, by time.

    Args:
        told_under: whether a notification under the duty of this id is one to the recipient.
    """
    duties = dict.fromkeys(filing.duty for filing in incident.filings if told_under(filing.duty))
    standing = [filing for duty in duties for filing in incident.filings_under(duty)]
    return tuple(sorted(standing, key=attrgetter("at", "recorded_at")))


def phase_of(wanted: Phase | None, told: Sequence[Filing], recipient: str) -> Phase:
    """Return the phase that is wanted, else the one that follows from what the recipient was told before.

    Raises:
        BadInput: a withdrawal is wanted where nothing was notified to the recipient.
    """
    if wanted is Phase.WITHDRAWAL and not told:
        raise BadInput(f"nothing is recorded as notified to {recipient}: there is nothing to withdraw")
    return wanted or (Phase.FOLLOW_UP if told else Phase.INITIAL)


def since(previous: Filing, then: Case, now: Case, fields: Collection[str] | None, wording: Wording) -> Since:
    """Return what is new since a notification.

    Args:
        then, now: what the recipient may see of the incident: as it stood when it was notified, and today.
        fields: what the recipient is told of, by the names of `models.changes`; None for everything.
    """
    found = changes(then.incident, now.incident)
    instant, reference = wording.instant(previous.at), previous.reference
    heading = wording.phrase("since", instant=instant)
    if reference:
        heading = wording.phrase("since_numbered", instant=instant, reference=one_line(reference))
    told = [change for change in found if fields is None or change.field in fields]
    return Since(heading, tuple(_news(change, then, now, wording) for change in told))


def statement(phase: Phase, news: Since | None, wording: Wording) -> str:
    """Return what is to be said of the phase itself; empty where nothing is."""
    if phase is Phase.COMPLETE:
        return wording.phrase("last_notification")
    return wording.phrase("nothing_new") if news is not None and not news.news else ""


def phase_checks(phase: Phase, told: Sequence[Filing], wording: Wording) -> Iterator[str]:
    """Say where a follow-up has nothing to follow."""
    if phase is Phase.FOLLOW_UP and not told:
        yield wording.phrase("check_follows_nothing")


def sorted_out(missing: Iterable[Missing], phase: Phase, left_open: Collection[str]) -> tuple[Missing, ...]:
    """Return what is missing: first what the notification before left open; what nobody knows yet may follow.

    Nothing may follow the last notification.

    Args:
        left_open: the fields that the notification before could not answer.
    """
    told = [replace(_promised(one, phase), left_open=one.field in left_open) for one in missing]
    return tuple(sorted(told, key=lambda one: not one.left_open))


def to_follow(sections: Iterable[Section], missing: Iterable[Missing], wording: Wording) -> tuple[Section, ...]:
    """Return the sections of a letter, saying of each answer that is promised that it is to follow."""
    fields = {one.field for one in missing if one.promised}
    words = wording.phrase("to_follow")
    return tuple(
        replace(section, items=tuple(replace(one, text=words) if one.field in fields else one for one in section.items))
        for section in sections
    )


def _promised(missing: Missing, phase: Phase) -> Missing:
    if not missing.blocking or not phase.is_followed:
        return replace(missing, may_follow=False)
    if missing.unknown:
        return replace(missing, blocking=False, promised=True, may_follow=False)
    return replace(missing, blocking=not missing.may_follow)


def _news(change: Change, then: Case, now: Case, wording: Wording) -> News:
    before, after = (_item(change.field, case, wording) for case in (then, now))
    return News(change, after.label, _became(change, before, after, wording) + _recorded(change, wording))


def _became(change: Change, before: Item, after: Item, wording: Wording) -> str:
    if change.kind is ChangeKind.ADDED:
        return wording.phrase("change_added", after=_words(after))
    if change.kind is ChangeKind.WITHDRAWN:
        return wording.phrase("change_withdrawn", before=_words(before), after=_words(after))
    if change.before == change.after and after.certainty is Certainty.KNOWN:
        return wording.phrase("change_confirmed", after=_words(after))
    return wording.phrase("change_changed", before=_words(before), after=_words(after))


def _recorded(change: Change, wording: Wording) -> str:
    """Say when the one and the other was recorded, as far as that is kept."""
    after = wording.instant(change.recorded_at) if change.recorded_at else ""
    before = wording.instant(change.before_recorded_at) if change.before_recorded_at else ""
    if after and before and change.before is not None:
        return wording.phrase("change_recorded_twice", before=before, after=after)
    return wording.phrase("change_recorded", after=after) if after else ""


def _words(item: Item) -> str:
    return f"{item.text} ({item.mark})" if item.mark else item.text


def _item(field: str, case: Case, wording: Wording) -> Item:
    incident = case.incident
    if field.startswith(MOMENTS):
        return moment_item(MomentName(field.removeprefix(MOMENTS)), incident, wording)
    we_decide = incident.role.decides
    if field == "vendor":
        label = wording.phrase("processor" if we_decide else "our_sub_processor")
        return _party(label, vendor_name(incident, case.rules), wording)
    if field == "subprocessor":
        label = wording.phrase("sub_processor" if we_decide else "behind_sub_processor")
        return _party(label, incident.subprocessor.name if incident.subprocessor else None, wording)
    return fact_item(field, incident.current_facts().get(field), wording)


def _party(label: str, name: str | None, wording: Wording) -> Item:
    return Item("", label, one_line(name) if name else wording.phrase("missing"), Certainty.KNOWN if name else None)
