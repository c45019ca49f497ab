"""What the tests of the CNIL sheet read it by."""

from typing import Any

from incident.notices.notice import Item, Notice
from models.incident import Incident
from models.organisation import Organisation
from tests.test_incident.draft_examples import RICH, drafts


def sheet(what: dict[str, Any] | Incident, us: Organisation | None = None, **wanted: Any) -> Notice:
    """Return the one sheet for the CNIL."""
    (notice,) = drafts("cnil", what, us, **wanted)
    return notice


def items(notice: Notice) -> dict[str, Item]:
    """Return the questions by number."""
    return {item.number: item for item in notice.items}


def ticked(item: Item) -> list[str]:
    """Return the labels that are ticked."""
    return [tick.label for tick in item.ticks if tick.ticked]


def with_facts(**facts: Any) -> dict[str, Any]:
    """Return the rich record with some facts changed."""
    return {**RICH, "facts": {**RICH["facts"], **facts}}
