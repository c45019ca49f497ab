"""What the notice must hold, how it comes, and what is left out of the promise: read around the readings."""

import re
from collections.abc import Iterator

from playbooks.reader.phrases import Hit, Phrases
from playbooks.reader.reading import BREACH, FULL_REPORT, Found, Reading
from playbooks.reader.statements import Statement

ART_33_3 = (
    "nature", "data_categories", "subject_categories", "subjects_count", "records_count", "contact_point",
    "likely_consequences", "measures",
)  # fmt: skip
"""What Art. 33(3) GDPR asks of a notification, in its order: the names of the public interface.

`nature` is the facts `breach_types` and `description`, `measures` is `measures_remedy`.
"""

_REACH = 14
_MOST = 24
"""Around so many readings contents and exclusions are looked for: no contract has more, a hostile file may."""
_JUST_BEFORE = 2
_BESIDE = 120
_IDLE = 4
_LONGEST = 300
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_TO_ADDRESS = 40


def contents_of(statements: list[Statement], readings: list[Reading], primary: Reading | None) -> tuple[Found, ...]:
    """Return what the notice must hold, in the order of Art. 33(3) GDPR, then what more is asked for."""
    found: dict[str, Found] = {}
    for reading in _telling(statements, readings, primary):
        for statement, hit in _contents_after(reading, statements):
            for kind in ART_33_3 if hit.kind == "by_reference" else (hit.kind,):
                found.setdefault(kind, _found(statement, hit, kind))
    order = {kind: at for at, kind in enumerate(ART_33_3)}
    return tuple(sorted(found.values(), key=lambda one: order.get(one.value, len(order))))


def channel_of(statements: list[Statement], reading: Reading | None) -> Found | None:
    """Return by which means the notice comes, in the file's words."""
    if reading is None:
        return None
    for statement in _after(reading, statements):
        if not (statement.duties or statement.index == reading.paragraph):
            continue
        hit = statement.lex.channel.first(statement.words, statement.own)
        address = _ADDRESS.search(statement.words, hit.end if hit else statement.own)
        if hit and address and address.start() - hit.end <= _TO_ADDRESS:
            hit = Hit("", hit.start, address.end())
        if hit is None and address:
            hit = Hit("", *address.span())
        if hit:
            return _found(statement, hit, " ".join(statement.words[hit.start : hit.end].split()))
    return None


def exclusions_of(statements: list[Statement], readings: list[Reading]) -> tuple[Found, ...]:
    """Return the sentences around the readings that take incidents out of the promise."""
    sections = {(one.section, one.paragraph) for one in readings[:_MOST] if one.applies_to == BREACH}
    found: dict[tuple[int, int], Found] = {}
    for statement in statements:
        near = any(
            section == statement.paragraph.section and -_JUST_BEFORE <= statement.index - at <= _REACH
            for section, at in sections
        )
        events = [
            one
            for one in statement.events
            if one.kind in {"breach", "described", "weak"} and one.start >= statement.own
        ]
        hit = statement.lex.unsuccessful.first(statement.words, statement.own) if near and events else None
        if hit and any(abs(one.start - hit.start) <= _BESIDE for one in events):
            end = min(len(statement.words), statement.own + _LONGEST)
            whole = _found(statement, Hit("", statement.own, end), "")
            found[whole.span] = Found(whole.matched, whole.place, whole.span, whole.matched)
    return tuple(found.values())


def _telling(statements: list[Statement], readings: list[Reading], primary: Reading | None) -> list[Reading]:
    """Return the readings around which contents are looked for: the first, and those under a heading about breaches."""
    headed = {one.paragraph.section for one in statements if one.under_breach_heading}
    near = [one for one in readings if one.applies_to in {BREACH, FULL_REPORT} and one.section in headed]
    return [primary, *(one for one in near if one is not primary)][:_MOST] if primary else near[:_MOST]


def _contents_after(reading: Reading, statements: list[Statement]) -> Iterator[tuple[Statement, Hit]]:
    idle, last = 0, reading.paragraph
    for statement in _after(reading, statements):
        lex = statement.lex
        if statement.foreign:
            continue
        introduced = lex.introduced.first(statement.words)
        kept = []
        if introduced:
            start = max(introduced.start, statement.own)
            kept = [hit for kind, phrases in lex.contents.items() if (hit := _first(phrases, kind, statement, start))]
        yield from ((statement, one) for one in kept)
        if statement.index != last:
            idle = 0 if kept or statement.paragraph.lead else idle + 1
            last = statement.index
        if idle >= _IDLE:
            return


def _first(phrases: Phrases, kind: str, statement: Statement, start: int) -> Hit | None:
    """Return the first words for one thing to be told, those left out that only look like it."""
    return next((hit for hit in phrases.hits(statement.words, start) if hit.kind == kind), None)


def _after(reading: Reading, statements: list[Statement]) -> Iterator[Statement]:
    """Yield the sentences from a reading on, under the same heading and not far from it."""
    lead = next((one.paragraph.lead for one in statements if one.index == reading.paragraph), ())
    for statement in statements:
        paragraph = statement.paragraph
        if lead and paragraph.lead == lead and statement.index != reading.paragraph:
            continue  # another item of the list that the reading is an item of
        near = paragraph.section == reading.section and 0 <= statement.index - reading.paragraph <= _REACH
        if near and statement.span(statement.own, len(statement.words))[1] >= reading.span[0]:
            yield statement


def _found(statement: Statement, hit: Hit, value: str) -> Found:
    matched = " ".join(statement.text.quoted(hit.start, hit.end).split())
    return Found(value, statement.place, statement.span(hit.start, hit.end), matched)
