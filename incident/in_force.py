"""The rules in force: the settings and playbooks that the journal says clocks are reckoned under.

The files on disk are a staging area. When they change, the next command records them in the journal; from
then on every client of the store reckons by them, and an old answer can be given again under the old ones.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from incident import VERSION
from incident.errors import BadInput
from incident.settings import read_organisation
from incident.staged import Staged
from models.circumstances import circumstances, turning_days
from models.duties import duties_for
from models.duty import Duty
from models.incident import Incident
from models.journal import Entry, EntryKind, NewEntry
from models.organisation import Organisation
from models.playbook import Rules
from playbooks.loader import rules_from_texts
from playbooks.texts import PlaybookError

MANY = 4096
"""Circumstances whose duties are kept in mind; with more, the mind is emptied."""


@dataclass(frozen=True)
class InForce:
    """Settings and playbooks as they stand in the journal, and the version of the program that read them.

    Attributes:
        texts: the playbook files by relative name.
        assumed: the proposed law that is reckoned under for planning, by regime id.
    """

    settings: Mapping[str, Any]
    texts: Mapping[str, str]
    program: str
    assumed: str | None = None
    _duties: dict[Hashable, tuple[Duty, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def organisation(self) -> Organisation:
        """Who we are."""
        return Organisation.model_validate(self.settings)

    @cached_property
    def rules(self) -> Rules:
        """The playbooks, read."""
        return replace(rules_from_texts(self.texts), assumed=self.assumed)

    def duties_of(self, incident: Incident) -> tuple[Duty, ...]:
        """Return every duty that bears on an incident; those of incidents in like circumstances are named once."""
        alike = circumstances(incident, self._turning_days)
        found = self._duties.get(alike)
        if found is None:
            found = duties_for(incident, self.rules, self.organisation)
            if alike is not None:
                if len(self._duties) >= MANY:
                    self._duties.clear()
                self._duties[alike] = found
        return found

    @cached_property
    def _turning_days(self) -> tuple[date, ...]:
        return turning_days(self.rules)

    def assuming(self, regime: str) -> "InForce":
        """Return the same with a proposed law in place of the one it would change, for planning.

        Raises:
            BadInput: no playbook in force holds that proposal.
        """
        proposals = [one.id for one in self.rules.regimes.values() if one.applies == "assumed"]
        if regime not in proposals:
            raise BadInput(f"--assume {regime}: it is one of {', '.join(proposals) or '(no proposal is known)'}")
        return replace(self, assumed=regime)


def read_staged(staged: Staged) -> InForce:
    """Read what is staged on disk.

    Raises:
        BadInput: a fault in the settings or in a playbook, with file and key.
    """
    organisation = read_organisation(staged.settings, staged.settings_file)
    try:
        rules_from_texts(staged.texts)
    except PlaybookError as error:
        raise BadInput(f"{staged.playbooks}: {error}") from None
    return InForce(organisation.model_dump(mode="json"), staged.texts, VERSION)


def recorded(entries: Iterable[Entry]) -> InForce | None:
    """Return what the journal's rules entries put in force, or None where there are none."""
    settings: Mapping[str, Any] | None = None
    texts: dict[str, str] = {}
    program = ""
    for entry in entries:
        body = entry.body or {}
        settings = body.get("settings", settings)
        texts |= body.get("playbooks", {})
        for name in body.get("removed", ()):
            texts.pop(name, None)
        program = body.get("program", program)
    return None if settings is None else InForce(settings, texts, program)


def change(before: InForce | None, after: InForce, adopted: Mapping[str, Any] | None = None) -> NewEntry | None:
    """Return the entry that puts `after` in force where `before` was, holding only what changed, or None.

    Args:
        adopted: who confirmed which of the files, to be recorded with them (`incident.adoption`).
    """
    old_texts = before.texts if before else {}
    body: dict[str, Any] = {}
    if before is None or before.settings != after.settings:
        body["settings"] = after.settings
    changed = {name: text for name, text in after.texts.items() if old_texts.get(name) != text}
    removed = sorted(set(old_texts) - set(after.texts))
    body |= {"playbooks": changed} if changed else {}
    body |= {"removed": removed} if removed else {}
    body |= {"program": after.program} if before is None or before.program != after.program else {}
    body |= {"adopted": adopted} if adopted else {}
    return NewEntry(None, EntryKind.RULES, body) if body else None


def differing(before: InForce, after: InForce) -> tuple[str, ...]:
    """Name for people what differs between two states of the rules: the settings by their keys, playbooks by file."""
    keys = [key for key in {*before.settings, *after.settings} if before.settings.get(key) != after.settings.get(key)]
    settings = (f"settings ({', '.join(sorted(keys))})",) if keys else ()
    names = sorted(name for name in {*before.texts, *after.texts} if before.texts.get(name) != after.texts.get(name))
    return (*settings, *(name if name in after.texts else f"{name} (removed)" for name in names))
