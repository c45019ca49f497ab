"""What lies on disk beside the record: the settings and the playbook files, unjudged.

It is a staging area: `in_force` reads it, and the journal says what of it is in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from incident import VERSION
from incident.errors import BadInput
from incident.settings import settings_text
from models.journal import canonical
from playbooks.texts import PlaybookError, overlaid_texts


@dataclass(frozen=True)
class Staged:
    """What lies on disk: the settings' text (None without a file) and the playbook files, the user's over ours."""

    settings_file: Path
    settings: str | None
    texts: Mapping[str, str]

    @property
    def playbooks(self) -> Path:
        """The folder of the user's own playbooks, whether or not it exists."""
        return self.settings_file.parent / "playbooks"

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything a clock depends on but the incident: settings, playbooks, program."""
        return sha256(canonical([VERSION, self.settings, dict(self.texts)])).hexdigest()


def staged(settings_file: Path, playbooks: Path) -> Staged:
    """Read the files on disk, unjudged.

    Raises:
        BadInput: a playbook file that is none: a link, too large, or not text.
    """
    try:
        return Staged(settings_file, settings_text(settings_file), overlaid_texts(playbooks))
    except PlaybookError as error:
        raise BadInput(str(error)) from None
