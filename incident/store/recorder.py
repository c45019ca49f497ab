"""How an entry is made of what a use case wants recorded: its identity, its time, its salt and its hash."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from models.journal import (
    NewEntry,
    RecordedBy,
    StoredEntry,
    body_digest,
    canonical,
    chained,
    header_bytes,
    header_digest,
)


def machine_time() -> datetime:
    """Return the machine's clock (UTC)."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records, and the two things no one may choose: the machine's clock and chance.

    Attributes:
        actor: who is recording.
        stated_now: the instant given by `--now`, if any (UTC); it is kept beside the time of recording.
        machine_clock: returns the present instant (UTC).
        random_bytes: returns so many bytes that no one can guess.
        role: as whom the server knows who records; None where there is no server.
    """

    actor: str
    stated_now: datetime | None
    machine_clock: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
    role: str | None = None

    def record(self, new: NewEntry, *, sequence: int, previous: bytes) -> StoredEntry:
        """Make the bytes of an entry that follows the entry whose hash is `previous`."""
        from uuid import UUID

        header = header_bytes(
            new,
            entry_id=str(UUID(bytes=self.random_bytes(16), version=4)),
            by=RecordedBy(self.actor, self.role),
            recorded_at=self.machine_clock(),
            stated_now=self.stated_now,
            nonce=self.random_bytes(16).hex(),
        )
        body, salt = canonical(new.body), self.random_bytes(16)
        digests = header_digest(header), body_digest(salt, body)
        return StoredEntry(
            sequence=sequence,
            header=header,
            header_digest=digests[0],
            salt=salt,
            body=body,
            body_digest=digests[1],
            hash=chained(previous, *digests),
        )
