"""The duties to tell somebody that a sentence names, and which are the vendor's to tell its customer of a breach."""

import re
from dataclasses import dataclass, replace

from playbooks.reader.lexicon import Lexicon
from playbooks.reader.named import pair_by_names
from playbooks.reader.names import teller_name
from playbooks.reader.parties import Mention, Parties, who_tells_whom
from playbooks.reader.phrases import Hit
from playbooks.reader.reading import Found
from playbooks.reader.statements import BREACHES, Statement

_JUST_BEFORE = 34
_FAR_BEFORE = 90
_RIGHT_BEFORE = 12
_NEGATION = 40
_OBJECT = 30
_OBJECT_OTHER = 45
_OF_DATA = 60
_NOT_A_BREACH = "it is not said that a breach is told"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to tell somebody something, as one sentence puts it.

    Attributes:
        teller, told: the kinds of the parties; None where the sentence does not say.
        event: the words for what is told, where the sentence has them.
        breach: what is told is a breach, not merely an incident of any kind.
        refused: why it is not the vendor's duty to tell its customer of a breach; None where it is.
        certain: nothing about who, whom and what had to be deduced.
        name, told_name: the proper names of who tells and who is told, where no general word says it.
    """

    hit: Hit
    teller: str | None
    told: str | None
    event: Hit | None
    breach: bool
    refused: str | None = None
    certain: bool = False
    name: str | None = None
    told_name: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the heading and the sentences before say.

    Attributes:
        about_breach: they speak of breaches.
        duty: the last duty to tell, if it is the vendor's towards its customer.
        refused: why the last duty is somebody else's, if it is.
    """

    about_breach: bool
    duty: Duty | None
    refused: str | None = None


def duties_in(statement: Statement, parties: Parties, setting: Setting) -> list[Duty]:
    """Return the duties to tell that a sentence names, those refused included."""
    hits = statement.duties
    mentions = parties.mentions(statement.text.characters) if hits else []
    mentions += parties.implied(statement.words, hits, statement.lex)
    ends = [*(one.start for one in hits[1:]), len(statement.words)]
    return [_duty(statement, hit, parties, mentions, end, setting) for hit, end in zip(hits, ends, strict=False)]


def towards_authority(statement: Statement, duties: list[Duty], setting: Setting) -> Found | None:
    """Return the words by which the vendor itself tells authorities or data subjects of a breach, or must not.

    The value is `true` where it tells them, `false` where it must not.
    """
    words, lex = statement.words, statement.lex
    for duty in duties:
        hit = duty.hit
        if duty.told not in {"authority", "subjects"} or duty.teller != "vendor" or hit.kind != "active":
            continue
        if not (duty.breach and (duty.event is not None or setting.about_breach)):
            continue
        helping = lex.purpose.first(words, max(0, hit.start - _FAR_BEFORE), hit.start)
        if helping or lex.optional.first(words, max(0, hit.start - _JUST_BEFORE), hit.start):
            continue
        negated = lex.negated.first(words, max(0, hit.start - 2 * _JUST_BEFORE), hit.start) is not None
        must_not = negated or is_negated(statement, hit)
        matched = " ".join(statement.text.quoted(hit.start, hit.end).split())
        span = statement.span(hit.start, hit.end)
        return Found("false" if must_not else "true", statement.place, span, matched)
    return None


def _duty(
    statement: Statement, hit: Hit, parties: Parties, mentions: list[Mention], zone_end: int, setting: Setting
) -> Duty:
    words = statement.words
    teller, told = who_tells_whom(hit, mentions, words, zone_end, statement.lex)
    event = _event(statement, hit, zone_end, setting)
    breach = _is_breach(statement, event, setting)
    name, named = (teller_name(statement.text.characters, hit.start) if teller is None else None), None
    unresolved = teller != "customer" and (
        told == "internal" or (teller is None and told != "customer") or (told is None and not statement.lex.verb_last)
    )
    if breach and unresolved and hit.kind != "noun":
        pair, names = pair_by_names(hit, mentions, statement.text.characters, zone_end, parties, statement.lex)
        if pair[1] is not None:
            (teller, told), (name, named) = pair, names
    duty = Duty(hit, teller, told, event, breach, name=name, told_name=named)
    refused = (
        _controllers_own(statement, name)
        or _others_duty(duty)
        or _nobodys_duty(duty, words[hit.start : hit.end], setting)
        or _other_event(duty, setting)
        or _no_promise(statement, hit)
        or _unknown_addressee(statement, duty)
    )
    said = (teller is not None or name is not None) and told is not None and event is not None
    certain = said and named is None
    return replace(duty, refused=refused, certain=certain)


def _is_breach(statement: Statement, event: Hit | None, setting: Setting) -> bool:
    """Say whether what is told is a breach: by its own words, by what stands around it, or by the data it concerns."""
    if event is None or setting.about_breach:
        return setting.about_breach
    if event.kind in BREACHES or any(one.kind in BREACHES for one in statement.events if one.start >= statement.own):
        return True
    words, lex = statement.words, statement.lex
    if words[event.start : event.end] in lex.between_roles:
        return lex.controller_words.first(words) is not None or _between_us(words, lex)
    close = min(len(statement.words), event.end + _OF_DATA)
    return event.kind == "weak" and statement.lex.personal.first(statement.words, event.end, close) is not None


