"""The names that a document gives its parties: `Acme Ltd ("Processor")`, `Acme acts as the processor`."""

import re
from collections.abc import Iterator

from playbooks.reader.lexicon import Lexicon
from playbooks.reader.phrases import Phrases, alternatives

_QUOTED = re.compile(r'"([^"\n]{2,50})"')
_GROUP = re.compile(r"\(([^()\n]{3,200})\)")
_NAME = re.compile(r"([A-Z0-9][\w&.'-]*(?:[ ,]+(?:[A-Z0-9][\w&.'-]*|&)){0,4})[ ,]*$")
_PROPER = r"[A-ZÀ-Þ][\w&.-]{1,40}(?: [A-ZÀ-Þ][\w&.-]{1,40}){0,3}"
_REACH = 80
_DEFINITION = 300
_SHORTEST = 3
_MORE_WORDS = 12
_SUBJECT = 60
_OWNING = rf"({_PROPER})(?:'s|')\s(?:[\w-]{{1,20}}\s)?$"
_SUBJECT_NAME = re.compile(rf"(?<!\w)({_PROPER})\W{{1,3}}(?:\w{{1,20}}\W{{1,3}}){{0,3}}$")


def defined_names(characters: str, lex: Lexicon) -> dict[str, list[str]]:
    """Return the names in small letters, by kind: `vendor` or `customer`; a name given to both is nobody's."""
    known = Phrases({kind: lex.parties[kind] for kind in ("subprocessor", "customer", "vendor")})
    kinds: dict[str, set[str]] = {}
    for name, kind in (*_in_brackets(characters, known), *_by_role(characters, lex, known)):
        if len(name) >= _SHORTEST:
            kinds.setdefault(name, set()).add(kind)
    sole = {name: min(found) for name, found in kinds.items() if len(found) == 1}
    return {wanted: [name for name, kind in sole.items() if kind == wanted] for wanted in ("vendor", "customer")}


def personal_terms(characters: str, lex: Lexicon) -> frozenset[str]:
    """Return the names of incidents, in small letters, that the document defines by what they do to personal data."""
    words = characters.lower()
    return frozenset(
        found[1].strip()
        for found in _QUOTED.finditer(words)
        if lex.events.first(found[1])
        and lex.personal.first(words, max(0, found.start() - _DEFINITION), min(len(words), found.end() + _DEFINITION))
    )


def owners(characters: str, lex: Lexicon) -> frozenset[str]:
    """Return the names, in small letters, of those whose data the document speaks of: `the personal data of Acme`."""
    of = rf"\s(?:{alternatives(lex.of)})(?:(?<=')|\s)(?:(?:{alternatives(lex.determiners)})(?:(?<=')|\s))?"
    behind = re.compile(rf"(?i:{of})({_PROPER})")
    before = re.compile(rf"({_PROPER})(?:'s|'|(?<=s))\s(?:[\w-]{{1,20}}\s)?$" if lex.verb_last else _OWNING)
    found = set[str]()
    for hit in lex.personal.hits(characters.lower()):
        for one in (
            behind.match(characters, hit.end),
            before.search(characters, max(0, hit.start - _SUBJECT), hit.start),
        ):
            if one is not None:
                found.add(one[1].lower())
                found.add(one[1].lower().removesuffix("s"))
    return frozenset(found)


def teller_name(characters: str, start: int) -> str | None:
    """Return the proper name that stands before a verb as its subject may."""
    found = _SUBJECT_NAME.findall(characters, max(0, start - _SUBJECT), start)
    return found[-1] if found else None


def _in_brackets(characters: str, known: Phrases) -> Iterator[tuple[str, str]]:
    for group in _GROUP.finditer(characters):
        quoted = [one.strip() for one in _QUOTED.findall(group[1])]
        kinds = {kind for one in quoted if (kind := _kind(one, known))}
        if len(kinds) != 1 or "subprocessor" in kinds:
            continue
        kind = kinds.pop()
        yield from ((one.lower(), kind) for one in quoted if _kind(one, known) is None)
        name = _NAME.search(characters, max(0, group.start() - _REACH), group.start())
        if name and _kind(name[1], known) is None:
            whole = name[1].strip(" ,.").lower()
            yield whole, kind
            yield whole.split()[0], kind


def _by_role(characters: str, lex: Lexicon, known: Phrases) -> Iterator[tuple[str, str]]:
    name = r"[A-Z][\w&.-]{1,40}(?: [A-Z][\w&.-]{1,40}){0,2}"
    is_the = (
        rf"\"?[ ,]{{1,2}}(?:{alternatives(lex.naming)})\s{{1,3}}(?:(?:{alternatives(lex.determiners)})\s{{1,3}})?\"?"
    )
    roles = re.compile(rf"(?:^|[\s(\"])({name}){is_the}([A-Za-zÀ-ÿ -]{{4,40}})")
    for found in roles.finditer(characters):
        hit = known.first(found[2].lower())
        if hit and hit.start <= 1 and hit.kind != "subprocessor" and not known.first(found[1].lower()):
            yield found[1].lower(), hit.kind


def _kind(name: str, known: Phrases) -> str | None:
    """Return the kind of party that a name is a general word for; None for a proper name."""
    hit = known.first(name.lower())
    return hit.kind if hit and hit.end - hit.start >= len(name) - _MORE_WORDS else None
