"""Which drafts fit an incident, to whom they go, and in which languages they can be written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from incident.errors import BadInput
from incident.notices.compose import DraftRequest, compose
from incident.notices.notice import Notice
from incident.notices.sources import languages_of
from incident.notices.subjects import MINORS, SUBSCRIBERS, has_minors
from models.conditions import public_instead
from models.duties import duties_for
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules


@dataclass(frozen=True, slots=True)
class Choice:
    """A draft that can be written now.

    Attributes:
        request: what `compose` is asked.
        recipients: the name of each recipient, and the language that its draft would be in.
        variant: which version of its kind it is, where there are several.
    """

    request: DraftRequest
    recipients: tuple[tuple[str, str], ...]
    variant: str | None = None


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
    for request in _requests(incident, rules, organisation):
        try:
            notices = compose(request, incident, rules, organisation, now, folder)
        except BadInput as error:
            refused |= dict.fromkeys(error.lines)
            continue
        own = tuple((notice.recipient, notice.language) for notice in notices)
        variant = notices[0].variant
        fitting.append(Choice(request, own, variant))
        for language in _languages(notices[0], rules, folder):
            recipients = tuple((recipient, language) for recipient, _ in own)
            if recipients != own:
                fitting.append(Choice(replace(request, languages=(language,)), recipients, variant))
    return Choices(tuple(fitting), tuple(refused))


def _requests(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[DraftRequest]:
    """Yield every draft that there might be; of the authorities, the one of the settings comes first."""
    yield DraftRequest("vendor")
    yield DraftRequest("controller")
    authorities = sorted(rules.authorities, key=lambda one: one != organisation.authority)
    yield from (DraftRequest("authority", authority=one) for one in authorities[:1])
    yield from _to_people(incident, rules, organisation)
    yield from (DraftRequest("authority", authority=one) for one in authorities[1:])
    yield DraftRequest("register")


def _to_people(incident: Incident, rules: Rules, organisation: Organisation) -> Iterator[DraftRequest]:
    """Yield the letter to the people concerned, and the versions of it that the incident calls for."""
    yield DraftRequest("subjects")
    if has_minors(incident) and not public_instead(incident):
        yield DraftRequest("subjects", readers=MINORS)
    if any(duty.recipient == "subscribers" for duty in duties_for(incident, rules, organisation)):
        yield DraftRequest("subjects", regime=SUBSCRIBERS)


def _languages(notice: Notice, rules: Rules, folder: Path | None) -> Iterator[str]:
    form = rules.authorities.get(notice.authority or "")
    for language in languages_of(notice.template, folder):
        if form is None or language in form.languages:
            yield language
