"""What may be told to the people concerned, and by which channel: Art. 34(2) GDPR and no more."""

from collections.abc import Mapping
from dataclasses import replace

from incident.notices.case import Case
from incident.notices.hiding import Mask
from incident.notices.seen import Seen, seen_by_people
from incident.notices.wording import Wording
from models.counterparties import vendor_name
from models.dossier import RecordedFact
from models.moments import Moment
from models.vocabulary import Certainty, DataCategory, InformChannel

VAGUE = ("other", "unknown")
"""Options that tell the people nothing about themselves."""

CHANNELS: Mapping[str, tuple[InformChannel, ...]] = {
    DataCategory.CONTACT_EMAIL: (InformChannel.EMAIL,),
    DataCategory.CONTACT_PHONE: (InformChannel.PHONE, InformChannel.SMS),
    DataCategory.CREDENTIALS: (InformChannel.EMAIL, InformChannel.IN_APP),
    DataCategory.COMMUNICATIONS_TRAFFIC: (InformChannel.EMAIL, InformChannel.PHONE, InformChannel.SMS),
}
"""The data that bring a channel into doubt: with them it can be read, entered or imitated."""


def seen_by_subjects(case: Case, wording: Wording) -> Seen:
    """Return the part of an incident that the people concerned may see, whoever takes part in it hidden."""
    incident = case.incident
    behind, others = incident.subprocessor, incident.current_facts().get("other_parties")
    parties = [vendor_name(incident, case.rules), behind.name if behind else None]
    parties += [party.get("name") for party in (others.value if others else None) or ()]
    mask = Mask(wording.phrase("removed_name"), wording.phrase("hidden_figure"))
    return seen_by_people(incident, case.organisation, [name for name in parties if name], mask)


def tellable(facts: Mapping[str, RecordedFact]) -> Mapping[str, RecordedFact]:
    """Return the facts that a letter can tell: no reason why one does not apply, no option that says nothing."""
    told = {name: _tellable(fact) for name, fact in facts.items()}
    return {name: fact for name, fact in told.items() if fact.certainty is not Certainty.NOT_APPLICABLE}


def vague(facts: Mapping[str, RecordedFact]) -> frozenset[str]:
    """Return the facts in which `other` was recorded: the people are to be told what it is."""
    return frozenset(name for name, fact in facts.items() if isinstance(fact.value, list) and "other" in fact.value)


def touched(facts: Mapping[str, RecordedFact]) -> tuple[tuple[str, ...], tuple[InformChannel, ...]]:
    """Return the data categories that bring channels into doubt, and those channels, in the vocabulary's order."""
    recorded = facts.get("data_categories")
    data = tuple(one for one in CHANNELS if recorded is not None and one in (recorded.value or ()))
    doubtful = {channel for one in data for channel in CHANNELS[one]}
    return data, tuple(channel for channel in InformChannel if channel in doubtful)


def planned(facts: Mapping[str, RecordedFact], channels: tuple[InformChannel, ...]) -> tuple[InformChannel, ...]:
    """Return those of the channels by which the people are to be told, as far as that was recorded."""
    recorded = facts.get("informed_channels")
    return tuple(one for one in channels if recorded is not None and one in (recorded.value or ()))


def days(moment: Moment, wording: Wording) -> str:
    """Return a moment as the day it lies on, or the days between which it lies: the hour says nothing to people."""
    first = wording.day(moment.day or moment.at.astimezone(wording.zone))
    last = wording.day(moment.until.astimezone(wording.zone)) if moment.until and not moment.day else first
    return first if first == last else wording.phrase("between", first=first, last=last)


def _tellable(fact: RecordedFact) -> RecordedFact:
    if not isinstance(fact.value, list):
        return fact
    left = [one for one in fact.value if one not in VAGUE]
    return replace(fact, value=left) if left else replace(fact, value=None, certainty=Certainty.UNKNOWN)
