"""A field for the path of a file: what is typed is completed, as far as the folder knows how."""

import asyncio
import os
from contextlib import suppress
from itertools import islice

from textual.app import ComposeResult
from textual.suggester import Suggester

from incident.text import visible
from screens.typed_path import typed_path
from screens.widgets.fields import LineField
from screens.widgets.inputs import SafeInput

MOST = 5_000
"""How many names of a folder are looked at: a larger one is not worth the wait."""


class PathField(LineField):
    """The path of a file; the right arrow takes what is suggested."""

    def editor(self) -> ComposeResult:
        """Lay out the line."""
        yield SafeInput(
            self._value,
            placeholder=self._hint,
            suggester=PathSuggester(),
            compact=True,
            select_on_focus=False,
        )


class PathSuggester(Suggester):
    """Suggests the first file or folder whose path begins as what was typed."""

    def __init__(self) -> None:
        """Make the suggester; folders change, so nothing is remembered."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed path, or None where there is none that could be shown as it is."""
        return await asyncio.to_thread(_completed, value)


def _completed(typed: str) -> str | None:
    folder, begun = os.path.split(typed)
    if not begun:
        return None
    with suppress(OSError, ValueError), os.scandir(typed_path(folder or ".")) as entries:
        fitting = [entry for entry in islice(entries, MOST) if entry.name.startswith(begun)]
        for entry in sorted(fitting, key=lambda entry: entry.name):
            found = typed + entry.name[len(begun) :] + (os.sep if entry.is_dir() else "")
            if visible(found, one_line=True) == found and found != typed:
                return found
    return None
