"""Hiding names and figures in free text: each is replaced by words that say something was hidden."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.parties import Customer

SMALLEST_HIDDEN_FIGURE = 10
"""Smaller figures in free text are days, hours and clause numbers too often to be hidden."""

LEGAL_ENDINGS = "ab ag aps as asbl bv eurl gmbh inc kg limited llc llp ltd nv oy plc sa sarl sas sasu se snc spa srl"
LEGAL_FORMS = frozenset(LEGAL_ENDINGS.split())
"""What a company's name ends in, and everyday speech leaves out."""

FALLBACK_ID = "customer"
"""The id of a customer whose name has no letter to make one of: too common a word to hide."""

NOTHING = r"(?!)"
"""A pattern that matches nowhere."""

_SHORT = 5
_LONGEST_FIGURE = 30
"""Digits; no figure of a record has as many, and Python makes no number of thousands of them."""
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?!\d)|\d+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Mask:
    """The words that stand where a name or a figure was."""

    name: str
    figure: str


def forms_of(customer: Customer) -> tuple[str, ...]:
    """Return how a text may name a customer: in full, without its legal form, by its id, by its mailbox."""
    mailbox = customer.contact or ""
    domain = mailbox.rpartition("@")[2]
    plain = without_legal_form(customer.name)
    known = "" if customer.id == FALLBACK_ID else customer.id
    return tuple(form for form in (customer.name, plain, known, mailbox, domain) if form.strip())


def without_legal_form(name: str) -> str:
    """Return a company's name without the legal form it ends in."""
    *rest, last = name.split() or [""]
    return " ".join(rest).rstrip(",") if rest and last.replace(".", "").lower() in LEGAL_FORMS else name


class Hider:
    """Hides names and figures in plain JSON.

    Args:
        names: what must not be seen, in every form.
        kept: the recipient's own names, which stay even where they hold another's.
        figures: the numbers that must not be seen.
    """

    def __init__(self, names: Iterable[str], kept: Iterable[str], figures: Iterable[int], mask: Mask) -> None:
        own = [name for name in kept if name.strip()]
        forms = [*own, *(name for name in names if name.strip())]
        self._kept = {_folded(name) for name in own}
        self._names = re.compile(
            "|".join(map(_pattern, sorted(forms, key=len, reverse=True))) or NOTHING, re.IGNORECASE
        )
        self._figures = frozenset(figure for figure in figures if figure >= SMALLEST_HIDDEN_FIGURE)
        self._mask = mask

    def hide(self, value: Any) -> Any:
        """Return the value with what must not be seen hidden in each of its texts."""
        if isinstance(value, str):
            return _GROUPED.sub(self._figure, self._names.sub(self._name, value))
        if isinstance(value, list):
            return [self.hide(one) for one in value]
        if isinstance(value, Mapping):
            return {key: self.hide(one) for key, one in value.items()}
        return value

    def _name(self, found: re.Match[str]) -> str:
        return found[0] if _folded(found[0]) in self._kept else self._mask.name

    def _figure(self, found: re.Match[str]) -> str:
        if self._is_hidden("".join(_DIGITS.findall(found[0]))):
            return self._mask.figure
        return _DIGITS.sub(lambda part: self._mask.figure if self._is_hidden(part[0]) else part[0], found[0])

    def _is_hidden(self, digits: str) -> bool:
        significant = digits.lstrip("0") or "0"
        return len(significant) <= _LONGEST_FIGURE and int(significant) in self._figures


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()


def _pattern(name: str) -> str:
    """Match a name however it is spaced or joined; a short one as a word of its own: `Ann` is not in `planned`."""
    words = r"[\s\-_.,]+".join(re.escape(word) for word in re.split(r"[\s\-_]+", name) if word)
    return rf"(?<![^\W_]){words}(?![^\W_])" if name.isascii() and len(name) <= _SHORT else words
