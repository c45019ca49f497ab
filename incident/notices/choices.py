"""Which drafts fit an incident, to whom they go, and in which languages they can be written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from incident.errors import BadInput
from incident.notices.compose import DraftRequest, compose
from incident.notices.sources import languages_of
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules


@dataclass(frozen=True, slots=True)
class Choice:
    """A draft that can be written now.

    Attributes:
        request: what `compose` is asked.
        recipients: the name of each recipient, and the language that its draft would be in.
    """

    request: DraftRequest
    recipients: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be written of an incident: first each recipient in its own language, then the others.

    Attributes:
        refused: why there is no draft of the other kinds, in words for a person.
    """

    fitting: tuple[Choice, ...]
    refused: tuple[str, ...]


def choices(
    incident: Incident, rules: Rules, organisation: Organisation, now: datetime, folder: Path | None = None
) -> Choices:
    """Return the drafts that fit an incident at `now` (UTC); arguments are those of `compose`."""
    fitting: list[Choice] = []
    refused: dict[str, None] = {}
    for request in _requests(rules, organisation):
        try:
            notices = compose(request, incident, rules, organisation, now, folder)
        except BadInput as error:
            refused |= dict.fromkeys(error.lines)
            continue
        own = tuple((notice.recipient, notice.language) for notice in notices)
        fitting.append(Choice(request, own))
        for language in _languages(request, rules, folder):
            recipients = tuple((recipient, language) for recipient, _ in own)
            if recipients != own:
                fitting.append(Choice(DraftRequest(request.kind, (language,), request.authority), recipients))
    return Choices(tuple(fitting), tuple(refused))


def _requests(rules: Rules, organisation: Organisation) -> Iterator[DraftRequest]:
    """Yield every draft that there might be; of the authorities, the one of the settings comes first."""
    yield DraftRequest("vendor")
    yield DraftRequest("controller")
    for authority in sorted(rules.authorities, key=lambda one: one != organisation.authority):
        yield DraftRequest("authority", authority=authority)
    yield DraftRequest("register")


def _languages(request: DraftRequest, rules: Rules, folder: Path | None) -> Iterator[str]:
    form = rules.authorities.get(request.authority or "")
    for language in languages_of(request.kind, folder):
        if form is None or language in form.languages:
            yield language
