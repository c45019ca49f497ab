"""Who tells whom: the parties a sentence names, and which of them owes a duty to which."""

import re
from dataclasses import dataclass

from playbooks.reader.lexicon import PARTIES, ROLES, Hit, Lexicon, Phrases, pattern_of

_QUOTED = re.compile(r'"([^"\n]{2,50})"')
_GROUP = re.compile(r"\(([^()\n]{3,200})\)")
_NAME = re.compile(r"([A-Z0-9][\w&.'-]*(?:[ ,]+(?:[A-Z0-9][\w&.'-]*|&)){0,4})[ ,]*$")
_SHORT_WORDS = re.compile(r"[\s,/&]|\b\w{1,4}\b")
_DIRECT = 45
_ZONE = 220
_TRIGGER_NEAR = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a sentence, and what the word before it makes of it: one of `ROLES`, or None."""

    kind: str
    start: int
    end: int
    role: str | None


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one document in one language: general words and the names that the document gives them."""

    phrases: Phrases
    before: re.Pattern[str]
    lex: Lexicon

    def mentions(self, words: str) -> list[Mention]:
        """Return the parties that a sentence in small letters names, but for mere possessors."""
        found = (self._mention(words, hit) for hit in self.phrases.hits(words) if hit.kind != "none")
        return [one for one in found if one.role != "possessive"]

    def _mention(self, words: str, hit: Hit) -> Mention:
        if words.startswith(("'s ", "' "), hit.end):
            return Mention(hit.kind, hit.start, hit.end, "possessive")
        found = self.before.search(words, max(0, hit.start - 40), hit.start)
        role = ROLES[(found.lastindex or 1) - 1] if found else None
        if role == "subject" and hit.kind not in {"vendor", "customer"}:
            role = None
        return Mention(hit.kind, hit.start, hit.end, role)


def parties_of(characters: str, lex: Lexicon) -> Parties:
    """Return the parties of a document, its own names included: `Acme Ltd ("Processor")`."""
    names = _names(characters, lex)
    kinds = {kind: (*lex.parties[kind], *names.get(kind, ())) for kind in PARTIES}
    roles = "|".join(f"({_alternatives(lex.roles[role])})" for role in ROLES)
    determiners = _alternatives(lex.determiners)
    return Parties(Phrases(kinds), re.compile(rf"(?<!\w)(?:{roles})\s+(?:(?:{determiners})\s+){{0,2}}$"), lex)


def who_tells_whom(duty: Hit, mentions: list[Mention], words: str, zone_end: int, lex: Lexicon) -> tuple[str | None, str | None]:
    """Return the kinds of the party that owes a duty and of the one it is owed to; None where it is not said."""
    zone_end = min(zone_end, duty.end + _ZONE)
    before = [one for one in mentions if one.start < duty.start]
    after = [one for one in mentions if duty.start <= one.start < zone_end and not _awaits(one, words, lex)]
    agents = [one for one in mentions if one.role == "agent" and one.start < zone_end]
    if duty.kind == "passive":
        if marked := next((one for one in after if one.role == "recipient" and one.start - duty.end <= _DIRECT), None):
            return (agents[-1].kind if agents else None), marked.kind
        told = next((one for one in reversed(before) if one.role != "agent"), None)
        return (agents[-1].kind if agents else None), (told.kind if told else None)
    if duty.kind == "noun":
        marked = next((one for one in after if one.role == "recipient" and one.start - duty.end <= 2 * _DIRECT), None)
        return (agents[0].kind if agents else None), (marked.kind if marked else None)
    teller = next((one for one in reversed(before) if one.role in {None, "subject"} and not _awaits_only(one, before, words, lex)), None)
    subjects = [one for one in after if one.role == "subject"]
    targets = [one for one in after if one.role in {None, "recipient"}]
    if lex.verb_last:
        return _verb_last(duty, before, subjects, targets, teller)
    told = _told(duty, targets)
    if told is not None and told.kind in {"subjects", "authority"}:
        told = _customer_beside(told, targets, words) or told
    if told is None and before and before[-1].kind and words[before[-1].start : before[-1].end] in lex.pronouns:
        if duty.start - before[-1].end <= 15 and len(before) > 1:
            return before[-2].kind, before[-1].kind
        if duty.start - before[-1].end <= 15 and words[before[-1].start : before[-1].end] in lex.clitics:
            return None, before[-1].kind
    if teller is None and duty.kind in {"noun", "given"} and agents:
        teller = agents[0]
    return (teller.kind if teller else None), (told.kind if told else None)


def _told(duty: Hit, targets: list[Mention]) -> Mention | None:
    direct = next((one for one in targets if one.start - duty.end <= _DIRECT), None)
    marked = next((one for one in targets if one.role == "recipient"), None)
    if direct and (direct.role == "recipient" or direct.start - duty.end <= 20 or marked is None):
        return direct
    return marked or direct or (targets[0] if targets else None)


