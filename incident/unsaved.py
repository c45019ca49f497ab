"""What was typed into a form and not saved yet: kept on disk through Escape, a crash or a closed terminal.

One private JSON file per form and incident, in a folder of its own beside the store. It is no record: nothing
reads it but the form it was typed into, and it is gone once the form is saved or what was typed is discarded.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from urllib.parse import quote

from incident.errors import Failure
from models.moments import utc_text

NEW = "new"
"""Stands for the incident in the name of a form that opens one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a form, field by field (plain JSON), and when the last of it was typed (UTC)."""

    at: datetime
    typed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The folder in which unsaved input is kept."""

    folder: Path

    def keep(self, form: str, incident: str | None, typed: Mapping[str, Any], at: datetime) -> None:
        """Keep what stands in a form now, in place of what was kept of it before.

        Raises:
            Failure: it cannot be written; what was kept before is still there.
        """
        place = self._place(form, incident)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, staged = mkstemp(dir=self.folder, prefix=f".{place.name}.")  # mkstemp makes it 0600
            try:
                with os.fdopen(handle, "w", encoding="ascii") as stream:
                    json.dump({"at": utc_text(at), "typed": typed}, stream)
                Path(staged).replace(place)
            except BaseException:
                with suppress(OSError):
                    Path(staged).unlink()
                raise
        except OSError as error:
            raise Failure(f"{place}: what you type cannot be kept there: {error.strerror}") from None

    def kept(self, form: str, incident: str | None) -> Kept | None:
        """Return what was typed into a form and not saved, or None.

        Raises:
            Failure: it cannot be read; a damaged file is set aside under another name, never thrown away.
        """
        place = self._place(form, incident)
        try:
            found = json.loads(place.read_bytes())
            return Kept(datetime.fromisoformat(found["at"]), dict(found["typed"]))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Failure(f"{place}: what was typed cannot be read: {error.strerror}") from None
        except (ValueError, TypeError, KeyError, RecursionError):
            aside = place.with_suffix(".damaged")
            with suppress(OSError):
                place.replace(aside)
            raise Failure(f"{aside}: what was typed is damaged; it is set aside there") from None

    def drop(self, form: str, incident: str | None) -> None:
        """Forget what was typed into a form: it was saved, or discarded by a person.

        Raises:
            Failure: it is still there and cannot be removed.
        """
        place = self._place(form, incident)
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise Failure(f"{place}: what was typed cannot be removed: {error.strerror}") from None

    def _place(self, form: str, incident: str | None) -> Path:
        """Name the file by form and incident; nothing in a name leads out of the folder."""
        return self.folder / f"{quote(incident or NEW, safe='')}-{quote(form, safe='')}.json"
