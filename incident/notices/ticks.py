"""Ticking the options of an authority's list, from the neutral keys that were recorded."""

from collections.abc import Sequence
from dataclasses import replace

from incident.notices.notice import Item, Tick
from incident.notices.wording import Wording
from models.playbook import FormOption
from models.vocabulary import Certainty, Confidence

UNKNOWN = "unknown"
"""The key of the option by which a form takes "nobody knows yet" for an answer."""


def ticked(item: Item, options: Sequence[FormOption], wording: Wording) -> Item:
    """Return the answer in the form's options: every option, those that apply ticked.

    Where an option covers more than what was recorded, or is only the nearest, a remark says what was recorded.
    An answer that none of the options can say is missing.
    """
    keys = _keys(item)
    chosen = [option for option in options if option.key in keys]
    ticks = _ticks(options, chosen)
    if not chosen:
        return replace(item, text=wording.phrase("missing"), certainty=None, mark="", value=None, ticks=ticks)
    labels = list(dict.fromkeys(option.label for option in chosen))
    return replace(
        item,
        text=wording.listed(labels),
        value=labels,
        ticks=ticks,
        remarks=(*item.remarks, *_precisely(item, options, chosen, wording)),
    )


def _keys(item: Item) -> set[str]:
    if item.certainty is Certainty.UNKNOWN:
        return {UNKNOWN}
    if item.certainty in {None, Certainty.NOT_APPLICABLE}:
        return set()
    return set(item.value) if isinstance(item.value, list) else {str(item.value)}


def _ticks(options: Sequence[FormOption], chosen: Sequence[FormOption]) -> tuple[Tick, ...]:
    """One tick for each label: several keys may share one."""
    told = {option.label for option in chosen}
    confirmed = {option.label for option in options if option.confidence is not Confidence.UNCONFIRMED}
    labels = dict.fromkeys(option.label for option in options)
    return tuple(Tick(label, label in told, label in confirmed) for label in labels)


def _precisely(
    item: Item, options: Sequence[FormOption], chosen: Sequence[FormOption], wording: Wording
) -> tuple[str, ...]:
    labels = [option.label for option in options]
    loose = [option.key for option in chosen if option.nearest or labels.count(option.label) > 1]
    names = [wording.option(item.field, key) for key in loose if wording.labels.has("options", item.field, key)]
    return (wording.phrase("precisely", options=wording.listed(names)),) if names else ()
