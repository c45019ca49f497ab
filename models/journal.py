"""The journal: immutable entries, each bound to the one before it by hashes.

`hash = SHA-256(previous hash ‖ SHA-256(header) ‖ SHA-256(salt ‖ body))`. So one incident can be shown with
its place in the chain without showing the others' headers, and a body can be erased by law without breaking
the chain. Hashes are taken over the stored bytes; verification never serialises anything again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from models.moments import utc_text

_ERASES = b'"kind":"erased"'
"""Stands in the header of an entry that records an erasure."""

GENESIS = bytes(32)
"""What stands for the hash before the first entry."""


class EntryKind(StrEnum):
    """What an entry records."""

    RULES = "rules"
    OPENED = "opened"
    IMPORTED = "imported"
    RECORDED = "recorded"
    NOTED = "noted"
    DECIDED = "decided"
    DUTY_ADDED = "duty-added"
    DUTY_DROPPED = "duty-dropped"
    DRAFTED = "drafted"
    ATTACHED = "attached"
    NOTIFIED = "notified"
    LINKED = "linked"
    CLOSED = "closed"
    REOPENED = "reopened"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a use case wants recorded, before the store gives it its place, time and hash.

    Attributes:
        incident: the incident's own reference, or None for what concerns the whole record (rules in force).
        body: plain JSON.
    """

    incident: str | None
    kind: EntryKind
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded entry.

    Attributes:
        role: as whom a server knew who recorded it; None where there was no server.
        sequence: its place in the journal, from 1.
        recorded_at: the machine's clock when it was recorded (UTC), never the stated now.
        stated_now: the instant given by `--now`, if any (UTC).
        body: plain JSON, or None where retention has erased it.
    """

    sequence: int
    id: str
    incident: str | None
    kind: EntryKind
    actor: str
    recorded_at: datetime
    stated_now: datetime | None
    body: Mapping[str, Any] | None
    role: str | None = None

    @property
    def recorded_by(self) -> str:
        """Who recorded it: the name that they gave and, if there is one, the role by which a server knew them."""
        return self.actor if self.role is None else f"{self.actor} (role {self.role})"


class RecordedBy(NamedTuple):
    """Who records: as they say themselves, and as a server knows them, if there is one."""

    actor: str
    role: str | None = None


class StoredEntry(NamedTuple):
    """The bytes of one entry in the store; `salt` and `body` are None where the body was erased.

    A tuple, for a journal of a million entries is verified one by one.
    """

    sequence: int
    header: bytes
    header_digest: bytes
    salt: bytes | None
    body: bytes | None
    body_digest: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first entry that does not hold, and why."""

    sequence: int
    reason: str


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of plain JSON: sorted keys, no spaces, ASCII only."""
    return _CANONICAL.encode(value).encode()


def header_bytes(
    new: NewEntry,
    *,
    entry_id: str,
    by: RecordedBy,
    recorded_at: datetime,
    stated_now: datetime | None,
    nonce: str,
) -> bytes:
    """Return the canonical bytes of an entry's header; a role stands there only where a server gave one."""
    fields: dict[str, Any] = {
        "id": entry_id,
        "incident": new.incident,
        "kind": new.kind,
        "actor": by.actor,
        "recorded_at": recorded_at.isoformat(timespec="microseconds"),
        "stated_now": utc_text(stated_now) if stated_now else None,
        "nonce": nonce,
    }
    return canonical(fields if by.role is None else {**fields, "role": by.role})


def header_digest(header: bytes) -> bytes:
    """Return SHA-256 of a header's bytes."""
    return sha256(header).digest()


def body_digest(salt: bytes, body: bytes) -> bytes:
    """Return SHA-256 of a salted body, so that the digest of an erased body cannot be guessed."""
    return sha256(salt + body).digest()


def chained(previous: bytes, header: bytes, body: bytes) -> bytes:
    """Return an entry's hash from the hash before it and the two digests."""
    return sha256(previous + header + body).digest()


