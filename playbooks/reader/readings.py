"""From a duty and the times that belong to it to readings, each with its reasons."""

from collections.abc import Iterator
from dataclasses import replace

from playbooks.reader.deadlines import Term
from playbooks.reader.duties import Duty
from playbooks.reader.reading import BREACH, FULL_REPORT, OTHER_INCIDENTS, SECURITY_INCIDENTS, Reading
from playbooks.reader.statements import Statement
from playbooks.reader.terms import hedged
from playbooks.reader.triggers import scope_of, trigger_of

_PARTIES = {
    "vendor": "the vendor",
    "customer": "its customer",
    "either_party": "either party",
    "other_party": "the other party",
}
_STAGE = 50


def readings_of(statement: Statement, duty: Duty, terms: list[Term], place: str) -> Iterator[Reading]:
    """Yield one reading for each counted time of a duty; without any, one for its soft words or for their lack."""
    counted = [one for one in terms if one.unit != "soft" and one.amount is not None]
    soft = [one for one in terms if one.unit == "soft"]
    faults = [one for one in terms if one.fault and one.amount is None]
    for term in counted:
        yield _reading(statement, duty, term, soft, [], place)
    if not counted:
        yield _reading(statement, duty, faults[0] if faults else soft[0] if soft else None, soft, faults, place)


def widened(reading: Reading, scope: str) -> Reading:
    """Return a reading that also covers what a further item of its list names."""
    widest = max(reading.scope, scope, key=("confirmed", "suspected", "potential").index)
    return replace(reading, scope=widest)


def _reading(
    statement: Statement, duty: Duty, term: Term | None, soft: list[Term], faults: list[Term], place: str
) -> Reading:
    words = statement.words
    counted = term is not None and term.amount is not None
    aim = hedged(term, duty, statement) if term and counted else None
    trigger, remark = trigger_of(term, duty, statement)
    phrase = " and ".join(dict.fromkeys(_plain(words, one) for one in soft)) or None
    start, end = _matched(statement, duty, term)
    applies_to = _applies_to(statement, duty, term)
    why = [_parties(duty)]
    why += [f"“{_plain(words, term)}” counts from: {trigger}"] if term and counted else []
    why += [remark] if remark else []
    why += [f"“{aim}” makes the number an aim, not a promise"] if aim else []
    why += [f"{one.fault}: no number is taken" for one in faults if one.fault]
    why += [f"{term.fault}: the smaller one is shown, but as no promise"] if term and counted and term.fault else []
    why += [f"soft words: “{phrase}”: {_guide(statement, soft[0])}"] if phrase and soft else []
    why += ["no time is named"] if term is None else []
    doubts = (
        (not duty.certain)
        + bool(faults)
        + bool(term and term.fault)
        + (trigger == "unstated" and counted)
        + (not duty.breach)
    )
    why += ["too much is unsure here to call the number a promise"] if counted and doubts >= TOO_UNSURE else []
    return Reading(
        unit=term.unit if term and counted else "soft",
        amount=term.amount if term else None,
        phrase=phrase,
        hard=counted and aim is None and not (term and term.fault) and doubts < TOO_UNSURE,
        trigger=trigger,
        scope=scope_of(duty, term, trigger, statement),
        applies_to=applies_to,
        place=place,
        span=statement.span(start, end),
        matched=" ".join(statement.text.quoted(start, end).split()),
        confidence=("high", "medium", "low")[min(2, doubts)],
        why=tuple(why),
        language=statement.lex.language,
        section=statement.paragraph.section,
        paragraph=statement.index,
    )


TOO_UNSURE = 2
"""With so many doubts, a number is shown but never as a promise: an invented deadline is the worst error."""


def _matched(statement: Statement, duty: Duty, term: Term | None) -> tuple[int, int]:
    """Return the words that a person would underline: the limit word, the time, and what it runs from."""
    words, lex = statement.words, statement.lex
    if term is None:
        return duty.hit.start, duty.hit.end
    before = lex.limits.hits(words, max(0, term.start - 48), term.start)
    start = before[-1].start if before and term.unit != "soft" and before[-1].kind == "within" else term.start
    reach = statement.own if term.start < statement.own else len(words)
    after = lex.triggers.first(words, term.end, min(reach, term.end + 60))
    return start, (after.end if after and "." not in words[term.end : after.start] else term.end)


def _plain(words: str, term: Term) -> str:
    return " ".join(words[term.start : term.end].split())


def _guide(statement: Statement, term: Term) -> str:
    hit = statement.lex.soft.first(statement.words, term.start, term.end)
    return statement.lex.readings[hit.kind] if hit else "no number follows from it"


def _parties(duty: Duty) -> str:
    teller = _PARTIES.get(duty.teller or "", f"“{duty.name}”" if duty.name else "the vendor, as nobody else is named,")
    told = _PARTIES.get(duty.told or "", "its customer, as nobody else is named")
    return f"{teller} tells {told}"


def _applies_to(statement: Statement, duty: Duty, term: Term | None) -> str:
    words, lex = statement.words, statement.lex
    start = max(0, duty.hit.start - _STAGE // 2)
    end = term.start if term and term.start >= duty.hit.end else duty.hit.end + _STAGE
    if lex.full_report.first(words, start, max(start, end)):
        return FULL_REPORT
    if not duty.breach or lex.impersonal.first(words, statement.own):
        return OTHER_INCIDENTS
    return BREACH if _of_personal_data(statement, duty) else SECURITY_INCIDENTS


def _of_personal_data(statement: Statement, duty: Duty) -> bool:
    """Say whether personal data are named with the incident, or leave it open in favour of them."""
    if duty.event is None or duty.event.kind != "breach" or statement.lex.personal.first(statement.words):
        return True
    event = statement.words[duty.event.start : duty.event.end]
    return statement.personal_term(event) or not any(stem in event for stem in statement.lex.general_stems)
