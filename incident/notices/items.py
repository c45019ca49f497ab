"""Questions and answers of a notice, made from facts and moments."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from incident.notices.notice import Item, Missing
from incident.notices.seen import FREE_TEXTS
from incident.notices.wording import Wording
from models.changes import MOMENTS
from models.dossier import ALTERNATIVE, RecordedFact
from models.incident import Incident
from models.moments import MomentName, moment_json
from models.vocabulary import Certainty

NO_ENTRIES: tuple[Any, ...] = ([], {})
"""What is recorded of a list without entries: it answers no question."""


def fact_item(name: str, fact: RecordedFact | None, wording: Wording) -> Item:
    """Return a fact as a question and its answer; words say so where it is missing, unknown or does not apply."""
    label = wording.fact(name)
    block = name in FREE_TEXTS
    if fact is None or (fact.certainty is Certainty.KNOWN and fact.value in NO_ENTRIES):
        return Item(name, label, wording.phrase("missing"), None, block=block)
    if fact.certainty is Certainty.UNKNOWN:
        return Item(name, label, wording.phrase("unknown"), Certainty.UNKNOWN, block=block)
    if fact.certainty is Certainty.NOT_APPLICABLE:
        why = wording.phrase("not_applicable_because", why=fact.why) if fact.why else wording.phrase("not_applicable")
        return Item(name, label, why, Certainty.NOT_APPLICABLE, value={"not_applicable": fact.why}, block=block)
    mark = wording.phrase("estimate") if fact.certainty is Certainty.ESTIMATED else ""
    return Item(name, label, wording.answer(name, fact.value), fact.certainty, mark, fact.value, block=block)


def moment_item(name: MomentName, incident: Incident, wording: Wording) -> Item:
    """Return a moment as a question and its answer."""
    label = wording.labels.text("moments", name.value)
    recorded = incident.moment(name)
    if recorded is None:
        return Item(MOMENTS + name.value, label, wording.phrase("missing"), None)
    moment = recorded.moment
    known = not moment.approximate
    return Item(
        field=MOMENTS + name.value,
        label=label,
        text=wording.moment(moment),
        certainty=Certainty.KNOWN if known else Certainty.ESTIMATED,
        mark="" if known else wording.phrase("estimate"),
        value=moment_json(moment),
    )


def recorded_moments(names: Iterable[MomentName], incident: Incident, wording: Wording) -> Iterator[Item]:
    """Yield the moments that were recorded."""
    return (moment_item(name, incident, wording) for name in names if incident.moment(name) is not None)


def fact_items(
    names: Iterable[str], facts: Mapping[str, RecordedFact], required: Iterable[str], wording: Wording
) -> Iterator[Item]:
    """Yield facts in order: those that were recorded, and those that are required and were not."""
    wanted = set(first_of(required, facts))
    return (fact_item(name, facts.get(name), wording) for name in names if name in facts or name in wanted)


def first_of(required: Iterable[str], facts: Mapping[str, RecordedFact]) -> Iterator[str]:
    """Yield one name for each requirement: of alternatives, the one that is answered, else recorded, else the first."""
    for alternatives in required:
        names = alternatives.split(ALTERNATIVE)
        recorded = [name for name in names if name in facts]
        answered = [name for name in recorded if facts[name].answers]
        yield (answered or recorded or names)[0]


def missing_facts(
    required: Iterable[str],
    facts: Mapping[str, RecordedFact],
    wording: Wording,
    may_follow: Collection[str] = (),
) -> Iterator[Missing]:
    """Yield the requirements that cannot be answered yet.

    Args:
        may_follow: those that may come in a later notice.
    """
    later = set(first_of(may_follow, facts))
    for name in dict.fromkeys(first_of(required, facts)):
        fact = facts.get(name)
        if fact is None or not fact.answers:
            unknown = fact is not None
            yield Missing(name, wording.fact(name), blocking=True, unknown=unknown, may_follow=name in later)


def one_line(name: str) -> str:
    """Return a name on one line, so that it cannot pass for more than one."""
    return " ".join(name.split())
