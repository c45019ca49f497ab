"""Whether a verb of telling is active or passive: `the provider informs`, `the customer is informed`."""

import re
from dataclasses import replace

from playbooks.reader.lexicon import Lexicon
from playbooks.reader.phrases import Hit

_BEFORE = 60
_BEFORE_VERB_LAST = 220
_BEHIND = 22
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[.,;:)])|\s+(?:und|oder|en|of|och|eller)\b")


def voiced(hits: list[Hit], words: str, lex: Lexicon) -> list[Hit]:
    """Return the verbs found in a sentence, those that are passive by their auxiliary marked so.

    A participle that no auxiliary makes passive tells nobody anything: `having been informed`.
    """
    found = (
        replace(hit, kind="passive") if _is_passive(hit, words, lex) or _is_reflexive(hit, words, lex) else hit
        for hit in hits
    )
    return [hit for hit in found if hit.kind != "participle"]


def _is_reflexive(hit: Hit, words: str, lex: Lexicon) -> bool:
    return hit.kind == "active" and words[: hit.start].rstrip().rpartition(" ")[2] in lex.reflexive


def _is_passive(hit: Hit, words: str, lex: Lexicon) -> bool:
    """The nearest auxiliary before a participle decides; where the verb comes last, also one right behind it."""
    if hit.kind not in {"active", "participle"} or lex.participles.first(words, hit.start, hit.end) is None:
        return False
    behind = lex.auxiliaries.first(words, hit.end, hit.end + _BEHIND) if lex.verb_last else None
    if behind and not words[hit.end : behind.start].strip():
        return behind.kind == "passive"
    if lex.verb_last and hit.kind == "active" and not _CLAUSE_ENDS.match(words, hit.end):
        return False  # `informiert der Anbieter`: a finite verb, its subject behind it
    reach = _BEFORE_VERB_LAST if lex.verb_last else _BEFORE
    before = lex.auxiliaries.hits(words, max(0, hit.start - reach), hit.start)
    before = [one for one in before if not re.search(r"[;:]", words[one.end : hit.start])]
    if lex.verb_last and " " not in words[hit.start : hit.end]:
        return any(one.kind == "passive" for one in before)  # a clause may stand between: `wird …, nachdem er … hat, …`
    return bool(before) and before[-1].kind == "passive"
