"""What adopting a vendor's playbook changes, as a page and for a script."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from incident.adoption import Effect, Proposal
from incident.playbook_pages.changes import changes_in_words, touched_in_words, worded
from incident.playbook_pages.layout import Paragraph, paragraph, section
from incident.playbook_pages.overview import term_words
from incident.playbook_pages.value_words import value_words
from models.clocks import Clock
from models.moments import utc_text

SAME = "It says what the playbook in force says."
NONE_TOUCHED = "No deadline of an open incident moves."


def adoption_page(proposal: Proposal, effect: Effect) -> Iterator[Paragraph]:
    """Write what a proposal would change: against the playbook in force, and in the open incidents."""
    playbook = proposal.playbook
    yield from paragraph(f"{playbook.name} · vendor {playbook.id}: {term_words(playbook)}")
    for document in playbook.documents:
        yield from paragraph(f"from {value_words(document)}", "  ", "      ")
    yield from paragraph(f"SHA-256 {proposal.sha256}", "  ")
    if effect.before is None:
        yield from paragraph("No playbook of this id is in force yet: it is new.", "  ")
    elif effect.changes:
        yield from section("What changes in the contract", changes_in_words(effect.changes))
    else:
        yield from paragraph(SAME, "  ")
    if effect.touched:
        yield from section("Open incidents whose deadlines change", touched_in_words(effect.touched))
    else:
        yield from paragraph(NONE_TOUCHED, "  ")


def adoption_document(proposal: Proposal, effect: Effect, confirmed_by: str | None) -> dict[str, Any]:
    """Return `incident playbooks adopt FILE --json`.

    Args:
        confirmed_by: who confirms it now; None in a rehearsal.
    """
    known = effect.confirmation
    return {
        "playbook": proposal.playbook.id,
        "sha256": proposal.sha256,
        "known": effect.before is not None,
        "adopted": known is not None or confirmed_by is not None,
        "confirmed_by": known.confirmed_by if known else confirmed_by,
        "changes": [_change(change.path, *worded(change)) for change in effect.changes],
        "incidents": [
            {
                "incident": one.incident.reference,
                "ref": one.incident.external_ref,
                "deadlines": [
                    {
                        "duty": deadline.duty,
                        "before": _clock(deadline.before),
                        "after": _clock(deadline.after),
                        "moved_seconds": None if deadline.moved is None else int(deadline.moved.total_seconds()),
                    }
                    for deadline in one.deadlines
                ],
            }
            for one in effect.touched
        ],
    }


def _change(path: tuple[str, ...], before: str | None, after: str | None) -> dict[str, Any]:
    return {"path": list(path), "before": before, "after": after}


def _clock(clock: Clock | None) -> dict[str, Any] | None:
    if clock is None:
        return None
    return {
        "period": clock.period.words() if clock.period else None,
        "due_at": _instant(clock.due_at),
        "latest_at": _instant(clock.latest_at),
        "state": clock.state.value,
    }


def _instant(at: datetime | None) -> str | None:
    return utc_text(at) if at else None
