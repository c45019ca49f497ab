"""A value of a vendor's playbook, or an item of one of its lists, said in a line."""

from collections.abc import Callable, Mapping
from typing import Any

from incident.playbook_pages.words import COUNTING_WORDS, TRIGGER_WORDS, term
from models.periods import CountingRule
from models.playbook import (
    Constraint,
    Content,
    ContractDuty,
    Gap,
    GoverningLaw,
    HomeAuthority,
    OtherTerm,
    OwnNotice,
    Subprocessor,
    Suggestion,
    VendorContact,
    VendorFact,
    WorkingTime,
)
from models.sourced import Document, PeriodText, Source


def value_words(value: Any) -> str:
    """Say a value; what has no words of its own is said as it is written."""
    return _WORDS.get(type(value), str)(value)


def _document(document: Document) -> str:
    version = f"version {document.version}" if document.version else "no version"
    dated = f"dated {document.dated}" if document.dated else "no date"
    return f"{document.title}, {version}, {dated}, checked on {document.checked_on}"


def _working_time(working: WorkingTime) -> str:
    said = working.model_dump(mode="json", exclude_defaults=True)
    return ", ".join(f"{key} {one}" for key, one in said.items()) or "as at the incident's place"


_WORDS: Mapping[type, Callable[[Any], str]] = {
    PeriodText: term,
    CountingRule: COUNTING_WORDS.__getitem__,
    Source: lambda one: f"{one.document}, {one.place}, {one.confidence.value}",
    ContractDuty: lambda one: f"{term(one.period)}, {TRIGGER_WORDS[one.trigger]}",
    Content: lambda one: one.text,
    Document: _document,
    WorkingTime: _working_time,
    VendorFact: lambda one: one.text,
    Constraint: lambda one: one.text,
    OwnNotice: lambda one: one.text,
    VendorContact: lambda one: f"{one.role}, {one.use}",
    Subprocessor: lambda one: one.does,
    Suggestion: lambda one: one.text,
    Gap: lambda one: one.ask,
    OtherTerm: lambda one: one.about,
    GoverningLaw: lambda one: f"{one.law}, for {one.covers}",
    HomeAuthority: lambda one: f"{one.authority} ({one.country}), {one.confidence.value}",
    bool: lambda one: "yes" if one else "no",
}
