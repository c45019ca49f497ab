"""What lies on disk beside the record: the settings and the playbook files, unjudged.

It is a staging area: `in_force` reads it, and the journal says what of it is in force.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from incident import VERSION
from incident.errors import BadInput
from incident.holiday_table import installed_table
from incident.settings import settings_text
from incident.store.protocol import ROW_FORM
from models.journal import canonical
from playbooks.texts import FOLDERS, PlaybookError, overlaid_texts


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
        """What a board is made under: the form of its rows, and a hash of all that a clock depends on.

        That is the program, its table of public holidays, the settings and the playbooks.
        """
        made_under = [VERSION, installed_table(), self.settings, dict(self.texts)]
        return f"{ROW_FORM}:{sha256(canonical(made_under)).hexdigest()}"


def has_our_rows(fingerprint: str | None) -> bool:
    """True where the board that bears a fingerprint holds rows in the form in which this program makes them."""
    return fingerprint is not None and fingerprint.startswith(f"{ROW_FORM}:")


def staged(settings_file: Path, playbooks: Path) -> Staged:
    """Read the files on disk, unjudged.

    Raises:
        BadInput: a playbook file that is none: a link, too large, or not text.
    """
    try:
        return Staged(settings_file, settings_text(settings_file), overlaid_texts(playbooks))
    except PlaybookError as error:
        raise BadInput(str(error)) from None


def staging_mark(settings_file: Path, playbooks: Path) -> tuple[object, ...]:
    """Return what differs once a file that `staged` reads was changed, added or removed; none of them is opened."""
    files = [settings_file]
    for folder in FOLDERS:
        with suppress(OSError):
            files += sorted((playbooks / folder).glob("*.toml"))
    return tuple(_mark(file) for file in files)


def _mark(file: Path) -> tuple[object, ...]:
    try:
        found = file.lstat()
    except OSError as error:
        return file, error.errno
    return file, found.st_mtime_ns, found.st_size, found.st_ino
