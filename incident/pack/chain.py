"""A pack's entries: its own to the byte, and of every other entry of the journal its digests and its hash alone."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

from incident.errors import Failure
from incident.store.protocol import Store
from models.journal import StoredEntry, first_fault


def verified_entries(store: Store, places: Collection[int], known: Mapping[int, bytes]) -> list[StoredEntry]:
    """Verify the whole journal and return the entries at some places, in order.

    Args:
        known: hashes that somebody kept elsewhere, by the place of their entry.

    Raises:
        Failure: the journal does not hold by itself, or not against what was kept.
    """
    kept: list[StoredEntry] = []
    fault = first_fault(_keeping(store.stored_entries(), places, kept), store.head(), known)
    if fault is not None:
        raise Failure(f"no pack of a journal that does not hold: entry {fault.sequence} {fault.reason}")
    return kept


def chain_lines(store: Store) -> Iterator[bytes]:
    """Yield a line for every entry of the journal: its place, the digests of header and body, its hash."""
    for entry in store.stored_entries():
        digests = (entry.header_digest, entry.body_digest, entry.hash)
        yield f"{entry.sequence} {' '.join(digest.hex() for digest in digests)}\n".encode()


def entry_line(entry: StoredEntry, left_out: Collection[int]) -> bytes:
    """Return an entry as a line of JSON from which its hashes can be reckoned again; without its body if left out."""
    without = entry.body is None or entry.sequence in left_out
    said = {
        "sequence": entry.sequence,
        "header": _text(entry.header),
        "header_digest": entry.header_digest.hex(),
        "salt": None if without else (entry.salt or b"").hex(),
        "body": None if without else _text(entry.body or b""),
        "body_digest": entry.body_digest.hex(),
        "hash": entry.hash.hex(),
    }
    return json.dumps(said).encode() + b"\n"


def _keeping(entries: Iterable[StoredEntry], places: Collection[int], kept: list[StoredEntry]) -> Iterator[StoredEntry]:
    for entry in entries:
        if entry.sequence in places:
            kept.append(entry)
        yield entry


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")