def _customer_beside(told: Mention, targets: list[Mention], words: str) -> Mention | None:
    """Return the customer where it is named in one breath with others who are told: `all users, schools and districts`."""
    at = told.end
    for one in targets:
        if one.start >= at and len(_SHORT_WORDS.sub("", words[at : one.start])) == 0:
            if one.kind == "customer":
                return one
            at = one.end
    return None


def _verb_last(duty: Hit, before: list[Mention], subjects: list[Mention], targets: list[Mention], teller: Mention | None) -> tuple[str | None, str | None]:
    """Decide where word order is free: marked parties first, then the one named first tells the other."""
    close = [one for one in targets if one.start - duty.end <= 90]
    marked = [one for one in before if one.role == "recipient" and duty.start - one.end <= 160]
    if subjects:
        teller = subjects[0]
    if close and len(close) > 1 and not subjects and close[0].role is None and close[1].kind != close[0].kind and {close[0].kind, close[1].kind} <= {"vendor", "customer", "subprocessor"}:
        return close[0].kind, close[1].kind
    if close and (teller is None or close[0].kind != teller.kind):
        return (teller.kind if teller else None), close[0].kind
    if marked:
        told = marked[-1]
        teller = subjects[0] if subjects else next((one for one in reversed(before) if one.role in {None, "subject"} and one.kind != told.kind), None)
        return (teller.kind if teller else None), told.kind
    plain = [one for one in before if one.role in {None, "subject"}]
    if len(plain) > 1 and plain[-1].kind != plain[-2].kind and plain[-1].role is None:
        return plain[-2].kind, plain[-1].kind
    if subjects and plain:
        return subjects[0].kind, plain[-1].kind
    return (teller.kind if teller else None), (targets[0].kind if targets else None)


def _awaits(one: Mention, words: str, lex: Lexicon) -> bool:
    """Say whether a party is only the one that becomes aware: `after the Processor becomes aware`."""
    hit = lex.triggers.first(words, one.end, min(len(words), one.end + _TRIGGER_NEAR))
    return hit is not None and hit.kind != "occurrence" and one.role != "recipient"


def _awaits_only(one: Mention, before: list[Mention], words: str, lex: Lexicon) -> bool:
    """Say whether a party only becomes aware while another one is there to tell."""
    return _awaits(one, words, lex) and any(other.kind != one.kind and other.start > one.start for other in before)


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(sorted(map(pattern_of, phrases), key=len, reverse=True)) or r"(?!)"


def _names(characters: str, lex: Lexicon) -> dict[str, list[str]]:
    """Return the names that a document defines for its parties, by kind."""
    known = Phrases({kind: lex.parties[kind] for kind in ("subprocessor", "customer", "vendor")})
    names: dict[str, list[str]] = {"vendor": [], "customer": []}
    for group in _GROUP.finditer(characters):
        quoted = [one.strip() for one in _QUOTED.findall(group[1])]
        kinds = {_kind(one, known) for one in quoted} - {None}
        if len(kinds) != 1 or (kind := kinds.pop()) not in names:
            continue
        names[kind] += [one.lower() for one in quoted if _kind(one, known) is None]
        if name := _NAME.search(characters, max(0, group.start() - 80), group.start()):
            names[kind] += _spellings(name[1], known)
    for name, kind in _acting(characters, lex, known):
        names.setdefault(kind, []).append(name)
    return {kind: [one for one in found if len(one) > 2] for kind, found in names.items()}


def _kind(name: str, known: Phrases) -> str | None:
    hit = known.first(name.lower())
    return hit.kind if hit and hit.end - hit.start >= len(name) - 12 else None


def _spellings(name: str, known: Phrases) -> list[str]:
    whole = name.strip(" ,.").lower()
    return [whole, *([whole.split()[0]] if len(whole.split()[0]) > 3 else [])] if _kind(whole, known) is None else []


def _acting(characters: str, lex: Lexicon, known: Phrases) -> list[tuple[str, str]]:
    """Return the names said to be a party: `Acme acts as the Processor`."""
    naming = _alternatives(lex.naming)
    determiners = _alternatives(lex.determiners)
    pattern = re.compile(
        rf"(?:^|[\s(\"])([A-Z][\w&.-]+(?: [A-Z][\w&.-]+){{0,2}})\"?[ ,]+(?:{naming})\s+(?:(?:{determiners})\s+)?\"?([A-Za-zÀ-ÿ -]{{4,40}})"
    )
    found = ((one[1].lower(), known.first(one[2].lower())) for one in pattern.finditer(characters))
    return [(name, hit.kind) for name, hit in found if hit and hit.start <= 1 and hit.kind != "subprocessor" and not known.first(name)]
