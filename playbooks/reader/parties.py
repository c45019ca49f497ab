"""Who tells whom: the parties a sentence names, and which of them owes a duty to which."""

import re
from dataclasses import dataclass, replace

from playbooks.reader.lexicon import IDLE, PARTIES, ROLES, Lexicon
from playbooks.reader.names import defined_names, owners
from playbooks.reader.phrases import Hit, Phrases, alternatives

_ZONE = 220
"""Characters behind a duty's word within which the party that is told stands."""
_DIRECT = 45
_ADJACENT = 20
_CLITIC = 15
_NOTICE = 90
_VERB_LAST = 160
_TRIGGER = 30
_BEFORE = 40
_PRONOUN = 80
_OF_WHOM = 30
_POSSESSIVE = 6
_TITLE = 400
_PROMISE = 30
_ASKED = 8
_NAME_BEFORE = re.compile(r"(?:(?<=\s)[A-ZÀ-Þ][\w&.-]{1,30}\s){1,3}$")
_SHORT_WORDS = re.compile(r"[\s,/&]|\b\w{1,4}\b")
_BOTH = frozenset({"vendor", "customer", "subprocessor"})
_OPPOSITE = {"vendor": "customer", "customer": "vendor", "subprocessor": "vendor"}

NAMED = "name:"
"""What the kind of a party begins with that is known by its proper name only."""

