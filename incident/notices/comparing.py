"""A form filled in twice, as when the authority was last notified and as of today: what became of each answer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from incident.notices.notice import Item, Missing
from incident.notices.withdrawal import ABOUT_THE_FILING
from incident.notices.wording import Wording
from models.authority import AuthorityPlaybook


def compared(
    form: AuthorityPlaybook, before: Iterable[Item], items: Iterable[Item], wording: Wording
) -> Iterator[Item]:
    """Yield the answers of today, each marked as new, changed, withdrawn or unchanged.

    A question that asks which notification this is, or is only done in the form itself, bears no mark.
    """
    earlier = {item.number: item for item in before}
    unmarked = {one.number for one in form.fields if one.answers is None or one.answers in ABOUT_THE_FILING}
    for item in items:
        yield item if item.number in unmarked else replace(item, since=_became(earlier.get(item.number), item, wording))


def with_promises(items: Iterable[Item], missing: Iterable[Missing], wording: Wording) -> Iterator[Item]:
    """Yield the answers, and beside those that are promised for later, that they are."""
    numbers = {one.number for one in missing if one.promised}
    for item in items:
        follows = item.number in numbers
        yield replace(item, remarks=(wording.phrase("to_follow"), *item.remarks)) if follows else item


def _became(before: Item | None, item: Item, wording: Wording) -> str:
    if before is None or not before.answered:
        return wording.phrase("mark_added") if item.answered and item.value is not None else ""
    if item.answered and (item.text, item.mark) == (before.text, before.mark):
        return wording.phrase("mark_unchanged") if item.value is not None else ""
    mark = wording.phrase("mark_changed" if item.answered else "mark_withdrawn")
    return mark if before.block else mark + wording.phrase("mark_before", before=before.text)
