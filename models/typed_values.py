"""Values of facts as people type them, and back: counts, and lists with one item a line.

Reading checks the shape only; whether a value may stand in the record is for the record's own validation to say.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from models.moments import shortened

COUNT_EXAMPLES = "1200, ~1200 (about), 5000-9000, 5000- (at least), ? (not known)"
"""What can be typed, for the refusal."""

COUNT_HINT = "1200, ~1200, 5000-9000, 5000-, ?"
PARTY_SEPARATOR = ";"
PARTY_KEYS = ("name", "role", "contact")

_NUMBER = r"[0-9]{1,3}(?:[ '\u00a0\u202f\u2019.,][0-9]{3})+|[0-9]+"
_COUNT = re.compile(
    rf"(?P<about>~|≈|about |ca\.? ?)?\s*(?P<least>{_NUMBER})?\s*(?P<to>-|–|\.\.|to )?\s*(?P<most>{_NUMBER})?"
)


class TypedValueError(ValueError):
    """A value that cannot be read; the message says what to write instead."""


def read_typed_count(text: str) -> dict[str, Any]:
    """Read a count: a number, about a number, a range, at least, at most, or not known.

    Digits may be grouped by threes with a space, a point, a comma or an apostrophe.

    Raises:
        TypedValueError: it is none of these.
    """
    typed = text.strip().lower()
    if typed in {"?", "unknown", "not known"}:
        return {"unknown": True}
    found = _COUNT.fullmatch(typed)
    if found is None or not (found["least"] or found["most"]) or (found["most"] and not found["to"]):
        raise TypedValueError(f"{shortened(text.strip())!r} is no count; write {COUNT_EXAMPLES}")
    bounds = {key: _number(found[part]) for key, part in (("min", "least"), ("max", "most")) if found[part]}
    count = bounds if found["to"] else {"value": bounds["min"]}
    return count | ({"approximate": True} if found["about"] else {})


def typed_count(count: Mapping[str, Any]) -> str:
    """Write a count as `read_typed_count` reads it."""
    if count.get("unknown"):
        return "?"
    about = "~" if count.get("approximate") else ""
    if "value" in count:
        return f"{about}{count['value']}"
    return f"{about}{count.get('min', '')}-{count.get('max', '')}"


def read_typed_lines(text: str) -> list[str]:
    """Read a list: one item a line, empty lines left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def typed_lines(items: Sequence[str]) -> str:
    """Write a list as `read_typed_lines` reads it."""
    return "\n".join(items)


def read_typed_counts(text: str) -> dict[str, dict[str, Any]]:
    """Read counts by country: `FR 1200`, one a line.

    Raises:
        TypedValueError: a line is no country with a count, or a country is there twice.
    """
    counts: dict[str, dict[str, Any]] = {}
    for line in read_typed_lines(text):
        country, _, count = line.partition(" ")
        if not count.strip():
            raise TypedValueError(f"{shortened(line)!r}: write a country and a count, such as FR 1200")
        if country.upper() in counts:
            raise TypedValueError(f"{country.upper()} is there twice")
        counts[country.upper()] = read_typed_count(count)
    return counts


def typed_counts(counts: Mapping[str, Mapping[str, Any]]) -> str:
    """Write counts by country as `read_typed_counts` reads them."""
    return "\n".join(f"{country} {typed_count(count)}" for country, count in counts.items())


def read_typed_parties(text: str) -> list[dict[str, str]]:
    """Read other parties: `name; role; contact`, one a line, what is not known left out.

    Raises:
        TypedValueError: a line has no name, or more parts than that.
    """
    parties = []
    for line in read_typed_lines(text):
        parts = [part.strip() for part in line.split(PARTY_SEPARATOR, len(PARTY_KEYS) - 1)]
        if not parts[0]:
            raise TypedValueError(f"{shortened(line)!r}: a party needs a name: name; role; contact")
        parties.append({key: part for key, part in zip(PARTY_KEYS, parts, strict=False) if part})
    return parties


def typed_parties(parties: Sequence[Mapping[str, Any]]) -> str:
    """Write other parties as `read_typed_parties` reads them."""
    lines = ((str(party.get(key) or "") for key in PARTY_KEYS) for party in parties)
    return "\n".join(f"{PARTY_SEPARATOR} ".join(line).rstrip(f"{PARTY_SEPARATOR} ") for line in lines)


def _number(text: str) -> int:
    return int("".join(character for character in text if character.isdigit()))
