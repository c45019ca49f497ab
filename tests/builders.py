"""Incidents for tests, built as the program builds them: journal entries, replayed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from models.incident import Incident
from models.journal import Entry, EntryKind
from models.organisation import Organisation
from models.playbook import Rules
from models.record import read_record
from models.replay import replay
from playbooks.loader import rules_from_texts
from playbooks.texts import shipped_texts

OPENED = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
"""When an incident's first entry was recorded, unless a test says otherwise."""


def incident(
    record: Mapping[str, Any],
    *bodies: tuple[EntryKind, Mapping[str, Any]],
    zone: str = "UTC",
    opened: datetime = OPENED,
    reference: str = "INC-2026-0001",
) -> Incident:
    """Replay an incident: a record as a script hands it in, then one entry per body, a minute apart."""
    first = (EntryKind.OPENED, {"record": read_record(dict(record), ZoneInfo(zone))})
    return replay(entries([first, *bodies], opened, reference))


def entries(
    bodies: Iterable[tuple[EntryKind, Mapping[str, Any]]],
    opened: datetime = OPENED,
    reference: str = "INC-2026-0001",
) -> list[Entry]:
    """Return journal entries of one incident, a minute apart."""
    return [
        Entry(
            sequence=at + 1,
            id=f"entry-{at + 1}",
            incident=reference,
            kind=kind,
            actor="anna",
            recorded_at=opened + timedelta(minutes=at),
            stated_now=None,
            body=body,
        )
        for at, (kind, body) in enumerate(bodies)
    ]


def recorded(changes: Mapping[str, Any], **said: Any) -> tuple[EntryKind, dict[str, Any]]:
    """Return an entry that records facts and moments, already normalised."""
    return EntryKind.RECORDED, {"changes": dict(changes), **said}


def sent(duty: str, at: str, **said: Any) -> tuple[EntryKind, dict[str, Any]]:
    """Return an entry that records a notification made."""
    return EntryKind.NOTIFIED, {"duty": duty, "at": at, **said}


def decided(risk: str | None = None, *, breach: bool = True, **said: Any) -> tuple[EntryKind, dict[str, Any]]:
    """Return an entry that records a decision on the risk, or that there is no breach."""
    return EntryKind.DECIDED, {"breach": breach, "risk": risk, "by": "anna", **said}


@cache
def shipped_rules() -> Rules:
    """Return the playbooks that ship with the program."""
    return rules_from_texts(shipped_texts())


def organisation(**settings: Any) -> Organisation:
    """Return an organisation with everything that forms ask, changed as a test wants it."""
    complete = {
        "name": "Exemple Santé SA",
        "company_number": "123456789",
        "vat_number": "FR00123456789",
        "sector": "Santé humaine et action sociale",
        "size": "250",
        "address": {"street": "1 rue de l'Exemple", "postcode": "75001", "city": "Paris", "country": "FR"},
        "legal_representative": {
            "title": "Madame",
            "name": "Présidence",
            "email": "presidence@sante.example",
        },
        "dpo": {"name": "Service DPO", "email": "dpo@sante.example", "phone": "+33 1 00 00 00 00"},
        "main_establishment": "FR",
        "authority": "cnil",
        "languages": ["fr", "en"],
        "zone": "Europe/Paris",
        "on_call": {
            "security": {"function": "Astreinte sécurité", "email": "soc@sante.example", "phone": "+33 1 00 00 00 01"}
        },
    }
    return Organisation.model_validate(complete | settings)