def read_entry(sequence: int, header: bytes, body: bytes | None) -> Entry:
    """Rebuild an entry from its stored bytes."""
    return headed(sequence, header, json.loads(body) if body is not None else None)


def headed(sequence: int, header: bytes, body: Mapping[str, Any] | None) -> Entry:
    """Rebuild an entry from the stored bytes of its header and its body as plain JSON."""
    fields = json.loads(header)
    stated = fields["stated_now"]
    return Entry(
        sequence=sequence,
        id=fields["id"],
        incident=fields["incident"],
        kind=EntryKind(fields["kind"]),
        actor=fields["actor"],
        recorded_at=datetime.fromisoformat(fields["recorded_at"]),
        stated_now=datetime.fromisoformat(stated) if stated else None,
        body=body,
        role=fields.get("role"),
    )


def first_fault(
    entries: Iterable[StoredEntry],
    head: tuple[int, bytes],
    known: Mapping[int, bytes] = MappingProxyType({}),
    after: tuple[int, bytes] = (0, GENESIS),
) -> ChainFault | None:
    """Check a journal, in order, against its recorded head (length, last hash).

    Args:
        after: the place and the hash of the entry behind which these entries stand; of a whole journal, none.
        known: hashes that somebody kept elsewhere (`models.checkpoint`), by the place of their entry. They tell when
            the journal was written anew together with its head.

    Returns:
        The first entry that was changed, removed, inserted, reordered or cut off, or None where all holds.
    """
    held, previous = after
    sequence = held
    gone: dict[int, bytes] = {}
    for sequence, entry in enumerate(entries, held + 1):
        broken = _broken(entry, sequence, previous, head[0])
        if broken:
            return ChainFault(sequence, broken)
        previous = entry.hash
        if entry.body is None or _ERASES in entry.header:
            _heed_erasure(entry, gone)
        if sequence in known:
            if known[sequence] != previous:
                return ChainFault(held + 1, f"or one after it, up to {sequence}, was written anew since the checkpoint")
            held = sequence
    return _fault_at_the_end((sequence, previous), head, max(known, default=0), gone)


def _broken(entry: StoredEntry, sequence: int, previous: bytes, length: int) -> str | None:
    """Return why an entry does not stand rightly at its place, behind the one whose hash is `previous`."""
    if sequence > length:
        return f"is one too many: the journal should hold {length} entries"
    if entry.sequence != sequence:
        return f"is missing: entry {entry.sequence} stands in its place"
    if header_digest(entry.header) != entry.header_digest:
        return "its header was changed"
    if entry.body is not None and body_digest(entry.salt or b"", entry.body) != entry.body_digest:
        return "its body was changed"
    if chained(previous, entry.header_digest, entry.body_digest) != entry.hash:
        return "its hash does not follow from the entry before it"
    return None


def _heed_erasure(entry: StoredEntry, gone: dict[int, bytes]) -> None:
    """Add an entry without a body to those that are `gone`, or take from them what an entry says that it erased.

    Only what belongs to its own incident: no erasure accounts for what another incident lost.
    """
    if entry.body is None:
        gone[entry.sequence] = entry.header
        return
    header, body = json.loads(entry.header), json.loads(entry.body)
    if header["kind"] == EntryKind.ERASED:
        for place in gone.keys() & set(body["entries"]):
            if json.loads(gone[place])["incident"] == header["incident"]:
                del gone[place]


def _fault_at_the_end(
    end: tuple[int, bytes], head: tuple[int, bytes], kept: int, gone: Mapping[int, bytes]
) -> ChainFault | None:
    """Judge what is known only when every entry was seen; `kept` is the length that a checkpoint knew."""
    (sequence, previous), (length, last) = end, head
    if sequence < length:
        return ChainFault(sequence + 1, f"is missing: the journal should hold {length} entries")
    if previous != last:
        return ChainFault(sequence, "is not the recorded head of the journal")
    if sequence < kept:
        return ChainFault(sequence + 1, f"is missing: the journal held {kept} entries at the checkpoint")
    if gone:
        return ChainFault(min(gone), "its body is gone, and no entry says that it was erased")
    return None
