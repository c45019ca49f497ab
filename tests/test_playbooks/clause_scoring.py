"""How one reading of a test clause is judged: field by field, and apart from that whether it invents a deadline."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.test_playbooks.clause_cases import Case, Expectation, Period

Reading = Mapping[str, Any]
"""The document that `incident playbooks read --json` prints."""


def folded(text: str) -> str:
    """The text without letter case, line breaks and forms of one letter: only the wording counts."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).casefold().strip()


def verdicts(case: Case, reading: Reading) -> dict[str, bool]:
    """For every field that the case judges, whether the reading has it right."""
    expect, primary = case.expect, reading["primary"]
    judged = {"deadline": _deadline_is_right(expect, primary)}
    if expect.primary is not None:
        wanted = expect.primary.model_dump(by_alias=True, include={"hard", "trigger", "scope", "debtor", "creditor"})
        judged |= {key: (primary or {}).get(key) == value for key, value in wanted.items() if value is not None}
        if expect.place is not None:
            judged["place"] = _cites((primary or {}).get("place"), expect.place)
    if expect.readings:
        judged["readings"] = all(
            any(_same_period(wanted, got) for got in reading["readings"]) for wanted in expect.readings
        )
    return judged | {
        key: _DOCUMENT_FIELDS[key](wanted, reading[key])
        for key in _DOCUMENT_FIELDS
        if (wanted := getattr(expect, key)) not in {None, ()}
    }


def invents_a_deadline(case: Case, reading: Reading) -> bool:
    """Whether the reading states a hard number that the text does not give: the worst error there is."""
    got, wanted = reading["primary"], case.expect.primary
    if got is None or got["amount"] is None or not got["hard"]:
        return False
    return wanted is None or wanted.hard is False or not _same_period(wanted, got)


def _deadline_is_right(expect: Expectation, primary: Reading | None) -> bool:
    if expect.none:
        return primary is None
    if expect.without_value:
        return primary is None or primary["amount"] is None
    return expect.primary is not None and primary is not None and _same_period(expect.primary, primary)


def _same_period(wanted: Period, got: Reading) -> bool:
    if (wanted.unit, wanted.amount) != (got["unit"], got["amount"]):
        return False
    return wanted.phrase is None or _same_words(wanted.phrase, got["phrase"])


def _same_words(wanted: str, got: str | None) -> bool:
    """Either may quote a word more or less than the other ("promptly", "promptly and without undue delay")."""
    return bool(got) and (folded(wanted) in folded(str(got)) or folded(str(got)) in folded(wanted))


def _cites(place: str | None, number: str) -> bool:
    """Whether the place names that number, not a longer one: "8" is in "Art. 8" and "§ 8 (1)", not in "8.2" or "18"."""
    return re.search(rf"(?<![\w.]){re.escape(number)}(?!\w|\.\w)", place or "") is not None


def _law_is_right(wanted: str, got: str | None) -> bool:
    """The country decides; a subdivision (`US-NY`) is not judged."""
    return got is None if wanted == "none" else (got or "").startswith(wanted)


def _all_are_held(wanted: Sequence[str], got: Sequence[str]) -> bool:
    return all(any(folded(words) in folded(exclusion) for exclusion in got) for words in wanted)


_DOCUMENT_FIELDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "contents": lambda wanted, got: set(wanted) == set(got),
    "languages": lambda wanted, got: set(wanted) == set(got),
    "governing_law": _law_is_right,
    "notifies_authority_itself": lambda wanted, got: wanted == bool(got),
    "exclusions": _all_are_held,
    "channel": lambda wanted, got: folded(wanted) in folded(got or ""),
}
