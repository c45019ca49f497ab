"""What an entry of the register says in words, beside its questions and answers (Art. 33(5) GDPR)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whom the law wants told of the breach, and what became of it, in the words of an entry.

    Attributes:
        owed: False where it was decided that nothing is owed.
        undecided: it depends on a decision that nobody has taken yet.
        depends: on what, as `Condition.needs` says it; empty where it depends on nothing.
        due, done, late: as of `Term`.
    """

    to: str
    duty: str
    owed: bool
    undecided: bool
    depends: str
    due: str
    done: str
    late: str


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification that was recorded, in the words of an entry.

    Attributes:
        status: a key of `FilingStatus`.
        to: whom it went to: who was named, else whom the duty names.
        complete: True where nothing was left to follow.
    """

    at: str
    to: str
    status: str
    complete: bool
    reference: str
    channel: str
    because: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, in the words of an entry.

    Attributes:
        outcome: a key of `Risk`, or `not-a-breach`.
        dpo_advice: what the data protection officer advised; empty where nothing was recorded.
    """

    at: str
    outcome: str
    by: str
    because: str
    dpo_advice: str


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What an entry of the register says beside its questions and answers (Art. 33(5) GDPR).

    Attributes:
        keeper: our organisation.
        role: a key of `Role`: Art. 33(5) GDPR binds controllers; a processor's record is its own.
        listed: it counts in the register: a personal data breach of ours that was not decided to be none.
        personal_data: None while nobody knows whether personal data are affected.
        closed: the incident was closed.
        reasons_given: the reasons recorded with notifications, where the file holds none for the delay.
        decisions: every decision, in order: the last one stands.
        authorities, subjects: whom the law wants told; `notifications`: every one that was recorded, in order.
    """

    keeper: str
    role: str
    listed: bool
    personal_data: bool | None
    closed: bool
    reasons_given: str
    decisions: tuple[Decided, ...]
    authorities: tuple[Told, ...]
    subjects: tuple[Told, ...]
    notifications: tuple[Notification, ...]
