"""The JSON of `incident playbooks read FILE --json`: a shape that scripts rely on. More keys may come."""

from typing import Any

from playbooks.reader.contents import ART_33_3
from playbooks.reader.reading import Candidate, ContractReading, Found, Reading


def contract_document(reading: ContractReading, *, explained: bool) -> dict[str, Any]:
    """Return what was read out of a contract; `explained` adds every candidate and why it was taken or not."""
    towards_authority = reading.notifies_authority_itself
    document: dict[str, Any] = {
        "document": reading.document,
        "languages": list(reading.languages),
        "primary": _reading(reading.primary) if reading.primary else None,
        "readings": [_reading(one) for one in reading.readings],
        "contents": [one.value for one in reading.contents if one.value in ART_33_3],
        "further_contents": [one.value for one in reading.contents if one.value not in ART_33_3],
        "exclusions": [one.value for one in reading.exclusions],
        "channel": _value(reading.channel),
        "notifies_authority_itself": towards_authority is not None and towards_authority.value == "true",
        "authority_told_by_customer_only": towards_authority is not None and towards_authority.value == "false",
        "governing_law": _value(reading.governing_law),
        "contact": _value(reading.contact),
        "version": _value(reading.version),
        "dated": _value(reading.dated),
        "prevailing_language": _value(reading.prevailing_language),
        "gaps": list(reading.gaps),
    }
    return document | ({"candidates": [_candidate(one) for one in reading.candidates]} if explained else {})


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "amount": one.amount,
        "phrase": one.phrase,
        "hard": one.hard,
        "trigger": one.trigger,
        "scope": one.scope,
        "from": one.teller,
        "to": one.told,
        "applies_to": one.applies_to,
        "place": one.place,
        "span": list(one.span),
        "matched": one.matched,
        "confidence": one.confidence,
        "language": one.language,
        "why": list(one.why),
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "place": one.place,
        "span": list(one.span),
        "matched": one.matched,
        "taken": one.taken,
        "reason": one.reason,
    }


def _value(found: Found | None) -> str | None:
    return found.value if found else None
