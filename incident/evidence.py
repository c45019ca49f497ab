"""The proof of a notification: the record keeps name and SHA-256, never the file (`attachments` does)."""

from hashlib import file_digest
from pathlib import Path

from incident.errors import Failure


def evidence_of(path: Path) -> str:
    """Read a file and return its name and hash, as a notification records them: `receipt.pdf SHA-256 ab12…`.

    Raises:
        Failure: it cannot be read, or is a folder or a device.
    """
    try:
        if path.exists() and not path.is_file():
            raise Failure(f"{path}: is no file; name the file that proves it")
        with path.open("rb") as stream:
            return f"{path.name} SHA-256 {file_digest(stream, 'sha256').hexdigest()}"
    except OSError as error:
        raise Failure(f"{path}: cannot be read: {error.strerror}") from None
