"""What a person must look at before a letter to the people concerned goes out."""

from collections.abc import Iterable, Iterator

from incident.notices.case import Case
from incident.notices.notice import Section
from incident.notices.people import planned, touched, vague
from incident.notices.seen import FREE_TEXTS, Seen
from incident.notices.wording import Wording
from models.clocks import Clock
from models.conditions import EXEMPTIONS
from models.vocabulary import Risk, Role, SubjectsInformedStatus


def subject_checks(case: Case, wording: Wording) -> Iterator[str]:
    """Yield what bears on whether Art. 34 GDPR wants these people told, and by us."""
    decision, facts = case.incident.decision, case.incident.current_facts()
    if case.incident.role is Role.JOINT_CONTROLLER:
        yield wording.phrase("check_joint")
    if decision is None:
        yield wording.phrase("check_high_risk_undecided")
    elif decision.breach and decision.risk is not Risk.HIGH:
        yield wording.phrase("check_not_high")
    status, reason = facts.get("subjects_informed_status"), facts.get("not_informed_reason")
    nobody = status is not None and status.value == SubjectsInformedStatus.NOT_INFORMED
    if nobody and reason is not None and reason.value in EXEMPTIONS:
        yield wording.phrase("check_exempt", ground=wording.option("not_informed_reason", reason.value))


def subscriber_checks(clocks: Iterable[Clock], wording: Wording) -> Iterator[str]:
    """Yield what bears on whether Art. 3 of Regulation 611/2013 wants these people told so."""
    if not any(clocks):
        yield wording.phrase("check_no_such_duty", law=wording.law("eprivacy-611-subscribers"))
    yield wording.phrase("check_annex")


def word_checks(seen: Seen, sections: Iterable[Section], wording: Wording, plain: str) -> Iterator[str]:
    """Yield what is to be read again, or said in other words.

    Args:
        plain: the phrase that asks for the language these readers need.
    """
    items = [item for section in sections for item in section.items]
    shown = [item.field for item in items]
    removed = [wording.fact(name) for name in shown if name in seen.hidden]
    if removed:
        yield wording.phrase("check_removed", facts=wording.listed(removed))
    free = [item for item in items if item.field in FREE_TEXTS and item.field != "contact_point"]
    written = [item.label for item in free if item.answered]
    if written:
        yield wording.phrase(plain, facts=wording.listed(written))
    unsaid = [wording.fact(name) for name in shown if name in vague(seen.facts)]
    if unsaid:
        yield wording.phrase("check_vague", facts=wording.listed(unsaid))
    if any(field.startswith("advice.") for field in shown):
        yield wording.phrase("check_advice")


def channel_checks(case: Case, wording: Wording) -> Iterator[str]:
    """Yield by which channels this must not go out, as far as the data affected show; none is ever called safe."""
    facts = case.incident.current_facts()
    data, doubtful = touched(facts)
    yield wording.phrase("check_channel_separate")
    if data:
        names = wording.listed(wording.option("data_categories", one) for one in data)
        channels = wording.listed(wording.option("informed_channels", one) for one in doubtful)
        yield wording.phrase("check_channel_touched", facts=names, channels=channels)
    used = planned(facts, doubtful)
    if used:
        listed = wording.listed(wording.option("informed_channels", one) for one in used)
        yield wording.phrase("check_channel_planned", channels=listed)
