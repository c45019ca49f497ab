"""The import run: validate what a source yields, and hand it on in batches."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from incident.intake.decoding import MAX_LINE
from incident.intake.found import Found, Raw, Reject, rejected, size_of
from models.record import RecordError, read_record
from models.statements import Change

BATCH = 1000
"""Records in one transaction: a fraction of a second of the store's lock."""
MAX_BATCH_SIZE = MAX_LINE
"""Characters of input in one batch: what a run holds in memory stays within a small multiple of it."""


@dataclass(frozen=True, slots=True)
class ValidRecord:
    """One validated record.

    Attributes:
        line: where it begins in its source.
        data: the record as `models.record.read_record` normalises it.
        raw: the record as it came.
    """

    line: int
    data: dict[str, Any]
    raw: Raw


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one valid record.

    Attributes:
        status: `refused` where the desk could not take it; then `reason` says why, and `key` at which key.
        reference: the incident's own reference, such as `INC-2026-0001`; None where there is none (yet).
        ref: `source:ref` as the record names itself, or None.
        title: what the record is about.
        changes: what it says anew or otherwise of an incident that is known.
        warnings: what looks wrong in it, though it was taken.
    """

    status: Literal["opened", "changed", "unchanged", "refused"]
    reference: str | None = None
    ref: str | None = None
    key: str = ""
    reason: str = ""
    title: str = ""
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


Dealt: TypeAlias = Outcome | Reject
"""What became of one record."""

Keep: TypeAlias = Callable[[Sequence[ValidRecord]], Sequence[Outcome]]
"""Takes one batch in one transaction and returns an outcome for each record, in order."""


def run_import(found: Iterable[Found], zone: ZoneInfo, keep: Keep, *, batch: int = BATCH) -> Iterator[list[Dealt]]:
    """Validate records and hand the good ones on, batch after batch.

    What became of a batch is yielded once it is kept: so whoever is interrupted (KeyboardInterrupt, Failure) still
    knows what was kept, and nobody has to hold the whole of it.

    Args:
        found: what reading a source yields.
        zone: the settings' time zone, for local times in records that name none.
        keep: takes one batch. What it raises ends the run.
        batch: the most records that `keep` is handed at once.

    Yields:
        What became of each record of a batch, in the order they came.
    """
    for portion in _portions(found, batch):
        judged = [_judged(item, zone) for item in portion]
        valid = [item for item in judged if isinstance(item, ValidRecord)]
        kept = zip(valid, keep(valid) if valid else (), strict=True)
        taken = [_dealt(record, outcome) for record, outcome in kept]
        remaining = iter(taken)
        yield [item if isinstance(item, Reject) else next(remaining) for item in judged]


def _portions(found: Iterable[Found], batch: int) -> Iterator[list[Found]]:
    portion: list[Found] = []
    size = 0
    for item in found:
        portion.append(item)
        size += size_of(item.raw)
        if len(portion) == batch or size > MAX_BATCH_SIZE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _dealt(record: ValidRecord, outcome: Outcome) -> Dealt:
    if outcome.status == "refused":
        return Reject(record.line, outcome.key, outcome.reason, record.raw)
    return outcome


def _judged(item: Found, zone: ZoneInfo) -> ValidRecord | Reject:
    if isinstance(item, Reject):
        return item
    try:
        return ValidRecord(item.line, read_record(item.data, zone), item.raw)
    except RecordError as error:
        return rejected(item.line, error, item.raw)
