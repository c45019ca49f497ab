"""The facts of one incident in the JSON of the public face: as they stand, as they stood, and who asks for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.dossier import RecordedFact
from models.incident import Note
from models.moments import utc_text
from models.notification_file import NotificationFile
from playbooks.facts import fact_hooks


def fact_document(fact: RecordedFact) -> dict[str, Any]:
    """Return one value of a fact, as somebody recorded it."""
    return {
        "value": fact.value,
        "certainty": fact.certainty.value,
        "source": fact.source,
        "why": fact.why,
        "recorded_at": utc_text(fact.recorded_at),
        "by": fact.actor,
    }


def history_document(facts: Mapping[str, tuple[RecordedFact, ...]]) -> dict[str, Any]:
    """Return every value of each fact, in the order recorded: the last one is the one that stands."""
    return {name: [fact_document(one) for one in recorded] for name, recorded in facts.items()}


def hooks_document(facts: Iterable[str]) -> dict[str, Any]:
    """Return what kind of value each fact takes, and the law or form that asks for it."""
    return {name: _hook(name) for name in facts}


def completeness_document(files: Iterable[NotificationFile]) -> list[dict[str, Any]]:
    """Return how far each notification that is still owed can be filled in, field by field."""
    return [
        {
            "duty": file.duty.id,
            "recipient": file.duty.creditor,
            "form": file.form,
            "fault": file.fault or None,
            "fields": [
                {
                    "field": field.name,
                    "label": field.label or None,
                    "facts": list(field.facts),
                    "state": field.state.value,
                    "blocking": field.blocking,
                    "asked": _asked(field.asked) if field.asked else None,
                }
                for field in file.fields
            ],
        }
        for file in files
    ]


def _asked(note: Note) -> dict[str, Any]:
    return {"party": note.party, "at": utc_text(note.at), "channel": note.channel}


def _hook(name: str) -> dict[str, Any]:
    hooks = fact_hooks()
    asked_by = hooks.citations(name)[0]
    return {
        "kind": hooks.of(name).kind.value,
        "document": asked_by.document,
        "place": asked_by.place,
        "confidence": asked_by.confidence.value,
        "checked_on": asked_by.checked_on.isoformat() if asked_by.checked_on else None,
    }
