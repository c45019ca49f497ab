"""How sure a playbook is of itself: how many of its facts nobody has seen in their source."""

from collections.abc import Iterator
from typing import Any

from models.playbook import Playbook
from models.vocabulary import Confidence


def doubts(playbook: Playbook) -> int:
    """Count the facts of a playbook that were inferred or are still to be confirmed."""
    return sum(found != Confidence.CHECKED for found in _confidences(playbook.model_dump(mode="json")))


def _confidences(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("confidence") is not None:
            yield part["confidence"]
        for value in part.values():
            yield from _confidences(value)
    elif isinstance(part, list):
        for value in part:
            yield from _confidences(value)
