"""What is typed into one form: kept as it changes, offered again, dropped once it is saved or discarded."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from incident.unsaved import Kept, Unsaved


class UnsavedInput:
    """The unsaved input of one form about one incident; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, form: str, incident: str | None) -> None:
        self._store = Unsaved(folder) if folder else None
        self._form = form
        self._incident = incident
        self._blank: Mapping[str, Any] = {}
        self._kept: Mapping[str, Any] | None = None

    def begin(self, blank: Mapping[str, Any]) -> Kept | None:
        """Take note of what stands in the form at first, and return what was typed before, if anything.

        Raises:
            Failure: it cannot be read.
        """
        self._blank = blank
        return self._store.kept(self._form, self._incident) if self._store else None

    def at_first(self, field: str) -> Any:
        """Return what stood in a field at first."""
        return self._blank.get(field)

    def put_at_first(self, field: str, value: Any) -> None:
        """Take what the form itself put into a field later as standing there at first: nobody typed it."""
        self._blank = {**self._blank, field: value}

    def is_blank(self, typed: Mapping[str, Any]) -> bool:
        """True where nothing was typed: the form stands as it stood at first."""
        return typed == self._blank

    def is_kept(self, typed: Mapping[str, Any]) -> bool:
        """True where what stands in the form is safe on disk."""
        return typed == self._kept

    def keep(self, typed: Mapping[str, Any], at: datetime) -> None:
        """Keep what stands in the form, where that is not what stood there at first.

        Raises:
            Failure: it cannot be written.
        """
        if self._store is None or self.is_kept(typed):
            return
        if self.is_blank(typed):
            self.drop()
        else:
            self._store.keep(self._form, self._incident, typed, at)
            self._kept = typed

    def drop(self) -> None:
        """Forget what was typed.

        Raises:
            Failure: it cannot be removed.
        """
        self._kept = None
        if self._store is not None:
            self._store.drop(self._form, self._incident)
