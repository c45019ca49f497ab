"""Files that only their owner can read (0600): made new, so that nothing is written through a link lying there."""

import os
from contextlib import suppress
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; where it cannot be written whole, nothing of it is left.

    Raises:
        FileExistsError: there is something at `path` already, be it a link that leads nowhere.
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def write_beside(place: Path, data: bytes) -> Path:
    """Write a file beside its place, to be moved there, and return its path; one left by an earlier run goes.

    Raises:
        OSError: it cannot be written; nothing of it is left then.
    """
    temporary = place.with_name(f".{place.name}.new")
    temporary.unlink(missing_ok=True)
    write_new(temporary, data)
    return temporary
