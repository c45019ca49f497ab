"""The rules: which of the times a sentence names is the vendor's term for telling its customer of a breach."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbooks.reader.deadlines import Term, counted_terms, hedge, soft_terms
from playbooks.reader.lexicon import Hit
from playbooks.reader.parties import Mention, Parties, who_tells_whom
from playbooks.reader.reading import Found
from playbooks.reader.statements import Statement

_ADJACENT = 25
_JUST_BEFORE = 34
_ARTICLE_33_1 = re.compile(r"33\s*[.,]?\s*(?:\(1\)|1\b|abs(?:atz|\.)?\s*1|par(?:agraph|agraphe|agrafo|\.)?\s*1|lid\s*1|punkt\s*1|\(1\))")
_NAME = re.compile(r"((?<!\w)[A-Z][\w&.-]*(?: [A-Z][\w&.-]+){0,3})\W{1,3}(?:\w+\W{1,3}){0,3}$")
_SUBJECT = 60
_START = 90
_REQUEST = 32
_ACTING = frozenset(
    {"retention, return or deletion", "restoring access or service", "audits", "support or answers", "payment or prices",
     "the end or a change of the agreement", "remedying vulnerabilities", "an objection"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to tell somebody something, as one sentence puts it.

    Attributes:
        refused: why it is not the vendor's duty to tell its customer of a breach; None where it is.
        certain: nothing about who, whom and what had to be deduced.
        personal: what is told concerns personal data.
        breach: what is told is a breach, not merely an incident of any kind.
        event: the words for what is told, where the sentence has them.
        name: the proper name in front of the duty, where no general word says who tells.
    """

    hit: Hit
    teller: str | None
    told: str | None
    refused: str | None
    certain: bool
    personal: bool
    breach: bool
    event: Hit | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sentences before say: whether the heading is about breaches, and the last duty under it.

    Attributes:
        duty: the last duty to tell, if it is the vendor's towards its customer.
        refused: why the last duty is somebody else's, if it is.
    """

    about_breach: bool
    duty: Duty | None
    refused: str | None = None


def duties_in(statement: Statement, parties: Parties, setting: Setting) -> list[Duty]:
    """Return the duties to tell that a statement names, those refused included."""
    hits = statement.duties
    mentions = parties.mentions(statement.words) if hits else []
    return [
        _duty(statement, hit, mentions, hits[at + 1].start if at + 1 < len(hits) else len(statement.words), setting)
        for at, hit in enumerate(hits)
    ]


def terms_of(statement: Statement, duties: list[Duty], parties: Parties) -> Iterator[tuple[Term, Duty | None, str | None]]:
    """Yield each time that a statement names, the duty it belongs to, and why it does not count, if so."""
    words, lex = statement.words, statement.lex
    counted = counted_terms(words, lex)
    soft = [one for one in soft_terms(words, lex) if not any(two.start <= one.start < two.end for two in counted)]
    for term in (*counted, *soft):
        duty = _governing(term, duties, statement)
        yield term, duty, _refusal(term, duty, statement) or _foreign_start(term, statement, parties)


def towards_authority(statement: Statement, duties: list[Duty]) -> Found | None:
    """Return the words by which the vendor itself tells authorities or data subjects of a breach, or must not.

    The value is `true` where it tells them, `false` where it must not.
    """
    words, lex = statement.words, statement.lex
    for duty in duties:
        if duty.told not in {"authority", "subjects"} or duty.teller != "vendor" or duty.event is None:
            continue
        if duty.event.kind not in {"breach", "described", "weak"} or (duty.event.kind == "weak" and not duty.breach):
            continue
        start = max(0, duty.hit.start - _JUST_BEFORE)
        if lex.optional.first(words, start, duty.hit.start) or lex.purpose.first(words, max(0, duty.hit.start - 90), duty.hit.start):
            continue
        must_not = lex.negated.first(words, max(0, start - _JUST_BEFORE), duty.hit.start) is not None
        matched = " ".join(statement.text.quoted(duty.hit.start, duty.hit.end).split())
        span = statement.span(duty.hit.start, duty.hit.end)
        return Found("false" if must_not else "true", statement.place, span, matched)
    return None


def _duty(statement: Statement, hit: Hit, mentions: list[Mention], zone_end: int, setting: Setting) -> Duty:
    words, lex = statement.words, statement.lex
    teller, told = who_tells_whom(hit, mentions, words, zone_end, lex)
    event, personal = _event(statement, hit, zone_end, setting)
    breach = event is None or event.kind in {"breach", "described"} or setting.about_breach
    duty = Duty(hit, teller, told, None, certain=True, personal=personal, breach=breach, event=event)
    refused = _wrong_parties(teller, told, words[hit.start : hit.end], hit.kind, setting) or _wrong_event(event, setting)
    if refused is None and lex.negated.first(words, max(0, hit.start - _JUST_BEFORE), hit.start):
        refused = "it says when nobody has to be told"
    if refused is None and lex.optional.hits(words, max(0, hit.start - 12), hit.start):
        refused = "it is a possibility, not a duty"
    named = _NAME.search(statement.text.characters, max(0, hit.start - _SUBJECT), hit.start) if teller is None else None
    certain = (teller is not None or named is not None) and told is not None and event is not None
    return replace(duty, refused=refused, certain=certain, name=named[1] if named else None)


def _wrong_parties(teller: str | None, told: str | None, verb: str, kind: str, setting: Setting) -> str | None:
    if told == "authority":
        return "an authority is told, not the customer"
    if told == "subjects":
        return "data subjects or others are told, not the customer"
    if told == "subprocessor" or teller == "subprocessor":
        return "it is a duty of or towards a sub-processor"
    if teller == "customer" and told != "customer":
        return "it is the customer's duty, not the vendor's"
    if told == "vendor" and teller not in {"vendor", "either_party"}:
        return "the vendor is told, not the customer"
    if teller == "authority" or teller == "subjects":
        return "neither vendor nor customer tells"
    if setting.duty is not None and kind == "noun":
        return None
    if kind == "noun" and setting.refused and told is None:
        return f"it speaks of the notice before it: {setting.refused}"
    if teller is None and told not in {"customer", "other_party"}:
        return f"“{verb}”: it is not said who tells whom"
    if kind == "noun" and told is None:
        return f"“{verb}”: it is not said who is told"
    return None


def _wrong_event(event: Hit | None, setting: Setting) -> str | None:
    if event is None:
        return None if setting.about_breach else "it is not said that a breach is told"
    if event.kind == "weak":
        return None
    return None if event.kind in {"breach", "described"} else f"it is about {event.kind}"


def _event(statement: Statement, hit: Hit, zone_end: int, setting: Setting) -> tuple[Hit | None, bool]:
    """Return what is told, and whether personal data are concerned."""
    behind = [one for one in statement.events if hit.start <= one.start < zone_end]
    ahead = [one for one in statement.events if one.end <= hit.start]
    own = [one for one in ahead if one.start >= statement.own]
    for group in (behind, own, ahead):
        strong = [one for one in group if one.kind in {"breach", "described"}]
        other = [one for one in group if one.kind not in {"breach", "described", "weak"}]
        weak = [one for one in group if one.kind == "weak"]
        if strong and not (other and other[0].start < strong[0].start and group is behind and other[0].start - hit.end < 30 and not setting.about_breach):
            return strong[0], bool(statement.lex.personal.first(statement.words)) or "personal" in statement.words[strong[0].start : strong[0].end]
        if weak and setting.about_breach:
            return weak[0], True
        if other:
            if setting.about_breach and group is not behind:
                continue
            return other[0], False
        if weak:
            return weak[0], bool(statement.lex.personal.first(statement.words))
    return None, setting.about_breach


def _governing(term: Term, duties: list[Duty], statement: Statement) -> Duty | None:
    """Return the duty that a time belongs to: one right behind it, else the one before, else the next."""
    words = statement.words
    inside = [one for one in duties if one.hit.start <= term.start < one.hit.end]
    before = [one for one in duties if one.hit.end <= term.start]
    after = [one for one in duties if one.hit.start >= term.end]
    if inside:
        return inside[0]
    if after and (not before or after[0].hit.start - term.end <= _ADJACENT):
        between = words[term.end : after[0].hit.start]
        if not before or not re.search(r"[,;:)]", between):
            return after[0]
    if statement.lex.verb_last and after and not re.search(r"[;:]", words[term.end : after[0].hit.start]):
        between = words[before[-1].hit.end : term.start] if before else ""
        if "," in between or not before:
            return after[0]
    return before[-1] if before else None


def _refusal(term: Term, duty: Duty | None, statement: Statement) -> str | None:
    words, lex = statement.words, statement.lex
    if duty is None:
        other = _nearest_other(term, statement)
        return f"it is about {other}" if other else "nobody is told anything by it"
    if duty.refused:
        return duty.refused
    if term.unit == "soft":
        between = words[duty.hit.end : term.start]
    else:
        if not term.limits:
            return "nothing makes it a limit: no “within”, “no later than” or the like"
        between = words[duty.hit.end : term.start]
        if _ARTICLE_33_1.search(words, max(0, term.start - 90), min(len(words), term.end + 90)):
            return "it is the controller's own term towards the authority (Art. 33(1) GDPR)"
    if between and (purpose := lex.purpose.first(between)):
        aim = between[purpose.start :]
        if not re.search(r"[;]", aim):
            return "it belongs to what the notice is for, not to the notice"
    acting = [one for one in statement.events if one.kind in _ACTING and duty.hit.end <= one.start < term.start]
    if acting:
        return f"it is about {acting[-1].kind}"
    return None


def _foreign_start(term: Term, statement: Statement, parties: Parties) -> str | None:
    """Return why a time that starts with the customer, by its awareness or its request, is not the vendor's own."""
    words, lex = statement.words, statement.lex
    close = min(len(words), term.end + _START)
    if term.unit == "soft":
        return None
    if lex.on_request.first(words, term.end, min(close, term.end + _REQUEST)):
        return "it runs from a request, not from the breach"
    trigger = lex.triggers.first(words, term.end, close)
    if trigger is None:
        return None
    knower = [one for one in parties.mentions(words) if term.end <= one.start < trigger.start]
    if knower and knower[-1].kind in {"customer", "authority"} and trigger.start - knower[-1].end <= _REQUEST:
        return "it runs from when the customer knows, so it is the customer's own"
    return None


def _nearest_other(term: Term, statement: Statement) -> str | None:
    others = [one for one in statement.events if one.kind not in {"breach", "described", "weak"}]
    if not others:
        return None
    return min(others, key=lambda one: max(one.start - term.end, term.start - one.end)).kind


def hedged(term: Term, duty: Duty, statement: Statement) -> str | None:
    """Return the words that make a term an aim: beside the number, or right before the duty."""
    if term.hedged:
        return term.hedged
    words, lex = statement.words, statement.lex
    near = lex.best_effort.hits(words, max(0, duty.hit.start - _JUST_BEFORE), duty.hit.start)
    return words[near[-1].start : near[-1].end] if near else None
