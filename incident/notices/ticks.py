"""Ticking the options of an authority's list, from the neutral keys that were recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from incident.notices.notice import Item, Tick
from incident.notices.wording import Wording
from models.authority import FormField, FormOption
from models.dossier import ALTERNATIVE
from models.vocabulary import Certainty, Confidence

UNKNOWN = "unknown"
"""The key of the option by which a form takes "nobody knows yet" for an answer."""

OTHER = "other"
"""The key of the option that takes what no other one says."""


def ticked(item: Item, question: FormField, options: Sequence[FormOption], wording: Wording) -> Item:
    """Return the answer in the form's options: every option, those that apply ticked.

    Where an option covers more than what was recorded, or is only the nearest, a remark says what was recorded.
    An answer that none of the options can say is missing, and so is one of several where the form takes one only.
    """
    keys = keys_of(item)
    if _names_beside(item, keys, options, wording):
        keys.append(OTHER)
    chosen = [option for option in options if option.key in keys]
    labels = list(dict.fromkeys(_shown(option) for option in chosen))
    one_only = question.type == "choice"
    if one_only and len(labels) > 1:
        several = wording.phrase("one_option", options=wording.listed(labels))
        return _open(replace(item, remarks=(*item.remarks, several)), options, wording)
    if item.certainty is Certainty.NOT_APPLICABLE and not one_only:
        return replace(item, value=None, ticks=_ticks(options, []), remarks=(*item.remarks, item.text))
    item = replace(item, remarks=(*item.remarks, *_precisely(item, keys, question, options, wording)))
    if not chosen:
        return _open(item, options, wording)
    answers = list(dict.fromkeys(option.code or option.label for option in chosen))
    coded = any(option.code for option in options)
    return replace(
        item,
        text=wording.listed(labels),
        value=answers[0] if one_only and coded else answers,
        ticks=_ticks(options, chosen),
    )


def keys_of(item: Item) -> list[str]:
    """Return the neutral keys of an answer: none while there is no answer, or where it does not apply."""
    if item.certainty is Certainty.UNKNOWN:
        return [UNKNOWN]
    if item.certainty in {None, Certainty.NOT_APPLICABLE} or item.value is None:
        return []
    if isinstance(item.value, bool):
        return ["yes" if item.value else "no"]
    return [str(one) for one in item.value] if isinstance(item.value, list) else [str(item.value)]


def _open(item: Item, options: Sequence[FormOption], wording: Wording) -> Item:
    ticks = _ticks(options, [])
    return replace(item, text=wording.phrase("missing"), certainty=None, mark="", value=None, ticks=ticks)


def _shown(option: FormOption) -> str:
    return f"{option.code}) {option.label}" if option.code else option.label


def _ticks(options: Sequence[FormOption], chosen: Sequence[FormOption]) -> tuple[Tick, ...]:
    """One tick for each label: several keys may share one."""
    told = {_shown(option) for option in chosen}
    confirmed = {_shown(option) for option in options if option.confidence is not Confidence.UNCONFIRMED}
    labels = dict.fromkeys(_shown(option) for option in options)
    return tuple(Tick(label, label in told, label in confirmed) for label in labels)


def _names_beside(item: Item, keys: Sequence[str], options: Sequence[FormOption], wording: Wording) -> list[str]:
    """Return the names that somebody wrote freely and the form does not list; none where the fact has keys only."""
    if not item.field or any(wording.labels.has("options", fact) for fact in item.field.split(ALTERNATIVE)):
        return []
    offered = {option.key for option in options}
    return [key for key in keys if key not in {*offered, UNKNOWN, OTHER, "yes", "no"}]


def _precisely(
    item: Item, keys: Sequence[str], question: FormField, options: Sequence[FormOption], wording: Wording
) -> Iterator[str]:
    """Say what was recorded where the options say it loosely, or not at all."""
    labels = [option.label for option in options]
    loose = [one.key for one in options if one.key in keys and (one.nearest or labels.count(one.label) > 1)]
    unsaid = [key for key in question.no_option_for if key in keys]
    names = [name for key in (*loose, *unsaid) if key and (name := _name(item, key, wording))]
    names += _names_beside(item, keys, options, wording)
    if names:
        yield wording.phrase("precisely", options=wording.listed(names))


def _name(item: Item, key: str, wording: Wording) -> str:
    """Return what was recorded in words; empty for a key that has none."""
    if key in {"yes", "no"}:
        return wording.phrase(key)
    facts = (fact for fact in item.field.split(ALTERNATIVE) if wording.labels.has("options", fact, key))
    return next((wording.option(fact, key) for fact in facts), "")
