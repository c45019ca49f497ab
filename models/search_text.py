"""What a search looks in: everything that a person or a script recorded of an incident in words."""

from collections.abc import Mapping
from typing import Any

from models.dossier import RecordedFact
from models.incident import AddedDuty, Incident
from models.values import value_words

FIGURES = frozenset({"value", "min", "max", "unknown"})
"""The keys of a count: it says how many, and holds no word to search for."""

Pieces = list[str | None]
"""Words as they were recorded; None or empty where nothing was."""


def search_text(incident: Incident, vendor: str | None) -> str:
    """Return the reference, and everything recorded in words, each piece once, on a line of its own.

    What was recorded otherwise since is there too: earlier values of a fact, decisions reassessed, duties dropped.
    A piece that has line breaks keeps them.

    Args:
        vendor: the name of the party that owes us notice, as its playbook has it.
    """
    pieces = [*_of_parties(incident, vendor), *_of_facts(incident.facts), *_of_events(incident)]
    return "\n".join([incident.reference, *dict.fromkeys(piece for piece in pieces if piece)])


def _of_parties(incident: Incident, vendor: str | None) -> Pieces:
    """What the incident is called, who takes part in it, and what it belongs to."""
    pieces: Pieces = [incident.external_ref, incident.title, incident.summary, vendor]
    if incident.subprocessor:
        pieces.append(incident.subprocessor.name)
    pieces += (*incident.tags, *incident.links, *incident.regimes, *incident.sectors)
    for customer in incident.customers:
        pieces += (customer.name, customer.id, customer.contact, *_of_facts(customer.facts))
    return pieces


def _of_facts(facts: Mapping[str, tuple[RecordedFact, ...]]) -> Pieces:
    pieces: Pieces = []
    for history in facts.values():
        for fact in history:
            pieces += (*_words(fact.value), fact.why, fact.source)
    return pieces


def _of_events(incident: Incident) -> Pieces:
    """What was said of moments, notes, notifications, files, decisions, duties added, of closing and reopening."""
    pieces: Pieces = []
    for stated in incident.moments.values():
        for one in stated:
            pieces += (one.why, one.correcting, one.source)
    for note in incident.notes:
        pieces += (note.text, note.party, note.channel)
    for filing in incident.filings:
        pieces += (filing.to, filing.channel, filing.reference, filing.because, filing.evidence)
    for attached in incident.attachments:
        pieces += (attached.name, attached.about)
    for decision in incident.decisions:
        pieces += (decision.because, decision.by, decision.dpo_advice)
    for exemption in incident.exemptions:
        pieces += (exemption.relied.law, exemption.because, exemption.by, exemption.dpo_advice)
    for added in incident.added_duties:
        pieces += _of_duty(added)
    for closing in incident.closings:
        pieces.append(closing.because)
    return [*pieces, *incident.reopenings]


def _of_duty(added: AddedDuty) -> Pieces:
    said = [added.body.get(key) for key in ("title", "from", "to", "source", "place")]
    return [*said, added.body.get("period", {}).get("phrase"), added.dropped]


def _words(value: Any) -> tuple[str, ...]:
    """Return a fact's value in words, a list's one by one; nothing for a figure, for yes and no, or no value."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(value_words(one) for one in value)
    is_count = isinstance(value, dict) and not FIGURES.isdisjoint(value)
    return () if is_count or isinstance(value, bool) else (value_words(value),)
