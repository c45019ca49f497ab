"""What was read out of a contract, key by key: each with the words it rests on, to be compared one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from incident.playbook_pages.contract import DOCUMENT, HOLDS, LEFT_OUT, MISSING, OTHERS, TOLD, term_words
from incident.playbook_pages.layout import Paragraph, paragraph
from incident.playbook_pages.words import SCOPE_WORDS, TRIGGER_WORDS
from playbooks.reader.gaps import NO_CLAUSE
from playbooks.reader.reading import Candidate, ContractReading, Found, Reading

NOT_TAKEN = "Weighed and not taken"
NO_WORDS = "no words of the document say it"
MOST = 100
"""How many keys one heading has at most: no contract has more, a hostile file may."""

_PARTIES = {"vendor": "the vendor", "customer": "its customer"}


@dataclass(frozen=True, slots=True)
class ContractKey:
    """One thing that a contract says of breaches, or does not say.

    Attributes:
        heading: what it belongs to.
        place, span, matched: where it stands, and the file's own words; None and empty where no words say it.
        confidence: `high`, `medium` or `low`; None where the reader does not judge how sure it is.
        why: what it rests on, one sentence each.
    """

    heading: str
    name: str
    said: str
    place: str | None = None
    span: tuple[int, int] | None = None
    matched: str = ""
    confidence: str | None = None
    why: tuple[str, ...] = ()


def contract_keys(reading: ContractReading) -> tuple[ContractKey, ...]:
    """Return all that was read, in the order of the contract's page, then the times that were not taken and why."""
    further = (one for one in reading.readings if one is not reading.primary)
    refused = (one for one in reading.candidates if not one.taken)
    return (
        *_primary(reading),
        *(_of_reading(OTHERS, "also", _other_words(one), one) for one in islice(further, MOST)),
        *map(_content, islice(reading.contents, MOST)),
        *(_of_words(LEFT_OUT, "exclusion", one.value, one) for one in islice(reading.exclusions, MOST)),
        *_document(reading),
        *(ContractKey(MISSING, "gap", one) for one in islice(_further_gaps(reading), MOST)),
        *map(_not_taken, islice(refused, MOST)),
    )


def verdict_words(reading: ContractReading) -> str:
    """Say in a few words by when the vendor tells its customer, or that no clause says so."""
    return term_words(reading.primary) if reading.primary else NO_CLAUSE


def key_page(key: ContractKey) -> Iterator[Paragraph]:
    """Write one key in full: what it says, where, how sure that is, and why."""
    yield from paragraph(f"{key.name}: {key.said}")
    if key.span is None:
        yield from paragraph(NO_WORDS if key.heading != MISSING and key.said != NO_CLAUSE else "", "  ")
        return
    yield from paragraph(f"{key.place}: “{key.matched}”", "  ", "    ")
    if key.confidence is not None:
        yield from paragraph(f"confidence {key.confidence}", "  ")
    for why in key.why:
        yield from paragraph(f"– {why}", "  ", "    ")


def _primary(reading: ContractReading) -> Iterator[ContractKey]:
    one = reading.primary
    if one is None:
        yield ContractKey(TOLD, "deadline", NO_CLAUSE)
        return
    yield _of_reading(TOLD, "deadline", term_words(one), one)
    yield _of_reading(TOLD, "promise", _promise_words(one), one)
    yield _of_reading(TOLD, "from", TRIGGER_WORDS[one.trigger], one)
    yield _of_reading(TOLD, "covers", SCOPE_WORDS[one.scope], one)
    yield _of_reading(TOLD, "who", f"{_PARTIES[one.teller]} → {_PARTIES[one.told]}", one)
    yield _of_reading(TOLD, "for", one.applies_to, one)
    yield _perhaps(TOLD, "channel", reading.channel)


def _content(one: Found) -> ContractKey:
    return _of_words(HOLDS, one.value.replace("_", " "), f"“{one.matched}”", one)


def _promise_words(one: Reading) -> str:
    if one.amount is None:
        return "soft words: no number is promised" if one.phrase else "none: no time is given"
    return "hard: the number is a promise" if one.hard else "best effort: the number is an aim"


def _other_words(one: Reading) -> str:
    return f"{term_words(one)}; for {one.applies_to}; {_PARTIES[one.teller]} → {_PARTIES[one.told]}"


def _document(reading: ContractReading) -> Iterator[ContractKey]:
    yield _perhaps(DOCUMENT, "law", reading.governing_law)
    yield _perhaps(DOCUMENT, "mailbox", reading.contact)
    yield _perhaps(DOCUMENT, "version", reading.version)
    yield _perhaps(DOCUMENT, "dated", reading.dated)
    yield _perhaps(DOCUMENT, "prevails", reading.prevailing_language)
    towards = reading.notifies_authority_itself
    if towards is None:
        yield ContractKey(DOCUMENT, "authority", "nothing is said of telling authorities or data subjects itself")
    else:
        does = "does so itself" if towards.value == "true" else "must not by itself"
        said = f"telling authorities or data subjects: the vendor {does}"
        yield _of_words(DOCUMENT, "authority", said, towards)


def _further_gaps(reading: ContractReading) -> Iterator[str]:
    """Return what is missing, but for the clause itself: that is said first."""
    return (gap for gap in reading.gaps if gap != NO_CLAUSE)


def _of_reading(heading: str, name: str, said: str, one: Reading) -> ContractKey:
    return ContractKey(heading, name, said, one.place, one.span, one.matched, one.confidence, one.why)


def _of_words(heading: str, name: str, said: str, found: Found) -> ContractKey:
    return ContractKey(heading, name, said, found.place, found.span, found.matched)


def _perhaps(heading: str, name: str, found: Found | None) -> ContractKey:
    return _of_words(heading, name, found.value, found) if found else ContractKey(heading, name, "not found")


def _not_taken(one: Candidate) -> ContractKey:
    return ContractKey(NOT_TAKEN, "time", f"“{one.matched}”", one.place, one.span, one.matched, None, (one.reason,))
