"""Withdrawing a notification: which one, and why; nothing else is told of the incident."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from incident.notices.case import Case
from incident.notices.items import one_line
from incident.notices.notice import Item, Missing, Notice, Section
from incident.notices.wording import Wording
from models.authority import AuthorityPlaybook, FormOption
from models.incident import Filing, Incident
from models.vocabulary import Certainty

KEY = "withdrawal"
"""The neutral key of a form's option for a withdrawal."""

ABOUT_THE_FILING = frozenset({"notification-type", "new-or-follow-up", "completeness", "previous-reference"})
"""What a form's question is answered with that asks which of several notifications this is."""

ASKED = ABOUT_THE_FILING | {"own-reference", "organisation:name"}
"""What a form's question must be answered with to be asked of a withdrawal: which one it is, and who we are."""

WANTED = frozenset({"sender", "recipient", "recipient_contact"})
"""What a letter cannot go out without, whatever it says."""


def withdrawn(notice: Notice, case: Case, told: Sequence[Filing], to_check: Iterable[str], wording: Wording) -> Notice:
    """Return the withdrawal of what a notice would follow, as short as it can be.

    What is withdrawn and why is no answer to a question of a form, and so not among its values.

    Args:
        told: the notifications to the recipient that stand: all of them are withdrawn.
        to_check: what a person must look at before the withdrawal goes out.
    """
    reason = _reason(case.incident, wording)
    items = [*(_notification(filing, wording) for filing in told), reason]
    if notice.sheet:
        items = [replace(item, value=None) for item in items]
    missing = [one for one in notice.missing if one.field in WANTED or one.number]
    if not reason.answered:
        missing.insert(0, Missing(reason.field, reason.label, blocking=True))
    return replace(
        notice,
        sections=(Section("withdrawal", tuple(items)), *(section for section in notice.sections if notice.sheet)),
        missing=tuple(missing),
        to_check=tuple(to_check),
        statement="",
        since=None,
    )


def way_to_withdraw(form: AuthorityPlaybook, wording: Wording) -> Iterator[str]:
    """Say how a form takes a withdrawal where it has no option of its own for one, or none that is sure."""
    options = [option for options in form.options.values() for option in options if option.key == KEY]
    if not options:
        yield wording.phrase("no_way_to_withdraw", authority=form.name)
    elif all(option.nearest for option in options):
        yield wording.phrase("nearest_way_to_withdraw", option=_labels(options, wording))


def _labels(options: Iterable[FormOption], wording: Wording) -> str:
    return wording.listed(dict.fromkeys(option.label for option in options))


def _notification(filing: Filing, wording: Wording) -> Item:
    parts = [wording.instant(filing.at)]
    if filing.channel:
        parts.append(wording.phrase("by_channel", channel=one_line(filing.channel)))
    if filing.reference:
        parts.append(wording.phrase("numbered", reference=one_line(filing.reference)))
    text = wording.listed(parts)
    return Item("withdrawn", wording.phrase("withdrawn_notification"), text, Certainty.KNOWN, value=text)


def _reason(incident: Incident, wording: Wording) -> Item:
    """The recorded reasons for which this is no personal data breach; without them the draft lacks its first part."""
    label, decision = wording.phrase("withdrawal_reason"), incident.decision
    because = decision.because if decision is not None and not decision.breach else None
    if not because:
        return Item("withdrawal_reason", label, wording.phrase("missing"), None)
    return Item("withdrawal_reason", label, because, Certainty.KNOWN, value=because)
