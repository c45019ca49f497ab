"""What a term runs from, and which incidents it covers."""

from playbooks.reader.deadlines import Term
from playbooks.reader.duties import Duty
from playbooks.reader.lexicon import IDLE
from playbooks.reader.phrases import Hit
from playbooks.reader.statements import Statement

_AFTER = 130
_JOINT = 24
_BOTH = ("aware", "confirmation")
_AROUND = 60
_INCIDENTS = frozenset({"breach", "described", "weak"})


def trigger_of(term: Term | None, duty: Duty, statement: Statement) -> tuple[str, str | None]:
    """Return what a term runs from, and a remark on it."""
    words, lex = statement.words, statement.lex
    start = term.end if term else duty.hit.end
    after = lex.triggers.hits(words, start, min(len(words), start + _AFTER))
    real = [one for one in after if one.kind not in IDLE]
    receipt = lex.receipt.first(words)
    remark = "it may also run from the notice of a sub-processor" if receipt else None
    if real:
        if _joined_confirmation(real, words, statement):
            return "confirmation", "aware and confirmed, both: it runs only from the confirmation"
        return real[0].kind, remark
    elsewhere = [one for one in lex.triggers.hits(words) if one.kind not in IDLE and one.end <= start]
    elsewhere = elsewhere or [one for one in lex.triggers.hits(words, start) if one.kind == "aware"]
    if elsewhere:
        named = [one for one in elsewhere if one.kind == "aware"] or elsewhere
        return named[-1].kind, remark
    if any(one.kind == "occurrence" for one in after):
        return "unstated", "it runs from the incident itself, so it says"
    return "unstated", remark


def _joined_confirmation(hits: list[Hit], words: str, statement: Statement) -> bool:
    if len(hits[:2]) < len(_BOTH) or (hits[0].kind, hits[1].kind) != _BOTH:
        return False
    between = words[hits[0].end : hits[1].start]
    return len(between) <= _JOINT and statement.lex.joined.first(between) is not None


def scope_of(duty: Duty, term: Term | None, trigger: str, statement: Statement) -> str:
    """Return which incidents a duty covers: the widest that the sentence names beside what is told.

    What runs from a suspicion covers what is only suspected.
    """
    words = statement.words
    spans = [(one.start - _AROUND, one.end + _AROUND) for one in statement.events if one.kind in _INCIDENTS]
    kinds = {hit.kind for start, end in spans for hit in _scopes(max(0, start), min(len(words), end), statement)}
    kinds |= {"suspected"} if trigger == "suspicion" else set()
    if term:
        told = min(duty.hit.end, term.start), max(duty.hit.end, term.start)
        kinds |= {hit.kind for hit in _scopes(*told, statement) if hit.kind == "suspected"}
    return "potential" if "potential" in kinds else "suspected" if "suspected" in kinds else "confirmed"


def _scopes(start: int, end: int, statement: Statement) -> list[Hit]:
    """Return the words beside what is told that widen it; those of soft words and aims speak of time, not of it."""
    words, lex = statement.words, statement.lex
    aims = (one for one in lex.best_effort.hits(words, start, end) if " " in words[one.start : one.end])
    times = [*lex.soft.hits(words, start, end), *aims]
    found = (one for one in lex.scope.hits(words, start, end) if one.kind != "nothing")
    return [one for one in found if not any(time.start <= one.start < time.end for time in times)]
