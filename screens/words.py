"""The English words for facts, their options and moments, as the forms and lists on screen use them."""

from pathlib import Path
from zoneinfo import ZoneInfo

from incident.errors import BadInput
from models.dossier import RecordedFact
from models.moments import MomentName
from models.values import value_words

LONGEST = 200
"""More characters of one value than a list or a form says: its editor and the journal have it whole."""

MOMENT_WORDS = {
    MomentName.OCCURRED_FROM: "the breach began",
    MomentName.OCCURRED_TO: "the breach ended",
    MomentName.DETECTED: "first signs were seen",
    MomentName.SUSPECTED: "first suspicion",
    MomentName.VENDOR_AWARE: "the vendor became aware",
    MomentName.VENDOR_TOLD_US: "the vendor's notice reached us",
    MomentName.AWARE: "we became aware: reasonable certainty that personal data were compromised",
    MomentName.INCIDENT_AWARE: "we became aware of the significant incident or attack",
    MomentName.CLASSIFIED: "the incident was classified",
    MomentName.MEASURE_AVAILABLE: "a corrective measure was available",
    MomentName.CONTAINED: "contained",
    MomentName.RESOLVED: "resolved",
}


def fact_words(fact: str, playbooks: Path | None) -> str:
    """Say a fact by its name; the user's own labels come before ours."""
    return _label(playbooks, "facts", fact) or fact.replace("_", " ")


def option_words(fact: str, option: str, playbooks: Path | None) -> str:
    """Say one option of a fact."""
    return _label(playbooks, "options", fact, option) or option.replace("_", " ")


def _label(playbooks: Path | None, *path: str) -> str | None:
    """Return a label; a user's file that cannot be read is told elsewhere, and never keeps a form from opening."""
    from incident.notices.labels import labels_in

    try:
        labels = labels_in("en", playbooks)
        return labels.text(*path) if labels.has(*path) else None
    except BadInput:
        return None


def recorded_words(fact: str, recorded: RecordedFact, zone: ZoneInfo, playbooks: Path | None) -> str:
    """Say one recorded value, as much of it as a line or two bear, with its certainty and source."""
    from incident.notices.labels import labels_in
    from incident.notices.wording import Wording

    certainty = recorded.certainty.replace("-", " ")
    aside = ", ".join(_bounded(part) for part in (certainty, recorded.source, recorded.why) if part)
    if recorded.value is None or not recorded.answers:
        return aside
    try:
        said = Wording("en", labels_in("en", playbooks), zone).answer(fact, recorded.value)
    except BadInput:
        said = value_words(recorded.value)
    return f"{_bounded(said)} ({aside})"


def _bounded(said: str) -> str:
    return f"{said[:LONGEST]}…" if len(said) > LONGEST else said
