"""Paths as people type them: what a shell would make of `~` is done here too."""

from pathlib import Path


def typed_path(text: str) -> Path:
    """Return the path that was typed, `~` read as somebody's home where that is known."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:  # the home of a user that there is not
        return path
