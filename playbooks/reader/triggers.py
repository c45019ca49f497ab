"""What a term runs from, and which incidents it covers."""

from playbooks.reader.deadlines import Term
from playbooks.reader.lexicon import Hit
from playbooks.reader.rules import Duty
from playbooks.reader.statements import Statement

_AFTER = 130
_JOINT = 24
_AROUND = 60


def trigger_of(term: Term | None, duty: Duty, statement: Statement) -> tuple[str, str | None]:
    """Return what a term runs from, and a remark on it."""
    words, lex = statement.words, statement.lex
    start = term.end if term else duty.hit.end
    after = [one for one in lex.triggers.hits(words, start, min(len(words), start + _AFTER))]
    real = [one for one in after if one.kind != "occurrence"]
    receipt = lex.receipt.first(words)
    remark = "it may also run from the notice of a sub-processor" if receipt else None
    if real:
        if _joined_confirmation(real, words, statement):
            return "confirmation", "aware and confirmed, both: it runs only from the confirmation"
        return real[0].kind, remark
    elsewhere = [one for one in lex.triggers.hits(words) if one.kind != "occurrence" and one.end <= start]
    elsewhere = elsewhere or [one for one in lex.triggers.hits(words, start) if one.kind == "aware"]
    if elsewhere:
        named = [one for one in elsewhere if one.kind == "aware"] or elsewhere
        return named[-1].kind, remark
    if after:
        return "unstated", "it runs from the incident itself, so it says"
    return "unstated", remark


def _joined_confirmation(hits: list[Hit], words: str, statement: Statement) -> bool:
    if len(hits) < 2 or hits[0].kind != "aware" or hits[1].kind != "confirmation":
        return False
    between = words[hits[0].end : hits[1].start]
    return len(between) <= _JOINT and statement.lex.joined.first(between) is not None


def scope_of(duty: Duty, statement: Statement) -> str:
    """Return which incidents a duty covers: the widest that the sentence names near the incident."""
    words, lex = statement.words, statement.lex
    spans = [(one.start, one.end) for one in statement.events if one.kind in {"breach", "described", "weak"}]
    if duty.event:
        spans.append((duty.event.start, duty.event.end))
    if not spans:
        spans = [(duty.hit.start, duty.hit.end)]
    kinds = {
        hit.kind
        for start, end in spans
        for hit in lex.scope.hits(words, max(0, start - _AROUND), min(len(words), end + _AROUND))
        if not _of_contents(hit, words, statement)
    }
    return "potential" if "potential" in kinds else "suspected" if "suspected" in kinds else "confirmed"


def _of_contents(hit: Hit, words: str, statement: Statement) -> bool:
    """Say whether the word speaks of consequences or of time, not of the incident: `potential impact`."""
    start, end = max(0, hit.start - 32), min(len(words), hit.end + 32)
    times = [*statement.lex.soft.hits(words, start, end), *statement.lex.best_effort.hits(words, start, end)]
    if any(one.start <= hit.start < one.end for one in times):
        return True
    contents = (phrases.first(words, max(0, hit.start - 2), min(len(words), hit.end + 16)) for phrases in statement.lex.contents.values())
    return any(one is not None and one.start <= hit.end + 2 for one in contents)
