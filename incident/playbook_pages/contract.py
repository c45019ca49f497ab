"""What was read out of a contract, as a page: the clock first, then what the notice holds, then what is missing."""

from collections.abc import Iterator

from incident.playbook_pages.layout import Paragraph, item, labelled, paragraph, section
from incident.playbook_pages.words import SCOPE_WORDS, TRIGGER_WORDS
from playbooks.reader.gaps import NO_CLAUSE
from playbooks.reader.reading import ContractReading, Found, Reading

UNCONFIRMED = "Read by rules, not by a lawyer: nothing of it is in force. Compare each reading with its clause."

TOLD = "The vendor tells its customer of a breach"
OTHERS = "Other readings"
HOLDS = "The notice holds"
LEFT_OUT = "Left out"
DOCUMENT = "The document"
MISSING = "Missing"


def contract_page(reading: ContractReading, *, explained: bool) -> Iterator[Paragraph]:
    """Write the page of one contract; `explained` adds every candidate and why it was taken or not."""
    yield from paragraph(f"{reading.document} ({', '.join(reading.languages)})")
    yield from paragraph(UNCONFIRMED)
    yield from section(TOLD, _primary(reading))
    further = [one for one in reading.readings if one is not reading.primary]
    yield from section(OTHERS, (line for one in further for line in _short(one)))
    yield from section(HOLDS, (line for one in reading.contents for line in _found(one)))
    yield from section(LEFT_OUT, (line for one in reading.exclusions for line in item(one.place, one.value)))
    yield from section(DOCUMENT, _document(reading))
    yield from section(MISSING, (line for gap in reading.gaps for line in paragraph(gap, "  ", "    ")))
    if explained:
        yield from section("Every candidate", _candidates(reading))


def _primary(reading: ContractReading) -> Iterator[Paragraph]:
    one = reading.primary
    if one is None:
        yield from paragraph(f"{NO_CLAUSE}.", "  ")
        return
    yield from paragraph(f"{one.place}: “{one.matched}”", "  ", "      ")
    yield from labelled("deadline", term_words(one))
    yield from labelled("from", TRIGGER_WORDS[one.trigger])
    yield from labelled("covers", SCOPE_WORDS[one.scope])
    yield from labelled("channel", reading.channel.value if reading.channel else "not named")
    yield from labelled("confidence", one.confidence)
    for why in one.why:
        yield from labelled("why", why)


def term_words(one: Reading) -> str:
    """Say a reading's time so that nobody takes an aim or soft words for a date."""
    if one.amount is None:
        return f"“{one.phrase}”: no number, so no date" if one.phrase else "no time is given"
    counted = f"{one.amount} {one.unit.replace('-', ' ')}"
    return counted if one.hard else f"{counted}, as an aim only: no date"


def _short(one: Reading) -> Iterator[Paragraph]:
    yield from item(
        f"{one.place}: “{one.matched}”", f"{term_words(one)}; for {one.applies_to}; confidence {one.confidence}"
    )


def _found(one: Found) -> Iterator[Paragraph]:
    yield from paragraph(f"{one.value}: “{one.matched}”", "  ", "      ")


def _document(reading: ContractReading) -> Iterator[Paragraph]:
    towards = reading.notifies_authority_itself
    for label, found in (
        ("law", reading.governing_law),
        ("mailbox", reading.contact),
        ("version", reading.version),
        ("dated", reading.dated),
        ("prevails", reading.prevailing_language),
    ):
        if found:
            yield from labelled(label, f"{found.value} ({found.place})")
    if towards:
        does = "does so itself" if towards.value == "true" else "must not by itself"
        yield from labelled("authority", f"telling authorities or data subjects: the vendor {does} ({towards.place})")


def _candidates(reading: ContractReading) -> Iterator[Paragraph]:
    for one in reading.candidates:
        yield from item(f"{'taken' if one.taken else 'not taken'}: “{one.matched}”, {one.place}", one.reason)
