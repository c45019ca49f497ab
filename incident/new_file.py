"""Writing a new file: whole or not at all, for its owner only, and never over another."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from incident.errors import Failure


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file to write (0600). It is there whole once the block ends, and not at all where the block raises.

    Its name is taken first, by an empty file; the bytes are written beside it, and put there when they are safe.

    Raises:
        Failure: the file is there already, or cannot be written.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise Failure(f"{path}: is there already; name a new file") from None
    except OSError as error:
        raise Failure(f"{path}: cannot be written: {error.strerror}") from None
    try:
        with private_file(path.parent) as stream:
            yield stream
        Path(stream.name).replace(path)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Failure(f"{path}: cannot be written: {error.strerror}") from None
        raise


@contextmanager
def private_file(folder: Path) -> Iterator[BinaryIO]:
    """Open a file under a name of ours in a folder, to be moved to its place: on disk once the block ends (0600).

    Where the block raises it is gone.

    Raises:
        OSError: it cannot be written.
    """
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as stream:
        try:
            yield cast("BinaryIO", stream)
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            with suppress(OSError):
                Path(stream.name).unlink()
            raise
