"""The terms: which of the times a sentence names is the vendor's for telling its customer, and why others are not."""

import re
from collections.abc import Iterator

from playbooks.reader.deadlines import Term, counted_terms, soft_terms
from playbooks.reader.duties import Duty
from playbooks.reader.parties import Parties
from playbooks.reader.statements import BREACHES, Statement

_ADJACENT = 25
_JUST_BEFORE = 34
_ARTICLE = 90
_ARTICLE_33_1 = re.compile(
    r"33\s{0,2}[.,]?\s{0,2}(?:\(1\)|1\b|(?:abs|absatz|par|paragraph|paragraphe|paragrafo|lid|punkt)\.?\s1)"
)
_START = 90
_REQUEST = 32
_ACTING = frozenset({
    "retention, return or deletion", "restoring access or service", "audits", "support or answers", "payment or prices",
    "the end or a change of the agreement", "remedying vulnerabilities", "an objection",
})  # fmt: skip
"""Matters that are done within a time, so that the time between them and a duty to tell is theirs."""


def terms_of(
    statement: Statement, duties: list[Duty], parties: Parties
) -> Iterator[tuple[Term, Duty | None, str | None]]:
    """Yield each time that a statement names, the duty it belongs to, and why it does not count, if so."""
    counted = counted_terms(statement.words, statement.lex)
    within = [(one.start, one.end) for one in counted]
    soft = (one for one in soft_terms(statement.words, statement.lex) if not _inside(one.start, within))
    for term in (*counted, *soft):
        duty = _governing(term, duties, statement)
        refused = _refusal(term, duty, statement)
        if refused is None and term.unit != "soft":
            refused = _foreign_number(term, statement, parties)
        yield term, duty, refused


def hedged(term: Term, duty: Duty, statement: Statement) -> str | None:
    """Return the words that make a term an aim: beside the number, or right before the duty."""
    words = statement.words
    near = statement.lex.best_effort.hits(words, max(0, duty.hit.start - _JUST_BEFORE), duty.hit.start)
    return term.hedged or (words[near[-1].start : near[-1].end] if near else None)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _governing(term: Term, duties: list[Duty], statement: Statement) -> Duty | None:
    """Return the duty that a time belongs to: one right behind it, else the one before, else the next."""
    words = statement.words
    around = next((one for one in duties if one.hit.start <= term.start < one.hit.end), None)
    before = next((one for one in reversed(duties) if one.hit.end <= term.start), None)
    after = next((one for one in duties if one.hit.start >= term.end and not _begins_with(term, one, statement)), None)
    if around or after is None:
        return around or before
    if before is None:
        return after
    between = words[term.end : after.hit.start]
    if after.hit.kind != "noun" and len(between) <= _ADJACENT and not re.search(r"[,;:)]", between):
        return after
    new_clause = "," in words[before.hit.end : term.start] and not re.search(r"[;:]", between)
    return after if statement.lex.verb_last and new_clause else before


def _begins_with(term: Term, duty: Duty, statement: Statement) -> bool:
    """Say whether a notice is only what a time runs from: `within four hours of the notice`."""
    begins = statement.lex.runs_from.first(statement.words, term.end, term.end + _ADJACENT)
    return (
        duty.hit.kind == "noun"
        and begins is not None
        and not statement.words[term.end : begins.start].strip()
        and duty.hit.start - begins.end <= _JUST_BEFORE
    )


def _refusal(term: Term, duty: Duty | None, statement: Statement) -> str | None:
    if duty is None:
        others = [one for one in statement.events if one.kind not in {*BREACHES, "weak"}]
        nearest = min(others, key=lambda one: max(one.start - term.end, term.start - one.end), default=None)
        return f"it is about {nearest.kind}" if nearest else "nobody is told anything by it"
    if duty.refused:
        return duty.refused
    purpose = statement.lex.purpose.first(statement.words, duty.hit.end, max(duty.hit.end, term.start))
    if purpose and ";" not in statement.words[purpose.start : term.start]:
        return "it belongs to what the notice is for, not to the notice"
    acting = [one for one in statement.events if one.kind in _ACTING and duty.hit.end <= one.start < term.start]
    return f"it is about {acting[-1].kind}" if acting else None


def _foreign_number(term: Term, statement: Statement, parties: Parties) -> str | None:
    """Return why a number is no limit of the vendor's: a length of time, or one that starts with somebody else."""
    words, lex = statement.words, statement.lex
    if not term.limits:
        return "nothing makes it a limit: no “within”, “no later than” or the like"
    if _ARTICLE_33_1.search(words, max(0, term.start - _ARTICLE), min(len(words), term.end + _ARTICLE)):
        return "it is the controller's own term towards the authority (Art. 33(1) GDPR)"
    close = min(len(words), term.end + _START)
    if lex.on_request.first(words, term.end, min(close, term.end + _REQUEST)):
        return "it runs from a request, not from the breach"
    trigger = lex.triggers.first(words, term.end, close)
    if trigger is None:
        return None
    knower = [
        one
        for one in parties.mentions(statement.text.characters)
        if one.role not in {"possessive", "at"} and term.end <= one.start < trigger.start
    ]
    if knower and knower[-1].kind in {"customer", "authority"} and trigger.start - knower[-1].end <= _REQUEST:
        return "it runs from when the customer knows, so it is the customer's own"
    return None
