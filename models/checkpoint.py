"""A checkpoint: one line that says how long the journal was at some time, and what its last hash was.

Kept where whoever can write the store cannot write (mailed, printed, signed), it tells later whether the journal was
written anew: a chain alone is whole again once somebody has reckoned every hash of it afresh.

`incident-checkpoint 1 length=… hash=… at=…`, and when signed ` key=… signature=…`: Ed25519 (RFC 8032) over the ASCII
bytes of all that stands before ` signature=`, the public key included. Hashes, keys and signatures are hexadecimal.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from models.moments import utc_text

_LINE = re.compile(
    r"incident-checkpoint 1 length=(?P<length>[0-9]{1,18}) hash=(?P<hash>[0-9a-f]{64})"
    r" at=(?P<at>[0-9-]{10}T[0-9:]{8}Z)"
    r"(?: key=(?P<key>[0-9a-f]{64}) signature=(?P<signature>[0-9a-f]{128}))?"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The journal's end as somebody knew it.

    Attributes:
        length: how many entries there were.
        hash: the hash of the last of them (32 bytes).
        at: when the checkpoint was made (UTC, whole seconds).
        key: the public key of the signature (32 bytes); None while it is not signed.
        signature: 64 bytes; None while it is not signed.
    """

    length: int
    hash: bytes
    at: datetime
    key: bytes | None = None
    signature: bytes | None = None

    @property
    def to_be_signed(self) -> bytes:
        """The bytes that a signature covers."""
        return (self._text() + (f" key={self.key.hex()}" if self.key else "")).encode("ascii")

    def line(self) -> str:
        """Return the checkpoint as the line that is kept."""
        signature = f" signature={self.signature.hex()}" if self.signature else ""
        return self.to_be_signed.decode("ascii") + signature

    def _text(self) -> str:
        return f"incident-checkpoint 1 length={self.length} hash={self.hash.hex()} at={utc_text(self.at)}"


def read_checkpoint(line: str) -> Checkpoint:
    """Read a checkpoint's line.

    Raises:
        ValueError: it is none.
    """
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        raise ValueError("no checkpoint; it reads: incident-checkpoint 1 length=… hash=… at=…")
    key, signature = found["key"], found["signature"]
    return Checkpoint(
        length=int(found["length"]),
        hash=bytes.fromhex(found["hash"]),
        at=datetime.fromisoformat(found["at"]),
        key=bytes.fromhex(key) if key else None,
        signature=bytes.fromhex(signature) if signature else None,
    )
