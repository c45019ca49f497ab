"""The times that a sentence names: counted ones in digits and words, and soft words; and whether one is a limit."""

import re
from dataclasses import dataclass
from functools import cache

from playbooks.reader.lexicon import IDLE, UNITS, Lexicon, lexicon
from playbooks.reader.phrases import alternatives

_UNIT = {"weeks": ("days", 7)}
_NEAR = 28
_BEFORE = 48
_RANGE = r"-|/|to|or|and|bis|oder|à|a|ou|o|of|tot|till|eller|och"
_HOLLOW = r"\[[^\[\]\n]{0,60}\]|_{2,}|\.{3,}|<[^<>\n]{1,40}>|●|•|\{{1,2}[^{}\n]{1,40}\}{1,2}|□|☐"


@dataclass(frozen=True, slots=True)
class Term:
    """A time that a sentence names.

    Attributes:
        unit: as in `models.periods.Unit`, or `working-days`, `business-hours`, `days`, `months`; `soft` for words.
        amount: how many; None for soft words, and where the text leaves it open. The smaller where words and digits
            differ.
        fault: why a counted time has no amount, or none that could be relied on; None where all is well.
        limits: the sentence says that it is the latest time, not a length, a notice or a rhythm.
        hedged: it is an aim, not a promise: "if possible", "reasonable efforts".
    """

    unit: str
    amount: int | None
    start: int
    end: int
    fault: str | None = None
    limits: bool = True
    hedged: str | None = None


def counted_terms(words: str, lex: Lexicon) -> list[Term]:
    """Return the counted times of a sentence in small letters, also those that are no limit."""
    found = [_term(one, words, lex) for one in _counted(lex.language).finditer(words)]
    following = (Term("working-days", 1, one.start, one.end) for one in lex.next_day.hits(words))
    return sorted([*(one for one in found if one), *following], key=lambda term: term.start)


def soft_terms(words: str, lex: Lexicon) -> list[Term]:
    """Return the soft time words of a sentence in small letters."""
    return [Term("soft", None, one.start, one.end) for one in lex.soft.hits(words)]


@cache
def _counted(language: str) -> re.Pattern[str]:
    lex = lexicon(language)
    number = rf"\d{{1,4}}|{alternatives(lex.numbers)}"
    blank = rf"{_HOLLOW}|(?:\(\s?)?(?:{alternatives(lex.unfilled)})(?:\s?\))?"
    units = "|".join(f"(?P<{unit.replace('-', '_')}>{alternatives(lex.units[unit])})" for unit in UNITS)
    times = lex.units["hours"] + lex.units["days"]
    choice = (
        rf"\[(?P<bracketed>[^\[\]\n]{{0,30}}(?:{number})[^\[\]\n]{{0,12}}(?:{alternatives(times)})[^\[\]\n]{{0,20}})\]"
    )
    return re.compile(
        rf"(?<![\w.,/])(?:(?P<hollow>{blank})(?:\s?\(\s?(?:{_HOLLOW}|{number})\s?\))?"
        rf"|(?P<first>{number})(?:\s?(?P<range>{_RANGE})\s?(?P<upper>{number}))?"
        rf"(?:\s?[(\[]\s?(?P<again>{number})\s?[)\]])?)"
        rf"\s?-?\s?(?:{units})(?!\w)(?:\s?\(\s?(?P<after>{number})\s?(?:{alternatives(lex.units['hours'])})?\s?\))?"
        rf"|{choice}"
    )


def _term(found: re.Match[str], words: str, lex: Lexicon) -> Term | None:
    start, end = found.span()
    if found["bracketed"]:
        return Term("hours", None, start, end, f"“{found[0].strip()}” is a choice nobody has made")
    unit = next(one for one in UNITS if found[one.replace("-", "_")] is not None)
    limits, hedged = is_limit(words, start, end, lex), hedge(words, start, end, lex)
    if found["hollow"]:
        return Term(unit, None, start, end, f"“{found[0].strip()}” is left to be filled in", limits, hedged)
    values = [_value(found[name], lex) for name in ("first", "again", "after") if found[name]]
    if found["range"] == "/":
        return Term(unit, None, start, end, f"“{found[0].strip()}” is a choice nobody has made", limits, hedged)
    if found["upper"]:
        values = [_value(found["upper"], lex)]
    fault = f"“{found[0].strip()}” says two different numbers" if len(set(values)) > 1 else None
    known, times = _UNIT.get(unit, (unit, 1))
    amount = min(values) * times
    return Term(known, amount, start, end, fault, limits, hedged) if amount else None


def _value(number: str, lex: Lexicon) -> int:
    return int(number) if number.isdigit() else _number_words(lex.language)[_joined(number)]


@cache
def _number_words(language: str) -> dict[str, int]:
    return {_joined(word): value for word, value in lexicon(language).numbers.items()}


def _joined(number: str) -> str:
    """Return a number word however it is written: `forty-eight`, `forty eight`, `fortyeight`."""
    return re.sub(r"[-\s]+", "", number)


def is_limit(words: str, start: int, end: int, lex: Lexicon) -> bool:
    """Say whether a counted time is the latest time for something."""
    after = words[end : end + _NEAR]
    recurring = lex.recurring.first(after)
    if recurring and not after[: recurring.start].strip(" '-"):
        return False
    before = lex.limits.hits(words, max(0, start - _BEFORE), start)
    if before and start - before[-1].end <= _NEAR:
        return before[-1].kind == "within"
    if words[max(0, start - 2) : start].strip() in {":", "|", "<", "≤"}:
        return True
    if lex.limits_after.first(after):
        return True
    trigger = lex.triggers.first(words, end, min(len(words), end + 2 * _NEAR))
    return trigger is not None and trigger.kind not in IDLE


def hedge(words: str, start: int, end: int, lex: Lexicon) -> str | None:
    """Return the words that make a time near them an aim, or None."""
    begin, close = max(0, start - _BEFORE), min(len(words), end + _BEFORE)
    soft = lex.soft.hits(words, begin, close)
    for one in lex.best_effort.hits(words, begin, close):
        between = words[one.end : start] if one.end <= start else words[end : one.start]
        in_soft_words = any(two.start <= one.start < two.end for two in soft) or not words[: one.start].strip()
        if not in_soft_words and (one.end <= start or one.kind == "around") and not re.search(r"[;.]", between):
            return words[one.start : one.end]
    return None
