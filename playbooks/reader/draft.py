"""A vendor playbook drafted from a reading: TOML to review, the reasons as comments beside each key."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import wrap

from playbooks.reader.gaps import NO_CLAUSE
from playbooks.reader.reading import BREACH, Candidate, ContractReading, Found, Reading

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_FACTS = {
    "nature": ("breach_types", "description"),
    "data_categories": ("data_categories",),
    "subject_categories": ("subject_categories",),
    "subjects_count": ("subjects_count",),
    "records_count": ("records_count",),
    "contact_point": ("contact_point",),
    "likely_consequences": ("likely_consequences",),
    "measures": ("measures_remedy",),
    "incident_cause": ("incident_cause",),
    "occurred": ("date_comments",),
}
_COMMENT = 116
_OTHER_TERMS = 20


def vendor_id(name: str) -> str:
    """Return the id that a playbook made from a file of this name has: `Acme DPA.pdf` gives `acme-dpa`."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem)[:60].strip("-") or "vendor"


def drafted(reading: ContractReading, playbook: str, today: date) -> str:
    """Return the TOML of a vendor playbook; every fact in it is `unconfirmed` until a person has looked.

    Args:
        playbook: the id it is to have, which its file must be named after.
        today: the day on which the document was read.
    """
    return "\n".join(_lines(reading, playbook, today)) + "\n"


def _lines(reading: ContractReading, playbook: str, today: date) -> Iterator[str]:
    yield from _comment(
        f"Drafted from {reading.document}. A draft: compare every key with the document, then set its confidence"
    )
    yield from _comment(
        "to checked (read there) or inferred (your reading). Nothing here is in force before it is adopted."
    )
    yield ""
    yield f"id = {_text(playbook)}"
    yield 'kind = "vendor"'
    yield 'review = "compare every key with the document, then take this line out"'
    yield f"name = {_text(playbook)}  # the vendor's name"
    yield 'does = "To be written: what it does for us."'
    yield ""
    yield "[[documents]]"
    yield 'id = "contract"'
    yield f"title = {_text(reading.document)}"
    yield f"language = {_text(reading.languages[0])}"
    yield from _optional("version", reading.version)
    yield from _optional("dated", reading.dated)
    yield f"checked_on = {today.isoformat()}"
    if reading.prevailing_language:
        yield f"note = {_text(f'Where languages differ, the text in {reading.prevailing_language.value!r} prevails.')}"
    if reading.primary is None:
        yield from ("", *_comment(f"{NO_CLAUSE}: without undue delay. Look whether another document holds the clause."))
    else:
        yield from _duty(reading.primary, None, reading)
        for at, further in enumerate(_further(reading), start=2):
            yield from _duty(further, f"clause-{at}", reading)
    yield from _rest(reading)


def _duty(one: Reading, clause: str | None, reading: ContractReading) -> Iterator[str]:
    yield ""
    yield from _comment(
        f"{one.place}: {one.matched!r} (characters {one.span[0]} to {one.span[1]}; confidence {one.confidence})"
    )
    for why in one.why:
        yield from _comment(f"- {why}")
    yield "[[duties]]"
    if clause:
        yield f"clause = {_text(clause)}"
        yield f"about = {_text(f'of {one.applies_to}' if one.applies_to != BREACH else 'of the breach')}"
    yield f'trigger = "{one.trigger}"'
    yield f'scope = "{one.scope}"'
    if one.hard:
        yield f'period = {{ unit = "{one.unit}", amount = {one.amount} }}'
    elif one.amount is not None:
        yield "# An aim, so no clock: put the number here if you read it as a promise."
        yield f'period = {{ unit = "soft", phrase = {_text(one.matched)} }}'
    else:
        yield f'period = {{ unit = "soft", phrase = {_text(one.phrase or "no time is given")} }}'
    if clause is None and reading.channel:
        yield f"channel = {_text(reading.channel.value)}  # {_flat(reading.channel.place)}"
    yield f"source = {_source(one.place)}"
    if clause is None:
        for content in reading.contents:
            yield from ("", "[[duties.contents]]", f"text = {_text(content.matched)}")
            if facts := _FACTS.get(content.value):
                yield f"facts = {json.dumps(facts)}"
            yield f"source = {_source(content.place)}"


def _rest(reading: ContractReading) -> Iterator[str]:
    if towards := reading.notifies_authority_itself:
        does = (
            "may not tell authorities or data subjects by itself"
            if towards.value == "false"
            else "tells authorities or data subjects itself"
        )
        yield from (
            "",
            "[[constraints]]",
            'topic = "Authorities and data subjects"',
            f"text = {_text(f'The vendor {does}: look at the words.')}",
        )
        if towards.value == "false":
            yield from ('limits = "telling-others"', 'binds = "vendor"')
        yield f"source = {_source(towards.place)}"
    for exclusion in reading.exclusions:
        yield from ("", "[[constraints]]", 'topic = "Left out of the promise"', f"text = {_text(exclusion.value)}")
        yield f"source = {_source(exclusion.place)}"
    if contact := reading.contact:
        yield from (
            "",
            "[[contacts]]",
            'role = "data protection"',
            f"email = {_text(contact.value)}",
            'use = "for questions about a breach"',
        )
        yield f"source = {_source(contact.place)}"
    if law := reading.governing_law:
        yield from (
            "",
            *_comment(f"{law.place}: {law.matched!r} ({law.value})"),
            "[governing_law]",
            f"law = {_text(law.value[:2])}",
        )
        yield from ('covers = "the document"', f"source = {_source(law.place)}")
    for gap in reading.gaps:
        yield from ("", "[[gaps]]", f"missing = {_text(gap)}", 'ask = "To be written: what to ask the vendor."')
    for term in _other_terms(reading.candidates):
        yield from (
            "",
            "[[other_terms]]",
            f"term = {_text(term.matched)}",
            f"about = {_text(term.reason)}",
            f"source = {_source(term.place)}",
        )


def _further(reading: ContractReading) -> list[Reading]:
    """Return the other readings that name another time than the first: each is a clock of its own."""
    seen = {(reading.primary.unit, reading.primary.amount, reading.primary.applies_to)} if reading.primary else set()
    further = []
    for one in reading.readings:
        key = (one.unit, one.amount, one.applies_to)
        if key not in seen and (one.amount is not None or one.applies_to != BREACH):
            seen.add(key)
            further.append(one)
    return further


def _other_terms(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in candidates if not one.taken and any(map(str.isdigit, one.matched))][:_OTHER_TERMS]


def _optional(key: str, found: Found | None) -> Iterator[str]:
    if found:
        yield f"{key} = {_text(found.value)}"


def _source(place: str) -> str:
    return f'{{ document = "contract", place = {_text(place)}, confidence = "unconfirmed" }}'


def _text(words: str) -> str:
    return json.dumps(_flat(words) or "-", ensure_ascii=False)


def _comment(words: str) -> Iterator[str]:
    yield from wrap(_flat(words), _COMMENT, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def _flat(words: str) -> str:
    """Return words on one line, with nothing that acts or hides: they come from a stranger's file."""
    return " ".join(_CONTROL.sub(" ", words).split())
