"""Composing drafts: which recipients, in which language, with what may be said to them. Nothing is sent.

One file for each kind of draft: `controller`, `vendor`, `authority`, `subjects`, `register_entry`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from incident.errors import BadInput
from incident.notices import authority, controller, register_entry, subjects, vendor
from incident.notices.case import Case
from incident.notices.notice import Notice, Phase
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules

KINDS = ("controller", "vendor", "authority", "cnil", "subjects", "register")
"""The kinds of draft that exist; `cnil` is short for `authority` with that authority."""


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What draft a person wants.

    Attributes:
        kind: one of `KINDS`.
        languages: each gives a draft; without any, the recipient's own language decides.
        authority: the id of an authority's file, for the kind `authority`.
        phase: one of `Phase`; without any, what was notified before decides.
        regime: the law under which data subjects are told, for the kind `subjects`: one of `subjects.REGIMES`.
        readers: whom it is written for, for the kind `subjects`: one of `subjects.READERS`, or everybody.
    """

    kind: str
    languages: tuple[str, ...] = ()
    authority: str | None = None
    phase: str | None = None
    regime: str | None = None
    readers: str | None = None


def compose(
    request: DraftRequest,
    incident: Incident,
    rules: Rules,
    organisation: Organisation,
    now: datetime,
    folder: Path | None = None,
) -> list[Notice]:
    """Compose the drafts that a request asks for: one for each recipient and language.

    Args:
        now: the instant at which facts and clocks are judged (UTC).
        folder: the user's playbooks, whose templates and labels come before ours.

    Raises:
        BadInput: a kind, phase, language or authority that does not exist, or a draft that our role does not owe.
    """
    if request.kind not in KINDS:
        raise BadInput(f"no draft of the kind {request.kind!r} yet: there are {', '.join(KINDS)}")
    phase = _phase(request.phase)
    if incident.personal_data is False and request.kind != register_entry.KIND and phase is not Phase.WITHDRAWAL:
        raise BadInput(
            f"{incident.reference} is recorded as a security incident without personal data: nobody is owed notice; "
            f"if that is not sure: incident set {incident.reference} personal_data=unknown"
        )
    case = Case(incident, rules, organisation, now, folder)
    match request.kind:
        case "controller":
            return controller.letters(case, request.languages, phase)
        case "register":
            return register_entry.entries(case, request.languages, phase)
        case "vendor":
            return vendor.letters(case, request.languages, phase)
        case "subjects":
            return subjects.letters(case, request.languages, phase, request.regime, request.readers)
        case "cnil":
            if request.authority not in {None, "cnil"}:
                raise BadInput(f"cnil is one authority and {request.authority} another; ask for one of them")
            return authority.sheets(case, "cnil", request.languages, phase)
        case _:
            return authority.sheets(case, request.authority, request.languages, phase)


def _phase(phase: str | None) -> Phase | None:
    if phase is None:
        return None
    if phase not in set(Phase):
        raise BadInput(f"no phase is called {phase!r}: --phase is {', '.join(Phase)}")
    return Phase(phase)