def _controllers_own(statement: Statement, name: str | None) -> str | None:
    """Return why a duty is the controller's own: whoever speaks says so, `as the controller, we notify`."""
    if name and statement.lex.controller_words.first(name.casefold()) is not None:
        return "whoever speaks does so as the controller"
    return None


def _between_us(words: str, lex: Lexicon) -> bool:
    """Say whether a sentence is between `we` and `you`, so that its author speaks of what it does for a customer."""
    said = set(re.findall(r"\w+", words))
    return lex.we in said and bool(said & (set(lex.parties["customer"]) & lex.pronouns))


def _others_duty(duty: Duty) -> str | None:
    """Return why a duty is between other parties than the vendor and its customer."""
    teller, told = duty.teller, duty.told
    if told == "authority":
        return "an authority is told, not the customer"
    if told == "subjects":
        return "data subjects or others are told, not the customer"
    if told == "internal" and (teller != "vendor" or duty.hit.kind == "noun"):
        return "people of the own house are told, not the customer"
    if "subprocessor" in {told, teller}:
        return "it is a duty of or towards a sub-processor"
    if teller == "customer" and told != "customer":
        return "it is the customer's duty, not the vendor's"
    if told == "vendor" and teller not in {"vendor", "either_party"}:
        return "the vendor is told, not the customer"
    return "neither vendor nor customer tells" if teller in {"authority", "subjects"} else None


def _nobodys_duty(duty: Duty, word: str, setting: Setting) -> str | None:
    """Return why it cannot be said whose duty it is. A noun, `such notification`, goes with the duty before it."""
    if duty.hit.kind == "noun":
        if setting.duty is not None:
            return None
        if duty.told is None and setting.refused:
            return f"it speaks of the notice before it: {setting.refused}"
        return None if duty.told else f"“{word}”: it is not said who is told"
    unknown = duty.teller is None and duty.told not in {"customer", "other_party"}
    return f"“{word}”: it is not said who tells whom" if unknown else None


def _other_event(duty: Duty, setting: Setting) -> str | None:
    if duty.event is None:
        return None if setting.about_breach else _NOT_A_BREACH
    return None if duty.event.kind in {*BREACHES, "weak"} else f"it is about {duty.event.kind}"


def _no_promise(statement: Statement, hit: Hit) -> str | None:
    words, lex = statement.words, statement.lex
    reach = _JUST_BEFORE if lex.verb_last else _RIGHT_BEFORE * 2
    if lex.negated.first(words, max(0, hit.start - reach), hit.start) or is_negated(statement, hit):
        return "it says when nobody has to be told"
    if words.rstrip().endswith("?"):
        return "it is a question, not a promise"
    optional = lex.optional.first(words, max(0, hit.start - _RIGHT_BEFORE), hit.start)
    return "it is a possibility, not a duty" if optional else None


def is_negated(statement: Statement, hit: Hit) -> bool:
    """Say whether a negation stands right before a verb, or right behind it: `does not tell`, `meldet nicht`."""
    words, lex = statement.words, statement.lex
    before = lex.not_before.hits(words, max(0, hit.start - _NEGATION), hit.start)
    if before and not words[before[-1].end : hit.start].strip():
        return True
    if hit.kind != "active":
        return False
    behind = lex.not_behind.first(words, hit.end, min(len(words), hit.end + _NEGATION))
    return (
        behind is not None
        and not re.search(r"[,;:.]", words[hit.end : behind.start])
        and lex.limits.first(words, behind.start, behind.end + _NEGATION) is None
    )


def _unknown_addressee(statement: Statement, duty: Duty) -> str | None:
    """Return why a duty cannot be taken whose addressee is nobody we know: `we notify the Inspectorate of it`."""
    if duty.told is not None or duty.hit.kind != "active" or statement.lex.verb_last:
        return None
    start, close = duty.hit.end, min(len(statement.words), duty.hit.end + _OBJECT)
    lex, words = statement.lex, statement.words
    known = (lex.events, lex.soft, lex.limits, lex.channel, lex.triggers)
    if any(phrases.first(words, start, close) for phrases in known) or not words[start:close].strip():
        return None
    return f"“{words[duty.hit.start : close]}…”: whom it tells is not clear"


def _event(statement: Statement, hit: Hit, zone_end: int, setting: Setting) -> Hit | None:
    """Return the words for what is told: those behind the duty first, then those before it, then its list's."""
    behind = [one for one in statement.events if hit.start <= one.start < zone_end]
    before = [one for one in statement.events if one.end <= hit.start]
    own = [one for one in before if one.start >= statement.own]
    about_breach = setting.about_breach or any(one.kind in BREACHES for one in own)
    for group in (behind, own, before):
        strong = next((one for one in group if one.kind in BREACHES), None)
        other = next((one for one in group if one.kind not in {*BREACHES, "weak"}), None)
        weak = next((one for one in group if one.kind == "weak"), None)
        object_is_other = group is behind and other is not None and other.start - hit.end < _OBJECT_OTHER
        if strong and not (other and object_is_other and other.start < strong.start and not about_breach):
            return strong
        if weak and about_breach:
            return weak
        if other and not (about_breach and group is not behind):
            return other
        if weak:
            return weak
    return None
