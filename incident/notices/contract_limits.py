"""What a contract says of the letters about a breach: whom to tell, in what form, and what may be passed on.

A draft cites the clause; what it says stands in the playbook's own words, for the person who sends the letter.
"""

from collections.abc import Collection, Iterator
from typing import Literal

from incident.notices.notice import Reference
from incident.notices.wording import Wording
from models.playbook import VendorPlaybook
from models.sourced import Source
from models.vocabulary import Confidence

TELLING_OTHERS = "telling-others"
FORM = "form"
CONFIDENTIALITY = "confidentiality"
EVERY_LIMIT = frozenset({TELLING_OTHERS, FORM, CONFIDENTIALITY})
ON_PASSING_ON = frozenset({TELLING_OTHERS, CONFIDENTIALITY})
"""The limits that reach beyond the two parties of a contract: what one heard from the other and tells a third."""


def cited(playbook: VendorPlaybook, source: Source) -> Reference:
    """Return a place in one of a playbook's documents as a notice cites it."""
    return Reference(playbook.document(source.document).title, source.place, source.confidence is Confidence.CHECKED)


def clauses(playbook: VendorPlaybook | None, limit: str, party: Literal["vendor", "customer"]) -> tuple[Reference, ...]:
    """Return where a contract sets a limit to one of its parties; nothing without a contract."""
    if playbook is None:
        return ()
    return tuple(
        cited(playbook, one.source) for one in playbook.constraints if one.limits == limit and one.is_on(party)
    )


def limit_checks(
    playbook: VendorPlaybook | None, limits: Collection[str], us: Literal["vendor", "customer"], wording: Wording
) -> Iterator[str]:
    """Yield each clause that limits what we write, as one of the contract's parties, and to whom."""
    if playbook is None:
        return
    for one in playbook.constraints:
        if one.limits in limits and one.is_on(us):
            yield _check("check_limit", playbook, one.source, one.text, wording)


def own_notice_checks(playbook: VendorPlaybook | None, wording: Wording) -> Iterator[str]:
    """Yield each right of the vendor to tell others past its customer: the letter speaks of just that."""
    if playbook is None:
        return
    for one in playbook.own_notices:
        yield _check("check_own_notice", playbook, one.source, one.text, wording)


def channel_checks(playbook: VendorPlaybook | None, wording: Wording) -> Iterator[str]:
    """Yield how the contract wants its notices sent, where no clause of their form says more."""
    if playbook is None or any(one.limits == FORM for one in playbook.constraints):
        return
    for duty in playbook.duties:
        if duty.channel:
            yield _check("check_channel", playbook, duty.source, duty.channel, wording)


def _check(phrase: str, playbook: VendorPlaybook, source: Source, text: str, wording: Wording) -> str:
    reference = cited(playbook, source)
    doubt = "" if reference.confirmed else wording.phrase("to_be_confirmed")
    return wording.phrase(phrase, document=reference.document, place=reference.place + doubt, text=text)
