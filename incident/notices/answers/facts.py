"""Answers from the facts of the file: as they are, in words, as one figure, or several of them together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from incident.notices.filling import Filling
from incident.notices.notice import Item
from models.dossier import ALTERNATIVE
from models.vocabulary import Certainty

DATA = ("data_categories", "special_categories")
"""The facts that many forms ask in one question."""


def words(name: str, filling: Filling) -> Item:
    """Answer with a fact in words, whatever its kind; several facts are joined by `+`."""
    items = [filling.fact(one) for one in name.split("+")]
    answered = [item for item in items if item.answered]
    if not answered:
        return items[0]
    text = filling.wording.listed(item.text for item in answered)
    return replace(answered[0], text=text, value=text)


def texts(names: str, filling: Filling) -> Item:
    """Answer with several facts, a line each, joined by `+`; without the first one the rest stands beside."""
    first, *rest = (filling.fact(name) for name in names.split("+"))
    more = [filling.labelled(item) for item in rest if item.answered]
    if not first.answered:
        return replace(first, remarks=tuple(more))
    text = "\n".join([first.text, *more])
    return replace(first, text=text, value=text, block=True)


def any_of(names: str, filling: Filling) -> Item:
    """Answer with what was recorded of several facts, a line each, joined by `+`."""
    items = [filling.fact(name) for name in names.split("+")]
    told = [item for item in items if item.answered]
    if not told:
        return items[0]
    text = "\n".join([told[0].text, *(filling.labelled(item) for item in told[1:])])
    return replace(told[0], text=text, value=text, block=True)


def beside(name: str, filling: Filling) -> Item:
    """Leave the answer to a person, with a fact beside it that helps to judge."""
    item = filling.fact(name)
    return replace(filling.missing(), remarks=(filling.labelled(item),) if item.answered else ())


def data(_: str, filling: Filling) -> Item:
    """Answer with the ordinary and the special categories of data as one list."""
    ordinary, special = (filling.fact(name) for name in DATA)
    field = ALTERNATIVE.join(DATA)
    if not isinstance(special.value, list):
        return replace(ordinary, field=field)
    if not isinstance(ordinary.value, list):
        return replace(special, field=field)
    text = filling.wording.listed((ordinary.text, special.text))
    return replace(ordinary, field=field, text=text, value=[*ordinary.value, *special.value])


def figure(name: str, filling: Filling) -> Item:
    """Answer with one figure; a range stands beside, for a person to choose in."""
    item = filling.fact(name)
    if not isinstance(item.value, Mapping) or "not_applicable" in item.value:
        return replace(item, value=None)
    if "value" not in item.value:
        return filling.to_choose(item, "one_figure")
    return replace(item, value=item.value["value"])


def precision(name: str, filling: Filling) -> Item:
    """Answer how sure a count is: exact, approximate, or to be determined where it is not known yet."""
    item = filling.fact(name)
    if item.certainty is Certainty.UNKNOWN or not isinstance(item.value, Mapping):
        return item
    if "not_applicable" in item.value:
        return filling.missing()
    return filling.key("exact" if item.certainty is Certainty.KNOWN and "value" in item.value else "approximate")


def named(name: str, filling: Filling) -> Item:
    """Yes where a fact names somebody or something, no where nothing is to be named."""
    fact = filling.facts.get(name)
    if fact is not None and fact.certainty is Certainty.NOT_APPLICABLE:
        return filling.no()
    if fact is None or fact.value is None:
        return replace(filling.missing(), certainty=fact.certainty if fact else None)
    names: list[Any] = fact.value if isinstance(fact.value, list) else [fact.value]
    return filling.yes(*map(str, names)) if names else filling.no()


def told_elsewhere(_: str, filling: Filling) -> Item | None:
    """Answer with the police and the regulators that were told; not asked where none was."""
    told = [filling.fact(name) for name in ("police_report", "other_regulators")]
    lines = [filling.labelled(item) for item in told if item.value and item.certainty is not Certainty.NOT_APPLICABLE]
    return filling.known("\n".join(lines), "\n".join(lines)) if lines else None