Pair = tuple[str | None, str | None]
"""The kinds of the party that owes a duty and of the one it is owed to; None where it is not said."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a sentence, and what the word before it makes of it: one of `ROLES`, or None."""

    kind: str
    start: int
    end: int
    role: str | None


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one document in one language: general words and the names that the document gives them.

    Attributes:
        before, data: the words before a party that make its role, and those behind it that make it a mere owner.
        owners: the names, in small letters, of those whose data are processed.
    """

    phrases: Phrases
    before: re.Pattern[str]
    data: re.Pattern[str]
    capitalised: frozenset[str]
    nouns_capitalised: bool
    owners: frozenset[str]

    def mentions(self, characters: str) -> list[Mention]:
        """Return the parties that a sentence names, mere possessors included, in their order."""
        words = characters.lower()
        found = [self.mention_of(characters, hit) for hit in self.phrases.hits(words) if self._counts(hit, characters)]
        return [self.of_whom(one, found) for one in found]

    def implied(self, words: str, duties: list[Hit], lex: Lexicon) -> list[Mention]:
        """Return a mention of the author before each verb that says `we` by its ending: `avisaremos`."""
        we = self.phrases.first(lex.we)
        if we is None or not lex.we_endings:
            return []
        said = (one.start for one in duties if words[one.start : one.end].split(maxsplit=1)[0].endswith(lex.we_endings))
        return [Mention(we.kind, max(0, start - 1), start, "subject") for start in said]

    def _counts(self, hit: Hit, characters: str) -> bool:
        """Leave out what only looks like a party, such as German `sie` in small letters."""
        lowered = characters[hit.start].islower() and characters[hit.start : hit.end].lower() in self.capitalised
        return hit.kind != "none" and not lowered

    def mention_of(self, characters: str, hit: Hit) -> Mention:
        """Return a party found, with what the words around it make of it."""
        words = characters.lower()
        if words.startswith(("'s ", "' "), hit.end) or self.data.match(words, hit.end):
            return Mention(hit.kind, hit.start, hit.end, "possessive")
        name = _NAME_BEFORE.search(characters, max(0, hit.start - _BEFORE), hit.start)
        start = name.start() if name and characters[hit.start].isupper() and not self.nouns_capitalised else hit.start
        found = self.before.search(words, max(0, start - _BEFORE), start)
        role = ROLES[(found.lastindex or 1) - 1] if found else None
        if role == "at" and hit.kind == "authority":
            role = "recipient"
        if role == "subject" and hit.kind not in {"vendor", "customer", "subprocessor"}:
            role = None  # an article that is the subject's only before these words
        return Mention(hit.kind, hit.start, hit.end, role)

    def of_whom(self, one: Mention, found: list[Mention]) -> Mention:
        """Take a party's own people for that party: `the Customer's data protection officer`."""
        if one.kind != "internal":
            return one
        owning = [other for other in found if other.kind in _BOTH or is_named(other.kind)]
        before = (other for other in owning if other.role == "possessive" and 0 <= one.start - other.end <= _POSSESSIVE)
        behind = (
            other
            for other in owning
            if (other.role in {"possessive", "at"} and 0 <= other.start - one.end <= _OF_WHOM)
            or (is_named(other.kind) and 0 <= other.start - one.end <= _POSSESSIVE)
        )
        whose = next(before, None) or next(behind, None)
        return replace(one, kind=whose.kind) if whose else one


def is_named(kind: str) -> bool:
    """Say whether a party is known by its proper name only."""
    return kind.startswith(NAMED)


def parties_of(characters: str, lex: Lexicon) -> Parties:
    """Return the parties of a document, its own names for them included."""
    words = characters.lower()
    names = defined_names(characters, lex)
    kinds = {kind: (*lex.parties[kind], *names.get(kind, ())) for kind in PARTIES}
    if _is_down_the_chain(words, lex):
        kinds = _down_the_chain(kinds, words)
    if lex.own_controller.first(words) and lex.processor_words.first(words) is None:
        kinds = _own_controller(kinds, lex)
    roles = "|".join(f"({alternatives(lex.roles[role])})" for role in ROLES)
    determiners = alternatives(lex.determiners)
    space = r"(?:(?<=')|\s{1,3})"
    before = re.compile(rf"(?<!\w)(?:{roles}){space}(?:(?:{determiners}){space}){{0,2}}$")
    data = re.compile(rf" (?:{alternatives(lex.data_words)})(?!\w)")
    return Parties(Phrases(kinds), before, data, lex.capitalised, lex.nouns_capitalised, owners(characters, lex))


def _is_down_the_chain(words: str, lex: Lexicon) -> bool:
    """Say whether the document is an agreement with a sub-processor: by its title, or as the one that promises."""
    if lex.chain.first(words, 0, min(len(words), _TITLE)):
        return True
    everybody = lex.subprocessors.hits(words)
    if not everybody:
        return False
    title = words.lstrip().partition("\n")[0]
    if not title[:1].isdigit() and lex.agreement.first(title) and everybody[0].start < len(title):
        return True
    any_of_them = re.compile(rf"(?<!\w)(?:{alternatives(lex.distributive)})\s{{1,3}}$")
    sole = [
        one
        for one in lex.chain_party.hits(words)
        if not any_of_them.search(words, max(0, one.start - _BEFORE), one.start)
    ]
    if not any(lex.duties.first(words, max(0, one.start - _PROMISE), one.end + _PROMISE) for one in sole):
        return False
    phrases = Phrases({kind: lex.parties[kind] for kind in ("none", "subprocessor", "vendor")})
    vendors = [one for one in phrases.hits(words) if one.kind == "vendor"]
    return 2 * len(sole) >= max(len(everybody), len(vendors))


def _down_the_chain(kinds: dict[str, tuple[str, ...]], words: str) -> dict[str, tuple[str, ...]]:
    """Move every party one step: the sub-processor is the vendor, and the processor, if there is one, its customer."""
    processors = Phrases({"vendor": kinds["vendor"]})
    if processors.first(words) is None:
        return kinds | {"vendor": kinds["subprocessor"], "subprocessor": ()}
    return kinds | {
        "vendor": kinds["subprocessor"],
        "customer": kinds["vendor"],
        "subprocessor": (),
        "subjects": (*kinds["subjects"], *kinds["customer"]),
    }


def _own_controller(kinds: dict[str, tuple[str, ...]], lex: Lexicon) -> dict[str, tuple[str, ...]]:
    """Take `we` for the controller and `you` for the data subjects: its author is nobody's processor."""
    we, you = (tuple(one for one in kinds[kind] if one in lex.pronouns) for kind in ("vendor", "customer"))
    return kinds | {
        "vendor": tuple(one for one in kinds["vendor"] if one not in we),
        "customer": (*(one for one in kinds["customer"] if one not in you), *we),
        "subjects": (*kinds["subjects"], *you),
    }


def who_tells_whom(duty: Hit, mentions: list[Mention], words: str, zotherend: int, lex: Lexicon) -> Pair:
    """Return who owes a duty to whom.

    Args:
        duty: the word for telling.
        mentions: the parties of the sentence.
        words: the sentence in small letters.
        zotherend: where the next duty begins.
    """
    zotherend = min(zotherend, duty.end + _ZONE)
    clitic = next((one for one in mentions if 0 <= duty.start - one.end <= 1 and _is_clitic(one, words, lex)), None)
    mentions = [replace(one, role="recipient") if duty.start < one.start < duty.end else one for one in mentions]
    placed = [one for one in mentions if one.role not in {"possessive", "at"} and not _is_clitic(one, words, lex)]
    before = [one for one in placed if one.start < duty.start]
    after = [one for one in placed if duty.start <= one.start < zotherend and not _only_learns(one, words, lex)]
    asked = [one for one in mentions if one.kind == "subprocessor" and one.end < duty.start]
    if asked and lex.that.first(words, asked[-1].end, min(duty.start, asked[-1].end + _ASKED)):
        return "subprocessor", None
    pair = _pair(duty, before, after, words, lex)
    if clitic and duty.kind in {"active", "given"} and (pair[1] is None or pair[1] == pair[0]):
        pair = pair[0], clitic.kind
    return _with_pronouns(pair, duty, mentions, words, zotherend, lex) if duty.kind in {"active", "given"} else pair


def _pair(duty: Hit, before: list[Mention], after: list[Mention], words: str, lex: Lexicon) -> Pair:
    agent = next((one for one in after if one.role == "agent"), None)
    if duty.kind == "noun":
        marked = next((one for one in after if one.role == "recipient" and one.start - duty.end <= _VERB_LAST), None)
        return _kinds(agent, marked)
    if duty.kind == "passive":
        return _passive(duty, before, after, lex)
    teller = _teller(before, words, lex)
    if lex.verb_last:
        return _verb_last(duty, before, after, teller)
    targets = [one for one in after if one.role in {None, "recipient"}]
    told = _told(duty, targets)
    if told is not None and told.kind in {"subjects", "authority"}:
        told = _customer_beside(told, targets, words) or told
    last = before[-1] if len(before) > 1 and duty.start - before[-1].end <= _CLITIC else None
    if told is None and last and words[last.start : last.end] in lex.pronouns:
        return _kinds(before[-2], last)
    return _kinds(teller or (agent if duty.kind == "given" else None), told)


def _is_clitic(one: Mention, words: str, lex: Lexicon) -> bool:
    """Say whether a mention is a small word that means a party only right before a verb: `le notificará`."""
    return words[one.start : one.end] in lex.clitics


def _kinds(teller: Mention | None, told: Mention | None) -> Pair:
    return (teller.kind if teller else None), (told.kind if told else None)


def _passive(duty: Hit, before: list[Mention], after: list[Mention], lex: Lexicon) -> Pair:
    """Decide where something is told by somebody: the party marked `to` is told, else the one the sentence is about."""
    agents = [one for one in (*after, *reversed(before)) if one.role == "agent"]
    agent = next((one for one in agents if lex.verb_last or one.start >= duty.start), None) or next(iter(agents), None)
    behind = [one for one in after if one.role == "recipient" and one.start - duty.end <= _NOTICE]
    ahead = [one for one in reversed(before) if one.role == "recipient" and duty.start - one.end <= _VERB_LAST]
    marked = (behind or ahead) if lex.verb_last else behind
    plain = [one for one in reversed(before) if one.role in {None, "subject"}]
    if lex.verb_last:
        plain += [one for one in after if one.role in {None, "subject"} and one.start - duty.end <= _DIRECT]
    return _kinds(agent, next(iter(marked), None) or next(iter(plain), None))


def _teller(before: list[Mention], words: str, lex: Lexicon) -> Mention | None:
    """Return the last party before the duty that can be its subject."""
    for at in range(len(before) - 1, -1, -1):
        one = before[at]
        others_behind = any(other.kind != one.kind for other in before[at + 1 :])
        if one.role in {None, "subject"} and not (others_behind and _only_learns(one, words, lex)):
            return one
    return None


def _told(duty: Hit, targets: list[Mention]) -> Mention | None:
    """Return the party that is told, where it stands behind the word for telling."""
    direct = next((one for one in targets if one.start - duty.end <= _DIRECT), None)
    marked = next((one for one in targets if one.role == "recipient"), None)
    if direct and (direct.role == "recipient" or direct.start - duty.end <= _ADJACENT or marked is None):
        return direct
    return marked or direct or next(iter(targets), None)


def _customer_beside(told: Mention, targets: list[Mention], words: str) -> Mention | None:
    """Return the customer where it is named in one breath with others: `all users, schools and districts`."""
    at = told.end
    for one in targets:
        if one.start >= at and not _SHORT_WORDS.sub("", words[at : one.start]):
            if one.kind == "customer":
                return one
            at = one.end
    return None


def _verb_last(duty: Hit, before: list[Mention], after: list[Mention], teller: Mention | None) -> Pair:
    """Decide where word order is free: marked parties first, then the one named first tells the other."""
    subject = next((one for one in after if one.role == "subject"), None)
    targets = [one for one in after if one.role in {None, "recipient"}]
    close = [one for one in targets if one.start - duty.end <= _NOTICE]
    teller = subject or teller
    if len(close) > 1 and subject is None and close[0].role is None:
        first, second = close[0], close[1]
        inverted = teller is None or second.role == "recipient"
        if first.kind != second.kind and (inverted or {first.kind, second.kind} <= _BOTH):
            return _kinds(first, second)
    if close and (teller is None or close[0].kind != teller.kind):
        return _kinds(teller, close[0])
    marked = [one for one in before if one.role == "recipient" and duty.start - one.end <= _VERB_LAST]
    plain = [one for one in before if one.role in {None, "subject"}]
    if marked:
        others = (one for one in reversed(plain) if one.kind != marked[-1].kind)
        return _kinds(subject or next(others, None), marked[-1])
    if len(plain) > 1 and plain[-1].kind != plain[-2].kind and plain[-1].role is None:
        return _kinds(plain[-2], plain[-1])
    if subject and plain:
        return _kinds(subject, plain[-1])
    return _kinds(teller, next(iter(targets), None))


def _with_pronouns(pair: Pair, duty: Hit, mentions: list[Mention], words: str, zotherend: int, lex: Lexicon) -> Pair:
    """Complete a pair where a pronoun stands for a party named before: `it informs the latter`."""
    teller, told = pair
    named = [one for one in mentions if one.start < duty.start and one.kind in _BOTH | {"authority", "subjects"}]
    if told is None and lex.told_again.first(words, duty.end, min(zotherend, duty.end + _ADJACENT)):
        others = (one.kind for one in reversed(named) if one.kind != teller)
        told = next(others, _OPPOSITE.get(teller or ""))
    if teller not in _BOTH and told in _BOTH:
        ends = [one.end for one in mentions if one.end <= duty.start and one.kind == teller]
        start = max([*ends[-1:], duty.start - (2 if lex.verb_last else 1) * _PRONOUN, 0])
        if lex.tells_again.first(words, start, duty.start):
            teller = next((one.kind for one in reversed(named) if one.kind in _BOTH - {told}), None)
    return teller, told


def _only_learns(one: Mention, words: str, lex: Lexicon) -> bool:
    """Say whether a party is only the one that becomes aware: `after the Processor becomes aware`."""
    hit = lex.triggers.first(words, one.end, min(len(words), one.end + _TRIGGER))
    if hit is None or hit.kind in IDLE or one.role == "recipient":
        return False
    return lex.apart.first(words, one.end, hit.start) is None
