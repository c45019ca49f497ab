"""What one notification still lacks: each field its recipient requires, how it stands, and whether it may follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.dossier import ALTERNATIVE, RecordedFact, completeness
from models.duty import Duty
from models.incident import Incident, Note
from models.vocabulary import Certainty


class FieldState(StrEnum):
    """How a required field stands."""

    ANSWERED = "answered"
    ESTIMATED = "estimated"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    MISSING = "missing"

    @property
    def answers(self) -> bool:
        """True where there is something to say."""
        return self not in {FieldState.UNKNOWN, FieldState.MISSING}


_STATES = {
    None: FieldState.MISSING,
    Certainty.KNOWN: FieldState.ANSWERED,
    Certainty.ESTIMATED: FieldState.ESTIMATED,
    Certainty.UNKNOWN: FieldState.UNKNOWN,
    Certainty.NOT_APPLICABLE: FieldState.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class RequiredField:
    """One field that a recipient requires.

    Attributes:
        name: a fact, alternatives joined by `|`, or the number of a form's question.
        label: the form's own words; empty where it is a fact.
        facts: the facts that answer it; empty where settings or dates do.
        blocking: wanted at once; else it may follow in a later notification (Art. 33(4) GDPR), as what nobody knows
            yet may.
        asked: the last note by which somebody was asked for it.
    """

    name: str
    label: str
    facts: tuple[str, ...]
    state: FieldState
    blocking: bool
    asked: Note | None


@dataclass(frozen=True, slots=True)
class NotificationFile:
    """How far one notification can be filled in.

    Attributes:
        form: the id of the authority's form whose questions the fields are; None where they are facts.
        fault: why its form cannot be gone by; empty where it can, or where there is none.
    """

    duty: Duty
    form: str | None
    fields: tuple[RequiredField, ...]
    fault: str = ""

    @property
    def open(self) -> tuple[RequiredField, ...]:
        """The fields without an answer, what is wanted at once first."""
        lacking = [field for field in self.fields if not field.state.answers]
        return tuple(sorted(lacking, key=lambda field: not field.blocking))

    @property
    def blocking(self) -> int:
        """How many fields without an answer are wanted at once."""
        return sum(field.blocking for field in self.open)


def field_state(certainty: Certainty | None) -> FieldState:
    """Return how a field stands by the certainty of its answer; None for no answer."""
    return _STATES[certainty]


def file_by_facts(duty: Duty, facts: Mapping[str, RecordedFact], incident: Incident) -> NotificationFile:
    """Hold the facts against what the law or the contract wants in one notification.

    Args:
        facts: the current facts that this recipient may be told.
    """
    required = tuple(dict.fromkeys((*duty.requires, *duty.promised)))
    fields = (
        RequiredField(
            name=one.fact,
            label="",
            facts=tuple(one.fact.split(ALTERNATIVE)),
            state=field_state(one.certainty),
            blocking=one.fact not in duty.may_follow and one.certainty is not Certainty.UNKNOWN,
            asked=incident.asked_for(one.fact.split(ALTERNATIVE)),
        )
        for one in completeness(required, facts).requirements
    )
    return NotificationFile(duty, None, tuple(fields))
