"""Answers about the decision on the risk, and about telling the people concerned (Art. 34 GDPR)."""

from dataclasses import replace

from incident.notices.filling import Filling
from incident.notices.notice import Item
from models.vocabulary import Certainty, Risk, SubjectsInformedStatus

STATUS = SubjectsInformedStatus


def risk(_: str, filling: Filling) -> Item:
    """Answer with the risk that a person decided on."""
    decision = filling.case.incident.decision
    return filling.key(decision.risk.value) if decision and decision.risk else filling.missing()


def high_risk(_: str, filling: Filling) -> Item:
    """Yes or no where a person has decided on the risk."""
    decision = filling.case.incident.decision
    if decision is None or decision.risk is None:
        return filling.missing()
    return filling.yes() if decision.risk is Risk.HIGH else filling.no()


def risk_reasons(_: str, filling: Filling) -> Item:
    """Answer with the reasons of the decision, then those of the severity."""
    decision, severity = filling.case.incident.decision, filling.fact("severity_reason")
    lines = [decision.because] if decision and decision.because else []
    lines += [filling.labelled(severity)] if isinstance(severity.value, str) else []
    return filling.known("\n".join(lines), "\n".join(lines)) if lines else filling.missing()


def communication(_: str, filling: Filling) -> Item:
    """Answer with the communication to the people, and where there is none, on which of two grounds.

    `not_informed_no_high_risk`, or `not_informed_exempted` for a ground of Art. 34(3). Another reason is shown
    beside the question, for a person to judge.
    """
    status, reason = filling.fact("subjects_informed_status"), filling.fact("not_informed_reason")
    if status.value != STATUS.NOT_INFORMED:
        return status
    if reason.value == "no_high_risk":
        return replace(status, value="not_informed_no_high_risk")
    if str(reason.value).startswith("art34_3"):
        return replace(status, value="not_informed_exempted")
    beside = [status.text, *([filling.labelled(reason)] if reason.answered else [])]
    return replace(filling.missing(), remarks=tuple(beside))


def communication_and_risk(_: str, filling: Filling) -> Item:
    """Answer with the communication to the people, told apart by whether the risk was decided to be high.

    Not telling people of a high risk is no answer that a form offers: a person says why.
    """
    status, decision = filling.fact("subjects_informed_status"), filling.case.incident.decision
    if status.value not in (STATUS.INFORMED, STATUS.NOT_INFORMED):
        return status
    if decision is None or decision.risk is None:
        return replace(filling.missing(), remarks=(status.text,))
    if decision.risk is not Risk.HIGH:
        return replace(status, value=f"{status.value}_no_high_risk")
    if status.value == STATUS.INFORMED:
        return replace(status, value="informed_high_risk")
    return replace(filling.missing(), remarks=(status.text,))


def all_informed(_: str, filling: Filling) -> Item:
    """Answer whether everybody was told, where both numbers are exact."""
    told, concerned = filling.fact("informed_count"), filling.fact("subjects_count")
    if not (told.certainty is concerned.certainty is Certainty.KNOWN):
        return filling.missing()
    if not (told.value and concerned.value and "value" in told.value and "value" in concerned.value):
        return filling.missing()
    return filling.key("all" if told.value["value"] >= concerned.value["value"] else "not_all")
