"""Signing checkpoints with a key of ours: Ed25519 (RFC 8032), kept in a file that its owner alone can read."""

import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from incident.errors import BadInput, Failure
from models.checkpoint import Checkpoint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LARGEST = 10_000
"""Bytes; a key's file is far smaller."""


def make_key(path: Path) -> bytes:
    """Make a new key in a new file (PEM, 0600) and return its public half (32 bytes), which may be told to anybody.

    Raises:
        Failure: the file exists already, or cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text)
    except FileExistsError:
        raise Failure(f"{path}: exists already; a key is never written over") from None
    except OSError as error:
        raise Failure(f"{path}: cannot be written: {error.strerror}") from None
    return key.public_key().public_bytes_raw()


def sign(checkpoint: Checkpoint, path: Path) -> Checkpoint:
    """Return the checkpoint signed with the key in a file.

    Raises:
        Failure: the file cannot be read, others can read it, or it holds no Ed25519 key without a password.
    """
    key = _private_key(path)
    ours = replace(checkpoint, key=key.public_key().public_bytes_raw(), signature=None)
    return replace(ours, signature=key.sign(ours.to_be_signed))


def check_signature(checkpoint: Checkpoint, expected: bytes | None) -> None:
    """Check that a checkpoint is signed as it says, and by whom it should.

    Args:
        expected: the public key that must have signed it; None where any may, and where none need.

    Raises:
        Failure: the signature does not hold, or is missing or another's where one is expected.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if checkpoint.key is None or checkpoint.signature is None:
        if expected is not None:
            raise Failure("the checkpoint is not signed")
        return
    if expected is not None and checkpoint.key != expected:
        raise Failure(f"the checkpoint is signed with another key: {checkpoint.key.hex()}")
    try:
        Ed25519PublicKey.from_public_bytes(checkpoint.key).verify(checkpoint.signature, checkpoint.to_be_signed)
    except (InvalidSignature, ValueError):
        raise Failure("the checkpoint's signature does not hold: the line was changed") from None


def read_public_key(text: str) -> bytes:
    """Read a public key as `make_key` told it: 64 hexadecimal digits.

    Raises:
        BadInput: it is none.
    """
    with suppress(ValueError):
        key = bytes.fromhex(text.strip())
        if len(key) == 32:  # noqa: PLR2004 - RFC 8032
            return key
    raise BadInput(f"--signed-by: {text!r} is no public key; it has 64 hexadecimal digits")


def _private_key(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        with path.open("rb") as stream:
            found = os.fstat(stream.fileno())
            if stat.S_IMODE(found.st_mode) & 0o077:
                raise Failure(f"{path}: others can read this key; take it from them with: chmod 600, or make a new one")
            text = stream.read(_LARGEST)
    except OSError as error:
        raise Failure(f"{path}: cannot be read: {error.strerror}") from None
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Failure(f"{path}: holds no Ed25519 key in PEM without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Failure(f"{path}: holds a key of another kind; Ed25519 is wanted")
    return key
